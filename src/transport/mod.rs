//! Sends one request and brings back one reply, once.
//!
//! This room knows HTTP and TLS, and keeps both to itself in [`http`]. It must
//! not know what is signed, what a reply means, or whether to try again. No
//! error of it shows a URL: with `HMAC-SHA1` the query holds the key id, the
//! token and the signature.

use std::time::Duration;

use jiff::Timestamp;

mod certificate;
mod endpoint;
mod hints;
mod http;
pub mod proxy;

pub use certificate::Certificate;
pub use endpoint::{Endpoint, EndpointError, Region};
pub use http::{Call, Http, Options};

/// The largest reply that is read, in bytes after decompression. A page of
/// 1,000 groups with the longest texts that the channels admit stays below a
/// third of it.
pub const MAX_BODY: usize = 32 * 1024 * 1024;

/// What came back.
#[derive(Debug)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The body, decompressed.
    pub body: Vec<u8>,
    /// What its headers say about when to come again.
    pub hints: Hints,
}

/// What a reply's headers tell besides its body.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hints {
    /// How long the server wants us to wait: `x-acs-retry-after` in
    /// milliseconds, else `Retry-After` in seconds or as a date.
    pub retry_after: Option<Duration>,
    /// The server's own time (`Date`).
    pub date: Option<Timestamp>,
}

/// Why there is no reply.
#[derive(Debug, thiserror::Error)]
pub enum TransportError {
    /// The HTTP client could not be set up.
    #[error("the HTTP client could not be set up: {0}")]
    Setup(String),
    /// The certificates to trust besides the system's cannot be read.
    #[error("the file of certificates cannot be used: {0}")]
    Certificates(String),
    /// The name of the host does not resolve.
    #[error("host `{host}` not found: {cause}")]
    Dns {
        /// The host that was asked for.
        host: String,
        /// What the resolver said.
        cause: String,
    },
    /// Nobody answers at the host's address, or a proxy does not let through.
    #[error("no connection to `{host}`: {cause}")]
    Connect {
        /// Host and port.
        host: String,
        /// What the system said.
        cause: String,
    },
    /// The server's certificate does not hold, or it does not speak TLS.
    #[error("no secure connection to `{host}`: {cause}")]
    Tls {
        /// Host and port.
        host: String,
        /// What the TLS library said.
        cause: String,
    },
    /// The reply did not come in time.
    #[error("no complete reply from `{host}` within {after:?}")]
    Timeout {
        /// Host and port.
        host: String,
        /// The limit.
        after: Duration,
    },
    /// The connection broke before the reply was whole.
    #[error("the connection to `{host}` broke: {cause}")]
    Broken {
        /// Host and port.
        host: String,
        /// What the system said.
        cause: String,
    },
    /// The server sends us elsewhere. A signed request is never sent on.
    #[error("`{host}` redirects to `{to}` (HTTP {status}); no request is ever sent on")]
    Redirected {
        /// Host and port.
        host: String,
        /// The host it names, or `an unnamed place`.
        to: String,
        /// The HTTP status.
        status: u16,
    },
    /// The reply ended early, or its compression is damaged.
    #[error("the reply of `{host}` is damaged or cut short: {cause}")]
    Damaged {
        /// Host and port.
        host: String,
        /// What the HTTP library said.
        cause: String,
    },
    /// The reply is larger than any listing.
    #[error("the reply of `{host}` is larger than {} MiB", MAX_BODY / (1024 * 1024))]
    TooLarge {
        /// Host and port.
        host: String,
    },
}
