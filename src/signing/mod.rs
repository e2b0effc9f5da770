//! The two request signatures of Alibaba Cloud's RPC gateways.
//!
//! [`sign`] is a pure function: time, nonce and key are handed in, and the same
//! input always gives the same signature. It must not know HTTP, the clock or
//! where a key comes from. The query that it returns is the very text that was
//! signed; whoever sends it must not encode it again.
//!
//! Start with [`acs3`], the mechanism that the official SDKs of this API send
//! by default. [`rpc`] is the older one; the Security Token Service still asks
//! for it.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use hmac::{KeyInit, Mac};
use jiff::Timestamp;

use crate::secret::{AccessKey, Secret};
use crate::text::named;

pub mod acs3;
pub mod percent;
pub mod rpc;

/// How requests are signed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mechanism {
    /// `ACS3-HMAC-SHA256`: signature, key id and token travel in headers.
    #[default]
    Acs3HmacSha256,
    /// RPC signature 1.0, `HMAC-SHA1`: signature, key id and token travel in
    /// the query.
    HmacSha1,
}

impl Mechanism {
    /// Every mechanism, in the order in which help lists them.
    pub const ALL: [Self; 2] = [Self::Acs3HmacSha256, Self::HmacSha1];

    /// Returns the name that flags and profiles use.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Acs3HmacSha256 => "acs3-hmac-sha256",
            Self::HmacSha1 => "hmac-sha1",
        }
    }
}

impl fmt::Display for Mechanism {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Mechanism {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        named(text, Self::ALL, Self::name)
    }
}

/// A text that is used once: the gateway refuses a second request with the
/// same nonce.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nonce(String);

impl Nonce {
    /// Takes a nonce as it is, for tests and to verify a request.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// Returns 128 fresh random bits as hexadecimal digits.
    pub fn random() -> Result<Self, getrandom::Error> {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes)?;
        Ok(Self(hex(&bytes)))
    }

    /// Returns the nonce's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A request before it is signed.
#[derive(Clone)]
pub struct Unsigned {
    /// `POST` or `GET`.
    pub method: &'static str,
    /// The `Host` header as it will be sent: with the port, unless it is the
    /// scheme's own.
    pub host: String,
    /// The operation, such as `ListChatGroup`.
    pub action: String,
    /// The API version, such as `2020-06-06`.
    pub version: String,
    /// The operation's parameters that travel in the query.
    pub query: BTreeMap<String, String>,
    /// The parameters that travel in a form body; no body when empty.
    pub form: BTreeMap<String, String>,
    /// Further `x-acs-*` headers. [`acs3`] signs them; [`rpc`] sends them only.
    pub headers: BTreeMap<String, String>,
}

impl fmt::Debug for Unsigned {
    /// Shows no parameter: what only the server should know may be among them.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Unsigned")
            .field("host", &self.host)
            .field("action", &self.action)
            .field("version", &self.version)
            .finish_non_exhaustive()
    }
}

/// A request ready to send.
#[derive(Clone, Debug)]
pub struct Signed {
    /// The query, encoded: send it as it stands.
    pub query: Secret,
    /// The headers to send, besides those that HTTP itself asks for.
    pub headers: Vec<(String, Secret)>,
    /// The form body, encoded; empty when there is none. A token may be in it.
    pub body: Secret,
    /// The text that the signature was computed of. A gateway that refuses a
    /// signature shows the one it saw; if both are alike, the secret is wrong.
    pub string_to_sign: Secret,
}

impl Signed {
    /// Returns the signature, as it stands in the header or the query.
    pub fn signature(&self) -> Option<String> {
        let authorization = self
            .headers
            .iter()
            .find(|(name, _)| name == "authorization");
        if let Some((_, value)) = authorization {
            let (_, signature) = value.expose().rsplit_once("Signature=")?;
            return Some(signature.to_owned());
        }
        let pair = |(name, value): (_, std::borrow::Cow<str>)| {
            (name == "Signature").then(|| value.into_owned())
        };
        url::form_urlencoded::parse(self.query.expose().as_bytes()).find_map(pair)
    }
}

/// Signs `request` with `key`, as of the time `at`.
pub fn sign(
    mechanism: Mechanism,
    request: &Unsigned,
    key: &AccessKey,
    at: Timestamp,
    nonce: &Nonce,
) -> Signed {
    match mechanism {
        Mechanism::Acs3HmacSha256 => acs3::sign(request, key, at, nonce),
        Mechanism::HmacSha1 => rpc::sign(request, key, at, nonce),
    }
}

/// Returns a time as both mechanisms write it: UTC, whole seconds, `Z`.
pub fn timestamp(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Returns the authentication code of a text.
#[expect(clippy::expect_used, reason = "HMAC takes a key of any length")]
fn mac<M: Mac + KeyInit>(key: &Secret, text: &str) -> Vec<u8> {
    <M as KeyInit>::new_from_slice(key.expose().as_bytes())
        .expect("HMAC takes a key of any length")
        .chain_update(text)
        .finalize()
        .into_bytes()
        .to_vec()
}

/// Returns bytes as lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    use fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_timestamp_has_whole_seconds_and_two_digits_a_field() {
        let at: Timestamp = "2026-01-02T03:04:05.987654321Z".parse().unwrap();
        assert_eq!(timestamp(at), "2026-01-02T03:04:05Z");
    }

    #[test]
    fn two_nonces_differ() {
        let (one, other) = (Nonce::random().unwrap(), Nonce::random().unwrap());
        assert_ne!(one, other);
        assert_eq!(one.as_str().len(), 32);
    }
}
