//! Makes a stranger's text harmless to a terminal, and keeps it readable.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::text::is_hazardous;

/// What CI runners obey wherever it stands in a line of a log.
pub(super) const OBEYED: [&str; 2] = ["##[", "##vso["];

/// Returns whether a CI runner may obey something in a text.
pub(super) fn is_obeyed(text: &str) -> bool {
    // A byte is found fast, and hardly any text has this one.
    text.as_bytes().contains(&b'#') && OBEYED.iter().any(|it| text.contains(it))
}

/// Returns `text` with everything that could act on a terminal, or on a CI runner
/// that reads the log, written out: `\n`, `\t`, `\u{1b}`.
pub fn sanitize(text: &str) -> Cow<'_, str> {
    let is_obeyed = is_obeyed(text);
    // At the beginning of a line, which a text may be.
    let begins = text.trim_start().starts_with("::");
    if !is_obeyed && !begins {
        return written_out(text);
    }
    let mut safe = written_out(text).into_owned();
    for command in OBEYED {
        safe = safe.replace(command, &command.replacen('#', "\\u{23}", 1));
    }
    if begins {
        safe = safe.replacen("::", "\\u{3a}:", 1);
    }
    Cow::Owned(safe)
}

/// Returns `text` with everything that could act on a terminal written out, and
/// nothing else changed.
pub fn written_out(text: &str) -> Cow<'_, str> {
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
        assert_eq!(sanitize("a ##[error]b"), r"a \u{23}#[error]b");
        assert_eq!(sanitize("##vso[x]"), r"\u{23}#vso[x]");
        assert_eq!(sanitize(" ::error::x"), r" \u{3a}:error::x");
        assert_eq!(sanitize("a ::b # ## [x]"), "a ::b # ## [x]");
        assert_eq!(written_out("::a ##[b]"), "::a ##[b]");
        assert!(matches!(sanitize("Keluarga 家 👩‍👩‍👧"), Cow::Borrowed(_)));
    }

    proptest! {
        #[test]
        fn nothing_hazardous_or_obeyed_is_left(parts in prop::collection::vec(prop_oneof![
            any::<String>(),
            prop::sample::select(vec!["#", "##[", "##vso[", "::", " "]).prop_map(str::to_owned),
        ], 0..6)) {
            let safe = sanitize(&parts.concat()).into_owned();
            prop_assert!(!safe.contains(is_hazardous));
            prop_assert!(!OBEYED.iter().any(|it| safe.contains(it)));
            prop_assert!(!safe.trim_start().starts_with("::"));
        }
    }
}
