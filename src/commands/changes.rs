//! How groups and what changed of them are written, as `diff` and `list --watch`
//! do it: as JSON, and in words.

use std::collections::BTreeMap;

use serde::Serialize;
use serde::ser::{Error as _, SerializeMap as _, Serializer};
use serde_json::value::RawValue;

use crate::diff::{Change, Difference};
use crate::group::{Field, Group};

/// A group as an object of all its members, or of these fields. Values stand
/// there as they came, with all their digits.
#[derive(Debug)]
pub(super) struct Members<'a> {
    pub(super) group: &'a Group,
    pub(super) columns: Option<&'a [Field]>,
}

impl Serialize for Members<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        let mut member = |(name, value): (&str, &str)| {
            let name: String = serde_json::from_str(name).map_err(S::Error::custom)?;
            map.serialize_entry(&name, &raw(value))
        };
        match self.columns {
            Some(columns) => self.group.members_of(columns).try_for_each(&mut member)?,
            None => self.group.members().try_for_each(&mut member)?,
        }
        map.end()
    }
}

/// What a field was, and what it is.
#[derive(Debug, Serialize)]
pub(super) struct OldAndNew<'a> {
    old: Option<&'a RawValue>,
    new: Option<&'a RawValue>,
}

/// Returns changes by their fields.
pub(super) fn by_field(changes: &[Change]) -> BTreeMap<&str, OldAndNew<'_>> {
    let changes = changes.iter().map(|it| {
        let (old, new) = (raw(&it.old), raw(&it.new));
        (it.field.as_str(), OldAndNew { old, new })
    });
    changes.collect()
}

/// Reads JSON that stays as it is.
pub(super) fn raw(json: &str) -> Option<&RawValue> {
    serde_json::from_str(json).ok()
}

/// Returns rows of mark, target, id, subject and what happened.
pub(super) fn rows(difference: &Difference) -> Vec<[String; 5]> {
    let text = |group: &Group, field| group.text(field).unwrap_or_default().into_owned();
    let row = |mark: &str, group: &Group, what: String| {
        [
            mark.to_owned(),
            group
                .text(Field::Target)
                .or_else(|| group.text(Field::CustSpaceId))
                .unwrap_or_default()
                .into_owned(),
            text(group, Field::GroupId),
            text(group, Field::Subject),
            what,
        ]
    };
    let status = |group: &Group| text(group, Field::GroupStatus);
    let added = difference.added.iter();
    let removed = difference.removed.iter();
    let changed = difference.changed.iter();
    added
        .map(|it| row("+", it, status(it)))
        .chain(removed.map(|it| row("-", it, format!("was {}", status(it)))))
        .chain(changed.map(|it| row("~", &it.group, in_words(&it.changes))))
        .collect()
}

fn in_words(changes: &[Change]) -> String {
    let words = changes.iter().map(Change::words);
    words.collect::<Vec<_>>().join("; ")
}
