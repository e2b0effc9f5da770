//! `cams-groups audit`: a verdict that a CI job can trust.

use std::io::{self, Read, Write};
use std::path::Path;

use jiff::tz::TimeZone;

use super::{deadline, files, keys, print};
use crate::audit::Rule;
use crate::cli::{AuditArgs, FailOn};
use crate::config::Chosen;
use crate::exit::Exit;
use crate::failure::{Failure, Kind};
use crate::output::sheet::sheet;
use crate::output::{Level, NotListed, OutputFile, Report, Talk, Terminal, Verdict};
use crate::policy::TEMPLATE;
use crate::world::World;

mod exceptions;
mod look;
mod rules;

use exceptions::Exceptions;
use look::{Judge, Seen};
use rules::Asked;

/// Lists all groups, holds them against the rules, and reports. A listing that
/// fails is never a pass; nor does anyone who stops reading change the verdict.
pub async fn audit(
    args: &AuditArgs,
    world: &World,
    stdin: &mut dyn Read,
    stdout: &mut dyn Write,
    terminal: Terminal,
    talk: &Talk,
) -> Result<(), Failure> {
    if args.list_rules {
        let rows = Rule::ALL.map(|it| [it.id().to_owned(), it.explanation().to_owned()]);
        return print(&sheet(["RULE", "WHAT HOLDS"], &rows), stdout);
    }
    if args.init_policy {
        return print(TEMPLATE, stdout);
    }
    deadline::arm(args.effort.deadline, world);
    files::read_once([&args.policy, &args.baseline, &args.many.targets])?;
    // A mistake in the rules is found before anyone is asked.
    let overrides = args.overrides();
    let chosen = Chosen::find(&overrides, world)?;
    let asked = Asked::read(args, &chosen, stdin)?;
    keep_files_apart(args, &chosen, &asked)?;
    let today = world.clock.now().to_zoned(TimeZone::UTC).date();
    let mut exceptions = Exceptions::on(today, &asked.exceptions, talk);
    let tell = keys::teller(talk);
    let (held, warns) = (asked.held(), asked.warns());
    let verdict = Verdict {
        asked: &held,
        warns: &warns,
        warnings_fail: args.fail_on == FailOn::Warning,
        policy: asked.policy.as_deref(),
        ..Verdict::default()
    };
    let reports = args.report.iter().map(|(report, _)| *report);
    let mut reports = reports.chain([args.output]);
    let mut judge = Judge {
        args,
        asked: &asked,
        exceptions: &mut exceptions,
        keeps_groups: reports.any(|it| it == Report::Html),
        world,
        seen: Seen::default(),
    };
    let begin = || write_unended(args, &verdict);
    let looked = judge.look(&overrides, &chosen, stdin, talk, &tell, &begin);
    let looked = looked.await;
    let seen = judge.seen;
    let looked = match looked {
        // A mistake of the user's: there is nothing to report.
        Err(failure) if seen.not_listed.is_empty() => return Err(failure),
        looked => looked,
    };
    let is_whole = looked.is_ok() && seen.not_listed.is_empty();
    if is_whole {
        warn_of_little(&asked, &held, &seen, talk);
    }
    let verdict = Verdict {
        of: seen.of.as_ref(),
        groups: seen.groups,
        listed: &seen.listed,
        targets: seen.targets,
        not_listed: &seen.not_listed,
        findings: &seen.findings,
        excepted: seen.excepted,
        exceptions: &exceptions.told(is_whole, talk),
        ..verdict
    };
    let fails = match args.fail_on {
        FailOn::Error => verdict.count(Level::Error) > 0,
        FailOn::Warning => !seen.findings.is_empty(),
        FailOn::Never => false,
    };
    // What was not seen weighs more than anything that was.
    let looked = looked.map_err(|failure| seen.tally.worsen(failure));
    let found = looked.and(seen.tally.verdict()).and_then(|()| {
        let failure = || Failure::new(Kind::Findings, verdict.words());
        fails.then(failure).map_or(Ok(()), Err)
    });
    let exit = found
        .as_ref()
        .map_or_else(|it| it.kind.exit(), |()| Exit::Success);
    let verdict = Verdict {
        exit_code: exit.code(),
        ..verdict
    };
    let written = write_all(args, &verdict, stdout, terminal.columns);
    match found {
        Err(failure) if failure.kind != Kind::Findings => Err(failure),
        found => written.and(found),
    }
}

/// Warns of an audit that says little although it is clean.
fn warn_of_little(asked: &Asked, held: &[Rule], seen: &Seen, talk: &Talk) {
    if held.is_empty() {
        talk.alarm("no rule is held: all of them are off");
    } else if asked.is_idle() {
        let ids: Vec<&str> = held.iter().map(|it| it.id()).collect();
        let ids = ids.join(" and ");
        talk.alarm(format!(
            "no rule is set, by flag or policy: only {ids} are held"
        ));
    }
    if seen.groups == 0 && !asked.rules.has(Rule::Groups) {
        talk.alarm("there are no groups; if there should be, ask for them with --min-groups");
    }
}

/// Has every report say that the audit did not end, until it does: a run that is
/// stopped must not leave the report of an earlier one.
fn write_unended(args: &AuditArgs, verdict: &Verdict<'_>) {
    let not_listed = [NotListed {
        target: None,
        kind: Kind::Interrupted.name(),
        exit_code: Kind::Interrupted.exit().code(),
        what: "the audit did not end".to_owned(),
    }];
    let unended = Verdict {
        not_listed: &not_listed,
        exit_code: Kind::Interrupted.exit().code(),
        ..*verdict
    };
    // What is no regular file would have both.
    let is_file = |path: &Path| !OutputFile::is_stream(path) && (path.is_file() || !path.exists());
    let files = args.report.iter().filter(|(_, path)| is_file(path));
    for (report, path) in files {
        // One that cannot be written is told in the end, with the verdict.
        let _ = files::write(path, |out| unended.write(*report, None, out));
    }
}

/// Writes every report. One that cannot be written keeps no other back, least of
/// all the one on stdout; a reader who leaves changes no verdict.
fn write_all(
    args: &AuditArgs,
    verdict: &Verdict<'_>,
    stdout: &mut dyn Write,
    columns: Option<u16>,
) -> Result<(), Failure> {
    let mut result = Ok(());
    for (report, path) in &args.report {
        let written = files::write(path, |out| verdict.write(*report, None, out));
        result = result.and(written);
    }
    let written = verdict
        .write(args.output, columns, stdout)
        .and_then(|()| stdout.flush());
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            result.and(Err(Failure::writing(&error)))
        }
        _ => result,
    }
}

fn keep_files_apart(args: &AuditArgs, chosen: &Chosen, asked: &Asked) -> Result<(), Failure> {
    let config = chosen.file.as_ref().map(|it| it.path.as_path());
    let read = [
        config,
        args.policy.as_deref(),
        asked.baseline_path.as_deref(),
        args.many.targets.as_deref(),
    ];
    let written = args.report.iter().map(|(_, path)| path.as_path());
    if let Some(path) = written.clone().find(|it| *it == Path::new("-")) {
        let what = format!("`{}` is no file for a report", path.display());
        return Err(Failure::new(Kind::Usage, what).hint("-o FORM is the report on stdout"));
    }
    files::keep_apart(read.into_iter().flatten(), written)
}
