//! The rules, by the ids that flags, policies and reports use.

/// What can be wrong, by the ids that flags and reports use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// A status that is not allowed.
    Status,
    /// A status that no document names.
    UnknownStatus,
    /// A status that should pass, and does not.
    Stuck,
    /// Too few groups, or too many.
    Groups,
    /// Too few participants, or too many.
    Participants,
    /// An invite link that should not be, or should, or leads elsewhere.
    InviteLink,
    /// A subject that should be otherwise.
    Subject,
    /// A subject that several groups have.
    DuplicateSubject,
    /// A group that does not say what it is about, or does.
    Description,
    /// A group without a picture, or with one.
    Picture,
    /// A group of another business number.
    BusinessNumber,
    /// A role of the bot that it should not have.
    Role,
    /// A difference from the baseline.
    Drift,
}

impl Rule {
    /// Every rule, in the order of reports.
    pub const ALL: [Self; 13] = [
        Self::Status,
        Self::UnknownStatus,
        Self::Stuck,
        Self::Groups,
        Self::Participants,
        Self::InviteLink,
        Self::Subject,
        Self::DuplicateSubject,
        Self::Description,
        Self::Picture,
        Self::BusinessNumber,
        Self::Role,
        Self::Drift,
    ];

    /// Returns the rule's id.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Status => "status",
            Self::UnknownStatus => "unknown-status",
            Self::Stuck => "stuck",
            Self::Groups => "groups",
            Self::Participants => "participants",
            Self::InviteLink => "invite-link",
            Self::Subject => "subject",
            Self::DuplicateSubject => "duplicate-subject",
            Self::Description => "description",
            Self::Picture => "picture",
            Self::BusinessNumber => "business-number",
            Self::Role => "role",
            Self::Drift => "drift",
        }
    }

    /// Says what the rule is about, and which flags set it.
    pub const fn explanation(self) -> &'static str {
        match self {
            Self::Status => {
                "each group's status is one of --allow-status, and each of --require-status is some group's"
            }
            Self::UnknownStatus => "no group has a status that no document names (always)",
            Self::Stuck => {
                "no group is CREATING, UPDATING or DELETING for longer than --stuck-after"
            }
            Self::Groups => {
                "there are at least --min-groups and at most --max-groups, of all or of a status"
            }
            Self::Participants => {
                "each group has at least --min-participants and at most --max-participants; with --no-full, none is full; with --no-empty, none is empty"
            }
            Self::InviteLink => {
                "each group has an invite link (--require-link), or none has (--forbid-link), or each leads to a host of --link-host"
            }
            Self::Subject => "each subject matches --subject and none matches --forbid-subject",
            Self::DuplicateSubject => "no two groups have the same subject (--unique-subjects)",
            Self::Description => {
                "each group has a description (--require-description), or none has"
            }
            Self::Picture => "each group has a picture (--require-picture), or none has",
            Self::BusinessNumber => {
                "each group is of the number that was asked for (always, where it is said)"
            }
            Self::Role => "the bot's role in each Telegram group is one of --role",
            Self::Drift => {
                "nothing differs from the snapshot of --baseline, or nothing that --drift names"
            }
        }
    }
}
