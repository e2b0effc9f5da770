//! `markdown`: a table as GitHub and GitLab read it. Whatever a stranger wrote
//! into a subject stays text: no link, no picture, no mention, no HTML.

use std::io::{self, Write};

use super::sanitize::sanitize;
use super::table::{COLUMNS, shown_text};
use super::{Ending, Render};
use crate::group::{Field, Group};

pub(super) struct Markdown<W> {
    out: W,
    columns: Vec<Field>,
    rows: Vec<Vec<String>>,
}

impl<W: Write> Markdown<W> {
    pub(super) fn new(out: W, columns: Option<Vec<Field>>) -> Self {
        Self {
            out,
            columns: columns.unwrap_or_else(|| COLUMNS.to_vec()),
            rows: Vec::new(),
        }
    }
}

impl<W: Write> Render for Markdown<W> {
    fn group(&mut self, group: Group) -> io::Result<()> {
        let cells = self.columns.iter();
        let cells = cells.map(|field| escaped(&shown_text(&group, *field)));
        self.rows.push(cells.collect());
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn finish(&mut self, ending: Ending) -> io::Result<()> {
        if ending == Ending::Incomplete {
            return Ok(());
        }
        let mut out = io::BufWriter::new(&mut self.out);
        let names: Vec<&str> = self.columns.iter().map(|it| it.name()).collect();
        writeln!(out, "| {} |", names.join(" | "))?;
        let rules = self.columns.iter();
        let rules: Vec<&str> = rules
            .map(|it| if it.is_number() { "---:" } else { "---" })
            .collect();
        writeln!(out, "| {} |", rules.join(" | "))?;
        for row in &self.rows {
            writeln!(out, "| {} |", row.join(" | "))?;
        }
        out.flush()
    }
}

/// Escapes every character that could mean something inside a cell. A backslash
/// before punctuation stands for the punctuation itself.
pub fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    let text = sanitize(text);
    let mut before = ' ';
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let means_something = matches!(
            c,
            '\\' | '`'
                | '*'
                | '_'
                | '['
                | ']'
                | '<'
                | '>'
                | '|'
                | '~'
                | '&'
                | '@'
                | '#'
                | '!'
                | '$'
        );
        // Bare addresses become links: `https://…`, `www.…`, `a@b.c`.
        let makes_link = (c == ':' && rest.peek() == Some(&'/'))
            || (c == '.' && before.eq_ignore_ascii_case(&'w'));
        if means_something || makes_link {
            escaped.push('\\');
        }
        escaped.push(c);
        before = c;
    }
    escaped
}
