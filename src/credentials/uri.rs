//! The credentials URI: a service beside us that hands out keys.

use std::time::Duration;

use url::Url;

use super::error::{Broken, CredentialsError};
use super::keys::Keys;
use super::recipe::Issued;
use super::{Means, Source};
use crate::secret::Secret;
use crate::transport::{Call, Endpoint, TransportError};

/// How long the request may take.
const TIMEOUT: Duration = Duration::from_secs(10);

/// Reads the URI, which may hold a secret.
pub(super) fn parse(key: &'static str, uri: &Secret) -> Result<Url, Broken> {
    let invalid = |reason: &str| Broken::Invalid {
        key,
        reason: reason.to_owned(),
    };
    let url = Url::parse(uri.expose()).map_err(|_| invalid("not a URL"))?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(invalid("a user name or password in it would not be sent"));
    }
    match Endpoint::of_url(&url) {
        Ok(_) => Ok(url),
        Err(_) => Err(invalid("an http:// or https:// URL is needed")),
    }
}

/// Asks for keys.
pub(super) async fn ask(
    uri: &Url,
    from: &Source,
    means: &Means<'_>,
) -> Result<Issued, CredentialsError> {
    let endpoint = Endpoint::of_url(uri).map_err(|error| {
        let (key, reason) = ("credentials URI", error.to_string());
        Broken::Invalid { key, reason }.from(from)
    })?;
    // Path and query are not shown.
    let service = format!("the service at {}", endpoint.authority());
    let transport = |error: TransportError| {
        let what = service.clone();
        Broken::Transport { what, error }.from(from)
    };
    let not_keys = |fault: String| {
        let service = service.clone();
        Broken::NotKeys { service, fault }.from(from)
    };
    // Keys in plain HTTP are not shown to a proxy, too.
    let by_proxy = !endpoint.is_plain_http();
    let http = means
        .http(&endpoint, TIMEOUT, by_proxy)
        .map_err(&transport)?;
    let reply = http.send(Call {
        method: "GET",
        path: uri.path(),
        query: uri.query(),
        headers: &[],
        body: "",
    });
    let reply = reply.await.map_err(transport)?;
    if !(200..300).contains(&reply.status) {
        return Err(not_keys(format!("HTTP {}", reply.status)));
    }
    let keys = Keys::read(&reply, Keys::if_success);
    keys.and_then(|keys| keys.issued(false, reply.hints.date, &service, means))
        .map_err(|fault| fault.of(&service).from(from))
}
