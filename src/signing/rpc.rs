//! RPC signature 1.0, `HMAC-SHA1`: everything travels in the query.
//!
//! The canonical text is percent-encoded twice, names included, and the key is
//! the secret with an `&` behind it. The query it sends holds the key id and
//! the security token, so a URL of this mechanism must never be shown.

use std::collections::BTreeMap;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use hmac::Hmac;
use jiff::Timestamp;
use sha1::Sha1;

use super::acs3::FORM;
use super::{Nonce, Signed, Unsigned, mac, percent, timestamp};
use crate::secret::{AccessKey, Secret};

/// The mechanism's name, as it stands in `SignatureMethod`.
pub const ALGORITHM: &str = "HMAC-SHA1";

/// Signs a request; see [`super::sign`].
pub fn sign(request: &Unsigned, key: &AccessKey, at: Timestamp, nonce: &Nonce) -> Signed {
    let mut query = request.query.clone();
    let mut set = |name: &str, value: &str| query.insert(name.to_owned(), value.to_owned());
    set("Action", &request.action);
    set("Version", &request.version);
    // Without it the gateway answers in XML.
    set("Format", "json");
    set("Timestamp", &timestamp(at));
    set("SignatureNonce", nonce.as_str());
    set("SignatureMethod", ALGORITHM);
    set("SignatureVersion", "1.0");
    set("AccessKeyId", &key.id);
    if let Some(token) = &key.token {
        set("SecurityToken", token.expose());
    }

    let mut signed = query.clone();
    signed.extend(request.form.clone());
    let string_to_sign = string_to_sign(request.method, &percent::query(&signed));
    query.insert(
        "Signature".to_owned(),
        signature(&key.secret, &string_to_sign),
    );

    let body = percent::form(&request.form);
    let mut headers: BTreeMap<String, String> = request.headers.clone();
    headers.insert("x-acs-action".to_owned(), request.action.clone());
    headers.insert("x-acs-version".to_owned(), request.version.clone());
    if !body.is_empty() {
        headers.insert("content-type".to_owned(), FORM.to_owned());
    }
    Signed {
        query: Secret::new(percent::query(&query)),
        headers: headers
            .into_iter()
            .map(|(name, value)| (name, Secret::new(value)))
            .collect(),
        body: Secret::new(body),
        string_to_sign: Secret::new(string_to_sign),
    }
}

/// Returns the text to sign. `canonical` holds every parameter of query and
/// form but the signature, sorted and encoded.
pub fn string_to_sign(method: &str, canonical: &str) -> String {
    format!(
        "{method}&{}&{}",
        percent::encode("/"),
        percent::encode(canonical)
    )
}

/// Returns the signature in Base64.
pub fn signature(secret: &Secret, string_to_sign: &str) -> String {
    let key = Secret::new(format!("{}&", secret.expose()));
    STANDARD.encode(mac::<Hmac<Sha1>>(&key, string_to_sign))
}
