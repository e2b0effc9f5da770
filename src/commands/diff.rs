//! `cams-groups diff`: what has changed since a snapshot was taken.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

use serde::Serialize;
use serde_json::value::RawValue;

use super::changes::{Members, OldAndNew, by_field, raw, rows};
use super::keys;
use super::live::Live;
use crate::cli::DiffArgs;
use crate::diff::{Difference, Snapshot, SnapshotError};
use crate::failure::{Failure, Kind};
use crate::group::{Field, Group};
use crate::output::json_lines;
use crate::output::markdown::escaped;
use crate::output::sheet::sheet;
use crate::output::{Paper, Talk};
use crate::world::World;

/// Compares, and writes what differs. The verdict stands whether or not anyone
/// reads it to the end.
pub async fn diff(
    args: &DiffArgs,
    world: &World,
    stdout: &mut dyn Write,
    talk: &Talk,
) -> Result<(), Failure> {
    let old = read(&args.old)?;
    let new = if let Some(path) = &args.new {
        read(path)?
    } else {
        let tell = keys::teller(talk);
        let live = Live::connect(&args.overrides(), world, talk, &tell).await?;
        let groups = live.groups(true, talk).await?;
        Snapshot::live(groups).map_err(|error| unusable("the listing", &error))?
    };
    let difference = Difference::between(&old, &new, &args.ignore);
    if !difference.not_compared.is_empty() {
        talk.alarm(format!(
            "not compared, because only one of the two has them: {}",
            difference.not_compared.join(", ")
        ));
    }
    let written = match args.output {
        Paper::Table => write_table(&difference, stdout),
        Paper::Json => write_json(&difference, stdout),
        Paper::Markdown => write_markdown(&difference, stdout),
    };
    let written = written.and_then(|()| stdout.flush());
    let found = if difference.is_none() {
        Ok(())
    } else {
        Err(Failure::new(Kind::Findings, "the snapshots differ"))
    };
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure::writing(&error)),
        _ => found,
    }
}

/// Reads a snapshot.
pub(super) fn read(path: &Path) -> Result<Snapshot, Failure> {
    let name = format!("`{}`", path.display());
    let text = std::fs::read_to_string(path).map_err(|error| {
        Failure::new(Kind::Config, format!("{name} cannot be read: {error}"))
            .hint("check the path and its permissions")
    })?;
    Snapshot::parse(&text).map_err(|error| unusable(&name, &error))
}

/// Says why something is no snapshot.
pub(super) fn unusable(name: &str, error: &SnapshotError) -> Failure {
    Failure::new(Kind::Config, format!("{name} cannot be compared: {error}"))
        .hint("snapshots are written by: cams-groups list -o json -O FILE")
}

fn write_table(difference: &Difference, out: &mut dyn Write) -> io::Result<()> {
    if difference.is_none() {
        return Ok(());
    }
    let rows = rows(difference);
    write!(out, "{}", sheet(["", "GROUP ID", "SUBJECT", "WHAT"], &rows))
}

fn write_markdown(difference: &Difference, out: &mut dyn Write) -> io::Result<()> {
    if difference.is_none() {
        return writeln!(out, "No differences.");
    }
    writeln!(
        out,
        "| | GroupId | Subject | What |\n| --- | --- | --- | --- |"
    )?;
    for row in rows(difference) {
        let [mark, id, subject, what] = row.map(|cell| escaped(&cell));
        writeln!(out, "| {mark} | {id} | {subject} | {what} |")?;
    }
    Ok(())
}

/// What differs, as scripts read it. Values stand there as they came, with all
/// their digits, in a spelling that a terminal may show.
#[derive(Serialize)]
struct Report<'a> {
    added: Vec<Members<'a>>,
    removed: Vec<Members<'a>>,
    changed: Vec<ChangedGroup<'a>>,
    not_compared: &'a [String],
}

#[derive(Serialize)]
struct ChangedGroup<'a> {
    #[serde(rename = "GroupId")]
    id: Option<&'a RawValue>,
    #[serde(rename = "Subject")]
    subject: Option<&'a RawValue>,
    changes: BTreeMap<&'a str, OldAndNew<'a>>,
}

fn write_json(difference: &Difference, out: &mut dyn Write) -> io::Result<()> {
    let changed = difference.changed.iter().map(|it| ChangedGroup {
        id: it.group.json(Field::GroupId).and_then(raw),
        subject: it.group.json(Field::Subject).and_then(raw),
        changes: by_field(&it.changes),
    });
    let report = Report {
        added: all(&difference.added),
        removed: all(&difference.removed),
        changed: changed.collect(),
        not_compared: &difference.not_compared,
    };
    writeln!(out, "{}", json_lines(&report))
}

fn all(groups: &[Group]) -> Vec<Members<'_>> {
    let columns = None;
    let groups = groups.iter();
    groups.map(|group| Members { group, columns }).collect()
}
