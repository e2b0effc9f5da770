//! What groups are waited for to be like.

use std::fmt;
use std::str::FromStr;

use super::{Field, Group, GroupStatus};

/// A state of groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Condition {
    /// They are there, all in this status.
    Status(GroupStatus),
    /// There are none.
    Gone,
    /// They are there, all with at least so many participants.
    AtLeast(u64),
    /// They are there, all with at most so many participants.
    AtMost(u64),
}

impl Condition {
    /// Returns whether one group is as it should be; none should be there, if
    /// they should be gone.
    pub fn holds_of(self, group: &Group) -> bool {
        let count = || group.participants();
        match self {
            Self::Status(status) => group
                .text(Field::GroupStatus)
                .is_some_and(|it| it == status.name()),
            Self::Gone => false,
            Self::AtLeast(least) => count().is_some_and(|it| it >= least),
            Self::AtMost(most) => count().is_some_and(|it| it <= most),
        }
    }

    /// Returns whether these groups are as they should be. Groups that are not
    /// there yet are like nothing but gone; `missing` says how many those are.
    pub fn holds(self, groups: &[&Group], missing: usize) -> bool {
        match self {
            Self::Gone => groups.is_empty(),
            _ => missing == 0 && !groups.is_empty() && groups.iter().all(|it| self.holds_of(it)),
        }
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Status(status) => write!(f, "{status}"),
            Self::Gone => f.write_str("gone"),
            Self::AtLeast(least) => write!(f, "participants>={least}"),
            Self::AtMost(most) => write!(f, "participants<={most}"),
        }
    }
}

impl FromStr for Condition {
    type Err = String;

    /// Reads a status, `gone`, `participants>=N` or `participants<=N`.
    fn from_str(text: &str) -> Result<Self, String> {
        let text: String = text.split_whitespace().collect();
        if text.eq_ignore_ascii_case("gone") {
            return Ok(Self::Gone);
        }
        let number = |text: &str| {
            text.parse()
                .map_err(|_| "a whole number from 0 on must follow".to_owned())
        };
        if let Some(least) = text.strip_prefix("participants>=") {
            return number(least).map(Self::AtLeast);
        }
        if let Some(most) = text.strip_prefix("participants<=") {
            return number(most).map(Self::AtMost);
        }
        let status: Result<GroupStatus, String> = text.parse();
        status.map(Self::Status).map_err(|error| {
            format!(
                "a status, gone, participants>=N or participants<=N is needed; a status {error}"
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(json: &str) -> Group {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn conditions_are_read_and_shown_alike() {
        for (text, shown) in [
            ("active", "ACTIVE"),
            ("Gone", "gone"),
            ("participants >= 8", "participants>=8"),
            ("participants<=0", "participants<=0"),
        ] {
            assert_eq!(text.parse::<Condition>().unwrap().to_string(), shown);
        }
        for text in [
            "",
            "actve",
            "participants>8",
            "participants>=x",
            "participants>=-1",
        ] {
            assert!(text.parse::<Condition>().is_err(), "{text}");
        }
    }

    #[test]
    fn all_groups_must_be_there_and_alike() {
        let active = group(r#"{"GroupStatus":"ACTIVE","TotalParticipantCount":8}"#);
        let creating = group(r#"{"GroupStatus":"CREATING"}"#);
        let holds = |condition: &str, groups: &[&Group], missing| {
            condition
                .parse::<Condition>()
                .unwrap()
                .holds(groups, missing)
        };
        assert!(holds("ACTIVE", &[&active], 0));
        assert!(!holds("ACTIVE", &[&active], 1), "one is not there yet");
        assert!(!holds("ACTIVE", &[&active, &creating], 0));
        assert!(!holds("ACTIVE", &[], 0));
        assert!(holds("gone", &[], 2));
        assert!(!holds("gone", &[&active], 0));
        assert!(holds("participants>=8", &[&active], 0));
        assert!(
            !holds("participants<=8", &[&active, &creating], 0),
            "nobody knows of one"
        );
    }
}
