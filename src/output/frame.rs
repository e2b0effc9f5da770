//! A table that is drawn again and again on one screen, with signs for what has
//! changed meanwhile.
//!
//! The screen is the terminal's own, not the alternate one: what was seen last
//! stays when the program ends, however it ends, and nothing is left to undo.

use super::line::cut;
use super::table::Table;
use super::{Format, Terminal, View};
use crate::group::{Field, Group};

/// What became of a group since the last time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Nothing.
    Same,
    /// It is new.
    New,
    /// These fields of it changed.
    Changed(Vec<Field>),
    /// It is gone.
    Gone,
}

impl Mark {
    /// Returns the sign that stands before the row.
    pub const fn sign(&self) -> char {
        match self {
            Self::Same => ' ',
            Self::New => '+',
            Self::Changed(_) => '~',
            Self::Gone => '-',
        }
    }

    const fn sgr(&self) -> &'static str {
        match self {
            Self::Same => "",
            Self::New => "1;32",
            Self::Changed(_) => "1;33",
            Self::Gone => "1;31",
        }
    }
}

/// Returns the fields that a table of this format has.
pub fn columns(format: Format, view: &View) -> Vec<Field> {
    let own = || match format {
        Format::Wide => Field::ALL.to_vec(),
        _ => super::table::COLUMNS.to_vec(),
    };
    view.columns.clone().unwrap_or_else(own)
}

/// Returns the lines of a table whose rows are marked.
pub fn table(rows: &[(&Group, Mark)], format: Format, view: View, to: Terminal) -> Vec<String> {
    let has_header = !view.no_header;
    let view = match format {
        Format::Wide => view.wide(),
        _ => view,
    };
    // A sign, a blank, and the column that stays free.
    let columns = to.columns.map(|it| it.saturating_sub(3).max(1));
    let mut table = Table::new(std::io::sink(), Terminal { columns, ..to }, &view).within();
    for (group, mark) in rows {
        let changed: &[Field] = match mark {
            Mark::Changed(fields) => fields,
            Mark::Same | Mark::New | Mark::Gone => &[],
        };
        table.marked(group, changed, *mark == Mark::Gone);
    }
    let signs = rows
        .iter()
        .map(|(_, mark)| painted(&mark.sign().to_string(), mark.sgr(), to.color));
    let signs = has_header.then(|| " ".to_owned()).into_iter().chain(signs);
    let lines = table.lines().into_iter().zip(signs);
    lines.map(|(line, sign)| format!("{sign} {line}")).collect()
}

/// Returns text in a colour, where there are any.
pub fn painted(text: &str, sgr: &str, color: bool) -> String {
    if color && !sgr.is_empty() {
        format!("\u{1b}[{sgr}m{text}\u{1b}[0m")
    } else {
        text.to_owned()
    }
}

/// A screen that is drawn over.
#[derive(Debug, Default)]
pub struct Canvas {
    is_begun: bool,
    /// Whether the terminal knows no such thing: then each picture follows the last.
    pub is_dumb: bool,
}

impl Canvas {
    /// A canvas on which nothing is drawn yet.
    pub fn new(is_dumb: bool) -> Self {
        Self {
            is_begun: false,
            is_dumb,
        }
    }

    /// Returns the bytes that draw these lines, all at once, so that nothing
    /// flickers. The first time, what stands on the screen scrolls out of sight.
    /// The terminal has so many columns and, if known, rows.
    pub fn draw(&mut self, lines: &[String], columns: u16, rows: Option<u16>) -> Vec<u8> {
        // The last column stays free: what clears the rest of a line there would
        // clear the last character, too.
        let most = usize::from(columns).saturating_sub(1).max(1);
        let lines = lines.iter().map(|it| cut(it, most));
        let mut out = String::new();
        if self.is_dumb {
            for line in lines {
                out.extend([&line, "\n"]);
            }
            out.push('\n');
            return out.into_bytes();
        }
        if !std::mem::replace(&mut self.is_begun, true) {
            let rows = rows.unwrap_or_default();
            out.push_str(&"\n".repeat(rows.into()));
        }
        // Home; and what is longer than a line for all that ends at the edge.
        out.push_str("\u{1b}[?7l\u{1b}[H");
        for line in lines {
            out.extend([&line, "\u{1b}[K\n"]);
        }
        out.push_str("\u{1b}[J\u{1b}[?7h");
        out.into_bytes()
    }
}
