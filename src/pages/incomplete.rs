//! Why a listing is not known to be whole, in words.

use std::fmt;

/// Why a listing is not known to be whole.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Incomplete {
    /// Not as many rows came as the total promised.
    #[error("expected {expected} groups by the API's own count, found {found}")]
    Count {
        /// What the total says of the part that was asked for.
        expected: u64,
        /// How many distinct rows came.
        found: u64,
    },
    /// The total was not the same on every page.
    #[error("the API's count of groups moved {totals} while they were read; found {found}")]
    Moved {
        /// The counts.
        totals: Totals,
        /// How many distinct rows came.
        found: u64,
    },
    /// A page, or every page, had no total.
    #[error("the API reports no count, so the {found} groups found cannot be checked")]
    NoTotal {
        /// How many distinct rows came.
        found: u64,
    },
    /// The first page said nothing at all.
    #[error("the API says OK, but neither how many groups there are nor which")]
    Blank,
    /// The API gives fewer groups a page than asked for, and so leaves out some.
    #[error("the API gives {granted} groups a page, fewer than asked for; found {found}")]
    Capped {
        /// How many it gives.
        granted: u32,
        /// How many distinct rows came.
        found: u64,
    },
    /// The same page came again and again.
    #[error("the API gives the same groups under another page number; found {found}")]
    Stuck {
        /// How many distinct rows came.
        found: u64,
    },
    /// The total is no count.
    #[error("expected a count of groups, the API reports `{total}`; found {found}")]
    OddTotal {
        /// What came instead.
        total: String,
        /// How many distinct rows came.
        found: u64,
    },
}

/// The totals that pages reported.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    last: Option<u64>,
    least: u64,
    most: u64,
    changes: u32,
}

impl Totals {
    /// Notes a page's total.
    pub(super) fn note(&mut self, total: u64) {
        match self.last {
            None => (self.least, self.most) = (total, total),
            Some(last) => {
                self.least = self.least.min(total);
                self.most = self.most.max(total);
                self.changes = self.changes.saturating_add(u32::from(last != total));
            }
        }
        self.last = Some(total);
    }

    /// Returns whether they were not all the same.
    pub(super) fn moved(&self) -> bool {
        self.changes > 0
    }

    /// Returns the last one.
    pub(super) fn last(&self) -> Option<u64> {
        self.last
    }
}

impl fmt::Display for Totals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "between {} and {}", self.least, self.most)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_are_told_by_their_range() {
        let mut totals = Totals::default();
        totals.note(25);
        totals.note(25);
        assert!(!totals.moved());
        for total in [26, 24, 25] {
            totals.note(total);
        }
        assert!(totals.moved());
        assert_eq!(
            (totals.to_string().as_str(), totals.last()),
            ("between 24 and 26", Some(25))
        );
    }
}
