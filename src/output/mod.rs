//! How groups and words reach the user.
//!
//! stdout carries data and nothing else; all talk goes to stderr. A renderer
//! takes groups one at a time and is finished once; `jsonl` and `csv` write as
//! groups come, `json` and `table` hold them back until then. This room must
//! not know where groups come from. It gets its streams and the [`Terminal`]
//! handed in and asks the system for neither.
//!
//! Group texts are strangers' texts: [`sanitize`] stands between them and a
//! terminal.

use std::fmt;
use std::io::{self, Write};
use std::str::FromStr;

use crate::group::Group;
use crate::text::named;

mod csv;
mod file;
mod form;
mod json;
pub mod progress;
pub mod sanitize;
pub mod sheet;
mod table;
pub mod talk;
pub mod terminal;

pub use file::OutputFile;
pub use form::Form;
pub use progress::Progress;
pub use talk::Talk;
pub use terminal::{ColorChoice, Streams, Terminal};

/// The form that a listing takes on stdout.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// For people.
    #[default]
    Table,
    /// One array.
    Json,
    /// An object a line.
    Jsonl,
    /// RFC 4180 with a header.
    Csv,
}

impl Format {
    /// Every format, in the order in which help lists them.
    pub const ALL: [Self; 4] = [Self::Table, Self::Json, Self::Jsonl, Self::Csv];

    /// Returns whether groups are written as they come, and cannot be taken
    /// back.
    pub const fn streams(self) -> bool {
        match self {
            Self::Jsonl | Self::Csv => true,
            Self::Table | Self::Json => false,
        }
    }

    /// Returns the name that flags and profiles use.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Csv => "csv",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Format {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        named(text, Self::ALL, Self::name)
    }
}

/// How a listing ended, which decides what a renderer may still write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// It is whole, or the user takes it as it is.
    Accepted,
    /// It is not known to be whole.
    Incomplete,
}

/// Writes a listing in one format.
pub trait Render {
    /// Takes the next group of the listing.
    fn group(&mut self, group: Group) -> io::Result<()>;

    /// Hands on what has been written so far, at the end of a page.
    fn flush(&mut self) -> io::Result<()>;

    /// Writes what was held back, and what ends the format.
    fn finish(&mut self, ending: Ending) -> io::Result<()>;
}

/// Returns the renderer of a format, which writes to `out`.
pub fn renderer<'a>(
    format: Format,
    out: Box<dyn Write + 'a>,
    terminal: Terminal,
) -> Box<dyn Render + 'a> {
    match format {
        Format::Table => Box::new(table::Table::new(out, terminal)),
        Format::Json => Box::new(json::Json::new(out)),
        Format::Jsonl => Box::new(json::Jsonl::new(out)),
        Format::Csv => Box::new(csv::Csv::new(out, terminal)),
    }
}
