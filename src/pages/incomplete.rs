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
    #[error("the API's count of groups changed while they were read ({totals}), found {found}")]
    Moved {
        /// The counts.
        totals: Totals,
        /// How many distinct rows came.
        found: u64,
    },
    /// A page, or every page, had no total.
    #[error("the API gives no count of groups to hold the {found} found against")]
    NoTotal {
        /// How many distinct rows came.
        found: u64,
    },
    /// The first page said nothing at all.
    #[error("the API says OK, but neither how many groups there are nor which")]
    Blank,
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

/// The different totals that pages reported, in order; of many, the first few.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals(Vec<u64>);

impl Totals {
    /// More changes than this tell nothing more.
    const KEPT: usize = 5;

    /// Notes a page's total.
    pub(super) fn note(&mut self, total: u64) {
        if self.0.last() != Some(&total) {
            if self.0.len() > Self::KEPT {
                self.0.pop();
            }
            self.0.push(total);
        }
    }

    /// Returns whether there were several.
    pub(super) fn moved(&self) -> bool {
        self.0.len() > 1
    }

    /// Returns the last one.
    pub(super) fn last(&self) -> Option<u64> {
        self.0.last().copied()
    }
}

impl fmt::Display for Totals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, total) in self.0.iter().enumerate() {
            let arrow = if at == 0 { "" } else { ", then " };
            write!(f, "{arrow}{total}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_that_never_rest_are_told_in_short() {
        let mut totals = Totals::default();
        for total in 0..1000 {
            totals.note(total % 7);
        }
        assert_eq!(totals.0.len(), Totals::KEPT + 1);
        assert_eq!(totals.last(), Some(999 % 7));
    }
}
