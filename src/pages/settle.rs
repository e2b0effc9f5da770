//! Whether another pass is needed.
//!
//! Groups come and go while they are read, and a row that moves to a page
//! already read is missed. A pass whose pages all reported one total, with as
//! many rows, saw none of that. Where no pass is clean, two in a row that bring
//! the same rows show that nothing moves any more and that the total itself is
//! wrong; unless rows are missing in the middle, which that cannot explain.

use super::{Ids, Incomplete, Pass};

/// Judges passes, one after the other.
#[derive(Debug)]
pub struct Settling {
    passes_left: u32,
    /// The rows of the pass before.
    before: Option<Ids>,
}

/// What to do after a pass.
#[derive(Debug)]
pub enum Judgement {
    /// The listing is whole.
    Whole,
    /// The listing is whole, and the API's own count is wrong.
    WholeDespite(Incomplete),
    /// Read it all again, with this empty set of keys.
    Again(Incomplete, Ids),
    /// It does not settle.
    Never(Incomplete),
}

impl Settling {
    /// Allows up to `passes` passes.
    pub fn new(passes: u32) -> Self {
        Self {
            passes_left: passes,
            before: None,
        }
    }

    /// Returns the keys of the last pass that was judged not to do.
    pub fn keys_before(&self) -> Option<&Ids> {
        self.before.as_ref()
    }

    /// Judges a pass that has ended.
    pub fn judge(&mut self, pass: Pass) -> Judgement {
        let Err(incomplete) = pass.verdict() else {
            return Judgement::Whole;
        };
        self.passes_left = self.passes_left.saturating_sub(1);
        let same = self.before.as_ref().is_some_and(|ids| ids.same(&pass.ids));
        if same && pass.may_settle() {
            return Judgement::WholeDespite(incomplete);
        }
        if self.passes_left == 0 {
            return Judgement::Never(incomplete);
        }
        let fresh = pass.ids.sibling();
        self.before = Some(pass.ids);
        Judgement::Again(incomplete, fresh)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Key, Plan, Reported};
    use super::*;

    /// A pass of pages of two rows each, all under this total.
    fn pass(ids: Ids, total: u64, pages: &[&[&'static str]]) -> Pass {
        let plan = Plan {
            size: 2,
            only: None,
            limit: None,
        };
        let mut pass = Pass::new(plan, ids);
        for page in pages {
            let keys = page.iter().map(|key| Key::Id((*key).into()));
            pass.take(Reported::Count(total), keys);
        }
        pass
    }

    fn again(judgement: Judgement) -> Ids {
        match judgement {
            Judgement::Again(_, ids) => ids,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_clean_pass_is_enough() {
        let clean = pass(Ids::default(), 3, &[&["a", "b"], &["c"]]);
        assert!(matches!(Settling::new(3).judge(clean), Judgement::Whole));
    }

    #[test]
    fn two_equal_passes_settle_a_wrong_total() {
        let mut settling = Settling::new(3);
        let pages: [&[_]; 3] = [&["a", "b"], &["c"], &[]];
        let ids = again(settling.judge(pass(Ids::default(), 4, &pages)));
        let second = settling.judge(pass(ids, 4, &pages));
        assert!(matches!(second, Judgement::WholeDespite(_)), "{second:?}");
    }

    #[test]
    fn equal_passes_with_a_hole_do_not_settle() {
        let mut settling = Settling::new(2);
        let pages: [&[_]; 3] = [&["a", "b"], &[], &["e", "f"]];
        let ids = again(settling.judge(pass(Ids::default(), 6, &pages)));
        let second = settling.judge(pass(ids, 6, &pages));
        assert!(matches!(second, Judgement::Never(_)), "{second:?}");
    }

    #[test]
    fn passes_that_differ_run_out() {
        let mut settling = Settling::new(3);
        let ids = again(settling.judge(pass(Ids::default(), 9, &[&["a"], &[]])));
        let ids = again(settling.judge(pass(ids, 9, &[&["b"], &[]])));
        let third = settling.judge(pass(ids, 9, &[&["c"], &[]]));
        assert!(matches!(third, Judgement::Never(_)), "{third:?}");
    }
}
