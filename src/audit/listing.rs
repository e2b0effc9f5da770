//! What is asked of all groups together.

use std::collections::BTreeMap;

use super::{Count, Finding, Limit, Named, Rule, Rules};
use crate::group::{Field, Group, GroupStatus};

/// Judges the listing.
pub(super) fn judge(groups: &[Group], rules: &Rules) -> Vec<Finding> {
    let mut found = Vec::new();
    let counts = rules.groups.iter().filter_map(|it| count(groups, it));
    found.extend(counts.map(|what| Finding::of_listing(Rule::Groups, what)));
    for status in &rules.require_status {
        if number(groups, Some(*status)) == 0 {
            let what = format!("no group is {status}");
            found.push(Finding::of_listing(Rule::Status, what));
        }
    }
    if rules.unique_subjects {
        found.extend(duplicates(groups));
    }
    found
}

fn number(groups: &[Group], status: Option<GroupStatus>) -> u64 {
    let is = |it: &&Group| status.is_none() || GroupStatus::of(it) == status;
    groups.iter().filter(is).count() as u64
}

fn count(groups: &[Group], count: &Count) -> Option<String> {
    let number = number(groups, count.status);
    let status = count.status.map(|it| format!(" {it}")).unwrap_or_default();
    let noun = if number == 1 { "group" } else { "groups" };
    match count.limit {
        Limit::Min(least) if number < least => {
            Some(format!("{number}{status} {noun}, fewer than {least}"))
        }
        Limit::Max(most) if number > most => {
            Some(format!("{number}{status} {noun}, more than {most}"))
        }
        _ => None,
    }
}

/// Returns a finding a subject that several groups have.
fn duplicates(groups: &[Group]) -> impl Iterator<Item = Finding> {
    let mut subjects: BTreeMap<String, Vec<Named>> = BTreeMap::new();
    for group in groups {
        let subject = group.text(Field::Subject).unwrap_or_default();
        if !subject.is_empty() {
            let same = subjects.entry(subject.into_owned()).or_default();
            same.push(Named::of(group));
        }
    }
    let twice = subjects.into_values().filter(|same| same.len() > 1);
    twice.map(|groups| {
        let what = format!("{} groups have this subject", groups.len());
        Finding {
            groups,
            ..Finding::of_listing(Rule::DuplicateSubject, what)
        }
    })
}
