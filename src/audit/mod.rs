//! Rules that groups are held against. Pure: groups in, findings out. It must
//! not know the network, the clock, any form of output, or exit codes.
//!
//! [`rule`] names the rules, [`Rules`] holds what they ask; [`group`] judges one
//! group, [`listing`] all together, [`drift`] what has changed. A rule that
//! cannot be judged, because the API does not say what it needs, is broken: an
//! audit that looked away would call a doubt a pass.

use jiff::Timestamp;

use crate::diff::Snapshot;
use crate::group::{Field, Group};

mod drift;
mod group;
mod listing;
mod rule;
mod rules;

pub use rule::Rule;
pub use rules::{Count, Drift, DriftRule, Limit, Rules};

/// Something that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule.
    pub rule: Rule,
    /// The groups that it is about: none where it is about the listing.
    pub groups: Vec<Named>,
    /// What is wrong; may hold strangers' texts.
    pub what: String,
    /// Which of many targets it is about, where there are many.
    pub target: Option<String>,
}

/// A group by its names, both of them strangers' texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// `GroupId`.
    pub id: String,
    /// `Subject`.
    pub subject: String,
}

impl Named {
    fn of(group: &Group) -> Self {
        let text = |field| group.text(field).unwrap_or_default().into_owned();
        Self {
            id: text(Field::GroupId),
            subject: text(Field::Subject),
        }
    }
}

impl Finding {
    /// Returns a finding about one group.
    fn of(group: &Group, rule: Rule, what: impl Into<String>) -> Self {
        Self {
            groups: vec![Named::of(group)],
            ..Self::of_listing(rule, what)
        }
    }

    /// Returns a finding about the listing.
    pub fn of_listing(rule: Rule, what: impl Into<String>) -> Self {
        Self {
            rule,
            groups: Vec::new(),
            what: what.into(),
            target: None,
        }
    }
}

/// What groups are compared with besides the rules.
#[derive(Clone, Copy, Debug, Default)]
pub struct Known<'a> {
    /// The business number whose groups were asked for.
    pub business_number: Option<&'a str>,
    /// What there was at another time; needed by [`Rule::Drift`].
    pub baseline: Option<&'a Snapshot>,
}

/// Holds groups against the rules. Findings come by rule, then in the order of
/// the groups.
pub fn audit(groups: &[Group], rules: &Rules, known: Known<'_>, now: Timestamp) -> Vec<Finding> {
    let of_groups = groups.iter().flat_map(|group| {
        let found = group::judge(group, rules, known.business_number, now);
        let found = found.into_iter();
        found.map(move |(rule, what)| Finding::of(group, rule, what))
    });
    let mut findings: Vec<Finding> = of_groups.collect();
    findings.extend(listing::judge(groups, rules));
    if let (Some(rule), Some(baseline)) = (&rules.drift, known.baseline) {
        findings.extend(drift::judge(groups, rule, baseline));
    }
    findings.sort_by_key(|it| it.rule);
    findings
}

/// Judges the groups of a baseline that are of no target: each is gone, or, where
/// that does not count, all of them were not compared.
pub fn of_no_target(groups: &[Group], rules: &Rules) -> Vec<Finding> {
    if groups.is_empty() {
        return Vec::new();
    }
    let counts = |rule: &DriftRule| rule.kinds.is_empty() || rule.kinds.contains(&Drift::Gone);
    if !rules.drift.as_ref().is_some_and(counts) {
        let many = groups.len();
        let what = format!("not compared, being of no target: {many} of the baseline's groups");
        return vec![Finding::of_listing(Rule::Drift, what)];
    }
    let what = "gone: no target has its space and number";
    groups
        .iter()
        .map(|it| Finding::of(it, Rule::Drift, what))
        .collect()
}

#[cfg(test)]
mod tests;
