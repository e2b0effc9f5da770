//! The fields of a group, by the API's names and by those that flags use.

use std::fmt;
use std::str::FromStr;

use crate::text::named;

/// A documented field of a group, in the order in which every format lists
/// them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// Key of the group.
    GroupId,
    /// Name of the group.
    Subject,
    /// What the group is about.
    Description,
    /// Where the group is in its life; see [`GroupStatus`](super::GroupStatus).
    GroupStatus,
    /// The business phone number that the group belongs to.
    BusinessNumber,
    /// Whoever holds it may ask to join: treat it as a secret.
    InviteLink,
    /// URL of the picture.
    ProfilePictureFile,
    /// Telegram's link of the group.
    GroupLink,
    /// How many take part.
    TotalParticipantCount,
    /// Telegram's type of the group.
    GroupType,
    /// Role of the bot in a Telegram group.
    BusinessRole,
    /// Time of the last change, in a unit that no document states.
    GmtModifier,
    /// The space of the target that the group was listed for. Not the API's: it is
    /// added where several targets are listed.
    CustSpaceId,
    /// The name of that target; added likewise.
    Target,
}

impl Field {
    /// Every documented field in its fixed order.
    pub const ALL: [Self; 12] = [
        Self::GroupId,
        Self::Subject,
        Self::Description,
        Self::GroupStatus,
        Self::BusinessNumber,
        Self::InviteLink,
        Self::ProfilePictureFile,
        Self::GroupLink,
        Self::TotalParticipantCount,
        Self::GroupType,
        Self::BusinessRole,
        Self::GmtModifier,
    ];

    /// The fields that tell targets apart, where several are listed.
    pub const OF_TARGET: [Self; 2] = [Self::Target, Self::CustSpaceId];

    /// How many there are of both.
    pub(super) const COUNT: usize = Self::ALL.len() + Self::OF_TARGET.len();

    /// Every field there can be, those of the target last.
    pub const fn every() -> [Self; Self::COUNT] {
        let mut every = [Self::Target; Self::COUNT];
        let mut at = 0;
        while at < Self::ALL.len() {
            every[at] = Self::ALL[at];
            at += 1;
        }
        every[at + 1] = Self::CustSpaceId;
        every
    }

    /// Returns the field's name in the API.
    pub fn name(self) -> &'static str {
        self.json_name().trim_matches('"')
    }

    /// Returns the name that flags use.
    pub const fn short_name(self) -> &'static str {
        match self {
            Self::GroupId => "id",
            Self::Subject => "subject",
            Self::Description => "description",
            Self::GroupStatus => "status",
            Self::BusinessNumber => "number",
            Self::InviteLink => "invite-link",
            Self::ProfilePictureFile => "picture",
            Self::GroupLink => "link",
            Self::TotalParticipantCount => "participants",
            Self::GroupType => "type",
            Self::BusinessRole => "role",
            Self::GmtModifier => "updated",
            Self::CustSpaceId => "space",
            Self::Target => "target",
        }
    }

    /// Returns whether its values are numbers, which are ordered and aligned as
    /// such.
    pub const fn is_number(self) -> bool {
        matches!(self, Self::TotalParticipantCount | Self::GmtModifier)
    }

    /// Returns the name as JSON, in quotes.
    pub(super) const fn json_name(self) -> &'static str {
        match self {
            Self::GroupId => "\"GroupId\"",
            Self::Subject => "\"Subject\"",
            Self::Description => "\"Description\"",
            Self::GroupStatus => "\"GroupStatus\"",
            Self::BusinessNumber => "\"BusinessNumber\"",
            Self::InviteLink => "\"InviteLink\"",
            Self::ProfilePictureFile => "\"ProfilePictureFile\"",
            Self::GroupLink => "\"GroupLink\"",
            Self::TotalParticipantCount => "\"TotalParticipantCount\"",
            Self::GroupType => "\"GroupType\"",
            Self::BusinessRole => "\"BusinessRole\"",
            Self::GmtModifier => "\"GmtModifier\"",
            Self::CustSpaceId => "\"CustSpaceId\"",
            Self::Target => "\"Target\"",
        }
    }

    pub(super) fn of_name(name: &str) -> Option<Self> {
        Some(match name {
            "GroupId" => Self::GroupId,
            "Subject" => Self::Subject,
            "Description" => Self::Description,
            "GroupStatus" => Self::GroupStatus,
            "BusinessNumber" => Self::BusinessNumber,
            "InviteLink" => Self::InviteLink,
            "ProfilePictureFile" => Self::ProfilePictureFile,
            "GroupLink" => Self::GroupLink,
            "TotalParticipantCount" => Self::TotalParticipantCount,
            "GroupType" => Self::GroupType,
            "BusinessRole" => Self::BusinessRole,
            "GmtModifier" => Self::GmtModifier,
            _ => return None,
        })
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.short_name())
    }
}

impl FromStr for Field {
    type Err = String;

    /// Reads the name that flags use, or the API's, in any case.
    fn from_str(text: &str) -> Result<Self, String> {
        let is_named = |field: &Self| text.eq_ignore_ascii_case(field.name());
        match Self::every().into_iter().find(is_named) {
            Some(field) => Ok(field),
            None => named(text, Self::every(), Self::short_name),
        }
    }
}
