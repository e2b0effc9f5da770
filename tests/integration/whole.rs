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
        // Not even `--quiet` hides that the listing is in doubt.
        let allowed = run(format, &["--allow-incomplete", "--quiet"]);
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
        assert_eq!(outcome.stdout.lines().count(), 3, "{total}");
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
fn an_api_that_cuts_pages_without_a_total_is_found_out() {
    use cams_groups::sandbox::faults::Totals;
    use cams_groups::sandbox::{Groups, Misbehaviour};
    for totals in [
        Totals::Absent,
        Totals::Negative,
        Totals::Text,
        Totals::Off(-48),
    ] {
        let endpoint = crate::support::sandbox_with(Groups::Demo(51), move |mut config| {
            config.misbehaviour = Misbehaviour {
                cap_page_size: std::num::NonZeroU32::new(7),
                totals,
                ..Misbehaviour::default()
            };
            config
        });
        let scenario = Scenario::at(&endpoint).with_key();
        let found_out = scenario.run(["list", "-o", "jsonl"]);
        assert_eq!(
            (found_out.code, found_out.stdout.lines().count()),
            (0, 51),
            "{totals:?}"
        );
        // A size that the user names is kept, and then it does not add up.
        let named = scenario.run(["list", "-o", "json", "--page-size", "100"]);
        assert_eq!((named.code, named.stdout.as_str()), (8, ""), "{totals:?}");
        assert!(named.stderr.contains("7 groups a page"), "{named:?}");
    }
}

#[test]
fn a_page_that_is_cut_is_not_what_was_asked_for() {
    use cams_groups::sandbox::Groups;
    let endpoint = crate::support::sandbox_with(Groups::Demo(51), |mut config| {
        config.misbehaviour.cap_page_size = std::num::NonZeroU32::new(7);
        config
    });
    let scenario = Scenario::at(&endpoint).with_key();
    let args = ["list", "-o", "json", "--page", "2", "--page-size", "20"];
    let words = scenario.run(args).fails(8);
    assert!(
        words.contains("expected 20 groups") && words.contains("found 7"),
        "{words}"
    );
}

#[test]
fn a_streamed_group_that_went_away_is_told() {
    let passes = vec![
        vec![page("4", &["a", "b"]), page("3", &["d"])],
        vec![page("3", &["b", "c"]), page("3", &["d"])],
    ];
    let scenario = Scenario::at(&answering_passes(passes)).with_key();
    let outcome = scenario.run(list(&["-o", "jsonl"]));
    assert_eq!(ids(&outcome.stdout), ["a", "b", "d", "c"]);
    assert_eq!(outcome.code, 0);
    assert!(
        outcome
            .stderr
            .contains("1 group that the listing names went away"),
        "{outcome:?}"
    );
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

#[test]
fn groups_without_an_id_are_told_apart_by_what_they_hold() {
    let rows = |subjects: &[&str], total: u32| {
        let rows: Vec<String> = subjects
            .iter()
            .map(|it| format!(r#"{{"Subject":"{it}"}}"#))
            .collect();
        format!(
            r#"{{"Code":"OK","Data":{{"Total":{total},"List":[{}]}}}}"#,
            rows.join(",")
        )
    };
    let run = |passes: Vec<Vec<String>>| {
        let scenario = Scenario::at(&answering_passes(passes)).with_key();
        scenario.run([
            "list",
            "-o",
            "jsonl",
            "--page-size",
            "9",
            "--concurrency",
            "1",
        ])
    };
    // A clean second pass adds what the first did not have, and nothing else.
    let mended = run(vec![
        vec![rows(&["A", "B"], 3), rows(&[], 3)],
        vec![rows(&["C", "A", "B"], 3)],
    ]);
    let subjects: Vec<&str> = ["A", "B", "C"]
        .into_iter()
        .filter(|it| mended.stdout.contains(&format!(r#""Subject":"{it}""#)))
        .collect();
    assert_eq!(
        (mended.code, mended.stdout.lines().count()),
        (0, 3),
        "{mended:?}"
    );
    assert_eq!(subjects, ["A", "B", "C"]);
    // Two passes with other groups are not the same for having as many.
    let unlike = run(vec![
        vec![rows(&["A", "B"], 3), rows(&[], 3)],
        vec![rows(&["C", "D"], 3), rows(&[], 3)],
        vec![rows(&["E", "F"], 3), rows(&[], 3)],
    ]);
    assert_eq!(unlike.code, 8, "{unlike:?}");
}

#[test]
fn a_total_beyond_belief_over_the_same_page_again_and_again_ends_soon() {
    let rows: Vec<String> = (0..100).map(|it| it.to_string()).collect();
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let body = page("1000000000000000", &rows);
    let scenario = Scenario::at(&answering_json("200 OK", &body)).with_key();
    let outcome = scenario.run(["list", "-v", "-o", "json"]);
    assert_eq!((outcome.code, outcome.stdout.as_str()), (8, ""));
    assert!(outcome.stderr.lines().count() < 60, "{outcome:?}");
}

#[test]
fn a_page_by_number_is_never_another_page() {
    use cams_groups::sandbox::Groups;
    let endpoint = crate::support::sandbox(Groups::Demo(51));
    let scenario = Scenario::at(&endpoint).with_key();
    let whole = scenario.run(["list", "-o", "jsonl"]).data();
    let page = scenario.run(["list", "-o", "jsonl", "--page", "3"]).data();
    let lines: Vec<&str> = whole.lines().collect();
    assert_eq!(page.lines().collect::<Vec<_>>(), lines[40..]);
}
