//! Reads single values of a policy, with words for what they should be.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::str::FromStr;
use std::time::Duration;

use jiff::civil::Date;
use regex::Regex;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use super::raw::Bounds;
use crate::audit::Rule;
use crate::config::duration;
use crate::group::GroupStatus;
use crate::text::named;

pub(super) fn maybe<'de, D: Deserializer<'de>, T: FromStr<Err: Display>>(
    from: D,
) -> Result<Option<T>, D::Error> {
    let text = String::deserialize(from)?;
    text.parse().map(Some).map_err(D::Error::custom)
}

/// Reads a list. An empty one would ask for nothing, and look as if it did.
pub(super) fn texts<'de, D: Deserializer<'de>, T: FromStr<Err: Display>>(
    from: D,
) -> Result<Vec<T>, D::Error> {
    let texts = list(from)?;
    let values = texts.iter().map(|it| it.parse().map_err(D::Error::custom));
    values.collect()
}

fn list<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
    let texts = Vec::<String>::deserialize(from)?;
    if texts.is_empty() {
        return Err(D::Error::custom("the list is empty; leave the key out"));
    }
    Ok(texts)
}

pub(super) fn regexes<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Regex>, D::Error> {
    let texts = list(from)?;
    let values = texts.iter().map(|it| regex(it).map_err(D::Error::custom));
    values.collect()
}

pub(super) fn maybe_regex<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Regex>, D::Error> {
    let text = String::deserialize(from)?;
    regex(&text).map(Some).map_err(D::Error::custom)
}

/// Reads a regular expression; what is wrong with it is said in one line.
fn regex(text: &str) -> Result<Regex, String> {
    Regex::new(text).map_err(|error| {
        let words = error.to_string();
        let last = words.lines().last().unwrap_or_default();
        let why = last.strip_prefix("error: ").unwrap_or(last);
        format!("no regular expression: {why}")
    })
}

/// Reads a number of groups or people.
pub(super) fn whole<'de, D: Deserializer<'de>>(from: D) -> Result<Option<u64>, D::Error> {
    let number = i64::deserialize(from)?;
    let wrong = |_| D::Error::custom("a whole number from 0 on is needed");
    u64::try_from(number).map(Some).map_err(wrong)
}

/// Reads `false`: `true` would ask for nothing, and look as if it did.
pub(super) fn only_false<'de, D: Deserializer<'de>>(from: D) -> Result<Option<bool>, D::Error> {
    only(from, false).map(Some)
}

/// Reads `true`, for the same reason.
pub(super) fn only_true<'de, D: Deserializer<'de>>(from: D) -> Result<bool, D::Error> {
    only(from, true)
}

fn only<'de, D: Deserializer<'de>>(from: D, wanted: bool) -> Result<bool, D::Error> {
    let found = bool::deserialize(from)?;
    if found == wanted {
        return Ok(found);
    }
    let why = format!("{found} asks for nothing; leave the key out");
    Err(D::Error::custom(why))
}

/// Reads a day, in quotes or as TOML has dates of its own.
pub(super) fn day<'de, D: Deserializer<'de>>(from: D) -> Result<Date, D::Error> {
    let text = match toml::Value::deserialize(from)? {
        toml::Value::String(text) => text,
        toml::Value::Datetime(date) => date.to_string(),
        _ => String::new(),
    };
    // A time would be taken for no more than its day.
    let is_day = text.len() == "2026-12-31".len();
    let day = text.parse().ok().filter(|_| is_day);
    day.ok_or_else(|| D::Error::custom("a day is needed, such as \"2026-12-31\""))
}

/// Reads an id, which is not empty: groups without one must not pass for it.
pub(super) fn maybe_id<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    let text = String::deserialize(from)?;
    if text.is_empty() {
        return Err(D::Error::custom("the id is empty"));
    }
    Ok(Some(text))
}

pub(super) fn rule<'de, D: Deserializer<'de>>(from: D) -> Result<Rule, D::Error> {
    let text = String::deserialize(from)?;
    named(&text, Rule::ALL, Rule::id).map_err(D::Error::custom)
}

pub(super) fn span<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Duration>, D::Error> {
    let span = duration(&String::deserialize(from)?);
    let wrong = || D::Error::custom("a time is needed, such as \"30m\" or \"2h\"");
    span.map(Some).ok_or_else(wrong)
}

pub(super) fn said<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    let text = String::deserialize(from)?;
    if text.trim().is_empty() {
        return Err(D::Error::custom("an exception needs a reason"));
    }
    Ok(text)
}

pub(super) fn by_status<'de, D: Deserializer<'de>>(
    from: D,
) -> Result<Vec<(GroupStatus, Bounds)>, D::Error> {
    let by_name = BTreeMap::<String, Bounds>::deserialize(from)?;
    if by_name.is_empty() || by_name.values().any(Bounds::is_empty) {
        return Err(D::Error::custom("each status needs a min or a max"));
    }
    let status = |name: &str| name.parse().map_err(D::Error::custom);
    let read = by_name
        .into_iter()
        .map(|(name, it)| Ok((status(&name)?, it)));
    read.collect()
}
