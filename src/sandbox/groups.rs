//! What a sandbox lists: demo groups, or those of a file.

use std::cell::RefCell;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::value::RawValue;

use super::demo;
use super::faults::History;
use super::filter::Filter;
use super::life::{self, Life};
use crate::group::{Group, GroupStatus};
use crate::world::Chance;

/// The groups of a sandbox.
#[derive(Debug)]
pub enum Groups {
    /// So many made-up groups, the same at every start.
    Demo(u64),
    /// Groups as a file has them, byte for byte.
    Given(Vec<Box<RawValue>>),
}

impl Groups {
    /// The number of demo groups that the documentation's own example has.
    pub const DEMO: u64 = 51;

    /// Reads groups from JSON: an array of them, as `list -o json` writes it.
    pub fn from_json(json: &[u8]) -> Result<Self, serde_json::Error> {
        // Read as groups too, so that a file that holds none is refused here.
        serde_json::from_slice::<Vec<Group>>(json)?;
        serde_json::from_slice(json).map(Self::Given)
    }

    /// Returns how many groups there are.
    pub fn len(&self) -> u64 {
        match self {
            Self::Demo(count) => *count,
            Self::Given(groups) => groups.len() as u64,
        }
    }

    /// Returns whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the places of those that are being removed, in their order.
    fn leaving(&self) -> Vec<u64> {
        let leaving = GroupStatus::Deleting;
        match self {
            Self::Demo(count) => {
                let leaves = |at: &u64| demo::status(*at) == leaving.name();
                (0..*count).filter(leaves).collect()
            }
            Self::Given(groups) => {
                let leaves = groups.iter().map(|it| life::status(it) == Some(leaving));
                let leaves = (0..).zip(leaves).filter(|it| it.1);
                leaves.map(|it| it.0).collect()
            }
        }
    }

    fn at(&self, at: u64, number: &str) -> Box<RawValue> {
        match self {
            Self::Demo(_) => demo::group(at, number),
            Self::Given(groups) => groups
                .get(usize::try_from(at).unwrap_or(usize::MAX))
                .cloned()
                .unwrap_or_default(),
        }
    }
}

/// The groups in the order in which they are listed. They may come and go.
#[derive(Debug)]
pub(super) struct Shelf {
    groups: Groups,
    /// Which group stands where; without it, each stands at its own place.
    order: Option<RefCell<Vec<u64>>>,
    history: Option<Arc<Mutex<History>>>,
    /// How time changes them, if it does.
    life: Option<Life>,
    /// The places of those that it takes away.
    leaving: Vec<u64>,
}

impl Shelf {
    pub(super) fn new(
        groups: Groups,
        will_drift: bool,
        history: Option<Arc<Mutex<History>>>,
        life: Option<Life>,
    ) -> Self {
        let all = || (0..groups.len()).collect::<Vec<_>>();
        if let Some(Ok(mut history)) = history.as_deref().map(Mutex::lock) {
            history.ever = all();
        }
        let leaving = life.is_some().then(|| groups.leaving());
        Self {
            leaving: leaving.unwrap_or_default(),
            order: will_drift.then(|| RefCell::new(all())),
            groups,
            history,
            life,
        }
    }

    fn len(&self) -> u64 {
        match &self.order {
            Some(order) => order.borrow().len() as u64,
            None => self.groups.len(),
        }
    }

    /// Returns the group at this place as it is at this age, unless it is gone.
    fn at(&self, at: u64, age: Duration, number: &str) -> Option<Box<RawValue>> {
        let place = match &self.order {
            Some(order) => usize::try_from(at).map_or(0, |at| order.borrow()[at]),
            None => at,
        };
        let group = self.groups.at(place, number);
        match &self.life {
            Some(life) => life.at(age, place, group),
            None => Some(group),
        }
    }

    /// Returns, for each group that is gone at this age, how many stay before it.
    fn gone(&self, age: Duration) -> Vec<u64> {
        let Some(life) = &self.life else {
            return Vec::new();
        };
        let leaving = self.leaving.iter();
        let gone = leaving.filter(|at| life.is_done(**at, age));
        gone.zip(0..).map(|(at, before)| at - before).collect()
    }

    /// Returns how many groups match, and those of one page.
    pub(super) fn page(
        &self,
        filter: &Filter,
        skip: u64,
        take: u64,
        number: &str,
    ) -> (u64, Vec<Box<RawValue>>) {
        let until = skip.saturating_add(take);
        let age = self.life.as_ref().map(Life::age).unwrap_or_default();
        let is_open = filter.is_open();
        // Where groups drift, too, each may stand anywhere.
        if is_open && (self.life.is_none() || self.order.is_none()) {
            let gone = self.gone(age);
            let total = self.len() - gone.len() as u64;
            let place = |nth| nth + gone.partition_point(|stay| *stay <= nth) as u64;
            let places = (skip..until.min(total)).map(place);
            let page = places.filter_map(|at| self.at(at, age, number));
            return (total, page.collect());
        }
        let mut total = 0;
        let mut page = Vec::new();
        for at in 0..self.len() {
            let Some(group) = self.at(at, age, number) else {
                continue;
            };
            if is_open || filter.admits(&group) {
                if (skip..until).contains(&total) {
                    page.push(group);
                }
                total += 1;
            }
        }
        (total, page)
    }

    /// Lets one group come or go, anywhere.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        clippy::cast_sign_loss,
        reason = "a place among few"
    )]
    pub(super) fn drift(&self, chance: &Chance) {
        let (Some(order), Groups::Demo(_)) = (&self.order, &self.groups) else {
            return;
        };
        let mut order = order.borrow_mut();
        let place = (chance.share() * order.len() as f64) as usize;
        let mut history = self.history.as_deref().and_then(|it| it.lock().ok());
        if chance.share() < 0.5 && !order.is_empty() {
            let removed = order.remove(place);
            if let Some(history) = &mut history {
                history.removed.push(removed);
            }
        } else {
            // Ids are never used again.
            let made = match &mut history {
                Some(history) => history.ever.last().map_or(0, |it| it + 1),
                None => order.iter().max().map_or(0, |it| it + 1),
            };
            order.insert(place, made);
            if let Some(history) = &mut history {
                history.ever.push(made);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::Clock;

    fn shelf(count: u64) -> Shelf {
        Shelf::new(Groups::Demo(count), false, None, None)
    }

    fn count(filter: Filter) -> u64 {
        shelf(Groups::DEMO).page(&filter, 0, 100, "1").0
    }

    #[test]
    fn the_demo_shows_the_variety_of_real_life() {
        use crate::group::GroupStatus;
        for status in GroupStatus::ALL {
            let status = Some(status.name());
            assert!(
                count(Filter {
                    status,
                    ..Filter::default()
                }) > 0,
                "{status:?}"
            );
        }
        let channel = |name| {
            count(Filter {
                channel_type: Some(name),
                ..Filter::default()
            })
        };
        assert_eq!(channel("WHATSAPP") + channel("TELEGRAM"), 51);
        assert!(channel("WHATSAPP") > 0 && channel("TELEGRAM") > 0);
        for part in ["客户", "Pelanggan", "العملاء", "🚚"] {
            let subject = Some(part);
            assert!(
                count(Filter {
                    subject,
                    ..Filter::default()
                }) > 0,
                "{part}"
            );
        }
    }

    #[test]
    fn ids_of_demo_groups_differ_however_many_there_are() {
        let (total, page) = shelf(500).page(&Filter::default(), 0, 1000, "1");
        let ids: std::collections::HashSet<_> = page
            .iter()
            .map(|it| {
                serde_json::from_str::<Group>(it.get())
                    .unwrap()
                    .id()
                    .unwrap()
                    .into_owned()
            })
            .collect();
        assert_eq!((total, ids.len()), (500, 500));
    }

    #[test]
    fn a_page_of_groups_that_go_costs_its_rows_and_holds_the_right_ones() {
        let at = "2026-06-30T12:00:00Z".parse().unwrap();
        let living = |groups| {
            let life = Life::new(Duration::ZERO, Clock::fake(at));
            Shelf::new(groups, false, None, Some(life))
        };
        let texts = |page: Vec<Box<RawValue>>| {
            let texts = page.into_iter().map(|it| it.get().to_owned());
            texts.collect::<Vec<_>>()
        };
        // As a filter that admits all finds them, which looks at each.
        let open = Filter::default();
        let every = Filter {
            subject: Some(" "),
            ..open
        };
        let json = r#"[{"GroupId":"a","Subject":" ","GroupStatus":"DELETING"},
            {"GroupId":"b","Subject":" ","GroupStatus":"DELETING"},
            {"GroupId":"c","Subject":" ","GroupStatus":"CREATING"},
            {"GroupId":"d","Subject":" ","GroupStatus":"DELETING"},
            {"GroupId":"e","Subject":" ","GroupStatus":"ACTIVE"}]"#;
        let given = living(Groups::from_json(json.as_bytes()).unwrap());
        for (skip, take) in [(0, 9), (0, 1), (1, 1), (1, 9), (2, 9), (9, 9)] {
            let (total, page) = given.page(&open, skip, take, "1");
            let (expected, found) = given.page(&every, skip, take, "1");
            assert_eq!((total, texts(page)), (expected, texts(found)), "{skip}");
        }
        assert_eq!(given.page(&open, 0, 9, "1").0, 2);
        let demo = living(Groups::Demo(20_000));
        let mut seen = Vec::new();
        for skip in (0..20_000).step_by(1000) {
            let (total, page) = demo.page(&open, skip, 1000, "1");
            assert_eq!(total, 20_000 - 2 * 392);
            seen.extend(texts(page));
        }
        assert_eq!(seen.len(), 19_216);
        assert!(!seen.iter().any(|it| it.contains("DELETING")));
    }

    #[test]
    fn a_file_must_hold_an_array_of_groups() {
        assert_eq!(
            Groups::from_json(br#"[{"GroupId":"a"},{}]"#).unwrap().len(),
            2
        );
        assert!(Groups::from_json(b"{}").is_err());
        assert!(Groups::from_json(b"[1]").is_err());
    }
}
