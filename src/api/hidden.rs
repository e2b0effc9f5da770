//! What a server may echo and nobody may see.

use crate::secret::Secret;
use crate::signing::{Signed, percent};

/// More of a server's text than this helps nobody.
const LONGEST: usize = 2000;

/// The secrets of one request, in every spelling in which they may come back.
pub(super) struct Hidden(Vec<String>);

impl Hidden {
    pub(super) fn of(secrets: &[&Secret], signed: &Signed) -> Self {
        let mut texts: Vec<String> = secrets
            .iter()
            .map(|secret| secret.expose().to_owned())
            .chain(signed.signature())
            .filter(|text| !text.is_empty())
            .collect();
        for at in 0..texts.len() {
            let once = percent::encode(&texts[at]);
            texts.push(percent::encode(&once));
            texts.push(once);
        }
        // The longer spelling first, lest a part of it be left.
        texts.sort_by_key(|text| std::cmp::Reverse(text.len()));
        texts.dedup();
        Self(texts)
    }

    /// Takes the secrets out of a text, and the text's end if it is very long.
    pub(super) fn scrub(&self, text: &mut String) {
        for hidden in &self.0 {
            if text.contains(hidden) {
                *text = text.replace(hidden, "(redacted)");
            }
        }
        if let Some((end, _)) = text.char_indices().nth(LONGEST) {
            text.truncate(end);
            text.push('…');
        }
        text.truncate(text.trim_end().len());
    }
}

impl Drop for Hidden {
    fn drop(&mut self) {
        self.0.iter_mut().for_each(zeroize::Zeroize::zeroize);
    }
}
