//! `cams-groups doctor`: one fault at a time, and what it says of it.

use std::time::Duration;

use cams_groups::exit::Exit;
use cams_groups::sandbox::Groups;
use serde_json::Value;

use crate::network::{tls_server, unknown_host};
use crate::support::{
    Outcome, Scenario, answering_json, in_process, pointing_at, sandbox, sandbox_with, still_world,
};

/// The report, and the check of this name in it.
#[track_caller]
fn report(outcome: &Outcome, name: &str) -> (Value, Value) {
    let report: Value = serde_json::from_str(&outcome.stdout)
        .unwrap_or_else(|error| panic!("{error}: {outcome:?}"));
    assert_eq!(report["exit_code"], outcome.code, "{outcome:?}");
    let checks = report["checks"].as_array().unwrap();
    let check = checks.iter().find(|it| it["name"] == name).unwrap();
    (report.clone(), check.clone())
}

/// Runs the doctor, who must find just this fault: the check of this name has
/// this status and all of these words, and every check before it passes.
#[track_caller]
fn finds(scenario: &Scenario, code: i32, name: &str, status: &str, words: &[&str]) {
    let outcome = scenario.run(["doctor", "-o", "json"]);
    assert_eq!(outcome.code, code, "{outcome:?}");
    let (report, check) = report(&outcome, name);
    assert_eq!(check["status"], status, "{check:#}");
    let said = check.to_string();
    for word in words {
        assert!(said.contains(word), "{word}: {check:#}");
    }
    let checks = report["checks"].as_array().unwrap();
    let before = checks.iter().take_while(|it| it["name"] != name);
    for other in before {
        assert!(
            ["pass", "skip"].contains(&other["status"].as_str().unwrap()),
            "{other:#}"
        );
    }
    if status == "fail" {
        assert!(check["fixes"][0].is_string(), "no fix: {check:#}");
        let line = format!("error: a listing would fail: {name}");
        assert!(outcome.stderr.starts_with(&line), "{outcome:?}");
        // A listing ends the same way.
        let listing = scenario.run(["list", "--retries", "0"]);
        assert_eq!(listing.code, code, "{listing:?}");
    }
    // For people it is the same.
    let text = scenario.run(["doctor"]);
    assert_eq!(text.code, code);
    let line = format!("{status}  {name} ");
    assert!(
        text.stdout.lines().any(|it| it.starts_with(&line)),
        "{text:?}"
    );
}

#[test]
fn a_healthy_world_passes() {
    let scenario = Scenario::demo().config("[profiles.default]\npage_size = 50\n");
    finds(
        &scenario,
        0,
        "api",
        "pass",
        &["it lists 51 groups", "request id: "],
    );
    finds(
        &scenario,
        0,
        "config",
        "pass",
        &["config.toml, mode 600, no unknown key"],
    );
    finds(
        &scenario,
        0,
        "profile",
        "pass",
        &["`default` (the default)"],
    );
    finds(
        &scenario,
        0,
        "settings",
        "pass",
        &["page_size: 50 (profile `default`, ", "endpoint: http"],
    );
    finds(
        &scenario,
        0,
        "credentials",
        "pass",
        &["****eyId from environment; it does not expire"],
    );
    finds(&scenario, 0, "proxy", "pass", &["none"]);
    finds(&scenario, 0, "tcp", "pass", &["127.0.0.1:"]);
    finds(&scenario, 0, "clock", "pass", &["as the server's"]);
    let checks = [
        "config",
        "profile",
        "settings",
        "proxy",
        "credentials",
        "dns",
        "tcp",
        "tls",
        "clock",
        "api",
    ];
    let outcome = scenario.run(["doctor", "-o", "json"]);
    let (report, _) = report(&outcome, "api");
    let names: Vec<&str> = report["checks"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, checks);
}

#[test]
fn an_unknown_key_names_its_line_and_the_nearest() {
    let scenario = Scenario::demo().config("[profiles.default]\npagesize = 50\n");
    let words = [
        "config.toml:2: unknown key `pagesize`",
        "did you mean `page_size`?",
    ];
    finds(&scenario, 3, "config", "fail", &words);
}

#[cfg(unix)]
#[test]
fn a_file_that_others_may_read_is_a_warning() {
    use std::os::unix::fs::PermissionsExt as _;
    let scenario = Scenario::demo().config("[profiles.default]\nsecurity_token = ''\n");
    let open = std::fs::Permissions::from_mode(0o644);
    std::fs::set_permissions(scenario.config_path(), open).unwrap();
    finds(&scenario, 0, "config", "warn", &["mode 644", "chmod 600"]);
}

#[test]
fn a_missing_number_is_a_matter_of_usage() {
    let scenario = Scenario::demo().unset("CAMS_GROUPS_BUSINESS_NUMBER");
    finds(
        &scenario,
        2,
        "settings",
        "fail",
        &["no business number", "--business-number"],
    );
}

#[test]
fn no_key_lists_every_source_with_its_reason() {
    let scenario = Scenario::at(&sandbox(Groups::Demo(3)));
    let words = [
        "no credentials found",
        "environment: ALIBABA_CLOUD_ACCESS_KEY_ID not set",
        "aliyun CLI: no ",
        "credentials URI: ALIBABA_CLOUD_CREDENTIALS_URI not set",
    ];
    finds(&scenario, 3, "credentials", "fail", &words);
}

#[test]
fn half_a_key_is_named() {
    let scenario = Scenario::demo().unset("ALIBABA_CLOUD_ACCESS_KEY_SECRET");
    let words = ["`ALIBABA_CLOUD_ACCESS_KEY_SECRET` is not"];
    finds(&scenario, 3, "credentials", "fail", &words);
}

#[test]
fn a_role_that_is_refused_is_named_with_what_was_passed_over() {
    let endpoint = sandbox(Groups::Demo(3));
    let scenario = Scenario::at(&endpoint)
        .set("CAMS_GROUPS_CREDENTIALS_ENDPOINT", &endpoint)
        .config(
            "[profiles.default]\nrole_arn = 'acs:ram::1:role/forbidden'\n\
             access_key_id = 'testAccessKeyId'\naccess_key_secret = 'testAccessKeySecret'\n",
        );
    let words = [
        "NoPermission",
        "sts:AssumeRole",
        "passed over: environment: ",
    ];
    finds(&scenario, 4, "credentials", "fail", &words);
}

#[test]
fn keys_that_end_soon_are_a_warning() {
    let endpoint = sandbox_with(Groups::Demo(3), |mut config| {
        config.lifetime = Some(Duration::from_secs(200));
        config
    });
    let scenario = Scenario::at(&endpoint).set(
        "ALIBABA_CLOUD_CREDENTIALS_URI",
        &format!("{endpoint}/credentials-uri"),
    );
    finds(
        &scenario,
        0,
        "credentials",
        "warn",
        &["it expires in 3m ", "made by: service at"],
    );
}

#[test]
fn a_proxy_that_is_none_is_named() {
    let scenario = Scenario::demo().set("HTTPS_PROXY", "ftp://user:testPassword@proxy");
    finds(
        &scenario,
        3,
        "proxy",
        "fail",
        &["HTTPS_PROXY: not a kind of proxy"],
    );
}

#[test]
fn a_proxy_that_does_not_answer_is_the_connection_s_fault() {
    let scenario = Scenario::at("https://cams.example.com")
        .with_key()
        .set("HTTPS_PROXY", "http://user:testPassword@127.0.0.1:9");
    finds(
        &scenario,
        6,
        "tcp",
        "fail",
        &["no connection to `127.0.0.1:9`"],
    );
    let outcome = scenario.run(["doctor", "-o", "json"]);
    assert_eq!(report(&outcome, "proxy").1["says"], "127.0.0.1:9");
}

#[test]
fn a_host_that_does_not_exist_is_named() {
    let scenario = Scenario::at(&format!("https://{}", unknown_host())).with_key();
    finds(&scenario, 6, "dns", "fail", &["not found", "--endpoint"]);
}

#[test]
fn a_port_where_nobody_listens_is_named() {
    let scenario = Scenario::at("http://127.0.0.1:9").with_key();
    finds(
        &scenario,
        6,
        "tcp",
        "fail",
        &["no connection to `127.0.0.1:9`"],
    );
}

#[test]
fn a_certificate_that_nobody_vouches_for_is_named_and_a_good_one_shown() {
    let (port, pem) = tls_server("127.0.0.1");
    let scenario = Scenario::at(&format!("https://127.0.0.1:{port}")).with_key();
    finds(
        &scenario,
        6,
        "tls",
        "fail",
        &["no secure connection", "--ca-file"],
    );
    let scenario = scenario
        .file("roots.pem", pem)
        .config("[profiles.default]\nca_file = '../../roots.pem'\n");
    finds(
        &scenario,
        0,
        "tls",
        "pass",
        &["certificate for 127.0.0.1, until "],
    );
}

#[test]
fn a_clock_that_is_off_is_a_warning_since_a_listing_goes_on() {
    let endpoint = sandbox_with(Groups::Demo(3), |mut config| {
        config.misbehaviour.skew = jiff::SignedDuration::from_secs(2 * 3600 + 20);
        config
    });
    let scenario = Scenario::at(&endpoint).with_key();
    finds(&scenario, 0, "clock", "warn", &["2h ", "slow", "NTP"]);
    let listed = scenario.run(["list", "-o", "jsonl"]);
    assert_eq!(listed.stdout.lines().count(), 3);
}

#[test]
fn a_wrong_secret_is_the_key_s_fault() {
    let scenario = Scenario::demo().set("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "testPassword");
    finds(
        &scenario,
        4,
        "api",
        "fail",
        &["SignatureDoesNotMatch", "check the secret"],
    );
}

#[test]
fn without_a_key_the_connection_is_looked_at_all_the_same() {
    let endpoint = sandbox_with(Groups::Demo(3), |mut config| {
        config.misbehaviour.skew = jiff::SignedDuration::from_hours(-3);
        config
    });
    let outcome = Scenario::at(&endpoint).run(["doctor", "-o", "json"]);
    assert_eq!(outcome.code, 3);
    assert_eq!(report(&outcome, "clock").1["status"], "warn", "{outcome:?}");
    assert_eq!(report(&outcome, "api").1["status"], "skip", "{outcome:?}");
}

#[test]
fn a_profile_that_is_not_there_and_a_ca_file_that_is_none_fail_where_they_stand() {
    let scenario = Scenario::demo().config("[profiles.prod]\nregion = 'r'\n");
    let nearest = scenario.set("CAMS_GROUPS_PROFILE", "prd");
    finds(
        &nearest,
        3,
        "profile",
        "fail",
        &["no profile `prd`", "did you mean `prod`?"],
    );
    let scenario = Scenario::demo().config("[profiles.default]\nca_file = 'no.pem'\n");
    finds(
        &scenario,
        3,
        "settings",
        "fail",
        &["no.pem", "cannot be read"],
    );
}

#[test]
fn a_missing_right_prints_the_least_policy() {
    for code in ["Ram.PermissionDeny", "NoPermission", "Forbidden.RAM"] {
        let body = format!(r#"{{"Code":"{code}","Message":"No.","RequestId":"r"}}"#);
        let scenario = Scenario::at(&answering_json("400 Bad Request", &body)).with_key();
        let policy = r#"least policy: {\"Version\":\"1\",\"Statement\""#;
        finds(
            &scenario,
            4,
            "api",
            "fail",
            &[code, policy, "cams:ListChatGroup"],
        );
    }
}

#[test]
fn an_account_outside_the_beta_is_told_whom_to_ask() {
    let body = r#"{"Code":"Authentication.NoAuth","Message":"No.","RequestId":"r"}"#;
    let scenario = Scenario::at(&answering_json("200 OK", body)).with_key();
    finds(
        &scenario,
        4,
        "api",
        "fail",
        &["allow-list", "account manager"],
    );
    let none = Scenario::groups("[]");
    finds(&none, 0, "api", "warn", &["lists no groups", "allow-list"]);
}

#[test]
fn a_space_of_another_account_is_named() {
    let scenario = Scenario::demo().set("CAMS_GROUPS_SPACE_ID", "cams-other");
    finds(
        &scenario,
        5,
        "api",
        "fail",
        &["Unknown.ResourceOwnerId", "--space-id"],
    );
}

#[test]
fn throttling_to_the_end_is_throttling() {
    let body = r#"{"Code":"Throttling.User","Message":"No.","RequestId":"r"}"#;
    let endpoint = answering_json("400 Bad Request", body);
    let world = still_world(pointing_at(&endpoint));
    let (exit, stdout, _) = in_process(&world, None, &["doctor"]);
    assert_eq!(exit, Exit::Throttled, "{stdout}");
    assert_eq!(
        world.clock.waits().len(),
        4,
        "tried again as a listing does"
    );
}

#[test]
fn a_stranger_s_words_stay_harmless() {
    let body = r#"{"Code":"Bad\u001b[2J","Message":"a\u202eb","RequestId":"r"}"#;
    let outcome = Scenario::at(&answering_json("400 Bad Request", body))
        .with_key()
        .run(["doctor", "--color", "always"]);
    assert!(!outcome.stdout.contains("\u{1b}[2J") && !outcome.stdout.contains('\u{202e}'));
    assert!(outcome.stdout.contains("\u{1b}[1;31mfail"), "{outcome:?}");
}
