//! What every command that calls the API needs first: the way there, and a key.

use crate::config::settings::Rest;
use crate::config::{Chosen, Sourced, Timeout};
use crate::credentials::{self, Credentials, Means, Note};
use crate::failure::{Failure, Kind};
use crate::output::Talk;
use crate::transport::{Http, Options, proxy};
use crate::world::{Env, World};

/// Has the voice say what happens on the way to a key.
pub(super) fn teller(talk: &Talk) -> impl Fn(Note) + '_ {
    |note| match note {
        Note::Step(words) => talk.trace(1, words),
        Note::Warning(words) => talk.warn(words),
    }
}

/// Gathers what the sources of keys need.
pub(super) fn means<'a>(
    settings: &Rest,
    retries: u32,
    world: &'a World,
    tell: &'a dyn Fn(Note),
) -> Result<Means<'a>, Failure> {
    Ok(Means {
        world,
        extra_roots: extra_roots(settings)?,
        timeout: settings.timeout.value.0,
        retries,
        tell,
    })
}

/// Warns of a region that has no effect.
pub(super) fn warn_of_region(settings: &Rest, talk: &Talk) {
    if let Some((region, endpoint)) = &settings.overruled_region {
        talk.warn(format!(
            "--region {region} has no effect: the endpoint from {endpoint} wins"
        ));
    }
}

/// Finds the key, and says whose it is.
pub(super) async fn find<'a>(
    chosen: &Chosen,
    means: Means<'a>,
    talk: &Talk,
) -> Result<Credentials<'a>, Failure> {
    let found = credentials::find(chosen, &means).await?;
    let source = found.source.clone();
    talk.trace(1, format!("credentials: {} from {source}", found.recipe));
    let credentials = Credentials::new(found, is_cached(chosen), means);
    let issued = credentials.issued().await?;
    let until = issued
        .expires
        .map_or_else(String::new, |at| format!(", until {at}"));
    talk.trace(
        1,
        format!(
            "access key: {} from {source}{until}",
            issued.key.masked_id()
        ),
    );
    Ok(credentials)
}

/// Returns whether the profile wants temporary keys kept on disk.
pub(super) fn is_cached(chosen: &Chosen) -> bool {
    let profile = chosen.profile.as_ref();
    let cache = profile.and_then(|it| it.credential_cache.as_ref());
    cache.is_some_and(|it| it.value)
}

/// Ends what takes longer than the whole run may.
pub(super) async fn in_time<T>(
    deadline: Option<Timeout>,
    run: impl Future<Output = Result<T, Failure>>,
) -> Result<T, Failure> {
    let Some(Timeout(limit)) = deadline else {
        return run.await;
    };
    tokio::time::timeout(limit, run).await.unwrap_or_else(|_| {
        let what = format!("no access key within {limit:?} (--deadline)");
        Err(Failure::new(Kind::Network, what).hint("allow more time with --deadline"))
    })
}

/// Sets up the way to the API.
pub(super) fn http(settings: &Rest, look_at_certificate: bool) -> Result<Http, Failure> {
    let options = Options {
        endpoint: settings.endpoint.value.clone(),
        timeout: settings.timeout.value.0,
        extra_roots: extra_roots(settings)?,
        by_proxy: true,
        look_at_certificate,
    };
    Http::new(options).map_err(|error| {
        let file = settings.ca_file.as_ref();
        let file = file.map(|it| it.value.display().to_string());
        Failure::from(error).detail("CA file", file)
    })
}

fn extra_roots(settings: &Rest) -> Result<Option<Vec<u8>>, Failure> {
    let Some(Sourced { value, origin }) = &settings.ca_file else {
        return Ok(None);
    };
    std::fs::read(value).map(Some).map_err(|error| {
        let path = value.display();
        let what = format!("`{path}` (from {origin}) cannot be read: {error}");
        Failure::new(Kind::Config, what).hint("check the path and its permissions")
    })
}

/// Refuses a proxy variable that names no proxy: the HTTP client would go
/// straight out instead.
pub(super) fn check_proxies(env: &Env) -> Result<(), Failure> {
    for name in proxy::VARIABLES {
        if let Some(value) = env.text(name) {
            proxy::check(&value).map_err(|why| {
                Failure::new(Kind::Config, format!("{name}: {why}"))
                    .hint("write it as http://host:port, or unset it")
            })?;
        }
    }
    Ok(())
}
