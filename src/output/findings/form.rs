//! The forms that a report of an audit can have.

use std::fmt;
use std::str::FromStr;

use crate::text::named;

/// The form of a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Report {
    /// For people.
    #[default]
    Table,
    /// One object; `version` is raised when it changes.
    Json,
    /// `JUnit` XML, a case a rule.
    Junit,
    /// Annotations of GitHub Actions, one a line.
    Github,
    /// The code quality report of GitLab.
    Gitlab,
    /// For issues, wikis and job summaries.
    Markdown,
    /// A page for browsers, with plots and all groups.
    Html,
}

impl Report {
    /// Every form, in the order in which help lists them.
    pub const ALL: [Self; 7] = [
        Self::Table,
        Self::Json,
        Self::Junit,
        Self::Github,
        Self::Gitlab,
        Self::Markdown,
        Self::Html,
    ];

    /// Returns the name that flags use.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Json => "json",
            Self::Junit => "junit",
            Self::Github => "github",
            Self::Gitlab => "gitlab",
            Self::Markdown => "markdown",
            Self::Html => "html",
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Report {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        named(text, Self::ALL, Self::name)
    }
}
