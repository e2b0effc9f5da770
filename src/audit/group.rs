//! What is asked of each group.

use std::borrow::Cow;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use url::Url;

use super::{Rule, Rules};
use crate::group::choose::FULL;
use crate::group::{Field, Group, GroupStatus};

/// Judges a group.
pub(super) fn judge(
    group: &Group,
    rules: &Rules,
    business_number: Option<&str>,
    now: Timestamp,
) -> Vec<(Rule, String)> {
    let mut found = Vec::new();
    let mut add = |rule: Rule, what: Option<String>| found.extend(what.map(|it| (rule, it)));
    let known = GroupStatus::of(group);
    let said = group.text(Field::GroupStatus);
    let said = format!("the status is {}", said.as_deref().unwrap_or("not said"));
    add(Rule::UnknownStatus, known.is_none().then(|| said.clone()));
    let is_allowed = known.is_some_and(|it| rules.allow_status.contains(&it));
    let is_free = rules.allow_status.is_empty() || is_allowed;
    add(Rule::Status, (!is_free).then_some(said));
    if let (Some(limit), Some(status)) = (rules.stuck_after, known) {
        add(Rule::Stuck, stuck(group, status, limit, now));
    }
    add(Rule::Participants, participants(group, rules));
    add(Rule::InviteLink, link(group, rules));
    for (rule, what) in subject(group, rules) {
        add(rule, Some(what));
    }
    let has = |field, wanted, name| presence(group, field, wanted, name);
    add(
        Rule::Description,
        has(Field::Description, rules.description, "description"),
    );
    add(
        Rule::Picture,
        has(Field::ProfilePictureFile, rules.picture, "picture"),
    );
    let number = group.text(Field::BusinessNumber);
    let is_other = business_number
        .zip(number)
        .is_some_and(|(asked, it)| *asked != *it);
    let other = "the group is of another business number";
    add(Rule::BusinessNumber, is_other.then(|| other.to_owned()));
    add(Rule::Role, role(group, rules));
    found
}

/// Returns a text, unless it is empty.
fn text(group: &Group, field: Field) -> Option<Cow<'_, str>> {
    group.text(field).filter(|it| !it.trim().is_empty())
}

fn subject(group: &Group, rules: &Rules) -> Vec<(Rule, String)> {
    let Some(subject) = text(group, Field::Subject) else {
        let asked = [Rule::Subject, Rule::DuplicateSubject].into_iter();
        let asked = asked.filter(|it| rules.has(*it));
        return asked
            .map(|rule| (rule, "the subject is not said".to_owned()))
            .collect();
    };
    let missed = rules.subject.iter().filter(|it| !it.is_match(&subject));
    let hit = rules
        .forbid_subject
        .iter()
        .filter(|it| it.is_match(&subject));
    missed
        .map(|it| format!("the subject does not match {it}"))
        .chain(hit.map(|it| format!("the subject matches {it}")))
        .map(|what| (Rule::Subject, what))
        .collect()
}

fn presence(group: &Group, field: Field, wanted: Option<bool>, name: &str) -> Option<String> {
    match (text(group, field).is_some(), wanted?) {
        (false, true) => Some(format!("there is no {name}")),
        (true, false) => Some(format!("there is {} {name}", article(name))),
        _ => None,
    }
}

fn article(name: &str) -> &'static str {
    if name.starts_with('i') { "an" } else { "a" }
}

/// Only Telegram groups have a bot with a role.
fn role(group: &Group, rules: &Rules) -> Option<String> {
    if rules.roles.is_empty() || !group.is_telegram() {
        return None;
    }
    let Some(role) = text(group, Field::BusinessRole) else {
        return Some("the bot's role is not said".to_owned());
    };
    let is_one = rules.roles.iter().any(|it| it.eq_ignore_ascii_case(&role));
    (!is_one).then(|| format!("the bot's role is {role}"))
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
    let is_full = !group.is_telegram() && count >= FULL;
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
    if let Some(what) = presence(group, Field::InviteLink, rules.link, "invite link") {
        return Some(what);
    }
    let link = text(group, Field::InviteLink).filter(|_| !rules.link_hosts.is_empty())?;
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
