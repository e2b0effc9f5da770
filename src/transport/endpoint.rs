//! Where requests go: a region's public endpoint, or the one that the user
//! names.

use std::fmt;
use std::str::FromStr;

use url::{Host, Url};

/// A region's id, such as `ap-southeast-1`. It becomes part of a host name, so
/// nothing that could change the host's owner is let in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region(String);

impl Region {
    /// The only region that the API's documentation names.
    pub const DEFAULT: &'static str = "ap-southeast-1";
}

impl Default for Region {
    fn default() -> Self {
        Self(Self::DEFAULT.to_owned())
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Region {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let good = (1..=40).contains(&text.len())
            && text
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        good.then(|| Self(text.to_owned())).ok_or_else(|| {
            "a region holds lower-case letters, digits and dashes, such as ap-southeast-1"
                .to_owned()
        })
    }
}

/// Why a text is no endpoint.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EndpointError {
    /// Not `host`, `host:port` or a URL of these.
    #[error("not an endpoint; write `host`, `host:port` or `https://host`")]
    Malformed,
    /// A path, query, fragment or user name, which no request would carry.
    #[error("an endpoint has a host and a port only")]
    TooMuch,
    /// Plain HTTP to another machine.
    #[error(
        "plain http:// is for loopback addresses only; elsewhere keys would travel unprotected"
    )]
    PlainHttp,
}

/// The scheme, host and port that requests go to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint(Url);

impl Endpoint {
    /// Returns the public endpoint of a region.
    pub fn of_region(region: &Region) -> Result<Self, EndpointError> {
        format!("cams.{region}.aliyuncs.com").parse()
    }

    /// Returns a port of this machine, in plain HTTP.
    #[expect(
        clippy::expect_used,
        clippy::missing_panics_doc,
        reason = "an address and a port are a URL"
    )]
    pub fn loopback(port: u16) -> Self {
        let url = format!("http://127.0.0.1:{port}");
        Self(Url::parse(&url).expect("an address and a port are a URL"))
    }

    /// Returns the text of the `Host` header, which is part of what is signed:
    /// with the port, unless it is the scheme's own.
    pub fn authority(&self) -> String {
        let host = self.0.host_str().unwrap_or_default();
        match self.0.port() {
            Some(port) => format!("{host}:{port}"),
            None => host.to_owned(),
        }
    }

    /// Returns whether the host is this machine. `localhost` counts: it is
    /// resolved without asking anyone.
    pub fn is_loopback(&self) -> bool {
        match self.0.host() {
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            Some(Host::Domain(name)) => name == "localhost",
            None => false,
        }
    }

    /// Returns whether requests go out unencrypted.
    pub fn is_plain_http(&self) -> bool {
        self.0.scheme() == "http"
    }

    /// Returns where every ECS instance finds its metadata, in plain HTTP: the
    /// address is the machine's own host, reached by no other way.
    #[expect(
        clippy::expect_used,
        clippy::missing_panics_doc,
        reason = "an address is a URL"
    )]
    pub fn metadata() -> Self {
        Self(Url::parse("http://100.100.100.200").expect("an address is a URL"))
    }

    /// Returns the endpoint of any URL, in plain HTTP if it says so. For what
    /// the user points at, such as a credentials URI.
    pub fn of_url(url: &Url) -> Result<Self, EndpointError> {
        if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
            return Err(EndpointError::Malformed);
        }
        let mut url = url.clone();
        url.set_path("");
        url.set_query(None);
        url.set_fragment(None);
        let bare = url.set_username("").and_then(|()| url.set_password(None));
        bare.map_err(|()| EndpointError::Malformed)?;
        Ok(Self(url))
    }

    /// Returns the host, and the port that requests go to.
    pub fn host_and_port(&self) -> (&str, u16) {
        let port = self.0.port_or_known_default().unwrap_or_default();
        (self.0.host_str().unwrap_or_default(), port)
    }

    /// Returns the URL of a request. The query is not encoded again.
    pub(super) fn url(&self, path: &str, query: Option<&str>) -> Url {
        let mut url = self.0.clone();
        url.set_path(path);
        url.set_query(query);
        url
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", self.0.scheme(), self.authority())
    }
}

impl FromStr for Endpoint {
    type Err = EndpointError;

    fn from_str(text: &str) -> Result<Self, EndpointError> {
        // The URL parser would quietly drop these.
        if text.is_empty() || text.contains(|c: char| c.is_whitespace() || c.is_control()) {
            return Err(EndpointError::Malformed);
        }
        let url = if text.contains("://") {
            Url::parse(text)
        } else {
            Url::parse(&format!("https://{text}"))
        }
        .map_err(|_| EndpointError::Malformed)?;
        if !matches!(url.scheme(), "http" | "https") || url.host().is_none() {
            return Err(EndpointError::Malformed);
        }
        if !matches!(url.path(), "" | "/")
            || url.query().is_some()
            || url.fragment().is_some()
            || !url.username().is_empty()
            || url.password().is_some()
        {
            return Err(EndpointError::TooMuch);
        }
        let endpoint = Self(url);
        if endpoint.is_plain_http() && !endpoint.is_loopback() {
            return Err(EndpointError::PlainHttp);
        }
        Ok(endpoint)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn endpoint(text: &str) -> Result<String, EndpointError> {
        text.parse::<Endpoint>().map(|it| it.to_string())
    }

    #[test]
    fn host_host_with_port_and_url_are_endpoints() {
        for (text, shown) in [
            ("cams.example.com", "https://cams.example.com"),
            ("cams.example.com:8443", "https://cams.example.com:8443"),
            ("https://cams.example.com/", "https://cams.example.com"),
            ("https://cams.example.com:443", "https://cams.example.com"),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
            ("http://[::1]:8080", "http://[::1]:8080"),
            ("http://localhost:8080", "http://localhost:8080"),
            ("CAMS.Example.com", "https://cams.example.com"),
        ] {
            assert_eq!(endpoint(text).as_deref(), Ok(shown));
        }
    }

    #[test]
    fn plain_http_is_refused_wherever_it_would_leave_the_machine() {
        for text in [
            "http://cams.example.com",
            "http://10.0.0.1",
            "http://localhost.example.com",
            "http://127.0.0.1.example.com",
            "http://[::ffff:127.0.0.1]",
            "HTTP://example.com",
        ] {
            assert_eq!(endpoint(text), Err(EndpointError::PlainHttp), "{text}");
        }
    }

    #[test]
    fn what_is_no_endpoint_is_refused() {
        use EndpointError::{Malformed, TooMuch};
        for (text, error) in [
            ("", Malformed),
            ("a b", Malformed),
            ("cams.example.com\n", Malformed),
            ("ftp://example.com", Malformed),
            ("host:notaport", Malformed),
            ("https://", Malformed),
            ("example.com/path", TooMuch),
            ("https://user@example.com", TooMuch),
            ("https://example.com?x=1", TooMuch),
            ("https://example.com#x", TooMuch),
        ] {
            assert_eq!(endpoint(text), Err(error), "{text}");
        }
    }

    #[test]
    fn a_region_cannot_change_the_hosts_owner() {
        let region: Region = "cn-hangzhou".parse().unwrap();
        assert_eq!(
            Endpoint::of_region(&region).unwrap().authority(),
            "cams.cn-hangzhou.aliyuncs.com"
        );
        for text in ["", "x.example.com/", "a.b", "A", "a#"] {
            assert!(text.parse::<Region>().is_err(), "{text}");
        }
    }
}
