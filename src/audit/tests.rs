use super::*;

fn groups(json: &str) -> Vec<Group> {
    serde_json::from_str(json).unwrap()
}

fn now() -> Timestamp {
    "2026-06-30T12:00:00Z".parse().unwrap()
}

/// What a rule finds in groups, and that it finds nothing in others.
#[track_caller]
fn finds(rules: &Rules, good: &str, bad: &str, rule: Rule, what: &str) {
    let of_rule = |json: &str| {
        let found = audit(&groups(json), rules, now());
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

#[test]
fn groups_and_participants_are_counted() {
    finds(
        &Rules {
            min_groups: Some(1),
            ..any()
        },
        ACTIVE,
        "[]",
        Rule::Groups,
        "0 groups, fewer than 1",
    );
    finds(
        &Rules {
            max_groups: Some(0),
            ..any()
        },
        "[]",
        ACTIVE,
        Rule::Groups,
        "1 groups, more than 0",
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
        "the subject \"x\" is that of a, b",
    );
    let rules = Rules {
        business_number: Some("8613800000000".to_owned()),
        ..any()
    };
    finds(
        &rules,
        r#"[{"BusinessNumber":"8613800000000"}]"#,
        r#"[{"BusinessNumber":"1"}]"#,
        Rule::BusinessNumber,
        "the group is of another business number",
    );
}

#[test]
fn a_baseline_shows_what_came_went_and_changed() {
    let baseline = r#"[{"GroupId":"a","Subject":"x","InviteLink":"l1"},{"GroupId":"b"}]"#;
    let rules = Rules {
        baseline: Some((Snapshot::parse(baseline).unwrap(), vec![Field::Description])),
        ..any()
    };
    let now_is =
        r#"[{"GroupId":"a","Subject":"y","InviteLink":"l2","Description":"d"},{"GroupId":"c"}]"#;
    let found = audit(&groups(now_is), &rules, now());
    let found: Vec<String> = found
        .iter()
        .filter(|it| it.rule == Rule::Drift && it.group.is_some())
        .map(|it| format!("{} {}", it.group.as_ref().unwrap().0, it.what))
        .collect();
    let narrow = Rules {
        baseline: Some((Snapshot::parse(r#"[{"GroupId":"a"}]"#).unwrap(), Vec::new())),
        ..any()
    };
    let narrowed = audit(&groups(r#"[{"GroupId":"a"}]"#), &narrow, now());
    assert!(
        narrowed
            .iter()
            .any(|it| it.what == "GroupStatus cannot be compared with the baseline")
    );
    let changed = "a Subject: \"x\" → \"y\"; InviteLink changed";
    assert_eq!(found, ["b gone", "c new", changed]);
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
