//! `tsv`: values between tabs, for `cut` and `awk`. A record is one line: tabs,
//! line breaks and backslashes are written `\\t`, `\\n`, `\\r` and `\\\\`, and
//! nothing is quoted.

use std::io::{self, Write};

use super::sanitize::written_out;
use super::{Ending, Render, View, excel};
use crate::group::{Field, Group};

pub(super) struct Tsv<W: Write> {
    out: io::BufWriter<excel::Marked<W>>,
    columns: Vec<Field>,
    excel: bool,
    header_written: bool,
}

impl<W: Write> Tsv<W> {
    pub(super) fn new(out: W, view: &View) -> Self {
        Self {
            out: io::BufWriter::with_capacity(64 * 1024, excel::Marked::new(out, view.excel)),
            columns: view.columns_or(&Field::ALL),
            excel: view.excel,
            header_written: view.no_header,
        }
    }

    /// As for `csv`, the header waits for the first page.
    fn header(&mut self) -> io::Result<()> {
        if !std::mem::replace(&mut self.header_written, true) {
            let names: Vec<&str> = self.columns.iter().map(|it| it.name()).collect();
            writeln!(self.out, "{}", names.join("\t"))?;
        }
        Ok(())
    }
}

impl<W: Write> Render for Tsv<W> {
    fn group(&mut self, group: Group) -> io::Result<()> {
        self.header()?;
        for (at, field) in self.columns.iter().enumerate() {
            let text = group.text(*field).unwrap_or_default();
            let text = if self.excel {
                excel::harmless(text)
            } else {
                text
            };
            // Backslashes first, or those of the others would be doubled.
            let text = text.replace('\\', "\\\\");
            let mut text = written_out(&text).into_owned();
            if self.excel && text.starts_with('"') {
                // A spreadsheet would read on to the next one.
                text = format!("\"{}\"", text.replace('"', "\"\""));
            }
            let tab = if at == 0 { "" } else { "\t" };
            write!(self.out, "{tab}{text}")?;
        }
        writeln!(self.out)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    fn finish(&mut self, _: Ending) -> io::Result<()> {
        self.header()?;
        self.out.flush()
    }
}
