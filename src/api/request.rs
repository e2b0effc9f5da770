//! The parameters of `ListChatGroup`, each a type that only a valid value has.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use crate::group::GroupStatus;

/// The sender's business phone number: digits only, country code first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BusinessNumber(String);

impl BusinessNumber {
    /// The number of digits that can be a phone number. E.164 admits 15; the
    /// rest is room for channels that number their bots otherwise.
    const DIGITS: std::ops::RangeInclusive<usize> = 5..=20;

    /// Returns the number that a sandbox answers for.
    pub fn demo() -> Self {
        Self("8613800000000".to_owned())
    }
}

impl fmt::Display for BusinessNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for BusinessNumber {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let only_dressed = text
            .chars()
            .all(|c| c.is_ascii_digit() || "+-. ()".contains(c));
        if !Self::DIGITS.contains(&digits.len()) || !only_dressed {
            return Err(format!(
                "a business number has {} to {} digits and nothing else, such as 8613800000000",
                Self::DIGITS.start(),
                Self::DIGITS.end()
            ));
        }
        if digits != text {
            return Err(format!("the API takes digits only; write it as {digits}"));
        }
        Ok(Self(digits))
    }
}

/// A channel (instance) ID, shaped `cams-…` as the console shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpaceId(String);

impl SpaceId {
    /// Returns the space that a sandbox answers for.
    pub fn demo() -> Self {
        Self("cams-sandbox".to_owned())
    }
}

impl fmt::Display for SpaceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for SpaceId {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        // The documentation shows `cams-…` but promises no form.
        let good = (1..=128).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic());
        good.then(|| Self(text.to_owned())).ok_or_else(|| {
            "a space id is 1 to 128 characters without blanks, such as cams-8c8vr; \
             the console shows it under Channel Management"
                .to_owned()
        })
    }
}

/// A number that must lie in a range, for parameters of which the API's
/// documentation gives none or only a type.
fn in_range(text: &str, range: std::ops::RangeInclusive<u32>) -> Result<u32, String> {
    text.parse()
        .ok()
        .filter(|number| range.contains(number))
        .ok_or_else(|| {
            format!(
                "a whole number from {} to {} is needed",
                range.start(),
                range.end()
            )
        })
}

/// How many groups one page may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PageSize(u32);

impl PageSize {
    /// The largest size that is sent. The API's own limit is not documented;
    /// it refuses what is too large for it.
    pub const MAX: u32 = 1000;

    /// The size to try first where the user names none: fewer calls.
    pub const FIRST_TRY: Self = Self(100);

    /// The only size that the API's documentation shows.
    pub const DOCUMENTED: Self = Self(20);

    /// The smallest size.
    pub const ONE: Self = Self(1);

    /// Returns a page size, if it is one.
    pub fn new(number: u32) -> Option<Self> {
        (1..=Self::MAX).contains(&number).then_some(Self(number))
    }

    /// Returns the number itself.
    pub const fn get(self) -> u32 {
        self.0
    }
}

impl fmt::Display for PageSize {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for PageSize {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        in_range(text, 1..=Self::MAX).map(Self)
    }
}

/// Which page, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PageIndex(u32);

impl PageIndex {
    /// The first page.
    pub const FIRST: Self = Self(1);

    /// The API takes 32 bits with a sign.
    const MAX: u32 = i32::MAX as u32;

    /// Returns the page of this number, if it can be asked for.
    pub fn new(number: u32) -> Option<Self> {
        (1..=Self::MAX).contains(&number).then_some(Self(number))
    }

    /// Returns the number itself.
    pub const fn get(self) -> u32 {
        self.0
    }
}

impl fmt::Display for PageIndex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for PageIndex {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        in_range(text, 1..=Self::MAX).map(Self)
    }
}

/// What a listing asks for, whatever the page.
#[derive(Clone, Debug)]
pub struct ListChatGroup {
    /// `BusinessNumber`.
    pub business_number: BusinessNumber,
    /// `CustSpaceId`.
    pub space_id: SpaceId,
    /// `ChannelType`. Only `WHATSAPP` is documented, beside fields that only
    /// Telegram has, so any text is passed on.
    pub channel_type: Option<String>,
    /// `GroupStatus`.
    pub status: Option<GroupStatus>,
    /// `Subject`. How the API matches it is not documented.
    pub subject: Option<String>,
    /// `GroupType`, of Telegram groups; no values are published.
    pub group_type: Option<String>,
    /// `GroupLink`, of Telegram groups.
    pub group_link: Option<String>,
}

impl ListChatGroup {
    /// The operation's name.
    pub const ACTION: &'static str = "ListChatGroup";
    /// The API's version.
    pub const VERSION: &'static str = "2020-06-06";

    /// Asks for all groups of a number.
    pub const fn all(business_number: BusinessNumber, space_id: SpaceId) -> Self {
        Self {
            business_number,
            space_id,
            channel_type: None,
            status: None,
            subject: None,
            group_type: None,
            group_link: None,
        }
    }

    /// Returns the request parameters for one page. `Page` is a single
    /// parameter that holds compact JSON, as the official SDKs send it.
    pub fn parameters(&self, index: PageIndex, size: PageSize) -> BTreeMap<String, String> {
        let status = self.status.map(GroupStatus::name).map(str::to_owned);
        [
            ("BusinessNumber", Some(self.business_number.to_string())),
            ("CustSpaceId", Some(self.space_id.to_string())),
            ("ChannelType", self.channel_type.clone()),
            ("GroupStatus", status),
            ("Subject", self.subject.clone()),
            ("GroupType", self.group_type.clone()),
            ("GroupLink", self.group_link.clone()),
            (
                "Page",
                Some(format!(r#"{{"Index":{index},"Size":{size}}}"#)),
            ),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value?)))
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_is_one_parameter_of_compact_json_and_unset_filters_are_left_out() {
        let request = ListChatGroup {
            business_number: "8613800000000".parse().unwrap(),
            space_id: "cams-testspace".parse().unwrap(),
            channel_type: None,
            status: Some(GroupStatus::Active),
            subject: Some(String::new()),
            group_type: None,
            group_link: None,
        };
        let parameters: Vec<_> = request
            .parameters(PageIndex::FIRST, PageSize::DOCUMENTED)
            .into_iter()
            .collect();
        let expected = [
            ("BusinessNumber", "8613800000000"),
            ("CustSpaceId", "cams-testspace"),
            ("GroupStatus", "ACTIVE"),
            ("Page", r#"{"Index":1,"Size":20}"#),
            ("Subject", ""),
        ];
        assert_eq!(
            parameters,
            expected.map(|(n, v)| (n.to_owned(), v.to_owned()))
        );
    }

    #[test]
    fn a_dressed_number_is_refused_with_the_digits_to_write() {
        let error = "+86 138-0000-0000".parse::<BusinessNumber>().unwrap_err();
        assert!(error.ends_with("write it as 8613800000000"), "{error}");
        for text in [
            "",
            "1234",
            "86138x0000000",
            "八六一三八",
            "123456789012345678901",
        ] {
            let error = text.parse::<BusinessNumber>().unwrap_err();
            assert!(error.contains("5 to 20 digits"), "{text}: {error}");
        }
    }

    #[test]
    fn a_page_size_or_index_out_of_range_is_refused_with_the_range() {
        for text in ["0", "-1", "1001", "99999999999999999999", "", "ten", "1.5"] {
            let error = text.parse::<PageSize>().unwrap_err();
            assert!(error.contains("1 to 1000"), "{text}: {error}");
        }
        for text in ["0", "-1", "2147483648"] {
            let error = text.parse::<PageIndex>().unwrap_err();
            assert!(error.contains("1 to 2147483647"), "{text}: {error}");
        }
        assert_eq!(PageIndex::new(0), None);
        assert_eq!(PageIndex::new(2_147_483_648), None);
    }

    #[test]
    fn a_space_id_has_no_blanks() {
        assert!("cams-8c8vr".parse::<SpaceId>().is_ok());
        for text in ["", "a b", "cams-\n", &"x".repeat(129)] {
            assert!(text.parse::<SpaceId>().is_err(), "{text:?}");
        }
    }
}
