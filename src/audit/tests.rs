use std::time::Duration;

use regex::Regex;

use super::*;
use crate::group::GroupStatus;

fn groups(json: &str) -> Vec<Group> {
    serde_json::from_str(json).unwrap()
}

fn now() -> Timestamp {
    "2026-06-30T12:00:00Z".parse().unwrap()
}

const NUMBER: Known = Known {
    business_number: Some("8613800000000"),
    baseline: None,
};

/// What a rule finds in groups, and that it finds nothing in others.
#[track_caller]
fn finds(rules: &Rules, good: &str, bad: &str, rule: Rule, what: &str) {
    let of_rule = |json: &str| {
        let found = audit(&groups(json), rules, NUMBER, now());
        let found = found.into_iter().filter(|it| it.rule == rule);
        found.map(|it| it.what).collect::<Vec<_>>()
    };
    assert_eq!(of_rule(good), Vec::<String>::new(), "{rule:?}");
    assert_eq!(of_rule(bad), [what], "{rule:?}");
}

fn any() -> Rules {
    Rules::default()
}

const ACTIVE: &str = r#"[{"GroupId":"a","Subject":"x","GroupStatus":"ACTIVE"}]"#;

#[test]
fn statuses_must_be_allowed_required_and_known() {
    let rules = Rules {
        allow_status: vec![GroupStatus::Active],
        ..any()
    };
    let bad = r#"[{"GroupStatus":"SUSPENDED"}]"#;
    finds(&rules, ACTIVE, bad, Rule::Status, "the status is SUSPENDED");
    finds(
        &rules,
        ACTIVE,
        "[{}]",
        Rule::Status,
        "the status is not said",
    );
    let rules = Rules {
        require_status: vec![GroupStatus::Active],
        ..any()
    };
    finds(&rules, ACTIVE, bad, Rule::Status, "no group is ACTIVE");
    finds(
        &any(),
        ACTIVE,
        r#"[{"GroupStatus":"NEW"}]"#,
        Rule::UnknownStatus,
        "the status is NEW",
    );
}

#[test]
fn what_should_pass_must_pass_in_time() {
    let rules = Rules {
        stuck_after: Some(Duration::from_hours(1)),
        ..any()
    };
    let since = |seconds: i64| {
        let at = (now().as_second() - seconds) * 1000;
        format!(r#"[{{"GroupStatus":"CREATING","GmtModifier":{at}}}]"#)
    };
    finds(
        &rules,
        &since(3600),
        &since(3661),
        Rule::Stuck,
        "CREATING since 2026-06-30T10:58:59Z",
    );
    finds(
        &rules,
        ACTIVE,
        r#"[{"GroupStatus":"DELETING","GmtModifier":94}]"#,
        Rule::Stuck,
        "DELETING, and nobody knows since when",
    );
}

fn counted(status: Option<GroupStatus>, limit: Limit) -> Rules {
    let groups = vec![Count { status, limit }];
    Rules { groups, ..any() }
}

#[test]
fn groups_of_a_status_are_counted() {
    let suspended = r#"[{"GroupStatus":"ACTIVE"},{"GroupStatus":"SUSPENDED"}]"#;
    finds(
        &counted(Some(GroupStatus::Suspended), Limit::Max(0)),
        ACTIVE,
        suspended,
        Rule::Groups,
        "1 SUSPENDED group, more than 0",
    );
    finds(
        &counted(Some(GroupStatus::Active), Limit::Min(1)),
        ACTIVE,
        "[{}]",
        Rule::Groups,
        "0 ACTIVE groups, fewer than 1",
    );
}

#[test]
fn descriptions_pictures_and_roles_are_checked() {
    let description = Rules {
        description: Some(true),
        ..any()
    };
    let some = r#"[{"Description":"d","ProfilePictureFile":"p"}]"#;
    let blank = r#"[{"Description":" ","ProfilePictureFile":null}]"#;
    let rule = Rule::Description;
    finds(&description, some, blank, rule, "there is no description");
    let picture = Rules {
        picture: Some(true),
        ..any()
    };
    finds(&picture, some, blank, Rule::Picture, "there is no picture");
    let none = Rules {
        picture: Some(false),
        ..any()
    };
    finds(&none, blank, some, Rule::Picture, "there is a picture");
    let roles = Rules {
        roles: vec!["administrator".to_owned()],
        ..any()
    };
    let telegram =
        |role: &str| format!(r#"[{{"GroupType":"supergroup","BusinessRole":{role}}}, {{}}]"#);
    finds(
        &roles,
        &telegram("\"Administrator\""),
        &telegram("\"member\""),
        Rule::Role,
        "the bot's role is member",
    );
    let unsaid = telegram("null");
    finds(
        &roles,
        "[{}]",
        &unsaid,
        Rule::Role,
        "the bot's role is not said",
    );
}

#[test]
fn groups_and_participants_are_counted() {
    finds(
        &counted(None, Limit::Min(1)),
        ACTIVE,
        "[]",
        Rule::Groups,
        "0 groups, fewer than 1",
    );
    finds(
        &counted(None, Limit::Max(0)),
        "[]",
        ACTIVE,
        Rule::Groups,
        "1 group, more than 0",
    );
    let of = |count: &str| format!(r#"[{{"TotalParticipantCount":{count}}}]"#);
    let rules = Rules {
        min_participants: Some(2),
        max_participants: Some(7),
        ..any()
    };
    finds(
        &rules,
        &of("2"),
        &of("1"),
        Rule::Participants,
        "1 take part, fewer than 2",
    );
    finds(
        &rules,
        &of("7"),
        &of("8"),
        Rule::Participants,
        "8 take part, more than 7",
    );
    let odd = "how many take part is not said";
    finds(&rules, &of("7"), &of("-1"), Rule::Participants, odd);
    finds(
        &rules,
        &of("7"),
        &of("null"),
        Rule::Participants,
        "how many take part is not said",
    );
    let rules = Rules {
        no_full: true,
        no_empty: true,
        ..any()
    };
    finds(
        &rules,
        &of("7"),
        &of("8"),
        Rule::Participants,
        "8 take part: the group is full",
    );
    finds(
        &rules,
        &of("1"),
        &of("0"),
        Rule::Participants,
        "nobody takes part",
    );
    let telegram = r#"[{"TotalParticipantCount":900,"GroupType":"supergroup"}]"#;
    finds(
        &rules,
        telegram,
        &of("8"),
        Rule::Participants,
        "8 take part: the group is full",
    );
}

#[test]
fn links_subjects_and_numbers_are_checked_and_links_never_shown() {
    let link = |link: &str| format!(r#"[{{"InviteLink":"{link}"}}]"#);
    let some = link("https://chat.whatsapp.com/secret");
    finds(
        &Rules {
            link: Some(true),
            ..any()
        },
        &some,
        &link(""),
        Rule::InviteLink,
        "there is no invite link",
    );
    finds(
        &Rules {
            link: Some(false),
            ..any()
        },
        "[{}]",
        &some,
        Rule::InviteLink,
        "there is an invite link",
    );
    let rules = Rules {
        link_hosts: vec!["chat.whatsapp.com".to_owned()],
        ..any()
    };
    let elsewhere = link("https://evil.example/secret");
    finds(
        &rules,
        &some,
        &elsewhere,
        Rule::InviteLink,
        "the invite link leads to evil.example",
    );
    let script = link("javascript://chat.whatsapp.com/%0a");
    let odd = "the invite link to chat.whatsapp.com is no plain https:// link";
    finds(&rules, &some, &script, Rule::InviteLink, odd);
    finds(
        &rules,
        &some,
        &link("no host"),
        Rule::InviteLink,
        "the invite link leads to no host",
    );
    let subject = |subject: &str| format!(r#"[{{"GroupId":"{subject}","Subject":"{subject}"}}]"#);
    let rules = Rules {
        subject: vec![Regex::new("^VIP").unwrap()],
        forbid_subject: vec![Regex::new("(?i)test").unwrap()],
        ..any()
    };
    finds(
        &rules,
        &subject("VIP 1"),
        &subject("1"),
        Rule::Subject,
        "the subject does not match ^VIP",
    );
    finds(
        &rules,
        &subject("VIP 1"),
        &subject("VIP Test"),
        Rule::Subject,
        "the subject matches (?i)test",
    );
    let twice = r#"[{"GroupId":"a","Subject":"x"},{"GroupId":"b","Subject":"x"}]"#;
    finds(
        &Rules {
            unique_subjects: true,
            ..any()
        },
        ACTIVE,
        twice,
        Rule::DuplicateSubject,
        "2 groups have this subject",
    );
    finds(
        &any(),
        r#"[{"BusinessNumber":"8613800000000"}]"#,
        r#"[{"BusinessNumber":"1"}]"#,
        Rule::BusinessNumber,
        "the group is of another business number",
    );
}

/// What drift finds between two texts: the id, if it is about a group, and what.
fn drift(rule: DriftRule, before: &str, after: &str) -> Vec<String> {
    let rules = Rules {
        drift: Some(rule),
        ..any()
    };
    let baseline = Snapshot::parse(before).unwrap();
    let known = Known {
        baseline: Some(&baseline),
        ..NUMBER
    };
    let found = audit(&groups(after), &rules, known, now());
    let found = found.into_iter().filter(|it| it.rule == Rule::Drift);
    let found = found.map(|it| match it.groups.first() {
        Some(group) => format!("{} {}", group.id, it.what),
        None => it.what,
    });
    found.collect()
}

/// A snapshot of one group with every field.
fn whole(status: &str, participants: &str, link: &str) -> String {
    const OTHERS: &str = r#""GroupId":"a","Subject":"x","Description":null,"BusinessNumber":null,"ProfilePictureFile":null,"GroupLink":null,"GroupType":null,"BusinessRole":null,"GmtModifier":null"#;
    format!(
        r#"[{{{OTHERS},"GroupStatus":{status},"TotalParticipantCount":{participants},"InviteLink":"{link}"}}]"#
    )
}

#[test]
fn a_baseline_shows_what_came_went_and_changed() {
    let before = r#"[{"GroupId":"a","Subject":"x","InviteLink":"l1"},{"GroupId":"b"}]"#;
    let after =
        r#"[{"GroupId":"a","Subject":"y","InviteLink":"l2","Description":"d"},{"GroupId":"c"}]"#;
    let found = drift(DriftRule::default(), before, after);
    let changed = "a Subject: \"x\" → \"y\"; InviteLink changed";
    assert_eq!(found[..3], ["b gone", "c new", changed]);
    let unsaid = "GroupStatus cannot be compared with the baseline".to_owned();
    assert!(found.contains(&unsaid), "{found:?}");
    let only = |kinds: &[Drift]| DriftRule {
        kinds: kinds.to_vec(),
        ..DriftRule::default()
    };
    assert_eq!(drift(only(&[Drift::Gone]), before, after), ["b gone"]);
    assert_eq!(drift(only(&[Drift::New]), before, after), ["c new"]);
    let link = drift(only(&[Drift::InviteLink]), before, after);
    assert_eq!(link, ["a InviteLink changed"]);
    let status = drift(only(&[Drift::Regressed]), before, after);
    assert_eq!(status, [unsaid], "what cannot be judged is no pass");
}

#[test]
fn a_status_regresses_and_participants_change_by_more_than_they_may() {
    let of = |status: &str| whole(status, "5", "l");
    let regressed = DriftRule {
        kinds: vec![Drift::Regressed],
        ..DriftRule::default()
    };
    for (before, after, is_regress) in [
        ("ACTIVE", "SUSPENDED", true),
        ("ACTIVE", "INACTIVE", true),
        ("ACTIVE", "DELETING", true),
        ("ACTIVE", "NEW", true),
        ("CREATING", "SUSPENDED", true),
        ("ACTIVE", "UPDATING", false),
        ("UPDATING", "ACTIVE", false),
        ("CREATING", "ACTIVE", false),
        ("SUSPENDED", "ACTIVE", false),
    ] {
        let (before, after) = (format!("\"{before}\""), format!("\"{after}\""));
        let found = drift(regressed.clone(), &of(&before), &of(&after));
        let expected = format!("a GroupStatus regressed: {before} → {after}");
        let expected = Vec::from_iter(is_regress.then_some(expected));
        assert_eq!(found, expected, "{before} {after}");
    }
    let by = |most: u64| DriftRule {
        participants_change: most,
        ..DriftRule::default()
    };
    let of = |count: &str| whole("\"ACTIVE\"", count, "l");
    let change = "a TotalParticipantCount: 5 → 3";
    assert_eq!(drift(by(2), &of("5"), &of("3")), Vec::<String>::new());
    assert_eq!(drift(by(1), &of("5"), &of("3")), [change]);
    let lost = "a TotalParticipantCount: 5 → null";
    assert_eq!(drift(by(99), &of("5"), &of("null")), [lost]);
}

#[test]
fn every_rule_has_an_id_and_an_explanation_of_its_own() {
    for (at, rule) in Rule::ALL.iter().enumerate() {
        assert!(!rule.explanation().is_empty());
        assert!(
            Rule::ALL[at + 1..]
                .iter()
                .all(|it| it.id() != rule.id() && it > rule)
        );
    }
}
