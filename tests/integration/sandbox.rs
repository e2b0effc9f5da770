//! The sandbox judges requests as the gateway does.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Command, Stdio};
use std::time::Duration;

use cams_groups::sandbox::{Groups, access_key, temporary_key};
use cams_groups::secret::{AccessKey, Secret};
use cams_groups::signing::{Mechanism, Nonce, Signed, Unsigned, sign};
use serde_json::Value;

use crate::support::{Scenario, sandbox};

/// A request that a sandbox would answer, before a test spoils it.
struct Ask {
    endpoint: String,
    request: Unsigned,
    key: AccessKey,
    at: jiff::Timestamp,
    nonce: Nonce,
    mechanism: Mechanism,
}

impl Ask {
    fn new(endpoint: &str, mechanism: Mechanism) -> Self {
        let query = [
            ("BusinessNumber", "8613800000000"),
            ("CustSpaceId", "cams-sandbox"),
            ("Page", r#"{"Index":1,"Size":20}"#),
        ];
        Self {
            endpoint: endpoint.to_owned(),
            request: Unsigned {
                method: "POST",
                host: endpoint.trim_start_matches("http://").to_owned(),
                action: "ListChatGroup".to_owned(),
                version: "2020-06-06".to_owned(),
                query: query.map(|(n, v)| (n.to_owned(), v.to_owned())).into(),
                form: BTreeMap::new(),
                headers: BTreeMap::new(),
            },
            key: access_key(),
            at: jiff::Timestamp::now(),
            nonce: Nonce::random().unwrap(),
            mechanism,
        }
    }

    fn set(mut self, name: &str, value: &str) -> Self {
        self.request.query.insert(name.to_owned(), value.to_owned());
        self
    }

    fn signed(&self) -> Signed {
        sign(
            self.mechanism,
            &self.request,
            &self.key,
            self.at,
            &self.nonce,
        )
    }

    /// Sends the request after `spoil` has had the signed form.
    fn send_spoilt(&self, spoil: impl FnOnce(&mut Signed)) -> (u16, Value) {
        let mut signed = self.signed();
        spoil(&mut signed);
        let url = format!("{}/?{}", self.endpoint, signed.query.expose());
        let method = self.request.method.parse().unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let _ = rustls::crypto::ring::default_provider().install_default();
        runtime.block_on(async {
            let client = reqwest::Client::builder().no_proxy().build().unwrap();
            let mut request = client
                .request(method, url)
                .header("accept", "application/json");
            for (name, value) in &signed.headers {
                request = request.header(name, value.expose());
            }
            let response = request
                .body(signed.body.expose().to_owned())
                .send()
                .await
                .unwrap();
            let status = response.status().as_u16();
            let body = response.text().await.unwrap();
            (status, serde_json::from_str(&body).unwrap())
        })
    }

    fn send(&self) -> (u16, Value) {
        self.send_spoilt(|_| {})
    }

    #[track_caller]
    fn refused(&self, status: u16, code: &str) -> Value {
        let (got, body) = self.send();
        assert_eq!((got, body["Code"].as_str()), (status, Some(code)), "{body}");
        body
    }
}

const BOTH: [Mechanism; 2] = Mechanism::ALL;

#[test]
fn a_good_request_is_answered_as_the_documentation_shows() {
    let endpoint = sandbox(Groups::Demo(Groups::DEMO));
    for mechanism in BOTH {
        for key in [access_key(), temporary_key()] {
            for method in ["POST", "GET"] {
                let mut ask = Ask::new(&endpoint, mechanism);
                ask.key = key.clone();
                ask.request.method = method;
                let (status, body) = ask.send();
                assert_eq!((status, body["Code"].as_str()), (200, Some("OK")), "{body}");
                assert_eq!(body["Success"], true);
                assert_eq!(body["Data"]["Total"], 51);
                assert_eq!(body["Data"]["List"].as_array().unwrap().len(), 20);
                assert!(body["RequestId"].as_str().unwrap().len() == 36);
            }
        }
    }
}

#[test]
fn the_gateway_refuses_what_is_not_signed_right() {
    let endpoint = sandbox(Groups::Demo(1));
    for mechanism in BOTH {
        let ask = || Ask::new(&endpoint, mechanism);
        let mut it = ask();
        it.key.secret = Secret::new("wrong");
        let body = it.refused(400, "SignatureDoesNotMatch");
        assert!(body["Message"].as_str().unwrap().contains("server "));
        assert!(body["HostId"].is_string() && body["Recommend"].is_string());

        let mut it = ask();
        it.key.id = "nobody".to_owned();
        it.refused(404, "InvalidAccessKeyId.NotFound");

        let mut it = ask();
        it.key.id = temporary_key().id;
        it.refused(400, "MissingSecurityToken");
        it.key.token = Some(Secret::new("other"));
        it.refused(400, "InvalidSecurityToken.Malformed");

        let mut it = ask();
        it.key.token = temporary_key().token;
        it.refused(400, "InvalidSecurityToken.MismatchWithAccessKey");

        let it = ask();
        assert_eq!(it.send().0, 200);
        it.refused(400, "SignatureNonceUsed");

        for minutes in [-16, 16] {
            let mut it = ask();
            it.at += jiff::SignedDuration::from_mins(minutes);
            it.refused(400, "InvalidTimeStamp.Expired");
        }
        for minutes in [-14, 14] {
            let mut it = ask();
            it.at += jiff::SignedDuration::from_mins(minutes);
            assert_eq!(it.send().0, 200, "{minutes} minutes");
        }

        let mut it = ask();
        it.request.method = "PUT";
        it.refused(403, "UnsupportedHTTPMethod");
    }
}

#[test]
fn what_was_signed_must_be_what_was_sent() {
    let endpoint = sandbox(Groups::Demo(1));
    for mechanism in BOTH {
        let ask = Ask::new(&endpoint, mechanism);
        let (status, body) = ask.send_spoilt(|signed| {
            let query = signed
                .query
                .expose()
                .replace("8613800000000", "8613800000001");
            signed.query = Secret::new(query);
        });
        assert_eq!(
            (status, body["Code"].as_str()),
            (400, Some("SignatureDoesNotMatch"))
        );
    }
    let ask = Ask::new(&endpoint, Mechanism::Acs3HmacSha256);
    for (name, value) in [
        ("x-acs-action", "Other"),
        ("x-acs-date", "2026-01-01T00:00:00Z"),
        ("x-acs-content-sha256", "00"),
    ] {
        let (status, _) = ask.send_spoilt(|signed| {
            for (_, header) in signed.headers.iter_mut().filter(|(it, _)| it == name) {
                *header = Secret::new(value);
            }
        });
        assert_eq!(status, 400, "{name}");
    }
    let (_, body) = ask.send_spoilt(|signed| {
        signed
            .headers
            .push(("x-acs-extra".to_owned(), Secret::new("1")));
    });
    assert_eq!(body["Code"], "IncompleteSignature");
    let (_, body) = ask.send_spoilt(|signed| signed.body = Secret::new("smuggled=1"));
    assert_eq!(body["Code"], "SignatureDoesNotMatch");
}

#[test]
fn missing_parameters_and_other_operations_are_refused() {
    let endpoint = sandbox(Groups::Demo(1));
    for mechanism in BOTH {
        let mut it = Ask::new(&endpoint, mechanism);
        it.request.action = "ListAllGroups".to_owned();
        it.refused(404, "InvalidAction.NotFound");
        let mut it = Ask::new(&endpoint, mechanism);
        it.request.version = "2020-06-07".to_owned();
        it.refused(400, "InvalidVersion");
        for name in ["BusinessNumber", "CustSpaceId", "Page"] {
            let mut it = Ask::new(&endpoint, mechanism);
            it.request.query.remove(name);
            it.refused(400, &format!("Missing{name}"));
        }
    }
    for name in [
        "x-acs-date",
        "x-acs-signature-nonce",
        "x-acs-content-sha256",
    ] {
        let (status, body) = Ask::new(&endpoint, Mechanism::Acs3HmacSha256)
            .send_spoilt(|signed| signed.headers.retain(|(it, _)| it != name));
        assert_eq!(
            (status, body["Code"].as_str()),
            (400, Some("MissingParameter")),
            "{name}"
        );
    }
}

#[test]
fn the_product_refuses_inside_a_200() {
    let endpoint = sandbox(Groups::Demo(1));
    for (name, value, code) in [
        (
            "Page",
            r#"{"Index":0,"Size":20}"#,
            "InvalidParameter.PageInvalid",
        ),
        (
            "Page",
            r#"{"Index":1,"Size":0}"#,
            "InvalidParameter.PageInvalid",
        ),
        (
            "Page",
            r#"{"Index":1,"Size":101}"#,
            "InvalidParameter.PageInvalid",
        ),
        (
            "Page",
            r#"{"Index":-1,"Size":1}"#,
            "InvalidParameter.PageInvalid",
        ),
        ("Page", "1", "InvalidParameter.PageInvalid"),
        ("BusinessNumber", "+86", "InvalidParameter.FromOnlyNumeric"),
        (
            "BusinessNumber",
            "8613800000001",
            "InvalidParameter.PhoneNumberError",
        ),
        ("CustSpaceId", "cams-other", "Unknown.ResourceOwnerId"),
        (
            "ChannelType",
            "SMS",
            "InvalidParameter.ChannelTypeNotSupport",
        ),
    ] {
        let ask = Ask::new(&endpoint, Mechanism::Acs3HmacSha256).set(name, value);
        let body = ask.refused(200, code);
        assert_eq!(body["Success"], false);
    }
}

#[test]
fn a_wrong_secret_is_exit_4_with_the_cause_and_the_fix() {
    for signature in ["acs3-hmac-sha256", "hmac-sha1"] {
        let scenario = Scenario::demo().set("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "wrongSecret");
        let words = scenario.run(["list", "--signature", signature]).fails(4);
        assert!(words.contains("SignatureDoesNotMatch"), "{words}");
        assert!(
            words.contains("cause: the access key secret does not belong"),
            "{words}"
        );
        assert!(words.contains("hint: check the secret"), "{words}");
        assert!(words.contains("request id: "), "{words}");
        for hidden in ["testAccessKeyId", "server", "wrongSecret", "StringToSign"] {
            assert!(!words.contains(hidden), "{hidden}: {words}");
        }
    }
}

/// `cams-groups sandbox` in a process of its own, until dropped.
struct Served {
    child: std::process::Child,
    exports: Vec<String>,
}

impl Served {
    fn start(scenario: &Scenario, args: &[&str]) -> Self {
        let mut child = Command::new(scenario.command().get_program())
            .arg("sandbox")
            .args(args)
            .current_dir(scenario.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let stdout = BufReader::new(child.stdout.take().unwrap());
        let exports = stdout.lines().map(Result::unwrap).take(10).collect();
        Self { child, exports }
    }

    /// Sets what its lines export, as a shell would.
    fn adopt(&self, scenario: Scenario) -> Scenario {
        let exports = self
            .exports
            .iter()
            .filter_map(|it| it.strip_prefix("export "));
        exports.fold(scenario, |scenario, line| {
            let (name, value) = line.split_once('=').unwrap();
            scenario.set(name, value.trim_matches('\''))
        })
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[cfg(unix)]
#[test]
fn its_lines_pasted_into_a_shell_point_a_listing_at_it() {
    let scenario = Scenario::bare();
    let served = Served::start(&scenario, &[]);
    let mut script = served.exports.join("\n");
    script.push_str("\nexec \"$0\" list -o jsonl");
    let prepared = scenario.command();
    let shell = |script: &str| {
        let output = Command::new("sh")
            .env_clear()
            .env("HOME", scenario.path())
            .args(["-c", script])
            .arg(prepared.get_program())
            .output()
            .unwrap();
        (
            output.status.code(),
            String::from_utf8(output.stdout).unwrap().lines().count(),
        )
    };
    assert_eq!(shell(&script), (Some(0), 51));
    assert_eq!(
        shell(&script.replace("# export", "export")),
        (Some(0), 51),
        "temporary keys"
    );
}

#[test]
fn it_serves_the_groups_of_a_file_exactly() {
    let scenario = Scenario::bare();
    let wrote = Scenario::demo().run(["list", "-o", "json"]).data();
    std::fs::write(scenario.path().join("groups.json"), &wrote).unwrap();
    let served = Served::start(&scenario, &["--data", "groups.json"]);
    let scenario = served.adopt(scenario);
    assert_eq!(scenario.run(["list", "-o", "json"]).data(), wrote);
}

#[test]
fn its_groups_settle_in_the_time_asked() {
    let scenario = Scenario::bare();
    let served = Served::start(&scenario, &["--settle", "1s"]);
    let scenario = served.adopt(scenario);
    let active = ["wait", "--subject", "新品发布 2026", "--for", "active"];
    let _ = scenario
        .run([&active[..], &["--interval", "200ms", "-o", "ids"]].concat())
        .data();
    let gone = ["wait", "--subject", "Flash sale alerts ⚡", "--for", "gone"];
    let gone = scenario.run([&gone[..], &["--interval", "200ms"]].concat());
    assert_eq!(gone.code, 0, "{gone:?}");
    // Both demo groups that are removed are gone, and none is on its way.
    let listed = scenario.run(["list", "-o", "tsv", "--columns", "status", "--no-header"]);
    let listed = listed.data();
    assert_eq!(listed.lines().count(), 49);
    assert!(!listed.contains("ING\n"), "{listed}");
}

#[test]
fn it_serves_as_many_demo_groups_as_asked_after_the_latency_asked() {
    let scenario = Scenario::bare();
    let served = Served::start(&scenario, &["--groups", "120", "--latency", "60ms"]);
    let scenario = served.adopt(scenario);
    let started = std::time::Instant::now();
    let listed = scenario.run(["list", "-o", "jsonl", "--page-size", "40"]);
    assert_eq!(listed.data().lines().count(), 120);
    assert!(
        started.elapsed() >= Duration::from_millis(120),
        "two rounds: one page, then two"
    );
}

#[cfg(unix)]
#[test]
fn ctrl_c_is_its_proper_end() {
    let mut served = Served::start(&Scenario::bare(), &[]);
    let id = served.child.id().to_string();
    assert!(
        Command::new("kill")
            .args(["-INT", &id])
            .status()
            .unwrap()
            .success()
    );
    assert_eq!(served.child.wait().unwrap().code(), Some(0));
    let mut talk = String::new();
    served
        .child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut talk)
        .unwrap();
    assert_eq!(talk, "", "nobody looks on");
}

#[test]
fn a_taken_port_and_a_bad_file_are_told() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let scenario = Scenario::bare();
    let words = scenario.run(["sandbox", "--port", &port]).fails(6);
    assert!(words.contains(&port), "{words}");
    std::fs::write(scenario.path().join("bad.json"), "{}").unwrap();
    let words = scenario.run(["sandbox", "--data", "bad.json"]).fails(3);
    assert!(words.contains("JSON array of groups"), "{words}");
    scenario.run(["sandbox", "--data", "absent.json"]).fails(3);
}
