//! The form of what is no listing.

use std::fmt;
use std::str::FromStr;

use crate::text::named;

/// The form that a report takes on stdout.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// For people.
    #[default]
    Text,
    /// One object or array.
    Json,
}

impl Form {
    /// Every form, in the order in which help lists them.
    pub const ALL: [Self; 2] = [Self::Text, Self::Json];

    /// Returns the name that flags use.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Json => "json",
        }
    }
}

/// The form that what differs takes on stdout.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Paper {
    /// For people.
    #[default]
    Table,
    /// One object.
    Json,
    /// A table for issues and wikis.
    Markdown,
}

impl Paper {
    /// Every form, in the order in which help lists them.
    pub const ALL: [Self; 3] = [Self::Table, Self::Json, Self::Markdown];

    /// Returns the name that flags use.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Json => "json",
            Self::Markdown => "markdown",
        }
    }
}

impl fmt::Display for Paper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Paper {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        named(text, Self::ALL, Self::name)
    }
}

impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Form {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        named(text, Self::ALL, Self::name)
    }
}
