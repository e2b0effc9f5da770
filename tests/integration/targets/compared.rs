//! Audits and differences of many targets.

use std::fs;

use serde_json::Value;

use super::{csv, scenario};
use crate::support::{Scenario, responding, server};

#[test]
fn audit_holds_each_target_by_itself_and_counts_what_it_could_not_see() {
    let scenario = scenario(2, 4, |at| at != 2);
    let audit =
        |more: &[&str]| scenario.run([&["audit", "--targets", "targets.csv"], more].concat());
    let outcome = audit(&[
        "--unique-subjects",
        "--min-groups",
        "2",
        "--fail-on",
        "never",
    ]);
    assert_eq!(outcome.code, 5, "not seen is no pass: {outcome:?}");
    let words = "1 of 4 targets could not be listed; no findings in 6 groups of the other 3\n";
    assert!(outcome.stdout.ends_with(words), "{outcome:?}");
    assert!(
        outcome.stderr.contains("error: shop 2: the API refused"),
        "{outcome:?}"
    );

    let json: Value =
        serde_json::from_str(&audit(&["-o", "json", "--max-groups", "1"]).stdout).unwrap();
    assert_eq!(
        (&json["verdict"], &json["targets"]),
        (&"incomplete".into(), &4.into())
    );
    assert_eq!(json["not_listed"][0]["target"], "shop 2");
    assert_eq!(json["not_listed"][0]["exit_code"], 5);
    let found = json["findings"].as_array().unwrap().iter();
    let found: Vec<&str> = found.map(|it| it["target"].as_str().unwrap()).collect();
    assert_eq!(found, ["shop 0", "shop 1", "shop 3"]);

    let junit = audit(&["-o", "junit"]).stdout;
    let document = roxmltree::Document::parse(&junit).unwrap();
    assert_eq!(document.root_element().attribute("errors"), Some("1"));
    let gitlab: Value = serde_json::from_str(&audit(&["-o", "gitlab"]).stdout).unwrap();
    assert_eq!(gitlab[0]["severity"], "blocker");
    let github = audit(&["-o", "github"]).stdout;
    let line = "::error title=cams-groups%3A not listed::shop 2: the API refused";
    assert!(github.starts_with(line), "{github}");
    let markdown = audit(&["-o", "markdown"]).stdout;
    assert!(markdown.contains("| failed | shop 2 |"), "{markdown}");
}

#[test]
fn a_target_that_cannot_be_listed_is_no_difference() {
    let whole = scenario(2, 3, |_| true);
    let snapshot = whole
        .run(["list", "--targets", "targets.csv", "-o", "json"])
        .data();
    let scenario = scenario(2, 3, |at| at != 1).file("old.json", &snapshot);
    let diff = |more: &[&str]| scenario.run([&["diff", "old.json"], more].concat());
    let outcome = diff(&["--targets", "targets.csv"]);
    assert_eq!(
        (outcome.code, outcome.stdout.as_str()),
        (5, ""),
        "{outcome:?}"
    );
    fs::write(scenario.path().join("targets.csv"), csv(1)).unwrap();
    let fewer = diff(&["--targets", "targets.csv"]);
    assert_eq!(fewer.code, 1, "{fewer:?}");
    assert!(fewer.stdout.starts_with("   TARGET  GROUP ID"), "{fewer:?}");
    assert_eq!(fewer.stdout.matches("\n-  shop ").count(), 4, "{fewer:?}");
    let both = diff(&["old.json", "--targets", "targets.csv"]);
    assert_eq!(both.code, 2, "{both:?}");
    let one = ["--space-id", "cams-0", "--business-number", "8613800000000"];
    assert!(diff(&one).fails(3).contains("of which target"));
    let baseline = [
        "audit",
        "--baseline",
        "old.json",
        "--targets",
        "targets.csv",
    ];
    let drift = scenario.run(baseline);
    assert_eq!(drift.code, 1, "{drift:?}");
    let gone = "gone: no target has its space and number";
    assert_eq!(drift.stdout.matches(gone).count(), 4, "{drift:?}");
    let only = scenario.run([&baseline[..], &["--drift", "regressed"]].concat());
    assert_eq!(only.code, 1, "what is not compared is no pass: {only:?}");
    let words = "not compared, being of no target: 4 of the baseline's groups";
    assert!(only.stdout.contains(words), "{only:?}");
    scenario
        .run([&["audit", "--baseline", "old.json"], &one[..]].concat())
        .fails(3);
}

#[test]
fn a_target_that_drifts_is_named() {
    let scenario = scenario(2, 2, |_| true);
    let list = ["list", "--targets", "targets.csv", "-o", "json"];
    let snapshot = scenario.run(list).data();
    let other = snapshot.replacen(
        "\"GroupStatus\": \"ACTIVE\"",
        "\"GroupStatus\": \"CREATING\"",
        1,
    );
    let scenario = scenario.file("base.json", &other);
    let audit = [
        "audit",
        "--baseline",
        "base.json",
        "--targets",
        "targets.csv",
        "-o",
        "json",
    ];
    let outcome = scenario.run(audit);
    assert_eq!(outcome.code, 1, "{outcome:?}");
    let json: Value = serde_json::from_str(&outcome.stdout).unwrap();
    assert_eq!(json["findings"].as_array().unwrap().len(), 1);
    assert_eq!(json["findings"][0]["target"], "shop 0");
}

#[test]
fn two_numbers_of_one_space_are_told_apart_or_refused() {
    // Each number has a group of its own; the API does not say whose it is.
    let answer = |with_number: bool, status: &'static str| {
        responding(move |head| {
            let number = u8::from(head.contains("8613800000001"));
            let said = if with_number {
                format!(r#","BusinessNumber":"861380000000{number}""#)
            } else {
                String::new()
            };
            let status = if number == 1 { status } else { "ACTIVE" };
            let group = format!(r#"{{"GroupId":"g{number}","GroupStatus":"{status}"{said}}}"#);
            let body = format!(r#"{{"Code":"OK","Data":{{"Total":1,"List":[{group}]}}}}"#);
            ("200 OK", body)
        })
    };
    let targets = "space_id,business_number\na,8613800000000\na,8613800000001\n";
    let at = |endpoint: &str| {
        let scenario = Scenario::bare().with_key();
        let scenario = scenario.set("CAMS_GROUPS_ENDPOINT", endpoint);
        scenario.file("targets.csv", targets)
    };
    let list = ["list", "--targets", "targets.csv", "-o", "json"];
    let audit = [
        "audit",
        "--targets",
        "targets.csv",
        "--baseline",
        "base.json",
    ];
    for (with_number, code) in [(true, 1), (false, 3)] {
        let base = at(&answer(with_number, "ACTIVE")).run(list).data();
        let scenario = at(&answer(with_number, "SUSPENDED")).file("base.json", &base);
        let drift = [&audit[..], &["--drift", "regressed"]].concat();
        let outcome = scenario.run(drift);
        assert_eq!(outcome.code, code, "{outcome:?}");
        let diff = scenario.run(["diff", "base.json", "--targets", "targets.csv"]);
        assert_eq!(diff.code, code, "{diff:?}");
    }
    let table = at(&answer(true, "ACTIVE")).run(["list", "--targets", "targets.csv"]);
    assert!(table.data().starts_with("SPACE  NUMBER         GROUP ID"));
}

#[test]
fn a_targets_own_policy_is_not_passed_over() {
    let config = |audit: &str| {
        format!(
            "[profiles.default]\nregion = 'ap-southeast-1'\n[[profiles.default.targets]]\nspace_id = 'cams-0'\nbusiness_number = '8613800000000'\nprofile = 'other'\n[profiles.other]\nregion = 'ap-southeast-1'\n{audit}"
        )
    };
    let own = "[profiles.other.audit.rules.groups]\nmax = 0\n";
    let audit = ["audit", "--all-targets", "--min-groups", "1"];
    let scenario = scenario(1, 1, |_| true).config(&config(own));
    let stderr = scenario.run(audit).fails(3);
    assert!(stderr.contains("a policy of its own"), "{stderr}");
    let named = scenario.file("p.toml", "");
    assert_eq!(
        named
            .run([&audit[..], &["--policy", "p.toml"]].concat())
            .code,
        0
    );
    assert_eq!(named.config(&config("")).run(audit).code, 0);
}

#[test]
fn a_baseline_without_groups_is_a_baseline() {
    let empty = scenario(0, 2, |_| true);
    let base = empty
        .run(["list", "--targets", "targets.csv", "-o", "json"])
        .data();
    assert_eq!(base, "[]\n");
    let audit = [
        "audit",
        "--targets",
        "targets.csv",
        "--baseline",
        "base.json",
        "--max-groups",
        "9",
    ];
    let same = empty.file("base.json", &base).run(audit);
    assert_eq!(same.data(), "clean: 0 groups of 2 targets\n");
    let more = scenario(1, 2, |_| true).file("base.json", &base).run(audit);
    assert!(
        more.stdout
            .ends_with("2 errors, 0 warnings in 2 groups of 2 targets\n"),
        "{more:?}"
    );
}

#[test]
fn a_deadline_ends_what_nobody_answers_and_the_reports_say_so() {
    let (mute, _asked) = server(|_| std::thread::sleep(std::time::Duration::from_secs(30)));
    let scenario = Scenario::at(&mute).with_key().file("targets.csv", csv(3));
    let slow = ["--deadline", "500ms", "--min-groups", "1", "-o", "json"];
    for which in [&[][..], &["--targets", "targets.csv"]] {
        let outcome = scenario.run([&["audit"], &slow[..], which].concat());
        assert_eq!(outcome.code, 6, "{outcome:?}");
        let json: Value = serde_json::from_str(&outcome.stdout).unwrap();
        assert_eq!(json["verdict"], "incomplete");
        assert_eq!(json["not_listed"][0]["kind"], "network");
        assert_eq!(json["exit_code"], 6);
        let not_listed = json["not_listed"].as_array().unwrap().len();
        assert_eq!(
            not_listed,
            if which.is_empty() { 1 } else { 3 },
            "each of them"
        );
    }
}

#[test]
fn a_difference_names_the_targets_that_could_not_be_listed() {
    let whole = scenario(1, 2, |_| true);
    let base = whole
        .run(["list", "--targets", "targets.csv", "-o", "json"])
        .data();
    let scenario = scenario(1, 2, |at| at == 0).file("base.json", &base);
    let diff =
        |form: &str| scenario.run(["diff", "base.json", "--targets", "targets.csv", "-o", form]);
    let json: Value = serde_json::from_str(&diff("json").stdout).unwrap();
    assert_eq!(json["not_listed"], serde_json::json!(["shop 1"]));
    let markdown = diff("markdown").stdout;
    assert_eq!(
        markdown,
        "- not listed: shop 1\n\nNo differences in what was compared.\n"
    );
}

/// A service whose group of each number, `g` and the number's last digit, has this
/// status.
fn with_status(status: &'static str) -> String {
    responding(move |head| {
        let at = head.find("BusinessNumber=").unwrap() + "BusinessNumber=".len();
        let number: String = head[at..]
            .chars()
            .take_while(char::is_ascii_digit)
            .collect();
        let id = &number[number.len() - 1..];
        let group = format!(
            r#"{{"GroupId":"g{id}","GroupStatus":"{status}","BusinessNumber":"{number}"}}"#
        );
        let body = format!(r#"{{"Code":"OK","Data":{{"Total":1,"List":[{group}]}}}}"#);
        ("200 OK", body)
    })
}

fn asking(endpoint: &str, targets: &str) -> Scenario {
    let scenario = Scenario::bare().with_key();
    let scenario = scenario.set("CAMS_GROUPS_ENDPOINT", endpoint);
    scenario.file(
        "targets.csv",
        format!("space_id,business_number,name\n{targets}"),
    )
}

#[test]
fn a_regression_is_seen_however_the_baseline_tells_its_groups() {
    let targets = "cams-a,8613800000001,Shop\ncams-b,8613800000002,Depot\n";
    let active = asking(&with_status("ACTIVE"), targets);
    let list = ["list", "--targets", "targets.csv", "-o", "json"];
    for more in [
        &[][..],
        &["--columns", "target,space,id,status"],
        &["--redact"],
    ] {
        let base = active.run([&list[..], more].concat()).data();
        let audit = ["audit", "--targets", "targets.csv", "--drift", "regressed"];
        let audit = [&audit[..], &["--baseline", "base.json"]].concat();
        let suspended = asking(&with_status("SUSPENDED"), targets).file("base.json", &base);
        let outcome = suspended.run(&audit);
        assert_eq!(outcome.code, 1, "{more:?} {outcome:?}");
        assert_eq!(
            outcome.stdout.matches("regressed").count(),
            2,
            "{outcome:?}"
        );
        let same = asking(&with_status("ACTIVE"), targets).file("base.json", &base);
        assert_eq!(same.run(&audit).code, 0, "{more:?}");
        let diff = suspended.run(["diff", "base.json", "--targets", "targets.csv"]);
        assert_eq!(diff.stdout.matches("\n~  ").count(), 2, "{diff:?}");
    }
}

#[test]
fn a_name_that_moves_takes_no_groups_with_it() {
    let before = "cams-a,8613800000001,Shop\n";
    let base = asking(&with_status("ACTIVE"), before);
    let base = base
        .run(["list", "--targets", "targets.csv", "-o", "json"])
        .data();
    let after = "cams-b,8613800000002,Shop\ncams-a,8613800000001,Shop-old\n";
    let scenario = asking(&with_status("SUSPENDED"), after).file("base.json", &base);
    let audit = ["audit", "--targets", "targets.csv", "--drift", "regressed"];
    let outcome = scenario.run([&audit[..], &["--baseline", "base.json"]].concat());
    assert_eq!(outcome.code, 1, "{outcome:?}");
    assert!(outcome.stdout.contains("Shop-old"), "{outcome:?}");
}
