//! An audit's policy as a TOML file: rules that are kept, with how much each
//! weighs, and what is excepted from them for a reason and for a time. Pure: it
//! gets the text, and neither reads files nor knows the date.

use std::fmt::Display;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use jiff::civil::Date;
use regex::Regex;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use crate::audit::{Finding, Rule, Rules};
use crate::config::duration;
use crate::group::{Field, GroupStatus};
use crate::text::named;

/// A policy with a comment on every key, to start from.
pub const TEMPLATE: &str = include_str!("template.toml");

/// What a policy says.
#[derive(Debug, Default)]
pub struct Policy {
    /// The rules, but for the baseline.
    pub rules: Rules,
    /// The snapshot to hold groups against, and in which fields they may differ.
    pub baseline: Option<(PathBuf, Vec<Field>)>,
    /// The rules that are not `error`.
    pub levels: Vec<(Rule, Level)>,
    /// What is excepted.
    pub exceptions: Vec<Exception>,
}

/// How much a rule weighs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Level {
    /// Its findings are errors.
    #[default]
    Error,
    /// Its findings are warnings.
    Warning,
    /// It is not held.
    Off,
}

impl FromStr for Level {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let name = |it: Self| match it {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Off => "off",
        };
        named(text, [Self::Error, Self::Warning, Self::Off], name)
    }
}

/// A mistake in a policy.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}{}: {what}", key.as_ref().map(|it| format!(", `{it}`")).unwrap_or_default())]
pub struct PolicyError {
    /// The line, from 1.
    pub line: usize,
    /// The key or the table that stands in it.
    pub key: Option<String>,
    /// What is wrong.
    pub what: String,
}

/// Findings of one rule that are to be let be, for a reason, until a day.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exception {
    #[serde(deserialize_with = "rule")]
    rule: Rule,
    group_id: Option<String>,
    #[serde(default, deserialize_with = "maybe")]
    subject: Option<Regex>,
    /// Why.
    #[serde(deserialize_with = "said")]
    pub reason: String,
    /// The last day on which it holds, by UTC.
    #[serde(deserialize_with = "text")]
    pub until: Date,
}

impl Exception {
    /// Returns whether it holds on a day.
    pub fn holds_on(&self, day: Date) -> bool {
        day <= self.until
    }

    /// Returns whether a finding is what is excepted.
    pub fn covers(&self, finding: &Finding) -> bool {
        let Some((id, subject)) = &finding.group else {
            return false;
        };
        self.rule == finding.rule
            && self.group_id.as_ref().is_none_or(|it| it == id)
            && self.subject.as_ref().is_none_or(|it| it.is_match(subject))
    }

    /// Says which it is.
    pub fn words(&self) -> String {
        let group = match (&self.group_id, &self.subject) {
            (Some(id), _) => id.clone(),
            (None, Some(subject)) => format!("subject {subject}"),
            (None, None) => "nothing".to_owned(),
        };
        format!("{} of {group} ({})", self.rule.id(), self.reason)
    }
}

impl Policy {
    /// Reads a policy.
    pub fn parse(source: &str) -> Result<Self, PolicyError> {
        let raw: Raw = toml::from_str(source).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            mistake(source, at, error.message())
        })?;
        for exception in &raw.exceptions {
            let it = exception.get_ref();
            if it.group_id.is_none() == it.subject.is_none() {
                let what = "an exception is for a group_id or for a subject";
                return Err(mistake(source, exception.span().start, what));
            }
        }
        let exceptions = raw.exceptions.into_iter();
        let mut policy = raw.rules.policy();
        policy.exceptions = exceptions.map(toml::Spanned::into_inner).collect();
        Ok(policy)
    }

    /// Returns how much a rule weighs.
    pub fn level(&self, rule: Rule) -> Level {
        let mut levels = self.levels.iter();
        levels
            .find(|(it, _)| *it == rule)
            .map_or(Level::Error, |(_, level)| *level)
    }
}

fn mistake(source: &str, at: usize, what: &str) -> PolicyError {
    let before = source.get(..at).unwrap_or_default();
    let line = before.matches('\n').count();
    let text = source.lines().nth(line).unwrap_or_default();
    let key = text.split('=').next().unwrap_or_default().trim();
    PolicyError {
        line: line + 1,
        key: (!key.is_empty()).then(|| key.to_owned()),
        what: what.to_owned(),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    #[serde(default)]
    rules: RawRules,
    #[serde(default)]
    exceptions: Vec<toml::Spanned<Exception>>,
}

/// A table of TOML a rule, by its id.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct RawRules {
    status: Status,
    unknown_status: Plain,
    stuck: Stuck,
    groups: Numbers,
    participants: Participants,
    invite_link: InviteLink,
    subject: Subject,
    duplicate_subject: Unique,
    business_number: Plain,
    drift: Drift,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Status {
    #[serde(deserialize_with = "text")]
    level: Level,
    #[serde(deserialize_with = "texts")]
    allow: Vec<GroupStatus>,
    #[serde(deserialize_with = "texts")]
    require: Vec<GroupStatus>,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Plain {
    #[serde(deserialize_with = "text")]
    level: Level,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Stuck {
    #[serde(deserialize_with = "text")]
    level: Level,
    #[serde(deserialize_with = "span")]
    after: Option<Duration>,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Numbers {
    #[serde(deserialize_with = "text")]
    level: Level,
    min: Option<u64>,
    max: Option<u64>,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Participants {
    #[serde(deserialize_with = "text")]
    level: Level,
    min: Option<u64>,
    max: Option<u64>,
    full: Option<bool>,
    empty: Option<bool>,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct InviteLink {
    #[serde(deserialize_with = "text")]
    level: Level,
    present: Option<bool>,
    hosts: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Subject {
    #[serde(deserialize_with = "text")]
    level: Level,
    #[serde(rename = "match", deserialize_with = "texts")]
    require: Vec<Regex>,
    #[serde(deserialize_with = "texts")]
    forbid: Vec<Regex>,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Unique {
    #[serde(deserialize_with = "text")]
    level: Level,
    unique: bool,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Drift {
    #[serde(deserialize_with = "text")]
    level: Level,
    baseline: Option<PathBuf>,
    #[serde(deserialize_with = "texts")]
    ignore: Vec<Field>,
}

impl RawRules {
    fn policy(self) -> Policy {
        let levels = vec![
            (Rule::Status, self.status.level),
            (Rule::UnknownStatus, self.unknown_status.level),
            (Rule::Stuck, self.stuck.level),
            (Rule::Groups, self.groups.level),
            (Rule::Participants, self.participants.level),
            (Rule::InviteLink, self.invite_link.level),
            (Rule::Subject, self.subject.level),
            (Rule::DuplicateSubject, self.duplicate_subject.level),
            (Rule::BusinessNumber, self.business_number.level),
            (Rule::Drift, self.drift.level),
        ];
        let rules = Rules {
            allow_status: self.status.allow,
            require_status: self.status.require,
            stuck_after: self.stuck.after,
            min_groups: self.groups.min,
            max_groups: self.groups.max,
            min_participants: self.participants.min,
            max_participants: self.participants.max,
            no_full: self.participants.full == Some(false),
            no_empty: self.participants.empty == Some(false),
            link: self.invite_link.present,
            link_hosts: self.invite_link.hosts,
            subject: self.subject.require,
            forbid_subject: self.subject.forbid,
            unique_subjects: self.duplicate_subject.unique,
            business_number: None,
            baseline: None,
        };
        let ignore = self.drift.ignore;
        Policy {
            rules,
            baseline: self.drift.baseline.map(|path| (path, ignore)),
            levels,
            exceptions: Vec::new(),
        }
    }
}

fn text<'de, D: Deserializer<'de>, T: FromStr<Err: Display>>(from: D) -> Result<T, D::Error> {
    String::deserialize(from)?.parse().map_err(D::Error::custom)
}

fn maybe<'de, D: Deserializer<'de>, T: FromStr<Err: Display>>(
    from: D,
) -> Result<Option<T>, D::Error> {
    text(from).map(Some)
}

fn texts<'de, D: Deserializer<'de>, T: FromStr<Err: Display>>(from: D) -> Result<Vec<T>, D::Error> {
    let texts = Vec::<String>::deserialize(from)?;
    let values = texts.iter().map(|it| it.parse().map_err(D::Error::custom));
    values.collect()
}

fn rule<'de, D: Deserializer<'de>>(from: D) -> Result<Rule, D::Error> {
    let text = String::deserialize(from)?;
    named(&text, Rule::ALL, Rule::id).map_err(D::Error::custom)
}

fn span<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Duration>, D::Error> {
    let span = duration(&String::deserialize(from)?);
    let wrong = || D::Error::custom("a time is needed, such as \"30m\" or \"2h\"");
    span.map(Some).ok_or_else(wrong)
}

fn said<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    let text = String::deserialize(from)?;
    if text.trim().is_empty() {
        return Err(D::Error::custom("an exception needs a reason"));
    }
    Ok(text)
}

#[cfg(test)]
mod tests;
