//! Groups that live: what is being made, changed or removed is done after a
//! while.
//!
//! Each is done after a share of that time that goes by its place, so that one
//! sees them come one by one; the first in the list takes it whole. The same
//! groups are done at the same moments in every sandbox.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::value::{RawValue, to_raw_value};

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

    /// Returns the group at this place as it is by now; `None` when it is gone.
    pub(super) fn now(&self, at: u64, group: Box<RawValue>) -> Option<Box<RawValue>> {
        let after = self.after(at);
        let (began, began_at) = self.began;
        if self.clock.elapsed().saturating_sub(began) < after {
            return Some(group);
        }
        let status = serde_json::from_str::<Group>(group.get()).ok();
        let status = status.and_then(|it| it.text(Field::GroupStatus)?.parse().ok());
        match status {
            Some(GroupStatus::Creating | GroupStatus::Updating) => {
                let done = began_at.checked_add(after).unwrap_or(began_at);
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

/// Returns a group that became active at this moment. Its time keeps the form
/// that it had, and what had none gets none.
fn active(group: &RawValue, at: Timestamp) -> Option<Box<RawValue>> {
    let mut members: BTreeMap<String, Box<RawValue>> = serde_json::from_str(group.get()).ok()?;
    let status = to_raw_value(GroupStatus::Active.name()).ok()?;
    members.insert(Field::GroupStatus.name().to_owned(), status);
    if let Some(changed) = members.get_mut(Field::GmtModifier.name()) {
        let at = at.as_millisecond();
        *changed = match changed.get().as_bytes().first() {
            Some(b'"') => to_raw_value(&at.to_string()).ok()?,
            Some(b'0'..=b'9') => to_raw_value(&at).ok()?,
            _ => std::mem::take(changed),
        };
    }
    to_raw_value(&members).ok()
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
                let now = life.now(*at, group("CREATING")).unwrap();
                now.get().contains("CREATING")
            });
            let there = (0..4).filter(|at| life.now(*at, group("DELETING")).is_some());
            seen.push((creating.count(), there.count()));
            let sleep = clock.sleep(Duration::from_secs(2));
            tokio::runtime::Builder::new_current_thread()
                .build()
                .unwrap()
                .block_on(sleep);
        }
        assert_eq!(seen, [(4, 4), (3, 3), (2, 2), (1, 1), (0, 0)]);
        let done = life.now(0, group("UPDATING")).unwrap();
        assert_eq!(done.get(), r#"{"GroupStatus":"ACTIVE","X":1.10}"#);
        let still = life.now(0, group("SUSPENDED")).unwrap();
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
            let done = life.now(0, raw(&group)).unwrap();
            let expected = format!(r#"{{"GmtModifier":{after},"GroupStatus":"ACTIVE"}}"#);
            assert_eq!(done.get(), expected);
        }
    }
}
