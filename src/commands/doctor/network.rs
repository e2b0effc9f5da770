//! The way to the API: proxy, name, connection.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use futures_util::future;
use tokio::net::TcpStream;

use super::report::{Check, Report, Status};
use crate::commands::keys;
use crate::transport::{Endpoint, TransportError, proxy};
use crate::world::World;

/// How long a connection may take, as for a listing.
const TIMEOUT: Duration = Duration::from_secs(10);

/// Checks the proxy variables; returns whether they make sense.
pub(super) fn has_sane_proxy(endpoint: &Endpoint, world: &World, report: &mut Report) -> bool {
    if let Err(failure) = keys::check_proxies(&world.env) {
        report.fail("proxy", failure);
        return false;
    }
    report.add(match &on_the_way(endpoint, world) {
        None if endpoint.is_loopback() => {
            Check::new("proxy", Status::Pass, "none: the endpoint is this machine")
        }
        None => Check::new("proxy", Status::Pass, "none"),
        Some((host, port)) => Check::new("proxy", Status::Pass, format!("{host}:{port}")),
    });
    true
}

fn on_the_way(endpoint: &Endpoint, world: &World) -> Option<(String, u16)> {
    proxy::on_the_way(endpoint, |name| world.env.even_empty(name))
}

/// Checks the way; returns whether there is one.
pub(super) async fn reaches(
    endpoint: &Endpoint,
    timeout: Duration,
    world: &World,
    report: &mut Report,
) -> bool {
    let proxy = on_the_way(endpoint, world);
    let (host, port) = match &proxy {
        Some((host, port)) => (host.as_str(), *port),
        None => endpoint.host_and_port(),
    };
    // A URL has IPv6 addresses in brackets.
    let host = host.trim_matches(['[', ']']);
    let Some(addresses) = resolve(host, port, world, report).await else {
        return false;
    };
    connects((host, port), &addresses, timeout, world, report).await
}

async fn resolve(
    host: &str,
    port: u16,
    world: &World,
    report: &mut Report,
) -> Option<Vec<SocketAddr>> {
    let started = world.clock.elapsed();
    let found = tokio::time::timeout(TIMEOUT, tokio::net::lookup_host((host, port))).await;
    let found = found.unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()));
    let found = found.map(Iterator::collect::<Vec<_>>).and_then(|found| {
        let none = || io::Error::other("the name has no address");
        if found.is_empty() {
            Err(none())
        } else {
            Ok(found)
        }
    });
    match found {
        Ok(addresses) => {
            if host.parse::<IpAddr>().is_ok() {
                let says = "an address, which needs no name";
                report.add(Check::new("dns", Status::Skip, says));
                return Some(addresses);
            }
            let took = world.clock.elapsed().saturating_sub(started).as_millis();
            let shown: Vec<String> = addresses.iter().map(|it| it.ip().to_string()).collect();
            let says = format!("{host} is {} ({took} ms)", shown.join(", "));
            report.add(Check::new("dns", Status::Pass, says));
            Some(addresses)
        }
        Err(error) => {
            let (host, cause) = (host.to_owned(), error.to_string());
            report.fail("dns", TransportError::Dns { host, cause }.into());
            None
        }
    }
}

async fn connects(
    (host, port): (&str, u16),
    addresses: &[SocketAddr],
    timeout: Duration,
    world: &World,
    report: &mut Report,
) -> bool {
    let started = world.clock.elapsed();
    let timeout = timeout.min(TIMEOUT);
    // All at once, as one of several may lead nowhere.
    let attempts = addresses.iter().map(|it| Box::pin(TcpStream::connect(*it)));
    let connected = tokio::time::timeout(timeout, future::select_ok(attempts)).await;
    let connected = connected.map(|it| it.map(|(stream, _)| stream));
    let host = format!("{host}:{port}");
    let error = match connected {
        Ok(Ok(stream)) => {
            let took = world.clock.elapsed().saturating_sub(started).as_millis();
            let peer = stream.peer_addr();
            let peer = peer.map_or_else(|_| host, |it| it.to_string());
            report.add(Check::new(
                "tcp",
                Status::Pass,
                format!("{peer} ({took} ms)"),
            ));
            return true;
        }
        Ok(Err(error)) => TransportError::Connect {
            host,
            cause: error.to_string(),
        },
        Err(_) => TransportError::Timeout {
            host,
            after: timeout,
        },
    };
    report.fail("tcp", error.into());
    false
}
