//! What has changed since the baseline, and whether it counts.

use super::{Drift, DriftRule, Finding, Rule};
use crate::diff::{Change, Changed, Difference, Snapshot};
use crate::group::{Field, Group, GroupStatus};

/// Compares with the baseline. Groups that cannot be compared are a finding.
pub(super) fn judge(groups: &[Group], rule: &DriftRule, baseline: &Snapshot) -> Vec<Finding> {
    let of_listing = |what: String| Finding::of_listing(Rule::Drift, what);
    let now = match Snapshot::live(groups.to_vec()) {
        Ok(now) => now,
        Err(error) => {
            let what = format!("cannot be compared with the baseline: {error}");
            return vec![of_listing(what)];
        }
    };
    let difference = Difference::between(baseline, &now, &rule.ignored);
    let counts = |kind: Drift| rule.kinds.is_empty() || rule.kinds.contains(&kind);
    let all = |groups: &[Group], kind: Drift| -> Vec<Finding> {
        let groups = groups.iter().filter(|_| counts(kind));
        let finding = |it| Finding::of(it, Rule::Drift, kind.name());
        groups.map(finding).collect()
    };
    let mut found = all(&difference.removed, Drift::Gone);
    found.extend(all(&difference.added, Drift::New));
    for changed in &difference.changed {
        let words = changed.changes.iter().filter_map(|change| {
            let kind = kind(changed, change, rule.participants_change)?;
            counts(kind).then(|| words(kind, change))
        });
        let words: Vec<String> = words.collect();
        if !words.is_empty() {
            found.push(Finding::of(&changed.group, Rule::Drift, words.join("; ")));
        }
    }
    let fields = difference.not_compared.iter();
    let fields = fields.filter(|name| counts(of_field(name)));
    found.extend(fields.map(|it| of_listing(format!("{it} cannot be compared with the baseline"))));
    found
}

/// Returns the kind that a change of a field can be.
fn of_field(name: &str) -> Drift {
    let is = |field: Field| name == field.name();
    if is(Field::GroupStatus) {
        Drift::Regressed
    } else if is(Field::InviteLink) {
        Drift::InviteLink
    } else if is(Field::TotalParticipantCount) {
        Drift::Participants
    } else {
        Drift::Other
    }
}

/// Returns what kind of difference a change is; none where it is small enough.
fn kind(changed: &Changed, change: &Change, participants_change: u64) -> Option<Drift> {
    match of_field(&change.field) {
        Drift::Regressed => {
            let was = GroupStatus::named(change.old.trim_matches('"'));
            let regressed = rank(GroupStatus::of(&changed.group)) < rank(was);
            Some(if regressed {
                Drift::Regressed
            } else {
                Drift::Other
            })
        }
        Drift::Participants => {
            let count = |json: &str| json.trim_matches('"').trim().parse::<u64>().ok();
            let by = count(&change.old).zip(count(&change.new));
            let by = by.map(|(old, new)| old.abs_diff(new));
            // A number that is none has changed by more than anyone knows.
            let is_small = by.is_some_and(|by| by <= participants_change);
            (!is_small).then_some(Drift::Participants)
        }
        other => Some(other),
    }
}

/// Returns how far a status is on the way to `ACTIVE`; one that nobody knows is
/// not on it.
const fn rank(status: Option<GroupStatus>) -> u8 {
    match status {
        None => 0,
        Some(GroupStatus::Deleting) => 1,
        Some(GroupStatus::Suspended) => 2,
        Some(GroupStatus::Creating) => 3,
        Some(GroupStatus::Inactive) => 4,
        // What is being updated is in use.
        Some(GroupStatus::Active | GroupStatus::Updating) => 5,
    }
}

fn words(kind: Drift, change: &Change) -> String {
    let words = change.words();
    match kind {
        Drift::Regressed => words.replacen(": ", " regressed: ", 1),
        _ => words,
    }
}
