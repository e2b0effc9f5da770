//! `cams-groups audit`: a verdict that a CI job can trust.

use std::io::{self, Read, Write};
use std::path::Path;

use jiff::tz::TimeZone;

use super::live::Live;
use super::targets::{How, Targets, named};
use super::{keys, print};
use crate::audit::Rule;
use crate::cli::{AuditArgs, FailOn};
use crate::config::Chosen;
use crate::failure::{Failure, Kind};
use crate::output::sheet::sheet;
use crate::output::{Level, OutputFile, Report, Talk, Verdict};
use crate::policy::{Exception, TEMPLATE};
use crate::world::World;

mod look;
mod rules;

use look::Judge;
use rules::Asked;

/// Lists all groups, holds them against the rules, and reports. A listing that
/// fails is never a pass; nor does anyone who stops reading change the verdict.
pub async fn audit(
    args: &AuditArgs,
    world: &World,
    stdin: &mut dyn Read,
    stdout: &mut dyn Write,
    talk: &Talk,
) -> Result<(), Failure> {
    if args.list_rules {
        let rows = Rule::ALL.map(|it| [it.id().to_owned(), it.explanation().to_owned()]);
        return print(&sheet(["RULE", "WHAT HOLDS"], &rows), stdout);
    }
    if args.init_policy {
        return print(TEMPLATE, stdout);
    }
    let files = args.report.iter().map(|(_, path)| path);
    let files: Vec<_> = files.chain(&args.baseline).chain(&args.policy).collect();
    if (1..files.len()).any(|at| files[..at].contains(&files[at])) {
        let what = "a file is named twice, by --report, --baseline or --policy";
        return Err(Failure::new(Kind::Usage, what).hint("give each report a file of its own"));
    }
    // A mistake in the rules is found before anyone is asked.
    let overrides = args.overrides();
    let chosen = Chosen::find(&overrides, world)?;
    let asked = Asked::read(args, &chosen)?;
    let holds = still_hold(&asked.exceptions, world, talk);
    let tell = keys::teller(talk);
    let reports = args.report.iter().map(|(report, _)| *report);
    let mut reports = reports.chain([args.output]);
    let judge = Judge {
        asked: &asked,
        holds: &holds,
        keeps_groups: reports.any(|it| it == Report::Html),
        world,
    };
    let seen = match named(&args.many, &chosen, stdin)? {
        None => {
            let live = Live::connect(&overrides, &chosen, world, talk, &tell).await?;
            judge.one(&live, talk).await?
        }
        Some(targets) => {
            let how = How::USUAL;
            let connect = Targets::connect(targets, &overrides, &chosen, how, world, talk, &tell);
            judge.each(&connect.await?, talk).await?
        }
    };
    let verdict = Verdict {
        groups: seen.groups,
        listed: &seen.listed,
        targets: seen.targets,
        not_looked: &seen.not_looked,
        findings: &seen.findings,
        excepted: seen.excepted,
        asked: &asked.held(),
        warns: &asked.warns(),
        warnings_fail: args.fail_on == FailOn::Warning,
    };
    for (report, path) in &args.report {
        write_file(path, |out| verdict.write(*report, out))?;
    }
    let written = verdict
        .write(args.output, stdout)
        .and_then(|()| stdout.flush());
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            return Err(Failure::writing(&error));
        }
        _ => {}
    }
    // What was not seen weighs more than anything that was.
    seen.tally.verdict()?;
    let fails = match args.fail_on {
        FailOn::Error => verdict.count(Level::Error) > 0,
        FailOn::Warning => !seen.findings.is_empty(),
        FailOn::Never => false,
    };
    if fails {
        return Err(Failure::new(Kind::Findings, verdict.words()));
    }
    Ok(())
}

/// Returns the exceptions that hold today, and warns of those that are over.
fn still_hold<'a>(exceptions: &'a [Exception], world: &World, talk: &Talk) -> Vec<&'a Exception> {
    let today = world.clock.now().to_zoned(TimeZone::UTC).date();
    let (holds, over): (Vec<_>, Vec<_>) = exceptions.iter().partition(|it| it.holds_on(today));
    for exception in over {
        let words = exception.words();
        talk.warn(format!(
            "no longer excepted since {}: {words}",
            exception.until
        ));
    }
    holds
}

fn write_file(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Failure> {
    let written = OutputFile::create(path).and_then(|mut file| {
        write(&mut file)?;
        file.commit()
    });
    written.map_err(|error| {
        let what = format!("`{}` cannot be written: {error}", path.display());
        Failure::new(Kind::Output, what).hint("check the path and its permissions")
    })
}
