//! Temporary keys: renewed in time, once for all, and kept on disk if asked.

use std::cell::RefCell;
use std::time::Duration;

use cams_groups::config::{Chosen, ConfigFile, Origin};
use cams_groups::credentials::{self, Credentials, Means, Note};
use cams_groups::sandbox::Groups;
use cams_groups::world::Env;

use super::{METADATA_DISABLED, STAND_IN};
use crate::support::{
    Outcome, Scenario, answering_in_turn, block_on, responding, sandbox, sandbox_with, still_world,
};

const ROLE: &str = "role_arn = 'acs:ram::1:role/r'\naccess_key_id = 'testAccessKeyId-own'\n\
                    access_key_secret = 'testAccessKeySecret-own'\n";

const EXPIRED: &str = r#"{"Code":"InvalidSecurityToken.Expired","Message":"Specified SecurityToken is expired.","RequestId":"r"}"#;
const EMPTY: &str = r#"{"Code":"OK","Data":{"Total":0,"List":[]}}"#;

/// A world whose profile assumes a role at a sandbox, and lists elsewhere.
fn assuming(api: &str, lines: &str) -> Scenario {
    let sts = sandbox(Groups::Demo(51));
    Scenario::at(api)
        .set(STAND_IN, &sts)
        .config(&format!("[profiles.default]\n{ROLE}{lines}"))
}

/// How often the role was assumed in a run.
fn assumed(outcome: &Outcome) -> usize {
    let is_answer = |line: &&str| line.starts_with("AssumeRole") && line.contains(": keys in ");
    outcome.stderr.lines().filter(is_answer).count()
}

const LIST: [&str; 4] = ["list", "-v", "-o", "jsonl"];

#[test]
fn a_key_that_the_api_says_has_expired_is_renewed_once() {
    let (api, _asked) = answering_in_turn(vec![
        ("400 Bad Request", EXPIRED.to_owned()),
        ("200 OK", EMPTY.to_owned()),
    ]);
    let renewed = assuming(&api, "").run(LIST);
    assert_eq!((renewed.code, assumed(&renewed)), (0, 2), "{renewed:?}");
    let (api, _asked) = answering_in_turn(vec![("400 Bad Request", EXPIRED.to_owned()); 2]);
    let again = assuming(&api, "").run(LIST);
    assert_eq!((again.code, assumed(&again)), (4, 2), "{again:?}");
    assert!(again.stderr.contains("InvalidSecurityToken.Expired"));
    // There is nothing to renew a lasting key by.
    let (api, _asked) = answering_in_turn(vec![("400 Bad Request", EXPIRED.to_owned())]);
    Scenario::at(&api).with_key().run(["list"]).fails(4);
}

#[test]
fn pages_under_way_share_one_renewal() {
    // From the second page on, the first key is refused.
    let api = responding(|head| {
        let index = head.split_once("%22Index%22%3A").unwrap().1;
        let index: u32 = index.split('%').next().unwrap().parse().unwrap();
        if index > 1 && head.contains("STS.testIssuedKeyId-1\r\n") {
            return ("400 Bad Request", EXPIRED.to_owned());
        }
        let group = format!(r#"{{"GroupId":"g{index}"}}"#);
        let body = format!(r#"{{"Code":"OK","Data":{{"Total":40,"List":[{group}]}}}}"#);
        ("200 OK", body)
    });
    let args = [
        "list",
        "-v",
        "-o",
        "jsonl",
        "--page-size",
        "1",
        "--concurrency",
        "16",
    ];
    let outcome = assuming(&api, "").run(args);
    assert_eq!(outcome.code, 0, "{outcome:?}");
    assert_eq!(outcome.stdout.lines().count(), 40);
    assert_eq!(assumed(&outcome), 2, "{outcome:?}");
    let renewed = outcome.stderr.matches("was refused; renewed").count();
    assert!(renewed > 1, "several pages were refused: {outcome:?}");
}

#[test]
fn keys_that_end_during_a_listing_are_renewed_before() {
    let endpoint = sandbox_with(Groups::Demo(600), |mut config| {
        config.lifetime = Some(Duration::from_secs(2));
        config.latency = Duration::from_millis(400);
        config
    });
    let scenario = Scenario::at(&endpoint)
        .set(STAND_IN, &endpoint)
        .config(&format!("[profiles.default]\n{ROLE}"));
    let outcome = scenario.run(["list", "-v", "-o", "jsonl", "--page-size", "10"]);
    assert_eq!(outcome.code, 0, "{outcome:?}");
    assert_eq!(outcome.stdout.lines().count(), 600);
    assert!((2..=4).contains(&assumed(&outcome)), "{outcome:?}");
}

#[test]
fn keys_are_renewed_three_minutes_early_and_outlast_a_failed_renewal() {
    let keys = |expiration: &str| {
        let json = format!(
            r#"{{"AccessKeyId":"STS.{expiration}","AccessKeySecret":"testAccessKeySecret","SecurityToken":"testSecurityToken","Expiration":"2026-06-30T{expiration}:00Z"}}"#
        );
        ("200 OK", json)
    };
    let (endpoint, asked) = answering_in_turn(vec![
        keys("12:10"),
        keys("12:20"),
        ("500 Internal Server Error", String::new()),
        ("500 Internal Server Error", String::new()),
    ]);
    let world = still_world(Env::fixed([
        (METADATA_DISABLED, "true"),
        ("ALIBABA_CLOUD_CREDENTIALS_URI", &endpoint),
    ]));
    let warnings = RefCell::new(Vec::new());
    let tell = |note| {
        if let Note::Warning(words) = note {
            warnings.borrow_mut().push(words);
        }
    };
    let means = Means {
        world: &world,
        extra_roots: None,
        timeout: Duration::from_secs(5),
        retries: 0,
        tell: &tell,
    };
    block_on(async {
        let found = credentials::find(&Chosen::nothing(), &means).await.unwrap();
        let credentials = Credentials::new(found, false, means.clone());
        let minutes = |it| world.clock.sleep(Duration::from_mins(it));
        let id = async || {
            Ok::<_, String>(
                credentials
                    .issued()
                    .await
                    .map_err(|it| it.to_string())?
                    .key
                    .id,
            )
        };
        assert_eq!(id().await.unwrap(), "STS.12:10");
        minutes(6).await;
        assert_eq!(id().await.unwrap(), "STS.12:10", "four minutes are left");
        minutes(2).await;
        assert_eq!(id().await.unwrap(), "STS.12:20", "two minutes were left");
        minutes(10).await;
        assert_eq!(id().await.unwrap(), "STS.12:20", "12:18: it still holds");
        assert!(warnings.borrow()[0].contains("was not renewed"));
        assert_eq!(asked.try_iter().count(), 3);
        assert_eq!(id().await.unwrap(), "STS.12:20");
        assert_eq!(asked.try_iter().count(), 0, "not asked again at once");
        minutes(3).await;
        assert!(id().await.unwrap_err().contains("HTTP 500"), "12:21: over");
    });
}

#[test]
fn a_clock_that_is_off_does_not_make_fresh_keys_old() {
    let (endpoint, asked) = answering_in_turn(vec![(
        // Its own time is two hours behind ours.
        "200 OK\r\ndate: Tue, 30 Jun 2026 10:00:00 GMT",
        r#"{"AccessKeyId":"STS.x","AccessKeySecret":"testAccessKeySecret","SecurityToken":"testSecurityToken","Expiration":"2026-06-30T11:00:00Z"}"#
            .to_owned(),
    )]);
    let world = still_world(Env::fixed([(METADATA_DISABLED, "true")]));
    let text = format!("[profiles.p]\ncredentials_uri = '{endpoint}'\n");
    let file = ConfigFile::parse(std::path::Path::new("c.toml"), text.as_bytes()).unwrap();
    let chosen = Chosen {
        profile: file.profile("p").cloned(),
        file: Some(file),
        origin: Origin::Default,
    };
    let means = Means {
        world: &world,
        extra_roots: None,
        timeout: Duration::from_secs(5),
        retries: 0,
        tell: &|_| {},
    };
    block_on(async {
        let found = credentials::find(&chosen, &means).await.unwrap();
        let credentials = Credentials::new(found, false, means.clone());
        let issued = credentials.issued().await.unwrap();
        let expires = issued.expires.unwrap().to_string();
        assert_eq!(expires, "2026-06-30T13:00:00Z", "an hour from now");
        credentials.issued().await.unwrap();
        assert_eq!(asked.try_iter().count(), 1);
    });
}

#[cfg(unix)]
mod cached {
    use std::fs;
    use std::os::unix::fs::PermissionsExt as _;
    use std::path::PathBuf;

    use super::*;

    fn files(scenario: &Scenario) -> Vec<PathBuf> {
        let directory = scenario.path().join("cache/cams-groups/credentials");
        let Ok(entries) = fs::read_dir(directory) else {
            return Vec::new();
        };
        let mut files: Vec<_> = entries.map(|it| it.unwrap().path()).collect();
        files.sort();
        files
    }

    fn cached() -> Scenario {
        let endpoint = sandbox(Groups::Demo(51));
        Scenario::at(&endpoint)
            .set(STAND_IN, &endpoint)
            .config(&format!(
                "[profiles.default]\n{ROLE}credential_cache = true\n"
            ))
    }

    #[track_caller]
    fn lists(scenario: &Scenario, calls: usize) {
        let outcome = scenario.run(LIST);
        assert_eq!((outcome.code, assumed(&outcome)), (0, calls), "{outcome:?}");
    }

    #[test]
    fn keys_are_kept_where_asked_and_only_the_owner_may_read_them() {
        let scenario = cached();
        lists(&scenario, 1);
        lists(&scenario, 0);
        let [file] = &files(&scenario)[..] else {
            panic!("one file: {:?}", files(&scenario));
        };
        let mode =
            |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(file), mode(file.parent().unwrap())), (0o600, 0o700));
        // What others may read is not trusted, and replaced.
        fs::set_permissions(file, fs::Permissions::from_mode(0o644)).unwrap();
        lists(&scenario, 1);
        assert_eq!(mode(file), 0o600);
        // Nor is what cannot be understood.
        fs::write(file, "{").unwrap();
        lists(&scenario, 1);
        lists(&scenario, 0);
        // Nor what is about to expire.
        let text = fs::read_to_string(file).unwrap();
        let mut kept: serde_json::Value = serde_json::from_str(&text).unwrap();
        kept["expiration"] = "2020-01-01T00:00:00Z".into();
        fs::write(file, kept.to_string()).unwrap();
        lists(&scenario, 1);
    }

    #[test]
    fn other_keys_roles_and_policies_never_meet() {
        let scenario = cached();
        lists(&scenario, 1);
        let original = fs::read_to_string(scenario.config_path()).unwrap();
        for (from, to) in [
            ("role/r", "role/s"),
            ("KeyId-own", "KeyId-two"),
            ("credential_cache", "duration = '2h'\ncredential_cache"),
            ("credential_cache", "policy = '{}'\ncredential_cache"),
            (
                "credential_cache",
                "role_session_name = 'it'\ncredential_cache",
            ),
        ] {
            let config = original.replace(from, to).replace(
                "KeySecret-own",
                if to == "KeyId-two" {
                    "KeySecret-two"
                } else {
                    "KeySecret-own"
                },
            );
            fs::write(scenario.config_path(), config).unwrap();
            lists(&scenario, 1);
        }
        // A wrong secret is refused, whatever is kept of the right one.
        fs::write(
            scenario.config_path(),
            original.replace("KeySecret-own", "Password"),
        )
        .unwrap();
        scenario.run(["list"]).fails(4);
        assert_eq!(files(&scenario).len(), 6);
    }

    #[test]
    fn nothing_is_kept_unasked() {
        let endpoint = sandbox(Groups::Demo(51));
        let scenario = Scenario::at(&endpoint)
            .set(STAND_IN, &endpoint)
            .config(&format!("[profiles.default]\n{ROLE}"));
        lists(&scenario, 1);
        assert!(!scenario.path().join("cache").exists());
    }

    #[test]
    fn kept_keys_that_the_api_refuses_are_replaced() {
        let (api, _asked) = answering_in_turn(vec![
            ("200 OK", EMPTY.to_owned()),
            ("400 Bad Request", EXPIRED.to_owned()),
            ("200 OK", EMPTY.to_owned()),
            ("200 OK", EMPTY.to_owned()),
        ]);
        let scenario = assuming(&api, "credential_cache = true\n");
        lists(&scenario, 1);
        lists(&scenario, 1);
        lists(&scenario, 0);
    }

    #[test]
    fn kept_keys_that_are_refused_for_any_other_reason_are_replaced_too() {
        let gone = r#"{"Code":"InvalidAccessKeyId.NotFound","Message":"Gone.","RequestId":"r"}"#;
        let (api, _asked) = answering_in_turn(vec![
            ("200 OK", EMPTY.to_owned()),
            ("404 Not Found", gone.to_owned()),
            ("200 OK", EMPTY.to_owned()),
            ("404 Not Found", gone.to_owned()),
        ]);
        let scenario = assuming(&api, "credential_cache = true\n");
        lists(&scenario, 1);
        lists(&scenario, 1);
        // Fresh ones that are refused are not asked for again.
        let fresh = fs::read_to_string(scenario.config_path()).unwrap();
        fs::write(
            scenario.config_path(),
            fresh.replace("credential_cache = true\n", ""),
        )
        .unwrap();
        let refused = scenario.run(LIST);
        assert_eq!((refused.code, assumed(&refused)), (4, 1), "{refused:?}");
    }

    #[test]
    fn what_a_machine_or_a_program_hands_out_is_not_kept() {
        let endpoint = sandbox(Groups::Demo(51));
        for base in ["ecs_ram_role = ''", "credential_process = 'cat keys'"] {
            let scenario = Scenario::at(&endpoint)
                .unset(METADATA_DISABLED)
                .set(STAND_IN, &endpoint)
                .file("keys", r#"{"access_key_id":"STS.testAccessKeyId","access_key_secret":"testAccessKeySecret","sts_token":"testSecurityToken","expiration":"2099-01-01T00:00:00Z"}"#)
                .config(&format!("[profiles.default]\ncredential_cache = true\n{base}\n"));
            lists(&scenario, 0);
            assert!(!scenario.path().join("cache").exists());
        }
    }

    #[test]
    fn a_cache_that_cannot_be_written_is_said_and_the_listing_goes_on() {
        let scenario = cached().file("cache", "a file in the way");
        let outcome = scenario.run(["list"]);
        assert_eq!(outcome.code, 0, "{outcome:?}");
        assert!(
            outcome
                .stderr
                .contains("warning: the temporary key was not cached")
        );
    }
}
