//! Many targets in one run: in their order, each failure with its target, none
//! that hides another.

use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::time::Duration;

use cams_groups::exit::Exit;
use cams_groups::sandbox::Groups;
use serde_json::Value;

use crate::support::{Scenario, in_process, pointing_at, responding, sandbox_with, still_world};

mod compared;
mod named;

const FIRST: u64 = 8_613_800_000_000;

/// A file of so many targets.
fn csv(count: u64) -> String {
    let mut text = "space_id,business_number,name\n".to_owned();
    for at in 0..count {
        writeln!(text, "cams-{at},{},shop {at}", FIRST + at).unwrap();
    }
    text
}

/// A sandbox that serves so many groups for each of so many targets, but for
/// those that it does not know.
fn serving(groups: u64, count: u64, knows: fn(u64) -> bool) -> String {
    sandbox_with(Groups::Demo(groups), move |mut config| {
        let targets = (0..count).filter(|at| knows(*at));
        let targets = targets.map(|at| {
            let number = (FIRST + at).to_string();
            (
                format!("cams-{at}").parse().unwrap(),
                number.parse().unwrap(),
            )
        });
        config.more = targets.collect();
        config
    })
}

fn scenario(groups: u64, count: u64, knows: fn(u64) -> bool) -> Scenario {
    let scenario = Scenario::at(&serving(groups, count, knows)).with_key();
    let scenario = scenario.unset("CAMS_GROUPS_SPACE_ID");
    let scenario = scenario.unset("CAMS_GROUPS_BUSINESS_NUMBER");
    scenario.file("targets.csv", csv(count))
}

/// Whose groups lines of JSON are, in their order, each once.
fn spaces(jsonl: &str) -> Vec<String> {
    let rows = jsonl.lines().map(|line| {
        let row: Value = serde_json::from_str(line).unwrap();
        assert_eq!(
            row["Target"],
            row["CustSpaceId"]
                .as_str()
                .unwrap()
                .replace("cams-", "shop "),
        );
        row["CustSpaceId"].as_str().unwrap().to_owned()
    });
    let mut spaces: Vec<String> = rows.collect();
    spaces.dedup();
    spaces
}

#[test]
fn five_hundred_targets_of_which_one_in_twenty_fails() {
    let scenario = scenario(3, 500, |at| at % 20 != 7);
    let list = ["list", "--targets", "targets.csv", "-o", "jsonl"];
    let outcome = scenario.run(list);
    assert_eq!(outcome.code, 5, "the worst of all");
    assert_eq!(outcome.stdout.lines().count(), 475 * 3);
    let expected = (0..500).filter(|at| at % 20 != 7);
    let expected: Vec<String> = expected.map(|at| format!("cams-{at}")).collect();
    assert_eq!(spaces(&outcome.stdout), expected, "in the file's order");
    let failed = outcome
        .stderr
        .lines()
        .filter(|it| it.starts_with("error: shop "));
    let failed: Vec<&str> = failed.map(|it| it.split(": ").nth(1).unwrap()).collect();
    let expected = (0..500).filter(|at| at % 20 == 7);
    let expected: Vec<String> = expected.map(|at| format!("shop {at}")).collect();
    assert_eq!(failed, expected, "each with its name");
    let end = "error: 25 of 500 targets could not be listed: shop 7, shop 27, shop 47, shop 67, shop 87, and 20 more\n";
    assert!(outcome.stderr.ends_with(end), "{}", outcome.stderr);
    assert_eq!(scenario.run(list).stdout, outcome.stdout, "the same bytes");
    let slowly = [&list[..], &["--concurrency", "1"]].concat();
    assert_eq!(scenario.run(slowly).stdout, outcome.stdout);

    let objects = scenario.run([&list[..], &["--error-format", "json"]].concat());
    let objects = objects.stderr.lines().map(|line| {
        let object: Value = serde_json::from_str(line).unwrap();
        object["error"]["target"].clone()
    });
    let objects: Vec<Value> = objects.collect();
    assert_eq!((objects.len(), &objects[0]), (26, &"shop 7".into()));
    assert_eq!(objects[25], Value::Null);
}

#[test]
fn every_form_says_whose_groups_they_are() {
    let scenario = scenario(2, 2, |_| true);
    let list = |form: &str| scenario.run(["list", "--targets", "targets.csv", "-o", form]);
    let json: Value = serde_json::from_str(&list("json").data()).unwrap();
    assert_eq!(json.as_array().unwrap().len(), 4);
    assert_eq!(json[3]["CustSpaceId"], "cams-1");
    let csv = list("csv").data();
    assert!(csv.starts_with("Target,CustSpaceId,GroupId,"), "{csv}");
    assert!(csv.contains("\r\nshop 1,cams-1,"), "{csv}");
    let table = list("table").data();
    assert!(table.starts_with("TARGET  SPACE   GROUP ID"), "{table}");
    let markdown = list("markdown").data();
    assert!(
        markdown.starts_with("| Target | CustSpaceId | GroupId |"),
        "{markdown}"
    );
    let sorted = scenario.run([
        "list",
        "--targets",
        "targets.csv",
        "-o",
        "tsv",
        "--sort",
        "target:desc",
        "--limit",
        "1",
        "--columns",
        "target,status",
    ]);
    assert_eq!(sorted.data(), "Target\tGroupStatus\nshop 1\tACTIVE\n");
    // Without names, people see the space alone; scripts see what they always see.
    let nameless = "space_id,business_number\ncams-0,8613800000000\n";
    let scenario = scenario.file("targets.csv", nameless);
    let list = |form: &str| scenario.run(["list", "--targets", "targets.csv", "-o", form]);
    assert!(list("table").data().starts_with("SPACE   GROUP ID"));
    assert!(
        list("jsonl")
            .data()
            .starts_with("{\"Target\":null,\"CustSpaceId\":\"cams-0\"")
    );
    let alone = Scenario::demo().run(["list", "--columns", "id,space"]);
    assert!(alone.fails(2).contains("needs several targets"));
}

#[test]
fn all_who_ask_by_one_key_share_one_pace() {
    let endpoint = responding(|_| {
        let group = r#"{"GroupId":"g"}"#;
        let body = format!(r#"{{"Code":"OK","Data":{{"Total":1,"List":[{group}]}}}}"#);
        ("200 OK", body)
    });
    let targets: String = (0..10).fold(
        "space_id,business_number,profile\n".to_owned(),
        |text, at| {
            let profile = ["", "same"][at % 2];
            format!("{text}cams-{at},8613800000000,{profile}\n")
        },
    );
    let directory = tempfile::TempDir::new().unwrap();
    let path = |name: &str, text: &str| {
        let path = directory.path().join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let targets = path("targets.csv", &targets);
    let config = path("c.toml", "[profiles.same]\nregion = 'ap-southeast-1'\n");
    let world = still_world(pointing_at(&endpoint));
    let clock = world.clock.clone();
    let args = [
        "list",
        "--targets",
        &targets,
        "--config",
        &config,
        "--max-rps",
        "1",
        "-o",
        "ids",
    ];
    let (exit, stdout, stderr) = in_process(&world, None, &args);
    assert_eq!(exit, Exit::Success, "{stderr}");
    assert_eq!(stdout.lines().count(), 10);
    assert!(clock.elapsed().as_secs() >= 9, "{:?}", clock.elapsed());
}

#[test]
fn an_output_file_is_replaced_only_if_every_target_was_listed() {
    let scenario = scenario(1, 2, |at| at != 1).file("out.json", "old");
    let list = [
        "list",
        "--targets",
        "targets.csv",
        "-o",
        "json",
        "-O",
        "out.json",
    ];
    assert_eq!(scenario.run(list).code, 5);
    let left = fs::read_to_string(scenario.path().join("out.json")).unwrap();
    assert_eq!(left, "old");
    let shown = scenario.run(["list", "--targets", "targets.csv", "-o", "json"]);
    assert_eq!(shown.code, 5);
    let rows: Value = serde_json::from_str(&shown.stdout).unwrap();
    assert_eq!(
        rows.as_array().unwrap().len(),
        1,
        "the others are not hidden"
    );
    fs::write(
        scenario.path().join("targets.csv"),
        "space_id,business_number\ncams-1,8613800000001\n",
    )
    .unwrap();
    scenario
        .run(["list", "--targets", "targets.csv", "-o", "json"])
        .fails(5);
}

#[test]
fn a_limit_that_leaves_targets_out_says_so() {
    let scenario = scenario(2, 30, |_| true);
    let list = |limit: &str| {
        let list = [
            "list",
            "--targets",
            "targets.csv",
            "-o",
            "ids",
            "--limit",
            limit,
        ];
        scenario.run(list)
    };
    let some = list("3");
    assert_eq!((some.code, some.stdout.lines().count()), (0, 3));
    let words = "warning: --limit was reached: 28 targets not listed\n";
    assert_eq!(some.stderr, words);
    assert_eq!(list("60").data().lines().count(), 60);
}

#[cfg(target_os = "linux")]
#[test]
fn a_person_at_a_terminal_sees_how_many_targets_are_done() {
    let endpoint = sandbox_with(Groups::Demo(1), |mut config| {
        let targets = (0..24_u64).map(|at| (format!("cams-{at}"), (FIRST + at).to_string()));
        let targets =
            targets.map(|(space, number)| (space.parse().unwrap(), number.parse().unwrap()));
        config.more = targets.collect();
        config.latency = Duration::from_millis(400);
        config
    });
    let scenario = Scenario::at(&endpoint).with_key();
    let scenario = scenario.file("targets.csv", csv(24));
    let text = scenario.on_terminal("list --targets targets.csv -o json -O out.json");
    assert!(text.contains(" of 24 targets, "), "{text}");
    assert!(text.contains("24 groups of 24 targets, "), "{text}");
}

#[test]
fn groups_are_written_while_later_targets_are_still_to_come() {
    let (release, released) = std::sync::mpsc::channel();
    let endpoint = responding(move |head| {
        if head.contains(&(FIRST + 39).to_string()) {
            // The last one answers only after the first was seen.
            released.recv_timeout(Duration::from_secs(30)).unwrap();
        }
        let group = r#"{"GroupId":"g"}"#;
        let body = format!(r#"{{"Code":"OK","Data":{{"Total":1,"List":[{group}]}}}}"#);
        ("200 OK", body)
    });
    let scenario = Scenario::at(&endpoint).with_key();
    let scenario = scenario.file("targets.csv", csv(40));
    let mut child = scenario
        .process(None)
        .args(["list", "--targets", "targets.csv", "-o", "jsonl"])
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let first = lines.next().unwrap().unwrap();
    assert!(first.contains("\"cams-0\""), "{first}");
    release.send(()).unwrap();
    assert_eq!(lines.count(), 39);
    assert!(child.wait().unwrap().success());
}
