//! How groups and words reach the user.
//!
//! stdout carries data and nothing else; all talk goes to stderr. A renderer
//! takes groups one at a time and is finished once; some formats write as groups
//! come, others hold them back until then. This room must
//! not know where groups come from. It gets its streams and the [`Terminal`]
//! handed in and asks the system for neither.
//!
//! Group texts are strangers' texts: [`sanitize`] stands between them and a
//! terminal.

use std::borrow::Cow;
use std::fmt;
use std::io::{self, Write};
use std::str::FromStr;

use crate::group::{Field, Group};
use crate::text::{is_hazardous, named, push_json_escape};

mod csv;
mod excel;
mod file;
mod findings;
mod form;
pub mod frame;
mod ids;
pub mod jq;
mod json;
pub mod line;
pub mod markdown;
pub mod progress;
pub mod sanitize;
pub mod sheet;
mod summary;
mod table;
pub mod talk;
pub mod terminal;
mod tsv;

pub use file::OutputFile;
pub use findings::{Excepted, Level, NotListed, Report, Verdict, WhoseGroups};
pub use form::{Form, Paper};
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
    /// Values between tabs, with a header.
    Tsv,
    /// A table for issues and wikis.
    Markdown,
    /// An id a line.
    Ids,
    /// For people, with every field.
    Wide,
}

impl Format {
    /// Every format, in the order in which help lists them.
    pub const ALL: [Self; 8] = [
        Self::Table,
        Self::Wide,
        Self::Json,
        Self::Jsonl,
        Self::Csv,
        Self::Tsv,
        Self::Markdown,
        Self::Ids,
    ];

    /// Returns whether groups are written as they come, and cannot be taken
    /// back.
    pub const fn streams(self) -> bool {
        match self {
            Self::Jsonl | Self::Csv | Self::Tsv | Self::Ids => true,
            Self::Table | Self::Wide | Self::Markdown | Self::Json => false,
        }
    }

    /// Returns whether it is for people to look at: then even an incomplete
    /// listing is shown, under a warning.
    pub const fn is_for_people(self) -> bool {
        matches!(self, Self::Table | Self::Wide)
    }

    /// Returns whether it begins with the names of its columns, which may be
    /// left out.
    pub const fn has_header(self) -> bool {
        matches!(self, Self::Table | Self::Wide | Self::Csv | Self::Tsv)
    }

    /// Returns the name that flags and profiles use.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Markdown => "markdown",
            Self::Ids => "ids",
            Self::Wide => "wide",
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

/// Why a format cannot show what there is, which is no fault of its file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// A group that the format has no place for.
    #[error("{0}")]
    Group(String),
    /// An expression that fails on the listing.
    #[error("--jq: {0}")]
    Expression(String),
}

impl From<Unfit> for io::Error {
    fn from(unfit: Unfit) -> Self {
        Self::other(unfit)
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

impl<R: Render + ?Sized> Render for &mut R {
    fn group(&mut self, group: Group) -> io::Result<()> {
        (**self).group(group)
    }

    fn flush(&mut self) -> io::Result<()> {
        (**self).flush()
    }

    fn finish(&mut self, ending: Ending) -> io::Result<()> {
        (**self).finish(ending)
    }
}

/// Returns JSON in which nothing acts on a terminal: what the writer of JSON
/// lets through is escaped as JSON escapes it.
pub fn json_text(value: &impl serde::Serialize) -> String {
    safe_json(&serde_json::to_string(value).unwrap_or_default())
}

/// As [`json_text`], over several lines.
pub fn json_lines(value: &impl serde::Serialize) -> String {
    safe_json(&serde_json::to_string_pretty(value).unwrap_or_default())
}

/// Escapes what acts on a terminal, or on a CI runner, in JSON; line breaks between
/// tokens stay.
fn safe_json(json: &str) -> String {
    let mut safe = String::with_capacity(json.len());
    for c in json.chars() {
        if c >= '\u{7f}' && is_hazardous(c) {
            push_json_escape(c, &mut safe);
        } else {
            safe.push(c);
        }
    }
    match disobeyed(&safe) {
        Cow::Borrowed(_) => safe,
        Cow::Owned(safe) => safe,
    }
}

/// Escapes in JSON what CI runners obey wherever it stands in a log. Outside of
/// strings there is no such thing.
fn disobeyed(json: &str) -> Cow<'_, str> {
    if !sanitize::is_obeyed(json) {
        return Cow::Borrowed(json);
    }
    let mut safe = json.to_owned();
    for command in sanitize::OBEYED {
        safe = safe.replace(command, &command.replacen('#', "\\u0023", 1));
    }
    Cow::Owned(safe)
}

/// What of each group is shown.
#[derive(Clone, Debug, Default)]
pub struct View {
    /// The fields, in this order; where nobody names any, the format's own.
    pub columns: Option<Vec<Field>>,
    /// Whether to leave out the names of the columns.
    pub no_header: bool,
    /// Whether spreadsheets are to open it.
    pub excel: bool,
    /// An expression over the listing, in place of a format.
    pub jq: Option<jq::Program>,
    /// Counts alone.
    pub summary: bool,
    /// Which fields tell targets apart, where several are listed.
    pub of_target: Vec<Field>,
}

impl View {
    /// Returns the columns: those that the user names, else these, after those of
    /// the target.
    fn columns_or(&self, own: &[Field]) -> Vec<Field> {
        let default = || [&self.of_target[..], own].concat();
        self.columns.clone().unwrap_or_else(default)
    }

    /// Returns the same, but with every field where nobody names any.
    fn wide(self) -> Self {
        let columns = Some(self.columns_or(&Field::ALL));
        Self { columns, ..self }
    }
}

/// Returns the renderer of a format, which writes to `out`.
pub fn renderer<'a>(
    format: Format,
    out: Box<dyn Write + 'a>,
    terminal: Terminal,
    view: View,
) -> Box<dyn Render + 'a> {
    if let Some(program) = view.jq {
        return Box::new(jq::Jq::new(out, terminal, program, view.columns));
    }
    if view.summary {
        let as_json = format == Format::Json;
        return Box::new(summary::Summary::new(out, terminal, as_json));
    }
    match format {
        Format::Table => Box::new(table::Table::new(out, terminal, &view)),
        Format::Wide => Box::new(table::Table::new(out, terminal, &view.wide())),
        Format::Json => Box::new(json::Json::new(out, view.columns)),
        Format::Jsonl => Box::new(json::Jsonl::new(out, view.columns)),
        Format::Csv => Box::new(csv::Csv::new(out, terminal, &view)),
        Format::Tsv => Box::new(tsv::Tsv::new(out, &view)),
        Format::Markdown => Box::new(markdown::Markdown::new(out, &view)),
        Format::Ids => Box::new(ids::Ids::new(out)),
    }
}
