//! The groups of an audit: as a table, and counted for the plots.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::plot::Bar;
use super::table::{Kind, Row, Table};
use crate::group::choose::FULL;
use crate::group::{Field, Group, GroupStatus};

/// Links and pictures are left out: whoever reads an invite link may join.
pub(super) const TABLE: Table<10> = Table {
    class: "groups",
    heading: "Groups",
    things: "groups",
    columns: [
        ("Subject", Kind::Text),
        ("Group ID", Kind::Text),
        ("Status", Kind::Text),
        ("Participants", Kind::Number),
        ("Business number", Kind::Text),
        ("Type", Kind::Text),
        ("Role", Kind::Text),
        ("Invite link", Kind::Ours),
        ("Updated (UTC)", Kind::Text),
        ("Target", Kind::Text),
    ],
};

/// Returns a group's row.
pub(super) fn row(group: &Group) -> Row<'_, 10> {
    let text = |field| group.text(field).unwrap_or_default();
    let updated = group.time(Field::GmtModifier).map_or_else(
        || text(Field::GmtModifier),
        // Of one length, so that the order of letters is that of time.
        |time| time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string().into(),
    );
    let cells = [
        text(Field::Subject),
        text(Field::GroupId),
        text(Field::GroupStatus),
        text(Field::TotalParticipantCount),
        text(Field::BusinessNumber),
        text(Field::GroupType),
        text(Field::BusinessRole),
        Cow::Borrowed(if text(Field::InviteLink).is_empty() {
            "no"
        } else {
            "yes"
        }),
        updated,
        group
            .text(Field::Target)
            .or_else(|| group.text(Field::CustSpaceId))
            .unwrap_or_default(),
    ];
    (class(GroupStatus::of(group)), cells)
}

/// What the style calls a status; it is also said in words.
const fn class(status: Option<GroupStatus>) -> &'static str {
    match status {
        Some(GroupStatus::Active) => "good",
        Some(GroupStatus::Suspended) => "bad",
        Some(GroupStatus::Inactive) => "idle",
        Some(GroupStatus::Creating | GroupStatus::Deleting | GroupStatus::Updating) => "passing",
        None => "odd",
    }
}

/// A stranger could give each group a status of its own, and fill the page.
const MOST_UNKNOWN: usize = 12;

const NOT_SAID: &str = "not said";

/// Returns how many groups have each status: the documented ones in their
/// order, then the others in the alphabet's.
pub(super) fn by_status(groups: &[Group]) -> Vec<Bar> {
    let mut unknown: BTreeMap<String, u64> = BTreeMap::new();
    let mut known = GroupStatus::ALL.map(|it| (it, 0));
    let mut absent = 0;
    for group in groups {
        let status = GroupStatus::of(group);
        if let Some((_, count)) = known.iter_mut().find(|(it, _)| Some(*it) == status) {
            *count += 1;
        } else if let Some(other) = group.text(Field::GroupStatus) {
            *unknown.entry(other.into_owned()).or_default() += 1;
        } else {
            absent += 1;
        }
    }
    let known = known.map(|(it, count)| Bar::new(it.name(), count, class(Some(it))));
    let mut bars = Vec::from(known);
    let rest: u64 = unknown.values().skip(MOST_UNKNOWN).sum();
    let unknown = unknown.into_iter().take(MOST_UNKNOWN);
    bars.extend(unknown.map(|(status, count)| Bar::new(status, count, class(None))));
    for (name, count) in [("others", rest), (NOT_SAID, absent)] {
        bars.extend((count > 0).then(|| Bar::new(name, count, class(None))));
    }
    bars
}

/// How many take part at most in the groups of each bar above the small ones.
const LARGER: [(u64, &str); 4] = [
    (50, "9–50"),
    (200, "51–200"),
    (1000, "201–1000"),
    (u64::MAX, "over 1000"),
];

/// Returns how many groups have how many participants: a bar for each number
/// up to the channel's limit, wider ones up to the largest group.
pub(super) fn by_participants(groups: &[Group]) -> Vec<Bar> {
    let small = (0..=FULL).map(|it| (it, it.to_string()));
    let larger = LARGER.map(|(most, name)| (most, name.to_owned()));
    let mut counts: Vec<_> = small.chain(larger).map(|it| (it, 0)).collect();
    let mut absent = 0;
    for group in groups {
        let count = group.participants();
        let fits = |most: u64| count.is_some_and(|it| it <= most);
        match counts.iter_mut().find(|((most, _), _)| fits(*most)) {
            Some((_, it)) => *it += 1,
            None => absent += 1,
        }
    }
    while counts
        .last()
        .is_some_and(|((most, _), count)| *most > FULL && *count == 0)
    {
        counts.pop();
    }
    let bars = counts.into_iter();
    let mut bars: Vec<_> = bars
        .map(|((_, name), count)| Bar::new(name, count, "plain"))
        .collect();
    bars.extend((absent > 0).then(|| Bar::new(NOT_SAID, absent, class(None))));
    bars
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(bars: &[Bar]) -> Vec<(&str, u64)> {
        let shown = bars.iter().filter(|it| it.count() > 0);
        shown.map(|it| (it.name(), it.count())).collect()
    }

    fn groups(json: &str) -> Vec<Group> {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn statuses_come_as_documented_then_by_the_alphabet_and_are_never_too_many() {
        let groups = groups(
            r#"[{"GroupStatus":"ZOMBIE"},{"GroupStatus":"SUSPENDED"},{"GroupStatus":"active"},
                {"GroupStatus":"ACTIVE"},{"GroupStatus":null},{"GroupStatus":"ZOMBIE"}]"#,
        );
        let bars = by_status(&groups);
        assert_eq!(bars.len(), 9, "those that none has are shown, too");
        let expected = [
            ("ACTIVE", 1),
            ("SUSPENDED", 1),
            ("ZOMBIE", 2),
            ("active", 1),
            ("not said", 1),
        ];
        assert_eq!(counted(&bars), expected);
        let many: Vec<String> = (0..99)
            .map(|it| format!(r#"{{"GroupStatus":"X{it:03}"}}"#))
            .collect();
        let bars = by_status(&self::groups(&format!("[{}]", many.join(","))));
        assert_eq!((bars.len(), counted(&bars)[12]), (19, ("others", 87)));
    }

    #[test]
    fn participants_are_counted_one_by_one_up_to_eight_and_then_together() {
        let count = |counts: &[&str]| {
            let groups_of: Vec<String> = counts
                .iter()
                .map(|it| format!(r#"{{"TotalParticipantCount":{it}}}"#))
                .collect();
            by_participants(&groups(&format!("[{}]", groups_of.join(","))))
        };
        assert_eq!(count(&["8", "0"]).len(), 9);
        let bars = count(&["8", "9", "50", "51", "1000", "1001", "-1", "null", "\"7\""]);
        let expected = [
            ("7", 1),
            ("8", 1),
            ("9–50", 2),
            ("51–200", 1),
            ("201–1000", 1),
            ("over 1000", 1),
            ("not said", 2),
        ];
        assert_eq!(counted(&bars), expected);
    }
}
