use super::*;

fn finding(rule: Rule, id: &str, subject: &str) -> Finding {
    let group = Some((id.to_owned(), subject.to_owned()));
    let what = String::new();
    Finding { rule, group, what }
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
    // The number is asked for elsewhere, and the baseline is a file.
    let unset: Vec<Rule> = unset.collect();
    assert_eq!(unset, [Rule::BusinessNumber, Rule::Drift]);
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
        ("[rules.groups]\nmin = -1", 2, "min", "-1"),
        (
            "[rules.subject]\nmatch = [\"(\"]",
            2,
            "match",
            "unclosed group",
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
    for wrong in [
        exception.to_owned(),
        format!("{exception}group_id = \"g\"\nsubject = \"s\""),
        exception.replace("\"r\"", "\" \"") + "group_id = \"g\"",
        exception.replace("01-01", "13-01") + "group_id = \"g\"",
        exception.replace("until", "#") + "group_id = \"g\"",
    ] {
        assert!(Policy::parse(&wrong).is_err(), "{wrong}");
    }
}

#[test]
fn an_exception_covers_its_group_and_rule_until_its_last_day() {
    let source = "[[exceptions]]\nrule = \"stuck\"\nsubject = \"^VIP\"\nreason = \"r\"\nuntil = \"2026-01-31\"";
    let policy = Policy::parse(source).unwrap();
    let exception = &policy.exceptions[0];
    assert!(exception.covers(&finding(Rule::Stuck, "g", "VIP 1")));
    assert!(!exception.covers(&finding(Rule::Stuck, "g", "no VIP")));
    assert!(!exception.covers(&finding(Rule::Status, "g", "VIP 1")));
    assert!(exception.holds_on("2026-01-31".parse().unwrap()));
    assert!(!exception.holds_on("2026-02-01".parse().unwrap()));
}
