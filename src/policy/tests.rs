use super::*;
use crate::audit::Limit;

fn finding(rule: Rule, ids: &[&str], subject: &str) -> Finding {
    let named = |id: &&str| Named {
        id: (*id).to_owned(),
        subject: subject.to_owned(),
    };
    Finding {
        groups: ids.iter().map(named).collect(),
        ..Finding::of_listing(rule, "")
    }
}

#[test]
fn the_template_sets_nothing_and_all_of_it_can_be_set() {
    let empty = Policy::parse(TEMPLATE).unwrap();
    assert!(empty.exceptions.is_empty() && empty.baseline.is_none());
    let set: Vec<&str> = TEMPLATE
        .lines()
        .filter(|line| !line.starts_with("# "))
        .map(|line| line.strip_prefix('#').unwrap_or(line))
        .collect();
    let full = Policy::parse(&set.join("\n")).unwrap();
    let unset = Rule::ALL.into_iter().filter(|it| !full.rules.has(*it));
    assert_eq!(unset.collect::<Vec<Rule>>(), []);
    let bounds = [Limit::Min(10), Limit::Max(60), Limit::Min(8), Limit::Max(0)];
    let counts: Vec<Limit> = full.rules.groups.iter().map(|it| it.limit).collect();
    assert_eq!(counts, bounds);
    assert!(full.baseline.is_some());
    assert_eq!(full.exceptions.len(), 2);
}

#[test]
fn a_mistake_is_named_with_its_line_and_key() {
    for (source, line, key, words) in [
        ("\n[rules.statsu]\n", 2, "[rules.statsu]", "unknown field"),
        ("[rules.status]\nalow = []", 2, "alow", "unknown field"),
        (
            "[rules.status]\nallow = [\"X\"]",
            2,
            "allow",
            "must be one of",
        ),
        (
            "[rules.stuck]\n\nafter = \"x\"",
            3,
            "after",
            "a time is needed",
        ),
        (
            "[rules.stuck]\nlevel = \"loud\"",
            2,
            "level",
            "must be one of",
        ),
        ("[rules.groups]\nmin = -1", 2, "min", "from 0 on"),
        ("[rules.groups]\nmin = \"3\"", 2, "min", "a whole number"),
        ("[rules.status]\nallow = \"ACTIVE\"", 2, "allow", "a list"),
        (
            "[rules.status]\nallow = []",
            2,
            "allow",
            "the list is empty",
        ),
        (
            "[rules.participants]\nfull = true",
            2,
            "full",
            "asks for nothing",
        ),
        (
            "[rules.duplicate-subject]\nunique = false",
            2,
            "unique",
            "asks for nothing",
        ),
        ("[rules.role]\nallow = []", 2, "allow", "the list is empty"),
        (
            "[rules.subject]\nforbid = []",
            2,
            "forbid",
            "the list is empty",
        ),
        (
            "[rules.groups]\nstatus = { ACTIVE = {} }",
            2,
            "status",
            "a min or a max",
        ),
        (
            "[rules.subject]\nmatch = [\"(\"]",
            2,
            "match",
            "unclosed group",
        ),
        (
            "[rules.groups]\nstatus = { ACTVE = { min = 1 } }",
            2,
            "status",
            "did you mean ACTIVE?",
        ),
        (
            "[rules.drift]\nkinds = [\"x\"]",
            2,
            "kinds",
            "must be one of",
        ),
        ("rules = ", 1, "rules", ""),
    ] {
        let error = Policy::parse(source).unwrap_err();
        assert_eq!(
            (error.line, error.key.as_deref()),
            (line, Some(key)),
            "{error}"
        );
        assert!(error.what.contains(words), "{error}");
    }
    let exception = "[[exceptions]]\nrule = \"stuck\"\nreason = \"r\"\nuntil = \"2026-01-01\"\n";
    assert!(Policy::parse(&format!("{exception}group_id = \"g\"")).is_ok());
    let bare = exception.replace("\"2026-01-01\"", "2026-01-01");
    assert!(Policy::parse(&format!("{bare}group_id = \"g\"")).is_ok());
    for wrong in [
        exception.to_owned(),
        format!("{exception}group_id = \"g\"\nsubject = \"s\""),
        exception.replace("\"r\"", "\" \"") + "group_id = \"g\"",
        exception.replace("01-01", "13-01") + "group_id = \"g\"",
        exception.replace("until", "#") + "group_id = \"g\"",
        exception.to_owned() + "group_id = \"\"",
        exception.replace("stuck", "groups") + "group_id = \"g\"",
        exception.replace("2026-01-01", "2026-01-01T12:00:00Z") + "group_id = \"g\"",
    ] {
        assert!(Policy::parse(&wrong).is_err(), "{wrong}");
    }
}

#[test]
fn an_exception_covers_its_group_and_rule_until_its_last_day() {
    let source = "[[exceptions]]\nrule = \"stuck\"\nsubject = \"^VIP\"\nreason = \"r\"\nuntil = \"2026-01-31\"";
    let policy = Policy::parse(source).unwrap();
    let exception = &policy.exceptions[0];
    let covers = |rule, ids: &[&str], subject| {
        !excepted_by(&finding(rule, ids, subject), &[exception]).is_empty()
    };
    assert!(covers(Rule::Stuck, &["g"], "VIP 1"));
    assert!(!covers(Rule::Stuck, &["g"], "no VIP"));
    assert!(!covers(Rule::Status, &["g"], "VIP 1"));
    assert!(!covers(Rule::Stuck, &[], "VIP 1"), "of the listing");
    assert!(exception.holds_on("2026-01-31".parse().unwrap()));
    assert!(!exception.holds_on("2026-02-01".parse().unwrap()));
}

#[test]
fn of_groups_that_are_alike_all_but_one_must_be_excepted() {
    let of = |id: &str| {
        let source = format!(
            "[[exceptions]]\nrule = \"duplicate-subject\"\ngroup_id = \"{id}\"\nreason = \"r\"\nuntil = \"2026-01-31\""
        );
        Policy::parse(&source).unwrap().exceptions.remove(0)
    };
    let (a, b) = (of("a"), of("b"));
    let two = finding(Rule::DuplicateSubject, &["a", "b"], "s");
    let three = finding(Rule::DuplicateSubject, &["a", "b", "c"], "s");
    assert_eq!(excepted_by(&two, &[&b, &a]), [0, 1]);
    assert_eq!(excepted_by(&two, &[&a]), [0]);
    assert!(excepted_by(&three, &[&a]).is_empty());
    assert_eq!(excepted_by(&three, &[&a, &b]), [0, 1]);
    assert!(excepted_by(&two, &[]).is_empty());
}

#[test]
fn a_policy_in_a_profile_is_read_out_of_the_whole_file() {
    let file = "default_profile = \"a\"\n[profiles.a]\naccess_key_secret = \"testAccessKeySecret\"\n[profiles.a.audit.rules.groups]\nmin = 3\n[profiles.b]\nregion = \"r\"\n";
    let policy = Policy::of_profile(file, "a").unwrap();
    assert_eq!(policy.rules.groups.len(), 1);
    assert!(
        Policy::of_profile(file, "b")
            .unwrap()
            .rules
            .groups
            .is_empty()
    );
    for wrong in [
        "min = \"testAccessKeySecret\"",
        "{ testAccessKeySecret",
        "testAccessKeySecret",
    ] {
        let error = Policy::of_profile(&file.replace("min = 3", wrong), "a").unwrap_err();
        let shown = format!("{error} {error:?}");
        assert!(!shown.contains("testAccessKeySecret"), "{shown}");
    }
    let error = Policy::of_profile(&file.replace("min", "mni"), "a").unwrap_err();
    assert_eq!((error.line, error.key.as_deref()), (5, Some("mni")));
    assert!(
        !error.to_string().contains("testAccessKeySecret"),
        "{error}"
    );
}
