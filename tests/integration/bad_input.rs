//! Bad input, by name: each gets its exit code, before any request where the
//! fault is ours to see, and never a panic.

use std::io::Write as _;
use std::time::Duration;

use crate::support::{Scenario, answering, answering_json, server};

/// A world whose endpoint must not be asked: it answers nobody.
fn unasked() -> Scenario {
    Scenario::at("http://127.0.0.1:9").with_key()
}

#[test]
fn a_missing_number_or_space_names_flag_variable_and_profile_key() {
    let words = Scenario::bare().with_key().run(["list"]).fails(2);
    for word in [
        "--business-number",
        "CAMS_GROUPS_BUSINESS_NUMBER",
        "`business_number`",
    ] {
        assert!(words.contains(word), "{words}");
    }
    let words = Scenario::bare()
        .with_key()
        .run(["list", "--business-number", "8613800000000"])
        .fails(2);
    for word in ["--space-id", "CAMS_GROUPS_SPACE_ID", "`space_id`"] {
        assert!(words.contains(word), "{words}");
    }
}

#[test]
fn bad_flags_are_usage_errors_that_name_the_range_or_the_valid_values() {
    for (flag, value, word) in [
        ("--business-number", "86138x", "5 to 20 digits"),
        (
            "--business-number",
            "+8613800000000",
            "write it as 8613800000000",
        ),
        ("--space-id", "a b", "without blanks"),
        ("--page-size", "0", "from 1 to 1000"),
        ("--page-size", "-5", "from 1 to 1000"),
        ("--page-size", "99999999999999999999", "from 1 to 1000"),
        ("--page", "0", "from 1 to 2147483647"),
        ("--page", "-1", "from 1 to 2147483647"),
        ("--limit", "0", "from 1 on"),
        ("--status", "actve", "'ACTIVE'"),
        ("--status", "x", "SUSPENDED"),
        ("--output", "tabel", "'table'"),
        ("--signature", "md5", "hmac-sha1"),
        ("--subject", "", "--subject"),
        ("--timeout", "0", "from 1ms to 1h"),
        ("--region", "evil.example/", "lower-case"),
        ("--endpoint", "http://cams.example.com", "loopback"),
        (
            "--endpoint",
            "https://user@cams.example.com",
            "host and a port only",
        ),
        ("--color", "sometimes", "always"),
    ] {
        let words = unasked().run(["list", flag, value]).fails(2);
        assert!(words.contains(word), "{flag} {value}: {words}");
    }
}

#[test]
fn a_misspelt_flag_is_answered_with_the_right_one() {
    let words = unasked().run(["list", "--busines-number", "1"]).fails(2);
    assert!(words.contains("'--business-number'"), "{words}");
    let words = unasked().run(["lst"]).fails(2);
    assert!(words.contains("'list'"), "{words}");
}

#[test]
fn a_secret_is_not_taken_as_a_flag() {
    for flag in ["--access-key-secret=x", "--secret=x", "--security-token=x"] {
        let words = unasked().run(["list", flag]).fails(2);
        assert!(words.contains("unexpected argument"), "{words}");
    }
}

#[test]
fn a_bad_variable_or_profile_value_is_exit_3_and_names_its_origin() {
    let words = unasked()
        .set("CAMS_GROUPS_ENDPOINT", "http://cams.example.com")
        .run(["list"])
        .fails(3);
    assert!(
        words.contains("from CAMS_GROUPS_ENDPOINT") && words.contains("loopback"),
        "{words}"
    );
    let words = Scenario::bare()
        .with_key()
        .config("[profiles.default]\nbusiness_number = '1'\n")
        .run(["list"])
        .fails(3);
    assert!(
        words.contains("config.toml:2)") && words.contains("5 to 20 digits"),
        "{words}"
    );
    let words = Scenario::bare()
        .with_key()
        .config("[profiles.default]\nendpoint = 'http://10.1.2.3'\n")
        .run(["list"])
        .fails(3);
    assert!(words.contains("loopback"), "{words}");
}

#[test]
fn an_unusable_config_file_is_exit_3_with_file_and_line() {
    for (text, word) in [
        (&b""[..], "config.toml:1: no profile in it"),
        (b"[profiles.p\n", "config.toml:1: "),
        (
            b"[profiles.p]\nregion = 'a'\nregion = 'b'\n",
            "config.toml:3: ",
        ),
        (
            b"[profiles.p]\n\nregoin = 'x'\n",
            "config.toml:3: unknown key `regoin`",
        ),
        (
            b"[profiles.p]\npage_size = 'x'\n",
            "config.toml:2: `page_size` must be a whole number",
        ),
        (b"\x7fELF\x00\xff\xfe", "config.toml:1: "),
    ] {
        let scenario = Scenario::bare().with_key().config("");
        std::fs::write(scenario.config_path(), text).unwrap();
        let words = scenario.run(["list"]).fails(3);
        assert!(words.contains(word), "{words}");
    }
    let scenario = unasked();
    let missing = scenario.run(["list", "--config", "nowhere.toml"]).fails(3);
    assert!(
        missing.contains("`nowhere.toml` (from --config)"),
        "{missing}"
    );
    let directory = scenario.run(["list", "--config", "."]).fails(3);
    assert!(directory.contains("cannot be read"), "{directory}");
}

#[test]
fn a_missing_profile_lists_those_that_there_are() {
    let scenario = unasked().config("[profiles.prod]\nregion='a'\n[profiles.dev]\nregion='a'\n");
    let words = scenario.run(["list", "-p", "stage"]).fails(3);
    assert!(
        words.contains("no profile `stage`") && words.contains("choose one of: prod, dev"),
        "{words}"
    );
}

#[test]
fn no_credentials_and_half_a_key_are_exit_3() {
    let none = Scenario::at("http://127.0.0.1:9").run(["list"]).fails(3);
    assert!(
        none.contains("environment: ALIBABA_CLOUD_ACCESS_KEY_ID not set"),
        "{none}"
    );
    let half = Scenario::at("http://127.0.0.1:9")
        .set("ALIBABA_CLOUD_ACCESS_KEY_ID", "testAccessKeyId")
        .run(["list"])
        .fails(3);
    assert!(
        half.contains("`ALIBABA_CLOUD_ACCESS_KEY_SECRET` is not"),
        "{half}"
    );
}

#[test]
fn a_body_that_is_no_answer_is_exit_5_and_says_what_came() {
    let cut = r#"{"Code":"OK","Data":{"Total":2,"List":[{"GroupId":"#;
    for (body, word) in [
        (&b"<!DOCTYPE html><html><body>Login"[..], "an HTML page"),
        (b"", "empty"),
        (cut.as_bytes(), "cut short"),
        (b"{\"Code\":\"OK\",\"RequestId\":\"\xff\"}", "not UTF-8"),
        (b"\x00\x01\x02", "not JSON"),
        (b"[]", "not JSON"),
        (b"null", "not JSON"),
        (
            b"{\"Code\":\"OK\",\"Data\":{\"Total\":1,\"List\":{}}}",
            "groups cannot be read",
        ),
        (
            b"{\"Code\":\"OK\",\"Data\":{\"Total\":1,\"List\":[null]}}",
            "groups cannot be read",
        ),
    ] {
        let endpoint = answering("200 OK", "text/plain", body);
        let outcome =
            Scenario::at(&endpoint)
                .with_key()
                .run(["list", "-o", "csv", "--retries", "0"]);
        let words = outcome.fails(5);
        assert!(words.contains(word), "{word}: {words}");
    }
    let endpoint = answering("503 Service Unavailable", "text/html", "<html>busy</html>");
    let words = Scenario::at(&endpoint)
        .with_key()
        .run(["list", "--retries", "0"])
        .fails(5);
    assert!(
        words.contains("an HTML page") && words.contains("HTTP 503"),
        "{words}"
    );
}

#[test]
fn a_body_without_end_is_given_up_at_the_cap() {
    let (endpoint, _) = server(|stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 104857600\r\n\r\n");
        let chunk = vec![b' '; 1024 * 1024];
        for _ in 0..100 {
            if stream.write_all(&chunk).is_err() {
                break;
            }
        }
    });
    let words = Scenario::at(&endpoint)
        .with_key()
        .run(["list", "--retries", "0"])
        .fails(5);
    assert!(words.contains("larger than 32 MiB"), "{words}");
}

#[test]
fn a_body_that_ends_before_its_length_is_exit_5() {
    let (endpoint, _) = server(|stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{\"Code\":\"OK\"");
    });
    let words = Scenario::at(&endpoint)
        .with_key()
        .run(["list", "--retries", "0"])
        .fails(5);
    assert!(words.contains("cut short"), "{words}");
}

#[test]
fn a_peer_that_does_not_speak_http_is_exit_5() {
    let (endpoint, _) = server(|stream| {
        let _ = stream.write_all(b"SSH-2.0-OpenSSH_9.2\r\n\r\n");
        std::thread::sleep(Duration::from_millis(100));
    });
    let words = Scenario::at(&endpoint)
        .with_key()
        .run(["list", "--retries", "0"])
        .fails(5);
    assert!(words.contains("damaged"), "{words}");
}

#[test]
fn a_stranger_s_words_in_an_error_cannot_reach_the_terminal_raw() {
    let endpoint = answering_json(
        "400 Bad Request",
        r#"{"Code":"Bad\u001b[2J","Message":"a\u202eb\nerror: c","RequestId":"r\u0007"}"#,
    );
    let words = Scenario::at(&endpoint).with_key().run(["list", "-vv"]);
    assert_eq!(words.code, 5);
    assert!(
        !words.stderr.contains(['\u{1b}', '\u{202e}', '\u{7}']),
        "{words:?}"
    );
    assert!(
        words.stderr.contains(r"message: a\u{202e}b\nerror: c"),
        "{words:?}"
    );
}
