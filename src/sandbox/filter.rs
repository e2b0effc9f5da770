//! Which groups of a sandbox a request asks for.

use serde_json::value::RawValue;

use crate::group::{Field, Group};

/// What a request asks for.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Filter<'a> {
    pub(super) status: Option<&'a str>,
    /// Any part of the subject: how the API matches is not documented.
    pub(super) subject: Option<&'a str>,
    pub(super) group_type: Option<&'a str>,
    pub(super) group_link: Option<&'a str>,
    pub(super) channel_type: Option<&'a str>,
}

impl Filter<'_> {
    /// An empty parameter filters nothing.
    pub(super) fn is_open(&self) -> bool {
        [
            self.status,
            self.subject,
            self.group_type,
            self.group_link,
            self.channel_type,
        ]
        .into_iter()
        .flatten()
        .all(str::is_empty)
    }

    /// Returns whether a group is among those that are asked for.
    pub(super) fn admits(&self, group: &RawValue) -> bool {
        let Ok(group) = serde_json::from_str::<Group>(group.get()) else {
            return false;
        };
        let is = |wanted: Option<&str>, field| {
            wanted.is_none_or(|wanted| {
                wanted.is_empty() || group.text(field).as_deref() == Some(wanted)
            })
        };
        let channel = if group.json(Field::GroupType).is_some() {
            "TELEGRAM"
        } else {
            "WHATSAPP"
        };
        let subject = group.text(Field::Subject).unwrap_or_default();
        is(self.status, Field::GroupStatus)
            && is(self.group_type, Field::GroupType)
            && is(self.group_link, Field::GroupLink)
            && self.subject.is_none_or(|part| subject.contains(part))
            && self
                .channel_type
                .is_none_or(|wanted| wanted.is_empty() || wanted == channel)
    }
}
