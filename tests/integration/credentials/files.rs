//! What files and variables say, and who is asked first.

use std::fs;
use std::path::Path;

use cams_groups::sandbox::Groups;

use super::{LIST, METADATA_DISABLED, STAND_IN, aliyun, lists, own, sample, served, vectors};
use crate::support::{Scenario, sandbox};

#[test]
fn every_mode_of_the_sample_file_lists_or_fails_with_its_own_reason() {
    let config: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(vectors().join("config.json")).unwrap()).unwrap();
    let mut modes = 0;
    for profile in config["profiles"].as_array().unwrap() {
        let name = profile["name"].as_str().unwrap();
        let scenario = aliyun(name);
        let says = match name {
            "rsa-key-pair" => Some((3, "mode RsaKeyPair is not supported: it signs with RSA")),
            "bearer" => Some((3, "mode BearerToken is not supported")),
            "anonymous" => Some((3, "mode Anonymous is not supported")),
            "cloud-sso-expired" => Some((
                3,
                "run: aliyun configure --mode CloudSSO --profile cloud-sso-expired",
            )),
            "oauth-refresh" => Some((
                3,
                "run: aliyun configure --mode OAuth --profile oauth-refresh",
            )),
            _ => None,
        };
        if let Some((code, reason)) = says {
            let words = scenario.run(LIST);
            assert_eq!((words.code, words.stdout.as_str()), (code, ""), "{name}");
            assert!(words.stderr.contains(reason), "{name}: {words:?}");
        } else {
            let words = lists(&scenario);
            let key = match name {
                "default" => "****ault from aliyun profile `default`",
                "sts-token" => "****-sts from",
                "external-sts" | "external-ak" => "****rnal from",
                "cloud-sso-cached" | "oauth-cached" => "****ched from",
                "chain-of-chain" | "ecs-then-role" | "chain-of-ecs" => "****Id-2 from",
                _ => "****Id-1 from",
            };
            assert!(words.contains(key), "{name}: {words}");
        }
        modes += 1;
    }
    assert_eq!(modes, 25);
}

#[test]
fn every_broken_profile_says_what_is_wrong_with_it() {
    for (name, code, reason) in [
        (
            "cycle-a",
            3,
            "the profile is its own source: cycle-a → cycle-b → cycle-a",
        ),
        (
            "self-chain",
            3,
            "the profile is its own source: self-chain → self-chain",
        ),
        ("missing-source", 3, "no profile `not-there`"),
        ("no-source", 3, "`source_profile` is missing"),
        ("unknown-mode", 3, "`mode`: must be one of AK, StsToken"),
        ("no-mode", 0, "****mode from aliyun profile `no-mode`"),
        ("lower-case-mode", 0, "****ower from"),
        ("ak-empty", 3, "`access_key_id` is missing"),
        (
            "sts-without-token",
            3,
            "temporary key, but `sts_token` is not set",
        ),
        ("ram-role-short", 3, "`expired_seconds`: keys of a role"),
        ("ram-role-no-arn", 3, "`ram_role_arn` is missing"),
        ("ram-role-no-session", 0, "****Id-1 from"),
        (
            "external-empty",
            3,
            "`process_command`: the command is empty",
        ),
        (
            "external-missing-program",
            3,
            "`/no/such/program` cannot be started",
        ),
        (
            "external-unclosed-quote",
            3,
            "`process_command`: the command has an unclosed quote",
        ),
        ("external-fails", 3, "`sh` failed with exit status: 3"),
        ("oidc-no-token-file", 3, "`oidc_token_file` is missing"),
        ("oidc-missing-file", 3, "`/no/such/token` cannot be read"),
        (
            "oauth-bad-site",
            3,
            "`oauth_site_type`: must be one of CN, INTL",
        ),
        (
            "cloud-sso-no-account",
            3,
            "`cloud_sso_account_id` is missing",
        ),
        ("twice", 0, "****irst from"),
        ("legacy-timeout", 0, "****gacy from"),
        (
            "no-such-profile",
            3,
            "ALIBABA_CLOUD_PROFILE names `no-such-profile`: not in",
        ),
    ] {
        let scenario = aliyun(name).file(".aliyun/config.json", sample("config-broken.json", ":0"));
        let outcome = scenario.run(LIST);
        assert_eq!(outcome.code, code, "{name}: {outcome:?}");
        assert!(outcome.stderr.contains(reason), "{name}: {outcome:?}");
        if code != 0 {
            assert_eq!(outcome.stdout, "", "{name}");
            assert!(outcome.stderr.contains("hint: "), "{name}: {outcome:?}");
        }
    }
}

#[test]
fn a_failing_process_is_heard_on_stderr() {
    let scenario =
        aliyun("external-fails").file(".aliyun/config.json", sample("config-broken.json", ":0"));
    assert!(scenario.run(["list"]).stderr.starts_with("oops\n"));
}

#[test]
fn a_file_that_is_no_configuration_stops_the_search() {
    let scenario = served()
        .file(".aliyun/config.json", "current=default\n")
        .file(".alibabacloud/credentials", sample("credentials.ini", ":0"));
    let words = scenario.run(["list"]).fails(3);
    assert!(
        words.contains("is no configuration of the aliyun CLI (JSON): wrong at line 1"),
        "{words}"
    );
    // A dangling `current` would lead to another identity.
    let scenario = scenario.file(".aliyun/config.json", sample("config-broken.json", ":0"));
    let words = scenario.run(["list"]).fails(3);
    assert!(words.contains("no profile `no-such-profile`"), "{words}");
    // No profiles are an absence, and so is the skeleton that the CLI begins with.
    let scenario = scenario.file(
        ".aliyun/config.json",
        sample("config-no-profiles.json", ":0"),
    );
    assert!(lists(&scenario).contains("****-ini from shared credentials file"));
    let blank = r#"{"current":"default","profiles":[{"name":"default","mode":"AK","access_key_id":"","access_key_secret":""}]}"#;
    let scenario = scenario.file(".aliyun/config.json", blank);
    assert!(lists(&scenario).contains("aliyun profile `default`: has no key yet"));
}

#[test]
fn every_section_of_the_sample_ini_lists_or_fails_with_its_own_reason() {
    for (section, code, reason) in [
        ("default", 0, "****-ini from"),
        ("ram", 0, "****Id-1 from"),
        ("ecs", 0, "****Id-1 from"),
        ("oidc", 0, "****Id-1 from"),
        ("rsa", 3, "mode rsa_key_pair is not supported"),
        ("disabled", 3, "switched off by `enable = false`"),
        // `#` ends the value, as the official libraries have it.
        ("hash", 4, "SignatureDoesNotMatch"),
        ("no-type", 3, "`type` is missing"),
    ] {
        for place in ["credentials", "credentials.ini"] {
            let scenario = served()
                .file(
                    &format!(".alibabacloud/{place}"),
                    sample("credentials.ini", ":0"),
                )
                .set("ALIBABA_CLOUD_PROFILE", section);
            let outcome = scenario.run(LIST);
            assert_eq!(outcome.code, code, "{section}: {outcome:?}");
            assert!(outcome.stderr.contains(reason), "{section}: {outcome:?}");
        }
    }
}

#[test]
fn oidc_instance_role_and_uri_come_from_the_environment() {
    let token = vectors().join("oidc-token");
    let oidc = served()
        .set("ALIBABA_CLOUD_ROLE_ARN", "acs:ram::1:role/r")
        .set(
            "ALIBABA_CLOUD_OIDC_PROVIDER_ARN",
            "acs:ram::1:oidc-provider/p",
        )
        .set(
            "ALIBABA_CLOUD_OIDC_TOKEN_FILE",
            &token.display().to_string(),
        );
    let words = lists(&oidc);
    assert!(
        words.contains("from OIDC role of the environment, until 2"),
        "{words}"
    );
    let missing = oidc.set("ALIBABA_CLOUD_OIDC_TOKEN_FILE", "/no/such/token");
    let words = missing.run(["list"]).fails(3);
    assert!(words.contains("`/no/such/token` cannot be read"), "{words}");

    let words = lists(&served());
    assert!(words.contains("from ECS instance role"), "{words}");
    let words = lists(&served().set("ALIBABA_CLOUD_ECS_METADATA", "test-ecs-role"));
    assert!(words.contains("instance role test-ecs-role"), "{words}");

    let endpoint = sandbox(Groups::Demo(51));
    let uri = Scenario::at(&endpoint).set(
        "ALIBABA_CLOUD_CREDENTIALS_URI",
        &format!("{endpoint}/credentials-uri"),
    );
    assert!(lists(&uri).contains("from credentials URI"));
}

/// Takes a source away.
type Change = fn(Scenario) -> Scenario;

/// The table of the README, row by row: each source is asked before those
/// below it.
#[test]
fn precedence_row_by_row() {
    let endpoint = sandbox(Groups::Demo(51));
    let profile = |name: &str| {
        format!(
            "[profiles.{name}]\naccess_key_id = 'testAccessKeyId-{name}'\n\
             access_key_secret = 'testAccessKeySecret-{name}'\n"
        )
    };
    let token = vectors().join("oidc-token").display().to_string();
    let mut scenario = Scenario::at(&endpoint)
        .set(STAND_IN, &endpoint)
        .unset(METADATA_DISABLED)
        .config(&(profile("named") + &profile("default")))
        .set("CAMS_GROUPS_PROFILE", "named")
        .set("ALIBABA_CLOUD_ACCESS_KEY_ID", "testAccessKeyId-env")
        .set("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "testAccessKeySecret-env")
        .set("ALIBABA_CLOUD_ROLE_ARN", "acs:ram::1:role/r")
        .set(
            "ALIBABA_CLOUD_OIDC_PROVIDER_ARN",
            "acs:ram::1:oidc-provider/p",
        )
        .set("ALIBABA_CLOUD_OIDC_TOKEN_FILE", &token)
        .file(".aliyun/config.json", sample("config.json", &endpoint))
        .file(
            ".alibabacloud/credentials",
            sample("credentials.ini", &endpoint),
        )
        .set(
            "ALIBABA_CLOUD_CREDENTIALS_URI",
            &format!("{endpoint}/credentials-uri"),
        );
    let rows: [(&str, Change); 8] = [
        ("profile `named`", |it| it.unset("CAMS_GROUPS_PROFILE")),
        ("environment", |it| {
            it.unset("ALIBABA_CLOUD_ACCESS_KEY_ID")
                .unset("ALIBABA_CLOUD_ACCESS_KEY_SECRET")
        }),
        ("OIDC role of the environment", |it| {
            it.unset("ALIBABA_CLOUD_OIDC_TOKEN_FILE")
                .unset("ALIBABA_CLOUD_OIDC_PROVIDER_ARN")
        }),
        ("profile `default`", |it| {
            it.config("[profiles.default]\noutput = 'jsonl'\n")
        }),
        ("aliyun profile `default`", |it| {
            it.set("ALIBABA_CLOUD_CLI_PROFILE_DISABLED", "True")
        }),
        ("shared credentials file, section `default`", |it| {
            it.file(".alibabacloud/credentials", "[other]\n")
        }),
        ("ECS instance role", |it| it.set(METADATA_DISABLED, "TRUE")),
        ("credentials URI", |it| {
            it.unset("ALIBABA_CLOUD_CREDENTIALS_URI")
        }),
    ];
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md"));
    let readme = readme.unwrap();
    let mut below = readme.split("### Where the key comes from").nth(1).unwrap();
    for (source, without) in rows {
        let words = lists(&scenario);
        let line = format!(" from {source}");
        let said = words.lines().find(|it| it.starts_with("access key: "));
        assert!(said.unwrap().contains(&line), "{source}: {words}");
        scenario = without(scenario);
        // The README's table has the same order.
        let row = source.replace("`named`", "").replace("`default`", "");
        let row = row.split(", ").next().unwrap().trim();
        below = below
            .split_once(row)
            .unwrap_or_else(|| panic!("{row} is not in the README's table"))
            .1;
    }
    // Now every one is absent, and says why.
    let words = scenario.run(["list"]).fails(3);
    for reason in [
        "no credentials found",
        "environment: ALIBABA_CLOUD_ACCESS_KEY_ID not set",
        "OIDC role of the environment: ALIBABA_CLOUD_OIDC_PROVIDER_ARN not set",
        "profile `default`: says nothing about keys",
        "aliyun CLI: ALIBABA_CLOUD_CLI_PROFILE_DISABLED is true",
        "section `default`: ",
        "ECS instance role: ALIBABA_CLOUD_ECS_METADATA_DISABLED is true",
        "credentials URI: ALIBABA_CLOUD_CREDENTIALS_URI not set",
    ] {
        assert!(words.contains(reason), "{reason}: {words}");
    }
}

#[test]
fn every_kind_of_profile_lists() {
    let key =
        "access_key_id = 'testAccessKeyId-own'\naccess_key_secret = 'testAccessKeySecret-own'\n";
    let role = "role_arn = 'acs:ram::1:role/external-auditor'\nexternal_id = 'test-external-id'\n\
                role_session_name = 'audit'\nduration = '30m'\npolicy = '{\"Version\":\"1\"}'\n";
    let printed = vectors().join("external/ok-sts.json");
    let process = format!("credential_process = \"cat '{}'\"", printed.display());
    let shell = format!(
        "credential_process = \"cat < '{}'\"\ncredential_process_shell = true",
        printed.display()
    );
    let oidc = format!(
        "role_arn = 'acs:ram::1:role/r'\noidc_provider_arn = 'acs:ram::1:oidc-provider/p'\n\
         oidc_token_file = '{}'",
        vectors().join("oidc-token").display()
    );
    let chain = format!("{role}source_profile = 'base'\n[profiles.base]\n{key}");
    for (lines, words) in [
        (key.to_owned(), "access key ****-own from"),
        (process, "process cat from"),
        (shell, "process sh from"),
        (
            "aliyun_profile = 'ram-role'".to_owned(),
            "role acs:ram::1234567890123456:role/test-role by access key ****role from profile",
        ),
        (
            format!("{role}{key}"),
            "role acs:ram::1:role/external-auditor by access key ****-own",
        ),
        (
            chain,
            "role acs:ram::1:role/external-auditor by access key ****-own",
        ),
        (
            format!("{role}aliyun_profile = 'sts-token'"),
            "by temporary access key ****-sts",
        ),
        (oidc, "role acs:ram::1:role/r by token"),
        ("ecs_ram_role = ''".to_owned(), "instance role from"),
        (
            "ecs_ram_role = 'test-ecs-role'".to_owned(),
            "instance role test-ecs-role",
        ),
    ] {
        let scenario = own(&lines);
        let aliyun = fs::read(scenario.path().join("sample.json")).unwrap();
        let said = lists(&scenario.file(".aliyun/config.json", aliyun));
        assert!(said.contains(words), "{words}: {said}");
    }
    let endpoint = sandbox(Groups::Demo(51));
    let uri = format!("credentials_uri = '{endpoint}/credentials-uri'");
    let said = lists(&Scenario::at(&endpoint).config(&format!("[profiles.default]\n{uri}\n")));
    assert!(said.contains("service at 127.0.0.1 from"), "{said}");
    // A role without a source takes the environment's key.
    let said = lists(
        &own(role)
            .set(METADATA_DISABLED, "true")
            .with_key()
            .set("CAMS_GROUPS_PROFILE", "default"),
    );
    assert!(
        said.contains("role acs:ram::1:role/external-auditor by access key ****eyId"),
        "{said}"
    );
}

#[test]
fn a_profile_that_contradicts_itself_is_refused() {
    for (lines, reason) in [
        (
            "access_key_id = 'a'\naccess_key_secret = 'b'\ncredential_process = 'c'",
            "`access_key_id` and `credential_process` are both set",
        ),
        (
            "external_id = 'test-external-id'",
            "`external_id` has no effect without `role_arn`",
        ),
        (
            "credential_process_shell = true",
            "`credential_process_shell` has no effect without",
        ),
        (
            "role_arn = 'acs:ram::1:role/r'",
            "`role_arn` is set, but no key to assume",
        ),
        (
            "role_arn = 'r'\necs_ram_role = ''",
            "`role_arn`: a role is named",
        ),
        (
            "role_arn = 'acs:ram::1:role/r'\necs_ram_role = ''\nduration = 60",
            "`duration`: keys of a role hold from 15 minutes",
        ),
        (
            "role_arn = 'acs:ram::1:role/r'\nsource_profile = 'default'",
            "the profile is its own source: default → default",
        ),
        (
            "role_arn = 'acs:ram::1:role/r'\nsource_profile = 'none'",
            "no profile `none`",
        ),
        (
            "source_profile = 'default'",
            "the profile is its own source",
        ),
        ("aliyun_profile = 'x'", "config.json` cannot be read"),
        ("oidc_token_file = 'x'", "`oidc_provider_arn` is missing"),
        (
            "credentials_uri = 'file:///etc/passwd'",
            "an http:// or https:// URL",
        ),
        ("credential_process = \"a 'b\"", "has an unclosed quote"),
    ] {
        let words = own(lines).run(["list", "-p", "default"]).fails(3);
        assert!(words.contains(reason), "{reason}: {words}");
        assert!(words.contains("profile `default`: "), "{words}");
    }
}

#[test]
fn what_a_process_prints_is_taken_or_refused_and_never_shown() {
    for (file, code, reason) in [
        ("ok-ak.json", 0, ""),
        ("ok-sts.json", 0, "until 2099-12-31T23:59:59Z"),
        ("ok-extra-keys.json", 0, ""),
        ("ok-no-mode.json", 0, ""),
        ("ok-no-mode-with-token.json", 0, ""),
        ("ok-sts-no-expiration.json", 0, ""),
        (
            "odd-expiration-offset.json",
            0,
            "until 2099-12-31T15:59:59Z",
        ),
        ("odd-expiration-garbage.json", 0, ""),
        ("odd-ram-role-arn.json", 0, "AssumeRole of"),
        (
            "odd-expired.json",
            3,
            "`cat` gave keys that expired at 2020",
        ),
        (
            "bad-sts-without-token.json",
            3,
            "temporary key, but `sts_token` is not set",
        ),
        (
            "bad-no-secret.json",
            3,
            "`access_key_id` is set but `access_key_secret` is not",
        ),
        ("bad-empty-values.json", 3, "`access_key_id` is missing"),
        ("bad-pascal-case.json", 3, "`access_key_id` is missing"),
        ("bad-not-json.txt", 3, "no JSON object; wrong at line 1"),
        (
            "bad-json-then-noise.txt",
            3,
            "no JSON object; wrong at line 2",
        ),
        ("bad-array.json", 3, "a JSON object is needed"),
        ("bad-empty.txt", 3, "no JSON object"),
        ("bad-bom.json", 3, "no JSON object; wrong at line 1"),
    ] {
        let path = vectors().join("external").join(file);
        let outcome = own(&format!(
            "credential_process = \"cat '{}'\"",
            path.display()
        ))
        .run(LIST);
        assert_eq!(outcome.code, code, "{file}: {outcome:?}");
        assert!(outcome.stderr.contains(reason), "{file}: {outcome:?}");
        assert!(
            !outcome.stderr.contains("Login succeeded"),
            "{file}: {outcome:?}"
        );
    }
    let many = fs::read_dir(vectors().join("external")).unwrap().count();
    assert_eq!(many, 19, "each file is a case");
}

#[test]
fn a_token_that_a_process_prints_is_used_whatever_its_mode() {
    let scenario = own("credential_process = 'cat printed.json'").file(
        "printed.json",
        r#"{"mode":"AK","access_key_id":"STS.testAccessKeyId","access_key_secret":"testAccessKeySecret","sts_token":"testSecurityToken"}"#,
    );
    lists(&scenario);
}

#[test]
fn half_an_oidc_role_is_not_passed_over_in_silence() {
    let scenario = served().set("ALIBABA_CLOUD_OIDC_TOKEN_FILE", "token");
    let words = lists(&scenario);
    let warning = "warning: ALIBABA_CLOUD_OIDC_TOKEN_FILE is set but ALIBABA_CLOUD_ROLE_ARN is not";
    assert!(words.contains(warning), "{words}");
}

#[test]
fn profiles_of_which_none_is_chosen_are_named() {
    let scenario = served()
        .config("[profiles.prod]\nregion = 'r'\n")
        .set(METADATA_DISABLED, "true");
    let words = scenario.run(["list"]).fails(3);
    assert!(
        words.contains("none chosen; ") && words.contains(" has prod, of which --profile"),
        "{words}"
    );
}

#[test]
fn a_command_line_that_was_meant_for_a_shell_is_known() {
    let words = own("credential_process = 'cat x | jq .'")
        .run(["list"])
        .stderr;
    assert!(
        words.contains("unless credential_process_shell = true"),
        "{words}"
    );
}

#[test]
fn a_default_profile_s_role_is_assumed_with_the_environment_s_key() {
    let scenario = own("role_arn = 'acs:ram::1:role/r'").with_key();
    let words = lists(&scenario);
    assert!(
        words.contains("role acs:ram::1:role/r by access key ****eyId from profile"),
        "{words}"
    );
}

#[test]
fn a_left_over_half_of_stored_keys_does_not_break_a_login() {
    let file = r#"{"current":"sso","profiles":[{"name":"sso","mode":"CloudSSO","access_key_id":"old",
        "cloud_sso_sign_in_url":"https://signin.example/x","cloud_sso_account_id":"1","cloud_sso_access_config":"ac",
        "access_token":"test-sso-access-token","cloud_sso_access_token_expire":4102444800}]}"#;
    let words = lists(&served().file(".aliyun/config.json", file));
    assert!(
        words.contains("CloudSSO login from aliyun profile `sso`"),
        "{words}"
    );
}

#[cfg(unix)]
#[test]
fn files_of_the_vendor_s_tools_that_others_may_read_get_a_warning() {
    use std::os::unix::fs::PermissionsExt as _;
    for (scenario, file) in [
        (aliyun("default"), ".aliyun/config.json"),
        (
            served().file(".alibabacloud/credentials", sample("credentials.ini", ":0")),
            ".alibabacloud/credentials",
        ),
    ] {
        let open = fs::Permissions::from_mode(0o644);
        fs::set_permissions(scenario.path().join(file), open).unwrap();
        let words = lists(&scenario);
        assert!(
            words.contains(&format!("{file} holds keys and others may read it")),
            "{words}"
        );
    }
}

#[cfg(unix)]
#[test]
fn a_process_is_not_waited_for_longer_than_need_be() {
    let printed = vectors().join("external/ok-sts.json");
    let lingers = format!(
        "credential_process = \"cat '{}'; sleep 30 2>&- &\"\ncredential_process_shell = true",
        printed.display()
    );
    let started = std::time::Instant::now();
    lists(&own(&lingers));
    let scenario = own("credential_process = 'sleep 30'");
    let words = scenario.run(["list", "--deadline", "500ms"]).fails(6);
    assert!(
        words.contains("no access key within 500ms (--deadline)"),
        "{words}"
    );
    let many = own("credential_process = \"head -c 2000000 /dev/zero\"");
    let words = many.run(["list"]).fails(3);
    assert!(words.contains("printed more than 1048576 bytes"), "{words}");
    assert!(started.elapsed().as_secs() < 10);
}

#[test]
fn processes_can_be_forbidden() {
    for value in ["1", "true", "TRUE"] {
        for lines in [
            "credential_process = 'cat x'",
            "credentials_uri = 'http://127.0.0.1:9'",
        ] {
            let scenario = own(lines).set("ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS", value);
            let words = scenario.run(["list"]).fails(3);
            let reason = "ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS forbids it";
            assert!(words.contains(reason), "{words}");
            let by_variable = scenario
                .set("ALIBABA_CLOUD_CREDENTIALS_URI", "http://127.0.0.1:9")
                .set(METADATA_DISABLED, "true")
                .config("[profiles.default]\nregion = 'r'\n");
            let words = by_variable.run(["list"]).fails(3);
            assert!(
                words.contains(&format!("credentials URI: {reason}")),
                "{words}"
            );
        }
    }
}

#[test]
fn the_file_of_the_aliyun_cli_is_never_written() {
    let scenario = aliyun("oauth-exchange");
    let before = fs::read(scenario.path().join(".aliyun/config.json")).unwrap();
    lists(&scenario);
    assert_eq!(
        fs::read(scenario.path().join(".aliyun/config.json")).unwrap(),
        before
    );
    assert_eq!(
        fs::read_dir(scenario.path().join(".aliyun"))
            .unwrap()
            .count(),
        1
    );
}

#[test]
fn the_stand_in_must_be_on_this_machine() {
    let words = own("ecs_ram_role = ''")
        .set(STAND_IN, "https://sts.example.com")
        .run(["list"])
        .fails(3);
    assert!(words.contains("must be a loopback address"), "{words}");
}

#[test]
fn a_file_that_a_variable_names_must_be_there() {
    for (variable, file) in [
        ("ALIBABA_CLOUD_CONFIG_FILE", "other.json"),
        ("ALIBABA_CLOUD_CREDENTIALS_FILE", "other.ini"),
    ] {
        let words = served().set(variable, file).run(["list"]).fails(3);
        assert!(
            words.contains(&format!("`{file}` cannot be read")),
            "{words}"
        );
    }
    let scenario = served().file("other.ini", sample("credentials.ini", ":0"));
    let words = lists(&scenario.set("ALIBABA_CLOUD_CREDENTIALS_FILE", "other.ini"));
    assert!(words.contains("****-ini from"), "{words}");
    let scenario = served().set("ALIBABA_CLOUD_CONFIG_FILE", "sample.json");
    assert!(lists(&scenario).contains("****ault from aliyun profile"));
    let scenario = scenario.set("ALIBABA_CLOUD_IGNORE_PROFILE", "TRUE");
    assert!(lists(&scenario).contains("from ECS instance role"));
}
