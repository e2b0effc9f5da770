//! A group as the API describes it, with nothing lost.
//!
//! A group keeps every value as the JSON text that came: an integer past 64
//! bits, a number where text is documented, a field that no document knows.
//! What a reader wants of it (text, a count) is read out on demand. The one
//! liberty taken is in spelling, never in meaning: see [`canonical`].

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserializer, Error as _, MapAccess, Visitor};
use serde::ser::{SerializeMap, Serializer};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

pub mod canonical;
mod status;

pub use status::GroupStatus;

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
    /// Where the group is in its life; see [`GroupStatus`].
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

    /// Returns the field's name in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::GroupId => "GroupId",
            Self::Subject => "Subject",
            Self::Description => "Description",
            Self::GroupStatus => "GroupStatus",
            Self::BusinessNumber => "BusinessNumber",
            Self::InviteLink => "InviteLink",
            Self::ProfilePictureFile => "ProfilePictureFile",
            Self::GroupLink => "GroupLink",
            Self::TotalParticipantCount => "TotalParticipantCount",
            Self::GroupType => "GroupType",
            Self::BusinessRole => "BusinessRole",
            Self::GmtModifier => "GmtModifier",
        }
    }

    fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.name() == name)
    }
}

/// One group of a listing.
#[derive(Clone, Debug, Default)]
pub struct Group {
    /// By `Field as usize`; `None` for what is absent or `null`.
    documented: [Option<Box<RawValue>>; Field::ALL.len()],
    /// Fields that no document names, in the order in which they came.
    unknown: Vec<(String, Box<RawValue>)>,
}

impl Group {
    /// Returns a field's value as JSON; `None` when it is absent or `null`.
    pub fn json(&self, field: Field) -> Option<&RawValue> {
        self.documented[field as usize].as_deref()
    }

    /// Returns a field's value as text: a string's content, and anything else
    /// as its JSON. `None` when it is absent or `null`.
    pub fn text(&self, field: Field) -> Option<Cow<'_, str>> {
        let json = self.json(field)?.get();
        let inner = json
            .strip_prefix('"')
            .and_then(|rest| rest.strip_suffix('"'));
        Some(match inner {
            None => Cow::Borrowed(json),
            Some(plain) if !plain.contains('\\') => Cow::Borrowed(plain),
            Some(_) => Cow::Owned(canonical::decode(json)),
        })
    }

    /// Returns the group's key; `None` when it has none, or an empty one.
    pub fn id(&self) -> Option<Cow<'_, str>> {
        self.text(Field::GroupId).filter(|id| !id.is_empty())
    }
}

impl Serialize for Group {
    /// Writes the documented fields in their order, `null` where absent, then
    /// the unknown ones as they came.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(Field::ALL.len() + self.unknown.len()))?;
        for field in Field::ALL {
            map.serialize_entry(field.name(), &self.json(field))?;
        }
        for (name, value) in &self.unknown {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Group {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(GroupVisitor)
    }
}

struct GroupVisitor;

impl<'de> Visitor<'de> for GroupVisitor {
    type Value = Group;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a group")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Group, A::Error> {
        let mut group = Group::default();
        let mut seen = [false; Field::ALL.len()];
        while let Some(name) = members.next_key::<Cow<'de, str>>()? {
            let value: Box<RawValue> = canonical::canonical(members.next_value()?);
            let Some(field) = Field::of_name(&name) else {
                group.unknown.push((name.into_owned(), value));
                continue;
            };
            // Of two values, one would be lost without a word.
            if std::mem::replace(&mut seen[field as usize], true) {
                return Err(A::Error::duplicate_field(field.name()));
            }
            if value.get() != "null" {
                group.documented[field as usize] = Some(value);
            }
        }
        Ok(group)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(json: &str) -> Group {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn nothing_is_lost_or_altered_between_the_wire_and_json() {
        let wire = r#"{"Zeta":1.10,"TotalParticipantCount":123456789012345678901234567890,
            "Subject":"客户群","GmtModifier":"94","Alpha":{"b":[1e400, -0],"a":null},"GroupId":"g1","None":null}"#;
        let written = serde_json::to_string(&group(wire)).unwrap();
        assert_eq!(
            written,
            concat!(
                r#"{"GroupId":"g1","Subject":"客户群","Description":null,"GroupStatus":null,"#,
                r#""BusinessNumber":null,"InviteLink":null,"ProfilePictureFile":null,"GroupLink":null,"#,
                r#""TotalParticipantCount":123456789012345678901234567890,"GroupType":null,"#,
                r#""BusinessRole":null,"GmtModifier":"94","#,
                r#""Zeta":1.10,"Alpha":{"b":[1e400,-0],"a":null},"None":null}"#
            )
        );
    }

    #[test]
    fn text_reads_strings_numbers_and_broken_escapes() {
        let group = group(
            r#"{"Subject":"a\"b\nc","TotalParticipantCount":35,"GroupType":"a\n\ud800\u4e2d","Description":{"k": 1}}"#,
        );
        assert_eq!(group.text(Field::Subject).unwrap(), "a\"b\nc");
        assert_eq!(group.text(Field::TotalParticipantCount).unwrap(), "35");
        assert_eq!(group.text(Field::GroupType).unwrap(), "a\n\\ud800中");
        assert_eq!(group.text(Field::Description).unwrap(), r#"{"k":1}"#);
        assert_eq!(group.text(Field::InviteLink), None);
    }

    #[test]
    fn a_field_given_twice_is_an_error() {
        assert!(serde_json::from_str::<Group>(r#"{"Subject":"a","Subject":"b"}"#).is_err());
    }

    #[test]
    fn an_empty_id_is_no_id() {
        assert_eq!(group(r#"{"GroupId":""}"#).id(), None);
        assert_eq!(group(r#"{"GroupId":7}"#).id().unwrap(), "7");
    }
}
