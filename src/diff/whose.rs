//! Which groups of a snapshot are of which target.

use super::Snapshot;
use super::snapshot::{By, key, names, said_number};
use crate::group::{Field, Group};

/// A target, as a snapshot can know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Whose {
    /// `CustSpaceId`.
    pub space_id: String,
    /// `BusinessNumber`.
    pub business_number: String,
    /// What it is called, if it is.
    pub name: Option<String>,
}

impl Snapshot {
    /// Returns for each group the place of its target, if it is of one: of that with
    /// its space and number; if the number is not said, of that with its space; and
    /// only then of that with its name.
    pub fn owners(&self, targets: &[Whose]) -> Vec<Option<usize>> {
        let owner = |group: &Group| {
            let space = group.text(Field::CustSpaceId);
            let is_in = |it: &Whose| space.as_deref() == Some(it.space_id.as_str());
            let number = said_number(group);
            let has = |it: &Whose| {
                number
                    .as_deref()
                    .is_none_or(|said| said == it.business_number)
            };
            let name = group.text(Field::Target);
            let is_named = |it: &Whose| name.is_some() && name.as_deref() == it.name.as_deref();
            let mut all = targets.iter();
            let by_place = all.position(|it| is_in(it) && has(it));
            by_place.or_else(|| targets.iter().position(is_named))
        };
        self.groups.iter().map(owner).collect()
    }

    /// Returns the groups of the target at this place, or those of none.
    #[must_use]
    pub fn part(&self, owners: &[Option<usize>], of: Option<usize>) -> Self {
        let groups = self.groups.iter().zip(owners);
        let groups = groups.filter(|(_, owner)| **owner == of);
        let groups: Vec<Group> = groups.map(|(group, _)| group.clone()).collect();
        // What no document names, other targets' groups may have, and these not.
        let mut fields = names(&groups);
        let documented = Field::every().map(|it| it.name().to_owned());
        let documented = documented.into_iter();
        fields.extend(documented.filter(|it| self.fields.contains(it)));
        Self {
            groups,
            fields,
            is_live: self.is_live,
            is_of_one: of.is_some(),
        }
    }

    /// Takes out the groups of the targets at these places.
    pub fn leave_out(&mut self, owners: &[Option<usize>], failed: &[usize]) {
        let mut owners = owners.iter();
        let is_failed = |owner: &Option<usize>| owner.is_some_and(|it| failed.contains(&it));
        self.groups
            .retain(|_| owners.next().is_none_or(|it| !is_failed(it)));
    }

    /// Returns the id of a group of such a space whose number is not said.
    pub fn without_number(&self, is_such: impl Fn(&str) -> bool) -> Option<String> {
        let is_without = |group: &&Group| {
            let space = group.text(Field::CustSpaceId);
            said_number(group).is_none() && space.is_some_and(|it| is_such(&it))
        };
        let group = self.groups.iter().find(is_without)?;
        Some(group.id()?.into_owned())
    }

    /// Returns whether a space has several groups of one id, so that only their
    /// numbers tell them apart.
    pub fn has_twins(&self) -> bool {
        let mut keys: Vec<_> = self.groups.iter().map(|it| key(it, By::Space)).collect();
        keys.sort();
        keys.windows(2).any(|pair| pair[0] == pair[1])
    }
}
