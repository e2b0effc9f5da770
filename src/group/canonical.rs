//! One spelling for each JSON value, so that equal values have equal bytes.
//!
//! The same text may come as `"中"` or `"\u4e2d"`, an object with line breaks
//! in it or without. Here white space between tokens goes, escapes become the
//! characters they stand for, and characters that could act on a terminal are
//! escaped: the value stays the same, a line of `jsonl` stays one line, and
//! JSON may be looked at on a terminal. Numbers keep their digits.

use crate::text::{is_hazardous, push_json_escape};

/// Adds `json`, which is valid, to `out` in its canonical spelling.
pub(super) fn push(json: &str, out: &mut String) {
    if is_canonical(json) {
        out.push_str(json);
    } else {
        rewrite(json, out);
    }
}

/// Returns whether a value needs no rewriting, for the common case's sake:
/// numbers, and strings without escapes.
fn is_canonical(json: &str) -> bool {
    match json.as_bytes().first() {
        Some(b'{' | b'[') => false,
        Some(b'"') => {
            !json.contains('\\')
                && (json.is_ascii() || !json.contains(is_hazardous))
                && !json.contains('\u{7f}')
        }
        _ => true,
    }
}

fn rewrite(json: &str, out: &mut String) {
    let mut rest = json;
    while let Some(quote) = rest.find('"') {
        let (between, string_on) = rest.split_at(quote);
        push_between(between, out);
        let (string, after) = string_on.split_at(end_of_string(string_on));
        push_string(string, out);
        rest = after;
    }
    push_between(rest, out);
}

/// Copies what stands between strings, without its white space.
fn push_between(between: &str, out: &mut String) {
    out.extend(between.chars().filter(|c| !c.is_ascii_whitespace()));
}

/// Returns where the string that `json` begins with ends, quotes included.
fn end_of_string(json: &str) -> usize {
    let mut escaped = false;
    for (at, byte) in json.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    json.len()
}

fn push_string(string: &str, out: &mut String) {
    let respelt = serde_json::from_str::<String>(string)
        .and_then(|text| serde_json::to_string(&text))
        // A lone surrogate can only be written as it came.
        .unwrap_or_else(|_| string.to_owned());
    for c in respelt.chars() {
        if is_hazardous(c) {
            push_json_escape(c, out);
        } else {
            out.push(c);
        }
    }
}

/// Returns the text of a JSON string. A surrogate without its partner is no
/// character: it stays as it is spelt, `\ud800`, amid the rest.
pub(super) fn decode(json: &str) -> String {
    if let Ok(text) = serde_json::from_str(json) {
        return text;
    }
    let mut spelt = String::with_capacity(json.len() + 8);
    let mut rest = json;
    while let Some(at) = rest.find('\\') {
        let (before, escape_on) = rest.split_at(at);
        spelt.push_str(before);
        let unit = |from: &str| match from.strip_prefix("\\u") {
            Some(digits) => u32::from_str_radix(digits.get(..4)?, 16).ok(),
            None => None,
        };
        let length = match unit(escape_on) {
            Some(0xd800..=0xdbff) => match escape_on.get(6..).and_then(unit) {
                Some(0xdc00..=0xdfff) => 12,
                _ => 0,
            },
            Some(0xdc00..=0xdfff) => 0,
            Some(_) => 6,
            None => 2,
        };
        // An escaped backslash turns the escape into the text that spells it.
        let taken = if length == 0 {
            spelt.push('\\');
            1
        } else {
            length
        };
        spelt.push_str(&escape_on[..taken]);
        rest = &escape_on[taken..];
    }
    spelt.push_str(rest);
    serde_json::from_str(&spelt).unwrap_or(spelt)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn respelt(json: &str) -> String {
        let mut out = String::new();
        push(json, &mut out);
        out
    }

    #[test]
    fn equal_values_get_equal_bytes() {
        assert_eq!(respelt(r#""\u4e2d\/a""#), r#""中/a""#);
        assert_eq!(respelt("\"中/a\""), r#""中/a""#);
        assert_eq!(
            respelt("{ \"a b\" :\n [ 1.50 , true ] }"),
            r#"{"a b":[1.50,true]}"#
        );
    }

    #[test]
    fn terminal_controls_are_escaped_and_mean_the_same() {
        assert_eq!(
            respelt("\"a\u{202e}b\u{7f}\u{9b}c\""),
            r#""a\u202eb\u007f\u009bc""#
        );
        assert_eq!(respelt("\"\u{7f}\""), r#""\u007f""#);
        assert_eq!(
            respelt(r#"{"k\u202e":"\u001b[2J"}"#),
            r#"{"k\u202e":"\u001b[2J"}"#
        );
    }

    #[test]
    fn a_lone_surrogate_stays_as_it_came() {
        assert_eq!(respelt(r#""\ud800 x""#), r#""\ud800 x""#);
    }

    #[test]
    fn quotes_and_backslashes_in_keys_do_not_end_a_string() {
        let json = r#"{"a\\\"":"\\","b":"\"{ }"}"#;
        assert_eq!(respelt(json), json);
    }

    proptest! {
        #[test]
        fn any_text_survives_and_holds_nothing_hazardous(text in any::<String>()) {
            let json = respelt(&serde_json::to_string(&text).unwrap());
            prop_assert!(!json.contains(is_hazardous));
            prop_assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
        }
    }
}
