//! An audit's policy as a TOML file: rules that are kept, with how much each
//! weighs, and what is excepted from them for a reason and for a time. It may
//! also stand in a profile, as `[profiles.NAME.audit]`. Pure: it gets the text, and
//! neither reads files nor knows the date.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::str::FromStr;

use jiff::civil::Date;
use regex::Regex;
use serde::Deserialize;

use crate::audit::{Finding, Named, Rule, Rules};
use crate::text::named;

mod raw;
mod read;

use raw::Raw;
use read::{day, maybe_id, maybe_regex, rule, said};

/// A policy with a comment on every key, to start from.
pub const TEMPLATE: &str = include_str!("template.toml");

/// What a policy says.
#[derive(Debug, Default)]
pub struct Policy {
    /// The rules.
    pub rules: Rules,
    /// The snapshot to hold groups against, from where the policy is.
    pub baseline: Option<PathBuf>,
    /// The levels that are set.
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
    #[serde(default, deserialize_with = "maybe_id")]
    group_id: Option<String>,
    #[serde(default, deserialize_with = "maybe_regex")]
    subject: Option<Regex>,
    /// Why.
    #[serde(deserialize_with = "said")]
    pub reason: String,
    /// The last day on which it holds, by UTC.
    #[serde(deserialize_with = "day")]
    pub until: Date,
}

impl Exception {
    /// Returns whether it holds on a day.
    pub fn holds_on(&self, day: Date) -> bool {
        day <= self.until
    }

    /// Returns the rule's id.
    pub fn rule(&self) -> &'static str {
        self.rule.id()
    }

    /// Returns the id of the group, if it is for one.
    pub fn group_id(&self) -> Option<&str> {
        self.group_id.as_deref()
    }

    /// Returns what subjects must match, if it is for those.
    pub fn subject(&self) -> Option<&str> {
        self.subject.as_ref().map(Regex::as_str)
    }

    /// Returns whether a group is what is excepted from a rule.
    fn covers(&self, rule: Rule, group: &Named) -> bool {
        let is_subject = |it: &Regex| it.is_match(&group.subject);
        self.rule == rule
            && self.group_id.as_ref().is_none_or(|it| *it == group.id)
            && self.subject.as_ref().is_none_or(is_subject)
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
        let raw: Raw = toml::from_str(source).map_err(|error| unread(source, &error))?;
        Self::checked(source, raw)
    }

    /// Reads the policy of a profile, `[profiles.NAME.audit]`, out of the whole
    /// configuration file; empty where the profile has none.
    pub fn of_profile(source: &str, profile: &str) -> Result<Self, PolicyError> {
        let file: File = toml::from_str(source).map_err(|error| unread(source, &error))?;
        let mut profiles = file.profiles;
        let raw = profiles.remove(profile).and_then(|it| it.audit);
        Self::checked(source, raw.unwrap_or_default())
    }

    fn checked(source: &str, raw: Raw) -> Result<Self, PolicyError> {
        for exception in &raw.exceptions {
            let it = exception.get_ref();
            let what = match (&it.group_id, &it.subject) {
                (None, None) => "an exception needs a group_id or a subject",
                (Some(_), Some(_)) => "an exception is for a group_id or for a subject, not both",
                _ if it.rule == Rule::Groups => {
                    "what is about the whole listing cannot be excepted; set a level"
                }
                _ => continue,
            };
            return Err(mistake(source, exception.span().start, what));
        }
        Ok(raw.policy())
    }

    /// Returns how much a rule weighs, if that is set.
    pub fn level(&self, rule: Rule) -> Option<Level> {
        let mut levels = self.levels.iter();
        levels.find(|(it, _)| *it == rule).map(|(_, level)| *level)
    }
}

/// Returns the places of the exceptions by which a finding is to be let be: each of
/// its groups is excepted, or of several that are alike all but one. None let it
/// be where nothing does; what is about the listing is never excepted.
pub fn excepted_by(finding: &Finding, exceptions: &[&Exception]) -> Vec<usize> {
    let covers = |it: &Exception, group: &Named| it.covers(finding.rule, group);
    let is_left = |group: &&Named| !exceptions.iter().any(|it| covers(it, group));
    let left = finding.groups.iter().filter(is_left).count();
    let is_excepted = match finding.groups.len() {
        0 => false,
        1 => left == 0,
        _ => left <= 1,
    };
    if !is_excepted {
        return Vec::new();
    }
    let all = exceptions.iter().enumerate();
    let used = all.filter(|(_, it)| finding.groups.iter().any(|group| covers(it, group)));
    used.map(|(at, _)| at).collect()
}

/// A configuration file, of which only the policies are read.
#[derive(Deserialize)]
struct File {
    #[serde(default)]
    profiles: BTreeMap<String, OfProfile>,
}

#[derive(Deserialize)]
struct OfProfile {
    audit: Option<Raw>,
}

fn unread(source: &str, error: &toml::de::Error) -> PolicyError {
    let at = error.span().map_or(0, |span| span.start);
    mistake(source, at, &in_words(error.message()))
}

/// Says what is wrong without the value that stands there: beside a policy, a file
/// may hold keys, and one may be on the wrong line.
fn in_words(message: &str) -> String {
    let is_wrong = message.starts_with("invalid type: ") || message.starts_with("invalid value: ");
    let Some((_, wanted)) = message.rsplit_once(", expected ").filter(|_| is_wrong) else {
        return message.to_owned();
    };
    let wanted = match wanted {
        "a sequence" => "a list is needed, such as [\"ACTIVE\"]",
        "a boolean" => "true or false is needed",
        "a string" => "text in quotes is needed",
        "u64" | "i64" => "a whole number is needed",
        _ => "a table is needed",
    };
    wanted.to_owned()
}

fn mistake(source: &str, at: usize, what: &str) -> PolicyError {
    let before = source.get(..at).unwrap_or_default();
    let line = before.matches('\n').count();
    let text = source.lines().nth(line).unwrap_or_default();
    let is_named = text.contains('=') || text.trim_start().starts_with('[');
    let key = text.split('=').next().filter(|_| is_named);
    let key = key.unwrap_or_default().trim();
    // Whatever else stands there may be a value.
    let is_key = |c: char| c.is_ascii_alphanumeric() || "._-[]\"'".contains(c);
    PolicyError {
        line: line + 1,
        key: (!key.is_empty() && key.chars().all(is_key)).then(|| key.to_owned()),
        what: what.to_owned(),
    }
}

#[cfg(test)]
mod tests;
