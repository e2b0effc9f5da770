//! `cams-groups diff`: what has changed since a snapshot was taken.

use std::io::{self, Read, Write};
use std::ops::ControlFlow;
use std::path::Path;

use super::deadline::{self, within_deadline};
use super::live::{How, Live};
use super::tally::Tally;
use super::targets::{Targets, named};
use super::{files, keys};
use crate::cli::DiffArgs;
use crate::config::{Chosen, Target};
use crate::diff::{Difference, Snapshot, SnapshotError, Whose};
use crate::failure::{Failure, Kind};
use crate::output::{Talk, Terminal};
use crate::world::World;

mod paper;

use paper::Told;

/// Compares, and writes what differs. The verdict stands whether or not anyone
/// reads it to the end.
pub async fn diff(
    args: &DiffArgs,
    world: &World,
    stdin: &mut dyn Read,
    stdout: &mut dyn Write,
    terminal: Terminal,
    talk: &Talk,
) -> Result<(), Failure> {
    deadline::arm(args.effort.deadline, world);
    files::read_once([&Some(args.old.clone()), &args.new, &args.many.targets])?;
    let mut old = read(&args.old, stdin)?;
    let mut tally = Tally::default();
    let mut not_listed = Vec::new();
    let new = if let Some(path) = &args.new {
        read(path, stdin)?
    } else {
        let failed = &mut (&mut tally, &mut not_listed);
        live(args, &mut old, failed, world, stdin, talk).await?
    };
    if old.is_of_targets() != new.is_of_targets() && !old.is_empty() && !new.is_empty() {
        let what = "only one of the two says which groups are of which target";
        return Err(Failure::new(Kind::Config, what)
            .hint("compare what was listed alike: with --targets or --all-targets, or without"));
    }
    let lacks = |it: &Snapshot| it.without_number(|_| true);
    if (old.has_twins() || new.has_twins())
        && let Some(id) = lacks(&old).or_else(|| lacks(&new))
    {
        let what =
            format!("one id stands for several groups, and group {id} does not say its number");
        return Err(
            Failure::new(Kind::Config, what).hint("list with BusinessNumber, and without --redact")
        );
    }
    let of_targets = old.is_of_targets() || new.is_of_targets();
    let difference = Difference::between(&old, &new, &args.ignore);
    if !difference.not_compared.is_empty() {
        talk.alarm(format!(
            "not compared, because only one of the two has them: {}",
            difference.not_compared.join(", ")
        ));
    }
    let told = Told {
        difference: &difference,
        of_targets,
        columns: terminal.columns,
        not_listed: &not_listed,
    };
    let written = told
        .write(args.output, stdout)
        .and_then(|()| stdout.flush());
    talk.note(told.summary());
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
    (tally, not_listed): &mut (&mut Tally, &mut Vec<String>),
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
            let owners = old.owners(&whose(&targets));
            let mut failed = Vec::new();
            let connect = Targets::connect(targets, &overrides, &chosen, how, world, talk, &tell);
            let connect = within_deadline(deadline, clock, &|| false, &|| None, connect);
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
                        failed.push(tally.taken());
                        tally.failed(failure, talk);
                    }
                }
                Ok(ControlFlow::Continue(()))
            });
            let is_paused = || targets.is_paused();
            let listed = within_deadline(deadline, clock, &is_paused, &|| None, each).await;
            listed.map_err(|failure| tally.worsen(failure))?;
            old.leave_out(&owners, &failed);
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

/// Returns targets as a snapshot can know them.
pub(super) fn whose(targets: &[Target]) -> Vec<Whose> {
    let whose = targets.iter().map(|it| Whose {
        space_id: it.space_id.to_string(),
        business_number: it.business_number.to_string(),
        name: it.name.clone(),
    });
    whose.collect()
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
