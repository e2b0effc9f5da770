//! What an audit found, for people, scripts and CI systems. The same findings
//! give the same bytes. Whatever strangers wrote is escaped as each form wants it.

use std::fmt;
use std::io::{self, Write};
use std::str::FromStr;

use serde::Serialize;

use super::json_lines;
use super::markdown::escaped;
use super::sanitize::sanitize;
use super::sheet::sheet;
use crate::audit::{Finding, Rule};
use crate::group::Group;
use crate::text::named;

mod ci;
mod html;
mod junit;

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

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// It is to be mended.
    Error,
    /// It is to be known.
    Warning,
}

impl Level {
    const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// What an audit came to.
#[derive(Clone, Copy, Debug)]
pub struct Verdict<'a> {
    /// How many groups were looked at.
    pub groups: u64,
    /// Those groups, for the reports that show them.
    pub listed: &'a [Group],
    /// What was found.
    pub findings: &'a [Finding],
    /// How many findings were left out, as exceptions.
    pub excepted: usize,
    /// The rules that were asked for.
    pub asked: &'a [Rule],
    /// The rules whose findings only warn.
    pub warns: &'a [Rule],
    /// Whether those make the audit fail, too.
    pub warnings_fail: bool,
}

impl Verdict<'_> {
    /// Returns how much a finding weighs.
    pub fn level(&self, finding: &Finding) -> Level {
        if self.warns.contains(&finding.rule) {
            Level::Warning
        } else {
            Level::Error
        }
    }

    /// Returns how many findings weigh so much.
    pub fn count(&self, level: Level) -> usize {
        let findings = self.findings.iter();
        findings.filter(|it| self.level(it) == level).count()
    }

    /// Says it in a line.
    pub fn words(&self) -> String {
        let counted = |number: usize, thing: &str| match number {
            1 => format!("1 {thing}"),
            _ => format!("{number} {thing}s"),
        };
        let groups = counted(usize::try_from(self.groups).unwrap_or(usize::MAX), "group");
        let excepted = match self.excepted {
            0 => String::new(),
            some => format!(", {some} excepted"),
        };
        if self.findings.is_empty() {
            return format!("clean: {groups}{excepted}");
        }
        let errors = counted(self.count(Level::Error), "error");
        let warnings = counted(self.count(Level::Warning), "warning");
        format!("{errors}, {warnings} in {groups}{excepted}")
    }

    /// Writes a report.
    pub fn write(&self, report: Report, out: &mut dyn Write) -> io::Result<()> {
        match report {
            Report::Table => self.write_table(out),
            Report::Json => writeln!(out, "{}", json_lines(&self.json())),
            Report::Junit => junit::write(self, out),
            Report::Github => ci::write_github(self, out),
            Report::Gitlab => ci::write_gitlab(self, out),
            Report::Markdown => self.write_markdown(out),
            Report::Html => html::write(self, out),
        }
    }

    fn write_table(&self, out: &mut dyn Write) -> io::Result<()> {
        if !self.findings.is_empty() {
            let rows: Vec<[String; 5]> = self.findings.iter().map(|it| self.row(it)).collect();
            let headings = ["LEVEL", "RULE", "GROUP ID", "SUBJECT", "WHAT"];
            writeln!(out, "{}", sheet(headings, &rows))?;
        }
        writeln!(out, "{}", self.words())
    }

    fn write_markdown(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "**{}**", self.words())?;
        if self.findings.is_empty() {
            return Ok(());
        }
        writeln!(out, "\n| Level | Rule | GroupId | Subject | What |")?;
        writeln!(out, "| --- | --- | --- | --- | --- |")?;
        for finding in self.findings {
            let cells = self.row(finding).map(|cell| escaped(&cell));
            writeln!(out, "| {} |", cells.join(" | "))?;
        }
        Ok(())
    }

    fn row(&self, finding: &Finding) -> [String; 5] {
        let (id, subject) = finding.group.clone().unwrap_or_default();
        let level = self.level(finding).name().to_owned();
        [
            level,
            finding.rule.id().to_owned(),
            id,
            subject,
            finding.what.clone(),
        ]
    }

    fn json(&self) -> impl Serialize {
        #[derive(Serialize)]
        struct Object {
            version: u32,
            verdict: &'static str,
            groups: u64,
            errors: usize,
            warnings: usize,
            excepted: usize,
            findings: Vec<Row>,
        }
        #[derive(Serialize)]
        struct Row {
            level: Level,
            rule: &'static str,
            group_id: Option<String>,
            subject: Option<String>,
            what: String,
        }
        let findings = self.findings.iter();
        Object {
            version: 1,
            verdict: if self.findings.is_empty() {
                "clean"
            } else {
                "findings"
            },
            groups: self.groups,
            errors: self.count(Level::Error),
            warnings: self.count(Level::Warning),
            excepted: self.excepted,
            findings: findings
                .map(|it| Row {
                    level: self.level(it),
                    rule: it.rule.id(),
                    group_id: it.group.as_ref().map(|(id, _)| id.clone()),
                    subject: it.group.as_ref().map(|(_, subject)| subject.clone()),
                    what: it.what.clone(),
                })
                .collect(),
        }
    }
}

/// Returns a finding as one line that a terminal may show.
fn line(finding: &Finding) -> String {
    let line = match &finding.group {
        Some((id, subject)) => format!("{id} ({subject}): {}", finding.what),
        None => finding.what.clone(),
    };
    sanitize(&line).into_owned()
}
