//! Rules that groups are held against. Pure: groups in, findings out. It must
//! not know the network, the clock, any form of output, or exit codes.
//!
//! A rule that cannot be judged, because the API does not say what it needs, is
//! broken: an audit that looked away would call a doubt a pass.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use regex::Regex;
use url::Url;

use crate::diff::{Difference, Snapshot};
use crate::group::choose::{FULL, is_private};
use crate::group::{Field, Group, GroupStatus};

/// What can be wrong, by the ids that flags and reports use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// A status that is not allowed.
    Status,
    /// A status that no document names.
    UnknownStatus,
    /// A status that should pass, and does not.
    Stuck,
    /// Too few groups, or too many.
    Groups,
    /// Too few participants, or too many.
    Participants,
    /// An invite link that should not be, or should, or leads elsewhere.
    InviteLink,
    /// A subject that should be otherwise.
    Subject,
    /// A subject that several groups have.
    DuplicateSubject,
    /// A group of another business number.
    BusinessNumber,
    /// A difference from the baseline.
    Drift,
}

impl Rule {
    /// Every rule, in the order of reports.
    pub const ALL: [Self; 10] = [
        Self::Status,
        Self::UnknownStatus,
        Self::Stuck,
        Self::Groups,
        Self::Participants,
        Self::InviteLink,
        Self::Subject,
        Self::DuplicateSubject,
        Self::BusinessNumber,
        Self::Drift,
    ];

    /// Returns the rule's id.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Status => "status",
            Self::UnknownStatus => "unknown-status",
            Self::Stuck => "stuck",
            Self::Groups => "groups",
            Self::Participants => "participants",
            Self::InviteLink => "invite-link",
            Self::Subject => "subject",
            Self::DuplicateSubject => "duplicate-subject",
            Self::BusinessNumber => "business-number",
            Self::Drift => "drift",
        }
    }

    /// Says what the rule is about, and which flags set it.
    pub const fn explanation(self) -> &'static str {
        match self {
            Self::Status => {
                "each group's status is one of --allow-status, and each of --require-status is some group's"
            }
            Self::UnknownStatus => "no group has a status that no document names (always)",
            Self::Stuck => {
                "no group is CREATING, UPDATING or DELETING for longer than --stuck-after"
            }
            Self::Groups => "there are at least --min-groups and at most --max-groups",
            Self::Participants => {
                "each group has at least --min-participants and at most --max-participants; with --no-full, none is full; with --no-empty, none is empty"
            }
            Self::InviteLink => {
                "each group has an invite link (--require-link), or none has (--forbid-link), or each leads to a host of --link-host"
            }
            Self::Subject => "each subject matches --subject and none matches --forbid-subject",
            Self::DuplicateSubject => "no two groups have the same subject (--unique-subjects)",
            Self::BusinessNumber => {
                "each group is of the number that was asked for (always, where it is said)"
            }
            Self::Drift => "nothing differs from the snapshot of --baseline",
        }
    }
}

/// The rules to hold groups against; by default, those that always hold.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    /// A group's status must be one of these, if there are any.
    pub allow_status: Vec<GroupStatus>,
    /// Some group must have each of these.
    pub require_status: Vec<GroupStatus>,
    /// How long a group may be on its way to another status.
    pub stuck_after: Option<Duration>,
    /// How many groups there must be at least.
    pub min_groups: Option<u64>,
    /// How many groups there may be at most.
    pub max_groups: Option<u64>,
    /// How many must take part in each at least.
    pub min_participants: Option<u64>,
    /// How many may take part in each at most.
    pub max_participants: Option<u64>,
    /// No group may be at the channel's limit.
    pub no_full: bool,
    /// No group may be without participants.
    pub no_empty: bool,
    /// Whether each group must have an invite link, or must have none.
    pub link: Option<bool>,
    /// The hosts that invite links may lead to, if there are any.
    pub link_hosts: Vec<String>,
    /// What every subject must match.
    pub subject: Vec<Regex>,
    /// What no subject may match.
    pub forbid_subject: Vec<Regex>,
    /// No two groups may have the same subject.
    pub unique_subjects: bool,
    /// The number that was asked for.
    pub business_number: Option<String>,
    /// What nothing may differ from, and in which fields it may.
    pub baseline: Option<(Snapshot, Vec<Field>)>,
}

impl Rules {
    /// Returns whether a rule is one of these.
    pub fn has(&self, rule: Rule) -> bool {
        match rule {
            Rule::Status => !self.allow_status.is_empty() || !self.require_status.is_empty(),
            Rule::UnknownStatus => true,
            Rule::Stuck => self.stuck_after.is_some(),
            Rule::Groups => self.min_groups.is_some() || self.max_groups.is_some(),
            Rule::Participants => {
                self.min_participants.is_some()
                    || self.max_participants.is_some()
                    || self.no_full
                    || self.no_empty
            }
            Rule::InviteLink => self.link.is_some() || !self.link_hosts.is_empty(),
            Rule::Subject => !self.subject.is_empty() || !self.forbid_subject.is_empty(),
            Rule::DuplicateSubject => self.unique_subjects,
            Rule::BusinessNumber => self.business_number.is_some(),
            Rule::Drift => self.baseline.is_some(),
        }
    }
}

/// Something that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule.
    pub rule: Rule,
    /// The group, if it is about one: its id and subject, strangers' texts.
    pub group: Option<(String, String)>,
    /// What is wrong; may hold strangers' texts.
    pub what: String,
}

/// Holds groups against the rules. Findings come by rule, then in the order of
/// the groups.
pub fn audit(groups: &[Group], rules: &Rules, now: Timestamp) -> Vec<Finding> {
    let mut findings = Vec::new();
    for group in groups {
        for (rule, what) in of_group(group, rules, now) {
            let text = |field| group.text(field).unwrap_or_default().into_owned();
            findings.push(Finding {
                rule,
                group: Some((text(Field::GroupId), text(Field::Subject))),
                what,
            });
        }
    }
    let together = |(rule, what)| Finding {
        rule,
        group: None,
        what,
    };
    findings.extend(of_all(groups, rules).into_iter().map(together));
    findings.extend(drift(groups, rules));
    findings.sort_by_key(|it| it.rule);
    findings
}

fn of_group(group: &Group, rules: &Rules, now: Timestamp) -> Vec<(Rule, String)> {
    let mut found = Vec::new();
    let status = group.text(Field::GroupStatus);
    let known = GroupStatus::ALL.into_iter();
    let known = known
        .into_iter()
        .find(|it| status.as_deref() == Some(it.name()));
    let said = status.as_deref().unwrap_or("not said");
    if known.is_none() {
        found.push((Rule::UnknownStatus, format!("the status is {said}")));
    }
    if !rules.allow_status.is_empty() && !known.is_some_and(|it| rules.allow_status.contains(&it)) {
        found.push((Rule::Status, format!("the status is {said}")));
    }
    if let (Some(limit), Some(status)) = (rules.stuck_after, known) {
        found.extend(stuck(group, status, limit, now).map(|it| (Rule::Stuck, it)));
    }
    found.extend(participants(group, rules).map(|it| (Rule::Participants, it)));
    found.extend(link(group, rules).map(|it| (Rule::InviteLink, it)));
    let subject = group.text(Field::Subject).filter(|it| !it.is_empty());
    if subject.is_none() && (rules.has(Rule::Subject) || rules.unique_subjects) {
        found.push((Rule::Subject, "the subject is not said".to_owned()));
    }
    let subject = subject.unwrap_or_default();
    for pattern in &rules.subject {
        if !pattern.is_match(&subject) {
            found.push((
                Rule::Subject,
                format!("the subject does not match {pattern}"),
            ));
        }
    }
    for pattern in &rules.forbid_subject {
        if pattern.is_match(&subject) {
            found.push((Rule::Subject, format!("the subject matches {pattern}")));
        }
    }
    let number = group.text(Field::BusinessNumber);
    if let (Some(asked), Some(number)) = (&rules.business_number, number)
        && *asked != number
    {
        found.push((
            Rule::BusinessNumber,
            "the group is of another business number".to_owned(),
        ));
    }
    found
}

/// How far two clocks may be apart.
const CLOCKS_DIFFER: SignedDuration = SignedDuration::from_mins(15);

fn stuck(group: &Group, status: GroupStatus, limit: Duration, now: Timestamp) -> Option<String> {
    let passes = matches!(
        status,
        GroupStatus::Creating | GroupStatus::Updating | GroupStatus::Deleting
    );
    if !passes {
        return None;
    }
    let Some(since) = group.time(Field::GmtModifier) else {
        return Some(format!("{status}, and nobody knows since when"));
    };
    let age = now.duration_since(since);
    if age < -CLOCKS_DIFFER {
        return Some(format!("{status} since {since}, which is still to come"));
    }
    // The time itself, not how long ago: the same groups give the same words.
    let is_old = Duration::try_from(age).is_ok_and(|age| age > limit);
    is_old.then(|| format!("{status} since {since}"))
}

fn participants(group: &Group, rules: &Rules) -> Option<String> {
    if !rules.has(Rule::Participants) {
        return None;
    }
    let Some(count) = group.participants() else {
        return Some("how many take part is not said".to_owned());
    };
    let kind = group.text(Field::GroupType).unwrap_or_default();
    let is_full = kind.trim().is_empty() && count >= FULL;
    let too_few = rules.min_participants.filter(|it| count < *it);
    let too_many = rules.max_participants.filter(|it| count > *it);
    match (too_few, too_many) {
        (Some(least), _) => Some(format!("{count} take part, fewer than {least}")),
        (_, Some(most)) => Some(format!("{count} take part, more than {most}")),
        _ if rules.no_full && is_full => Some(format!("{count} take part: the group is full")),
        _ if rules.no_empty && count == 0 => Some("nobody takes part".to_owned()),
        _ => None,
    }
}

fn link(group: &Group, rules: &Rules) -> Option<String> {
    let link = group.text(Field::InviteLink).filter(|it| !it.is_empty());
    match (&link, rules.link) {
        (None, Some(true)) => return Some("there is no invite link".to_owned()),
        (Some(_), Some(false)) => return Some("there is an invite link".to_owned()),
        _ => {}
    }
    let link = link.filter(|_| !rules.link_hosts.is_empty())?;
    // The link itself lets whoever reads it join: only its host is shown.
    let Some(url) = Url::parse(&link).ok().filter(Url::has_host) else {
        return Some("the invite link leads to no host".to_owned());
    };
    let host = url.host_str().unwrap_or_default();
    let hosts = rules.link_hosts.iter();
    if !hosts.into_iter().any(|it| it.eq_ignore_ascii_case(host)) {
        return Some(format!("the invite link leads to {host}"));
    }
    let is_plain = url.scheme() == "https"
        && url.port().is_none()
        && url.username().is_empty()
        && url.password().is_none();
    (!is_plain).then(|| format!("the invite link to {host} is no plain https:// link"))
}

fn of_all(groups: &[Group], rules: &Rules) -> Vec<(Rule, String)> {
    let mut found = Vec::new();
    let count = groups.len() as u64;
    if let Some(least) = rules.min_groups.filter(|it| count < *it) {
        found.push((Rule::Groups, format!("{count} groups, fewer than {least}")));
    }
    if let Some(most) = rules.max_groups.filter(|it| count > *it) {
        found.push((Rule::Groups, format!("{count} groups, more than {most}")));
    }
    for status in &rules.require_status {
        let has = |it: &Group| {
            it.text(Field::GroupStatus)
                .is_some_and(|it| it == status.name())
        };
        if !groups.iter().any(has) {
            found.push((Rule::Status, format!("no group is {status}")));
        }
    }
    if rules.unique_subjects {
        let mut subjects: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for group in groups {
            let text = |field| group.text(field).map(std::borrow::Cow::into_owned);
            if let Some(subject) = text(Field::Subject).filter(|it| !it.is_empty()) {
                let ids = subjects.entry(subject).or_default();
                ids.push(text(Field::GroupId).unwrap_or_default());
            }
        }
        let twice = subjects.into_iter().filter(|(_, ids)| ids.len() > 1);
        found.extend(twice.map(|(subject, ids)| {
            let ids = ids.join(", ");
            (
                Rule::DuplicateSubject,
                format!("the subject {subject:?} is that of {ids}"),
            )
        }));
    }
    found
}

/// Compares with the baseline. Groups that cannot be compared are a finding.
fn drift(groups: &[Group], rules: &Rules) -> Vec<Finding> {
    let Some((baseline, ignored)) = &rules.baseline else {
        return Vec::new();
    };
    let of_all = |what: String| {
        vec![Finding {
            rule: Rule::Drift,
            group: None,
            what,
        }]
    };
    let now = match Snapshot::live(groups.to_vec()) {
        Ok(now) => now,
        Err(error) => return of_all(format!("cannot be compared with the baseline: {error}")),
    };
    let difference = Difference::between(baseline, &now, ignored);
    let finding = |group: &Group, what: String| {
        let text = |field| group.text(field).unwrap_or_default().into_owned();
        Finding {
            rule: Rule::Drift,
            group: Some((text(Field::GroupId), text(Field::Subject))),
            what,
        }
    };
    let gone = difference
        .removed
        .iter()
        .map(|it| finding(it, "gone".to_owned()));
    let new = difference
        .added
        .iter()
        .map(|it| finding(it, "new".to_owned()));
    let changed = difference.changed.iter().map(|it| {
        let words = it.changes.iter().map(|it| match it.field.as_str() {
            // Whoever holds a link may join.
            field if is_private(field) => format!("{field} changed"),
            _ => format!("{}: {} → {}", it.field, it.old, it.new),
        });
        finding(&it.group, words.collect::<Vec<_>>().join("; "))
    });
    let not_compared = difference.not_compared.iter().map(|field| Finding {
        rule: Rule::Drift,
        group: None,
        what: format!("{field} cannot be compared with the baseline"),
    });
    gone.chain(new).chain(changed).chain(not_compared).collect()
}

#[cfg(test)]
mod tests;
