//! `list` brings exactly the groups that are there.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::support::{Scenario, answering_json};

const FIELDS: [&str; 12] = [
    "GroupId",
    "Subject",
    "Description",
    "GroupStatus",
    "BusinessNumber",
    "InviteLink",
    "ProfilePictureFile",
    "GroupLink",
    "TotalParticipantCount",
    "GroupType",
    "BusinessRole",
    "GmtModifier",
];

/// The demo groups as another listing of the same sandbox has them.
fn served() -> Vec<BTreeMap<String, Value>> {
    serde_json::from_str(&Scenario::demo().run(["list", "-o", "json"]).data()).unwrap()
}

#[test]
fn the_sandbox_in_the_command_lists_its_51_groups_without_account_or_config() {
    let table = Scenario::bare().run(["list", "--sandbox"]).data();
    assert_eq!(table.lines().count(), 52);
    assert!(table.starts_with("GROUP ID "));
    assert!(table.contains("客户支持群"));
}

#[test]
fn both_signatures_and_a_temporary_key_bring_the_same_groups_in_every_format() {
    let served = served();
    assert_eq!(served.len(), 51);
    for signature in ["acs3-hmac-sha256", "hmac-sha1"] {
        for scenario in [Scenario::demo(), Scenario::demo().with_temporary_key()] {
            let list = |format| {
                scenario
                    .run(["list", "--signature", signature, "-o", format])
                    .data()
            };
            let json: Vec<BTreeMap<String, Value>> = serde_json::from_str(&list("json")).unwrap();
            assert_eq!(json, served);
            let jsonl = list("jsonl");
            let lines: Vec<BTreeMap<String, Value>> = jsonl
                .lines()
                .map(|line| serde_json::from_str(line).unwrap())
                .collect();
            assert_eq!(lines, served);
            let csv = list("csv");
            let mut reader = csv::Reader::from_reader(csv.as_bytes());
            assert_eq!(reader.headers().unwrap(), FIELDS.as_slice());
            let records: Vec<_> = reader.records().map(Result::unwrap).collect();
            assert_eq!(records.len(), served.len());
            for (record, group) in records.iter().zip(&served) {
                for (cell, field) in record.iter().zip(FIELDS) {
                    let expected = match &group[field] {
                        Value::Null => String::new(),
                        Value::String(text) => text.clone(),
                        other => other.to_string(),
                    };
                    assert_eq!(cell, expected, "{field}");
                }
            }
            assert_eq!(list("table").lines().count(), 52);
        }
    }
}

#[test]
fn every_page_size_brings_the_same_bytes() {
    let scenario = Scenario::demo();
    let whole = scenario.run(["list", "-o", "jsonl"]).data();
    for size in ["1", "7", "50", "51", "100"] {
        let same = scenario.run(["list", "-o", "jsonl", "--page-size", size]);
        assert_eq!(same.data(), whole, "page size {size}");
    }
}

#[test]
fn no_field_is_lost_or_altered_on_the_way() {
    let group = r#"{"GroupId":"g1","Subject":"\u4e2d \"q\" \u202e","TotalParticipantCount":99999999999999999999999,
        "GmtModifier":"94","GroupStatus":"FROZEN","Later":{"deep":[1.10,1e5,null,{"x":"\u001b"}]},"Price":1.10}"#;
    let data = Scenario::groups(&format!("[{group}]"))
        .run(["list", "-o", "jsonl"])
        .data();
    assert_eq!(
        data,
        "{\"GroupId\":\"g1\",\"Subject\":\"中 \\\"q\\\" \\u202e\",\"Description\":null,\
         \"GroupStatus\":\"FROZEN\",\"BusinessNumber\":null,\"InviteLink\":null,\
         \"ProfilePictureFile\":null,\"GroupLink\":null,\
         \"TotalParticipantCount\":99999999999999999999999,\"GroupType\":null,\
         \"BusinessRole\":null,\"GmtModifier\":\"94\",\
         \"Later\":{\"deep\":[1.10,1e5,null,{\"x\":\"\\u001b\"}]},\"Price\":1.10}\n"
    );
}

#[test]
fn filters_are_asked_of_the_api() {
    let scenario = Scenario::demo();
    let count = |args: &[&str]| {
        let args: Vec<&str> = ["list", "-o", "jsonl"]
            .iter()
            .chain(args)
            .copied()
            .collect();
        scenario.run(args).data().lines().count()
    };
    let mut statuses = 0;
    for status in [
        "active",
        "INACTIVE",
        "Suspended",
        "CREATING",
        "DELETING",
        "UPDATING",
    ] {
        let found = count(&["--status", status]);
        assert!(found > 0, "{status}");
        statuses += found;
    }
    assert_eq!(statuses, 51);
    assert_eq!(count(&["--subject", "客户支持群"]), 1);
    assert_eq!(
        count(&["--channel-type", "TELEGRAM"]) + count(&["--channel-type", "WHATSAPP"]),
        51
    );
    assert!(count(&["--group-type", "supergroup"]) > 1);
    assert_eq!(count(&["--group-link", "https://t.me/sandbox_demo_8"]), 1);
    assert_eq!(
        count(&["--status", "CREATING", "--group-type", "supergroup"]),
        0
    );
}

#[test]
fn page_and_limit_bring_what_they_say() {
    let scenario = Scenario::demo();
    let whole = scenario.run(["list", "-o", "jsonl"]).data();
    let lines: Vec<&str> = whole.lines().collect();
    let some = |args: &[&str]| {
        let args: Vec<&str> = ["list", "-o", "jsonl"]
            .iter()
            .chain(args)
            .copied()
            .collect();
        let data = scenario.run(args).data();
        data.lines().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(some(&["--page", "3", "--page-size", "20"]), lines[40..]);
    assert_eq!(some(&["--page", "2", "--page-size", "10"]), lines[10..20]);
    let past = scenario.run(["list", "-o", "jsonl", "--page", "9"]);
    assert_eq!((past.code, past.stdout.as_str()), (0, ""));
    assert_eq!(
        past.stderr,
        "warning: page 9 lies behind the last of 51 groups\n"
    );
    assert_eq!(some(&["--limit", "21"]), lines[..21]);
    assert_eq!(some(&["--limit", "1000"]), lines);
    assert_eq!(
        some(&["--page", "2", "--page-size", "20", "--limit", "3"]),
        lines[20..23]
    );
}

#[test]
fn an_empty_listing_is_success_and_each_format_says_so_in_its_way() {
    let scenario = Scenario::groups("[]");
    let list = |format| scenario.run(["list", "-o", format]).data();
    assert_eq!(list("json"), "[]\n");
    assert_eq!(list("jsonl"), "");
    assert_eq!(list("csv").lines().count(), 1);
    assert_eq!(list("table"), "");
}

#[test]
fn a_failure_under_a_200_is_a_failure() {
    for body in [
        r#"{"Code":"Ram.PermissionDeny","Success":false,"Message":"no right","RequestId":"r-1"}"#,
        r#"{"Code":"OK","Success":false,"RequestId":"r-1"}"#,
    ] {
        let endpoint = answering_json("200 OK", body);
        let outcome = Scenario::at(&endpoint)
            .with_key()
            .run(["list", "-o", "json"]);
        let code = if body.contains("Ram") { 4 } else { 5 };
        assert!(outcome.fails(code).contains("request id: r-1"));
    }
}

#[test]
fn totals_and_counts_may_be_numeric_strings() {
    let body = r#"{"Code":"OK","Success":"true","Data":{"Total":"1","List":[{"GroupId":"a","TotalParticipantCount":"35"}]}}"#;
    let endpoint = answering_json("200 OK", body);
    let data = Scenario::at(&endpoint)
        .with_key()
        .run(["list", "-o", "jsonl"])
        .data();
    assert!(data.contains(r#""TotalParticipantCount":"35""#));
}

#[test]
fn an_answer_without_data_proves_nothing() {
    for body in [
        r#"{"Code":"OK","Success":true}"#,
        r#"{"Code":"OK","Data":{"List":null}}"#,
    ] {
        let endpoint = answering_json("200 OK", body);
        let outcome = Scenario::at(&endpoint)
            .with_key()
            .run(["list", "-o", "json"]);
        assert_eq!((outcome.code, outcome.stdout.as_str()), (8, ""));
        assert!(
            outcome.stderr.contains("neither how many groups"),
            "{outcome:?}"
        );
    }
    let endpoint = answering_json("200 OK", r#"{"Code":"OK","Data":{"Total":0,"List":null}}"#);
    let scenario = Scenario::at(&endpoint).with_key();
    assert_eq!(scenario.run(["list", "-o", "json"]).data(), "[]\n");
}
