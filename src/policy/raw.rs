//! A policy as it stands in TOML: a table a rule, by its id.

use std::path::PathBuf;
use std::time::Duration;

use regex::Regex;
use serde::Deserialize;

use super::read::{by_status, maybe, only_false, only_true, regexes, span, texts, whole};
use super::{Exception, Level, Policy};
use crate::audit::{Count, Drift, DriftRule, Limit, Rule, Rules};
use crate::group::{Field, GroupStatus};

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Raw {
    #[serde(default)]
    rules: RawRules,
    #[serde(default)]
    pub(super) exceptions: Vec<toml::Spanned<Exception>>,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct RawRules {
    status: Status,
    unknown_status: Plain,
    stuck: Stuck,
    groups: Groups,
    participants: Participants,
    invite_link: InviteLink,
    subject: Subject,
    duplicate_subject: Unique,
    description: Presence,
    picture: Presence,
    business_number: Plain,
    role: Role,
    drift: RawDrift,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Status {
    #[serde(deserialize_with = "maybe")]
    level: Option<Level>,
    #[serde(deserialize_with = "texts")]
    allow: Vec<GroupStatus>,
    #[serde(deserialize_with = "texts")]
    require: Vec<GroupStatus>,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Plain {
    #[serde(deserialize_with = "maybe")]
    level: Option<Level>,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Stuck {
    #[serde(deserialize_with = "maybe")]
    level: Option<Level>,
    #[serde(deserialize_with = "span")]
    after: Option<Duration>,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Groups {
    #[serde(deserialize_with = "maybe")]
    level: Option<Level>,
    #[serde(deserialize_with = "whole")]
    min: Option<u64>,
    #[serde(deserialize_with = "whole")]
    max: Option<u64>,
    #[serde(deserialize_with = "by_status")]
    status: Vec<(GroupStatus, Bounds)>,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Bounds {
    #[serde(deserialize_with = "whole")]
    min: Option<u64>,
    #[serde(deserialize_with = "whole")]
    max: Option<u64>,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Participants {
    #[serde(deserialize_with = "maybe")]
    level: Option<Level>,
    #[serde(deserialize_with = "whole")]
    min: Option<u64>,
    #[serde(deserialize_with = "whole")]
    max: Option<u64>,
    #[serde(deserialize_with = "only_false")]
    full: Option<bool>,
    #[serde(deserialize_with = "only_false")]
    empty: Option<bool>,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct InviteLink {
    #[serde(deserialize_with = "maybe")]
    level: Option<Level>,
    present: Option<bool>,
    #[serde(deserialize_with = "texts")]
    hosts: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Subject {
    #[serde(deserialize_with = "maybe")]
    level: Option<Level>,
    #[serde(rename = "match", deserialize_with = "regexes")]
    require: Vec<Regex>,
    #[serde(deserialize_with = "regexes")]
    forbid: Vec<Regex>,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Unique {
    #[serde(deserialize_with = "maybe")]
    level: Option<Level>,
    #[serde(deserialize_with = "only_true")]
    unique: bool,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Presence {
    #[serde(deserialize_with = "maybe")]
    level: Option<Level>,
    present: Option<bool>,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Role {
    #[serde(deserialize_with = "maybe")]
    level: Option<Level>,
    #[serde(deserialize_with = "texts")]
    allow: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct RawDrift {
    #[serde(deserialize_with = "maybe")]
    level: Option<Level>,
    baseline: Option<PathBuf>,
    #[serde(deserialize_with = "texts")]
    ignore: Vec<Field>,
    #[serde(deserialize_with = "texts")]
    kinds: Vec<Drift>,
    #[serde(deserialize_with = "whole")]
    participants_change: Option<u64>,
}

impl Bounds {
    pub(super) fn is_empty(&self) -> bool {
        self.min.is_none() && self.max.is_none()
    }
}

impl Groups {
    fn counts(&self) -> Vec<Count> {
        let all = (None, self.min, self.max);
        let by_status = self.status.iter();
        let each = by_status.map(|(status, it)| (Some(*status), it.min, it.max));
        let counts = std::iter::once(all)
            .chain(each)
            .flat_map(|(status, min, max)| {
                let limits = [min.map(Limit::Min), max.map(Limit::Max)];
                let limits = limits.into_iter().flatten();
                limits.map(move |limit| Count { status, limit })
            });
        counts.collect()
    }
}

impl Raw {
    pub(super) fn policy(self) -> Policy {
        let Self {
            rules: it,
            exceptions,
        } = self;
        let levels = [
            (Rule::Status, it.status.level),
            (Rule::UnknownStatus, it.unknown_status.level),
            (Rule::Stuck, it.stuck.level),
            (Rule::Groups, it.groups.level),
            (Rule::Participants, it.participants.level),
            (Rule::InviteLink, it.invite_link.level),
            (Rule::Subject, it.subject.level),
            (Rule::DuplicateSubject, it.duplicate_subject.level),
            (Rule::Description, it.description.level),
            (Rule::Picture, it.picture.level),
            (Rule::BusinessNumber, it.business_number.level),
            (Rule::Role, it.role.level),
            (Rule::Drift, it.drift.level),
        ];
        let has_drift = it.drift.baseline.is_some()
            || !it.drift.kinds.is_empty()
            || !it.drift.ignore.is_empty()
            || it.drift.participants_change.is_some();
        let levels = levels.into_iter();
        let levels = levels.filter_map(|(rule, level)| Some((rule, level?)));
        let drift = DriftRule {
            kinds: it.drift.kinds,
            ignored: it.drift.ignore,
            participants_change: it.drift.participants_change.unwrap_or_default(),
        };
        let rules = Rules {
            groups: it.groups.counts(),
            allow_status: it.status.allow,
            require_status: it.status.require,
            stuck_after: it.stuck.after,
            min_participants: it.participants.min,
            max_participants: it.participants.max,
            no_full: it.participants.full == Some(false),
            no_empty: it.participants.empty == Some(false),
            link: it.invite_link.present,
            link_hosts: it.invite_link.hosts,
            subject: it.subject.require,
            forbid_subject: it.subject.forbid,
            unique_subjects: it.duplicate_subject.unique,
            description: it.description.present,
            picture: it.picture.present,
            roles: it.role.allow,
            drift: has_drift.then_some(drift),
        };
        Policy {
            rules,
            baseline: it.drift.baseline,
            levels: levels.collect(),
            exceptions: exceptions
                .into_iter()
                .map(toml::Spanned::into_inner)
                .collect(),
        }
    }
}
