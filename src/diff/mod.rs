//! What differs between two snapshots of the groups. Pure: groups in,
//! differences out. It must not know the network, files, or any form of output.
//!
//! Groups are the same when they have the same id, and the same space where there
//! are many. Fields are compared by their JSON in its one spelling (see
//! [`crate::group::canonical`]), so that no digit of a long number is passed over.
//! Only fields that both snapshots have are compared: one may have been written
//! with fewer columns.

use std::collections::BTreeMap;

use crate::group::choose::is_private;
use crate::group::{Field, Group, time};

mod snapshot;
mod whose;

use snapshot::{By, Key, key};
pub use snapshot::{Snapshot, SnapshotError};
pub use whose::Whose;

/// What differs.
#[derive(Debug, Default)]
pub struct Difference {
    /// Groups that only the new snapshot has, in its order.
    pub added: Vec<Group>,
    /// Groups that only the old snapshot has, in its order.
    pub removed: Vec<Group>,
    /// Groups that both have, but not alike, in the new one's order.
    pub changed: Vec<Changed>,
    /// Fields that only one snapshot has, and that were not compared.
    pub not_compared: Vec<String>,
}

/// A group that changed.
#[derive(Debug)]
pub struct Changed {
    /// The group as it is now.
    pub group: Group,
    /// What changed, in the order of the fields.
    pub changes: Vec<Change>,
}

/// A field that changed. Values are JSON; `null` stands for none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The API's name of the field.
    pub field: String,
    /// What it was.
    pub old: String,
    /// What it is.
    pub new: String,
}

impl Change {
    /// Says it in words. What lets whoever reads it join is not shown, and times are
    /// shown as times.
    pub fn words(&self) -> String {
        let Self { field, old, new } = self;
        if is_private(field) {
            return format!("{field} changed");
        }
        let shown = |json: &str| {
            let time = time(json.trim_matches('"')).filter(|_| field == Field::GmtModifier.name());
            time.map_or_else(|| json.to_owned(), |it| it.to_string())
        };
        format!("{field}: {} → {}", shown(old), shown(new))
    }
}

impl Difference {
    /// Compares two snapshots, without these fields.
    pub fn between(old: &Snapshot, new: &Snapshot, ignored: &[Field]) -> Self {
        // Whose groups they are, they are known by; what that is called is no matter.
        let ignored: Vec<Field> = [ignored, &Field::OF_TARGET].concat();
        let is_ignored = |name: &str| ignored.iter().any(|it| it.name() == name);
        let mut not_compared = Vec::new();
        if !(old.is_live && new.is_live) {
            let one_only = old.fields.symmetric_difference(&new.fields);
            // What is masked in both may have changed all the same.
            let (old, new) = (old.masked(), new.masked());
            let unsure = one_only.chain(old.intersection(&new));
            not_compared.extend(unsure.filter(|it| !is_ignored(it)).cloned());
        }
        let skips = |name: &str| is_ignored(name) || not_compared.iter().any(|it| it == name);
        let by = if old.is_of_one || new.is_of_one {
            By::Id
        } else if old.has_twins() || new.has_twins() {
            By::Number
        } else {
            By::Space
        };
        let (before, after) = (old.by_key(by), new.by_key(by));
        let has = |groups: &BTreeMap<Key, &Group>, group: &Group| {
            key(group, by).is_some_and(|key| groups.contains_key(&key))
        };
        let only = |groups: &[Group], other: &BTreeMap<Key, &Group>| {
            let groups = groups.iter().filter(|it| !has(other, it));
            groups.cloned().collect()
        };
        let changed = new.groups.iter().filter_map(|group| {
            let was = before.get(&key(group, by)?)?;
            let changes = changes(was, group, &skips);
            (!changes.is_empty()).then(|| Changed {
                group: group.clone(),
                changes,
            })
        });
        Self {
            added: only(&new.groups, &before),
            removed: only(&old.groups, &after),
            changed: changed.collect(),
            not_compared,
        }
    }

    /// Returns whether both are alike.
    pub fn is_none(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty() && self.changed.is_empty()
    }
}

fn changes(old: &Group, new: &Group, skips: &dyn Fn(&str) -> bool) -> Vec<Change> {
    let read = |group: &Group| -> Vec<(String, String)> {
        let members = group.members();
        members
            .filter_map(|(name, value)| Some((serde_json::from_str(name).ok()?, value.to_owned())))
            .collect()
    };
    let (old, new) = (read(old), read(new));
    let of = |members: &[(String, String)], name: &str| {
        // A name that comes twice has two values.
        let values = members.iter().filter(|(it, _)| it == name);
        let values: Vec<&str> = values.map(|(_, value)| value.as_str()).collect();
        match values[..] {
            [] => "null".to_owned(),
            [one] => one.to_owned(),
            _ => format!("[{}]", values.join(",")),
        }
    };
    let gone = old
        .iter()
        .filter(|(name, _)| new.iter().all(|(it, _)| it != name));
    let names = new.iter().chain(gone).map(|(name, _)| name);
    names
        .filter(|name| !skips(name))
        .map(|name| Change {
            field: name.clone(),
            old: of(&old, name),
            new: of(&new, name),
        })
        .filter(|change| change.old != change.new)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn difference(old: &str, new: &str, ignored: &[Field]) -> Difference {
        let read = |text| Snapshot::parse(text).unwrap();
        Difference::between(&read(old), &read(new), ignored)
    }

    fn ids(groups: &[Group]) -> Vec<String> {
        groups
            .iter()
            .map(|it| it.id().unwrap().into_owned())
            .collect()
    }

    const OLD: &str = r#"[{"GroupId":"a","Subject":"x","GroupStatus":"ACTIVE","New":1},
        {"GroupId":"b","Subject":"y","GroupStatus":"ACTIVE"}]"#;

    #[test]
    fn groups_come_go_and_change_field_by_field() {
        let new = r#"{"GroupId":"c","Subject":"z","GroupStatus":"CREATING","New":null}
            {"GroupId":"a","Subject":"\u0078","GroupStatus":"SUSPENDED","New":2}"#;
        let new = new.lines().map(str::trim).collect::<Vec<_>>().join("\n");
        let found = difference(OLD, &new, &[]);
        assert_eq!(ids(&found.added), ["c"]);
        assert_eq!(ids(&found.removed), ["b"]);
        let [changed] = &found.changed[..] else {
            panic!("{found:?}");
        };
        let words: Vec<String> = changed
            .changes
            .iter()
            .map(|it| format!("{} {} {}", it.field, it.old, it.new))
            .collect();
        assert_eq!(words, ["GroupStatus \"ACTIVE\" \"SUSPENDED\"", "New 1 2"]);
        let ignoring = difference(OLD, &new, &[Field::GroupStatus]);
        assert_eq!(ignoring.changed[0].changes.len(), 1);
    }

    #[test]
    fn order_and_spelling_make_no_difference_and_every_digit_does() {
        let new = r#"[{"GroupId":"b","GroupStatus":"ACTIVE","Subject":"\u0079"},
            {"New":1,"Subject":"x","GroupId":"a","GroupStatus":"ACTIVE"}]"#;
        assert!(difference(OLD, new, &[]).is_none());
        let long = |digit: u8| {
            format!(r#"[{{"GroupId":"a","TotalParticipantCount":1234567890123456789012{digit}}}]"#)
        };
        assert!(difference(&long(1), &long(1), &[]).is_none());
        assert_eq!(difference(&long(1), &long(2), &[]).changed.len(), 1);
    }

    #[test]
    fn fields_of_one_snapshot_alone_are_not_compared_but_named() {
        let found = difference(
            OLD,
            r#"[{"GroupId":"a"},{"GroupId":"b"}]"#,
            &[Field::Subject],
        );
        assert!(found.is_none(), "{found:?}");
        assert_eq!(found.not_compared, ["GroupStatus", "New"]);
    }

    #[test]
    fn of_two_listings_all_is_compared() {
        let live = |json: &str| Snapshot::live(serde_json::from_str(json).unwrap()).unwrap();
        let old = live(r#"[{"GroupId":"a","Subject":"****1"}]"#);
        let new = live(r#"[{"GroupId":"a","Subject":"****2","New":1}]"#);
        let found = Difference::between(&old, &new, &[]);
        assert_eq!(found.not_compared, Vec::<String>::new());
        let changes = found.changed[0].changes.iter();
        let words: Vec<String> = changes.map(|it| format!("{it:?}")).collect();
        assert_eq!(words.len(), 2, "{words:?}");
        assert!(words[1].contains(r#"field: "New", old: "null", new: "1""#));
    }

    #[test]
    fn what_cannot_be_compared_is_refused() {
        let error = |text| Snapshot::parse(text).unwrap_err();
        assert_eq!(error("{\"GroupId\":\"a\"}\n{"), SnapshotError::Syntax(2));
        assert_eq!(error("[1]"), SnapshotError::Syntax(1));
        assert_eq!(error("[{}]"), SnapshotError::Nameless(1));
        assert_eq!(
            error(r#"[{"GroupId":"a"},{"GroupId":"a"}]"#),
            SnapshotError::Twice("a".to_owned())
        );
        assert_eq!(error(" \n"), SnapshotError::Empty);
        assert!(Snapshot::parse("[]").is_ok());
        assert!(Snapshot::parse(r#"[{"GroupId":"a","Subject":"\ud800","New":1e999}]"#).is_ok());
        let twice = |last: u8| format!(r#"[{{"GroupId":"a","Foo":1,"Foo":{last}}}]"#);
        assert_eq!(difference(&twice(2), &twice(3), &[]).changed.len(), 1);
        let masked = r#"[{"GroupId":"a","InviteLink":"(redacted)"}]"#;
        assert_eq!(difference(masked, masked, &[]).not_compared, ["InviteLink"]);
    }
}
