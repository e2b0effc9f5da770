//! The proxy variables, looked at before the HTTP client does: it would take no
//! notice of one that makes no sense, and go straight out instead.

use url::Url;

/// The variables that the HTTP client takes a proxy from, for HTTPS.
pub const VARIABLES: [&str; 4] = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];

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
