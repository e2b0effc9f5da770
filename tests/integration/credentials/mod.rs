//! Every source of keys, end to end: from files and variables to groups listed
//! with the keys that the sandbox issued. Whatever a run says, `Scenario::run`
//! looks for every secret in it.

use std::fs;
use std::path::{Path, PathBuf};

use cams_groups::sandbox::Groups;

use crate::support::{Scenario, sandbox};

mod files;
mod renewal;
mod services;

pub(super) const METADATA_DISABLED: &str = "ALIBABA_CLOUD_ECS_METADATA_DISABLED";
pub(super) const STAND_IN: &str = "CAMS_GROUPS_CREDENTIALS_ENDPOINT";

pub(super) fn vectors() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/credentials")
}

/// A sample file, with its placeholders filled in.
pub(super) fn sample(name: &str, endpoint: &str) -> String {
    let text = fs::read_to_string(vectors().join(name)).unwrap();
    let port = endpoint.rsplit(':').next().unwrap();
    text.replace("@DIR@", &vectors().display().to_string())
        .replace("@PORT@", port)
}

/// A world where the sandbox stands in for every service; no key yet.
pub(super) fn served() -> Scenario {
    let endpoint = sandbox(Groups::Demo(51));
    let scenario = Scenario::at(&endpoint).set(STAND_IN, &endpoint);
    let config = sample("config.json", &endpoint);
    scenario
        .unset(METADATA_DISABLED)
        .file("sample.json", &config)
}

/// A world with the sample profiles of the aliyun CLI.
pub(super) fn aliyun(profile: &str) -> Scenario {
    let scenario = served();
    let config = fs::read_to_string(scenario.path().join("sample.json")).unwrap();
    scenario
        .file(".aliyun/config.json", config)
        .set("ALIBABA_CLOUD_PROFILE", profile)
}

pub(super) const LIST: [&str; 4] = ["list", "-vv", "-o", "jsonl"];

#[track_caller]
pub(super) fn lists(scenario: &Scenario) -> String {
    let outcome = scenario.run(LIST);
    assert_eq!(outcome.code, 0, "{outcome:?}");
    assert_eq!(outcome.stdout.lines().count(), 51);
    outcome.stderr
}

/// A profile of our own with these lines, and what the sandbox needs to know.
pub(super) fn own(lines: &str) -> Scenario {
    served().config(&format!("[profiles.default]\n{lines}\n"))
}
