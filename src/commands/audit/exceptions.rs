//! Which exceptions hold, what each of them covers, and which are of no use.

use jiff::civil::Date;

use crate::audit::Finding;
use crate::output::{Excepted, Talk};
use crate::policy::{Exception, excepted_by};

/// The exceptions of a policy, with what became of them.
pub(super) struct Exceptions<'a> {
    /// Each with how many findings it covers; none for those that are over.
    all: Vec<(&'a Exception, Option<usize>)>,
}

impl<'a> Exceptions<'a> {
    /// Takes those that hold on a day, and warns of those that are over.
    pub(super) fn on(today: Date, exceptions: &'a [Exception], talk: &Talk) -> Self {
        let all = exceptions.iter().map(|it| {
            if it.holds_on(today) {
                return (it, Some(0));
            }
            let words = it.words();
            talk.warn(format!("the exception ended with {}: {words}", it.until));
            (it, None)
        });
        Self { all: all.collect() }
    }

    /// Takes out the findings that are excepted; returns how many.
    pub(super) fn take_from(&mut self, findings: &mut Vec<Finding>) -> usize {
        let held = self.all.iter().filter(|(_, used)| used.is_some());
        let held: Vec<&Exception> = held.map(|(it, _)| *it).collect();
        let before = findings.len();
        findings.retain(|finding| {
            let by = excepted_by(finding, &held);
            let mut used = self.all.iter_mut().filter_map(|(_, used)| used.as_mut());
            let mut at = 0;
            for place in &by {
                // Those before it in the list are passed over.
                if let Some(used) = used.nth(place - at) {
                    *used += 1;
                }
                at = place + 1;
            }
            by.is_empty()
        });
        before - findings.len()
    }

    /// Tells what each came to; warns of those that cover nothing, if all is known.
    pub(super) fn told(&self, is_whole: bool, talk: &Talk) -> Vec<Excepted> {
        let told = self.all.iter().map(|(it, used)| {
            if *used == Some(0) && is_whole {
                talk.warn(format!("the exception covers nothing: {}", it.words()));
            }
            Excepted {
                rule: it.rule(),
                group_id: it.group_id().map(str::to_owned),
                subject: it.subject().map(str::to_owned),
                reason: it.reason.clone(),
                until: it.until.to_string(),
                is_over: used.is_none(),
                findings: used.unwrap_or_default(),
            }
        });
        told.collect()
    }
}
