//! How wide a line is on a terminal, and how it is made narrower. Its colours take
//! no room.

use std::borrow::Cow;

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// However narrow its characters are, a line has no more than so many for each
/// column: some take no room at all, and a stranger's text may be megabytes long.
const DENSEST: usize = 4;

/// Returns how many columns a line takes.
pub(super) fn width(line: &str) -> usize {
    shown(line).collect::<String>().width()
}

/// Returns how many lines of a terminal of this width these lines take.
pub fn rows<'a>(lines: impl IntoIterator<Item = &'a str>, columns: u16) -> usize {
    let lines = lines.into_iter().flat_map(|it| it.split('\n'));
    lines
        .map(|it| width(it).div_ceil(columns.max(1).into()).max(1))
        .sum()
}

/// Returns a line that takes no more than so many columns: what is cut ends in an
/// ellipsis, and in no colour.
pub fn cut(line: &str, columns: usize) -> Cow<'_, str> {
    let most = columns.saturating_mul(DENSEST);
    let seen: String = shown(line).take(most.saturating_add(1)).collect();
    if seen.chars().count() <= most && seen.width() <= columns {
        return Cow::Borrowed(line);
    }
    let (mut out, mut left) = (String::new(), columns.saturating_sub(1));
    let (mut count, mut has_colours) = (0, false);
    for (c, is_shown) in told_apart(line) {
        if is_shown {
            let wide = c.width().unwrap_or(0);
            count += 1;
            if wide > left || count >= most {
                break;
            }
            left -= wide;
        }
        has_colours |= !is_shown;
        out.push(c);
    }
    if columns > 0 {
        out.push('…');
    }
    if has_colours {
        out.push_str("\u{1b}[0m");
    }
    Cow::Owned(out)
}

/// Returns the characters that are to be seen.
fn shown(line: &str) -> impl Iterator<Item = char> {
    told_apart(line).filter(|it| it.1).map(|it| it.0)
}

/// Returns each character, and whether it is to be seen: those of a colour are not.
fn told_apart(line: &str) -> impl Iterator<Item = (char, bool)> {
    let mut is_inside = false;
    line.chars().map(move |c| {
        let is_shown = !is_inside && c != '\u{1b}';
        // A colour ends with its first letter.
        is_inside = if is_inside {
            !c.is_ascii_alphabetic()
        } else {
            c == '\u{1b}'
        };
        (c, is_shown)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_cut_by_what_is_seen_of_it() {
        for (line, columns, expected) in [
            ("abc", 3, "abc"),
            ("abcd", 3, "ab…"),
            ("客户支持", 8, "客户支持"),
            ("客户支持", 7, "客户支…"),
            ("客户支持", 6, "客户…"),
            ("\u{1b}[1mabc\u{1b}[0m", 3, "\u{1b}[1mabc\u{1b}[0m"),
            ("\u{1b}[1mabcd\u{1b}[0m", 3, "\u{1b}[1mab…\u{1b}[0m"),
            ("👩‍👩‍👧", 2, "👩‍👩‍👧"),
            ("abc", 1, "…"),
            ("abc", 0, ""),
            ("", 0, ""),
        ] {
            assert_eq!(cut(line, columns), expected, "{columns}");
        }
        // What takes no room takes memory.
        let heavy = format!("a{}", "\u{301}".repeat(1_000_000));
        assert!(cut(&heavy, 30).len() < 300);
        assert!(cut(&"x".repeat(1_000_000), 79).len() < 90);
    }

    #[test]
    fn rows_are_counted_as_a_terminal_wraps_them() {
        let red = format!("\u{1b}[1;31merror:\u{1b}[0m {}", "x".repeat(73));
        assert_eq!(rows([red.as_str()], 80), 1);
        assert_eq!(rows([red.as_str(), "", "ab\ncd"], 79), 5);
        assert_eq!(rows(["客户支持"], 4), 2);
    }
}
