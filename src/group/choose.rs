//! Which groups to show, and in which order: what the API cannot be asked for.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::str::FromStr;

use regex::Regex;

use super::{Field, Group, GroupStatus};

/// How many take part in a `WhatsApp` group at most.
pub const FULL: u64 = 8;

/// What a group must be like.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// One of these statuses; any, if empty.
    pub statuses: Vec<GroupStatus>,
    /// A subject that this finds something in.
    pub subject: Option<Regex>,
    /// At least so many participants.
    pub min_participants: Option<u64>,
    /// At most so many participants.
    pub max_participants: Option<u64>,
    /// A `WhatsApp` group that has no room left.
    pub full: bool,
    /// A group without participants.
    pub empty: bool,
}

/// Whether a group is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// It is.
    Yes,
    /// It is not.
    No,
    /// Nobody knows: what is asked for is not said of it.
    Unknown,
}

impl Wanted {
    /// Returns whether anything is asked of a group.
    pub fn is_choosy(&self) -> bool {
        !self.statuses.is_empty() || self.subject.is_some() || self.counts()
    }

    fn counts(&self) -> bool {
        self.min_participants.is_some()
            || self.max_participants.is_some()
            || self.full
            || self.empty
    }

    /// Says whether a group is wanted.
    pub fn judge(&self, group: &Group) -> Choice {
        if !self.statuses.is_empty() {
            let Some(status) = group.text(Field::GroupStatus) else {
                return Choice::Unknown;
            };
            if !self.statuses.iter().any(|it| it.name() == status) {
                return Choice::No;
            }
        }
        if let Some(pattern) = &self.subject {
            let Some(subject) = group.text(Field::Subject) else {
                return Choice::Unknown;
            };
            if !pattern.is_match(&subject) {
                return Choice::No;
            }
        }
        if !self.counts() {
            return Choice::Yes;
        }
        // Telegram's groups have other limits.
        if self.full && group.is_telegram() {
            return Choice::No;
        }
        let Some(count) = group.participants() else {
            return Choice::Unknown;
        };
        let is_full = || count >= FULL;
        let fits = self.min_participants.is_none_or(|it| count >= it)
            && self.max_participants.is_none_or(|it| count <= it)
            && (!self.full || is_full())
            && (!self.empty || count == 0);
        if fits { Choice::Yes } else { Choice::No }
    }
}

/// An order of groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Order {
    field: Field,
    descending: bool,
}

impl FromStr for Order {
    type Err = String;

    /// Reads `FIELD`, `FIELD:asc` or `FIELD:desc`.
    fn from_str(text: &str) -> Result<Self, String> {
        let (field, direction) = text.split_once(':').unwrap_or((text, "asc"));
        let descending = match direction {
            "asc" => false,
            "desc" => true,
            _ => return Err("write FIELD, FIELD:asc or FIELD:desc".to_owned()),
        };
        Ok(Self {
            field: field.parse()?,
            descending,
        })
    }
}

impl Order {
    /// Returns the field that it goes by.
    pub fn field(&self) -> Field {
        self.field
    }

    /// Puts groups in this order. Equal ones stay as they came; those without a
    /// value come last, whichever way it goes.
    pub fn sort(self, groups: &mut [Group]) {
        groups.sort_by(|a, b| self.compare(a, b));
    }

    fn compare(self, a: &Group, b: &Group) -> Ordering {
        let (Some(a), Some(b)) = (self.key(a), self.key(b)) else {
            // What has no value comes last, whichever way it goes.
            return a
                .json(self.field)
                .is_none()
                .cmp(&b.json(self.field).is_none());
        };
        let order = a.cmp(&b);
        if self.descending {
            order.reverse()
        } else {
            order
        }
    }

    /// Returns what a group is ordered by: of numbers, the number; what is none
    /// comes after all that are.
    fn key(self, group: &Group) -> Option<(bool, i128, Cow<'_, str>)> {
        let text = group.text(self.field)?;
        let number = group.number(self.field).filter(|_| self.field.is_number());
        Some(match number {
            Some(number) => (false, number, Cow::Borrowed("")),
            None => (true, 0, text),
        })
    }
}

/// Masks what only members should know: links, which may be invitations, and
/// numbers but for the last four digits of a long one; also in fields that no
/// document knows, going by their names.
pub fn redact(group: &mut Group) {
    for field in [Field::InviteLink, Field::GroupLink] {
        group.replace(field, REDACTED);
    }
    let number = group.text(Field::BusinessNumber).unwrap_or_default();
    let tail = number.char_indices().rev().nth(3).map_or(0, |(at, _)| at);
    let masked = match number.get(tail..) {
        Some(tail_of) if tail >= 4 => format!("****{tail_of}"),
        _ => REDACTED.to_owned(),
    };
    group.replace(Field::BusinessNumber, &masked);
    group.replace_unknown(is_private, REDACTED);
}

/// Returns whether a field holds links or numbers, going by its name.
pub fn is_private(name: &str) -> bool {
    let name = name.to_lowercase();
    let words = ["link", "number", "phone", "invit"];
    words.iter().any(|it| name.contains(it))
}

const REDACTED: &str = "(redacted)";

#[cfg(test)]
mod tests {
    use super::*;

    fn group(json: &str) -> Group {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn every_wish_is_granted_and_a_missing_count_is_unknown() {
        let eight =
            group(r#"{"Subject":"Sales APAC","GroupStatus":"ACTIVE","TotalParticipantCount":8}"#);
        let telegram = group(
            r#"{"Subject":"News","GroupStatus":"NEW","TotalParticipantCount":"900","GroupType":"supergroup"}"#,
        );
        let none = group(r#"{"Subject":"Sales","GroupType":""}"#);
        let any = Wanted::default;
        let subject = |it: &str| Some(Regex::new(it).unwrap());
        for (wanted, expected) in [
            (any(), [Choice::Yes, Choice::Yes, Choice::Yes]),
            (
                Wanted {
                    statuses: vec![GroupStatus::Active],
                    ..any()
                },
                [Choice::Yes, Choice::No, Choice::Unknown],
            ),
            (
                Wanted {
                    subject: subject("^Sales"),
                    ..any()
                },
                [Choice::Yes, Choice::No, Choice::Yes],
            ),
            (
                Wanted {
                    full: true,
                    ..any()
                },
                [Choice::Yes, Choice::No, Choice::Unknown],
            ),
            (
                Wanted {
                    empty: true,
                    ..any()
                },
                [Choice::No, Choice::No, Choice::Unknown],
            ),
            (
                Wanted {
                    min_participants: Some(9),
                    ..any()
                },
                [Choice::No, Choice::Yes, Choice::Unknown],
            ),
            (
                Wanted {
                    max_participants: Some(8),
                    subject: subject("(?i)NEWS|apac"),
                    ..any()
                },
                [Choice::Yes, Choice::No, Choice::No],
            ),
        ] {
            let judged = [&eight, &telegram, &none].map(|it| wanted.judge(it));
            assert_eq!(judged, expected, "{wanted:?}");
        }
    }

    #[test]
    fn numbers_are_ordered_as_numbers_and_what_is_missing_comes_last() {
        let ids = |order: &str| {
            let mut groups: Vec<Group> = [
                r#"{"GroupId":"a","TotalParticipantCount":10,"Subject":"b"}"#,
                r#"{"GroupId":"b"}"#,
                r#"{"GroupId":"c","TotalParticipantCount":9,"Subject":"a"}"#,
                r#"{"GroupId":"d","TotalParticipantCount":10,"Subject":"a"}"#,
            ]
            .map(group)
            .into();
            order.parse::<Order>().unwrap().sort(&mut groups);
            groups
                .iter()
                .map(|it| it.id().unwrap().into_owned())
                .collect::<String>()
        };
        assert_eq!(ids("participants"), "cadb");
        assert_eq!(ids("participants:desc"), "adcb");
        assert_eq!(ids("Subject:asc"), "cdab");
        assert!(
            "subjekt"
                .parse::<Order>()
                .unwrap_err()
                .contains("did you mean subject?")
        );
        assert!("subject:up".parse::<Order>().is_err());
    }

    #[test]
    fn links_and_numbers_are_masked_and_nothing_is_made_up() {
        let mut it = group(
            r#"{"InviteLink":"https://chat.example/x","BusinessNumber":"8613800001234","Subject":"s"}"#,
        );
        redact(&mut it);
        assert_eq!(it.text(Field::InviteLink).unwrap(), "(redacted)");
        assert_eq!(it.text(Field::BusinessNumber).unwrap(), "****1234");
        let mut none = group(r#"{"Subject":"s"}"#);
        redact(&mut none);
        assert_eq!(none.json(Field::InviteLink), None);
        assert_eq!(none.json(Field::BusinessNumber), None);
    }
}
