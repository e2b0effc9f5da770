//! `ACS3-HMAC-SHA256`, also called V3: the signature travels in a header.
//!
//! Three steps, each a text that can be compared with the gateway's own: the
//! canonical request, the string to sign, the signature. Signed are `host`,
//! `content-type` if there is one, and every `x-acs-*` header; `accept` and
//! `user-agent` are sent unsigned, because proxies rewrite them.

use std::collections::BTreeMap;

use hmac::Hmac;
use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::{Nonce, Signed, Unsigned, hex, mac, percent, timestamp};
use crate::secret::{AccessKey, Secret};

/// The mechanism's name, as it stands in `Authorization`.
pub const ALGORITHM: &str = "ACS3-HMAC-SHA256";

/// The type of a form body.
pub const FORM: &str = "application/x-www-form-urlencoded";

/// Signs a request; see [`super::sign`].
pub fn sign(request: &Unsigned, key: &AccessKey, at: Timestamp, nonce: &Nonce) -> Signed {
    let query = percent::query(&request.query);
    let body = percent::form(&request.form);
    let hashed_payload = sha256_hex(body.as_bytes());

    let mut headers = request.headers.clone();
    let mut set = |name: &str, value: &str| headers.insert(name.to_owned(), value.to_owned());
    set("host", &request.host);
    set("x-acs-action", &request.action);
    set("x-acs-version", &request.version);
    set("x-acs-date", &timestamp(at));
    set("x-acs-signature-nonce", nonce.as_str());
    set("x-acs-content-sha256", &hashed_payload);
    if !body.is_empty() {
        set("content-type", FORM);
    }
    if let Some(token) = &key.token {
        set("x-acs-accesskey-id", &key.id);
        set("x-acs-security-token", token.expose());
    }

    let canonical = canonical_request(request.method, "/", &query, &headers, &hashed_payload);
    let string_to_sign = string_to_sign(&canonical);
    let authorization = format!(
        "{ALGORITHM} Credential={},SignedHeaders={},Signature={}",
        key.id,
        signed_headers(&headers),
        signature(&key.secret, &string_to_sign),
    );

    // `host` is left to the HTTP client, which derives the same text from the URL.
    headers.remove("host");
    headers.insert("authorization".to_owned(), authorization);
    Signed {
        query: Secret::new(query),
        headers: headers
            .into_iter()
            .map(|(name, value)| (name, Secret::new(value)))
            .collect(),
        body: Secret::new(body),
        string_to_sign: Secret::new(string_to_sign),
    }
}

/// Returns the first step's text: method, path, query, headers, the names of
/// the signed headers, and the hash of the body, a line each. `query` is
/// canonical already; `headers` are those to sign, under lower-case names.
pub fn canonical_request(
    method: &str,
    path: &str,
    query: &str,
    headers: &BTreeMap<String, String>,
    hashed_payload: &str,
) -> String {
    let lines = headers.iter().fold(String::new(), |lines, (name, value)| {
        lines + name + ":" + value.trim() + "\n"
    });
    let names = signed_headers(headers);
    // The header lines each end in a line feed of their own, so that an empty
    // line stands before the names.
    [method, path, query, &lines, &names, hashed_payload].join("\n")
}

/// Returns the second step's text.
pub fn string_to_sign(canonical_request: &str) -> String {
    format!("{ALGORITHM}\n{}", sha256_hex(canonical_request.as_bytes()))
}

/// Returns the signature, the third step. The key is the secret itself.
pub fn signature(secret: &Secret, string_to_sign: &str) -> String {
    hex(&mac::<Hmac<Sha256>>(secret, string_to_sign))
}

/// Returns the hexadecimal SHA-256 of a body.
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn signed_headers(headers: &BTreeMap<String, String>) -> String {
    headers
        .keys()
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join(";")
}
