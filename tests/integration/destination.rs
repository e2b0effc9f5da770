//! Where a listing goes, how long it may take, and the count alone.

#[cfg(unix)]
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;

use cams_groups::sandbox::Groups;

use crate::support::{Scenario, answering_json, answering_pages, sandbox_with};

fn slow() -> String {
    sandbox_with(Groups::Demo(51), |mut config| {
        config.latency = Duration::from_millis(300);
        config
    })
}

fn files(scenario: &Scenario) -> Vec<String> {
    let entries = std::fs::read_dir(scenario.path()).unwrap();
    let mut names: Vec<String> = entries
        .map(|it| it.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn count_asks_for_one_group_and_prints_the_total_alone() {
    let scenario = Scenario::demo();
    assert_eq!(scenario.run(["list", "--count"]).data(), "51\n");
    assert_eq!(
        scenario
            .run(["list", "--count", "--status", "creating"])
            .data(),
        "2\n"
    );
    let traced = scenario.run(["list", "--count", "-vv"]);
    assert_eq!(traced.stderr.matches("> Page=").count(), 1);
    assert!(
        traced.stderr.contains(r#"> Page={"Index":1,"Size":1}"#),
        "{traced:?}"
    );
    let body = r#"{"Code":"OK","Data":{"Total":0,"List":[{"GroupId":"a"}]}}"#;
    let scenario = Scenario::at(&answering_json("200 OK", body)).with_key();
    scenario.run(["list", "--count"]).fails(8);
    for total in ["null", "-1", "\"many\""] {
        let body = format!(r#"{{"Code":"OK","Data":{{"Total":{total},"List":[]}}}}"#);
        let scenario = Scenario::at(&answering_json("200 OK", &body)).with_key();
        scenario.run(["list", "--count"]).fails(8);
    }
}

#[test]
fn an_output_file_is_written_whole_and_stdout_stays_empty() {
    let scenario = Scenario::demo();
    for format in ["json", "jsonl", "csv", "table"] {
        let shown = scenario.run(["list", "-o", format]).data();
        let written = scenario.run(["list", "-o", format, "-O", "groups.out"]);
        assert_eq!(written.data(), "");
        let file = scenario.path().join("groups.out");
        assert_eq!(std::fs::read_to_string(file).unwrap(), shown);
    }
    assert_eq!(files(&scenario), ["groups.out"]);
}

#[test]
fn the_old_file_survives_every_failure_and_nothing_else_is_left() {
    let page = r#"{"Code":"OK","Data":{"Total":3,"List":[{"GroupId":"a"},{"GroupId":"b"}]}}"#;
    let refusal = r#"{"Code":"Forbidden.RAM","Success":false}"#;
    let moved = r#"{"Code":"OK","Data":{"Total":4,"List":[{"GroupId":"c"}]}}"#;
    for (pages, code) in [
        ([page, refusal], 4),
        ([page, moved], 8),
        ([page, "<html>"], 5),
    ] {
        let scenario = Scenario::at(&answering_pages(&pages)).with_key();
        let file = scenario.path().join("groups.csv");
        std::fs::write(&file, "old").unwrap();
        let args = ["list", "-o", "csv", "-O", "groups.csv", "--page-size", "2"];
        let args: Vec<&str> = args
            .into_iter()
            .chain(["--retries", "0", "--passes", "1"])
            .collect();
        let outcome = scenario.run(args);
        assert_eq!(outcome.code, code, "{outcome:?}");
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "old");
        assert_eq!(files(&scenario), ["groups.csv"]);
    }
}

#[test]
fn an_output_file_that_cannot_be_written_is_exit_9() {
    let scenario = Scenario::demo();
    let words = scenario.run(["list", "-O", "no/such/folder/x"]).fails(9);
    assert!(
        words.contains("`no/such/folder/x` cannot be written"),
        "{words}"
    );
}

#[cfg(unix)]
fn fifo(scenario: &Scenario) -> PathBuf {
    let fifo = scenario.path().join("fifo");
    let made = Command::new("mkfifo").arg(&fifo).status().unwrap();
    assert!(made.success());
    fifo
}

#[cfg(unix)]
#[test]
fn what_is_no_regular_file_is_written_straight() {
    let scenario = Scenario::demo();
    let stdout = scenario.run(["list", "-o", "jsonl", "-O", "/dev/stdout"]);
    assert_eq!(stdout.data().lines().count(), 51);
    let fifo = fifo(&scenario);
    let reader = std::thread::spawn({
        let fifo = fifo.clone();
        move || std::fs::read_to_string(fifo).unwrap()
    });
    let _ = scenario.run(["list", "-o", "jsonl", "-O", "fifo"]).data();
    assert_eq!(reader.join().unwrap().lines().count(), 51);
}

#[cfg(target_os = "linux")]
#[test]
fn stdout_by_its_other_name_is_stdout_and_what_lies_there_stays() {
    let scenario = Scenario::demo();
    let log = scenario.path().join("log");
    let prepared = scenario.command();
    let mut command = scenario.process(Some("sh"));
    let script = "(echo head; \"$0\" list -o jsonl -O /dev/stdout; echo tail) > log";
    command
        .args(["-c", script])
        .arg(prepared.get_program())
        .current_dir(scenario.path());
    assert!(command.status().unwrap().success());
    let text = std::fs::read_to_string(log).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!((lines.len(), lines[0], lines[52]), (53, "head", "tail"));
}

#[cfg(unix)]
#[test]
fn a_link_to_a_file_that_is_not_there_yet_stays_a_link() {
    let scenario = Scenario::demo();
    let (link, target) = (scenario.path().join("link"), scenario.path().join("target"));
    std::os::unix::fs::symlink("target", &link).unwrap();
    let _ = scenario.run(["list", "-o", "jsonl", "-O", "link"]).data();
    assert!(std::fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(std::fs::read_to_string(target).unwrap().lines().count(), 51);
}

#[cfg(unix)]
#[test]
fn a_deadline_holds_even_where_the_output_blocks() {
    let scenario = Scenario::demo();
    fifo(&scenario);
    // Nobody reads the FIFO.
    let words = scenario
        .run(["list", "-O", "fifo", "--deadline", "300ms"])
        .fails(6);
    assert!(words.contains("deadline"), "{words}");
}

#[cfg(unix)]
#[test]
fn a_stopped_run_leaves_the_old_file_and_no_half_one() {
    for (signal, code) in [("-INT", Some(130)), ("-TERM", Some(143)), ("-KILL", None)] {
        let scenario = Scenario::at(&slow()).with_key();
        let file = scenario.path().join("groups.csv");
        std::fs::write(&file, "old").unwrap();
        let mut command = scenario.process(None);
        let args = ["list", "-o", "csv", "-O", "groups.csv", "--page-size", "1"];
        let mut child = command
            .args(args)
            .args(["--concurrency", "1"])
            .current_dir(scenario.path())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        while files(&scenario).len() < 2 {
            std::thread::sleep(Duration::from_millis(10));
        }
        let kill = Command::new("kill")
            .args([signal, &child.id().to_string()])
            .status();
        assert!(kill.unwrap().success());
        assert_eq!(child.wait().unwrap().code(), code);
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "old");
        if code.is_some() {
            assert_eq!(files(&scenario), ["groups.csv"]);
        }
    }
}

#[cfg(unix)]
#[test]
fn a_signal_is_heard_while_stdout_blocks() {
    let endpoint = sandbox_with(Groups::Demo(5000), |config| config);
    let scenario = Scenario::at(&endpoint).with_key();
    let mut command = scenario.process(None);
    // Nobody reads, so that the pipe fills and the write blocks.
    let mut child = command
        .args(["list", "-o", "jsonl"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    std::thread::sleep(Duration::from_millis(700));
    assert!(
        child.try_wait().unwrap().is_none(),
        "the pipe holds more than thought"
    );
    let kill = Command::new("kill")
        .args(["-TERM", &child.id().to_string()])
        .status();
    assert!(kill.unwrap().success());
    assert_eq!(child.wait().unwrap().code(), Some(143));
}

#[test]
fn a_deadline_ends_the_run() {
    let scenario = Scenario::at(&slow()).with_key();
    let args = [
        "list",
        "-o",
        "json",
        "--page-size",
        "10",
        "--deadline",
        "500ms",
    ];
    let words = scenario.run(args).fails(6);
    assert!(words.contains("within 500ms (--deadline)"), "{words}");
    let _ = scenario
        .run(["list", "-o", "json", "--deadline", "30s"])
        .data();
}
