//! `markdown`: a table as GitHub and GitLab read it. Whatever a stranger wrote
//! into a subject stays text: no link, no picture, no mention, no HTML.

use std::io::{self, Write};

use super::sanitize::sanitize;
use super::table::{COLUMNS, shown_text};
use super::{Ending, Render, View};
use crate::group::{Field, Group};

pub(super) struct Markdown<W> {
    out: W,
    columns: Vec<Field>,
    rows: Vec<Vec<String>>,
}

impl<W: Write> Markdown<W> {
    pub(super) fn new(out: W, view: &View) -> Self {
        Self {
            out,
            columns: view.columns_or(&COLUMNS),
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

/// Makes a text mean nothing but itself inside a cell. What could become a
/// mention, a reference, a link or a picture stands as code: those are found in
/// the text as it is read, so that no backslash keeps them off.
pub fn escaped(text: &str) -> String {
    let text = sanitize(text);
    if is_sensitive(&text) {
        return code(&text);
    }
    let mut escaped = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if matches!(
            c,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&' | '!' | '$'
        ) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// Returns whether a text holds what may be read as more than text.
fn is_sensitive(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let marks = ["@", "#", "www.", "://", "mailto:", "xmpp:", "gh-"];
    let has_name_between_colons = text.split(':').count() > 2;
    let is_hash = |word: &str| word.len() >= 7 && word.bytes().all(|it| it.is_ascii_hexdigit());
    marks.iter().any(|it| lower.contains(it))
        || has_name_between_colons
        || lower
            .split(|c: char| !c.is_ascii_alphanumeric())
            .any(|word| is_hash(word) && word.bytes().any(|it| it.is_ascii_alphabetic()))
}

/// Returns a text as code, between more backticks than it has side by side.
fn code(text: &str) -> String {
    let runs = text.split(|c| c != '`').map(str::len);
    let fence = "`".repeat(runs.max().unwrap_or(0) + 1);
    // In a table, even code has its bars escaped.
    format!("{fence} {} {fence}", text.replace('|', "\\|"))
}
