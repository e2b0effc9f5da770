//! The states of a group that the API's documentation names.

use std::fmt;
use std::str::FromStr;

use super::{Field, Group};
use crate::text::named;

/// A documented group status. The API may answer with others: a [`Group`]
/// keeps whatever came, and this type serves to ask and to compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupStatus {
    /// In use.
    Active,
    /// Not yet activated.
    Inactive,
    /// Stopped by the channel.
    Suspended,
    /// On its way to being made.
    Creating,
    /// On its way to being removed.
    Deleting,
    /// On its way to being changed.
    Updating,
}

impl GroupStatus {
    /// Every documented status, in the documentation's order.
    pub const ALL: [Self; 6] = [
        Self::Active,
        Self::Inactive,
        Self::Suspended,
        Self::Creating,
        Self::Deleting,
        Self::Updating,
    ];

    /// Returns the status of this name, as the API spells it.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }

    /// Returns a group's status; `None` for one that no document names.
    pub fn of(group: &Group) -> Option<Self> {
        Self::named(&group.text(Field::GroupStatus)?)
    }

    /// Returns the status as the API spells it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Active => "ACTIVE",
            Self::Inactive => "INACTIVE",
            Self::Suspended => "SUSPENDED",
            Self::Creating => "CREATING",
            Self::Deleting => "DELETING",
            Self::Updating => "UPDATING",
        }
    }
}

impl fmt::Display for GroupStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for GroupStatus {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        named(text, Self::ALL, Self::name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_does_not_matter_and_a_slip_is_answered_with_the_nearest() {
        assert_eq!("active".parse(), Ok(GroupStatus::Active));
        assert_eq!("Suspended".parse(), Ok(GroupStatus::Suspended));
        let error = "actve".parse::<GroupStatus>().unwrap_err();
        assert_eq!(
            error,
            "must be one of ACTIVE, INACTIVE, SUSPENDED, CREATING, DELETING, UPDATING; \
             did you mean ACTIVE?"
        );
    }
}
