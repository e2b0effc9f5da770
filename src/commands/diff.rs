//! `cams-groups diff`: what has changed since a snapshot was taken.

use std::collections::BTreeMap;
use std::io::{self, Read, Write};
use std::ops::ControlFlow;
use std::path::Path;

use serde::Serialize;
use serde_json::value::RawValue;

use super::changes::{Members, OldAndNew, by_field, raw, rows};
use super::deadline::within_deadline;
use super::live::{How, Live};
use super::tally::Tally;
use super::targets::{Targets, named};
use super::{files, keys};
use crate::cli::DiffArgs;
use crate::config::{Chosen, Target};
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
    stdin: &mut dyn Read,
    stdout: &mut dyn Write,
    talk: &Talk,
) -> Result<(), Failure> {
    let mut old = read(&args.old, stdin)?;
    let mut tally = Tally::default();
    let mut not_listed = Vec::new();
    let new = match &args.new {
        Some(path) => read(path, stdin)?,
        None => {
            live(
                args,
                &mut old,
                &mut tally,
                &mut not_listed,
                world,
                stdin,
                talk,
            )
            .await?
        }
    };
    if old.is_of_targets() != new.is_of_targets() && !old.is_empty() && !new.is_empty() {
        let what = "only one of the two says which groups are of which target";
        return Err(Failure::new(Kind::Config, what)
            .hint("compare what was listed alike: with --targets or --all-targets, or without"));
    }
    let of_targets = old.is_of_targets() || new.is_of_targets();
    let difference = Difference::between(&old, &new, &args.ignore);
    if !difference.not_compared.is_empty() {
        talk.alarm(format!(
            "not compared, because only one of the two has them: {}",
            difference.not_compared.join(", ")
        ));
    }
    let written = match args.output {
        Paper::Table => write_table(&difference, of_targets, stdout),
        Paper::Json => write_json(&difference, stdout),
        Paper::Markdown => write_markdown(&difference, of_targets, stdout),
    };
    let written = written.and_then(|()| stdout.flush());
    // What was not seen weighs more than anything that was.
    let found = if let Err(failure) = tally.verdict() {
        Err(failure)
    } else if difference.is_none() {
        Ok(())
    } else {
        Err(Failure::new(Kind::Findings, "the snapshots differ"))
    };
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure::writing(&error)),
        _ => found,
    }
}

/// Lists the groups that there are now. Those of a target that cannot be listed
/// are taken out of the old snapshot: nobody knows what became of them.
async fn live(
    args: &DiffArgs,
    old: &mut Snapshot,
    tally: &mut Tally,
    not_listed: &mut Vec<String>,
    world: &World,
    stdin: &mut dyn Read,
    talk: &Talk,
) -> Result<Snapshot, Failure> {
    let tell = keys::teller(talk);
    let overrides = args.overrides();
    let chosen = Chosen::find(&overrides, world)?;
    let how = How::by(&args.effort);
    let (clock, deadline) = (&world.clock, args.effort.deadline);
    let mut groups = Vec::new();
    match named(&args.many, &chosen, stdin)? {
        None => {
            let connect = Live::connect(&overrides, &chosen, how, world, talk, &tell);
            let live = within_deadline(deadline, clock, &|| false, &|| None, connect).await?;
            let is_paused = || live.is_paused();
            let list = live.groups(true, talk);
            groups = within_deadline(deadline, clock, &is_paused, &|| None, list).await?;
        }
        Some(targets) => {
            whose_is_known(old, &targets, "the snapshot")?;
            let connect = Targets::connect(targets, &overrides, &chosen, how, world, talk, &tell);
            let targets = connect.await?;
            let is_shown = talk.wants_progress();
            let each = targets.each(&|all| all, is_shown, talk, |target, outcome| {
                match outcome {
                    Ok(mut listed) => {
                        tally.listed();
                        groups.append(&mut listed);
                    }
                    Err(failure) => {
                        not_listed.push(target.to_string());
                        tally.failed(failure, talk);
                        let number = target.business_number.to_string();
                        let _ = old.take_target(&target.space_id.to_string(), &number);
                    }
                }
                Ok(ControlFlow::Continue(()))
            });
            let is_paused = || targets.is_paused();
            within_deadline(deadline, clock, &is_paused, &|| None, each).await?;
        }
    }
    Snapshot::live(groups).map_err(|error| {
        let what = format!("the listing cannot be compared: {error}");
        Failure::new(Kind::Refused, what)
    })
}

/// Reads a snapshot.
pub(super) fn read(path: &Path, stdin: &mut dyn Read) -> Result<Snapshot, Failure> {
    let text = files::read(path, stdin)?;
    let name = files::named(path);
    Snapshot::parse(&text).map_err(|error| unusable(&name, &error))
}

/// Refuses a snapshot out of which nobody can tell whose each group is.
pub(super) fn whose_is_known(
    snapshot: &Snapshot,
    targets: &[Target],
    name: &str,
) -> Result<(), Failure> {
    if snapshot.is_empty() {
        return Ok(());
    }
    if !snapshot.is_of_targets() {
        let what = format!("{name} does not say which groups are of which target");
        return Err(Failure::new(Kind::Config, what)
            .hint("write it with the same targets: cams-groups list --targets … -o json -O FILE"));
    }
    let spaces: Vec<String> = targets.iter().map(|it| it.space_id.to_string()).collect();
    let is_shared = |space: &str| spaces.iter().filter(|it| *it == space).count() > 1;
    if let Some(id) = snapshot.without_number(is_shared) {
        let what = format!("{name} does not say of which number group {id} is");
        return Err(Failure::new(Kind::Config, what)
            .hint("several targets are of its space; list them with BusinessNumber"));
    }
    Ok(())
}

/// Says why something is no snapshot.
fn unusable(name: &str, error: &SnapshotError) -> Failure {
    Failure::new(Kind::Config, format!("{name} cannot be compared: {error}"))
        .hint("snapshots are written by: cams-groups list -o json -O FILE")
}

fn write_table(difference: &Difference, of_targets: bool, out: &mut dyn Write) -> io::Result<()> {
    if difference.is_none() {
        return Ok(());
    }
    let rows = rows(difference);
    let table = if of_targets {
        sheet(["", "TARGET", "GROUP ID", "SUBJECT", "WHAT"], &rows)
    } else {
        let rows: Vec<[String; 4]> = rows.into_iter().map(without_target).collect();
        sheet(["", "GROUP ID", "SUBJECT", "WHAT"], &rows)
    };
    write!(out, "{table}")
}

fn without_target([mark, _, id, subject, what]: [String; 5]) -> [String; 4] {
    [mark, id, subject, what]
}

fn write_markdown(
    difference: &Difference,
    of_targets: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    if difference.is_none() {
        return writeln!(out, "No differences.");
    }
    let (name, rule) = if of_targets {
        (" Target |", " --- |")
    } else {
        ("", "")
    };
    writeln!(out, "| |{name} GroupId | Subject | What |")?;
    writeln!(out, "| --- |{rule} --- | --- | --- |")?;
    for row in rows(difference) {
        let [mark, target, id, subject, what] = row.map(|cell| escaped(&cell));
        let target = if of_targets {
            format!(" {target} |")
        } else {
            String::new()
        };
        writeln!(out, "| {mark} |{target} {id} | {subject} | {what} |")?;
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

fn write_json(difference: &Difference, out: &mut dyn Write) -> io::Result<()> {
    let changed = difference.changed.iter().map(|it| ChangedGroup {
        target: it.group.json(Field::Target).and_then(raw),
        space: it.group.json(Field::CustSpaceId).and_then(raw),
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
