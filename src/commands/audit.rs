//! `cams-groups audit`: a verdict that a CI job can trust.

use std::io::{self, Write};
use std::path::Path;

use jiff::tz::TimeZone;

use super::diff::{read, unusable};
use super::live::Live;
use super::{keys, print};
use crate::audit::{Rule, Rules, audit as hold};
use crate::cli::{AuditArgs, FailOn, RuleName};
use crate::diff::Snapshot;
use crate::failure::{Failure, Kind};
use crate::group::Field;
use crate::output::sheet::sheet;
use crate::output::{Level, OutputFile, Talk, Verdict};
use crate::policy::{Level as Weight, Policy, TEMPLATE};
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
    let policy = match &args.policy {
        None => Policy::default(),
        Some(path) => read_policy(path)?,
    };
    let mut rules = rules(args, &policy);
    rules.baseline = baseline(args, &policy)?;
    let today = world.clock.now().to_zoned(TimeZone::UTC).date();
    let (holds, over): (Vec<_>, Vec<_>) =
        (policy.exceptions.iter()).partition(|it| it.holds_on(today));
    for exception in over {
        let words = exception.words();
        talk.warn(format!(
            "no longer excepted since {}: {words}",
            exception.until
        ));
    }
    let tell = keys::teller(talk);
    let live = Live::connect(&args.overrides(), world, talk, &tell).await?;
    rules.business_number = Some(live.business_number());
    let groups = live.groups(true, talk).await?;
    if rules.baseline.is_some() {
        // What cannot be compared is no finding: it could not be looked.
        Snapshot::live(groups.clone()).map_err(|error| unusable("the listing", &error))?;
    }
    let flags = self::rules(args, &Policy::default());
    let level = |rule: Rule| match policy.level(rule) {
        _ if args.warn.iter().any(|RuleName(it)| *it == rule) => Weight::Warning,
        // Who asks by a flag is not to be told that all is well unlooked.
        Weight::Off if is_flagged(rule, &flags, args) => Weight::Error,
        level => level,
    };
    let mut findings = hold(&groups, &rules, world.clock.now());
    findings.retain(|it| level(it.rule) != Weight::Off);
    let all = findings.len();
    findings.retain(|it| !holds.iter().any(|exception| exception.covers(it)));
    let rules_that = |is: &dyn Fn(Rule) -> bool| {
        let all = Rule::ALL.into_iter();
        all.filter(|it| is(*it)).collect::<Vec<_>>()
    };
    let asked = rules_that(&|it| level(it) != Weight::Off && rules.has(it));
    let warns = rules_that(&|it| level(it) == Weight::Warning);
    let verdict = Verdict {
        groups: groups.len() as u64,
        listed: &groups,
        findings: &findings,
        excepted: all - findings.len(),
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

fn read_policy(path: &Path) -> Result<Policy, Failure> {
    let name = path.display();
    let text = std::fs::read_to_string(path).map_err(|error| {
        Failure::new(Kind::Config, format!("`{name}` cannot be read: {error}"))
            .hint("cams-groups audit --init-policy writes a policy to start from")
    })?;
    Policy::parse(&text).map_err(|error| {
        Failure::new(Kind::Config, format!("`{name}`, {error}"))
            .hint("cams-groups audit --init-policy shows every key")
    })
}

/// Reads what nothing may differ from.
fn baseline(args: &AuditArgs, policy: &Policy) -> Result<Option<(Snapshot, Vec<Field>)>, Failure> {
    let of_policy = policy.baseline.as_ref().map(|(path, ignore)| {
        // A policy's files are where the policy is.
        let here = args.policy.as_deref().and_then(Path::parent);
        (here.unwrap_or(Path::new("")).join(path), ignore.clone())
    });
    let of_flag = args.baseline.clone().map(|path| (path, Vec::new()));
    match of_flag.or(of_policy) {
        Some((path, ignore)) => Ok(Some((read(&path)?, or(&args.ignore, &ignore)))),
        None if args.ignore.is_empty() => Ok(None),
        None => {
            Err(Failure::new(Kind::Usage, "--ignore needs a baseline")
                .hint("--baseline FILE names it"))
        }
    }
}

/// Returns whether a rule was asked for by a flag of its own.
fn is_flagged(rule: Rule, flags: &Rules, args: &AuditArgs) -> bool {
    match rule {
        Rule::UnknownStatus | Rule::BusinessNumber => false,
        Rule::Drift => args.baseline.is_some(),
        _ => flags.has(rule),
    }
}

/// Returns the rules of the policy, each outweighed by its flag; all but those
/// that need a file or the settings.
fn rules(args: &AuditArgs, policy: &Policy) -> Rules {
    let rules = &policy.rules;
    Rules {
        allow_status: or(&args.allow_status, &rules.allow_status),
        require_status: or(&args.require_status, &rules.require_status),
        stuck_after: args.stuck_after.or(rules.stuck_after),
        min_groups: args.min_groups.or(rules.min_groups),
        max_groups: args.max_groups.or(rules.max_groups),
        min_participants: args.min_participants.or(rules.min_participants),
        max_participants: args.max_participants.or(rules.max_participants),
        no_full: args.no_full || rules.no_full,
        no_empty: args.no_empty || rules.no_empty,
        link: match (args.require_link, args.forbid_link) {
            (true, _) => Some(true),
            (_, true) => Some(false),
            _ => rules.link,
        },
        link_hosts: or(&args.link_host, &rules.link_hosts),
        subject: or(&args.subject, &rules.subject),
        forbid_subject: or(&args.forbid_subject, &rules.forbid_subject),
        unique_subjects: args.unique_subjects || rules.unique_subjects,
        business_number: None,
        baseline: None,
    }
}

fn or<T: Clone>(flags: &[T], policy: &[T]) -> Vec<T> {
    if flags.is_empty() { policy } else { flags }.to_vec()
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
