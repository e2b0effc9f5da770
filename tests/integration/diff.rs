//! `cams-groups diff`: snapshots against each other and against what there is.

use serde_json::Value;

use crate::support::{Scenario, answering_json};

const OLD: &str = r#"[
 {"GroupId":"g1","Subject":"Sales","GroupStatus":"ACTIVE","TotalParticipantCount":8},
 {"GroupId":"g2","Subject":"Gone\u202e|x","GroupStatus":"ACTIVE","TotalParticipantCount":1},
 {"GroupId":"g3","Subject":"Same","GroupStatus":"ACTIVE","TotalParticipantCount":12345678901234567890123}
]"#;
const NEW: &str = r#"[
 {"GroupId":"g3","Subject":"Same","GroupStatus":"ACTIVE","TotalParticipantCount":12345678901234567890124},
 {"GroupId":"g4","Subject":"New","GroupStatus":"CREATING"},
 {"GroupId":"g1","Subject":"Sales","GroupStatus":"SUSPENDED","TotalParticipantCount":8}
]"#;

fn scenario() -> Scenario {
    Scenario::groups(NEW)
        .file("old.json", OLD)
        .file("new.json", NEW)
}

#[test]
fn what_differs_is_shown_and_the_exit_code_says_so() {
    let scenario = scenario();
    let table = scenario.run(["diff", "old.json", "new.json"]);
    assert_eq!((table.code, table.stderr.as_str()), (1, ""), "{table:?}");
    let lines: Vec<&str> = table.stdout.lines().collect();
    assert!(lines[0].trim_start().starts_with("GROUP ID  SUBJECT"));
    assert_eq!(lines[1], "+  g4        New             CREATING");
    assert_eq!(lines[2], r"-  g2        Gone\u{202e}|x  was ACTIVE");
    let long = "TotalParticipantCount: 12345678901234567890123 → 12345678901234567890124";
    assert_eq!(lines[3], format!("~  g3        Same            {long}"));
    assert!(lines[4].ends_with("GroupStatus: \"ACTIVE\" → \"SUSPENDED\""));
    let markdown = scenario.run(["diff", "old.json", "new.json", "-o", "markdown"]);
    assert_eq!(markdown.code, 1);
    assert!(
        markdown
            .stdout
            .contains(r"| - | g2 | Gone\\u{202e}\|x | was ACTIVE |"),
        "{markdown:?}"
    );
    let alike = scenario.run(["diff", "old.json", "old.json"]);
    assert_eq!(alike.data(), "");
    let ignoring = [
        "diff",
        "old.json",
        "new.json",
        "--ignore",
        "participants,status",
        "-o",
        "json",
    ];
    let json = scenario.run(ignoring);
    let json: Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(json["changed"].as_array().unwrap().len(), 0);
    assert_eq!(json["added"][0]["GroupId"], "g4");
    assert_eq!(json["removed"][0]["GroupId"], "g2");
}

#[test]
fn json_keeps_every_digit_and_no_raw_control() {
    let json = scenario().run(["diff", "old.json", "new.json", "-o", "json"]);
    assert_eq!(json.code, 1);
    assert!(
        json.stdout.contains("\"new\": 12345678901234567890124"),
        "{json:?}"
    );
    assert!(json.stdout.contains(r"Gone\u202e|x") && !json.stdout.contains('\u{202e}'));
}

#[test]
fn a_snapshot_is_compared_with_what_there_is_now() {
    let scenario = scenario();
    let live = scenario.run(["diff", "old.json", "-o", "json"]);
    assert_eq!(live.code, 1, "{live:?}");
    let json: Value = serde_json::from_str(&live.stdout).unwrap();
    assert_eq!(json["added"][0]["GroupId"], "g4");
    assert_eq!(json["changed"].as_array().unwrap().len(), 2);
    // A fresh snapshot of any form differs in nothing.
    for form in ["json", "jsonl"] {
        let _ = scenario.run(["list", "-o", form, "-O", "now"]).data();
        assert_eq!(scenario.run(["diff", "now"]).data(), "", "{form}");
    }
    // One with fewer columns is compared by those, and says so.
    let _ = scenario
        .run(["list", "-o", "json", "--columns", "id,status", "-O", "few"])
        .data();
    let few =
        scenario.run(["diff", "few", "-q"].map(|it| if it == "-q" { "-o=table" } else { it }));
    assert_eq!((few.code, few.stdout.as_str()), (0, ""), "{few:?}");
    assert!(
        few.stderr
            .starts_with("warning: not compared, because only one"),
        "{few:?}"
    );
}

#[test]
fn what_could_not_be_compared_is_neither_alike_nor_different() {
    let scenario = scenario()
        .file("broken.json", "[{")
        .file("nameless.json", "[{\"Subject\":\"x\"}]")
        .file("twice.json", "[{\"GroupId\":\"a\"},{\"GroupId\":\"a\"}]");
    for (file, words) in [
        ("broken.json", "wrong at line 1"),
        ("nameless.json", "group 1 has no GroupId"),
        ("twice.json", "group a is there twice"),
        ("missing.json", "cannot be read"),
    ] {
        let said = scenario.run(["diff", file, "new.json"]).fails(3);
        assert!(said.contains(words), "{said}");
    }
    // A listing that is not whole is no snapshot.
    let short = r#"{"Code":"OK","Data":{"Total":9,"List":[{"GroupId":"g1"}]}}"#;
    let incomplete = Scenario::at(&answering_json("200 OK", short))
        .with_key()
        .file("old.json", OLD);
    incomplete.run(["diff", "old.json"]).fails(8);
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_changes_no_verdict() {
    let scenario = scenario();
    assert_eq!(scenario.unread("diff old.json new.json"), "1\n");
}

#[test]
fn a_flag_of_letters_is_the_same_flag_when_it_comes_back() {
    // The flag of England is written with characters beyond U+FFFF that are not shown.
    let england = "England \u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}";
    let groups = format!(r#"[{{"GroupId":"g","Subject":"{england}","GroupStatus":"ACTIVE"}}]"#);
    let scenario = Scenario::groups(&groups);
    let csv = scenario
        .run(["list", "-o", "csv", "--columns", "subject"])
        .data();
    assert_eq!(csv, format!("Subject\r\n{england}\r\n"));
    for form in ["json", "jsonl"] {
        let _ = scenario.run(["list", "-o", form, "-O", "old"]).data();
        assert_eq!(scenario.run(["diff", "old"]).data(), "", "{form}");
        let text = std::fs::read_to_string(scenario.path().join("old")).unwrap();
        assert!(text.contains("\\udb40\\udc67"), "{text}");
    }
    let matching = ["audit", "--subject", r"^England \x{1F3F4}\x{E0067}"];
    assert_eq!(scenario.run(matching).code, 0);
}

#[test]
fn no_name_of_a_strangers_switches_a_comparison_off() {
    let old = r#"[{"GroupId":"g1","Subject":"**** SALE ****"},{"GroupId":"g2","Subject":"Board"}]"#;
    let new = old.replace("Board", "FREE CRYPTO");
    let scenario = Scenario::bare()
        .file("old.json", old)
        .file("new.json", &new);
    let outcome = scenario.run(["diff", "old.json", "new.json"]);
    assert_eq!(
        (outcome.code, outcome.stderr.as_str()),
        (1, ""),
        "{outcome:?}"
    );
    assert!(outcome.stdout.contains("FREE CRYPTO"), "{outcome:?}");
}

#[test]
fn a_snapshot_with_fewer_columns_is_said_to_be_compared_in_part() {
    let scenario = Scenario::groups(r#"[{"GroupId":"g1","Subject":"a"}]"#);
    let list = [
        "list",
        "-o",
        "json",
        "--columns",
        "id,status",
        "-O",
        "old.json",
    ];
    let _ = scenario.run(list).data();
    let outcome = scenario.run(["diff", "old.json", "-o", "markdown"]);
    assert_eq!(outcome.code, 0, "{outcome:?}");
    assert!(
        outcome
            .stdout
            .starts_with("- not compared: BusinessNumber\n"),
        "{outcome:?}"
    );
    assert!(
        outcome
            .stdout
            .ends_with("No differences in what was compared.\n"),
        "{outcome:?}"
    );
    let idle = scenario.run(["diff", "old.json", "old.json", "--space-id", "x"]);
    assert_eq!(idle.code, 2, "{idle:?}");
}
