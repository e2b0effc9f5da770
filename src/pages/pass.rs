//! One pass through the pages of a listing.

use std::collections::HashMap;

use super::ids::{Contents, Ids, Key};
use super::incomplete::{Incomplete, Totals};

/// Past this many pages in a row that bring nothing new, a total that promises
/// more is not believed.
const FRUITLESS_IN_A_ROW: u32 = 8;

/// The last page that can be asked for: the API takes 32 bits with a sign.
const LAST_PAGE: u32 = i32::MAX as u32;

/// What a listing asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Rows a page.
    pub size: u32,
    /// This page only.
    pub only: Option<u32>,
    /// No more rows than this.
    pub limit: Option<u64>,
}

impl Plan {
    /// Returns how many of `total` rows the plan wants.
    fn wanted(&self, total: u64) -> u64 {
        let wanted = match self.only {
            Some(page) => {
                let before = u64::from(page.saturating_sub(1)) * u64::from(self.size);
                total.saturating_sub(before).min(self.size.into())
            }
            None => total,
        };
        self.limit.map_or(wanted, |limit| wanted.min(limit))
    }
}

/// A total as one page reported it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reported {
    /// The page says nothing at all, neither total nor rows.
    Blank,
    /// Not at all.
    Absent,
    /// As a count.
    Count(u64),
    /// As something else, shown as it came.
    Odd(String),
}

/// What becomes of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// It is new in this pass.
    Fresh,
    /// Its key came before; this row is the newer one.
    Repeat,
    /// It lies beyond the limit.
    Beyond,
}

/// Where to go from here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Nowhere: this was the last page.
    Done,
    /// To this page, if the total is right.
    UpTo(u32),
    /// One page further, to see what it brings.
    OneMore,
}

/// What has come in one pass.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each notes an oddity of its own"
)]
#[derive(Debug)]
pub struct Pass {
    plan: Plan,
    page: u32,
    pages: u32,
    /// What makes each of the rows so far known.
    pub(super) ids: Ids,
    /// Rows that have no id, each of which is kept.
    contents: Contents,
    /// Where each content came first.
    content_pages: HashMap<String, u32>,
    repeats: u64,
    totals: Totals,
    odd_total: Option<String>,
    /// Whether a page had no total.
    total_missing: bool,
    is_blank: bool,
    is_stuck: bool,
    /// How many rows a page the API gives, where it is fewer than asked for.
    cap: Option<u32>,
    first_page_rows: Option<u32>,
    /// Pages without anything new.
    fruitless_in_a_row: u32,
    /// A page that was not full has come, so whatever follows it leaves a hole.
    short_page: bool,
    /// A page that was not full was followed by one that brought rows.
    hole: bool,
}

impl Pass {
    /// Starts a pass; `ids` is an empty set.
    pub fn new(plan: Plan, ids: Ids) -> Self {
        Self {
            plan,
            page: plan.only.unwrap_or(1).saturating_sub(1),
            pages: 0,
            ids,
            contents: Contents::default(),
            content_pages: HashMap::new(),
            repeats: 0,
            totals: Totals::default(),
            odd_total: None,
            total_missing: false,
            is_blank: false,
            is_stuck: false,
            cap: None,
            first_page_rows: None,
            fruitless_in_a_row: 0,
            short_page: false,
            hole: false,
        }
    }

    /// Returns the page to begin with.
    pub fn first_page(&self) -> u32 {
        self.plan.only.unwrap_or(1)
    }

    /// Returns whether a row has not come in this pass.
    pub fn is_new(&self, key: &Key<'_>) -> bool {
        match key {
            Key::Id(id) => !self.ids.contains(id),
            Key::Content(content) => !self.content_pages.contains_key(content),
        }
    }

    /// Returns how many distinct rows came.
    pub fn rows(&self) -> u64 {
        self.ids.len() as u64
    }

    /// Returns how many rows came again.
    pub fn repeats(&self) -> u64 {
        self.repeats
    }

    /// Returns how many pages came.
    pub fn pages(&self) -> u32 {
        self.pages
    }

    /// Returns the total as the last page had it.
    pub fn total(&self) -> Option<u64> {
        self.totals.last()
    }

    /// Returns whether a wrong total explains what came. It does not explain
    /// rows missing in the middle, or pages that are not what was asked for.
    pub fn may_settle(&self) -> bool {
        !self.hole
            && !self.is_blank
            && !self.is_stuck
            && self.cap.is_none()
            && self.plan.only.is_none()
    }

    /// Takes the next page; returns what becomes of each row, and where to go.
    pub fn take<'k>(
        &mut self,
        total: Reported,
        keys: impl IntoIterator<Item = Key<'k>>,
    ) -> (Vec<Seen>, Next) {
        self.page += 1;
        self.pages += 1;
        match total {
            Reported::Count(count) => self.totals.note(count),
            Reported::Odd(text) => self.odd_total = Some(text),
            Reported::Absent => self.total_missing = true,
            Reported::Blank => {
                self.total_missing = true;
                self.is_blank |= self.pages == 1;
            }
        }
        let mut new = 0;
        let seen: Vec<Seen> = keys
            .into_iter()
            .map(|key| self.see(key, &mut new))
            .collect();
        if self.pages == 1 {
            self.first_page_rows = u32::try_from(seen.len()).ok();
        }
        let is_full = seen.len() as u64 >= u64::from(self.plan.size);
        // The second page tells whether the API heeds page numbers at all: a
        // later one may only be the last, given again.
        let is_first_again = self.pages == 2 && new == 0 && !seen.is_empty();
        self.is_stuck |= is_first_again && (is_full || !self.content_pages.is_empty());
        self.fruitless_in_a_row = match new {
            0 => self.fruitless_in_a_row + 1,
            _ => 0,
        };
        self.hole |= self.short_page && !seen.is_empty();
        self.short_page |= !is_full;
        let next = self.next(new > 0);
        (seen, next)
    }

    /// Takes one row; counts it in `new` if it has not come before.
    fn see(&mut self, key: Key<'_>, new: &mut u64) -> Seen {
        if self.is_at_limit() {
            return Seen::Beyond;
        }
        match key {
            Key::Content(content) => {
                self.ids.insert(&self.contents.ordinal(&content));
                let first = *self.content_pages.entry(content).or_insert(self.pages);
                *new += u64::from(first == self.pages);
                Seen::Fresh
            }
            Key::Id(id) if self.ids.insert(&id) => {
                *new += 1;
                Seen::Fresh
            }
            Key::Id(_) => {
                self.repeats += 1;
                Seen::Repeat
            }
        }
    }

    fn next(&self, brought_new: bool) -> Next {
        let no_more = self.plan.only.is_some() || self.is_at_limit() || self.is_stuck;
        if no_more || self.page >= LAST_PAGE {
            return Next::Done;
        }
        match self.total() {
            None if brought_new => Next::OneMore,
            None => Next::Done,
            Some(total) => {
                let pages = self.plan.wanted(total).div_ceil(self.plan.size.into());
                let last = u32::try_from(pages).unwrap_or(LAST_PAGE).min(LAST_PAGE);
                if self.page < last && self.fruitless_in_a_row < FRUITLESS_IN_A_ROW {
                    Next::UpTo(last)
                } else if brought_new && (self.rows() < total || self.total_is_too_low(total)) {
                    Next::OneMore
                } else {
                    Next::Done
                }
            }
        }
    }

    /// Returns whether more rows came than the total promised, and the last page
    /// was full, so that still more may follow.
    fn total_is_too_low(&self, total: u64) -> bool {
        self.rows() > total && !self.short_page
    }

    /// Notes that the API gives fewer rows a page than were asked for, so that
    /// there are some between the pages that nobody saw.
    pub fn note_cap(&mut self, granted: u32) {
        self.cap = Some(granted);
    }

    /// Returns the number of rows of a first page that was not full while no
    /// total tells whether it was the last. Either the API cuts pages, or that
    /// is all there is: the next so many rows tell.
    pub fn doubtful_end(&self) -> Option<u32> {
        let known = self.total().is_some_and(|total| self.rows() <= total);
        let usable = known && !self.total_missing && self.odd_total.is_none();
        let first = self
            .first_page_rows
            .filter(|rows| *rows > 0 && *rows < self.plan.size);
        first.filter(|_| !usable && self.plan.only.is_none() && !self.is_at_limit())
    }

    /// Says, at the end, whether what came is all that was asked for.
    pub fn verdict(&self) -> Result<(), Incomplete> {
        let found = self.rows();
        if self.is_blank {
            return Err(Incomplete::Blank);
        }
        if self.is_stuck {
            return Err(Incomplete::Stuck { found });
        }
        if let Some(granted) = self.cap {
            return Err(Incomplete::Capped { granted, found });
        }
        // So many were wanted, and so many came, whatever the API counts.
        if self.is_at_limit() && !self.totals.moved() {
            return Ok(());
        }
        if let Some(total) = self.odd_total.clone() {
            return Err(Incomplete::OddTotal { total, found });
        }
        if self.totals.moved() {
            let totals = self.totals.clone();
            return Err(Incomplete::Moved { totals, found });
        }
        let Some(total) = self.total().filter(|_| !self.total_missing) else {
            // A single page was asked for, and a single page came.
            return match self.plan.only {
                Some(_) => Ok(()),
                None => Err(Incomplete::NoTotal { found }),
            };
        };
        let expected = self.plan.wanted(total);
        if found != expected {
            return Err(Incomplete::Count { expected, found });
        }
        Ok(())
    }

    fn is_at_limit(&self) -> bool {
        self.plan.limit.is_some_and(|limit| self.rows() >= limit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAN: Plan = Plan {
        size: 20,
        only: None,
        limit: None,
    };

    fn pass(plan: Plan) -> Pass {
        Pass::new(plan, Ids::default())
    }

    fn keys(from: u32, to: u32) -> impl Iterator<Item = Key<'static>> {
        (from..to).map(|row| Key::Id(row.to_string().into()))
    }

    fn count(total: u64) -> Reported {
        Reported::Count(total)
    }

    #[test]
    fn the_first_total_tells_how_far_to_go() {
        let mut pass = pass(PLAN);
        assert_eq!(pass.take(count(51), keys(0, 20)).1, Next::UpTo(3));
        assert_eq!(pass.take(count(51), keys(20, 40)).1, Next::UpTo(3));
        assert_eq!(pass.take(count(51), keys(40, 51)).1, Next::Done);
        assert_eq!(pass.verdict(), Ok(()));
    }

    #[test]
    fn a_short_page_is_not_the_last_while_the_total_promises_more() {
        let mut pass = pass(PLAN);
        pass.take(count(30), keys(0, 15));
        assert_eq!(pass.take(count(30), keys(15, 25)).1, Next::OneMore);
        assert_eq!(pass.take(count(30), keys(25, 30)).1, Next::Done);
        assert_eq!(pass.verdict(), Ok(()));
    }

    #[test]
    fn an_empty_page_in_the_middle_is_passed_and_leaves_a_hole() {
        let mut pass = pass(PLAN);
        pass.take(count(60), keys(0, 20));
        assert_eq!(pass.take(count(60), keys(0, 0)).1, Next::UpTo(3));
        assert!(pass.may_settle());
        assert_eq!(pass.take(count(60), keys(40, 60)).1, Next::OneMore);
        assert!(!pass.may_settle());
        assert_eq!(
            pass.verdict(),
            Err(Incomplete::Count {
                expected: 60,
                found: 40
            })
        );
    }

    #[test]
    fn a_total_that_is_too_low_does_not_end_the_pass_while_pages_are_full() {
        let mut pass = pass(PLAN);
        assert_eq!(pass.take(count(18), keys(0, 20)).1, Next::OneMore);
        assert_eq!(pass.take(count(18), keys(20, 40)).1, Next::OneMore);
        assert_eq!(pass.take(count(18), keys(40, 51)).1, Next::Done);
        assert_eq!(pass.rows(), 51);
    }

    #[test]
    fn a_short_first_page_without_a_usable_total_is_doubtful() {
        let doubt = |total: Reported| {
            let mut pass = pass(PLAN);
            pass.take(total, keys(0, 7));
            pass.doubtful_end()
        };
        assert_eq!(doubt(Reported::Absent), Some(7));
        assert_eq!(doubt(Reported::Odd("-1".to_owned())), Some(7));
        assert_eq!(doubt(count(3)), Some(7));
        assert_eq!(doubt(count(7)), None);
        let mut full = pass(PLAN);
        full.take(Reported::Absent, keys(0, 20));
        assert_eq!(full.doubtful_end(), None);
    }

    #[test]
    fn a_total_beyond_belief_is_given_up_after_a_few_empty_pages() {
        let mut pass = pass(PLAN);
        let mut next = pass.take(count(u64::MAX), keys(0, 20)).1;
        assert_eq!(next, Next::UpTo(LAST_PAGE));
        let mut pages = 1;
        while next != Next::Done {
            next = pass.take(count(u64::MAX), keys(0, 0)).1;
            pages += 1;
        }
        assert_eq!(pages, 1 + FRUITLESS_IN_A_ROW);
    }

    #[test]
    fn a_total_that_moves_is_incomplete_and_repeats_are_told() {
        let mut pass = pass(PLAN);
        pass.take(count(25), keys(0, 20));
        // A group was made at the front: row 19 moved to the second page.
        let (seen, _) = pass.take(count(26), keys(19, 25));
        assert_eq!(seen[..2], [Seen::Repeat, Seen::Fresh]);
        assert_eq!((pass.repeats(), pass.rows()), (1, 25));
        let text = pass.verdict().unwrap_err().to_string();
        assert!(
            text.contains("between 25 and 26 while they were read; found 25"),
            "{text}"
        );
    }

    #[test]
    fn an_odd_total_is_incomplete_and_an_absent_one_ends_with_nothing_new() {
        let odd = || Reported::Odd("-1".to_owned());
        let mut it = pass(PLAN);
        assert_eq!(it.take(odd(), keys(0, 5)).1, Next::OneMore);
        assert_eq!(it.take(odd(), keys(0, 5)).1, Next::Done);
        assert!(it.verdict().is_err());

        let mut it = pass(PLAN);
        it.take(Reported::Absent, keys(0, 20));
        assert_eq!(it.take(Reported::Absent, keys(20, 23)).1, Next::OneMore);
        assert_eq!(it.take(Reported::Absent, keys(0, 0)).1, Next::Done);
        assert_eq!(it.verdict(), Err(Incomplete::NoTotal { found: 23 }));
        assert!(it.may_settle());
    }

    #[test]
    fn a_total_that_only_some_pages_give_is_none() {
        let mut it = pass(PLAN);
        it.take(count(25), keys(0, 20));
        it.take(Reported::Absent, keys(20, 25));
        assert_eq!(it.verdict(), Err(Incomplete::NoTotal { found: 25 }));
    }

    #[test]
    fn a_blank_first_page_proves_nothing_and_a_blank_later_one_is_an_end() {
        let mut it = pass(PLAN);
        assert_eq!(it.take(Reported::Blank, keys(0, 0)).1, Next::Done);
        assert_eq!(it.verdict(), Err(Incomplete::Blank));
        assert!(!it.may_settle());
        let mut it = pass(PLAN);
        it.take(Reported::Absent, keys(0, 20));
        it.take(Reported::Blank, keys(0, 0));
        assert!(it.may_settle());
    }

    #[test]
    fn an_api_that_ignores_the_page_number_is_found_out() {
        let mut it = pass(PLAN);
        it.take(Reported::Absent, keys(0, 20));
        assert_eq!(it.take(Reported::Absent, keys(0, 20)).1, Next::Done);
        assert_eq!(it.verdict(), Err(Incomplete::Stuck { found: 20 }));
        assert!(!it.may_settle());
        // One that gives its last page again heeds the number otherwise.
        let mut it = pass(PLAN);
        it.take(Reported::Absent, keys(0, 20));
        it.take(Reported::Absent, keys(20, 40));
        assert_eq!(it.take(Reported::Absent, keys(20, 40)).1, Next::Done);
        assert!(it.may_settle());
    }

    #[test]
    fn rows_without_an_id_are_kept_and_the_same_page_again_is_found_out() {
        let row = || Key::Content("{}".to_owned());
        let mut it = pass(PLAN);
        let (seen, _) = it.take(count(3), [row(), row(), row()]);
        assert_eq!(seen, [Seen::Fresh; 3]);
        assert_eq!(it.verdict(), Ok(()));
        let mut it = pass(PLAN);
        it.take(count(3), [row()]);
        assert_eq!(it.take(count(3), [row()]).1, Next::Done);
        assert_eq!(it.verdict(), Err(Incomplete::Stuck { found: 2 }));
    }

    #[test]
    fn one_page_is_whole_when_it_has_its_share_of_the_total() {
        let only = |page| Plan {
            only: Some(page),
            ..PLAN
        };
        for (page, from, to) in [(3, 40, 51), (9, 0, 0), (1, 0, 20)] {
            let mut pass = pass(only(page));
            assert_eq!(pass.first_page(), page);
            assert_eq!(pass.take(count(51), keys(from, to)).1, Next::Done);
            assert_eq!(pass.verdict(), Ok(()));
        }
        let mut short = pass(only(1));
        short.take(count(51), keys(0, 10));
        assert!(short.verdict().is_err());
    }

    #[test]
    fn a_limit_ends_the_pass_and_what_lies_beyond_is_not_wanted() {
        let mut pass = pass(Plan {
            limit: Some(25),
            ..PLAN
        });
        assert_eq!(pass.take(count(51), keys(0, 20)).1, Next::UpTo(2));
        let (seen, next) = pass.take(count(51), keys(20, 40));
        assert_eq!(
            (seen[4], seen[5], next),
            (Seen::Fresh, Seen::Beyond, Next::Done)
        );
        assert_eq!(pass.verdict(), Ok(()));
    }
}
