//! Where targets are named, and what is wrong with them.

use std::fs;

use super::{scenario, spaces};
use crate::support::{Scenario, server};

#[test]
fn targets_come_from_a_profile_from_a_pipe_and_from_json() {
    let scenario = scenario(1, 3, |_| true);
    let lines = "{\"space_id\":\"cams-2\",\"business_number\":8613800000002}\n";
    let ids = ["list", "-o", "ids", "--targets", "-"];
    let piped = scenario
        .command()
        .args(ids)
        .write_stdin(lines)
        .output()
        .unwrap();
    assert_eq!(piped.status.code(), Some(0), "{piped:?}");
    assert_eq!(String::from_utf8(piped.stdout).unwrap().lines().count(), 1);
    let scenario = scenario.config(
        "[profiles.default]\nregion = 'ap-southeast-1'\n
[[profiles.default.targets]]\nspace_id = 'cams-1'\nbusiness_number = '8613800000001'\nname = 'shop 1'
[[profiles.default.targets]]\nspace_id = 'cams-0'\nbusiness_number = '8613800000000'\nname = 'shop 0'\nprofile = 'other'
[profiles.other]\naccess_key_id = 'testAccessKeyId-other'\naccess_key_secret = 'testAccessKeySecret-other'\n",
    );
    let outcome = scenario.run(["list", "--all-targets", "-o", "jsonl"]);
    assert_eq!(spaces(&outcome.data()), ["cams-1", "cams-0"]);
    scenario
        .run(["list", "--all-targets", "-p", "other"])
        .fails(3);
}

#[test]
fn a_mistake_in_the_targets_is_exit_3_before_any_request() {
    let (endpoint, asked) = server(|_| {});
    let scenario = Scenario::at(&endpoint).with_key();
    for (text, words) in [
        ("", "line 1: there is no target"),
        ("space_id,number\n", "line 1: the columns are"),
        (
            "space_id,business_number\ncams-a,abc\n",
            "line 2: `business_number`",
        ),
        (
            "space_id,business_number,profile\ncams-a,86138,x\n",
            "no profile `x` (from a target)",
        ),
    ] {
        let scenario = scenario.run_with(text);
        let stderr = scenario.fails(3);
        assert!(stderr.contains(words), "{stderr}");
    }
    for command in ["list", "audit"] {
        scenario
            .run([command, "--targets", "/nowhere.csv"])
            .fails(3);
        let stderr = scenario.run([command, "--all-targets"]).fails(3);
        assert!(
            stderr.contains("there is no profile to have targets"),
            "{stderr}"
        );
        for flag in [["--space-id", "x"], ["--targets", "-"]] {
            let outcome = scenario.run([&[command, "--all-targets"], &flag[..]].concat());
            assert_eq!(outcome.code, 2, "{outcome:?}");
        }
    }
    for flag in [
        &["--page", "1"][..],
        &["--count"],
        &["--dry-run"],
        &["--sandbox"],
        &["--watch"],
        &["--trace-file", "f"],
    ] {
        let outcome = scenario.run([&["list", "--all-targets"], flag].concat());
        assert_eq!(outcome.code, 2, "{outcome:?}");
    }
    assert!(asked.try_recv().is_err(), "nobody was asked");
    let config = "[profiles.default]\nregion = 'r'\n[[profiles.default.targets]]\nspace_id = 'a'\n\n[[profiles.default.targets]]\nspaceid = 'a'\n";
    let stderr = scenario
        .config(config)
        .run(["list", "--all-targets"])
        .fails(3);
    assert!(
        stderr.contains("config.toml:3: a target needs a business_number"),
        "{stderr}"
    );
}

impl Scenario {
    fn run_with(&self, targets: &str) -> crate::support::Outcome {
        fs::write(self.path().join("targets.csv"), targets).unwrap();
        self.run(["list", "--targets", "targets.csv"])
    }
}

#[test]
fn no_row_of_a_file_is_passed_over() {
    let scenario = scenario(1, 2, |_| true);
    let rows = "name,space_id,business_number\n#1 shop,cams-1,8613800000001\n";
    let scenario = scenario.file("targets.csv", rows);
    let list = ["list", "--targets", "targets.csv", "-o", "jsonl"];
    assert!(
        scenario
            .run(list)
            .data()
            .starts_with("{\"Target\":\"#1 shop\"")
    );
}
