//! The proxy variables, looked at before the HTTP client does: it would take no
//! notice of one that makes no sense, and go straight out instead.

use hyper_util::client::proxy::matcher::Matcher;
use url::Url;

use super::Endpoint;

/// The variables that the HTTP client takes a proxy from, for HTTPS.
pub const VARIABLES: [&str; 4] = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];

/// Returns host and port of the proxy that requests to `endpoint` go through,
/// by the same rules as the HTTP client has.
pub fn on_the_way(
    endpoint: &Endpoint,
    variable: impl Fn(&str) -> Option<String>,
) -> Option<(String, u16)> {
    if endpoint.is_loopback() {
        return None;
    }
    let either = |upper: &str| {
        let value = variable(upper).or_else(|| variable(&upper.to_lowercase()));
        value.unwrap_or_default()
    };
    let matcher = Matcher::builder()
        .all(either("ALL_PROXY"))
        .https(either("HTTPS_PROXY"))
        .no(either("NO_PROXY"))
        .build();
    let proxy = matcher.intercept(&endpoint.to_string().parse().ok()?)?;
    let uri = proxy.uri();
    let port = uri.port_u16().unwrap_or(match uri.scheme_str() {
        Some("https") => 443,
        Some("http") | None => 80,
        Some(_) => 1080,
    });
    Some((uri.host()?.to_owned(), port))
}

/// Says whether a variable's value names a proxy. It may hold a password, so it
/// is not shown.
pub fn check(value: &str) -> Result<(), &'static str> {
    let url = if value.contains("://") {
        Url::parse(value)
    } else {
        Url::parse(&format!("http://{value}"))
    };
    let url = url.map_err(|_| "not the address of a proxy")?;
    match url.scheme() {
        "http" | "https" | "socks4" | "socks4a" | "socks5" | "socks5h" if url.has_host() => Ok(()),
        "http" | "https" | "socks4" | "socks4a" | "socks5" | "socks5h" => Err("names no host"),
        _ => Err("not a kind of proxy; valid: http, https, socks4, socks4a, socks5, socks5h"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_proxy_on_the_way_is_the_clients_choice() {
        let endpoint: Endpoint = "cams.example.com".parse().unwrap();
        let proxy = |variables: &[(&str, &str)]| {
            on_the_way(&endpoint, |name| {
                let found = variables.iter().find(|(it, _)| *it == name);
                found.map(|(_, value)| (*value).to_owned())
            })
        };
        assert_eq!(proxy(&[]), None);
        let http = ("https_proxy", "http://user:testPassword@proxy:3128");
        assert_eq!(proxy(&[http]), Some(("proxy".to_owned(), 3128)));
        let socks = ("ALL_PROXY", "socks5h://proxy");
        assert_eq!(proxy(&[socks]), Some(("proxy".to_owned(), 1080)));
        assert_eq!(proxy(&[http, ("NO_PROXY", "example.com")]), None);
        // An empty variable hides the one in lower case.
        assert_eq!(proxy(&[("HTTPS_PROXY", ""), http]), None);
    }

    #[test]
    fn what_is_a_proxy_and_what_is_not() {
        for good in [
            "http://proxy:3128",
            "proxy.example:3128",
            "http://u:p@proxy",
            "socks5h://[::1]:1080",
        ] {
            assert_eq!(check(good), Ok(()), "{good}");
        }
        for bad in ["ftp://proxy", "http://u:p@[bad", "not a url", "http://"] {
            assert!(check(bad).is_err(), "{bad}");
        }
    }
}
