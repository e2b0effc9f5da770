//! Logins that the aliyun CLI made: `CloudSSO` and `OAuth`.
//!
//! Their stored keys are used while they last, then the access token is
//! exchanged while that lasts. A refresh token is never spent: it rotates, and
//! whoever spends it without storing the next one ends the user's login.

use std::time::Duration;

use serde::Deserialize;

use super::error::{Broken, CredentialsError};
use super::keys::Keys;
use super::recipe::{Exchange, Issued, Login};
use super::{MARGIN, Means, Source};
use crate::api::{ApiError, Refusal};
use crate::secret::Secret;
use crate::transport::{Call, Reply, TransportError};

/// How long the exchange may take.
const TIMEOUT: Duration = Duration::from_secs(15);

/// Returns keys, from the login itself if `fresh` does not forbid it.
pub(super) async fn keys(
    login: &Login,
    fresh: bool,
    from: &Source,
    means: &Means<'_>,
) -> Result<Issued, CredentialsError> {
    let now = means.world.clock.now();
    let lasts = |margin: Duration| {
        let cached = login.cached.as_ref().filter(|_| !fresh);
        cached.filter(|it| it.expires.is_some_and(|at| at > now + margin))
    };
    if let Some(cached) = lasts(MARGIN) {
        return Ok(cached.clone());
    }
    let has_token = !login.access_token.expose().is_empty() && login.until > now;
    if has_token {
        return exchange(login, from, means).await;
    }
    match lasts(Duration::ZERO) {
        Some(cached) => Ok(cached.clone()),
        None => Err(Broken::LoginExpired {
            mode: login.exchange.mode(),
            profile: login.profile.clone(),
        }
        .from(from)),
    }
}

async fn exchange(
    login: &Login,
    from: &Source,
    means: &Means<'_>,
) -> Result<Issued, CredentialsError> {
    #[derive(Deserialize)]
    struct Wrapped {
        #[serde(rename = "CloudCredential")]
        keys: Option<Keys>,
    }
    let endpoint = login.exchange.endpoint();
    let service = format!(
        "the {} exchange at {}",
        login.exchange.mode(),
        endpoint.authority()
    );
    let transport = |error: TransportError| {
        let what = service.clone();
        Broken::Transport { what, error }.from(from)
    };
    let (path, body) = match &login.exchange {
        Exchange::CloudSso {
            account_id,
            access_configuration,
            ..
        } => {
            let body = serde_json::json!({
                "AccountId": account_id,
                "AccessConfigurationId": access_configuration,
            });
            ("/cloud-credentials", body.to_string())
        }
        Exchange::OAuth { .. } => ("/v1/exchange", String::new()),
    };
    let bearer = Secret::new(format!("Bearer {}", login.access_token.expose()));
    let headers = [
        ("authorization".to_owned(), bearer),
        ("content-type".to_owned(), Secret::new("application/json")),
    ];
    let http = means.http(endpoint, TIMEOUT, true).map_err(&transport)?;
    let reply = http.send(Call {
        method: "POST",
        path,
        query: None,
        headers: &headers,
        body: &body,
    });
    let reply = reply.await.map_err(transport)?;
    if !(200..300).contains(&reply.status) {
        return Err(Broken::LoginRefused {
            mode: login.exchange.mode(),
            profile: login.profile.clone(),
            error: Box::new(refusal(&reply)),
        }
        .from(from));
    }
    let keys = match &login.exchange {
        Exchange::CloudSso { .. } => Keys::read(&reply, |wrapped: Wrapped| wrapped.keys),
        Exchange::OAuth { .. } => Keys::read(&reply, Some),
    };
    keys.and_then(|keys| keys.issued(true, reply.hints.date, &service, means))
        .map_err(|fault| fault.of(&service).from(from))
}

/// Reads a refusal. Of its texts only the code is kept: what else such a
/// server says may quote the token.
fn refusal(reply: &Reply) -> ApiError {
    #[derive(Default, Deserialize)]
    #[serde(default)]
    struct No {
        #[serde(rename = "ErrorCode", alias = "error")]
        code: Option<String>,
        #[serde(rename = "RequestId", alias = "requestId")]
        request_id: Option<String>,
    }
    let no: No = serde_json::from_slice(&reply.body).unwrap_or_default();
    let is_code = |code: &String| {
        let is_of_it = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
        code.len() <= 64 && code.chars().all(is_of_it)
    };
    ApiError::Refused(Box::new(Refusal {
        status: reply.status,
        code: no
            .code
            .filter(is_code)
            .unwrap_or_else(|| Refusal::NO_CODE.to_owned()),
        request_id: no.request_id.filter(is_code),
        ..Refusal::default()
    }))
}
