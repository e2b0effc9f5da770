//! `cams-groups config`: where it is, what it says, and a first one.

use std::fs;
use std::io::Write as _;
use std::process::Stdio;

use cams_groups::sandbox::Groups;
use serde_json::Value;

use crate::support::{Outcome, Scenario, sandbox};

/// Runs with this on stdin.
fn fed(scenario: &Scenario, args: &[&str], input: &str) -> Outcome {
    let mut process = scenario.process(None);
    let mut child = process
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    Outcome {
        code: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

#[test]
fn path_is_the_file_that_the_others_read() {
    let scenario = Scenario::bare();
    let path = scenario.config_path().display().to_string();
    assert_eq!(scenario.run(["config", "path"]).data(), format!("{path}\n"));
    let scenario = scenario.set("CAMS_GROUPS_CONFIG", "/else/c.toml");
    assert_eq!(scenario.run(["config", "path"]).data(), "/else/c.toml\n");
    let flag = scenario.run(["config", "path", "--config", "x.toml"]);
    assert_eq!(flag.data(), "x.toml\n");
}

#[test]
fn show_says_of_each_setting_who_set_it() {
    let scenario = Scenario::bare()
        .config(
            "default_profile = 'prod'\n[profiles.prod]\nbusiness_number = '8613800000000'\n\
             access_key_id = 'testAccessKeyId'\naccess_key_secret = 'testAccessKeySecret'\n\
             role_arn = 'acs:ram::1:role/r'\nexternal_id = 'test-external-id'\n",
        )
        .set("CAMS_GROUPS_OUTPUT", "csv");
    let shown = scenario.run(["config", "show"]).data();
    let path = scenario.config_path().display().to_string();
    let row = |name: &str| {
        let line = shown.lines().find(|it| it.starts_with(&format!("{name} ")));
        let words: Vec<&str> = line.unwrap_or_default().split_whitespace().collect();
        words.join(" ")
    };
    assert_eq!(row("config"), format!("config {path}"));
    assert_eq!(
        row("profile"),
        format!("profile prod default_profile, {path}:1")
    );
    assert_eq!(row("output"), "output csv CAMS_GROUPS_OUTPUT");
    assert_eq!(row("timeout"), "timeout 30s the default");
    assert_eq!(
        row("business_number"),
        format!("business_number 8613800000000 profile `prod`, {path}:3")
    );
    assert!(row("access_key_id").starts_with("access_key_id ****eyId profile"));
    assert!(row("access_key_secret").starts_with("access_key_secret (redacted) profile"));
    assert!(row("external_id").starts_with("external_id (redacted) profile"));
    assert_eq!(
        row("key"),
        "key role acs:ram::1:role/r by access key ****eyId profile `prod`"
    );
    let json = scenario.run(["config", "show", "-o", "json"]).data();
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["profile"], "prod");
    assert_eq!(json["settings"]["output"]["value"], "csv");
    assert_eq!(json["settings"]["output"]["origin"], "CAMS_GROUPS_OUTPUT");
    assert_eq!(json["settings"]["access_key_secret"]["value"], "(redacted)");
}

#[test]
fn show_asks_nobody_and_needs_no_file() {
    let scenario = Scenario::bare()
        .unset("ALIBABA_CLOUD_ECS_METADATA_DISABLED")
        .set("CAMS_GROUPS_CREDENTIALS_ENDPOINT", "http://127.0.0.1:9");
    let shown = scenario.run(["config", "show"]).data();
    assert!(
        shown.contains("that of the ECS instance's role, if this is an ECS instance"),
        "{shown}"
    );
    assert!(
        shown
            .lines()
            .any(|it| it.starts_with("config") && it.ends_with("none"))
    );
}

#[test]
fn show_tells_a_script_that_there_is_no_key() {
    let shown = Scenario::bare()
        .run(["config", "show", "-o", "json"])
        .data();
    let json: Value = serde_json::from_str(&shown).unwrap();
    assert_eq!(json["key"]["value"], Value::Null);
    assert_eq!(json["key"]["error"], "no credentials found");
    assert_eq!(json["key"]["reasons"].as_array().unwrap().len(), 7);
}

#[test]
fn show_never_shows_a_command_line() {
    let scenario = Scenario::bare().config(
        "[profiles.default]\ncredential_process = 'TOKEN=testPassword vault read'\n\
         credential_process_shell = true\n",
    );
    for command in [
        &["config", "show"][..],
        &["config", "profiles"],
        &["doctor"],
    ] {
        let outcome = scenario.run(command);
        assert!(!outcome.stdout.contains("vault"), "{outcome:?}");
    }
}

#[test]
fn profiles_are_listed_with_whose_key_each_has() {
    let scenario = Scenario::bare().config(
        "default_profile = 'b'\n[profiles.a]\naccess_key_id = 'testAccessKeyId'\n\
         access_key_secret = 'testAccessKeySecret'\n[profiles.b]\nregion = 'r'\n\
         [profiles.c]\nrole_arn = 'acs:ram::1:role/r'\nsource_profile = 'c'\n\
         [profiles.d]\ncredential_process = 'pass --with testPassword'\n",
    );
    let listed = scenario.run(["config", "profiles"]).data();
    let lines: Vec<&str> = listed.lines().collect();
    assert_eq!(lines[0], "PROFILE  USED  KEY");
    assert_eq!(lines[1], "a              access key ****eyId");
    assert_eq!(
        lines[2],
        "b        yes   left to the environment and the rest"
    );
    assert!(lines[3].contains("cannot be used: profile `c`: the profile is its own source: c → c"));
    assert_eq!(lines[4], "d              process pass");
    let json = scenario
        .run(["config", "profiles", "-p", "a", "-o", "json"])
        .data();
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json[0]["used"], true);
    assert_eq!(json[1]["used"], false);
    assert_eq!(
        Scenario::bare().run(["config", "profiles"]).data(),
        "PROFILE  USED  KEY\n"
    );
}

const INIT: [&str; 6] = [
    "config",
    "init",
    "--business-number",
    "8613800000000",
    "--space-id",
    "cams-sandbox",
];

fn with(more: &[&'static str]) -> Vec<&'static str> {
    [&INIT[..], more].concat()
}

#[test]
fn init_from_a_script_writes_a_file_that_works_and_nobody_else_may_read() {
    let scenario = Scenario::bare().set("CAMS_GROUPS_ENDPOINT", &sandbox(Groups::Demo(51)));
    let args = with(&[
        "--access-key-id",
        "testAccessKeyId",
        "--access-key-secret-stdin",
    ]);
    let outcome = fed(&scenario, &args, "testAccessKeySecret\n");
    assert_eq!(outcome.code, 0, "{outcome:?}");
    assert_eq!(
        outcome.stdout,
        format!("{}\n", scenario.config_path().display())
    );
    assert!(!outcome.stderr.contains("testAccessKeySecret"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode =
            |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&scenario.config_path()), 0o600);
        assert_eq!(mode(scenario.config_path().parent().unwrap()), 0o700);
    }
    assert_eq!(scenario.run(["list"]).data().lines().count(), 52);
    assert_eq!(
        fs::read_dir(scenario.config_path().parent().unwrap())
            .unwrap()
            .count(),
        1
    );

    // It is not overwritten, but for --force.
    let before = fs::read(scenario.config_path()).unwrap();
    let words = scenario.run(with(&["--no-key"])).fails(3);
    assert!(
        words.contains("is there already") && words.contains("--force"),
        "{words}"
    );
    assert_eq!(fs::read(scenario.config_path()).unwrap(), before);
    let _ = scenario
        .run(with(&["--no-key", "--force", "--profile", "a \"b\".c"]))
        .data();
    let text = fs::read_to_string(scenario.config_path()).unwrap();
    assert!(!text.contains("access_key"), "{text}");
    let shown = scenario.run(["config", "profiles"]).data();
    assert!(shown.contains("a \"b\".c  yes"), "{shown}");
}

#[test]
fn init_takes_an_aliyun_profile_by_reference() {
    let aliyun = r#"{"profiles":[{"name":"work","mode":"AK","access_key_id":"testAccessKeyId","access_key_secret":"testAccessKeySecret"}]}"#;
    let scenario = Scenario::bare()
        .file(".aliyun/config.json", aliyun)
        .set("CAMS_GROUPS_ENDPOINT", &sandbox(Groups::Demo(51)));
    let words = scenario.run(with(&["--aliyun-profile", "wrk"])).fails(3);
    assert!(words.contains("it has: work"), "{words}");
    let words = Scenario::bare()
        .run(with(&["--aliyun-profile", "work"]))
        .fails(3);
    assert!(words.contains("no profile `work`"), "{words}");
    let _ = scenario.run(with(&["--aliyun-profile", "work"])).data();
    let text = fs::read_to_string(scenario.config_path()).unwrap();
    assert!(text.contains("aliyun_profile = \"work\"") && !text.contains("testAccessKey"));
    assert_eq!(scenario.run(["list"]).data().lines().count(), 52);
}

#[test]
fn init_without_a_terminal_says_which_flag_is_missing() {
    for (args, flag) in [
        (vec!["config", "init"], "--business-number"),
        (
            vec!["config", "init", "--business-number", "8613800000000"],
            "--space-id",
        ),
        (
            with(&["--access-key-id", "testAccessKeyId"]),
            "--access-key-secret-stdin",
        ),
    ] {
        let scenario = Scenario::bare();
        let words = scenario.run(args).fails(2);
        assert!(words.contains(flag), "{words}");
        assert!(!scenario.config_path().exists());
    }
    let empty = with(&[
        "--access-key-id",
        "testAccessKeyId",
        "--access-key-secret-stdin",
    ]);
    for (input, code) in [("", 2), ("\n", 3), ("two words\n", 3)] {
        let scenario = Scenario::bare();
        let outcome = fed(&scenario, &empty, input);
        assert_eq!(outcome.code, code, "{input:?}: {outcome:?}");
        assert!(!scenario.config_path().exists());
        assert!(!outcome.stderr.contains("two words"), "{outcome:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn init_asks_at_a_terminal_and_does_not_show_the_secret() {
    let scenario = Scenario::bare().set("CAMS_GROUPS_ENDPOINT", &sandbox(Groups::Demo(51)));
    let program = scenario.process(None);
    let program = program.get_program().to_str().unwrap();
    let mut child = scenario
        .process(Some("script"))
        .args(["-qec", &format!("{program} config init"), "/dev/null"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // A slip of the finger is asked again.
    for answer in ["+86", "8613800000000", "cams-sandbox", "testAccessKeyId"] {
        writeln!(stdin, "{answer}").unwrap();
        std::thread::sleep(std::time::Duration::from_millis(200));
    }
    std::thread::sleep(std::time::Duration::from_millis(500));
    writeln!(stdin, "testAccessKeySecret").unwrap();
    let output = child.wait_with_output().unwrap();
    let shown = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{shown}");
    assert!(shown.contains("AccessKey secret (not shown): "), "{shown}");
    assert!(!shown.contains("testAccessKeySecret"), "{shown}");
    assert_eq!(scenario.run(["list"]).data().lines().count(), 52);
}
