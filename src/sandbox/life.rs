//! Groups that live: what is being made, changed or removed is done after a
//! while.
//!
//! Each is done after a share of that time that goes by its place, so that one
//! sees them come one by one; the first in the list takes it whole. The same
//! groups are done at the same moments in every sandbox.

use std::fmt;
use std::time::Duration;

use jiff::Timestamp;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::group::{Field, Group, GroupStatus};
use crate::world::Clock;

/// Neighbours are done after different shares of the time, in quarters.
const SHARES: u64 = 4;

/// How time changes the groups of a sandbox.
#[derive(Debug)]
pub(super) struct Life {
    clock: Clock,
    /// When the sandbox began, by its clock.
    began: (Duration, Timestamp),
    /// After this time, every group is done.
    settle: Duration,
}

impl Life {
    /// Begins now.
    pub(super) fn new(settle: Duration, clock: Clock) -> Self {
        Self {
            began: (clock.elapsed(), clock.now()),
            clock,
            settle,
        }
    }

    /// Returns for how long it has gone on.
    pub(super) fn age(&self) -> Duration {
        self.clock.elapsed().saturating_sub(self.began.0)
    }

    /// Returns whether the group at this place is done at this age.
    pub(super) fn is_done(&self, at: u64, age: Duration) -> bool {
        age >= self.after(at)
    }

    /// Returns the group at this place as it is at this age; `None` when it is gone.
    pub(super) fn at(&self, age: Duration, at: u64, group: Box<RawValue>) -> Option<Box<RawValue>> {
        if !self.is_done(at, age) {
            return Some(group);
        }
        match status(&group) {
            Some(GroupStatus::Creating | GroupStatus::Updating) => {
                let (_, began) = self.began;
                let done = began.checked_add(self.after(at)).unwrap_or(began);
                Some(active(&group, done).unwrap_or(group))
            }
            Some(GroupStatus::Deleting) => None,
            Some(GroupStatus::Active | GroupStatus::Inactive | GroupStatus::Suspended) | None => {
                Some(group)
            }
        }
    }

    /// Returns when the group at this place is done.
    fn after(&self, at: u64) -> Duration {
        let quarters = u32::try_from(SHARES - at % SHARES).unwrap_or(1);
        self.settle / 4 * quarters
    }
}

/// Returns a group's status, if it is one that there is.
pub(super) fn status(group: &RawValue) -> Option<GroupStatus> {
    let group: Group = serde_json::from_str(group.get()).ok()?;
    group.text(Field::GroupStatus)?.parse().ok()
}

/// Returns a group that became active at this moment, and is otherwise as it was,
/// byte for byte. Its time keeps the form that it had, and what had none gets none.
fn active(group: &RawValue, at: Timestamp) -> Option<Box<RawValue>> {
    let text = group.get();
    let Members(members) = serde_json::from_str(text).ok()?;
    let (mut changed, mut kept) = (String::with_capacity(text.len() + 8), 0);
    for (name, value) in members {
        let value = value.get();
        let new = if name == Field::GroupStatus.name() {
            format!("\"{}\"", GroupStatus::Active.name())
        } else if name == Field::GmtModifier.name() {
            match value.as_bytes().first() {
                Some(b'"') => format!("\"{}\"", at.as_millisecond()),
                Some(b'0'..=b'9') => at.as_millisecond().to_string(),
                _ => continue,
            }
        } else {
            continue;
        };
        // A value is a part of the text that it was read from.
        let start = value.as_ptr().addr().checked_sub(text.as_ptr().addr())?;
        changed.push_str(text.get(kept..start)?);
        changed.push_str(&new);
        kept = start + value.len();
    }
    changed.push_str(text.get(kept..)?);
    RawValue::from_string(changed).ok()
}

/// An object's members in their order, those that come twice, too.
struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;

        impl<'de> Visitor<'de> for InOrder {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }

        deserializer.deserialize_map(InOrder)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw(json: &str) -> Box<RawValue> {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn groups_are_done_one_by_one_at_moments_that_never_differ() {
        let clock = Clock::fake("2026-06-30T12:00:00Z".parse().unwrap());
        let life = Life::new(Duration::from_secs(8), clock.clone());
        let group = |status| raw(&format!(r#"{{"GroupStatus":"{status}","X":1.10}}"#));
        let mut seen = Vec::new();
        for _ in 0..5 {
            let creating = (0..4).filter(|at| {
                let now = life.at(life.age(), *at, group("CREATING")).unwrap();
                now.get().contains("CREATING")
            });
            let there = (0..4).filter(|at| life.at(life.age(), *at, group("DELETING")).is_some());
            seen.push((creating.count(), there.count()));
            let sleep = clock.sleep(Duration::from_secs(2));
            tokio::runtime::Builder::new_current_thread()
                .build()
                .unwrap()
                .block_on(sleep);
        }
        assert_eq!(seen, [(4, 4), (3, 3), (2, 2), (1, 1), (0, 0)]);
        let done = life.at(life.age(), 0, group("UPDATING")).unwrap();
        assert_eq!(done.get(), r#"{"GroupStatus":"ACTIVE","X":1.10}"#);
        let still = life.at(life.age(), 0, group("SUSPENDED")).unwrap();
        assert_eq!(still.get(), group("SUSPENDED").get());
    }

    #[test]
    fn the_time_of_change_is_when_it_was_done_in_the_form_it_had() {
        let clock = Clock::fake("2026-06-30T12:00:00Z".parse().unwrap());
        let life = Life::new(Duration::ZERO, clock);
        for (before, after) in [
            ("1780300800000", "1782820800000"),
            ("\"94\"", "\"1782820800000\""),
            ("null", "null"),
        ] {
            let group = format!(r#"{{"GmtModifier":{before},"GroupStatus":"CREATING"}}"#);
            let done = life.at(life.age(), 0, raw(&group)).unwrap();
            let expected = format!(r#"{{"GmtModifier":{after},"GroupStatus":"ACTIVE"}}"#);
            assert_eq!(done.get(), expected);
        }
    }

    #[test]
    fn all_else_of_a_group_stays_as_it_is() {
        let clock = Clock::fake("2026-06-30T12:00:00Z".parse().unwrap());
        let life = Life::new(Duration::ZERO, clock);
        let group = |status, at| {
            format!(
                r#"{{ "Z":1.10, "\u0041" : "\u00e9\/",
                "GroupStatus" :{status}, "A":[1, 2],"GmtModifier": {at} ,"Z":{{"GroupStatus":"CREATING"}} }}"#
            )
        };
        let before = group("\"CREATING\"", "1780300800000");
        let after = group("\"ACTIVE\"", "1782820800000");
        let done = life.at(life.age(), 0, raw(&before)).unwrap();
        assert_eq!(done.get(), after);
    }
}
