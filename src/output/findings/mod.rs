//! What an audit found, for people, scripts and CI systems. The same findings
//! give the same bytes. Whatever strangers wrote is escaped as each form wants it.

use std::io::{self, Write};

use super::markdown::escaped;
use super::sanitize::sanitize;
use super::sheet::sheet_within;
use crate::audit::Finding;

mod ci;
mod form;
mod html;
mod json;
mod junit;
mod verdict;

pub use form::Report;
pub use verdict::{Excepted, Level, NotListed, Verdict, WhoseGroups};

/// The columns of a report: for documents, and for terminals.
const ROW: [(&str, &str); 6] = [
    ("Level", "LEVEL"),
    ("Target", "TARGET"),
    ("Rule", "RULE"),
    ("GroupId", "GROUP ID"),
    ("Subject", "SUBJECT"),
    ("What", "WHAT"),
];

impl Verdict<'_> {
    /// Writes a report.
    ///
    /// A table fits a terminal of `columns`, if there is one.
    pub fn write(
        &self,
        report: Report,
        columns: Option<u16>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        match report {
            Report::Table => self.write_table(columns, out),
            Report::Json => json::write(self, out),
            Report::Junit => junit::write(self, out),
            Report::Github => ci::write_github(self, out),
            Report::Gitlab => ci::write_gitlab(self, out),
            Report::Markdown => self.write_markdown(out),
            Report::Html => html::write(self, out),
        }
    }

    fn write_table(&self, columns: Option<u16>, out: &mut dyn Write) -> io::Result<()> {
        let rows = self.rows();
        if !rows.is_empty() {
            let text = if self.targets.is_some() {
                sheet_within(ROW.map(|it| it.1), &rows, columns)
            } else {
                let headings = without_target(ROW.map(|it| it.1));
                let rows: Vec<[String; 5]> = rows.into_iter().map(without_target).collect();
                sheet_within(headings, &rows, columns)
            };
            writeln!(out, "{text}")?;
        }
        for it in self.in_use() {
            writeln!(out, "excepted: {}", sanitize(&it.line()))?;
        }
        writeln!(out, "{}", sanitize(&self.words()))
    }

    fn write_markdown(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "**{}**", escaped(&self.words()))?;
        let rows = self.rows();
        if !rows.is_empty() {
            let line = |cells: [String; ROW.len()]| match self.targets {
                Some(_) => format!("| {} |", cells.join(" | ")),
                None => format!("| {} |", without_target(cells).join(" | ")),
            };
            writeln!(out, "\n{}", line(ROW.map(|it| it.0.to_owned())))?;
            writeln!(out, "{}", line(ROW.map(|_| "---".to_owned())))?;
            for row in rows {
                writeln!(out, "{}", line(row.map(|cell| escaped(&cell))))?;
            }
        }
        for (at, it) in self.in_use().enumerate() {
            let before = if at == 0 { "\n" } else { "" };
            writeln!(out, "{before}- excepted: {}", escaped(&it.line()))?;
        }
        Ok(())
    }

    /// Returns the rows of a report, under [`ROW`]: what could not be listed, then
    /// what was found.
    fn rows(&self) -> Vec<[String; ROW.len()]> {
        // Of one number, the verdict says it all.
        let of_many = self.not_listed.iter().filter(|it| it.target.is_some());
        let not_listed = of_many.map(|it| {
            let none = String::new;
            let target = it.target.clone().unwrap_or_default();
            let level = "failed".to_owned();
            [level, target, none(), none(), none(), it.what.clone()]
        });
        not_listed
            .chain(self.findings.iter().map(|it| self.row(it)))
            .collect()
    }

    fn row(&self, finding: &Finding) -> [String; ROW.len()] {
        [
            self.level(finding).name().to_owned(),
            finding.target.clone().unwrap_or_default(),
            finding.rule.id().to_owned(),
            ids(finding),
            subject(finding).to_owned(),
            finding.what.clone(),
        ]
    }
}

fn without_target<T>([level, _, rule, ids, subject, what]: [T; ROW.len()]) -> [T; ROW.len() - 1] {
    [level, rule, ids, subject, what]
}

/// Returns the ids of the groups that a finding is about.
fn ids(finding: &Finding) -> String {
    let ids = finding.groups.iter().map(|it| it.id.as_str());
    ids.collect::<Vec<_>>().join(", ")
}

/// Returns the subject of the groups that a finding is about: those of several
/// are alike.
fn subject(finding: &Finding) -> &str {
    finding.groups.first().map_or("", |it| it.subject.as_str())
}

/// Returns a finding as one line that a terminal may show.
fn line(finding: &Finding) -> String {
    let line = match finding.groups.len() {
        0 => finding.what.clone(),
        _ => format!("{} ({}): {}", ids(finding), subject(finding), finding.what),
    };
    let target = finding.target.as_ref();
    let target = target.map(|it| format!("{it}: ")).unwrap_or_default();
    sanitize(&format!("{target}{line}")).into_owned()
}
