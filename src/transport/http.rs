//! The one place that knows the HTTP client.

use std::cell::RefCell;
use std::error::Error as _;
use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;

use reqwest::tls::TlsInfo;
use reqwest::{Client, Method, redirect, retry};

use super::{Certificate, Endpoint, MAX_BODY, Reply, TransportError, hints};
use crate::secret::Secret;
use crate::signing::Signed;

/// How long to wait for a connection, at most.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// What a client is made of.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where all requests go.
    pub endpoint: Endpoint,
    /// How long one request may take, from connecting to the last byte.
    pub timeout: Duration,
    /// Certificates in PEM to trust besides the system's.
    pub extra_roots: Option<Vec<u8>>,
    /// Whether the usual variables may name a proxy. None is ever asked for a
    /// loopback endpoint: it would look for it on its own machine.
    pub by_proxy: bool,
    /// Whether to remember the server's certificate.
    pub look_at_certificate: bool,
}

/// One request. It has no `Debug`: tokens may be in each of its parts.
#[derive(Clone)]
pub struct Call<'a> {
    /// `GET`, `POST` or `PUT`.
    pub method: &'static str,
    /// The path, which begins with `/`.
    pub path: &'a str,
    /// The query, encoded: it goes out as it stands.
    pub query: Option<&'a str>,
    /// The headers, besides those that HTTP itself asks for.
    pub headers: &'a [(String, Secret)],
    /// The body.
    pub body: &'a str,
}

/// An HTTP client for one endpoint. It keeps connections alive, takes its proxy
/// from the usual variables, and never follows a redirect.
#[derive(Debug)]
pub struct Http {
    client: Client,
    options: Options,
    certificate: RefCell<Option<Certificate>>,
}

impl Http {
    /// Sets a client up; nothing is connected yet.
    pub fn new(options: Options) -> Result<Self, TransportError> {
        // The error says that a provider is there already.
        let _ = rustls::crypto::ring::default_provider().install_default();

        let endpoint = &options.endpoint;
        let mut builder = Client::builder()
            .user_agent(concat!("cams-groups/", env!("CARGO_PKG_VERSION")))
            .http1_only()
            .https_only(!endpoint.is_plain_http())
            .redirect(redirect::Policy::none())
            // A repeated request needs a fresh signature, so only we may repeat it.
            .retry(retry::never())
            .referer(false)
            .tls_info(options.look_at_certificate)
            .dns_resolver(Resolver)
            .timeout(options.timeout)
            .connect_timeout(options.timeout.min(CONNECT_TIMEOUT));
        if endpoint.is_loopback() || !options.by_proxy {
            builder = builder.no_proxy();
        }
        if endpoint.is_loopback() {
            // The resolver has no say in what `localhost` is.
            builder = builder.resolve_to_addrs(
                "localhost",
                &[
                    SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
                    SocketAddr::from((Ipv6Addr::LOCALHOST, 0)),
                ],
            );
        }
        let extra_roots = match &options.extra_roots {
            Some(pem) => certificates(pem)?,
            None => Vec::new(),
        };
        if endpoint.is_plain_http() {
            // Spares reading the system's certificates, which nobody will ask for.
            builder = builder.tls_certs_only([]);
        } else if !extra_roots.is_empty() {
            builder = builder.tls_certs_merge(extra_roots);
        }
        let client = builder
            .build()
            .map_err(|error| TransportError::Setup(cause(&error)))?;
        Ok(Self {
            client,
            options,
            certificate: RefCell::default(),
        })
    }

    /// Returns the text of the `Host` header that will go out.
    pub fn authority(&self) -> String {
        self.options.endpoint.authority()
    }

    /// Returns the certificate of the server that answered last, if that was to
    /// be remembered.
    pub fn certificate(&self) -> Option<Certificate> {
        self.certificate.borrow().clone()
    }

    /// Sends a signed request and reads the reply to its end.
    pub async fn post(&self, signed: &Signed) -> Result<Reply, TransportError> {
        let call = Call {
            method: "POST",
            path: "/",
            query: Some(signed.query.expose()),
            headers: &signed.headers,
            body: signed.body.expose(),
        };
        self.send(call).await
    }

    /// Sends a request and reads the reply to its end.
    pub async fn send(&self, call: Call<'_>) -> Result<Reply, TransportError> {
        let url = self.options.endpoint.url(call.path, call.query);
        let method = Method::from_bytes(call.method.as_bytes())
            .map_err(|error| TransportError::Setup(error.to_string()))?;
        let mut request = self
            .client
            .request(method, url)
            .header("accept", "application/json");
        if call.method != "GET" {
            request = request
                // Left out by the client when it is 0, and asked for by some servers.
                .header("content-length", call.body.len())
                .body(call.body.to_owned());
        }
        for (name, value) in call.headers {
            request = request.header(name, value.expose());
        }
        let mut response = request
            .send()
            .await
            .map_err(|error| self.no_reply(&error))?;

        let tls = response.extensions().get::<TlsInfo>();
        if let Some(der) = tls.and_then(TlsInfo::peer_certificate) {
            *self.certificate.borrow_mut() = Certificate::of_der(der);
        }
        let status = response.status();
        if matches!(status.as_u16(), 301..=303 | 307 | 308) {
            return Err(self.redirected(&response));
        }
        let hints = hints::read(response.headers());
        let mut body = Vec::new();
        while let Some(chunk) = response
            .chunk()
            .await
            .map_err(|error| self.no_body(&error))?
        {
            if body.len() + chunk.len() > MAX_BODY {
                return Err(TransportError::TooLarge {
                    host: self.authority(),
                });
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Reply {
            status: status.as_u16(),
            body,
            hints,
        })
    }

    fn redirected(&self, response: &reqwest::Response) -> TransportError {
        let to = response
            .headers()
            .get("location")
            .and_then(|location| location.to_str().ok())
            .and_then(|location| response.url().join(location).ok())
            .and_then(|url| url.host_str().map(str::to_owned))
            .unwrap_or_else(|| "an unnamed place".to_owned());
        TransportError::Redirected {
            host: self.authority(),
            to,
            status: response.status().as_u16(),
        }
    }

    /// Says why no reply began.
    fn no_reply(&self, error: &reqwest::Error) -> TransportError {
        let host = self.authority();
        let cause = cause(error);
        if error.is_timeout() {
            let limit = self.options.timeout;
            let after = if error.is_connect() {
                limit.min(CONNECT_TIMEOUT)
            } else {
                limit
            };
            return TransportError::Timeout { host, after };
        }
        if find::<rustls::Error>(error).is_some() {
            return TransportError::Tls { host, cause };
        }
        if !error.is_connect() {
            let not_http = find::<hyper::Error>(error).is_some_and(hyper::Error::is_parse);
            return if not_http {
                TransportError::Damaged { host, cause }
            } else {
                TransportError::Broken { host, cause }
            };
        }
        let reset = find::<io::Error>(error)
            .is_some_and(|e| matches!(e.kind(), io::ErrorKind::ConnectionReset));
        if reset {
            return TransportError::Broken { host, cause };
        }
        if let Some(UnknownHost { name, cause }) = find(error) {
            let (host, cause) = (name.clone(), cause.to_string());
            return TransportError::Dns { host, cause };
        }
        // A peer that hangs up during the handshake does not speak TLS.
        let hung_up = find::<io::Error>(error).is_some_and(|e| {
            matches!(
                e.kind(),
                io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidData
            )
        });
        if hung_up {
            return TransportError::Tls { host, cause };
        }
        TransportError::Connect { host, cause }
    }

    /// Says why a reply that began did not end.
    fn no_body(&self, error: &reqwest::Error) -> TransportError {
        let host = self.authority();
        let cause = cause(error);
        let reset = find::<io::Error>(error)
            .is_some_and(|e| matches!(e.kind(), io::ErrorKind::ConnectionReset));
        if error.is_timeout() {
            let after = self.options.timeout;
            TransportError::Timeout { host, after }
        } else if reset {
            TransportError::Broken { host, cause }
        } else {
            TransportError::Damaged { host, cause }
        }
    }
}

/// The system's resolver, with an error that says which name it was: the
/// endpoint's, or that of a proxy on the way.
struct Resolver;

#[derive(Debug, thiserror::Error)]
#[error("`{name}` not found: {cause}")]
struct UnknownHost {
    name: String,
    cause: io::Error,
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await;
            let found = found.map_err(|cause| UnknownHost {
                name: name.as_str().to_owned(),
                cause,
            })?;
            Ok(Box::new(found.collect::<Vec<_>>().into_iter()) as Addrs)
        })
    }
}

/// Reads certificates, of which a useful file holds at least one.
fn certificates(pem: &[u8]) -> Result<Vec<reqwest::Certificate>, TransportError> {
    let bad = |why: String| TransportError::Certificates(why);
    let mut found = Vec::new();
    // Tried out one by one, since the client would only say that one is bad.
    let mut store = RootCertStore::empty();
    for certificate in CertificateDer::pem_slice_iter(pem) {
        let certificate = certificate.map_err(|error| bad(error.to_string()))?;
        let usable =
            reqwest::Certificate::from_der(&certificate).map_err(|error| bad(cause(&error)))?;
        store
            .add(certificate)
            .map_err(|error| bad(error.to_string()))?;
        found.push(usable);
    }
    if found.is_empty() {
        return Err(bad("no certificate in PEM form".to_owned()));
    }
    Ok(found)
}

/// Returns what lies behind an error, without the URL that the error itself
/// would show.
fn cause(error: &reqwest::Error) -> String {
    let mut causes = Vec::new();
    let mut next = error.source();
    while let Some(source) = next {
        let text = source.to_string();
        // Some layers only repeat what is below them.
        if text != "client error (Connect)" && causes.last() != Some(&text) {
            causes.push(text);
        }
        next = source.source();
    }
    if causes.is_empty() {
        return "unknown cause".to_owned();
    }
    causes.join(": ")
}

/// Returns the first error of type `E` behind `error`. [`io::Error`] hides what
/// it wraps from `source`, so it is opened.
fn find<E: std::error::Error + 'static>(error: &reqwest::Error) -> Option<&E> {
    let mut next = error.source();
    while let Some(source) = next {
        if let Some(found) = source.downcast_ref() {
            return Some(found);
        }
        let wrapped = source
            .downcast_ref::<io::Error>()
            .and_then(io::Error::get_ref);
        next = match wrapped {
            Some(inner) => Some(inner),
            None => source.source(),
        };
    }
    None
}
