//! What is asked of groups: the rules with their parameters.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use regex::Regex;

use super::Rule;
use crate::group::{Field, GroupStatus};
use crate::text::named;

/// The rules to hold groups against; by default, those that always hold.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    /// A group's status must be one of these, if there are any.
    pub allow_status: Vec<GroupStatus>,
    /// Some group must have each of these.
    pub require_status: Vec<GroupStatus>,
    /// How long a group may be on its way to another status.
    pub stuck_after: Option<Duration>,
    /// How many groups there may be of all, or of a status.
    pub groups: Vec<Count>,
    /// How many must take part in each at least.
    pub min_participants: Option<u64>,
    /// How many may take part in each at most.
    pub max_participants: Option<u64>,
    /// No group may be at the channel's limit.
    pub no_full: bool,
    /// No group may be without participants.
    pub no_empty: bool,
    /// Whether each group must have an invite link, or must have none.
    pub link: Option<bool>,
    /// The hosts that invite links may lead to, if there are any.
    pub link_hosts: Vec<String>,
    /// What every subject must match.
    pub subject: Vec<Regex>,
    /// What no subject may match.
    pub forbid_subject: Vec<Regex>,
    /// No two groups may have the same subject.
    pub unique_subjects: bool,
    /// Whether each group must have a description, or must have none.
    pub description: Option<bool>,
    /// Whether each group must have a picture, or must have none.
    pub picture: Option<bool>,
    /// The roles that the bot may have in a Telegram group, if there are any.
    pub roles: Vec<String>,
    /// What may not differ from the baseline, if there is one.
    pub drift: Option<DriftRule>,
}

impl Rules {
    /// Returns whether a rule is one of these.
    pub fn has(&self, rule: Rule) -> bool {
        match rule {
            Rule::Status => !self.allow_status.is_empty() || !self.require_status.is_empty(),
            Rule::UnknownStatus | Rule::BusinessNumber => true,
            Rule::Stuck => self.stuck_after.is_some(),
            Rule::Groups => !self.groups.is_empty(),
            Rule::Participants => {
                self.min_participants.is_some()
                    || self.max_participants.is_some()
                    || self.no_full
                    || self.no_empty
            }
            Rule::InviteLink => self.link.is_some() || !self.link_hosts.is_empty(),
            Rule::Subject => !self.subject.is_empty() || !self.forbid_subject.is_empty(),
            Rule::DuplicateSubject => self.unique_subjects,
            Rule::Description => self.description.is_some(),
            Rule::Picture => self.picture.is_some(),
            Rule::Role => !self.roles.is_empty(),
            Rule::Drift => self.drift.is_some(),
        }
    }
}

/// How many groups there may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// The groups of which status; of all, if there is none.
    pub status: Option<GroupStatus>,
    /// At least so many, or at most.
    pub limit: Limit,
}

/// A number that is not to be passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// The least.
    Min(u64),
    /// The most.
    Max(u64),
}

/// What may not differ from the baseline.
#[derive(Clone, Debug, Default)]
pub struct DriftRule {
    /// The kinds that count; all, if there are none.
    pub kinds: Vec<Drift>,
    /// Fields that may differ.
    pub ignored: Vec<Field>,
    /// How much the number of participants may change.
    pub participants_change: u64,
}

/// A kind of difference from the baseline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drift {
    /// A group that is no longer there.
    Gone,
    /// A group that was not there.
    New,
    /// A status that is further from `ACTIVE`, or unknown.
    Regressed,
    /// Another invite link, one more or one less.
    InviteLink,
    /// Another number of participants.
    Participants,
    /// Any other difference.
    Other,
}

impl Drift {
    /// Every kind, in the order in which help lists them.
    pub const ALL: [Self; 6] = [
        Self::Gone,
        Self::New,
        Self::Regressed,
        Self::InviteLink,
        Self::Participants,
        Self::Other,
    ];

    /// Returns the name that flags and policies use.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Gone => "gone",
            Self::New => "new",
            Self::Regressed => "regressed",
            Self::InviteLink => "invite-link",
            Self::Participants => "participants",
            Self::Other => "other",
        }
    }
}

impl fmt::Display for Drift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Drift {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        named(text, Self::ALL, Self::name)
    }
}
