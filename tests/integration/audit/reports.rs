//! Reports that their readers can read, and where they are written.

use std::fs;

use cams_groups::output::Report;
use serde_json::Value;

use super::scenario;
use crate::support::{Scenario, server};

#[test]
fn junit_is_red_exactly_when_the_exit_code_is() {
    let audit = |json: &str, args: &[&str], code: i32| {
        let scenario = Scenario::groups(json);
        let outcome = scenario.run([&["audit", "-o", "junit"], args].concat());
        assert_eq!(outcome.code, code, "{args:?} {outcome:?}");
        let document = roxmltree::Document::parse(&outcome.stdout).unwrap();
        let count = |name| document.root_element().attribute(name).unwrap();
        let is_green = count("failures") == "0" && count("errors") == "0";
        assert_eq!(is_green, code == 0, "{args:?} {outcome:?}");
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

#[cfg(unix)]
#[test]
fn a_run_that_is_stopped_leaves_no_report_of_an_earlier_one() {
    let (mute, asked) = server(|_| std::thread::sleep(std::time::Duration::from_secs(30)));
    let scenario = Scenario::at(&mute).with_key();
    let scenario = scenario.file("audit.xml", "<testsuites failures=\"0\"/>");
    let mut child = scenario
        .process(None)
        .args(["audit", "--min-groups", "1", "--report", "junit=audit.xml"])
        .spawn()
        .unwrap();
    let _ = asked
        .recv_timeout(std::time::Duration::from_secs(30))
        .unwrap();
    child.kill().unwrap();
    let _ = child.wait().unwrap();
    let report = fs::read_to_string(scenario.path().join("audit.xml")).unwrap();
    assert!(report.contains("the audit did not end"), "{report}");
    assert!(report.contains("errors=\"1\""), "{report}");
}

#[cfg(unix)]
#[test]
fn a_stream_gets_one_report_and_a_mistake_leaves_files_as_they_are() {
    let scenario = scenario()
        .file("old.json", "old")
        .file("t.csv", "nothing\n");
    let program = scenario.process(None).get_program().to_owned();
    let program = program.to_str().unwrap();
    let run = format!("{program} audit --min-groups 1 --report json=/dev/fd/3 3> out.json");
    let output = scenario.process(Some("bash")).args(["-c", &run]).output();
    assert!(output.unwrap().status.success());
    let text = fs::read_to_string(scenario.path().join("out.json")).unwrap();
    let json: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(json["verdict"], "clean");
    let mistaken = ["audit", "--targets", "t.csv", "--report", "json=old.json"];
    scenario.run(mistaken).fails(3);
    let left = fs::read_to_string(scenario.path().join("old.json")).unwrap();
    assert_eq!(left, "old");
}
