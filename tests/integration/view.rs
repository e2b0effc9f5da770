//! What is shown of a listing: columns, order, choice, and every format over
//! hostile data, read back by a reader that is not ours.

use std::collections::BTreeMap;

use cams_groups::exit::Exit;
use cams_groups::sandbox::Groups;
use cams_groups::world::Env;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use serde_json::Value;

use crate::support::{
    Scenario, answering_pages, answering_passes, in_process, pointing_at, sandbox, still_world,
};

/// Groups whose texts want to be something else.
const HOSTILE: &str = r#"[
 {"GroupId":"g1","Subject":"=HYPERLINK(\"http://evil\")","GroupStatus":"ACTIVE","TotalParticipantCount":8,"InviteLink":"https://chat.example/secret1","BusinessNumber":"8613800000000","GmtModifier":1767322800000},
 {"GroupId":"g2","Subject":"\u001b[31mred\u0007\u202eevil","GroupStatus":"SUSPENDED","TotalParticipantCount":0},
 {"GroupId":"g3","Subject":"a|b\\c\ttab\nline\r<script>alert(1)</script> [x](http://evil) ![y](z) @admin www.evil.example https://evil.example","GroupStatus":"NEW"},
 {"GroupId":"g4","Subject":"家族👨‍👩‍👧 मराठी é ع ','\"`$(id)`","Description":"+1","GroupStatus":"ACTIVE","TotalParticipantCount":12,"GroupType":"supergroup","GmtModifier":94},
 {"GroupId":"-5","Subject":null,"GroupStatus":"CREATING","TotalParticipantCount":3}
]"#;

fn hostile() -> Scenario {
    Scenario::groups(HOSTILE)
}

#[track_caller]
fn shown(args: &[&str]) -> String {
    hostile().run([&["list"], args].concat()).data()
}

fn subjects() -> Vec<String> {
    let groups: Value = serde_json::from_str(HOSTILE).unwrap();
    let groups = groups.as_array().unwrap().iter();
    groups
        .map(|it| it["Subject"].as_str().unwrap_or_default().to_owned())
        .collect()
}

#[test]
fn every_format_at_every_width_and_piped() {
    let endpoint = sandbox(Groups::from_json(HOSTILE.as_bytes()).unwrap());
    let formats = [
        "table", "wide", "json", "jsonl", "csv", "tsv", "markdown", "ids",
    ];
    for format in formats {
        for columns in [None, Some(60), Some(80), Some(100), Some(200)] {
            let world = still_world(pointing_at(&endpoint));
            let args = ["list", "-o", format, "--color", "never"];
            let (exit, stdout, _) = in_process(&world, columns, &args);
            assert_eq!(exit, Exit::Success);
            let width = columns.map_or("piped".to_owned(), |it| it.to_string());
            insta::assert_snapshot!(format!("{format} {width}"), stdout.replace('\r', "␍"));
        }
    }
    for columns in [None, Some(100)] {
        let world = still_world(pointing_at(&endpoint));
        let args = ["list", "--summary", "--color", "never"];
        let (_, stdout, _) = in_process(&world, columns, &args);
        let width = columns.map_or("piped".to_owned(), |it| it.to_string());
        insta::assert_snapshot!(format!("summary {width}"), stdout);
    }
}

#[test]
fn no_byte_below_space_reaches_a_terminal_but_line_ends_and_our_colours() {
    let endpoint = sandbox(Groups::from_json(HOSTILE.as_bytes()).unwrap());
    let mut all: Vec<Vec<&str>> = [
        "table", "wide", "json", "jsonl", "csv", "tsv", "markdown", "ids",
    ]
    .map(|format| vec!["list", "-o", format])
    .into();
    all.push(vec!["list", "--summary"]);
    all.push(vec!["list", "--jq", ".[].Subject"]);
    all.push(vec!["list", "-v", "--match", "\u{1b}[31m"]);
    let sgr = regex::Regex::new("\u{1b}\\[[0-9;]*m|\r?\n|\r?\u{1b}\\[[0-9]*[KA]").unwrap();
    for args in all {
        let world = still_world(pointing_at(&endpoint));
        let (_, stdout, stderr) = in_process(&world, Some(100), &args);
        for text in [stdout, stderr] {
            let mut rest = sgr.replace_all(&text, "").into_owned();
            if args.contains(&"tsv") {
                // These are ours; those of a subject are spelt out.
                rest = rest.replace('\t', "");
            }
            let bad = rest
                .chars()
                .find(|c| *c < ' ' || ('\u{7f}'..='\u{9f}').contains(c) || *c == '\u{202e}');
            assert_eq!(bad, None, "{args:?}: {rest:?}");
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_real_terminal_gets_no_byte_that_is_not_ours() {
    let scenario = hostile();
    let ours = regex::Regex::new("\u{1b}\\[[0-9;]*[mK]|\r+\n|\r").unwrap();
    for form in [
        "-o table",
        "-o wide",
        "-o csv",
        "-o jsonl",
        "-o markdown",
        "--summary",
        "--jq .[].Subject",
    ] {
        let text = scenario.on_terminal(&format!("list {form} --color always"));
        assert!(text.lines().count() > 3, "{form}: {text}");
        let rest = ours.replace_all(&text, "");
        let bad = rest.chars().find(|c| c.is_control() || *c == '\u{202e}');
        assert_eq!(bad, None, "{form}: {rest:?}");
    }
}

#[test]
fn csv_and_tsv_are_read_back_exactly() {
    let csv = shown(&["-o", "csv", "--columns", "subject,id"]);
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    assert_eq!(reader.headers().unwrap(), vec!["Subject", "GroupId"]);
    let read: Vec<String> = reader
        .records()
        .map(|it| it.unwrap()[0].to_owned())
        .collect();
    assert_eq!(read, subjects());

    let tsv = shown(&["-o", "tsv", "--columns", "id,subject", "--no-header"]);
    assert_eq!(tsv.lines().count(), 5, "a record is a line");
    let read: Vec<String> = tsv
        .lines()
        .map(|line| {
            let (_, subject) = line.split_once('\t').unwrap();
            // What a terminal must not get is spelt out; the rest comes back.
            let plain = subject
                .replace("\\\\", "\u{0}")
                .replace("\\t", "\t")
                .replace("\\n", "\n");
            plain.replace("\\r", "\r").replace('\u{0}', "\\")
        })
        .collect();
    assert_eq!(read[0], subjects()[0]);
    assert_eq!(read[2], subjects()[2]);
    assert_eq!(read[3], subjects()[3]);
}

#[test]
fn json_keys_follow_the_columns_and_everything_else_stays() {
    let json = shown(&["-o", "json", "--columns", "status,GroupId"]);
    assert!(
        json.starts_with("[\n  {\n    \"GroupStatus\": \"ACTIVE\",\n    \"GroupId\": \"g1\"\n  }")
    );
    let value: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(value.as_array().unwrap().len(), 5);
    let line = shown(&["-o", "jsonl", "--columns", "participants", "--limit", "1"]);
    assert_eq!(line, "{\"TotalParticipantCount\":8}\n");
}

/// What a Markdown reader makes of a table: its cells, and all that is no text.
fn read_markdown(text: &str) -> (Vec<Vec<String>>, Vec<String>) {
    let (mut rows, mut odd) = (Vec::new(), Vec::new());
    let mut cell = None;
    for event in Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Start(Tag::TableRow) => rows.push(Vec::new()),
            Event::Start(Tag::TableCell) => cell = Some(String::new()),
            Event::End(TagEnd::TableCell) => {
                if let (Some(row), Some(cell)) = (rows.last_mut(), cell.take()) {
                    row.push(cell);
                }
            }
            Event::Text(text) | Event::Code(text) => {
                if let Some(cell) = &mut cell {
                    cell.push_str(&text);
                }
            }
            Event::Start(Tag::Table(_) | Tag::TableHead) | Event::End(_) => {}
            event => odd.push(format!("{event:?}")),
        }
    }
    (rows, odd)
}

#[test]
fn markdown_is_text_and_nothing_else() {
    let text = shown(&["-o", "markdown", "--columns", "id,subject"]);
    let (rows, odd) = read_markdown(&text);
    assert_eq!(odd, Vec::<String>::new());
    assert_eq!(rows.len(), 5);
    assert_eq!(rows[0][1].trim(), "=HYPERLINK(\"http://evil\")");
    let third = r"a|b\c\ttab\nline\r<script>alert(1)</script> [x](http://evil)";
    assert!(rows[2][1].trim().starts_with(third), "{rows:?}");
    // What mentions, links and pictures are made of stands as code.
    let made_of = [
        "@admin",
        "#12",
        "https://x.example",
        "www.x.example",
        ":tada:",
        "GH-1",
        "0a1b2c3d4e",
    ];
    for subject in made_of {
        let group = serde_json::json!([{"GroupId": "g", "Subject": format!("{subject} `x`")}]);
        let scenario = Scenario::groups(&group.to_string());
        let args = ["list", "-o", "markdown", "--columns", "subject"];
        let text = scenario.run(args).data();
        assert!(text.contains(&format!("| `` {subject} `x` `` |")), "{text}");
    }
}

#[test]
fn spreadsheets_get_a_mark_and_no_formula() {
    for format in ["csv", "tsv"] {
        let args = [
            "-o",
            format,
            "--excel",
            "--columns",
            "id,subject,description",
        ];
        let text = shown(&args);
        assert!(text.starts_with('\u{feff}'), "{text:?}");
        assert!(text.contains("'=HYPERLINK"), "{text}");
        // Plain numbers run nothing; long ones would lose their digits.
        assert!(text.contains("-5") && !text.contains("'-5"), "{text}");
        assert!(
            !shown(&["-o", format]).contains("'=HYPERLINK"),
            "exact without the flag"
        );
        let long = Scenario::groups(
            r#"[{"GroupId":"120363000000000001","Subject":"x;=1","Description":"\"q"}]"#,
        );
        let text = long.run(["list", "-o", format, "--excel"]).data();
        assert!(text.contains("'120363000000000001"), "{text}");
        let quoted = if format == "csv" {
            "\"x;=1\""
        } else {
            "\"\"\"q\""
        };
        assert!(text.contains(quoted), "{text}");
    }
}

#[test]
fn redacted_listings_hold_no_link_and_no_number() {
    for format in ["table", "wide", "json", "jsonl", "csv", "tsv", "markdown"] {
        let text = shown(&[
            "-o",
            format,
            "--redact",
            "--columns",
            "id,invite-link,number",
        ]);
        assert!(
            !text.contains("secret1") && !text.contains("86138"),
            "{format}: {text}"
        );
        assert!(
            text.contains("redacted") && text.contains("0000"),
            "{format}: {text}"
        );
    }
    let text = shown(&["--redact", "--jq", ".[].InviteLink"]);
    assert!(text.starts_with("(redacted)\nnull\n"), "{text}");
    let odd = Scenario::groups(
        r#"[{"GroupId":"g","GroupLink":"https://t.me/+secret1","inviteUrl":"secret1","PhoneNumber":1234,"BusinessNumber":"123456"}]"#,
    );
    let text = odd.run(["list", "--redact", "-o", "json"]).data();
    assert!(
        !text.contains("secret1") && !text.contains("1234"),
        "{text}"
    );
    // Nor does what is said on the way.
    let said = hostile().run(["list", "--redact", "-vv", "-o", "jsonl"]);
    assert!(
        said.stderr.contains("****0000") && !said.stderr.contains("86138"),
        "{said:?}"
    );
    let dry = shown(&["--redact", "--dry-run"]);
    assert!(dry.contains("****0000") && !dry.contains("86138"), "{dry}");
}

#[test]
fn groups_are_chosen_ordered_and_then_limited() {
    let ids = |args: &[&str]| {
        let text = shown(&[&["-o", "ids"], args].concat());
        text.lines().collect::<Vec<_>>().join(" ")
    };
    assert_eq!(ids(&["--status", "active,suspended"]), "g1 g2 g4");
    assert_eq!(
        ids(&["--status", "active", "--status", "creating"]),
        "g1 g4 -5"
    );
    let said = Scenario::groups(
        r#"[{"GroupId":"a","Subject":"x"},{"GroupId":"b","Subject":"xy"},{"GroupId":"c","Subject":""}]"#,
    );
    let matching = |args: &[&str]| {
        said.run([&["list", "-o", "ids", "--match"], args].concat())
            .data()
    };
    assert_eq!(matching(&["^x"]), "a\nb\n");
    assert_eq!(matching(&["^$"]), "c\n");
    assert_eq!(matching(&["^x", "--limit", "1"]), "a\n");
    assert_eq!(ids(&["--sort", "id"]), "-5 g1 g2 g3 g4");
    assert_eq!(
        ids(&["--sort", "participants:desc", "--limit", "2"]),
        "g4 g1"
    );
    assert_eq!(
        ids(&[
            "--status",
            "active,creating",
            "--sort",
            "id:desc",
            "--limit",
            "2"
        ]),
        "g4 g1"
    );
}

#[test]
fn groups_of_which_nobody_knows_whether_they_are_asked_for_are_no_success() {
    for (args, ids) in [
        (&["--min-participants", "8"][..], "g1\ng4\n"),
        (&["--max-participants", "3"], "g2\n-5\n"),
        (&["--full"], "g1\n"),
        (&["--empty"], "g2\n"),
        (&["--match", "^=|👨"], "g1\ng4\n"),
        (&["--match", "^"], "g1\ng2\ng3\ng4\n"),
    ] {
        let words = "1 group left out, because the API does not say what is asked of them";
        let outcome = hostile().run([&["list", "-o", "ids"], args].concat());
        assert_eq!(
            (outcome.code, outcome.stdout.as_str()),
            (8, ids),
            "{outcome:?}"
        );
        assert!(
            outcome.stderr.starts_with(&format!("error: {words}")),
            "{outcome:?}"
        );
        let json = hostile().run([&["list", "-o", "json"], args].concat());
        assert_eq!((json.code, json.stdout.as_str()), (8, ""), "all or nothing");
        let taken = [&["list", "-q", "-o", "ids", "--allow-incomplete"], args].concat();
        let taken = hostile().run(taken);
        assert_eq!((taken.code, taken.stdout.as_str()), (0, ids), "{taken:?}");
        assert!(
            taken.stderr.starts_with(&format!("warning: {words}")),
            "{taken:?}"
        );
    }
    // A Telegram group has no room for doubt: it is never full as these are.
    let telegram = Scenario::groups(
        r#"[{"GroupId":"t","GroupType":"supergroup"},{"GroupId":"w","GroupType":"","TotalParticipantCount":8}]"#,
    );
    assert_eq!(telegram.run(["list", "--full", "-o", "ids"]).data(), "w\n");
    let endpoint = answering_pages(&[
        r#"{"Code":"OK","Data":{"Total":2,"List":[{"GroupId":"a"},{"GroupId":"b","GroupStatus":"ACTIVE"}]}}"#,
    ]);
    let args = ["list", "--status", "active,creating", "-o", "ids"];
    let outcome = Scenario::at(&endpoint).with_key().run(args);
    assert_eq!(
        (outcome.code, outcome.stdout.as_str()),
        (8, "b\n"),
        "{outcome:?}"
    );
}

#[test]
fn the_filter_judges_a_group_by_its_last_row_in_every_format() {
    let row = |status: &str| format!(r#"{{"GroupId":"g","GroupStatus":"{status}"}}"#);
    let page = |total: u8, rows: &str| {
        format!(r#"{{"Code":"OK","Data":{{"Total":{total},"List":[{rows}]}}}}"#)
    };
    for format in ["jsonl", "json", "csv"] {
        // The first pass does not add up; by the second, the group has changed.
        let first = vec![page(2, &row("CREATING")), page(2, "")];
        let second = vec![page(1, &row("ACTIVE"))];
        let endpoint = answering_passes(vec![first, second]);
        let args = ["list", "--status", "active,suspended", "-o", format];
        let outcome = Scenario::at(&endpoint).with_key().run(args);
        assert_eq!(outcome.code, 0, "{format}: {outcome:?}");
        assert!(outcome.stdout.contains("ACTIVE"), "{format}: {outcome:?}");
    }
}

#[test]
fn numbers_that_are_none_do_not_upset_the_order_or_the_count() {
    let counts = [
        "9",
        "\"10\"",
        "\"1a\"",
        "-1",
        "123456789012345678901234567890",
        "null",
        "\"\"",
    ];
    let groups: Vec<String> = (0..200)
        .map(|at| {
            let count = counts[at * 5 % counts.len()];
            let status = if at % 50 == 0 {
                "\\u009b31mX\\u202e"
            } else {
                "ACTIVE"
            };
            format!(
                r#"{{"GroupId":"g{at}","TotalParticipantCount":{count},"GroupStatus":"{status}"}}"#
            )
        })
        .collect();
    let scenario = Scenario::groups(&format!("[{}]", groups.join(",")));
    for order in ["participants", "participants:desc"] {
        let listed = scenario.run(["list", "--sort", order, "-o", "ids"]).data();
        assert_eq!(listed.lines().count(), 200);
    }
    let text = scenario.run(["list", "--summary", "-o", "json"]).data();
    assert!(
        text.contains(r"\u009b31mX\u202e") && !text.contains('\u{202e}'),
        "{text}"
    );
    let summary: Value = serde_json::from_str(&text).unwrap();
    let ranges = summary["participants"]["ranges"].as_array().unwrap();
    let counted: u64 = ranges.iter().map(|it| it["groups"].as_u64().unwrap()).sum();
    let unknown = summary["participants"]["unknown"].as_u64().unwrap();
    assert_eq!(counted + unknown, 200);
    let active = text.find("ACTIVE").unwrap();
    assert!(
        active < text.find("u009b").unwrap(),
        "the documented come first: {text}"
    );
    let long = format!(
        r#"[{{"GroupId":"g","GroupStatus":"{}"}}]"#,
        "长".repeat(70_000)
    );
    let summary = Scenario::groups(&long).run(["list", "--summary"]).data();
    assert!(summary.contains('…') && summary.len() < 1000);
}

#[test]
fn a_summary_counts_what_a_reader_would() {
    let text = shown(&["--summary", "-o", "json"]);
    let summary: Value = serde_json::from_str(&text).unwrap();
    let groups: Vec<Value> = serde_json::from_str(HOSTILE).unwrap();
    let mut statuses = BTreeMap::new();
    for group in &groups {
        *statuses
            .entry(group["GroupStatus"].as_str().unwrap())
            .or_insert(0) += 1;
    }
    assert_eq!(summary["groups"], 5);
    assert_eq!(summary["statuses"], serde_json::to_value(statuses).unwrap());
    let participants = &summary["participants"];
    assert_eq!(participants["total"], 23);
    assert_eq!(
        (&participants["min"], &participants["max"]),
        (&0.into(), &12.into())
    );
    assert_eq!(participants["median"], 3);
    assert_eq!(participants["unknown"], 1);
    let ranges = participants["ranges"].as_array().unwrap();
    let counted: i64 = ranges.iter().map(|it| it["groups"].as_i64().unwrap()).sum();
    assert_eq!(counted, 4);
    let one = shown(&["--summary", "--status", "active,creating", "-o", "json"]);
    assert!(one.contains("\"groups\": 3"), "{one}");
}

#[test]
fn jq_runs_over_the_whole_listing_and_its_mistakes_are_found_first() {
    assert_eq!(
        shown(&["--jq", "map(.TotalParticipantCount // 0) | add"]),
        "23\n"
    );
    assert_eq!(shown(&["--jq", ".[1].Subject | length"]), "14\n");
    let scenario = Scenario::at("http://127.0.0.1:9").with_key();
    let outcome = scenario.run(["list", "--jq", ".[] | foo"]);
    assert_eq!(outcome.code, 2, "{outcome:?}");
    assert!(
        outcome
            .stderr
            .contains("undefined filter `foo`\n\n  .[] | foo\n        ^\n")
    );
    let failed = hostile().run(["list", "--jq", ".[] | .Subject | tonumber"]);
    assert_eq!((failed.code, failed.stdout.as_str()), (2, ""), "{failed:?}");
}

#[test]
fn mistakes_suggest_what_was_meant_and_idle_flags_are_refused() {
    for (args, words) in [
        (
            &["--columns", "id,subjet"][..],
            "a similar value exists: 'subject'",
        ),
        (
            &["--sort", "particpants"],
            "a similar value exists: 'participants'",
        ),
        (&["--match", "("], "unclosed group"),
        (
            &["--no-header", "-o", "json"],
            "--no-header means nothing to json",
        ),
        (
            &["--excel", "-o", "table"],
            "--excel means nothing to table",
        ),
        (
            &["--columns", "id", "-o", "ids"],
            "--columns means nothing to ids",
        ),
        (
            &["--summary", "-o", "csv"],
            "--summary means nothing to csv",
        ),
        (
            &["--count", "--status", "active,new"],
            "invalid value 'new'",
        ),
        (
            &["--count", "--status", "active,creating"],
            "--count is the API's own",
        ),
        (&["--count", "--match", "x"], "cannot be used with"),
        (&["--count", "--trace-file", "x"], "cannot be used with"),
        (
            &["--page", "2", "--match", "x"],
            "--page counts the API's pages",
        ),
        (
            &["--min-participants", "9", "--max-participants", "3"],
            "no group has at least",
        ),
        (&["--trace-file", "x", "-O", "x"], "are one file"),
        (&["--redact", "-o", "ids"], "--redact means nothing to ids"),
    ] {
        let outcome = hostile().run([&["list"], args].concat());
        assert_eq!(outcome.code, 2, "{args:?}: {outcome:?}");
        assert!(outcome.stderr.contains(words), "{words}: {outcome:?}");
    }
}

#[test]
fn a_group_without_an_id_cannot_be_listed_by_ids() {
    let scenario = Scenario::groups(r#"[{"Subject":"nameless"}]"#);
    let outcome = scenario.run(["list", "-o", "ids"]);
    assert_eq!(outcome.code, 5, "{outcome:?}");
    assert!(
        outcome.stderr.contains("a group has no GroupId"),
        "{outcome:?}"
    );
    let broken = Scenario::groups(r#"[{"GroupId":"a\nb"}]"#);
    let outcome = broken.run(["list", "-o", "ids"]);
    assert_eq!(
        (outcome.code, outcome.stdout.as_str()),
        (5, ""),
        "{outcome:?}"
    );
}

#[test]
fn the_header_can_be_left_out() {
    assert_eq!(
        shown(&["--no-header", "--columns", "id"]).lines().count(),
        5
    );
    assert_eq!(
        shown(&["--no-header", "--columns", "id", "-o", "csv"])
            .lines()
            .count(),
        5
    );
    let world = still_world(Env::fixed([]));
    let (exit, stdout, _) = in_process(&world, Some(100), &["list", "--sandbox", "--limit", "3"]);
    assert_eq!(exit, Exit::Success);
    assert_eq!(stdout.lines().count(), 4);
    let bare = ["list", "--sandbox", "--limit", "3", "--no-header"];
    let (_, stdout, _) = in_process(&world, Some(100), &bare);
    assert_eq!(stdout.lines().count(), 3);
}
