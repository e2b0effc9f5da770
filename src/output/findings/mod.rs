//! What an audit found, for people, scripts and CI systems. The same findings
//! give the same bytes. Whatever strangers wrote is escaped as each form wants it.

use std::io::{self, Write};

use serde::Serialize;

use super::json_lines;
use super::markdown::escaped;
use super::sanitize::sanitize;
use super::sheet::sheet;
use crate::audit::{Finding, Rule};
use crate::group::Group;

mod ci;
mod form;
mod html;
mod junit;

pub use form::Report;

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
    /// How many targets there were, where there were to be many.
    pub targets: Option<u64>,
    /// The targets that could not be looked at.
    pub not_looked: &'a [NotLooked],
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

/// A target that could not be looked at: that is no finding, and no pass.
#[derive(Clone, Debug, Serialize)]
pub struct NotLooked {
    /// Which.
    pub target: String,
    /// The kind of the failure.
    pub kind: &'static str,
    /// The exit code of that kind.
    pub exit_code: u8,
    /// What failed; may hold a server's text.
    pub what: String,
}

fn counted(number: usize, thing: &str) -> String {
    match number {
        1 => format!("1 {thing}"),
        _ => format!("{number} {thing}s"),
    }
}

fn count(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
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
        let groups = counted(count(self.groups), "group");
        let looked = match self.targets {
            None => groups,
            Some(all) => {
                let looked = count(all).saturating_sub(self.not_looked.len());
                format!("{groups} of {}", counted(looked, "target"))
            }
        };
        let excepted = match self.excepted {
            0 => String::new(),
            some => format!(", {some} excepted"),
        };
        let not_looked = match self.not_looked.len() {
            0 => String::new(),
            some => format!("{} could not be looked at; ", counted(some, "target")),
        };
        if self.findings.is_empty() {
            return format!("{not_looked}clean: {looked}{excepted}");
        }
        let errors = counted(self.count(Level::Error), "error");
        let warnings = counted(self.count(Level::Warning), "warning");
        format!("{not_looked}{errors}, {warnings} in {looked}{excepted}")
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
        let rows = self.rows();
        if !rows.is_empty() {
            let text = if self.targets.is_some() {
                sheet(ROW.map(|it| it.1), &rows)
            } else {
                let [_, rest @ ..] = ROW.map(|it| it.1);
                let rows: Vec<[String; 5]> = rows.into_iter().map(without_target).collect();
                sheet(rest, &rows)
            };
            writeln!(out, "{text}")?;
        }
        writeln!(out, "{}", self.words())
    }

    fn write_markdown(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "**{}**", self.words())?;
        let rows = self.rows();
        if rows.is_empty() {
            return Ok(());
        }
        let from = usize::from(self.targets.is_none());
        let headings = ROW.map(|it| it.0);
        writeln!(out, "\n| {} |", headings[from..].join(" | "))?;
        writeln!(out, "| {} |", ["---"; ROW.len()][from..].join(" | "))?;
        for row in rows {
            let cells = row.map(|cell| escaped(&cell));
            writeln!(out, "| {} |", cells[from..].join(" | "))?;
        }
        Ok(())
    }

    /// Returns the rows of a report, under [`ROW`]: what could not be looked at,
    /// then what was found.
    fn rows(&self) -> Vec<[String; ROW.len()]> {
        let not_looked = self.not_looked.iter().map(|it| {
            let none = String::new;
            let level = "failed".to_owned();
            [
                it.target.clone(),
                level,
                none(),
                none(),
                none(),
                it.what.clone(),
            ]
        });
        not_looked
            .chain(self.findings.iter().map(|it| self.row(it)))
            .collect()
    }

    fn row(&self, finding: &Finding) -> [String; ROW.len()] {
        let ids = finding.groups.iter().map(|it| it.id.as_str());
        let ids = ids.collect::<Vec<_>>().join(", ");
        let level = self.level(finding).name().to_owned();
        [
            finding.target.clone().unwrap_or_default(),
            level,
            finding.rule.id().to_owned(),
            ids,
            subject(finding).to_owned(),
            finding.what.clone(),
        ]
    }

    fn json(&self) -> impl Serialize {
        #[derive(Serialize)]
        struct Object<'a> {
            version: u32,
            verdict: &'static str,
            groups: u64,
            targets: Option<u64>,
            errors: usize,
            warnings: usize,
            excepted: usize,
            not_looked: &'a [NotLooked],
            findings: Vec<Row<'a>>,
        }
        #[derive(Serialize)]
        struct Row<'a> {
            level: Level,
            rule: &'static str,
            target: Option<&'a str>,
            group_ids: Vec<&'a str>,
            subject: Option<&'a str>,
            what: &'a str,
        }
        let findings = self.findings.iter();
        Object {
            version: 1,
            verdict: match (self.not_looked.len(), self.findings.len()) {
                (0, 0) => "clean",
                (0, _) => "findings",
                _ => "incomplete",
            },
            groups: self.groups,
            targets: self.targets,
            errors: self.count(Level::Error),
            warnings: self.count(Level::Warning),
            excepted: self.excepted,
            not_looked: self.not_looked,
            findings: findings
                .map(|it| Row {
                    level: self.level(it),
                    rule: it.rule.id(),
                    target: it.target.as_deref(),
                    group_ids: it.groups.iter().map(|it| it.id.as_str()).collect(),
                    subject: it.groups.first().map(|it| it.subject.as_str()),
                    what: &it.what,
                })
                .collect(),
        }
    }
}

/// Returns the subject of the groups that a finding is about: those of several
/// are alike.
fn subject(finding: &Finding) -> &str {
    finding.groups.first().map_or("", |it| it.subject.as_str())
}

/// The columns of a report: for documents, and for terminals.
const ROW: [(&str, &str); 6] = [
    ("Target", "TARGET"),
    ("Level", "LEVEL"),
    ("Rule", "RULE"),
    ("GroupId", "GROUP ID"),
    ("Subject", "SUBJECT"),
    ("What", "WHAT"),
];

fn without_target([_, rest @ ..]: [String; ROW.len()]) -> [String; ROW.len() - 1] {
    rest
}

/// Returns a finding as one line that a terminal may show.
fn line(finding: &Finding) -> String {
    let ids = finding.groups.iter().map(|it| it.id.as_str());
    let ids = ids.collect::<Vec<_>>().join(", ");
    let line = match finding.groups.len() {
        0 => finding.what.clone(),
        _ => format!("{ids} ({}): {}", subject(finding), finding.what),
    };
    let target = finding.target.as_ref();
    let target = target.map(|it| format!("{it}: ")).unwrap_or_default();
    sanitize(&format!("{target}{line}")).into_owned()
}

impl NotLooked {
    /// Returns it as one line that a terminal may show.
    fn line(&self) -> String {
        sanitize(&format!("{}: {}", self.target, self.what)).into_owned()
    }
}
