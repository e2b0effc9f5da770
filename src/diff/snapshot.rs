//! A snapshot of the groups, from a file or as they are now.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::value::RawValue;

use crate::group::choose::is_private;
use crate::group::{Field, Group};

/// A list of groups, with what is known of each.
#[derive(Clone, Debug)]
pub struct Snapshot {
    pub(super) groups: Vec<Group>,
    /// The names of all fields that any group has, be it with `null`.
    pub(super) fields: BTreeSet<String>,
    /// Whether it came from the API itself: what a group lacks there, it has not,
    /// and nothing is masked.
    pub(super) is_live: bool,
    /// Whether it holds the groups of one target, which are known by their ids.
    pub(super) is_of_one: bool,
}

/// Why something is no snapshot.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SnapshotError {
    /// There is nothing in it: a listing that failed leaves such a file.
    #[error("it is empty, as a listing that failed leaves it; no groups are []")]
    Empty,
    /// It is neither an array nor lines of groups.
    #[error("neither a JSON array of groups nor a group a line: wrong at line {0}")]
    Syntax(usize),
    /// A group that cannot be known again.
    #[error("group {0} has no GroupId, so nothing can be compared with it")]
    Nameless(usize),
    /// A group that is there twice.
    #[error("group {0} is there twice")]
    Twice(String),
}

impl Snapshot {
    /// Reads what `list -o json` or `list -o jsonl` wrote.
    pub fn parse(text: &str) -> Result<Self, SnapshotError> {
        let text = text.trim_start_matches('\u{feff}').trim_start();
        if text.is_empty() {
            return Err(SnapshotError::Empty);
        }
        let mut fields = BTreeSet::new();
        let mut groups: Vec<Group> = Vec::new();
        let syntax =
            |error: &serde_json::Error, lines: usize| SnapshotError::Syntax(lines + error.line());
        if text.starts_with('[') {
            groups = serde_json::from_str(text).map_err(|error| syntax(&error, 0))?;
            let maps: Vec<BTreeMap<String, &RawValue>> =
                serde_json::from_str(text).map_err(|error| syntax(&error, 0))?;
            fields.extend(maps.into_iter().flat_map(BTreeMap::into_keys));
        } else {
            for (at, line) in text.lines().enumerate() {
                if line.trim().is_empty() {
                    continue;
                }
                let group = serde_json::from_str(line).map_err(|error| syntax(&error, at))?;
                let map: BTreeMap<String, &RawValue> =
                    serde_json::from_str(line).map_err(|error| syntax(&error, at))?;
                groups.push(group);
                fields.extend(map.into_keys());
            }
        }
        groups.iter_mut().for_each(Group::adopt_target);
        if groups.is_empty() {
            // Of no groups, every field is known.
            fields.extend(Field::ALL.map(|field| field.name().to_owned()));
        }
        Self::checked(groups, fields, false)
    }

    /// Takes the groups of a listing, which has every field.
    pub fn live(groups: Vec<Group>) -> Result<Self, SnapshotError> {
        let mut fields = names(&groups);
        fields.extend(Field::ALL.map(|field| field.name().to_owned()));
        Self::checked(groups, fields, true)
    }

    fn checked(
        groups: Vec<Group>,
        fields: BTreeSet<String>,
        is_live: bool,
    ) -> Result<Self, SnapshotError> {
        let mut seen = BTreeSet::new();
        for (at, group) in groups.iter().enumerate() {
            let key = key(group, By::Number).ok_or(SnapshotError::Nameless(at + 1))?;
            let id = key.2.clone();
            if !seen.insert(key) {
                return Err(SnapshotError::Twice(id));
            }
        }
        Ok(Self {
            groups,
            fields,
            is_live,
            is_of_one: false,
        })
    }

    /// Returns how many groups there are.
    pub fn len(&self) -> usize {
        self.groups.len()
    }

    /// Returns whether there are none.
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    /// Returns whether it says which group is of which target.
    pub fn is_of_targets(&self) -> bool {
        let mut groups = self.groups.iter();
        groups.any(|it| it.json(Field::CustSpaceId).is_some())
    }

    /// Returns the fields in which some value is masked, as by `--redact`. Nobody
    /// masks what is listed now, and what strangers write is never masked.
    pub(super) fn masked(&self) -> BTreeSet<String> {
        let members = self.groups.iter().filter(|_| !self.is_live);
        let members = members.flat_map(Group::members);
        let masked =
            members.filter(|(_, value)| *value == "\"(redacted)\"" || value.starts_with("\"****"));
        let names = masked.filter_map(|(name, _)| serde_json::from_str::<String>(name).ok());
        names.filter(|it| is_private(it)).collect()
    }

    /// Returns the groups, in their order.
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    pub(super) fn by_key(&self, by: By) -> BTreeMap<Key, &Group> {
        let groups = self.groups.iter();
        groups
            .filter_map(|group| Some((key(group, by)?, group)))
            .collect()
    }
}

/// Returns the names of all fields that any group has.
pub(super) fn names(groups: &[Group]) -> BTreeSet<String> {
    let members = groups.iter().flat_map(Group::members);
    members
        .filter_map(|(name, _)| serde_json::from_str(name).ok())
        .collect()
}

/// What a group is known by: its space and number, as far as they count, and its id.
pub(super) type Key = (String, String, String);

/// What counts for that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    /// The id alone, among the groups of one target.
    Id,
    /// The space, too, where there are many.
    Space,
    /// And the number, where a space has several groups of one id.
    Number,
}

pub(super) fn key(group: &Group, by: By) -> Option<Key> {
    let space = group.text(Field::CustSpaceId).filter(|_| by != By::Id);
    let number = said_number(group).filter(|_| by == By::Number);
    let text = |text: Option<Cow<'_, str>>| text.unwrap_or_default().into_owned();
    Some((text(space), text(number), group.id()?.into_owned()))
}

/// Returns a group's number, unless it is not said or masked.
pub(super) fn said_number(group: &Group) -> Option<Cow<'_, str>> {
    let number = group.text(Field::BusinessNumber);
    number.filter(|it| !it.starts_with("****"))
}
