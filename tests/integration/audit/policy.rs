//! Rules that are kept: in a file, in a profile, and how flags outweigh them.

use std::fs;

use serde_json::Value;

use super::{audits, scenario};
use crate::support::{Scenario, server};

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
    let audits = self::scenario().file("template.toml", &template.stdout);
    let path = audits.path().join("template.toml");
    let path = path.to_str().unwrap().to_owned();
    let outcome = audits.run(["audit", "--policy", &path]);
    assert_eq!(outcome.stdout, "clean: 2 groups\n", "{outcome:?}");
}

#[test]
fn what_is_asked_and_can_never_be_found_is_refused() {
    let scenario = scenario().file("b.json", "[]");
    for args in [
        &[
            "--drift",
            "regressed",
            "--ignore",
            "status",
            "--baseline",
            "b.json",
        ][..],
        &[
            "--drift",
            "gone",
            "--participants-change",
            "3",
            "--baseline",
            "b.json",
        ],
        &["--min-groups", "3", "--max-groups", "2"],
    ] {
        scenario.run([&["audit"], args].concat()).fails(3);
    }
    let stderr = scenario.run(["audit", "--warn", "stuck"]).fails(2);
    assert!(stderr.contains("that rule is not asked for"), "{stderr}");
    let off = "[rules.unknown-status]\nlevel = \"off\"\n[rules.business-number]\nlevel = \"off\"";
    let outcome = scenario
        .file("off.toml", off)
        .run(["audit", "--policy", "off.toml"]);
    assert_eq!(
        outcome.stdout, "no rule was held: 2 groups\n",
        "{outcome:?}"
    );
    assert!(outcome.stderr.contains("no rule is held"), "{outcome:?}");
}
