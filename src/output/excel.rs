//! What spreadsheets need: a mark that says UTF-8, and no text that they would
//! run as a formula.

use std::borrow::Cow;
use std::io::{self, Write};

/// Writes the byte-order mark before the first byte, if it is wanted.
pub(super) struct Marked<W> {
    out: W,
    is_due: bool,
}

impl<W> Marked<W> {
    pub(super) fn new(out: W, wanted: bool) -> Self {
        let is_due = wanted;
        Self { out, is_due }
    }
}

impl<W: Write> Write for Marked<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if std::mem::take(&mut self.is_due) {
            self.out.write_all("\u{feff}".as_bytes())?;
        }
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Puts an apostrophe before what a spreadsheet would take for a formula, so
/// that it shows the text and runs nothing, and before numbers that are too long
/// for it to keep. The characters are those of the OWASP page on CSV injection,
/// with their full-width forms.
pub(super) fn harmless(text: Cow<'_, str>) -> Cow<'_, str> {
    let runs = |c: char| {
        matches!(
            c,
            '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠'
        )
    };
    let digits = text.strip_prefix('-').unwrap_or(&text);
    let is_number = !digits.is_empty() && digits.bytes().all(|it| it.is_ascii_digit());
    let needs_it = if is_number {
        digits.len() > MOST_DIGITS
    } else {
        text.starts_with(runs)
    };
    if needs_it {
        Cow::Owned(format!("'{text}"))
    } else {
        text
    }
}

/// As many digits as spreadsheets keep of a number.
const MOST_DIGITS: usize = 15;
