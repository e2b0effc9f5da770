//! Reads single values of a policy, with words for what they should be.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::str::FromStr;
use std::time::Duration;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use super::raw::Bounds;
use crate::audit::Rule;
use crate::config::duration;
use crate::group::GroupStatus;
use crate::text::named;

pub(super) fn text<'de, D: Deserializer<'de>, T: FromStr<Err: Display>>(
    from: D,
) -> Result<T, D::Error> {
    String::deserialize(from)?.parse().map_err(D::Error::custom)
}

pub(super) fn maybe<'de, D: Deserializer<'de>, T: FromStr<Err: Display>>(
    from: D,
) -> Result<Option<T>, D::Error> {
    text(from).map(Some)
}

pub(super) fn texts<'de, D: Deserializer<'de>, T: FromStr<Err: Display>>(
    from: D,
) -> Result<Vec<T>, D::Error> {
    let texts = Vec::<String>::deserialize(from)?;
    let values = texts.iter().map(|it| it.parse().map_err(D::Error::custom));
    values.collect()
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
    let status = |name: &str| name.parse().map_err(D::Error::custom);
    let read = by_name
        .into_iter()
        .map(|(name, it)| Ok((status(&name)?, it)));
    read.collect()
}
