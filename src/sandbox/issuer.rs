//! Everyone who hands out temporary keys: the Security Token Service, the
//! metadata service of an ECS instance, a credentials URI, and the exchanges
//! behind `CloudSSO` and `OAuth` logins.
//!
//! Keys that are issued here are known to the [`super::gateway`], which then
//! demands their token and refuses them once they have expired. A role whose
//! name begins with `missing` does not exist, one that begins with `forbidden`
//! may not be assumed, and one that begins with `external` wants to hear
//! [`EXTERNAL_ID`].

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::gateway::{Admitted, Gateway, Refused};
use super::server::{Answer, Received, pairs};
use crate::secret::{AccessKey, Secret};
use crate::signing::timestamp;

/// The version of the Security Token Service's API.
const STS_VERSION: &str = "2015-04-01";

/// What roles whose name begins with `external` want to hear.
const EXTERNAL_ID: &str = "test-external-id";

/// The role that the sandbox's instance has.
const INSTANCE_ROLE: &str = "test-ecs-role";

const METADATA_TOKEN: &str = "testMetadataToken";
const ROLES: &str = "/latest/meta-data/ram/security-credentials/";

/// How long keys hold where nobody asks for a time.
const LIFETIME: Duration = Duration::from_hours(1);

/// A key, and when it expires.
#[derive(Clone, Debug)]
pub(super) struct Issued {
    pub(super) key: AccessKey,
    pub(super) expires: Timestamp,
}

impl Issued {
    /// Makes the `n`th key, of random parts that nobody could guess.
    pub(super) fn new(n: u64, random: &str, expires: Timestamp) -> Self {
        let key = AccessKey {
            id: format!("STS.testIssuedKeyId-{n}"),
            secret: Secret::new(format!("testIssuedSecret-{random}")),
            token: Some(Secret::new(format!("testIssuedToken-{random}"))),
        };
        Self { key, expires }
    }

    fn json(&self) -> Value {
        json!({
            "AccessKeyId": self.key.id,
            "AccessKeySecret": self.key.secret.expose(),
            "SecurityToken": self.key.token.as_ref().map(Secret::expose),
            "Expiration": timestamp(self.expires),
        })
    }
}

/// Returns whether a request is for an operation of the Security Token Service.
pub(super) fn is_sts(request: &Received) -> bool {
    request
        .query
        .get("Action")
        .is_some_and(|action| action.starts_with("AssumeRole"))
}

/// Returns whether a request is signed with a temporary key.
pub(super) fn has_token(request: &Received) -> bool {
    request.headers.contains_key("x-acs-security-token")
        || request.query.contains_key("SecurityToken")
}

/// Answers `AssumeRole`, once the gateway has admitted who asks.
pub(super) fn assume_role(
    admitted: &Admitted,
    gateway: &mut Gateway,
    now: Timestamp,
    request_id: &str,
) -> Result<Answer, Refused> {
    if admitted.version != STS_VERSION {
        return no(
            400,
            "InvalidVersion",
            "Specified parameter Version is not valid.",
        );
    }
    let lifetime = check_role(&admitted.parameters)?;
    let issued = gateway.issue(now, lifetime);
    Ok(answer(&issued, &admitted.parameters, request_id))
}

/// Answers `AssumeRoleWithOIDC`, which nobody signs: the token speaks.
pub(super) fn assume_role_with_oidc(
    request: &Received,
    gateway: &mut Gateway,
    now: Timestamp,
    request_id: &str,
) -> Result<Answer, Refused> {
    let mut parameters = pairs(&request.body);
    if request.query.contains_key("OIDCToken") {
        return no(400, "InvalidParameter", "A token does not belong in a URL.");
    }
    let version = request.query.get("Version").map(String::as_str);
    if version != Some(STS_VERSION) || !request.query.contains_key("Timestamp") {
        return no(
            400,
            "MissingParameter",
            "Version and Timestamp are mandatory.",
        );
    }
    let token = parameters.remove("OIDCToken").unwrap_or_default();
    if token.is_empty() || token.contains(char::is_whitespace) {
        return no(
            400,
            "AuthenticationFail.OIDCToken.Invalid",
            "The OIDC token is invalid.",
        );
    }
    if token.contains("expired") {
        return no(
            400,
            "AuthenticationFail.OIDCToken.Expired",
            "This OIDC token has expired.",
        );
    }
    let provider = parameters.get("OIDCProviderArn");
    if !provider.is_some_and(|it| it.contains(":oidc-provider/")) {
        return no(
            400,
            "InvalidParameter.OIDCProviderArn",
            "The provider is not valid.",
        );
    }
    let lifetime = check_role(&parameters)?;
    let issued = gateway.issue(now, lifetime);
    Ok(answer(&issued, &parameters, request_id))
}

fn answer(issued: &Issued, parameters: &BTreeMap<String, String>, request_id: &str) -> Answer {
    let parameter = |name: &str| parameters.get(name).map_or("", String::as_str);
    let session = parameter("RoleSessionName");
    let body = json!({
        "RequestId": request_id,
        "AssumedRoleUser": {
            "AssumedRoleId": format!("300000000000000000:{session}"),
            "Arn": format!("{}/{session}", parameter("RoleArn")),
        },
        "Credentials": issued.json(),
    });
    Answer::json(200, body.to_string())
}

/// Checks a role's parameters; returns how long its keys shall hold.
fn check_role(parameters: &BTreeMap<String, String>) -> Result<Duration, Refused> {
    let parameter = |name: &str| parameters.get(name).map_or("", String::as_str);
    let Some((_, role)) = parameter("RoleArn").rsplit_once(":role/") else {
        return no(400, "InvalidParameter.RoleArn", "The RoleArn is not valid.");
    };
    let session = parameter("RoleSessionName");
    let is_of_name = |c: char| c.is_ascii_alphanumeric() || ".@-_".contains(c);
    if !(2..=64).contains(&session.len()) || !session.chars().all(is_of_name) {
        return no(
            400,
            "InvalidParameter.RoleSessionName",
            "The RoleSessionName is not valid.",
        );
    }
    let seconds = parameter("DurationSeconds").parse().unwrap_or(0);
    if !(900..=43_200).contains(&seconds) {
        return no(
            400,
            "InvalidParameter.DurationSeconds",
            "The Min/Max value of DurationSeconds is 15min/12hr.",
        );
    }
    let policy = parameter("Policy");
    if !policy.is_empty() && serde_json::from_str::<Value>(policy).is_err() {
        return no(
            400,
            "InvalidParameter.Policy",
            "The Policy is not well formed.",
        );
    }
    if role.starts_with("missing") {
        return no(
            404,
            "EntityNotExist.Role",
            "The specified Role not exists .",
        );
    }
    let stranger = role.starts_with("external") && parameter("ExternalId") != EXTERNAL_ID;
    if role.starts_with("forbidden") || stranger {
        return no(
            403,
            "NoPermission",
            "You are not authorized to do this action. You should be authorized by RAM.",
        );
    }
    Ok(Duration::from_secs(seconds))
}

/// Answers a request that is for no gateway; `None` where nobody lives.
pub(super) fn beside(
    request: &Received,
    gateway: &mut Gateway,
    now: Timestamp,
    request_id: &str,
) -> Option<Answer> {
    let header = |name: &str| request.headers.get(name).map(String::as_str);
    let bearer = |token: &str| header("authorization") == Some(&format!("Bearer {token}"));
    let text = |body: &str| Answer {
        content_type: "text/plain",
        ..Answer::json(200, body.to_owned())
    };
    let ok = |value: &Value| Answer::json(200, value.to_string());
    let not_found = || Answer {
        content_type: "text/html",
        ..Answer::json(404, "<html><body>404 - Not Found</body></html>".to_owned())
    };
    Some(match (request.method.as_str(), request.path.as_str()) {
        ("PUT", "/latest/api/token") => match header("x-aliyun-ecs-metadata-token-ttl-seconds") {
            Some(_) => text(METADATA_TOKEN),
            None => Answer::json(400, String::new()),
        },
        ("GET", path) if path.starts_with(ROLES) => match header("x-aliyun-ecs-metadata-token") {
            Some(token) if token != METADATA_TOKEN => Answer::json(401, String::new()),
            _ if path == ROLES => text(INSTANCE_ROLE),
            _ if path == format!("{ROLES}{INSTANCE_ROLE}") => {
                let mut keys = gateway.issue(now, LIFETIME).json();
                keys["Code"] = json!("Success");
                keys["LastUpdated"] = json!(timestamp(now));
                ok(&keys)
            }
            _ => not_found(),
        },
        ("GET", "/credentials-uri") => {
            let mut keys = gateway.issue(now, LIFETIME).json();
            keys["Code"] = json!("Success");
            ok(&keys)
        }
        ("POST", "/cloud-credentials") if bearer("test-sso-access-token") => {
            let asked: Value = serde_json::from_slice(&request.body).unwrap_or_default();
            if asked["AccountId"].is_string() && asked["AccessConfigurationId"].is_string() {
                let keys = gateway.issue(now, LIFETIME).json();
                ok(&json!({ "CloudCredential": keys, "RequestId": request_id }))
            } else {
                let no = json!({ "ErrorCode": "InvalidParameter", "RequestId": request_id });
                Answer::json(400, no.to_string())
            }
        }
        ("POST", "/cloud-credentials") => {
            let no = json!({
                "ErrorCode": "UserNotAuthenticated",
                "ErrorMessage": "The access token is invalid or expired.",
                "RequestId": request_id,
            });
            Answer::json(401, no.to_string())
        }
        ("POST", "/v1/exchange") if bearer("test-oauth-access-token") => {
            let issued = gateway.issue(now, LIFETIME);
            ok(&json!({
                "requestId": request_id,
                "accessKeyId": issued.key.id,
                "accessKeySecret": issued.key.secret.expose(),
                "securityToken": issued.key.token.as_ref().map(Secret::expose),
                "expiration": timestamp(issued.expires),
            }))
        }
        ("POST", "/v1/exchange") => {
            let no = json!({
                "error": "expired_token",
                "error_description": "The access token is expired.",
                "requestId": request_id,
            });
            Answer::json(401, no.to_string())
        }
        _ => return None,
    })
}

fn no<T>(status: u16, code: &str, message: &str) -> Result<T, Refused> {
    Err(Refused {
        status,
        code: code.to_owned(),
        message: message.to_owned(),
    })
}
