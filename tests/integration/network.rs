//! The way to the API, and all that can be wrong with it: exit 6, one line, no
//! URL with keys in it.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use rcgen::{CertifiedKey, generate_simple_self_signed};

use crate::support::{Scenario, head, server};

/// A name that the resolver refuses at once, because its label is too long: to
/// look it up asks nobody.
pub(crate) fn unknown_host() -> String {
    format!("{}.invalid", "x".repeat(64))
}

const OK: &str = r#"{"Code":"OK","Success":true,"Data":{"Total":1,"List":[{"GroupId":"tls"}]}}"#;

/// Keys and signatures that an error may not show.
fn assert_no_keys(words: &str) {
    for part in [
        "AccessKeyId=",
        "Signature=",
        "SignatureNonce",
        "testAccessKeyId",
        "?",
    ] {
        assert!(!words.contains(part), "{part}: {words}");
    }
}

/// Runs `list` with the mechanism that puts everything in the URL.
fn fails_with_6(scenario: &Scenario, more: &[&str]) -> String {
    let args = ["list", "--signature", "hmac-sha1", "--retries", "0"];
    let args: Vec<&str> = args.iter().chain(more).copied().collect();
    let words = scenario.run(args).fails(6);
    assert_no_keys(&words);
    assert_eq!(words.lines().count(), 2, "an error and a hint: {words}");
    words
}

#[test]
fn a_refused_connection_is_exit_6() {
    let free = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let scenario = Scenario::at(&format!("http://{free}")).with_key();
    let words = fails_with_6(&scenario, &[]);
    assert!(
        words.contains(&free.to_string()) && words.contains("refused"),
        "{words}"
    );
}

#[test]
fn an_unknown_host_is_exit_6_and_named_even_if_it_is_the_proxys() {
    let scenario = Scenario::at("cams.example")
        .with_key()
        .set("HTTPS_PROXY", &format!("http://{}:3128", unknown_host()));
    let words = fails_with_6(&scenario, &[]);
    assert!(
        words.contains(&format!("host `{}` not found: ", unknown_host())),
        "{words}"
    );
}

#[test]
fn a_redirect_is_not_followed() {
    for location in [
        "http://127.0.0.1:9/elsewhere",
        "https://evil.example/?a=b",
        "/login",
    ] {
        let (endpoint, asked) = server(move |stream| {
            let answer =
                format!("HTTP/1.1 302 Found\r\nlocation: {location}\r\ncontent-length: 0\r\n\r\n");
            let _ = stream.write_all(answer.as_bytes());
        });
        let words = fails_with_6(&Scenario::at(&endpoint).with_key(), &[]);
        assert!(words.contains("HTTP 302"), "{words}");
        assert_eq!(asked.try_iter().count(), 1);
    }
}

#[test]
fn a_reply_that_does_not_come_is_exit_6_within_the_timeout() {
    let (endpoint, _) = server(|_| thread::sleep(Duration::from_secs(20)));
    let words = fails_with_6(&Scenario::at(&endpoint).with_key(), &["--timeout", "200ms"]);
    assert!(words.contains("within 200ms"), "{words}");
}

#[test]
fn a_body_that_stalls_is_exit_6_within_the_timeout() {
    let (endpoint, _) = server(|stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n{");
        thread::sleep(Duration::from_secs(20));
    });
    let words = fails_with_6(&Scenario::at(&endpoint).with_key(), &["--timeout", "200ms"]);
    assert!(words.contains("within 200ms"), "{words}");
}

#[test]
fn a_connection_that_closes_before_the_reply_is_exit_6() {
    let (endpoint, _) = server(|_| {});
    let words = fails_with_6(&Scenario::at(&endpoint).with_key(), &[]);
    assert!(words.contains("broke"), "{words}");
}

/// A server that speaks TLS as `name`; returns its port and its certificate.
pub(crate) fn tls_server(name: &str) -> (u16, String) {
    let (config, pem) = tls_config(name);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for stream in listener.incoming() {
            answer_tls(stream.unwrap(), &config);
        }
    });
    (port, pem)
}

fn tls_config(name: &str) -> (Arc<rustls::ServerConfig>, String) {
    let CertifiedKey { cert, signing_key } =
        generate_simple_self_signed([name.to_owned()]).unwrap();
    let key = rustls::pki_types::PrivateKeyDer::try_from(signing_key.serialize_der()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], key)
        .unwrap();
    (Arc::new(config), cert.pem())
}

fn answer_tls(stream: TcpStream, config: &Arc<rustls::ServerConfig>) -> String {
    let connection = rustls::ServerConnection::new(Arc::clone(config)).unwrap();
    let mut stream = rustls::StreamOwned::new(connection, stream);
    let head = head(&mut stream);
    let _ = write!(
        stream,
        "HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{OK}",
        OK.len()
    );
    stream.conn.send_close_notify();
    let _ = stream.flush();
    head
}

#[test]
fn a_certificate_that_nobody_vouches_for_is_exit_6_and_a_ca_file_mends_it() {
    let (port, pem) = tls_server("127.0.0.1");
    let scenario = Scenario::at(&format!("https://127.0.0.1:{port}")).with_key();
    let words = fails_with_6(&scenario, &[]);
    assert!(
        words.contains("no secure connection") && words.contains("--ca-file"),
        "{words}"
    );

    std::fs::write(scenario.path().join("roots.pem"), &pem).unwrap();
    let listed = scenario.run(["list", "-o", "jsonl", "--ca-file", "roots.pem"]);
    assert!(listed.data().contains(r#""GroupId":"tls""#));

    let scenario = scenario.config("[profiles.default]\nca_file = 'roots.pem'\n");
    let beside = scenario.config_path().with_file_name("roots.pem");
    std::fs::write(beside, &pem).unwrap();
    assert!(scenario.run(["list", "-o", "jsonl"]).data().contains("tls"));
}

#[test]
fn a_certificate_of_another_name_is_exit_6() {
    let (port, pem) = tls_server("cams.other.example");
    let scenario = Scenario::at(&format!("https://127.0.0.1:{port}")).with_key();
    std::fs::write(scenario.path().join("roots.pem"), pem).unwrap();
    let words = fails_with_6(&scenario, &["--ca-file", "roots.pem"]);
    assert!(words.contains("no secure connection"), "{words}");
}

#[test]
fn a_server_without_tls_is_exit_6() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("https://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let _ = stream.read(&mut [0; 4096]);
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
        }
    });
    let words = fails_with_6(&Scenario::at(&endpoint).with_key(), &[]);
    assert!(words.contains("no secure connection"), "{words}");
}

#[test]
fn a_ca_file_that_holds_no_certificate_is_exit_3() {
    let scenario = Scenario::at("https://127.0.0.1:9").with_key();
    std::fs::write(scenario.path().join("roots.pem"), "nothing").unwrap();
    let words = scenario.run(["list", "--ca-file", "roots.pem"]).fails(3);
    assert!(words.contains("no certificate in PEM form"), "{words}");
    let words = scenario.run(["list", "--ca-file", "absent.pem"]).fails(3);
    assert!(
        words.contains("`absent.pem` (from --ca-file) cannot be read"),
        "{words}"
    );
}

/// A proxy that opens a tunnel to a TLS server of its own, whoever is asked
/// for; returns its address, the server's certificate, and what it was asked.
fn tunnel(name: &'static str) -> (String, String, mpsc::Receiver<[String; 2]>) {
    let (config, pem) = tls_config(name);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let (tell, told) = mpsc::channel();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let connect = head(&mut stream);
            stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").unwrap();
            let request = answer_tls(stream, &config);
            let _ = tell.send([connect, request]);
        }
    });
    (address, pem, told)
}

#[test]
fn a_proxy_is_used_and_sees_no_more_than_the_host() {
    let (proxy, pem, asked) = tunnel("cams.ap-southeast-1.aliyuncs.com");
    for variable in ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"] {
        let scenario = Scenario::bare().with_key().set(variable, &proxy);
        std::fs::write(scenario.path().join("roots.pem"), &pem).unwrap();
        let listed = scenario.run([
            "list",
            "--business-number",
            "8613800000000",
            "--space-id",
            "cams-x",
            "--ca-file",
            "roots.pem",
            "-o",
            "jsonl",
        ]);
        assert!(listed.data().contains("tls"), "{variable}");
        let [connect, request] = asked.recv_timeout(Duration::from_secs(5)).unwrap();
        let host = "cams.ap-southeast-1.aliyuncs.com";
        assert!(
            connect.starts_with(&format!("CONNECT {host}:443 HTTP/1.1\r\n")),
            "{connect}"
        );
        assert!(!connect.contains("testAccessKeyId"), "{connect}");
        assert!(
            request.starts_with("POST /?BusinessNumber=8613800000000&CustSpaceId=cams-x&Page=")
        );
        assert!(
            request.contains(&format!("\r\nhost: {host}\r\n")),
            "{request}"
        );
        assert!(request.contains("accept-encoding: gzip\r\n"), "{request}");
        assert!(request.contains("content-length: 0\r\n"), "{request}");
        assert!(!request.contains("content-type"), "{request}");
    }
}

#[test]
fn no_proxy_is_honoured_and_a_loopback_endpoint_never_asks_one() {
    let (proxy, _, asked) = tunnel("cams.example");
    let host = &unknown_host();
    let scenario = Scenario::at(host)
        .with_key()
        .set("HTTPS_PROXY", &proxy)
        .set("NO_PROXY", host);
    fails_with_6(&scenario, &[]);
    let dead = "http://127.0.0.1:9";
    let listed = Scenario::demo()
        .set("HTTP_PROXY", dead)
        .set("http_proxy", dead)
        .set("ALL_PROXY", dead)
        .run(["list", "-o", "jsonl"]);
    assert_eq!(listed.data().lines().count(), 51);
    assert!(asked.try_recv().is_err());
}

#[test]
fn a_proxy_that_refuses_is_exit_6_and_its_password_stays_hidden() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            head(&mut stream);
            let _ = stream.write_all(
                b"HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n",
            );
            let _ = stream.read(&mut [0; 64]);
        }
    });
    let scenario = Scenario::at("cams.example").with_key().set(
        "HTTPS_PROXY",
        &format!("http://user:proxyPassword@{address}"),
    );
    let words = fails_with_6(&scenario, &[]);
    assert!(words.contains("proxy"), "{words}");
    assert!(!words.contains("proxyPassword"), "{words}");
}

#[test]
fn gzip_is_understood_and_a_damaged_stream_is_exit_5() {
    // `{"Code":"OK","Data":{"Total":0}}`, as gzip(1) packs it.
    const PACKED: &[u8] = &[
        0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03, 0xab, 0x56, 0x72, 0xce, 0x4f,
        0x49, 0x55, 0xb2, 0x52, 0xf2, 0xf7, 0x56, 0xd2, 0x51, 0x72, 0x49, 0x2c, 0x49, 0x54, 0xb2,
        0xaa, 0x56, 0x0a, 0xc9, 0x2f, 0x49, 0xcc, 0x51, 0xb2, 0x32, 0xa8, 0xad, 0x05, 0x00, 0xf3,
        0xc0, 0x59, 0x7d, 0x20, 0x00, 0x00, 0x00,
    ];
    let packed_answer = |body: &'static [u8]| {
        server(move |stream| {
            let _ = write!(
                stream,
                "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: {}\r\n\r\n",
                body.len()
            );
            let _ = stream.write_all(body);
        })
        .0
    };
    let scenario = Scenario::at(&packed_answer(PACKED)).with_key();
    assert_eq!(scenario.run(["list", "-o", "json"]).data(), "[]\n");
    let scenario = Scenario::at(&packed_answer(&PACKED[..30])).with_key();
    scenario
        .run(["list", "-o", "json", "--retries", "0"])
        .fails(5);
}

#[test]
fn connections_are_kept_alive_between_pages() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let served = thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut requests = 0;
        for id in ["a", "b", "c"] {
            head(&mut stream);
            requests += 1;
            let body =
                format!(r#"{{"Code":"OK","Data":{{"Total":3,"List":[{{"GroupId":"{id}"}}]}}}}"#);
            write!(
                stream,
                "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}",
                body.len()
            )
            .unwrap();
        }
        requests
    });
    let scenario = Scenario::at(&endpoint).with_key();
    let listed = scenario.run([
        "list",
        "-o",
        "jsonl",
        "--page-size",
        "1",
        "--concurrency",
        "1",
    ]);
    assert_eq!(listed.data().lines().count(), 3);
    assert_eq!(served.join().unwrap(), 3);
}
