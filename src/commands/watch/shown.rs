//! What of a look may be shown.

use crate::diff::{Change, Difference, Snapshot};
use crate::group::choose::{is_private, redact};
use crate::group::{Field, Group};

/// Returns the groups, and what of these columns differs from what was before. It
/// is compared before anything is masked.
pub(super) fn shown(
    before: Option<&Snapshot>,
    now: &Snapshot,
    columns: Option<&[Field]>,
    hides: bool,
) -> (Vec<Group>, Option<Difference>) {
    let mut groups = now.groups().to_vec();
    let mut difference = before.map(|it| Difference::between(it, now, &[]));
    if let (Some(difference), Some(columns)) = (&mut difference, columns) {
        keep_shown(difference, columns);
    }
    if hides {
        groups.iter_mut().for_each(redact);
        difference.iter_mut().for_each(mask);
    }
    (groups, difference)
}

/// Leaves only changes of what is shown.
fn keep_shown(difference: &mut Difference, columns: &[Field]) {
    let is_shown = |it: &Change| columns.iter().any(|field| field.name() == it.field);
    difference.changed.retain_mut(|it| {
        it.changes.retain(is_shown);
        !it.changes.is_empty()
    });
}

/// Masks links and numbers; that they changed is still to be seen.
fn mask(difference: &mut Difference) {
    let groups = difference.added.iter_mut().chain(&mut difference.removed);
    groups.for_each(redact);
    for changed in &mut difference.changed {
        redact(&mut changed.group);
        let changes = changed.changes.iter_mut();
        for change in changes.filter(|it| is_private(&it.field)) {
            for value in [&mut change.old, &mut change.new] {
                if value != "null" {
                    "\"(redacted)\"".clone_into(value);
                }
            }
        }
    }
}
