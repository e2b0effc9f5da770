//! `csv`: RFC 4180, the documented fields under the API's names.

use std::borrow::Cow;
use std::io::{self, Write};

use super::sanitize::sanitize;
use super::{Ending, Render, Terminal, View, excel};
use crate::group::{Field, Group};

/// A header and a record a group. What is absent or `null` is an empty field.
///
/// Piped, texts are exact. On a terminal they are made harmless to it: nobody
/// parses what a terminal shows.
pub(super) struct Csv<W: Write> {
    out: csv::Writer<excel::Marked<W>>,
    columns: Vec<Field>,
    on_terminal: bool,
    excel: bool,
    header_written: bool,
}

impl<W: Write> Csv<W> {
    pub(super) fn new(out: W, terminal: Terminal, view: &View) -> Self {
        let out = excel::Marked::new(out, view.excel);
        Self {
            out: csv::WriterBuilder::new()
                .terminator(csv::Terminator::CRLF)
                // Where lists are separated by semicolons, one would begin a cell.
                .quote_style(if view.excel {
                    csv::QuoteStyle::Always
                } else {
                    csv::QuoteStyle::Necessary
                })
                .buffer_capacity(64 * 1024)
                .from_writer(out),
            columns: view.columns_or(&Field::ALL),
            on_terminal: terminal.columns.is_some(),
            excel: view.excel,
            header_written: view.no_header,
        }
    }

    /// The header waits for the first page, so that a run that fails at once
    /// leaves stdout empty.
    fn header(&mut self) -> io::Result<()> {
        if !std::mem::replace(&mut self.header_written, true) {
            let names = self.columns.iter().map(|it| it.name());
            self.out.write_record(names)?;
        }
        Ok(())
    }
}

impl<W: Write> Render for Csv<W> {
    fn group(&mut self, group: Group) -> io::Result<()> {
        self.header()?;
        for field in &self.columns {
            let text = group.text(*field).unwrap_or_default();
            let text = if self.excel {
                excel::harmless(text)
            } else {
                text
            };
            let text = if self.on_terminal {
                sanitize(&text)
            } else {
                Cow::Borrowed(text.as_ref())
            };
            self.out.write_field(text.as_bytes())?;
        }
        Ok(self.out.write_record(None::<&[u8]>)?)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    fn finish(&mut self, _: Ending) -> io::Result<()> {
        self.header()?;
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PIPE: Terminal = Terminal {
        columns: None,
        color: false,
    };
    const SCREEN: Terminal = Terminal {
        columns: Some(80),
        color: false,
    };

    fn written(terminal: Terminal, groups: &[&str]) -> String {
        let mut out = Vec::new();
        let mut csv = Csv::new(&mut out, terminal, &View::default());
        for group in groups {
            csv.group(serde_json::from_str(group).unwrap()).unwrap();
        }
        csv.finish(Ending::Accepted).unwrap();
        drop(csv);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn an_empty_listing_is_the_header_alone() {
        assert_eq!(
            written(PIPE, &[]),
            "GroupId,Subject,Description,GroupStatus,BusinessNumber,InviteLink,ProfilePictureFile,\
             GroupLink,TotalParticipantCount,GroupType,BusinessRole,GmtModifier\r\n"
        );
    }

    #[test]
    fn quotes_commas_and_line_breaks_are_quoted_and_null_is_empty() {
        let text = written(
            PIPE,
            &[
                r#"{"GroupId":"g1","Subject":"a,\"b\"\nc","TotalParticipantCount":7,"GroupType":null}"#,
            ],
        );
        assert!(
            text.ends_with("\r\ng1,\"a,\"\"b\"\"\nc\",,,,,,,7,,,\r\n"),
            "{text}"
        );
    }

    #[test]
    fn a_terminal_gets_no_raw_escapes_and_a_pipe_gets_exact_text() {
        let group = [r#"{"Subject":"\u001b[2J"}"#];
        assert!(written(PIPE, &group).contains('\u{1b}'));
        assert!(!written(SCREEN, &group).contains('\u{1b}'));
    }

    proptest! {
        #[test]
        fn any_text_is_read_back_by_another_reader(subject in any::<String>(), id in any::<String>()) {
            let group = serde_json::json!({"GroupId": id, "Subject": subject}).to_string();
            let text = written(PIPE, &[&group]);
            let mut reader = csv::Reader::from_reader(text.as_bytes());
            let record = reader.records().next().unwrap().unwrap();
            prop_assert_eq!(&record[0], id.as_str());
            prop_assert_eq!(&record[1], subject.as_str());
            prop_assert_eq!(record.len(), 12);
        }
    }
}
