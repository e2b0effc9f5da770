//! `cams-groups audit`: a verdict that is never a doubt, and reports that their
//! readers can read.

use std::fs;

use cams_groups::output::Report;
use cams_groups::sandbox::Groups;
use serde_json::Value;

use crate::support::{Outcome, Scenario, answering_json, sandbox, server};

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
fn junit_is_red_exactly_when_the_exit_code_is() {
    let audit = |json: &str, args: &[&str], code: i32| {
        let scenario = Scenario::groups(json);
        let outcome = scenario.run([&["audit", "-o", "junit"], args].concat());
        assert_eq!(outcome.code, code, "{args:?} {outcome:?}");
        let document = roxmltree::Document::parse(&outcome.stdout).unwrap();
        let failures = document.root_element().attribute("failures").unwrap();
        assert_eq!(failures == "0", code == 0, "{args:?} {outcome:?}");
    };
    let nameless = r#"[{"GroupId":"g","GroupStatus":"ACTIVE","GroupLink":"https://t.me/x"}]"#;
    for args in [
        &["--unique-subjects"][..],
        &["--subject", "x"],
        &["--role", "administrator"],
        &["--require-description"],
        &["--require-picture"],
        &["--require-link"],
        &["--min-participants", "1"],
        &["--min-groups", "2"],
        &["--min-groups", "suspended=1"],
        &["--allow-status", "creating"],
    ] {
        audit(nameless, args, 1);
    }
    audit(nameless, &["--min-groups", "active=1", "--forbid-link"], 0);
    audit(
        nameless,
        &["--unique-subjects", "--warn", "duplicate-subject"],
        0,
    );
}

#[test]
fn an_audit_of_nothing_says_so() {
    let warning = "warning: no rule is set, by flag or policy: only unknown-status and business-number are held\n";
    let bare = audits(&[]);
    assert_eq!((bare.code, bare.stderr.as_str()), (0, warning));
    assert_eq!(audits(&["--min-groups", "1"]).stderr, "");
    for policy in [
        "[rules.stuck]\nlevel = \"error\"",
        "[rules.drift]\nlevel = \"warning\"",
        "[rules.drift]\nparticipants_change = 0",
        "[rules.groups]\nmin = 3\nmax = 2",
        "[rules.groups]\nstatus = { ACTIVE = { min = 3, max = 2 } }",
        "[rules.participants]\nmin = 3\nmax = 2",
    ] {
        let scenario = scenario().file("a.toml", policy);
        scenario.run(["audit", "--policy", "a.toml"]).fails(3);
    }
    let drift_off = "[rules.drift]\nlevel = \"off\"\nbaseline = \"b.json\"";
    let scenario = scenario().file("a.toml", drift_off).file("b.json", "[]");
    let off = scenario.run(["audit", "--policy", "a.toml"]);
    assert_eq!(off.code, 0, "{off:?}");
    let flag = scenario.run(["audit", "--policy", "a.toml", "--drift", "new"]);
    assert_eq!(flag.code, 1, "a flag is never unheard: {flag:?}");
    assert!(
        flag.stdout.ends_with("2 errors, 0 warnings in 2 groups\n"),
        "{flag:?}"
    );
}

#[test]
fn no_report_is_written_over_what_is_read_or_over_another() {
    let profile = "[profiles.default]\nregion = \"ap-southeast-1\"\n";
    let scenario = scenario()
        .file("c.toml", profile)
        .file("p.toml", "[rules.drift]\nbaseline = \"b.json\"\n");
    let scenario = scenario
        .file("b.json", "[]")
        .file("t.csv", "space_id,business_number\na,86138\n");
    for args in [
        &["audit", "--config", "c.toml", "--report", "json=./c.toml"][..],
        &["audit", "--policy", "p.toml", "--report", "json=p.toml"],
        &["audit", "--policy", "p.toml", "--report", "json=b.json"],
        &["audit", "--targets", "t.csv", "--report", "json=t.csv"],
        &["audit", "--report", "json=x", "--report", "junit=./x"],
        &["audit", "--report", "json=-"],
        &["list", "--targets", "t.csv", "-O", "t.csv"],
        &["list", "--config", "c.toml", "-O", "c.toml"],
    ] {
        scenario.run(args).fails(2);
    }
    assert_eq!(
        fs::read_to_string(scenario.path().join("c.toml")).unwrap(),
        profile
    );
    let both = ["audit", "--policy", "-", "--baseline", "-"];
    scenario.run(both).fails(2);
}

#[test]
fn a_report_that_cannot_be_written_keeps_no_other_back() {
    let args = [
        "audit",
        "--max-groups",
        "1",
        "--report",
        "json=no/x",
        "--report",
        "junit=y",
    ];
    let scenario = scenario();
    let outcome = scenario.run(args);
    assert_eq!(outcome.code, 9, "{outcome:?}");
    assert!(
        outcome
            .stdout
            .ends_with("1 error, 0 warnings in 2 groups\n"),
        "{outcome:?}"
    );
    assert!(scenario.path().join("y").exists());
}

#[test]
fn reports_say_what_is_excepted_and_why_and_exceptions_of_no_use_are_told() {
    let policy = "[rules.status]\nallow = [\"ACTIVE\"]
[[exceptions]]\nrule = \"status\"\ngroup_id = \"g2\"\nreason = \"case <1>\"\nuntil = 2999-12-31
[[exceptions]]\nrule = \"status\"\nsubject = \"^Nobody\"\nreason = \"r\"\nuntil = 2999-12-31\n";
    let report = |form: &str| {
        let scenario = scenario().file("a.toml", policy);
        let outcome = scenario.run(["audit", "--policy", "a.toml", "-o", form]);
        let warning = "warning: the exception covers nothing: status of subject ^Nobody (r)\n";
        assert_eq!((outcome.code, outcome.stderr.as_str()), (0, warning));
        outcome.stdout
    };
    let line = "1 of status, group g2, until 2999-12-31: case <1>";
    assert!(report("table").contains(&format!("excepted: {line}\n")));
    assert!(report("junit").contains("case &lt;1&gt;"));
    assert!(report("markdown").contains("case \\<1"));
    assert!(report("html").contains("case &lt;1&gt;"));
    let json: Value = serde_json::from_str(&report("json")).unwrap();
    assert_eq!(
        (&json["excepted"], &json["exceptions"][0]["findings"]),
        (&1.into(), &1.into())
    );
    assert_eq!(json["exceptions"][1]["findings"], 0);
    assert_eq!(json["exceptions"][0]["reason"], "case <1>");
    assert_eq!(
        json["rules"],
        serde_json::json!(["status", "unknown-status", "business-number"])
    );
    assert_eq!(json["space_id"], "cams-sandbox");
}

#[test]
fn a_mistake_in_the_rules_is_found_before_anyone_is_asked() {
    let (endpoint, asked) = server(|_| {});
    let scenario = Scenario::at(&endpoint).with_key().file("broken.json", "[{");
    scenario
        .run(["audit", "--baseline", "missing.json"])
        .fails(3);
    scenario
        .run(["audit", "--baseline", "broken.json"])
        .fails(3);
    for args in [
        &["audit", "--subject", "("][..],
        &["audit", "--warn", "statuss"],
        &["audit", "--report", "junit"],
        &["audit", "--allow-status", "actve"],
        &["audit", "--ignore", "id"],
    ] {
        assert_eq!(scenario.run(args).code, 2, "{args:?}");
    }
    assert!(asked.try_recv().is_err());
}

#[test]
fn a_baseline_is_kept_or_broken() {
    let scenario = scenario();
    let _ = scenario
        .run(["list", "-o", "json", "-O", "base.json"])
        .data();
    assert_eq!(scenario.run(["audit", "--baseline", "base.json"]).code, 0);
    let text = fs::read_to_string(scenario.path().join("base.json")).unwrap();
    let scenario = scenario.file("base.json", text.replace("\"ACTIVE\"", "\"CREATING\""));
    let outcome = scenario.run(["audit", "--baseline", "base.json", "-o", "json"]);
    assert_eq!(outcome.code, 1);
    assert!(
        outcome.stdout.contains("\"rule\": \"drift\""),
        "{outcome:?}"
    );
    let ignoring = ["audit", "--baseline", "base.json", "--ignore", "status"];
    assert_eq!(scenario.run(ignoring).code, 0);
}

const BROKEN: [&str; 4] = ["--allow-status", "active", "--forbid-link", "--no-empty"];

/// The report of a form, on stdout and in a file alike.
#[track_caller]
fn report(form: &str) -> String {
    let scenario = scenario();
    let file = format!("{form}=report");
    let args = [&["audit", "-o", form, "--report", &file], &BROKEN[..]].concat();
    let outcome = scenario.run(args);
    assert_eq!(outcome.code, 1, "{outcome:?}");
    let written = fs::read_to_string(scenario.path().join("report")).unwrap();
    assert_eq!(written, outcome.stdout, "{form}");
    assert!(
        !written.contains('\u{1b}') && !written.contains("/secret"),
        "{written}"
    );
    written
}

#[test]
fn every_report_is_read_by_a_reader_that_is_not_ours() {
    let json: Value = serde_json::from_str(&report("json")).unwrap();
    assert_eq!(
        (&json["version"], &json["verdict"]),
        (&1.into(), &"findings".into())
    );
    assert_eq!((&json["groups"], &json["errors"]), (&2.into(), &3.into()));
    let rules: Vec<&str> = json["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["rule"].as_str().unwrap())
        .collect();
    assert_eq!(rules, ["status", "participants", "invite-link"]);

    let junit = report("junit");
    let document = roxmltree::Document::parse(&junit).unwrap();
    let cases: Vec<_> = document
        .descendants()
        .filter(|it| it.has_tag_name("testcase"))
        .collect();
    assert_eq!(cases.len(), 13, "a case a rule");
    let failed: Vec<&str> = cases
        .iter()
        .filter(|it| it.children().any(|it| it.has_tag_name("failure")))
        .map(|it| it.attribute("name").unwrap())
        .collect();
    assert_eq!(failed, rules);
    assert!(
        document.descendants().all(|it| !it.has_tag_name("b")),
        "no markup of a stranger's"
    );
    assert_eq!(document.root_element().attribute("failures"), Some("3"));

    let gitlab: Value = serde_json::from_str(&report("gitlab")).unwrap();
    let gitlab = gitlab.as_array().unwrap();
    assert_eq!(gitlab.len(), 3);
    for issue in gitlab {
        for key in ["description", "check_name", "fingerprint", "severity"] {
            assert!(issue[key].is_string(), "{key}: {issue}");
        }
        assert!(
            issue["location"]["path"].is_string() && issue["location"]["lines"]["begin"].is_u64()
        );
    }
    let prints: std::collections::BTreeSet<&str> = gitlab
        .iter()
        .map(|it| it["fingerprint"].as_str().unwrap())
        .collect();
    assert_eq!(prints.len(), 3);

    let github = report("github");
    let lines: Vec<&str> = github.lines().collect();
    assert_eq!(lines.len(), 4, "no line of a stranger's: {github}");
    assert!(
        lines[0].starts_with("::error title=cams-groups%3A status::g2 (]]>"),
        "{github}"
    );
    assert!(
        lines[0].contains("%250A::error::x\\n::stop-commands::"),
        "{github}"
    );
    assert!(
        lines[3].starts_with("::notice title=cams-groups::3 errors"),
        "{github}"
    );

    let markdown = report("markdown");
    let options = pulldown_cmark::Options::ENABLE_TABLES;
    let odd = pulldown_cmark::Parser::new_ext(&markdown, options).filter(|it| {
        use pulldown_cmark::{Event, Tag};
        matches!(
            it,
            Event::Html(_)
                | Event::InlineHtml(_)
                | Event::Start(Tag::Link { .. } | Tag::Image { .. })
        )
    });
    assert_eq!(odd.count(), 0, "{markdown}");
    assert!(markdown.starts_with("**3 errors, 0 warnings in 2 groups**"));
}

#[test]
fn the_same_groups_give_the_same_bytes() {
    for form in Report::ALL.map(Report::name) {
        assert_eq!(report(form), report(form), "{form}");
    }
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

#[test]
fn a_policy_sets_rules_and_levels_and_lets_be_what_it_excepts_in_time() {
    let policy = "
[rules.status]
allow = [\"ACTIVE\"]
[rules.participants]
level = \"warning\"
empty = false
[rules.business-number]
level = \"off\"
[rules.drift]
baseline = \"groups.json\"
[[exceptions]]
rule = \"status\"
group_id = \"g2\"
reason = \"case 1\"
until = \"UNTIL\"
";
    let audit = |until: &str, args: &[&str]| {
        let policy = policy.replace("UNTIL", until);
        let baseline = scenario().run(["list", "-o", "json"]).data();
        let scenario = scenario()
            .file("here/audit.toml", &policy)
            .file("here/groups.json", &baseline);
        let path = scenario.path().join("here/audit.toml");
        let path = path.to_str().unwrap().to_owned();
        scenario.run([&["audit", "--policy", &path], args].concat())
    };
    let outcome = audit("2999-12-31", &[]);
    assert_eq!((outcome.code, outcome.stderr.as_str()), (0, ""));
    assert!(
        outcome
            .stdout
            .ends_with("0 errors, 1 warning in 2 groups, 1 excepted\n"),
        "{outcome:?}"
    );
    let json = audit("2999-12-31", &["-o", "json", "--fail-on", "warning"]);
    assert_eq!(json.code, 1);
    let report: Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(
        (&report["excepted"], &report["errors"]),
        (&1.into(), &0.into())
    );
    let over = audit("2020-01-01", &[]);
    assert_eq!(over.code, 1, "{over:?}");
    assert_eq!(
        over.stderr,
        "warning: the exception ended with 2020-01-01: status of g2 (case 1)\n"
    );
    let flag = audit("2020-01-01", &["--allow-status", "active,suspended"]);
    assert_eq!(flag.code, 0, "a flag outweighs the policy: {flag:?}");
    let off = scenario()
        .file(
            "a.toml",
            "[rules.status]\nallow = [\"ACTIVE\"]\nlevel = \"off\"",
        )
        .run(["audit", "--policy", "a.toml"]);
    assert_eq!(off.stdout, "clean: 2 groups\n", "{off:?}");
    let asked = scenario()
        .file("a.toml", "[rules.status]\nlevel = \"off\"")
        .run(["audit", "--policy", "a.toml", "--allow-status", "active"]);
    assert_eq!(asked.code, 1, "a flag is never unheard: {asked:?}");
    let warned = scenario()
        .file("a.toml", "[rules.status]\nallow = [\"ACTIVE\"]")
        .run(["audit", "--policy", "a.toml", "--warn", "status"]);
    assert_eq!(warned.code, 0, "{warned:?}");
}

#[test]
fn a_profile_may_hold_the_policy() {
    let profile = |audit: &str| {
        scenario().config(&format!(
            "[profiles.default]\nregion = \"ap-southeast-1\"\n[profiles.default.audit.rules.groups]\n{audit}\n"
        ))
    };
    let outcome = profile("status = { SUSPENDED = { max = 0 } }").run(["audit"]);
    assert_eq!(outcome.code, 1, "{outcome:?}");
    assert!(outcome.stdout.contains("1 SUSPENDED group, more than 0"));
    let flag = ["audit", "--max-groups", "suspended=1"];
    let outweighed = profile("status = { SUSPENDED = { max = 0 } }").run(flag);
    assert_eq!(outweighed.data(), "clean: 2 groups\n");
    let file = profile("max = 1")
        .file("a.toml", "[rules.groups]\nmax = 2")
        .run(["audit", "--policy", "a.toml"]);
    assert_eq!(
        file.data(),
        "clean: 2 groups\n",
        "--policy stands in its place"
    );
    let stderr = profile("maxx = 1").run(["audit"]).fails(3);
    assert!(
        stderr.contains("config.toml`, line 4, `maxx`: unknown field"),
        "{stderr}"
    );
    let listed = profile("max = 1").run(["list", "-o", "ids"]);
    assert_eq!(listed.code, 0, "{listed:?}");
}

#[test]
fn drift_needs_a_baseline_wherever_it_is_asked_for() {
    for flag in [
        ["--drift", "gone"],
        ["--participants-change", "2"],
        ["--ignore", "id"],
    ] {
        audits(&flag).fails(2);
    }
    let policy = "[rules.drift]\nkinds = [\"gone\"]";
    let outcome = scenario()
        .file("a.toml", policy)
        .run(["audit", "--policy", "a.toml"]);
    let stderr = outcome.fails(3);
    assert!(stderr.contains("needs a baseline"), "{stderr}");
}

#[test]
fn a_mistaken_policy_is_exit_3_before_any_request() {
    let (endpoint, asked) = server(|_| ());
    let scenario = Scenario::at(&endpoint)
        .with_key()
        .file("audit.toml", "[rules.status]\nalow = [\"ACTIVE\"]\n");
    let path = scenario.path().join("audit.toml");
    let path = path.to_str().unwrap().to_owned();
    let stderr = scenario.run(["audit", "--policy", &path]).fails(3);
    assert!(stderr.contains("line 2, `alow`: unknown field"), "{stderr}");
    scenario
        .run(["audit", "--policy", "/nowhere.toml"])
        .fails(3);
    assert!(asked.try_recv().is_err(), "nobody was asked");
    let template = Scenario::bare().run(["audit", "--init-policy"]);
    assert_eq!(template.code, 0);
    scenario
        .file("template.toml", &template.stdout)
        .run(["audit", "--ignore", "updated"])
        .fails(2);
    let audits = self::scenario().file("template.toml", &template.stdout);
    let path = audits.path().join("template.toml");
    let path = path.to_str().unwrap().to_owned();
    let outcome = audits.run(["audit", "--policy", &path]);
    assert_eq!(outcome.stdout, "clean: 2 groups\n", "{outcome:?}");
}
