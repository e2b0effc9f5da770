//! What differs, as it is written: for people, for scripts, and for issues.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;
use serde_json::value::RawValue;

use crate::commands::changes::{Members, OldAndNew, by_field, raw, rows};
use crate::diff::Difference;
use crate::group::{Field, Group};
use crate::output::markdown::escaped;
use crate::output::sheet::sheet_within;
use crate::output::{Paper, json_lines};

/// What there is to tell.
pub(super) struct Told<'a> {
    pub(super) difference: &'a Difference,
    /// Whether groups are of many targets.
    pub(super) of_targets: bool,
    /// The width of the terminal, if one looks on.
    pub(super) columns: Option<u16>,
    /// The targets that could not be listed: of their groups nobody knows.
    pub(super) not_listed: &'a [String],
}

impl Told<'_> {
    pub(super) fn write(&self, paper: Paper, out: &mut dyn Write) -> io::Result<()> {
        match paper {
            Paper::Table => self.write_table(out),
            Paper::Json => self.write_json(out),
            Paper::Markdown => self.write_markdown(out),
        }
    }

    /// Says how much differs.
    pub(super) fn summary(&self) -> String {
        let Difference {
            added,
            removed,
            changed,
            ..
        } = self.difference;
        let (added, removed, changed) = (added.len(), removed.len(), changed.len());
        if self.difference.is_none() {
            let of = if self.is_partial() {
                " in what was compared"
            } else {
                ""
            };
            return format!("no differences{of}");
        }
        format!("{added} new (+), {removed} gone (-), {changed} changed (~)")
    }

    /// Returns whether some of what was asked for was not compared.
    fn is_partial(&self) -> bool {
        !self.not_listed.is_empty() || !self.difference.not_compared.is_empty()
    }

    fn write_table(&self, out: &mut dyn Write) -> io::Result<()> {
        if self.difference.is_none() {
            return Ok(());
        }
        let rows = rows(self.difference);
        let headings = ["", "TARGET", "GROUP ID", "SUBJECT", "WHAT"];
        let table = if self.of_targets {
            sheet_within(headings, &rows, self.columns)
        } else {
            let rows: Vec<[String; 4]> = rows.into_iter().map(without_target).collect();
            sheet_within(without_target(headings), &rows, self.columns)
        };
        write!(out, "{table}")
    }

    fn write_markdown(&self, out: &mut dyn Write) -> io::Result<()> {
        for target in self.not_listed {
            writeln!(out, "- not listed: {}", escaped(target))?;
        }
        for field in &self.difference.not_compared {
            writeln!(out, "- not compared: {}", escaped(field))?;
        }
        if self.is_partial() {
            writeln!(out)?;
        }
        let rows = rows(self.difference);
        if rows.is_empty() {
            let of = if self.is_partial() {
                " in what was compared"
            } else {
                ""
            };
            return writeln!(out, "No differences{of}.");
        }
        let line = |cells: [String; 5]| {
            if self.of_targets {
                format!("| {} |", cells.join(" | "))
            } else {
                format!("| {} |", without_target(cells).join(" | "))
            }
        };
        let headings = ["", "Target", "GroupId", "Subject", "What"];
        writeln!(out, "{}", line(headings.map(str::to_owned)))?;
        writeln!(out, "{}", line(headings.map(|_| "---".to_owned())))?;
        for row in rows {
            let [mark, rest @ ..] = row;
            let [target, id, subject, what] = rest.map(|cell| escaped(&cell));
            writeln!(out, "{}", line([mark, target, id, subject, what]))?;
        }
        Ok(())
    }

    fn write_json(&self, out: &mut dyn Write) -> io::Result<()> {
        let changed = self.difference.changed.iter().map(|it| ChangedGroup {
            target: it.group.json(Field::Target).and_then(raw),
            space: it.group.json(Field::CustSpaceId).and_then(raw),
            id: it.group.json(Field::GroupId).and_then(raw),
            subject: it.group.json(Field::Subject).and_then(raw),
            changes: by_field(&it.changes),
        });
        let report = Report {
            added: all(&self.difference.added),
            removed: all(&self.difference.removed),
            changed: changed.collect(),
            not_compared: &self.difference.not_compared,
            not_listed: self.not_listed,
        };
        writeln!(out, "{}", json_lines(&report))
    }
}

fn without_target<T>([mark, _, id, subject, what]: [T; 5]) -> [T; 4] {
    [mark, id, subject, what]
}

/// What differs, as scripts read it. Values stand there as they came, with all
/// their digits, in a spelling that a terminal may show.
#[derive(Serialize)]
struct Report<'a> {
    added: Vec<Members<'a>>,
    removed: Vec<Members<'a>>,
    changed: Vec<ChangedGroup<'a>>,
    not_compared: &'a [String],
    not_listed: &'a [String],
}

#[derive(Serialize)]
struct ChangedGroup<'a> {
    #[serde(rename = "Target", skip_serializing_if = "Option::is_none")]
    target: Option<&'a RawValue>,
    #[serde(rename = "CustSpaceId", skip_serializing_if = "Option::is_none")]
    space: Option<&'a RawValue>,
    #[serde(rename = "GroupId")]
    id: Option<&'a RawValue>,
    #[serde(rename = "Subject")]
    subject: Option<&'a RawValue>,
    changes: BTreeMap<&'a str, OldAndNew<'a>>,
}

fn all(groups: &[Group]) -> Vec<Members<'_>> {
    let columns = None;
    let groups = groups.iter();
    groups.map(|group| Members { group, columns }).collect()
}
