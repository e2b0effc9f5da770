//! What a sandbox lists: demo groups, or those of a file.

use std::cell::RefCell;
use std::sync::{Arc, Mutex};

use serde_json::value::RawValue;

use super::demo;
use super::faults::History;
use super::life::Life;
use crate::group::{Field, Group};
use crate::world::Chance;

/// The groups of a sandbox.
#[derive(Debug)]
pub enum Groups {
    /// So many made-up groups, the same at every start.
    Demo(u64),
    /// Groups as a file has them, byte for byte.
    Given(Vec<Box<RawValue>>),
}

/// What a request asks for.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Filter<'a> {
    pub(super) status: Option<&'a str>,
    /// Any part of the subject: how the API matches is not documented.
    pub(super) subject: Option<&'a str>,
    pub(super) group_type: Option<&'a str>,
    pub(super) group_link: Option<&'a str>,
    pub(super) channel_type: Option<&'a str>,
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
        Self {
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

    /// Returns the group at this place as it is by now, unless it is gone.
    fn at(&self, at: u64, number: &str) -> Option<Box<RawValue>> {
        let place = match &self.order {
            Some(order) => usize::try_from(at).map_or(0, |at| order.borrow()[at]),
            None => at,
        };
        let group = self.groups.at(place, number);
        match &self.life {
            Some(life) => life.now(place, group),
            None => Some(group),
        }
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
        let is_open = filter.is_open();
        if is_open && self.life.is_none() {
            let places = skip..until.min(self.len());
            let page = places.filter_map(|at| self.at(at, number));
            return (self.len(), page.collect());
        }
        let mut total = 0;
        let mut page = Vec::new();
        for at in 0..self.len() {
            let Some(group) = self.at(at, number) else {
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

impl Filter<'_> {
    /// An empty parameter filters nothing.
    fn is_open(&self) -> bool {
        [
            self.status,
            self.subject,
            self.group_type,
            self.group_link,
            self.channel_type,
        ]
        .into_iter()
        .flatten()
        .all(str::is_empty)
    }

    fn admits(&self, group: &RawValue) -> bool {
        let Ok(group) = serde_json::from_str::<Group>(group.get()) else {
            return false;
        };
        let is = |wanted: Option<&str>, field| {
            wanted.is_none_or(|wanted| {
                wanted.is_empty() || group.text(field).as_deref() == Some(wanted)
            })
        };
        let channel = if group.json(Field::GroupType).is_some() {
            "TELEGRAM"
        } else {
            "WHATSAPP"
        };
        let subject = group.text(Field::Subject).unwrap_or_default();
        is(self.status, Field::GroupStatus)
            && is(self.group_type, Field::GroupType)
            && is(self.group_link, Field::GroupLink)
            && self.subject.is_none_or(|part| subject.contains(part))
            && self
                .channel_type
                .is_none_or(|wanted| wanted.is_empty() || wanted == channel)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn a_file_must_hold_an_array_of_groups() {
        assert_eq!(
            Groups::from_json(br#"[{"GroupId":"a"},{}]"#).unwrap().len(),
            2
        );
        assert!(Groups::from_json(b"{}").is_err());
        assert!(Groups::from_json(b"[1]").is_err());
    }
}
