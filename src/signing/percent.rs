//! Percent-encoding as both signature mechanisms define it.
//!
//! Everything but `A-Z a-z 0-9 - _ . ~` becomes `%XY` with upper-case digits.
//! The encoders of URL libraries differ in the space, `*`, `~` and `!'()`, and
//! each difference is a refused signature, so no other encoder may be used.

use std::collections::BTreeMap;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');

/// Returns `text` percent-encoded.
pub fn encode(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// Returns parameters as `name=value`, encoded, sorted by the raw names' bytes.
pub fn query(parameters: &BTreeMap<String, String>) -> String {
    parameters
        .iter()
        .map(|(name, value)| format!("{}={}", encode(name), encode(value)))
        .collect::<Vec<_>>()
        .join("&")
}

/// Returns parameters as a form body. A form writes a space as `+`, and `ACS3`
/// hashes the body as it is sent.
pub fn form(parameters: &BTreeMap<String, String>) -> String {
    query(parameters).replace("%20", "+")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn characters_that_usual_encoders_get_wrong() {
        for (text, encoded) in [
            (" ", "%20"),
            ("+", "%2B"),
            ("*", "%2A"),
            ("~", "~"),
            ("!'()", "%21%27%28%29"),
            ("/", "%2F"),
            ("%20", "%2520"),
            ("\r\n\t", "%0D%0A%09"),
            ("é中😀", "%C3%A9%E4%B8%AD%F0%9F%98%80"),
        ] {
            assert_eq!(encode(text), encoded);
        }
    }

    proptest! {
        #[test]
        fn decoding_gives_back_what_was_encoded(text in any::<String>()) {
            let encoded = encode(&text);
            let decoded = percent_encoding::percent_decode_str(&encoded).decode_utf8().unwrap();
            prop_assert_eq!(decoded, text);
        }
    }
}
