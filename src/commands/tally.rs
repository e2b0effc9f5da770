//! Which of many targets failed. Each failure is told with its target, when its
//! turn comes; the run ends with the worst of their exit codes.

use std::collections::BTreeSet;

use super::counted;
use crate::failure::{Failure, Kind};
use crate::output::Talk;

/// So many targets that failed are named again at the end, where they are seen.
const NAMED: usize = 5;

/// What became of the targets so far.
#[derive(Debug, Default)]
pub(super) struct Tally {
    targets: u64,
    failed: u64,
    /// The first of those that failed.
    names: Vec<String>,
    worst: Option<Kind>,
    /// Causes and hints that were given, which are the same for many.
    given: BTreeSet<String>,
}

impl Tally {
    /// Notes a target that was listed.
    pub(super) fn listed(&mut self) {
        self.targets += 1;
    }

    /// Notes a target that failed, and tells why.
    pub(super) fn failed(&mut self, mut failure: Failure, talk: &Talk) {
        self.targets += 1;
        self.failed += 1;
        if self.names.len() < NAMED {
            self.names.extend(failure.target.clone());
        }
        self.worst = Some(self.worst_with(failure.kind));
        if !talk.is_for_scripts() {
            let given = &mut self.given;
            failure.hints.retain(|it| given.insert(it.clone()));
            let details = &mut failure.details;
            details.retain(|(label, it)| given.insert(format!("{label}: {it}")));
        }
        failure.report(talk);
    }

    /// Returns how many targets had their turn.
    pub(super) fn taken(&self) -> usize {
        usize::try_from(self.targets).unwrap_or(usize::MAX)
    }

    /// Returns how many of so many targets were never asked.
    pub(super) fn left(&self, all: usize) -> u64 {
        (all as u64).saturating_sub(self.targets)
    }

    /// Returns whether there was no target that could be listed.
    pub(super) fn is_hopeless(&self) -> bool {
        self.failed == self.targets
    }

    /// Returns the kind with the highest exit code, of those so far and this one.
    fn worst_with(&self, kind: Kind) -> Kind {
        let kinds = std::iter::once(kind).chain(self.worst);
        kinds.max_by_key(|it| it.exit().code()).unwrap_or(kind)
    }

    /// Returns what the run fails by, with the worst exit code there is.
    pub(super) fn worsen(&self, failure: Failure) -> Failure {
        let kind = self.worst_with(failure.kind);
        Failure { kind, ..failure }
    }

    /// Returns how the run ends as far as the targets go.
    pub(super) fn verdict(&self) -> Result<(), Failure> {
        let Some(worst) = self.worst else {
            return Ok(());
        };
        let targets = counted(self.targets, "target");
        let names = self.names.join(", ");
        let more = match self.failed.saturating_sub(self.names.len() as u64) {
            0 => String::new(),
            more => format!(", and {more} more"),
        };
        let what = format!(
            "{} of {targets} could not be listed: {names}{more}",
            self.failed
        );
        Err(Failure::new(worst, what))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::Form;

    #[test]
    fn what_ends_a_run_ends_it_with_the_worst_code_of_all() {
        let stderr = Box::new(std::io::sink());
        let talk = Talk::new(stderr, false, false, true, 0, Form::Text);
        let mut tally = Tally::default();
        let deadline = || Failure::new(Kind::Network, "the deadline");
        assert_eq!(tally.worsen(deadline()).kind, Kind::Network);
        tally.failed(Failure::new(Kind::Incomplete, "a").of_target("a"), &talk);
        tally.failed(Failure::new(Kind::Access, "b").of_target("b"), &talk);
        tally.listed();
        let ended = tally.worsen(deadline());
        assert_eq!(
            (ended.kind, ended.what.as_str()),
            (Kind::Incomplete, "the deadline")
        );
        let verdict = tally.verdict().unwrap_err();
        assert_eq!(verdict.kind, Kind::Incomplete);
        assert_eq!(verdict.what, "2 of 3 targets could not be listed: a, b");
        assert_eq!((tally.taken(), tally.left(5)), (3, 2));
    }
}
