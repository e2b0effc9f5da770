//! Complete or loud: what happens when the API's pages do not add up.

use crate::support::{Scenario, answering_json, answering_pages, answering_passes};

/// A page under a total, with groups of these ids.
fn page(total: &str, ids: &[&str]) -> String {
    let rows: Vec<String> = ids
        .iter()
        .map(|id| format!(r#"{{"GroupId":"{id}"}}"#))
        .collect();
    format!(
        r#"{{"Code":"OK","Success":true,"Data":{{"Total":{total},"List":[{}]}}}}"#,
        rows.join(",")
    )
}

fn ids(stdout: &str) -> Vec<String> {
    let value = |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap();
    let id = |line| value(line)["GroupId"].as_str().unwrap().to_owned();
    stdout.lines().map(id).collect()
}

/// Lists two groups a page, one page at a time.
const LIST: [&str; 7] = [
    "list",
    "--page-size",
    "2",
    "--concurrency",
    "1",
    "--retries",
    "0",
];

fn list<'a>(more: &[&'a str]) -> Vec<&'a str> {
    LIST.iter().chain(more).copied().collect()
}

#[test]
fn a_listing_that_never_settles_is_exit_8_naming_expected_and_found() {
    // Every pass brings other groups than the one before, and never three.
    let passes: Vec<Vec<String>> = ["a", "b", "c"]
        .map(|id| vec![page("3", &[id, "z"]), page("3", &[])])
        .to_vec();
    let run = |format, more: &[&str]| {
        let scenario = Scenario::at(&answering_passes(passes.clone())).with_key();
        let mut args = list(&["-o", format]);
        args.extend(more);
        scenario.run(args)
    };
    let json = run("json", &[]);
    assert_eq!((json.code, json.stdout.as_str()), (8, ""));
    assert!(
        json.stderr
            .contains("expected 3 groups by the API's own count, found 2"),
        "{json:?}"
    );
    let table = run("table", &[]);
    assert_eq!((table.code, table.stdout.lines().count()), (8, 3));
    assert!(
        table
            .stderr
            .starts_with("warning: not every group is listed"),
        "{table:?}"
    );
    assert!(
        table.stdout.contains('c') && !table.stdout.contains('a'),
        "the last pass counts"
    );
    for format in ["jsonl", "csv"] {
        let streamed = run(format, &[]);
        let header = usize::from(format == "csv");
        assert_eq!(
            (streamed.code, streamed.stdout.lines().count()),
            (8, 4 + header)
        );
    }
    for format in ["json", "jsonl", "csv", "table"] {
        let allowed = run(format, &["--allow-incomplete"]);
        assert_eq!(allowed.code, 0, "{allowed:?}");
        assert!(
            allowed
                .stderr
                .starts_with("warning: not every group is listed")
        );
        assert!(allowed.stdout.contains('z'));
    }
}

#[test]
fn a_pass_that_is_clean_mends_one_that_was_not() {
    let passes = vec![
        vec![page("3", &["a", "b"]), page("4", &["c", "d"])],
        vec![page("4", &["a", "b"]), page("4", &["c", "d"])],
    ];
    for format in ["json", "jsonl"] {
        let scenario = Scenario::at(&answering_passes(passes.clone())).with_key();
        let data = scenario.run(list(&["-o", format])).data();
        assert_eq!(data.matches("GroupId").count(), 4);
    }
}

#[test]
fn a_streamed_group_is_never_written_twice_and_one_that_came_later_is_added() {
    let passes = vec![
        vec![page("4", &["a", "b"]), page("3", &["b", "d"])],
        vec![page("4", &["a", "b"]), page("4", &["c", "d"])],
    ];
    let scenario = Scenario::at(&answering_passes(passes)).with_key();
    let data = scenario.run(list(&["-o", "jsonl"])).data();
    assert_eq!(ids(&data), ["a", "b", "d", "c"]);
}

#[test]
fn two_passes_with_the_same_groups_settle_a_wrong_or_missing_total() {
    for total in ["9", "1", "-1", "\"many\"", "null"] {
        let pages = [
            page(total, &["a", "b"]),
            page(total, &["c"]),
            page(total, &[]),
        ];
        let pages: Vec<&str> = pages.iter().map(String::as_str).collect();
        let scenario = Scenario::at(&answering_pages(&pages)).with_key();
        let outcome = scenario.run(list(&["-o", "jsonl"]));
        assert_eq!(outcome.code, 0, "{total}: {outcome:?}");
        assert!(
            outcome.stderr.contains("brought the same groups"),
            "{total}: {outcome:?}"
        );
        let expected = if total == "1" { 2 } else { 3 };
        assert_eq!(outcome.stdout.lines().count(), expected, "{total}");
    }
}

#[test]
fn groups_missing_in_the_middle_are_never_explained_away() {
    let pages = [
        page("6", &["a", "b"]),
        page("6", &[]),
        page("6", &["e", "f"]),
        page("6", &[]),
    ];
    let pages: Vec<&str> = pages.iter().map(String::as_str).collect();
    let scenario = Scenario::at(&answering_pages(&pages)).with_key();
    let outcome = scenario.run(list(&["-o", "json"]));
    assert_eq!((outcome.code, outcome.stdout.as_str()), (8, ""));
    assert!(outcome.stderr.contains("found 4"), "{outcome:?}");
}

#[test]
fn an_api_that_ignores_the_page_number_is_exit_8() {
    for (total, one) in [("null", r#"{"Subject":"x"}"#), ("9", r#"{"Subject":"x"}"#)] {
        let body = format!(r#"{{"Code":"OK","Data":{{"Total":{total},"List":[{one},{one}]}}}}"#);
        let scenario = Scenario::at(&answering_json("200 OK", &body)).with_key();
        let outcome = scenario.run(list(&["-o", "json"]));
        assert_eq!((outcome.code, outcome.stdout.as_str()), (8, ""));
        assert!(
            outcome.stderr.contains("under another page number"),
            "{outcome:?}"
        );
    }
    let endpoint = answering_json("200 OK", &page("null", &["a", "b"]));
    let outcome = Scenario::at(&endpoint)
        .with_key()
        .run(list(&["-o", "json"]));
    assert_eq!(outcome.code, 8);
}

#[test]
fn of_a_group_that_comes_twice_the_newer_row_is_kept() {
    let first = r#"{"Code":"OK","Data":{"Total":3,"List":[{"GroupId":"a"},{"GroupId":"b","Subject":"old"}]}}"#;
    let second = r#"{"Code":"OK","Data":{"Total":3,"List":[{"GroupId":"b","Subject":"new"},{"GroupId":"c"}]}}"#;
    let scenario = Scenario::at(&answering_pages(&[first, second])).with_key();
    let data = scenario.run(list(&["-o", "json"])).data();
    assert!(data.contains("new") && !data.contains("old"), "{data}");
    assert_eq!(data.matches("\"GroupId\": \"").count(), 3);
}
