//! The Security Token Service, version 2015-04-01: `AssumeRole` and
//! `AssumeRoleWithOIDC`.
//!
//! Both are POSTs with their parameters in a form: a token in a URL would end
//! up in logs. The first is signed by the older mechanism, as the service still
//! wants it; the second is not signed at all, the token speaks for itself.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::SignedDuration;
use serde::Deserialize;

use super::error::{Broken, CredentialsError};
use super::keys::Keys;
use super::recipe::{Issued, Role};
use super::{Means, Source};
use crate::api::retry::{self, Verdict};
use crate::api::{self, ApiError, explain, refused};
use crate::config::env_vars;
use crate::secret::{AccessKey, Secret};
use crate::signing::{Mechanism, Nonce, Signed, Unsigned, acs3, percent, sign, timestamp};
use crate::transport::{Endpoint, Http, Region, Reply};
use crate::world::Env;

const VERSION: &str = "2015-04-01";

/// How long one request may take.
const TIMEOUT: Duration = Duration::from_secs(15);

/// Where the service is, as files say it.
#[derive(Debug, Default)]
pub(super) struct Place<'a> {
    /// The host itself.
    pub(super) endpoint: Option<&'a str>,
    /// Its region.
    pub(super) region: Option<&'a str>,
    /// Whether to ask inside the VPC.
    pub(super) vpc: bool,
}

impl Place<'_> {
    /// Decides: a sandbox, else the host that is named, else the region's, else
    /// the one that serves all; with no region, that one even inside a VPC.
    pub(super) fn endpoint(&self, env: &Env) -> Result<Endpoint, Broken> {
        if let Some(sandbox) = stand_in(env)? {
            return Ok(sandbox);
        }
        let variable = || env.text(env_vars::STS_ENDPOINT);
        if let Some(host) = self.endpoint.map(str::to_owned).or_else(variable) {
            return host.parse().map_err(|error| Broken::Invalid {
                key: "sts_endpoint",
                reason: format!("{error}"),
            });
        }
        let bad_region = |reason| Broken::Invalid {
            key: "sts_region",
            reason,
        };
        let variable = || env.text(env_vars::STS_REGION);
        let region = self.region.map(str::to_owned).or_else(variable);
        let host = match region {
            None => "sts.aliyuncs.com".to_owned(),
            Some(region) => {
                let region: Region = region.parse().map_err(bad_region)?;
                let vpc = self.vpc || env.is_true(env_vars::VPC_ENDPOINT_ENABLED);
                let prefix = if vpc { "sts-vpc" } else { "sts" };
                format!("{prefix}.{region}.aliyuncs.com")
            }
        };
        host.parse().map_err(|error| bad_region(format!("{error}")))
    }
}

/// Returns the sandbox that stands in for every service that hands out keys.
pub(super) fn stand_in(env: &Env) -> Result<Option<Endpoint>, Broken> {
    let key = env_vars::CREDENTIALS_ENDPOINT;
    let Some(text) = env.text(key) else {
        return Ok(None);
    };
    let invalid = |reason: String| Broken::Invalid { key, reason };
    let endpoint: Endpoint = text.parse().map_err(|error| invalid(format!("{error}")))?;
    if !endpoint.is_loopback() {
        // It is for a sandbox: whoever could point it elsewhere would be
        // handed tokens.
        return Err(invalid("must be a loopback address".to_owned()));
    }
    Ok(Some(endpoint))
}

/// A role as files and variables want it.
pub(super) struct Wanted<'a> {
    /// What the ARN's key is called there.
    pub(super) arn_key: &'static str,
    pub(super) arn: Option<String>,
    pub(super) session_name: Option<String>,
    /// The duration and what its key is called there.
    pub(super) duration: (&'static str, Duration),
    pub(super) policy: Option<String>,
    pub(super) external_id: Option<Secret>,
    pub(super) sts: Endpoint,
    pub(super) env: &'a Env,
}

/// Checks what can be checked before the service is asked.
pub(super) fn role(wanted: Wanted<'_>) -> Result<Role, Broken> {
    let key = wanted.arn_key;
    let arn = wanted.arn.ok_or(Broken::Missing { key })?;
    if !arn.starts_with("acs:ram::") || !arn.contains(":role/") {
        return Err(Broken::Invalid {
            key,
            reason: "a role is named acs:ram::<account id>:role/<name>".to_owned(),
        });
    }
    let (key, duration) = wanted.duration;
    if !(Role::SHORTEST..=Role::LONGEST).contains(&duration) {
        return Err(Broken::Invalid {
            key,
            reason: "keys of a role hold from 15 minutes (900 s) to 12 hours".to_owned(),
        });
    }
    let env = wanted.env;
    Ok(Role {
        arn,
        session_name: wanted
            .session_name
            .or_else(|| env.text(env_vars::ROLE_SESSION_NAME))
            .unwrap_or_else(|| Role::SESSION_NAME.to_owned()),
        duration,
        policy: wanted.policy,
        external_id: wanted
            .external_id
            .or_else(|| env.text(env_vars::EXTERNAL_ID).map(Secret::new)),
        sts: wanted.sts,
    })
}

/// Assumes a role with a key.
pub(super) async fn assume_role(
    role: &Role,
    key: &AccessKey,
    from: &Source,
    means: &Means<'_>,
) -> Result<Issued, CredentialsError> {
    let mut form = form(role);
    if let Some(external_id) = &role.external_id {
        form.insert("ExternalId".to_owned(), external_id.expose().to_owned());
    }
    let mut request = unsigned(role, "AssumeRole");
    request.form = form;
    let mut hidden = key.secrets();
    hidden.extend(&role.external_id);
    let build = |at, nonce: &Nonce| sign(Mechanism::HmacSha1, &request, key, at, nonce);
    call(role, "AssumeRole", &build, &hidden, from, means).await
}

/// Assumes a role with an identity provider's token.
pub(super) async fn assume_role_with_oidc(
    role: &Role,
    provider_arn: &str,
    token: &Secret,
    from: &Source,
    means: &Means<'_>,
) -> Result<Issued, CredentialsError> {
    let mut form = form(role);
    form.insert("OIDCProviderArn".to_owned(), provider_arn.to_owned());
    form.insert("OIDCToken".to_owned(), token.expose().to_owned());
    let body = percent::form(&form);
    let build = |at, _: &Nonce| {
        let query = [
            ("Action", "AssumeRoleWithOIDC"),
            ("Version", VERSION),
            ("Format", "JSON"),
            ("Timestamp", &timestamp(at)),
        ];
        let query = query.map(|(name, value)| (name.to_owned(), value.to_owned()));
        Signed {
            query: Secret::new(percent::query(&query.into())),
            headers: vec![("content-type".to_owned(), Secret::new(acs3::FORM))],
            body: Secret::new(body.as_str()),
            string_to_sign: Secret::new(""),
        }
    };
    call(role, "AssumeRoleWithOIDC", &build, &[token], from, means).await
}

fn form(role: &Role) -> BTreeMap<String, String> {
    let seconds = role.duration.as_secs().to_string();
    let mut form = BTreeMap::from(
        [
            ("RoleArn", role.arn.as_str()),
            ("RoleSessionName", &role.session_name),
            ("DurationSeconds", &seconds),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned())),
    );
    if let Some(policy) = &role.policy {
        form.insert("Policy".to_owned(), policy.clone());
    }
    form
}

fn unsigned(role: &Role, action: &str) -> Unsigned {
    Unsigned {
        method: "POST",
        host: role.sts.authority(),
        action: action.to_owned(),
        version: VERSION.to_owned(),
        query: BTreeMap::new(),
        form: BTreeMap::new(),
        headers: BTreeMap::new(),
    }
}

/// Calls the service, again as far as that makes sense.
async fn call(
    role: &Role,
    action: &str,
    build: &dyn Fn(jiff::Timestamp, &Nonce) -> Signed,
    hidden: &[&Secret],
    from: &Source,
    means: &Means<'_>,
) -> Result<Issued, CredentialsError> {
    let service = format!("{action} of {} at {}", role.arn, role.sts.authority());
    let failed = |error: ApiError| {
        let (what, error) = (service.clone(), Box::new(error));
        Broken::Service { what, error }.from(from)
    };
    let clock = &means.world.clock;
    let http = means.http(&role.sts, TIMEOUT, true);
    let http = http.map_err(|error| failed(error.into()))?;
    let mut attempt = 0;
    let mut skew = SignedDuration::ZERO;
    loop {
        let started = clock.elapsed();
        let now = clock.now();
        let at = now.checked_add(skew).unwrap_or(now);
        let nonce = Nonce::random().map_err(|error| failed(ApiError::Nonce(error)))?;
        let signed = build(at, &nonce);
        let (error, hints) = match ask(&http, &signed).await {
            Ok(Ok(reply)) => {
                let took = clock.elapsed().saturating_sub(started).as_millis();
                means.trace(format!("{service}: keys in {took} ms"));
                return issued(&reply, &service, from, means);
            }
            Ok(Err(reply)) => {
                let error = explain(refused(&reply), Mechanism::HmacSha1, hidden, &signed);
                (error, reply.hints)
            }
            Err(error) => (error, crate::transport::Hints::default()),
        };
        let verdict = retry::classify(&error);
        if verdict == Verdict::ClockSkew
            && skew.is_zero()
            && let Some(found) = hints.date.and_then(|date| api::skew(date, now))
        {
            skew = found;
            continue;
        }
        attempt += 1;
        let again = matches!(verdict, Verdict::Retry | Verdict::Throttled);
        if !again || attempt > means.retries {
            return Err(failed(error));
        }
        let wait = retry::wait(attempt, hints.retry_after, means.world.chance.share());
        let wait_ms = wait.as_millis();
        means.trace(format!("{service}: {error}; again in {wait_ms} ms"));
        clock.sleep(wait).await;
    }
}

/// Sends; the inner error is a reply that is a no.
async fn ask(http: &Http, signed: &Signed) -> Result<Result<Reply, Reply>, ApiError> {
    let reply = http.post(signed).await?;
    Ok(match reply.status {
        200..300 => Ok(reply),
        _ => Err(reply),
    })
}

fn issued(
    reply: &Reply,
    service: &str,
    from: &Source,
    means: &Means<'_>,
) -> Result<Issued, CredentialsError> {
    #[derive(Deserialize)]
    struct Answer {
        #[serde(rename = "Credentials")]
        credentials: Option<Keys>,
    }
    let keys = Keys::read(reply, |answer: Answer| answer.credentials);
    keys.and_then(|keys| keys.issued(true, reply.hints.date, service, means))
        .map_err(|fault| fault.of(service).from(from))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_endpoint_follows_the_vendors_rules() {
        let place = |endpoint, region, vpc| Place {
            endpoint,
            region,
            vpc,
        };
        let none = || Env::fixed([]);
        let region = || Env::fixed([(env_vars::STS_REGION, "cn-beijing")]);
        let vpc = || Env::fixed([(env_vars::VPC_ENDPOINT_ENABLED, "True")]);
        let host = || Env::fixed([(env_vars::STS_ENDPOINT, "sts.env.example")]);
        for (place, env, expected) in [
            (place(None, None, false), none(), "sts.aliyuncs.com"),
            // With no region there is no host inside the VPC.
            (place(None, None, true), none(), "sts.aliyuncs.com"),
            (place(None, None, false), vpc(), "sts.aliyuncs.com"),
            (
                place(None, Some("eu-central-1"), false),
                none(),
                "sts.eu-central-1.aliyuncs.com",
            ),
            (
                place(None, Some("eu-central-1"), true),
                none(),
                "sts-vpc.eu-central-1.aliyuncs.com",
            ),
            (
                place(None, Some("eu-central-1"), false),
                vpc(),
                "sts-vpc.eu-central-1.aliyuncs.com",
            ),
            (
                place(None, None, false),
                region(),
                "sts.cn-beijing.aliyuncs.com",
            ),
            (
                place(None, Some("eu-central-1"), false),
                region(),
                "sts.eu-central-1.aliyuncs.com",
            ),
            (
                place(Some("https://sts.own.example/"), Some("r"), true),
                host(),
                "sts.own.example",
            ),
            (
                place(None, Some("eu-central-1"), false),
                host(),
                "sts.env.example",
            ),
        ] {
            let endpoint = place.endpoint(&env).unwrap();
            assert_eq!(endpoint.to_string(), format!("https://{expected}"));
        }
        for (place, key) in [
            (
                place(Some("http://sts.example.com"), None, false),
                "sts_endpoint",
            ),
            (place(None, Some("a.example/"), false), "sts_region"),
        ] {
            let error = place.endpoint(&none()).unwrap_err().to_string();
            assert!(error.starts_with(&format!("`{key}`: ")), "{error}");
        }
    }

    #[test]
    fn a_role_is_checked_before_anyone_is_asked() {
        let role = |arn: &str, seconds, env: &Env| {
            role(Wanted {
                arn_key: "role_arn",
                arn: Some(arn.to_owned()),
                session_name: None,
                duration: ("duration", Duration::from_secs(seconds)),
                policy: None,
                external_id: None,
                sts: "sts.aliyuncs.com".parse().unwrap(),
                env,
            })
        };
        let none = Env::fixed([]);
        assert_eq!(
            role("acs:ram::1:role/r", 900, &none).unwrap().session_name,
            "cams-groups"
        );
        let env = Env::fixed([
            (env_vars::ROLE_SESSION_NAME, "nightly"),
            (env_vars::EXTERNAL_ID, "x"),
        ]);
        let filled = role("acs:ram::1:role/r", 43_200, &env).unwrap();
        assert_eq!(filled.session_name, "nightly");
        assert_eq!(filled.external_id.unwrap().expose(), "x");
        for (arn, seconds) in [
            ("acs:ram::1:role/r", 899),
            ("acs:ram::1:role/r", 43_201),
            ("acs:ram::1:user/u", 900),
            ("r", 900),
        ] {
            assert!(role(arn, seconds, &none).is_err(), "{arn} {seconds}");
        }
    }
}
