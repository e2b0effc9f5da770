//! What an audit asks: the policy, and the flags that outweigh it.

use std::io::Read;
use std::path::{Path, PathBuf};

use crate::audit::{Count, Drift, DriftRule, Finding, Limit, Rule, Rules};
use crate::cli::{AuditArgs, RuleName};
use crate::commands::diff::read;
use crate::commands::files;
use crate::config::Chosen;
use crate::diff::Snapshot;
use crate::failure::{Failure, Kind};
use crate::group::Field;
use crate::policy::{Exception, Level, Policy};

/// All that an audit asks, and how much each rule weighs.
pub(super) struct Asked {
    pub(super) rules: Rules,
    /// What there was at another time.
    pub(super) baseline: Option<Snapshot>,
    /// Where that was read.
    pub(super) baseline_path: Option<PathBuf>,
    pub(super) exceptions: Vec<Exception>,
    /// The policy's file, if there is one.
    pub(super) policy: Option<String>,
    levels: Vec<(Rule, Level)>,
}

impl Asked {
    /// Reads the policy and the baseline, before anyone is asked for groups.
    pub(super) fn read(
        args: &AuditArgs,
        chosen: &Chosen,
        stdin: &mut dyn Read,
    ) -> Result<Self, Failure> {
        let (policy, file) = policy(args, chosen, stdin)?;
        let directory = file.as_deref().and_then(Path::parent);
        let directory = directory.unwrap_or(Path::new(""));
        let flags = outweighed(args, &Rules::default());
        let mut rules = outweighed(args, &policy.rules);
        let baseline = args.baseline.clone();
        let of_policy = || Some(directory.join(policy.baseline.as_ref()?));
        let baseline = baseline.or_else(of_policy);
        if baseline.is_none() && flags.drift.is_some() {
            let what = "--ignore, --drift and --participants-change need a baseline";
            return Err(Failure::new(Kind::Usage, what).hint("--baseline FILE names it"));
        }
        if baseline.is_none() && rules.drift.is_some() {
            let what = "the policy's [rules.drift] needs a baseline";
            return Err(Failure::new(Kind::Config, what)
                .hint("name it there (baseline = \"groups.json\"), or with --baseline"));
        }
        if baseline.is_some() {
            rules.drift.get_or_insert_default();
        }
        for (rule, level) in &policy.levels {
            if *level != Level::Off && !rules.has(*rule) {
                let id = rule.id();
                let what = format!("the policy's [rules.{id}] has a level, and sets nothing");
                return Err(Failure::new(Kind::Config, what)
                    .hint("cams-groups audit --init-policy shows what each rule can be asked"));
            }
        }
        if let Some(RuleName(rule)) = args.warn.iter().find(|it| !rules.has(it.0)) {
            let what = format!("--warn {}: that rule is not asked for", rule.id());
            return Err(
                Failure::new(Kind::Usage, what).hint("audit --list-rules says what asks for each")
            );
        }
        let level = |rule: Rule| match policy.level(rule).unwrap_or_default() {
            _ if args.warn.iter().any(|RuleName(it)| *it == rule) => Level::Warning,
            // Who asks by a flag is not to be told that all is well unlooked.
            Level::Off if is_flagged(rule, &flags, args) => Level::Error,
            level => level,
        };
        Ok(Self {
            levels: Rule::ALL.map(|rule| (rule, level(rule))).to_vec(),
            baseline: (baseline.as_ref())
                .map(|path| read(path, stdin))
                .transpose()?,
            baseline_path: baseline,
            policy: file.map(|it| it.display().to_string()),
            rules: possible(rules)?,
            exceptions: policy.exceptions,
        })
    }

    fn level(&self, rule: Rule) -> Level {
        let mut levels = self.levels.iter();
        levels
            .find(|(it, _)| *it == rule)
            .map_or(Level::Error, |(_, level)| *level)
    }

    /// Returns the rules that are held.
    pub(super) fn held(&self) -> Vec<Rule> {
        let is_held = |it: &Rule| self.level(*it) != Level::Off && self.rules.has(*it);
        Rule::ALL.into_iter().filter(is_held).collect()
    }

    /// Returns the rules whose findings only warn.
    pub(super) fn warns(&self) -> Vec<Rule> {
        let warns = |it: &Rule| self.level(*it) == Level::Warning;
        Rule::ALL.into_iter().filter(warns).collect()
    }

    /// Returns whether nothing is asked but what always holds.
    pub(super) fn is_idle(&self) -> bool {
        let always = Rules::default();
        self.held().iter().all(|it| always.has(*it))
    }

    /// Takes out the findings of rules that are off.
    pub(super) fn leave_held(&self, findings: &mut Vec<Finding>) {
        findings.retain(|it| self.level(it.rule) != Level::Off);
    }
}

/// Returns the policy and where it stands: that of `--policy`, else that of the
/// profile.
fn policy(
    args: &AuditArgs,
    chosen: &Chosen,
    stdin: &mut dyn Read,
) -> Result<(Policy, Option<PathBuf>), Failure> {
    let mistaken = |path: &Path, error: &dyn std::fmt::Display| {
        Failure::new(Kind::Config, format!("{}, {error}", files::named(path)))
            .hint("cams-groups audit --init-policy shows every key")
    };
    if let Some(path) = &args.policy {
        let text = files::read(path, stdin).map_err(|it| {
            it.hint("cams-groups audit --init-policy writes a policy to start from")
        })?;
        let policy = Policy::parse(&text).map_err(|error| mistaken(path, &error))?;
        return Ok((policy, Some(path.clone())));
    }
    let profile = chosen.profile.as_ref().filter(|it| it.has_audit);
    let file = chosen.file.as_ref();
    let source = file.and_then(|it| it.source.as_ref());
    let (Some(profile), Some(file), Some(source)) = (profile, file, source) else {
        return Ok((Policy::default(), None));
    };
    let policy = Policy::of_profile(source.expose(), &profile.name);
    let policy = policy.map_err(|error| mistaken(&file.path, &error))?;
    Ok((policy, Some(file.path.clone())))
}

/// Refuses what no groups can keep.
fn possible(rules: Rules) -> Result<Rules, Failure> {
    let never = |what: String| {
        Err(Failure::new(Kind::Config, what)
            .hint("change one of the two, in the policy or by flag"))
    };
    if let (Some(least), Some(most)) = (rules.min_participants, rules.max_participants)
        && least > most
    {
        return never(format!(
            "no group has at least {least} participants and at most {most}"
        ));
    }
    if let Some(drift) = &rules.drift {
        let counts = |kind: Drift| drift.kinds.is_empty() || drift.kinds.contains(&kind);
        if drift.participants_change > 0 && !counts(Drift::Participants) {
            return never(
                "participants may change anyway: that kind of drift does not count".to_owned(),
            );
        }
        for (kind, field) in [
            (Drift::Regressed, Field::GroupStatus),
            (Drift::InviteLink, Field::InviteLink),
            (Drift::Participants, Field::TotalParticipantCount),
        ] {
            if drift.kinds.contains(&kind) && drift.ignored.contains(&field) {
                return never(format!(
                    "drift of kind {kind} counts, and the field {field} is ignored"
                ));
            }
        }
    }
    for one in &rules.groups {
        for other in rules.groups.iter().filter(|it| it.status == one.status) {
            if let (Limit::Min(least), Limit::Max(most)) = (one.limit, other.limit)
                && least > most
            {
                let status = one.status.map(|it| format!("{it} ")).unwrap_or_default();
                return never(format!(
                    "there are never at least {least} {status}groups and at most {most}"
                ));
            }
        }
    }
    Ok(rules)
}

/// Returns whether a rule was asked for by a flag of its own.
fn is_flagged(rule: Rule, flags: &Rules, args: &AuditArgs) -> bool {
    match rule {
        Rule::UnknownStatus | Rule::BusinessNumber => false,
        Rule::Drift => args.baseline.is_some() || flags.drift.is_some(),
        _ => flags.has(rule),
    }
}

/// Returns rules, each outweighed by its flag.
fn outweighed(args: &AuditArgs, rules: &Rules) -> Rules {
    Rules {
        allow_status: or(&args.allow_status, &rules.allow_status),
        require_status: or(&args.require_status, &rules.require_status),
        stuck_after: args.stuck_after.or(rules.stuck_after),
        groups: counts(args, &rules.groups),
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
        description: args
            .require_description
            .then_some(true)
            .or(rules.description),
        picture: args.require_picture.then_some(true).or(rules.picture),
        roles: or(&args.role, &rules.roles),
        drift: drift(args, rules.drift.as_ref()),
    }
}

/// Each number outweighs the one of its own status and side.
fn counts(args: &AuditArgs, of_policy: &[Count]) -> Vec<Count> {
    let least = args.min_groups.iter().map(|(status, number)| Count {
        status: *status,
        limit: Limit::Min(*number),
    });
    let most = args.max_groups.iter().map(|(status, number)| Count {
        status: *status,
        limit: Limit::Max(*number),
    });
    let flags: Vec<Count> = least.chain(most).collect();
    let side = |it: Limit| matches!(it, Limit::Min(_));
    let is_outweighed = |count: &&Count| {
        let same = |it: &Count| it.status == count.status && side(it.limit) == side(count.limit);
        !flags.iter().any(same)
    };
    let kept = of_policy.iter().filter(is_outweighed);
    kept.chain(&flags).copied().collect()
}

fn drift(args: &AuditArgs, of_policy: Option<&DriftRule>) -> Option<DriftRule> {
    let is_flagged =
        !args.drift.is_empty() || !args.ignore.is_empty() || args.participants_change.is_some();
    if !is_flagged {
        return of_policy.cloned();
    }
    let none = DriftRule::default();
    let rule = of_policy.unwrap_or(&none);
    let change = args.participants_change;
    Some(DriftRule {
        kinds: or(&args.drift, &rule.kinds),
        ignored: or(&args.ignore, &rule.ignored),
        participants_change: change.unwrap_or(rule.participants_change),
    })
}

fn or<T: Clone>(flags: &[T], policy: &[T]) -> Vec<T> {
    if flags.is_empty() { policy } else { flags }.to_vec()
}
