//! Makes a stranger's text harmless to a terminal, and keeps it readable.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::text::is_hazardous;

/// Returns `text` with everything that could act on a terminal written out:
/// `\n`, `\t`, `\u{1b}`.
pub fn sanitize(text: &str) -> Cow<'_, str> {
    if !text.contains(is_hazardous) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\n' => safe.push_str("\\n"),
            '\r' => safe.push_str("\\r"),
            '\t' => safe.push_str("\\t"),
            c if is_hazardous(c) => {
                let _ = write!(safe, "\\u{{{:x}}}", u32::from(c));
            }
            c => safe.push(c),
        }
    }
    Cow::Owned(safe)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn escapes_are_written_out_and_plain_text_is_left_alone() {
        assert_eq!(
            sanitize("\u{1b}[31mred\nb\u{202e}"),
            r"\u{1b}[31mred\nb\u{202e}"
        );
        assert!(matches!(sanitize("Keluarga 家 👩‍👩‍👧"), Cow::Borrowed(_)));
    }

    proptest! {
        #[test]
        fn nothing_hazardous_is_left(text in any::<String>()) {
            prop_assert!(!sanitize(&text).contains(is_hazardous));
        }
    }
}
