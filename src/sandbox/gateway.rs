//! Who asks, and may they: the checks of the vendor's RPC gateway, with its
//! codes, statuses and texts.
//!
//! Signatures are computed anew from what was received, by the same functions
//! that sign; that these are right is proven elsewhere, by the official SDK's
//! vectors. What is proven here is that what was signed is what was sent.

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::issuer::Issued;
use super::named_key;
use super::server::{Received, pairs};
use crate::secret::AccessKey;
use crate::signing::{Nonce, acs3, percent, rpc};

/// How far a request's time may be from ours.
const WINDOW: SignedDuration = SignedDuration::from_mins(15);

/// The gateway's no.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Refused {
    /// The HTTP status.
    pub(super) status: u16,
    /// `Code`.
    pub(super) code: String,
    /// `Message`.
    pub(super) message: String,
}

impl Refused {
    /// Too many calls.
    pub(super) fn throttled(status: u16, code: &str) -> Self {
        Self {
            status,
            code: code.to_owned(),
            message: "Request was denied due to user flow control.".to_owned(),
        }
    }

    /// A temporary key that is over.
    pub(super) fn expired_token() -> Self {
        Self {
            status: 400,
            code: "InvalidSecurityToken.Expired".to_owned(),
            message: "Specified SecurityToken is expired.".to_owned(),
        }
    }
}

fn refused<T>(status: u16, code: &str, message: impl Into<String>) -> Result<T, Refused> {
    Err(Refused {
        status,
        code: code.to_owned(),
        message: message.into(),
    })
}

/// A request whose sender is known.
#[derive(Debug)]
pub(super) struct Admitted {
    /// The operation.
    pub(super) action: String,
    /// The API version.
    pub(super) version: String,
    /// The operation's parameters.
    pub(super) parameters: BTreeMap<String, String>,
}

/// The checks, and the nonces they have seen.
#[derive(Debug)]
pub(super) struct Gateway {
    /// Keys that were issued, by their ids.
    issued: HashMap<String, Issued>,
    /// How long they hold, whatever was asked for.
    lifetime: Option<Duration>,
    nonces: HashMap<String, Timestamp>,
}

/// What either mechanism carries.
struct Claim<'a> {
    key_id: &'a str,
    token: Option<&'a str>,
    time: &'a str,
    nonce: &'a str,
}

impl Gateway {
    pub(super) fn new(lifetime: Option<Duration>) -> Self {
        Self {
            issued: HashMap::new(),
            lifetime,
            nonces: HashMap::new(),
        }
    }

    /// Issues a temporary key, and knows it from now on.
    pub(super) fn issue(&mut self, now: Timestamp, lifetime: Duration) -> Issued {
        let lifetime = self.lifetime.unwrap_or(lifetime);
        let n = self.issued.len() as u64 + 1;
        let random = Nonce::random().map_or_else(|_| n.to_string(), |it| it.as_str().to_owned());
        let expires = now.checked_add(lifetime).unwrap_or(now);
        let issued = Issued::new(n, &random, expires);
        self.issued.insert(issued.key.id.clone(), issued.clone());
        issued
    }

    /// Returns the key of this id, if there is one, and when it expires.
    fn key(&self, id: &str) -> Option<(AccessKey, Option<Timestamp>)> {
        if let Some(issued) = self.issued.get(id) {
            return Some((issued.key.clone(), Some(issued.expires)));
        }
        named_key(id).map(|key| (key, None))
    }

    /// Admits a request, or says why not.
    pub(super) fn admit(
        &mut self,
        request: &Received,
        now: Timestamp,
    ) -> Result<Admitted, Refused> {
        if !matches!(request.method.as_str(), "POST" | "GET") {
            return refused(
                403,
                "UnsupportedHTTPMethod",
                "This http method is not supported.",
            );
        }
        if request.path != "/" {
            return refused(
                404,
                "InvalidApi.NotFound",
                "Specified api is not found, please check your url and method.",
            );
        }
        if request.headers.contains_key("authorization") {
            self.admit_acs3(request, now)
        } else if request.query.contains_key("Signature") {
            self.admit_rpc(request, now)
        } else {
            refused(
                400,
                "MissingAccessKeyId",
                "AccessKeyId is mandatory for this action.",
            )
        }
    }

    fn admit_acs3(&mut self, request: &Received, now: Timestamp) -> Result<Admitted, Refused> {
        let headers = &request.headers;
        let required = |name: &str| match headers.get(name) {
            Some(value) => Ok(value.as_str()),
            None => refused(
                400,
                "MissingParameter",
                format!("The header {name} is mandatory for this action."),
            ),
        };
        let authorization = required("authorization")?;
        let Some([key_id, signed_headers, signature]) = acs3_parts(authorization) else {
            return refused(
                400,
                "IncompleteSignature",
                "The request signature does not conform to platform standards.",
            );
        };
        let signed: Vec<&str> = signed_headers.split(';').collect();
        let must_be_signed =
            |name: &str| name == "host" || name == "content-type" || name.starts_with("x-acs-");
        if let Some(unsigned) = headers
            .keys()
            .find(|name| must_be_signed(name) && !signed.contains(&name.as_str()))
        {
            return refused(
                400,
                "IncompleteSignature",
                format!("The header {unsigned} is not signed."),
            );
        }
        let claim = Claim {
            key_id,
            token: headers.get("x-acs-security-token").map(String::as_str),
            time: required("x-acs-date")?,
            nonce: required("x-acs-signature-nonce")?,
        };
        let hashed_payload = required("x-acs-content-sha256")?;
        let (action, version) = (required("x-acs-action")?, required("x-acs-version")?);

        let key = self.check(&claim, now)?;
        let mut canonical_headers = BTreeMap::new();
        for name in signed {
            canonical_headers.insert(name.to_owned(), required(name)?.to_owned());
        }
        let canonical = acs3::canonical_request(
            &request.method,
            &request.path,
            &percent::query(&request.query),
            &canonical_headers,
            &acs3::sha256_hex(&request.body),
        );
        let string_to_sign = acs3::string_to_sign(&canonical);
        if acs3::signature(&key.secret, &string_to_sign) != signature
            || hashed_payload != acs3::sha256_hex(&request.body)
        {
            return refused(
                400,
                "SignatureDoesNotMatch",
                format!(
                    "Specified signature does not match our calculation. server StringToSign is \
                     [{string_to_sign}] server CanonicalRequest is [{canonical}]"
                ),
            );
        }
        self.use_up(claim.nonce, now)?;
        Ok(Admitted {
            action: action.to_owned(),
            version: version.to_owned(),
            parameters: with_form(request),
        })
    }

    fn admit_rpc(&mut self, request: &Received, now: Timestamp) -> Result<Admitted, Refused> {
        let mut parameters = with_form(request);
        let signature = parameters.remove("Signature").unwrap_or_default();
        let required = |name: &str| match parameters.get(name).filter(|it| !it.is_empty()) {
            Some(value) => Ok(value.as_str()),
            None => refused(
                400,
                &format!("Missing{name}"),
                format!("{name} is mandatory for this action."),
            ),
        };
        if required("SignatureMethod")? != rpc::ALGORITHM || required("SignatureVersion")? != "1.0"
        {
            return refused(
                400,
                "InvalidSignatureMethod",
                "Specified signature method is not valid.",
            );
        }
        let claim = Claim {
            key_id: required("AccessKeyId")?,
            token: parameters.get("SecurityToken").map(String::as_str),
            time: required("Timestamp")?,
            nonce: required("SignatureNonce")?,
        };
        let key = self.check(&claim, now)?;
        let string_to_sign = rpc::string_to_sign(&request.method, &percent::query(&parameters));
        if rpc::signature(&key.secret, &string_to_sign) != signature {
            return refused(
                400,
                "SignatureDoesNotMatch",
                format!(
                    "Specified signature is not matched with our calculation. \
                     server string to sign is:{string_to_sign}"
                ),
            );
        }
        let (action, version) = (
            required("Action")?.to_owned(),
            required("Version")?.to_owned(),
        );
        self.use_up(claim.nonce, now)?;
        Ok(Admitted {
            action,
            version,
            parameters,
        })
    }

    /// Checks time, key and token; returns the key.
    fn check(&self, claim: &Claim, now: Timestamp) -> Result<AccessKey, Refused> {
        let whole_seconds = claim.time.len() == "2026-01-02T03:04:05Z".len();
        let Some(time) = claim
            .time
            .parse::<Timestamp>()
            .ok()
            .filter(|_| whole_seconds)
        else {
            return refused(
                400,
                "InvalidTimeStamp.Format",
                "Specified time stamp or date value is not well formatted.",
            );
        };
        if now.duration_since(time).abs() > WINDOW {
            return refused(
                400,
                "InvalidTimeStamp.Expired",
                "Specified time stamp or date value is expired.",
            );
        }
        let Some((key, expires)) = self.key(claim.key_id) else {
            return refused(
                404,
                "InvalidAccessKeyId.NotFound",
                "Specified access key is not found.",
            );
        };
        match (&key.token, claim.token) {
            (None, None) => {}
            (Some(_), None) => {
                return refused(
                    400,
                    "MissingSecurityToken",
                    "SecurityToken is mandatory for this action.",
                );
            }
            (Some(token), Some(claimed)) if token.expose() == claimed => {
                if expires.is_some_and(|at| at <= now) {
                    return Err(Refused::expired_token());
                }
            }
            (None, Some(_)) => {
                return refused(
                    400,
                    "InvalidSecurityToken.MismatchWithAccessKey",
                    "Specified SecurityToken mismatch with the AccessKey.",
                );
            }
            (Some(_), Some(_)) => {
                return refused(
                    400,
                    "InvalidSecurityToken.Malformed",
                    "Specified SecurityToken is malformed.",
                );
            }
        }
        Ok(key)
    }

    fn use_up(&mut self, nonce: &str, now: Timestamp) -> Result<(), Refused> {
        if self.nonces.len().is_multiple_of(1024) {
            self.nonces
                .retain(|_, seen| now.duration_since(*seen) <= WINDOW * 2);
        }
        if self.nonces.insert(nonce.to_owned(), now).is_some() {
            return refused(
                400,
                "SignatureNonceUsed",
                "Specified signature nonce was used already.",
            );
        }
        Ok(())
    }
}

/// Takes `Authorization` apart into key id, signed headers and signature.
fn acs3_parts(authorization: &str) -> Option<[&str; 3]> {
    let rest = authorization.strip_prefix(acs3::ALGORITHM)?.trim_start();
    let mut parts = rest.split(',');
    let mut part = |name: &str| parts.next()?.strip_prefix(name)?.strip_prefix('=');
    Some([
        part("Credential")?,
        part("SignedHeaders")?,
        part("Signature")?,
    ])
}

/// Returns the parameters of query and form body together.
fn with_form(request: &Received) -> BTreeMap<String, String> {
    let mut parameters = request.query.clone();
    let is_form = request
        .headers
        .get("content-type")
        .is_some_and(|it| it.starts_with(acs3::FORM));
    if is_form {
        parameters.extend(pairs(&request.body));
    }
    parameters
}
