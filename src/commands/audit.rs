//! `cams-groups audit`: a verdict that a CI job can trust.

use std::io::{self, Write};
use std::path::Path;

use super::diff::{read, unusable};
use super::keys;
use super::live::Live;
use crate::audit::{Rule, Rules, audit as hold};
use crate::cli::{AuditArgs, FailOn, RuleName};
use crate::diff::Snapshot;
use crate::failure::{Failure, Kind};
use crate::output::sheet::sheet;
use crate::output::{Level, OutputFile, Talk, Verdict};
use crate::world::World;

/// Lists all groups, holds them against the rules, and reports. A listing that
/// fails is never a pass; nor does anyone who stops reading change the verdict.
pub async fn audit(
    args: &AuditArgs,
    world: &World,
    stdout: &mut dyn Write,
    talk: &Talk,
) -> Result<(), Failure> {
    if args.list_rules {
        let rows = Rule::ALL.map(|it| [it.id().to_owned(), it.explanation().to_owned()]);
        return write!(stdout, "{}", sheet(["RULE", "WHAT HOLDS"], &rows))
            .and_then(|()| stdout.flush())
            .map_err(|error| Failure::writing(&error));
    }
    let files = args.report.iter().map(|(_, path)| path);
    let files: Vec<_> = files.chain(&args.baseline).collect();
    if (1..files.len()).any(|at| files[..at].contains(&files[at])) {
        let what = "a file is named twice, by --report or --baseline";
        return Err(Failure::new(Kind::Usage, what).hint("give each report a file of its own"));
    }
    // A mistake in the rules is found before anyone is asked.
    let mut rules = rules(args)?;
    let tell = keys::teller(talk);
    let live = Live::connect(&args.overrides(), world, talk, &tell).await?;
    rules.business_number = Some(live.business_number());
    let groups = live.groups(true, talk).await?;
    if rules.baseline.is_some() {
        // What cannot be compared is no finding: it could not be looked.
        Snapshot::live(groups.clone()).map_err(|error| unusable("the listing", &error))?;
    }
    let findings = hold(&groups, &rules, world.clock.now());
    let warns: Vec<Rule> = args.warn.iter().map(|RuleName(rule)| *rule).collect();
    let asked: Vec<Rule> = Rule::ALL.into_iter().filter(|it| rules.has(*it)).collect();
    let verdict = Verdict {
        groups: groups.len() as u64,
        findings: &findings,
        asked: &asked,
        warns: &warns,
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
    let fails = match args.fail_on {
        FailOn::Error => verdict.count(Level::Error) > 0,
        FailOn::Warning => !findings.is_empty(),
        FailOn::Never => false,
    };
    if fails {
        return Err(Failure::new(Kind::Findings, verdict.words()));
    }
    Ok(())
}

fn rules(args: &AuditArgs) -> Result<Rules, Failure> {
    let baseline = match &args.baseline {
        None => None,
        Some(path) => Some((read(path)?, args.ignore.clone())),
    };
    Ok(Rules {
        allow_status: args.allow_status.clone(),
        require_status: args.require_status.clone(),
        stuck_after: args.stuck_after,
        min_groups: args.min_groups,
        max_groups: args.max_groups,
        min_participants: args.min_participants,
        max_participants: args.max_participants,
        no_full: args.no_full,
        no_empty: args.no_empty,
        link: match (args.require_link, args.forbid_link) {
            (true, _) => Some(true),
            (_, true) => Some(false),
            _ => None,
        },
        link_hosts: args.link_host.clone(),
        subject: args.subject.clone(),
        forbid_subject: args.forbid_subject.clone(),
        unique_subjects: args.unique_subjects,
        business_number: None,
        baseline,
    })
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
