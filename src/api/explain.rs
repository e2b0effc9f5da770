//! A refusal, without what nobody may see.

use super::error::ApiError;
use super::hidden::Hidden;
use crate::secret::Secret;
use crate::signing::{Mechanism, Signed};

/// Takes out of a refusal what must not be shown. Servers echo what they got:
/// a refused signature comes with the text that the server signed, key id and
/// token in it. All that a user needs of that is whether it was ours. `secrets`
/// are those of the request.
pub fn explain(
    mut error: ApiError,
    mechanism: Mechanism,
    secrets: &[&Secret],
    signed: &Signed,
) -> ApiError {
    let ApiError::Refused(refusal) = &mut error else {
        return error;
    };
    if let Some(message) = &mut refusal.message {
        let shown = [
            "server string to sign",
            "server stringtosign",
            "server canonicalrequest",
        ]
        .into_iter()
        .filter_map(|mark| message.to_ascii_lowercase().find(mark))
        .min();
        if let Some(from) = shown {
            refusal.string_to_sign_matches = matches(&message[from..], mechanism, signed);
            message.truncate(from);
        }
    }
    let hidden = Hidden::of(secrets, signed);
    refusal.texts_mut().for_each(|text| hidden.scrub(text));
    error
}

/// Returns whether the text that a server signed is ours, as far as that can
/// be told: the form in which servers show it is not documented.
fn matches(shown: &str, mechanism: Mechanism, signed: &Signed) -> Option<bool> {
    let ours = signed.string_to_sign.expose();
    // Of a text in lines, the last is a hash, which no escaping changes.
    let ours = ours.lines().last().unwrap_or(ours);
    if shown.contains(ours) {
        return Some(true);
    }
    let begins_like_ours = match mechanism {
        Mechanism::HmacSha1 => shown.contains("POST&%2F&"),
        Mechanism::Acs3HmacSha256 => shown
            .split(|c: char| !c.is_ascii_hexdigit())
            .any(|word| word.len() == ours.len() && shown.contains("StringToSign")),
    };
    begins_like_ours.then_some(false)
}
