//! The metadata service of an ECS instance, which hands out the keys of the
//! role that is attached to it.
//!
//! Off ECS nobody answers at its address, and nobody may be kept waiting for
//! that: the first request has less than a second. Whatever fails after an
//! answer to that is a fault, no absence: the next source would be another
//! identity. No proxy is ever asked, and no redirect followed: the address means
//! another machine everywhere else.

use std::time::Duration;

use super::error::{Broken, CredentialsError};
use super::keys::Keys;
use super::recipe::Issued;
use super::sts::stand_in;
use super::{Means, Source};
use crate::config::env_vars;
use crate::secret::Secret;
use crate::transport::{Call, Endpoint, Http, Reply, TransportError};
use crate::world::Env;

/// How long the first request may take, which shows whether anyone is there.
const FIRST: Duration = Duration::from_millis(450);

/// How long the second may take where the first was not answered.
const SECOND: Duration = Duration::from_millis(350);

/// How long each of the others may take.
const TIMEOUT: Duration = Duration::from_secs(2);

const TOKEN: &str = "/latest/api/token";
const ROLES: &str = "/latest/meta-data/ram/security-credentials/";

/// Says whether the user lets the service be asked.
pub(super) fn allowed(env: &Env) -> Result<(), Broken> {
    let variable = env_vars::ECS_METADATA_DISABLED;
    if env.is_true(variable) {
        return Err(Broken::Forbidden { variable });
    }
    Ok(())
}

/// Asks for keys; the inner error says that there is no such service here, or
/// that the instance has no role.
pub(super) async fn ask(
    name: Option<&str>,
    from: &Source,
    means: &Means<'_>,
) -> Result<Result<Issued, String>, CredentialsError> {
    let endpoint = match stand_in(means.env()).map_err(|it| it.from(from))? {
        Some(sandbox) => sandbox,
        None => Endpoint::metadata(),
    };
    if let Some(name) = name.filter(|it| !is_name(it)) {
        let (key, reason) = ("role name", format!("`{name}` names no RAM role"));
        return Err(Broken::Invalid { key, reason }.from(from));
    }
    let service = format!("the metadata service at {}", endpoint.authority());
    let http = means.http(&endpoint, TIMEOUT, false).map_err(|error| {
        let what = service.clone();
        Broken::Transport { what, error }.from(from)
    })?;
    match steps(&http, name, &service, from, means).await {
        Ok(issued) => Ok(Ok(issued)),
        Err(Stop::Absent(why)) => Ok(Err(why)),
        Err(Stop::Broken(error)) => Err(error),
    }
}

enum Stop {
    Absent(String),
    Broken(CredentialsError),
}

impl From<CredentialsError> for Stop {
    fn from(error: CredentialsError) -> Self {
        Self::Broken(error)
    }
}

async fn steps(
    http: &Http,
    name: Option<&str>,
    service: &str,
    from: &Source,
    means: &Means<'_>,
) -> Result<Issued, Stop> {
    let not_here =
        || Stop::Absent("no metadata service here: this machine is no ECS instance".to_owned());
    let broke_off = |error: TransportError| {
        let what = service.to_owned();
        Stop::Broken(Broken::Transport { what, error }.from(from))
    };
    let not_keys = |fault: &str| {
        let (service, fault) = (service.to_owned(), fault.to_owned());
        Stop::Broken(Broken::NotKeys { service, fault }.from(from))
    };
    let ttl = [(
        "x-aliyun-ecs-metadata-token-ttl-seconds".to_owned(),
        Secret::new("21600"),
    )];
    let hardened = means.env().is_true(env_vars::IMDSV1_DISABLED);
    let token = tokio::time::timeout(FIRST, send(http, "PUT", TOKEN, &ttl)).await;
    let headers = match token {
        // Nobody is there, or nobody that could be asked without a token.
        Ok(Err(TransportError::Connect { .. })) => return Err(not_here()),
        Err(_) | Ok(Err(_)) if hardened => return Err(not_here()),
        // In a container, the answer to this request alone may get lost.
        Err(_) | Ok(Err(_)) => {
            let first = send(http, "GET", ROLES, &[]);
            let first = tokio::time::timeout(SECOND, first).await;
            if !matches!(first, Ok(Ok(_))) {
                return Err(not_here());
            }
            Vec::new()
        }
        Ok(Ok(reply)) => match (reply.status, text(&reply)) {
            (200, Some(token)) => {
                let name = "x-aliyun-ecs-metadata-token".to_owned();
                vec![(name, Secret::new(token))]
            }
            (status, _) if hardened => {
                return Err(Stop::Absent(format!(
                    "{service} gives no token (HTTP {status}), and {} forbids to go without",
                    env_vars::IMDSV1_DISABLED
                )));
            }
            // Version 1 of the service knows no tokens.
            _ => Vec::new(),
        },
    };
    let name = if let Some(name) = name {
        name.to_owned()
    } else {
        let reply = send(http, "GET", ROLES, &headers)
            .await
            .map_err(broke_off)?;
        if reply.status == 404 {
            return Err(Stop::Absent("the ECS instance has no RAM role".to_owned()));
        }
        let name = text(&reply).filter(|_| reply.status == 200);
        name.ok_or_else(|| not_keys(&format!("no role's name (HTTP {})", reply.status)))?
    };
    if !is_name(&name) {
        return Err(not_keys("what it sent is no role's name"));
    }
    let path = format!("{ROLES}{name}");
    let reply = send(http, "GET", &path, &headers)
        .await
        .map_err(broke_off)?;
    if reply.status == 404 {
        return Err(Stop::Absent(format!(
            "the ECS instance has no RAM role {name}"
        )));
    }
    if reply.status != 200 {
        return Err(not_keys(&format!("HTTP {}", reply.status)));
    }
    let keys = Keys::read(&reply, Keys::if_success);
    let issued = keys.and_then(|keys| keys.issued(true, reply.hints.date, service, means));
    issued.map_err(|fault| Stop::Broken(fault.of(service).from(from)))
}

fn is_name(text: &str) -> bool {
    let is_of_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '@');
    (1..=64).contains(&text.len()) && text.chars().all(is_of_name)
}

async fn send(
    http: &Http,
    method: &'static str,
    path: &str,
    headers: &[(String, Secret)],
) -> Result<Reply, TransportError> {
    http.send(Call {
        method,
        path,
        query: None,
        headers,
        body: "",
    })
    .await
}

/// Returns a reply's one line, unless it is longer than one or empty.
fn text(reply: &Reply) -> Option<String> {
    let text = std::str::from_utf8(&reply.body).ok()?.trim();
    let is_one =
        !text.is_empty() && text.len() < 4096 && text.bytes().all(|it| it.is_ascii_graphic());
    is_one.then(|| text.to_owned())
}
