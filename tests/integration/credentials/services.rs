//! What the services that hand out keys answer, and do not.

use std::fs;
use std::io::Write as _;
use std::net::TcpListener;
use std::thread;
use std::time::{Duration, Instant};

use super::{LIST, STAND_IN, aliyun, lists, own, sample, served, vectors};
use crate::support::{answering, answering_in_turn, answering_json, head, server};

#[test]
fn what_sts_refuses_is_exit_4_with_cause_and_fix() {
    for (role, code, fix) in [
        ("forbidden", "NoPermission (HTTP 403)", "sts:AssumeRole"),
        (
            "missing",
            "EntityNotExist.Role (HTTP 404)",
            "check account id and name",
        ),
        ("external-x", "NoPermission (HTTP 403)", "trust policy"),
    ] {
        let lines = format!(
            "role_arn = 'acs:ram::1:role/{role}'\naccess_key_id = 'testAccessKeyId-o'\n\
             access_key_secret = 'testAccessKeySecret-o'"
        );
        let words = own(&lines).run(["list"]).fails(4);
        assert!(
            words.contains(&format!("AssumeRole of acs:ram::1:role/{role} at ")),
            "{words}"
        );
        for part in [code, fix, "cause: ", "request id: "] {
            assert!(words.contains(part), "{part}: {words}");
        }
    }
    let expired = own(
        "role_arn = 'acs:ram::1:role/r'\noidc_provider_arn = 'acs:ram::1:oidc-provider/p'\n\
         oidc_token_file = 'token'",
    );
    let token = expired.config_path().with_file_name("token");
    fs::write(token, "eyTEST.expired\n").unwrap();
    let words = expired.run(["list"]).fails(4);
    assert!(
        words.contains("AuthenticationFail.OIDCToken.Expired"),
        "{words}"
    );
    assert!(words.contains("has expired"), "{words}");
    // A key that STS does not know, and one whose secret is wrong.
    for (id, code) in [
        ("unknownKeyId", "InvalidAccessKeyId.NotFound"),
        ("testAccessKeyId", "SignatureDoesNotMatch"),
    ] {
        let lines = format!(
            "role_arn = 'acs:ram::1:role/r'\naccess_key_id = '{id}'\naccess_key_secret = 'testPassword'"
        );
        let words = own(&lines).run(["list"]).fails(4);
        assert!(words.contains(code), "{words}");
    }
}

#[test]
fn what_sts_answers_must_be_keys_that_hold() {
    for (file, status, code, reason) in [
        (
            "assume-role-no-credentials.json",
            "200 OK",
            3,
            "no credentials in it",
        ),
        (
            "assume-role-no-token.json",
            "200 OK",
            3,
            "`SecurityToken` is missing",
        ),
        (
            "assume-role-no-expiration.json",
            "200 OK",
            3,
            "`Expiration` is missing",
        ),
        (
            "assume-role-expired.json",
            "200 OK",
            3,
            "gave keys that expired at 2020",
        ),
        (
            "credentials-uri-not-json.txt",
            "200 OK",
            3,
            "not the JSON expected, at line 1",
        ),
        (
            "assume-role-error-403.json",
            "403 Forbidden",
            4,
            "NoPermission",
        ),
        (
            "assume-role-error-404.json",
            "404 Not Found",
            4,
            "EntityNotExist.Role",
        ),
        (
            "assume-role-with-oidc-error-400.json",
            "400 Bad Request",
            4,
            "OIDCToken.Expired",
        ),
        (
            "gateway-throttling-400.json",
            "400 Bad Request",
            7,
            "Throttling.User",
        ),
        (
            "gateway-signature-does-not-match-v1-400.json",
            "400 Bad Request",
            4,
            "SignatureDoesNotMatch",
        ),
    ] {
        let endpoint = answering_json(status, &sample(&format!("responses/{file}"), ":0"));
        let lines = "role_arn = 'acs:ram::1:role/r'\naccess_key_id = 'testAccessKeyId-o'\n\
                     access_key_secret = 'testAccessKeySecret-o'";
        let scenario = own(lines).set(STAND_IN, &endpoint);
        let words = scenario.run(["list", "--retries", "0"]).fails(code);
        assert!(words.contains(reason), "{file}: {words}");
        assert!(!words.contains("server string to sign"), "{words}");
    }
}

#[test]
fn sts_is_asked_by_post_with_the_token_in_the_body() {
    let (endpoint, asked) = server(|stream| {
        let _ = stream.write_all(
            b"HTTP/1.1 400 Bad Request\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}",
        );
    });
    let lines = format!(
        "role_arn = 'acs:ram::1:role/r'\noidc_provider_arn = 'acs:ram::1:oidc-provider/p'\n\
         oidc_token_file = '{}'",
        vectors().join("oidc-token").display()
    );
    own(&lines).set(STAND_IN, &endpoint).run(["list"]).fails(4);
    let head = asked.recv().unwrap();
    assert!(
        head.starts_with("POST /?Action=AssumeRoleWithOIDC&"),
        "{head}"
    );
    assert!(
        !head.contains("eyTEST") && !head.contains("Signature"),
        "{head}"
    );
}

#[test]
fn a_credentials_uri_must_answer_with_keys() {
    for (file, status, code) in [
        ("credentials-uri-ok.json", "200 OK", 0),
        ("credentials-uri-no-code.json", "200 OK", 0),
        ("credentials-uri-no-expiration.json", "200 OK", 0),
        ("credentials-uri-code-failed.json", "200 OK", 3),
        ("credentials-uri-no-token.json", "200 OK", 3),
        ("credentials-uri-not-json.txt", "200 OK", 3),
        ("credentials-uri-ok.json", "500 Internal Server Error", 3),
    ] {
        let body = sample(&format!("responses/{file}"), ":0");
        let uri = answering(status, "application/json", body) + "/keys?secret=testPassword";
        let scenario = own(&format!("credentials_uri = '{uri}'"));
        let outcome = scenario.run(LIST);
        assert_eq!(outcome.code, code, "{file}: {outcome:?}");
    }
    let scenario = own("credentials_uri = 'http://127.0.0.1:9/testPassword'");
    let words = scenario.run(["list"]).fails(6);
    assert!(
        words.contains("check that address") && !words.contains("--endpoint"),
        "{words}"
    );
    let words = own("credentials_uri = 'http://u:testPassword@127.0.0.1:9'")
        .run(["list"])
        .fails(3);
    assert!(words.contains("a user name or password in it"), "{words}");
}

#[test]
fn logins_are_exchanged_and_what_is_refused_is_named() {
    for (profile, file, status) in [
        ("cloud-sso", "cloud-sso-error-401.json", "401 Unauthorized"),
        (
            "oauth-exchange",
            "oauth-exchange-error-401.json",
            "401 Unauthorized",
        ),
    ] {
        let endpoint = answering_json(status, &sample(&format!("responses/{file}"), ":0"));
        let words = aliyun(profile)
            .set(STAND_IN, &endpoint)
            .run(["list"])
            .fails(4);
        assert!(words.contains("login of aliyun profile"), "{words}");
        assert!(words.contains("run: aliyun configure --mode"), "{words}");
    }
    let busy = answering_json("503 Service Unavailable", "{}");
    let words = aliyun("cloud-sso")
        .set(STAND_IN, &busy)
        .run(["list"])
        .fails(5);
    assert!(words.contains("try again in a minute"), "{words}");
    for (profile, file) in [
        ("cloud-sso", "cloud-sso-ok.json"),
        ("oauth-exchange", "oauth-exchange-ok.json"),
        ("oauth-exchange", "oauth-exchange-pascal.json"),
    ] {
        let endpoint = answering_json("200 OK", &sample(&format!("responses/{file}"), ":0"));
        lists(&aliyun(profile).set(STAND_IN, &endpoint));
    }
}

#[test]
fn metadata_speaks_both_versions_and_v1_can_be_forbidden() {
    let keys = sample("responses/imds-credentials-ok.json", ":0");
    let name = sample("responses/imds-role-name-newline.txt", ":0");
    let (endpoint, asked) = answering_in_turn(vec![
        ("405 Method Not Allowed", String::new()),
        ("200 OK", name),
        ("200 OK", keys),
        ("405 Method Not Allowed", String::new()),
    ]);
    let scenario = served().set(STAND_IN, &endpoint);
    assert!(lists(&scenario).contains("from ECS instance role"));
    let asked: Vec<String> = asked.try_iter().collect();
    let roles = "/latest/meta-data/ram/security-credentials/";
    assert!(asked[0].starts_with("PUT /latest/api/token "));
    assert!(asked[1].starts_with(&format!("GET {roles} ")));
    assert!(asked[2].starts_with(&format!("GET {roles}test-ecs-role ")));
    assert!(!asked[2].contains("metadata-token"));
    let scenario = scenario.set("ALIBABA_CLOUD_IMDSV1_DISABLED", "true");
    let words = scenario.run(["list"]).fails(3);
    let reason = "ALIBABA_CLOUD_IMDSV1_DISABLED forbids to go without";
    assert!(words.contains(reason), "{words}");
}

/// Serves metadata on a thread a connection, since some are never answered.
fn slow_metadata(delay: fn(&str) -> Duration) -> String {
    let keys = sample("responses/imds-credentials-ok.json", ":0");
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let (mut stream, keys) = (stream.unwrap(), keys.clone());
            thread::spawn(move || {
                let head = head(&mut stream);
                thread::sleep(delay(&head));
                let body = match () {
                    () if head.starts_with("PUT") => "token".to_owned(),
                    () if head.contains("security-credentials/ ") => "test-ecs-role".to_owned(),
                    () => keys,
                };
                let length = body.len();
                let _ = write!(
                    stream,
                    "HTTP/1.1 200 OK\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
                );
            });
        }
    });
    endpoint
}

#[test]
fn a_token_that_is_never_answered_leaves_version_1() {
    let only_put = |head: &str| Duration::from_secs(if head.starts_with("PUT") { 9 } else { 0 });
    let scenario = served().set(STAND_IN, &slow_metadata(only_put));
    assert!(lists(&scenario).contains("from ECS instance role"));
    let words = scenario
        .set("ALIBABA_CLOUD_IMDSV1_DISABLED", "true")
        .run(["list"])
        .fails(3);
    assert!(words.contains("no metadata service here"), "{words}");
}

#[test]
fn a_fault_after_the_first_answer_is_no_absence() {
    let keys = |head: &str| {
        Duration::from_secs(if head.contains("/test-ecs-role ") {
            9
        } else {
            0
        })
    };
    let scenario = served()
        .set(STAND_IN, &slow_metadata(keys))
        .set("ALIBABA_CLOUD_CREDENTIALS_URI", "http://127.0.0.1:9");
    let words = scenario.run(["list"]).fails(6);
    assert!(
        words.contains("ECS instance role: the metadata service at"),
        "{words}"
    );
    assert!(words.contains("no complete reply"), "{words}");
}

#[test]
fn no_role_on_the_instance_is_an_absence_and_nonsense_is_not() {
    let page = sample("responses/imds-not-found-404.html", ":0");
    let none = answering("404 Not Found", "text/html", page);
    let words = served().set(STAND_IN, &none).run(["list"]).fails(3);
    assert!(
        words.contains("the ECS instance has no RAM role"),
        "{words}"
    );
    let portal = answering("200 OK", "text/html", "<html>Log in to this hotel</html>");
    let words = served().set(STAND_IN, &portal).run(["list"]).fails(3);
    assert!(words.contains("gave no keys: no role's name"), "{words}");
    for (file, reason) in [
        ("imds-credentials-failed.json", "no credentials in it"),
        (
            "imds-credentials-missing-secret.json",
            "`AccessKeySecret` is missing",
        ),
    ] {
        let endpoint = answering_json("200 OK", &sample(&format!("responses/{file}"), ":0"));
        let scenario = served()
            .set(STAND_IN, &endpoint)
            .set("ALIBABA_CLOUD_ECS_METADATA", "r");
        let words = scenario.run(["list"]).fails(3);
        assert!(words.contains(reason), "{file}: {words}");
    }
}

#[test]
fn a_machine_without_metadata_is_not_kept_waiting() {
    // It takes connections and says nothing, as a firewall may.
    let (endpoint, _asked) = server(|_| std::thread::sleep(Duration::from_secs(5)));
    let scenario = served().set(STAND_IN, &endpoint);
    let started = Instant::now();
    let words = scenario.run(["list"]).fails(3);
    assert!(
        started.elapsed() < Duration::from_secs(1),
        "{:?}",
        started.elapsed()
    );
    assert!(
        words.contains("ECS instance role: no metadata service here"),
        "{words}"
    );
}

#[test]
fn metadata_is_never_asked_through_a_proxy() {
    let (proxy, asked) = server(|_| {});
    let scenario = ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY"]
        .into_iter()
        .fold(served(), |it, name| it.set(name, &proxy));
    assert!(lists(&scenario).contains("from ECS instance role"));
    assert!(asked.try_recv().is_err());
}
