//! What scripts and support get to see: errors as objects, the request that
//! would be sent, the requests that were.

use std::fs;

use cams_groups::sandbox::Groups;
use serde_json::Value;

use crate::support::{Scenario, answering_in_turn, answering_json, sandbox, server};

/// The objects on stderr, one a line.
fn objects(stderr: &str) -> Vec<Value> {
    let lines = stderr.lines();
    lines
        .map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("no object: {line}")))
        .collect()
}

const JSON: [&str; 2] = ["--error-format", "json"];

#[test]
fn an_error_is_one_object_with_all_that_a_script_needs() {
    let body = r#"{"Code":"NoPermission","Message":"You \u001b[31mmay not.","RequestId":"r-1","AccessDeniedDetail":"{\"AuthAction\":\"cams:ListChatGroup\",\"NoPermissionType\":\"ImplicitDeny\"}"}"#;
    let scenario = Scenario::at(&answering_json("403 Forbidden", body)).with_key();
    let outcome = scenario.run([&["list"], &JSON[..]].concat());
    assert_eq!((outcome.code, outcome.stdout.as_str()), (4, ""));
    let [error] = &objects(&outcome.stderr)[..] else {
        panic!("one object: {outcome:?}");
    };
    let error = &error["error"];
    assert_eq!(error["kind"], "access");
    assert_eq!(error["exit_code"], 4);
    assert_eq!(error["code"], "NoPermission");
    assert_eq!(error["request_id"], "r-1");
    assert_eq!(error["details"]["message"], "You \u{1b}[31mmay not.");
    let detail = &error["details"]["detail"];
    assert_eq!(detail, "action cams:ListChatGroup, decision ImplicitDeny");
    let policy = error["details"]["least policy"].as_str().unwrap();
    let policy: Value = serde_json::from_str(policy).unwrap();
    assert_eq!(policy["Statement"][0]["Action"][0], "cams:ListChatGroup");
    assert!(
        error["hints"][0]
            .as_str()
            .unwrap()
            .starts_with("grant the RAM action")
    );
    // For people, the policy is there to be pasted, too.
    let text = scenario.run(["list"]).fails(4);
    assert!(
        text.contains("  least policy: {\"Version\":\"1\""),
        "{text}"
    );
    assert!(!text.contains('\u{1b}'), "{text}");
}

#[test]
fn every_kind_of_failure_is_an_object_and_so_is_a_warning() {
    for (args, scenario, kind, code) in [
        (&["list", "--frobnicate"][..], Scenario::bare(), "usage", 2),
        (&["list"], Scenario::bare(), "usage", 2),
        (&["list"], Scenario::at("http://127.0.0.1:9"), "config", 3),
        (
            &["list"],
            Scenario::at("http://127.0.0.1:9").with_key(),
            "network",
            6,
        ),
        (
            &["doctor"],
            Scenario::at("http://127.0.0.1:9").with_key(),
            "network",
            6,
        ),
        (
            &["config", "show", "-p", "x"],
            Scenario::bare(),
            "config",
            3,
        ),
    ] {
        let outcome = scenario.run([args, &JSON[..]].concat());
        let objects = objects(&outcome.stderr);
        assert_eq!(objects.len(), 1, "{outcome:?}");
        assert_eq!(objects[0]["error"]["kind"], kind, "{outcome:?}");
        assert_eq!(
            (objects[0]["error"]["exit_code"].as_i64(), outcome.code),
            (Some(code.into()), code)
        );
    }
    let outcome = Scenario::demo().run(["list", "-v", "--region", "x", "--error-format=json"]);
    let objects = objects(&outcome.stderr);
    assert!(objects[0]["trace"].is_string() || objects[0]["warning"].is_string());
    assert!(objects.iter().any(|it| {
        it["warning"]
            .as_str()
            .is_some_and(|it| it.contains("--region"))
    }));
}

#[test]
fn a_dry_run_shows_the_request_and_sends_nothing() {
    let (endpoint, asked) = server(|_| {});
    let scenario = Scenario::at(&endpoint).with_key();
    let text = scenario
        .run(["list", "--dry-run", "--status", "active", "--page", "3"])
        .data();
    for line in [
        &format!("POST {endpoint}/"),
        "  BusinessNumber=8613800000000",
        "  CustSpaceId=cams-sandbox",
        "  GroupStatus=ACTIVE",
        "  Page={\"Index\":3,\"Size\":20}",
        "authorization: acs3-hmac-sha256 (redacted)",
        "key: access key ****eyId (environment)",
        "Nothing was sent.",
    ] {
        assert!(text.lines().any(|it| it == line), "{line}: {text}");
    }
    let json = scenario.run(["list", "--dry-run", "-o", "json"]).data();
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["query"]["Page"], "{\"Index\":1,\"Size\":100}");
    assert_eq!(json["key"]["value"], "access key ****eyId");
    assert!(asked.try_recv().is_err(), "something was sent");
    // Even where there is no key, or only the metadata service could have one.
    let keyless = Scenario::at(&endpoint).unset("ALIBABA_CLOUD_ECS_METADATA_DISABLED");
    let keyless = keyless.set("CAMS_GROUPS_CREDENTIALS_ENDPOINT", &endpoint);
    assert!(
        keyless
            .run(["list", "--dry-run"])
            .data()
            .contains("ECS instance")
    );
    assert!(asked.try_recv().is_err(), "something was sent");
}

#[test]
fn a_trace_tells_every_request_and_no_secret() {
    let empty = r#"{"Code":"OK","RequestId":"r-2","Data":{"Total":0,"List":[]}}"#;
    let slow = r#"{"Code":"Throttling.User","Message":"Slow.","RequestId":"r-1"}"#;
    let (endpoint, _asked) = answering_in_turn(vec![
        ("400 Bad Request", slow.to_owned()),
        ("200 OK", empty.to_owned()),
    ]);
    let scenario = Scenario::at(&endpoint).with_temporary_key();
    let _ = scenario.run(["list", "--trace-file", "run.har"]).data();
    let text = fs::read_to_string(scenario.path().join("run.har")).unwrap();
    for secret in [
        "testAccessKey",
        "testSecurityToken",
        "8613800000000",
        "Signature=",
    ] {
        assert!(!text.contains(secret), "{secret}: {text}");
    }
    let har: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(har["log"]["version"], "1.2");
    let entries = har["log"]["entries"].as_array().unwrap();
    assert_eq!(entries.len(), 2);
    assert_eq!(entries[0]["response"]["status"], 400);
    assert_eq!(entries[0]["_code"], "Throttling.User");
    assert_eq!(entries[0]["_requestId"], "r-1");
    assert!(entries[0]["_retryInMilliseconds"].is_u64());
    assert_eq!(entries[1]["response"]["status"], 200);
    assert_eq!(entries[1]["_requestId"], "r-2");
    assert_eq!(entries[1]["response"]["content"]["size"], empty.len());
    // A failed run is what support wants to see.
    let failed = Scenario::at("http://127.0.0.1:9").with_key();
    failed.run(["list", "--trace-file", "run.har"]).fails(6);
    let text = fs::read_to_string(failed.path().join("run.har")).unwrap();
    let har: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(har["log"]["entries"][0]["response"]["status"], 0);
    assert!(
        har["log"]["entries"][0]["_error"]
            .as_str()
            .unwrap()
            .contains("no connection")
    );
}

#[test]
fn each_attempt_is_a_line_at_the_second_level() {
    let endpoint = sandbox(Groups::Demo(51));
    let outcome = Scenario::at(&endpoint)
        .with_key()
        .run(["list", "-vv", "--page-size", "20"]);
    let lines: Vec<&str> = outcome
        .stderr
        .lines()
        .filter(|it| it.starts_with("< page "))
        .collect();
    assert_eq!(lines.len(), 3, "{outcome:?}");
    for part in ["HTTP 200, code OK, ", " bytes in ", " ms, request id "] {
        assert!(lines[0].contains(part), "{part}: {}", lines[0]);
    }
}
