//! `cams-groups audit`: a verdict that is never a doubt, and reports that their
//! readers can read.

use std::fs;

use cams_groups::sandbox::Groups;
use serde_json::Value;

use crate::support::{Outcome, Scenario, answering_json, sandbox};

mod policy;
mod reports;

const GROUPS: &str = r#"[
 {"GroupId":"g1","Subject":"VIP","GroupStatus":"ACTIVE","TotalParticipantCount":8,"BusinessNumber":"8613800000000","InviteLink":"https://chat.whatsapp.com/secret"},
 {"GroupId":"g2","Subject":"]]>\u001b[31m%0A::error::x\n::stop-commands::<b>|`@admin","GroupStatus":"SUSPENDED","TotalParticipantCount":0,"BusinessNumber":"8613800000000"}
]"#;

fn scenario() -> Scenario {
    Scenario::groups(GROUPS)
}

#[track_caller]
fn audits(args: &[&str]) -> Outcome {
    scenario().run([&["audit"], args].concat())
}

#[test]
fn a_clean_audit_is_0_and_a_finding_is_1() {
    let clean = audits(&["--min-groups", "2", "--max-participants", "8"]);
    assert_eq!(
        (clean.code, clean.stdout.as_str(), clean.stderr.as_str()),
        (0, "clean: 2 groups\n", "")
    );
    let found = audits(&["--allow-status", "active", "--no-empty"]);
    assert_eq!((found.code, found.stderr.as_str()), (1, ""), "{found:?}");
    assert!(
        found.stdout.ends_with("2 errors, 0 warnings in 2 groups\n"),
        "{found:?}"
    );
    assert!(
        found.stdout.contains("error  status        g2"),
        "{found:?}"
    );
    assert!(!found.stdout.contains('\u{1b}'), "{found:?}");
}

#[test]
fn warnings_fail_only_if_they_are_to() {
    let args = ["--no-empty", "--warn", "participants"];
    for (fail_on, code) in [("error", 0), ("warning", 1), ("never", 0)] {
        let outcome = audits(&[&args[..], &["--fail-on", fail_on]].concat());
        assert_eq!(outcome.code, code, "{outcome:?}");
        assert!(outcome.stdout.contains("0 errors, 1 warning in 2 groups"));
    }
    assert_eq!(audits(&["--no-empty", "--fail-on", "never"]).code, 0);
}

#[test]
fn a_listing_that_fails_is_never_a_pass() {
    let short =
        r#"{"Code":"OK","Data":{"Total":9,"List":[{"GroupId":"g1","GroupStatus":"ACTIVE"}]}}"#;
    for (status, body, code) in [
        ("200 OK", short, 8),
        ("200 OK", r#"{"Code":"InternalError","Success":false}"#, 5),
        ("403 Forbidden", r#"{"Code":"NoPermission"}"#, 4),
        (
            "400 Bad Request",
            r#"{"Code":"InvalidAccessKeyId.NotFound"}"#,
            4,
        ),
    ] {
        let scenario = Scenario::at(&answering_json(status, body)).with_key();
        // What an earlier run left must not be taken for this one's.
        let scenario = scenario.file("audit.xml", "<testsuites/>");
        let outcome = scenario.run([
            "audit",
            "--min-groups",
            "1",
            "--fail-on",
            "never",
            "--report",
            "junit=audit.xml",
        ]);
        assert_eq!(outcome.code, code, "{outcome:?}");
        assert!(
            outcome
                .stdout
                .starts_with("the groups could not be listed: "),
            "{outcome:?}"
        );
        assert!(!outcome.stdout.contains("clean"), "{outcome:?}");
        let junit = fs::read_to_string(scenario.path().join("audit.xml")).unwrap();
        let document = roxmltree::Document::parse(&junit).unwrap();
        assert_eq!(document.root_element().attribute("errors"), Some("1"));
        let cases = document
            .descendants()
            .filter(|it| it.has_tag_name("testcase"));
        let passed = cases.filter(|it| !it.has_children());
        assert_eq!(passed.count(), 0, "{junit}");
        let json = scenario.run(["audit", "--min-groups", "1", "-o", "json"]);
        let json: Value = serde_json::from_str(&json.stdout).unwrap();
        assert_eq!(json["verdict"], "incomplete");
        assert_eq!(json["not_listed"][0]["exit_code"], code);
    }
    let unreached = Scenario::at("http://127.0.0.1:9").with_key();
    let outcome = unreached.run(["audit", "-o", "github", "--min-groups", "1"]);
    assert_eq!(outcome.code, 6, "{outcome:?}");
    let title = "::error title=cams-groups%3A not listed::";
    assert!(outcome.stdout.starts_with(title), "{outcome:?}");
}

#[test]
fn rules_are_listed_without_asking_anyone() {
    let listed = Scenario::bare().run(["audit", "--list-rules"]).data();
    assert_eq!(listed.lines().count(), 14);
    for id in ["status", "stuck", "drift", "duplicate-subject"] {
        assert!(
            listed.lines().any(|it| it.starts_with(&format!("{id} "))),
            "{listed}"
        );
    }
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_changes_no_verdict() {
    let scenario = Scenario::at(&sandbox(Groups::Demo(500))).with_key();
    assert_eq!(scenario.unread("audit --allow-status creating"), "1\n");
}
