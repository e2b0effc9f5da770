//! Where settings and keys come from, end to end.

use crate::support::{Scenario, sandbox};
use cams_groups::sandbox::Groups;

/// A profile for a sandbox at this endpoint.
fn profile(name: &str, endpoint: &str, id: &str, secret: &str) -> String {
    format!(
        "[profiles.{name}]\nendpoint = '{endpoint}'\nbusiness_number = '8613800000000'\n\
         space_id = 'cams-sandbox'\naccess_key_id = '{id}'\naccess_key_secret = '{secret}'\n"
    )
}

fn demo() -> String {
    sandbox(Groups::Demo(Groups::DEMO))
}

#[test]
fn a_profile_alone_is_enough() {
    let config = profile("default", &demo(), "testAccessKeyId", "testAccessKeySecret");
    let extra = "output = 'jsonl'\npage_size = 50\nsignature = 'hmac-sha1'\ntimeout = '5s'\n\
                 channel_type = 'WHATSAPP'\nregion = 'ap-southeast-1'\n";
    let scenario = Scenario::bare().config(&(config + extra));
    let data = scenario.run(["list"]).data();
    assert!(data.lines().count() > 40 && data.starts_with('{'));
    assert!(!data.contains("supergroup"), "channel_type is asked for");
    let csv = scenario.run(["list", "--output", "csv"]).data();
    assert!(csv.starts_with("GroupId,"), "a flag wins over the profile");
}

#[test]
fn temporary_keys_of_a_profile_work_with_both_signatures() {
    let config = profile("sts", &demo(), "STS.testAccessKeyId", "testAccessKeySecret")
        + "security_token = 'testSecurityToken'\n";
    let scenario = Scenario::bare().config(&config);
    for signature in ["acs3-hmac-sha256", "hmac-sha1"] {
        let args = ["list", "-p", "sts", "-o", "jsonl", "--signature", signature];
        assert_eq!(scenario.run(args).data().lines().count(), 51);
    }
}

#[test]
fn default_profile_flag_and_variable_choose_the_profile() {
    let endpoint = demo();
    let good = profile("good", &endpoint, "testAccessKeyId", "testAccessKeySecret");
    let bad = profile("bad", &endpoint, "unknownKeyId", "x");
    let scenario = Scenario::bare().config(&format!("default_profile = 'good'\n{bad}{good}"));
    let _ = scenario.run(["list", "-q"]).data();
    scenario.run(["list", "--profile", "bad"]).fails(4);
    let scenario = scenario.set("CAMS_GROUPS_PROFILE", "bad");
    scenario.run(["list"]).fails(4);
    let _ = scenario.run(["list", "--profile", "good"]).data();
}

#[test]
fn a_named_profile_beats_the_environment_and_the_environment_the_default_profile() {
    let config = profile("default", &demo(), "testAccessKeyId", "testAccessKeySecret");
    let scenario = Scenario::bare()
        .config(&config)
        .set("ALIBABA_CLOUD_ACCESS_KEY_ID", "unknownKeyId")
        .set("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "x");
    let words = scenario.run(["list"]).fails(4);
    assert!(words.contains("InvalidAccessKeyId.NotFound"), "{words}");
    let _ = scenario.run(["list", "--profile", "default"]).data();
}

#[test]
fn config_is_found_by_flag_then_variable_then_place() {
    let endpoint = demo();
    let config = profile(
        "default",
        &endpoint,
        "testAccessKeyId",
        "testAccessKeySecret",
    );
    let broken = profile("default", &endpoint, "unknownKeyId", "x");
    let scenario = Scenario::bare().config(&broken);
    scenario.run(["list"]).fails(4);
    std::fs::write(scenario.path().join("other.toml"), &config).unwrap();
    let listed = scenario.run(["list", "-q", "--config", "other.toml"]);
    assert_eq!(listed.data().lines().count(), 52);
    let scenario = scenario.set("CAMS_GROUPS_CONFIG", "other.toml");
    assert_eq!(scenario.run(["list", "-q"]).data().lines().count(), 52);
}

#[cfg(unix)]
#[test]
fn a_config_with_keys_that_others_may_read_gets_a_warning() {
    use std::os::unix::fs::PermissionsExt as _;
    let config = profile("default", &demo(), "testAccessKeyId", "testAccessKeySecret");
    let scenario = Scenario::bare().config(&config);
    let open = |mode| {
        let permissions = std::fs::Permissions::from_mode(mode);
        std::fs::set_permissions(scenario.config_path(), permissions).unwrap();
        scenario.run(["list"]).stderr
    };
    assert_eq!(open(0o600), "");
    for mode in [0o644, 0o640] {
        let words = open(mode);
        assert!(
            words.starts_with("warning: ") && words.contains("chmod 600"),
            "{words}"
        );
    }
    assert_eq!(scenario.run(["list", "--quiet"]).stderr, "");
}

#[test]
fn variables_stand_in_for_flags() {
    let scenario = Scenario::demo().set("CAMS_GROUPS_OUTPUT", "jsonl");
    assert_eq!(scenario.run(["list"]).data().lines().count(), 51);
    assert!(
        scenario
            .run(["list", "-o", "csv"])
            .data()
            .starts_with("GroupId,")
    );
    let words = scenario
        .set("CAMS_GROUPS_OUTPUT", "yaml")
        .run(["list"])
        .fails(3);
    assert!(
        words.contains("CAMS_GROUPS_OUTPUT") && words.contains("jsonl"),
        "{words}"
    );
}

#[test]
fn the_sandbox_of_the_command_itself_minds_no_configuration() {
    let scenario = Scenario::bare()
        .config("[profiles.default\n")
        .set("CAMS_GROUPS_ENDPOINT", "https://nowhere.invalid")
        .set("ALIBABA_CLOUD_ACCESS_KEY_ID", "half");
    assert_eq!(
        scenario.run(["list", "--sandbox"]).data().lines().count(),
        52
    );
    let own = scenario.run(["list", "--sandbox", "--business-number", "6281200000000"]);
    assert_eq!(own.data().lines().count(), 52);
}

#[test]
fn a_region_flag_that_has_no_effect_is_said() {
    let outcome = Scenario::demo().run(["list", "--region", "cn-hangzhou", "-o", "jsonl"]);
    assert_eq!((outcome.code, outcome.stdout.lines().count()), (0, 51));
    assert!(
        outcome
            .stderr
            .contains("--region cn-hangzhou has no effect"),
        "{outcome:?}"
    );
}
