//! Which characters of a stranger's text must not reach a terminal as they are.
//!
//! Anyone can name a group. A name may hold terminal escapes, or characters
//! that reorder or hide the text around them. Every format that a terminal may
//! show asks this one question and escapes the answer in its own way.

use std::fmt::Write as _;

/// Returns whether `c` can act on a terminal or on the text around it rather
/// than merely be shown.
///
/// These are the control characters (C0, DEL, C1), the bidirectional controls,
/// the line and paragraph separators, and the invisible characters. The
/// joiners U+200C and U+200D stay: Persian, Indic scripts and emoji need them,
/// and they move nothing.
pub fn is_hazardous(c: char) -> bool {
    matches!(c,
        '\u{0}'..='\u{1f}'
        | '\u{7f}'..='\u{9f}'
        | '\u{61c}'
        | '\u{200b}' | '\u{200e}' | '\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180e}'
        | '\u{3164}' | '\u{ffa0}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}'
        | '\u{fff9}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}')
}

/// Adds a character to JSON as JSON escapes it: by its units in UTF-16, of which
/// those beyond U+FFFF have two.
pub fn push_json_escape(c: char, json: &mut String) {
    for unit in c.encode_utf16(&mut [0; 2]) {
        let _ = write!(json, "\\u{unit:04x}");
    }
}

/// Returns the value that goes by `text`, in any case, or says which there are
/// and which may have been meant.
pub fn named<T: Copy, const N: usize>(
    text: &str,
    all: [T; N],
    name: fn(T) -> &'static str,
) -> Result<T, String> {
    let found = all
        .into_iter()
        .find(|it| text.eq_ignore_ascii_case(name(*it)));
    found.ok_or_else(|| {
        let names = all.map(name);
        let hint = nearest(text, names)
            .map(|name| format!("; did you mean {name}?"))
            .unwrap_or_default();
        format!("must be one of {}{hint}", names.join(", "))
    })
}

/// Returns the candidate most like `word`, if one is near enough to be what
/// was meant.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    candidates
        .into_iter()
        .map(|candidate| {
            (
                candidate,
                strsim::jaro_winkler(&word.to_lowercase(), &candidate.to_lowercase()),
            )
        })
        .filter(|(_, likeness)| *likeness > 0.8)
        .max_by(|(_, a), (_, b)| a.total_cmp(b))
        .map(|(candidate, _)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_and_bidi_overrides_are_hazardous_and_letters_are_not() {
        for c in [
            '\u{1b}', '\n', '\t', '\u{7f}', '\u{9b}', '\u{202e}', '\u{2066}',
        ] {
            assert!(is_hazardous(c), "{c:?}");
        }
        for c in ['a', '中', 'م', '👩', '\u{200d}', '\u{301}', ' ', '\u{a0}'] {
            assert!(!is_hazardous(c), "{c:?}");
        }
    }

    #[test]
    fn a_slip_of_the_finger_finds_its_word_and_nonsense_finds_none() {
        let words = ["ACTIVE", "INACTIVE", "SUSPENDED"];
        assert_eq!(nearest("actve", words), Some("ACTIVE"));
        assert_eq!(nearest("inactiv", words), Some("INACTIVE"));
        assert_eq!(nearest("xyz", words), None);
    }
}
