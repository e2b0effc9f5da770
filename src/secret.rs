//! The access key and the secrets in it.
//!
//! A secret has one way out, [`Secret::expose`], so that a search for that
//! word finds every place that handles one. Everything else (`Debug`,
//! `Display`, a panic message) shows `(redacted)`: no length, no first or last
//! characters. The memory is overwritten when the value is dropped.

use std::fmt;

use serde::Deserialize;
use zeroize::Zeroizing;

/// A text that must not be shown.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "String")]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes a text into custody.
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// Returns the text itself, for signing and for the wire only.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(redacted)")
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(redacted)")
    }
}

/// What a request is signed with: an `AccessKey` pair and, with temporary
/// credentials of the Security Token Service, its token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessKey {
    /// The `AccessKey` id. It travels with every request, so it is no secret,
    /// but it names an account: messages show it masked.
    pub id: String,
    /// The `AccessKey` secret. It never travels.
    pub secret: Secret,
    /// The security token of temporary credentials.
    pub token: Option<Secret>,
}

impl AccessKey {
    /// Returns what of it must not be shown.
    pub fn secrets(&self) -> Vec<&Secret> {
        std::iter::once(&self.secret).chain(&self.token).collect()
    }

    /// Returns the id with all but its last four characters masked, or wholly
    /// masked when it is short.
    pub fn masked_id(&self) -> String {
        masked(&self.id)
    }
}

/// How many characters every `AccessKey` secret has; no lasting id is so long.
const SECRET_LENGTH: usize = 30;

/// Returns an id with all but its last four characters masked, or wholly
/// masked when it is short, or as long as a secret: they get swapped.
pub fn masked(id: &str) -> String {
    if id.len() == SECRET_LENGTH && !id.starts_with("STS.") {
        return "****".to_owned();
    }
    let tail_from = id.char_indices().rev().nth(3).map_or(0, |(i, _)| i);
    if tail_from < 8 {
        return "****".to_owned();
    }
    format!("****{}", &id[tail_from..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_formatting_shows_a_secret() {
        let key = AccessKey {
            id: "testAccessKeyId".to_owned(),
            secret: Secret::new("testAccessKeySecret"),
            token: Some(Secret::new("testSecurityToken")),
        };
        let shown = format!("{key:?} {key:#?} {}", key.secret);
        assert!(!shown.contains("testAccessKeySecret"), "{shown}");
        assert!(!shown.contains("testSecurityToken"), "{shown}");
        assert!(shown.contains("(redacted)"));
    }

    #[test]
    fn a_masked_id_shows_four_characters_of_a_long_id_and_none_of_a_short_one() {
        let masked = |id: &str| {
            AccessKey {
                id: id.to_owned(),
                secret: Secret::new(""),
                token: None,
            }
            .masked_id()
        };
        assert_eq!(masked("testAccessKeyId"), "****eyId");
        assert_eq!(masked("short"), "****");
        assert_eq!(masked(""), "****");
        assert_eq!(masked(&"a".repeat(30)), "****", "a secret in its place");
        assert_eq!(masked(&"a".repeat(24)), "****aaaa");
    }
}
