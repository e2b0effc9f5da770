//! Which page comes next, and whether a listing is whole: arithmetic only.
//!
//! The API echoes neither page number nor size; `Total` is all a page tells
//! about the others, and rows may move between pages while we read. So a walk
//! counts distinct rows, drops repeats, and ends complete only when every page
//! reported the same total and as many rows came. It must not know HTTP or
//! what a row holds: it sees keys and totals.

use std::collections::HashSet;
use std::fmt;

/// What a walk asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Rows a page.
    pub size: u32,
    /// This page only.
    pub only: Option<u32>,
    /// No more rows than this.
    pub limit: Option<u64>,
}

/// A total as one page reported it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reported {
    /// Not at all.
    Absent,
    /// As a count.
    Count(u64),
    /// As something else, shown as it came.
    Odd(String),
}

/// Why a listing is not known to be whole.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Incomplete {
    /// Not as many rows came as the total promised.
    #[error("the API counts {expected} groups, but {found} came")]
    Count {
        /// What the total says of the part that was asked for.
        expected: u64,
        /// How many distinct rows came.
        found: u64,
    },
    /// The total was not the same on every page.
    #[error("the number of groups changed while they were read: {0}")]
    Moved(Totals),
    /// The total is no count.
    #[error("the API reports a total of `{0}`, which is no count")]
    OddTotal(String),
}

/// The different totals that pages reported, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals(Vec<u64>);

impl fmt::Display for Totals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, total) in self.0.iter().enumerate() {
            let arrow = if at == 0 { "" } else { ", then " };
            write!(f, "{arrow}{total}")?;
        }
        Ok(())
    }
}

/// A walk through the pages of one listing.
#[derive(Debug)]
pub struct Walk {
    plan: Plan,
    next: Option<u32>,
    seen: HashSet<String>,
    /// Distinct rows kept so far.
    rows: u64,
    repeats: u64,
    pages: u32,
    totals: Totals,
    odd_total: Option<String>,
}

impl Walk {
    /// Starts a walk.
    pub fn new(plan: Plan) -> Self {
        Self {
            plan,
            next: Some(plan.only.unwrap_or(1)),
            seen: HashSet::new(),
            rows: 0,
            repeats: 0,
            pages: 0,
            totals: Totals::default(),
            odd_total: None,
        }
    }

    /// Returns the page to ask for next, or `None` at the end.
    pub fn next_page(&self) -> Option<u32> {
        self.next
    }

    /// Returns how many distinct rows came.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// Returns how many rows came more than once.
    pub fn repeats(&self) -> u64 {
        self.repeats
    }

    /// Returns how many pages were read.
    pub fn pages(&self) -> u32 {
        self.pages
    }

    /// Returns the total as the last page had it.
    pub fn total(&self) -> Option<u64> {
        self.totals.0.last().copied()
    }

    /// Takes the page that was asked for and returns, row by row, whether to
    /// keep it. A row without a key cannot be known again and is kept.
    pub fn take<K: Into<String>>(
        &mut self,
        total: Reported,
        keys: impl IntoIterator<Item = Option<K>>,
    ) -> Vec<bool> {
        self.pages += 1;
        match total {
            Reported::Count(count) if self.total() != Some(count) => self.totals.0.push(count),
            Reported::Odd(text) => self.odd_total = Some(text),
            Reported::Count(_) | Reported::Absent => {}
        }
        let mut kept_any = false;
        let kept: Vec<bool> = keys
            .into_iter()
            .map(|key| {
                if self.is_at_limit() {
                    return false;
                }
                let fresh = key.is_none_or(|key| self.seen.insert(key.into()));
                if fresh {
                    self.rows += 1;
                    kept_any = true;
                } else {
                    self.repeats += 1;
                }
                fresh
            })
            .collect();
        let done = self.plan.only.is_some()
            || self.is_at_limit()
            || !kept_any
            || self.total().is_some_and(|total| self.rows >= total);
        self.next = match self.next {
            Some(page) if !done => page.checked_add(1),
            _ => None,
        };
        kept
    }

    /// Says, at the end, whether what came is all that was asked for.
    pub fn verdict(&self) -> Result<(), Incomplete> {
        if let Some(text) = &self.odd_total {
            return Err(Incomplete::OddTotal(text.clone()));
        }
        if self.totals.0.len() > 1 {
            return Err(Incomplete::Moved(self.totals.clone()));
        }
        // Without a total, the page that brought nothing new was the end.
        let Some(total) = self.total() else {
            return Ok(());
        };
        let mut expected = match self.plan.only {
            Some(page) => rows_of_page(total, page, self.plan.size),
            None => total,
        };
        if let Some(limit) = self.plan.limit {
            expected = expected.min(limit);
        }
        if self.rows != expected {
            return Err(Incomplete::Count {
                expected,
                found: self.rows,
            });
        }
        Ok(())
    }

    fn is_at_limit(&self) -> bool {
        self.plan.limit.is_some_and(|limit| self.rows >= limit)
    }
}

/// Returns how many of `total` rows lie on page `page`, counted from 1.
fn rows_of_page(total: u64, page: u32, size: u32) -> u64 {
    let before = u64::from(page.saturating_sub(1)) * u64::from(size);
    total.saturating_sub(before).min(u64::from(size))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PLAN: Plan = Plan {
        size: 20,
        only: None,
        limit: None,
    };

    /// Walks through rows `0..total` as an honest server would serve them.
    fn honest(plan: Plan, total: u64) -> (Walk, Vec<u64>) {
        let mut walk = Walk::new(plan);
        let mut kept = Vec::new();
        while let Some(page) = walk.next_page() {
            let first = u64::from(page - 1) * u64::from(plan.size);
            let rows: Vec<u64> = (first..total).take(plan.size as usize).collect();
            let keep = walk.take(
                Reported::Count(total),
                rows.iter().map(|row| Some(row.to_string())),
            );
            kept.extend(
                rows.iter()
                    .zip(keep)
                    .filter(|(_, keep)| *keep)
                    .map(|(row, _)| *row),
            );
        }
        (walk, kept)
    }

    fn keys(from: u32, to: u32) -> impl Iterator<Item = Option<String>> {
        (from..to).map(|row| Some(row.to_string()))
    }

    #[test]
    fn fifty_one_groups_are_three_pages_of_twenty() {
        let (walk, kept) = honest(PLAN, 51);
        assert_eq!((walk.pages(), kept.len()), (3, 51));
        assert_eq!(walk.verdict(), Ok(()));
    }

    #[test]
    fn none_is_one_page() {
        let (walk, _) = honest(PLAN, 0);
        assert_eq!((walk.pages(), walk.verdict()), (1, Ok(())));
    }

    #[test]
    fn a_total_that_promises_more_than_comes_is_incomplete() {
        let mut walk = Walk::new(PLAN);
        walk.take(Reported::Count(30), keys(0, 20));
        walk.take(Reported::Count(30), keys(20, 25));
        assert_eq!(walk.next_page(), Some(3), "a short page is not the last");
        walk.take(Reported::Count(30), keys(0, 0));
        assert_eq!(walk.next_page(), None);
        assert_eq!(
            walk.verdict(),
            Err(Incomplete::Count {
                expected: 30,
                found: 25
            })
        );
    }

    #[test]
    fn a_total_that_moves_is_incomplete_and_repeats_are_dropped() {
        let mut walk = Walk::new(PLAN);
        walk.take(Reported::Count(25), keys(0, 20));
        // A group was made at the front: row 19 moved to the second page.
        let keep = walk.take(Reported::Count(26), keys(19, 25));
        assert_eq!(keep, [false, true, true, true, true, true]);
        assert_eq!(walk.repeats(), 1);
        while walk.next_page().is_some() {
            walk.take(Reported::Count(26), keys(0, 0));
        }
        let text = walk.verdict().unwrap_err().to_string();
        assert!(text.ends_with("25, then 26"), "{text}");
    }

    #[test]
    fn an_odd_total_is_incomplete_and_an_absent_one_ends_with_nothing_new() {
        let mut walk = Walk::new(PLAN);
        walk.take(Reported::Odd("-1".to_owned()), keys(0, 5));
        walk.take(Reported::Odd("-1".to_owned()), keys(0, 5));
        assert_eq!(walk.next_page(), None);
        assert_eq!(walk.verdict(), Err(Incomplete::OddTotal("-1".to_owned())));

        let mut walk = Walk::new(PLAN);
        walk.take(Reported::Absent, keys(0, 20));
        walk.take(Reported::Absent, keys(20, 23));
        assert_eq!(walk.next_page(), Some(3));
        walk.take(Reported::Absent, keys(0, 0));
        assert_eq!((walk.next_page(), walk.verdict()), (None, Ok(())));
    }

    #[test]
    fn rows_without_a_key_are_kept() {
        let mut walk = Walk::new(PLAN);
        let keep = walk.take(Reported::Count(3), [None::<String>, None, None]);
        assert_eq!(keep, [true; 3]);
        assert_eq!(walk.verdict(), Ok(()));
    }

    #[test]
    fn one_page_is_whole_when_it_has_its_share_of_the_total() {
        let only = |page| Plan {
            only: Some(page),
            ..PLAN
        };
        assert_eq!(honest(only(3), 51).1, (40..51).collect::<Vec<_>>());
        assert_eq!(honest(only(3), 51).0.verdict(), Ok(()));
        let (past, kept) = honest(only(9), 51);
        assert_eq!((past.verdict(), kept.len()), (Ok(()), 0));
        let mut short = Walk::new(only(1));
        short.take(Reported::Count(51), keys(0, 10));
        assert!(short.verdict().is_err());
    }

    proptest! {
        #[test]
        fn an_honest_server_is_read_whole_in_as_few_pages_as_can_be(
            total in 0_u64..500, size in 1_u32..120, limit in proptest::option::of(1_u64..600),
        ) {
            let (walk, kept) = honest(Plan { size, only: None, limit }, total);
            let wanted = limit.map_or(total, |limit| limit.min(total));
            prop_assert_eq!(walk.verdict(), Ok(()));
            prop_assert_eq!(kept, (0..wanted).collect::<Vec<_>>());
            prop_assert_eq!(u64::from(walk.pages()), wanted.div_ceil(size.into()).max(1));
        }
    }
}
