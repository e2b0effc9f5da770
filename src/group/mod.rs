//! A group as the API describes it, with nothing lost.
//!
//! A group keeps every value as the JSON text that came: an integer past 64
//! bits, a number where text is documented, a field that no document knows.
//! What a reader wants of it (text, a count) is read out on demand. The one
//! liberty taken is in spelling, never in meaning: see [`canonical`].

use std::borrow::Cow;
use std::fmt;

use jiff::Timestamp;
use serde::Deserialize;
use serde::de::{Deserializer, Error as _, MapAccess, Visitor};
use serde_json::value::RawValue;

pub mod canonical;
pub mod choose;
pub mod condition;
mod field;
mod status;

pub use field::Field;
pub use status::GroupStatus;

/// One group of a listing. All of its values lie in one text, side by side: a
/// listing may hold a million.
#[derive(Clone, Debug, Default)]
pub struct Group {
    text: String,
    /// By `Field as usize`; empty for what is absent or `null`.
    documented: [Span; Field::COUNT],
    /// Names and values that no document knows, in the order in which they came.
    unknown: Vec<[Span; 2]>,
}

/// Reads a time in milliseconds or seconds, going by its size.
pub fn time(text: &str) -> Option<Timestamp> {
    match text.parse::<i64>() {
        Ok(number @ 100_000_000_000..) => Timestamp::from_millisecond(number).ok(),
        Ok(number @ 1_000_000_000..) => Timestamp::from_second(number).ok(),
        _ => None,
    }
}

/// A part of a group's text. No JSON value is empty.
#[derive(Clone, Copy, Debug, Default)]
struct Span {
    start: u32,
    end: u32,
}

impl Group {
    /// Returns a field's value as canonical JSON; `None` when it is absent or
    /// `null`.
    pub fn json(&self, field: Field) -> Option<&str> {
        let json = self.at(self.documented[field as usize]);
        (!json.is_empty()).then_some(json)
    }

    /// Returns a field's value as text: a string's content, and anything else
    /// as its JSON. `None` when it is absent or `null`.
    pub fn text(&self, field: Field) -> Option<Cow<'_, str>> {
        let json = self.json(field)?;
        let inner = json
            .strip_prefix('"')
            .and_then(|rest| rest.strip_suffix('"'));
        Some(match inner {
            None => Cow::Borrowed(json),
            Some(plain) if !plain.contains('\\') => Cow::Borrowed(plain),
            Some(_) => Cow::Owned(canonical::decode(json)),
        })
    }

    /// Returns a whole number, however it came; `None` when it is none.
    pub fn number(&self, field: Field) -> Option<i128> {
        self.text(field)?.trim().parse().ok()
    }

    /// Returns whether it is a Telegram group: only those have a type, a role of the
    /// bot, or a link of the group.
    pub fn is_telegram(&self) -> bool {
        let telegrams = [Field::GroupType, Field::BusinessRole, Field::GroupLink];
        let has = |field| self.text(field).is_some_and(|it| !it.trim().is_empty());
        telegrams.into_iter().any(has)
    }

    /// Returns how many take part; `None` where that is not said, or is no count.
    pub fn participants(&self) -> Option<u64> {
        u64::try_from(self.number(Field::TotalParticipantCount)?).ok()
    }

    /// Returns a time, going by the number's size, since no document states the
    /// unit: other times of this API are milliseconds. `None` for what is neither.
    pub fn time(&self, field: Field) -> Option<Timestamp> {
        time(&self.text(field)?)
    }

    /// Puts a text in the place of a field's value, if there is one.
    pub fn replace(&mut self, field: Field, text: &str) {
        if self.json(field).is_none() {
            return;
        }
        let json = serde_json::Value::from(text).to_string();
        if let Ok(span) = self.push(&json) {
            self.documented[field as usize] = span;
        }
    }

    /// Takes what a snapshot says of targets for what it is: where several were
    /// listed, both names are there. The API is not known to use either.
    pub fn adopt_target(&mut self) {
        let own = |group: &Self, field: Field| {
            let mut unknown = group.unknown.iter();
            unknown.position(|[name, _]| group.at(*name) == field.json_name())
        };
        if Field::OF_TARGET.iter().all(|it| own(self, *it).is_some()) {
            for field in Field::OF_TARGET {
                if let Some(at) = own(self, field) {
                    let [_, value] = self.unknown.remove(at);
                    let is_null = self.at(value) == "null";
                    self.documented[field as usize] = if is_null { Span::default() } else { value };
                }
            }
        }
    }

    /// Says which target the group was listed for.
    pub fn set_target(&mut self, space_id: &str, name: Option<&str>) {
        for (field, text) in [(Field::CustSpaceId, Some(space_id)), (Field::Target, name)] {
            let json = text.map(|text| serde_json::Value::from(text).to_string());
            let span = json.and_then(|json| self.push(&json).ok());
            self.documented[field as usize] = span.unwrap_or_default();
            // What was asked for is known better here than in any answer.
            let mut unknown = std::mem::take(&mut self.unknown);
            unknown.retain(|[name, _]| self.at(*name) != field.json_name());
            self.unknown = unknown;
        }
    }

    /// Puts a text in the place of the fields that no document knows and whose
    /// name fits.
    pub fn replace_unknown(&mut self, fits: impl Fn(&str) -> bool, text: &str) {
        let json = serde_json::Value::from(text).to_string();
        for at in 0..self.unknown.len() {
            let name = self.at(self.unknown[at][0]).to_owned();
            if fits(&name)
                && self.at(self.unknown[at][1]) != "null"
                && let Ok(span) = self.push(&json)
            {
                self.unknown[at][1] = span;
            }
        }
    }

    /// Returns the group's key; `None` when it has none, or an empty one.
    pub fn id(&self) -> Option<Cow<'_, str>> {
        self.text(Field::GroupId).filter(|id| !id.is_empty())
    }

    /// Returns names and values of these fields, both as canonical JSON, `null`
    /// where absent.
    pub fn members_of<'a>(
        &'a self,
        fields: &'a [Field],
    ) -> impl Iterator<Item = (&'a str, &'a str)> {
        let value = |field: Field| self.json(field).unwrap_or("null");
        fields
            .iter()
            .map(move |field| (field.json_name(), value(*field)))
    }

    /// Returns names and values, both as canonical JSON: whose group it is, where
    /// that is said, the documented fields in their order, `null` where absent, then
    /// the unknown ones as they came.
    pub fn members(&self) -> impl Iterator<Item = (&str, &str)> {
        let has = |field: Field| self.json(field).is_some();
        let of_target = if has(Field::CustSpaceId) {
            &Field::OF_TARGET[..]
        } else {
            &[]
        };
        let documented = self
            .members_of(of_target)
            .chain(self.members_of(&Field::ALL));
        let unknown = self.unknown.iter();
        documented.chain(unknown.map(|[name, value]| (self.at(*name), self.at(*value))))
    }

    fn at(&self, span: Span) -> &str {
        &self.text[span.start as usize..span.end as usize]
    }

    /// Adds a value to the text, in its canonical spelling.
    fn push(&mut self, json: &str) -> Result<Span, std::num::TryFromIntError> {
        let start = self.text.len().try_into()?;
        canonical::push(json, &mut self.text);
        let end = self.text.len().try_into()?;
        Ok(Span { start, end })
    }
}

impl<'de> Deserialize<'de> for Group {
    /// Reads a group from a text or bytes in memory.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(GroupVisitor)
    }
}

struct GroupVisitor;

/// Most groups are shorter, so that their text is made once.
const USUAL_LENGTH: usize = 384;

impl<'de> Visitor<'de> for GroupVisitor {
    type Value = Group;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a group")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Group, A::Error> {
        let mut group = Group {
            text: String::with_capacity(USUAL_LENGTH),
            ..Group::default()
        };
        let mut seen = [false; Field::COUNT];
        while let Some(name) = members.next_key::<Name>()? {
            let value = members.next_value::<&RawValue>()?.get();
            let field = match name {
                Name::Documented(field) => field,
                Name::Unknown(name) => {
                    let name = serde_json::to_string(&name).map_err(A::Error::custom)?;
                    let name = group.push(&name).map_err(A::Error::custom)?;
                    let value = group.push(value).map_err(A::Error::custom)?;
                    group.unknown.push([name, value]);
                    continue;
                }
            };
            // Of two values, one would be lost without a word.
            if std::mem::replace(&mut seen[field as usize], true) {
                return Err(A::Error::duplicate_field(field.name()));
            }
            if value != "null" {
                let span = group.push(value).map_err(A::Error::custom)?;
                group.documented[field as usize] = span;
            }
        }
        Ok(group)
    }
}

/// The name of a member.
enum Name {
    Documented(Field),
    Unknown(String),
}

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NameVisitor;
        impl Visitor<'_> for NameVisitor {
            type Value = Name;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name")
            }

            fn visit_str<E>(self, name: &str) -> Result<Name, E> {
                Ok(Field::of_name(name)
                    .map_or_else(|| Name::Unknown(name.to_owned()), Name::Documented))
            }
        }
        deserializer.deserialize_str(NameVisitor)
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
        let group = group(wire);
        let members: Vec<String> = group.members().map(|(n, v)| format!("{n}:{v}")).collect();
        let written = format!("{{{}}}", members.join(","));
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
    fn names_and_fields_are_two_ways_of_one_list() {
        for field in Field::ALL {
            assert_eq!(Field::of_name(field.name()), Some(field));
        }
    }

    #[test]
    fn a_field_given_twice_is_an_error() {
        assert!(serde_json::from_str::<Group>(r#"{"Subject":"a","Subject":"b"}"#).is_err());
    }

    #[test]
    fn what_is_added_of_a_target_is_known_again_and_the_apis_own_is_its_own() {
        let mut group = group(r#"{"GroupId":"g","CustSpaceId":"api","More":1}"#);
        assert_eq!(group.text(Field::CustSpaceId), None);
        group.set_target("cams-a", None);
        let shown = |group: &Group| {
            let members = group.members();
            let shown = members.filter(|(_, value)| *value != "null");
            shown.map(|(n, v)| format!("{n}:{v}")).collect::<Vec<_>>()
        };
        let expected = [
            r#""CustSpaceId":"cams-a""#,
            r#""GroupId":"g""#,
            r#""More":1"#,
        ];
        assert_eq!(shown(&group), expected);
        let mut again =
            self::group(r#"{"Target":null,"CustSpaceId":"cams-a","GroupId":"g","More":1}"#);
        again.adopt_target();
        assert_eq!(shown(&again), expected);
        let mut api = self::group(r#"{"CustSpaceId":"api"}"#);
        api.adopt_target();
        assert_eq!(api.text(Field::CustSpaceId), None);
    }

    #[test]
    fn an_empty_id_is_no_id() {
        assert_eq!(group(r#"{"GroupId":""}"#).id(), None);
        assert_eq!(group(r#"{"GroupId":7}"#).id().unwrap(), "7");
    }
}
