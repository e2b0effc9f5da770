//! A local stand-in for the API, for trying things out and for tests.
//!
//! Nobody can try the real API without an allow-listed account. The sandbox
//! speaks its protocol on the loopback interface: [`gateway`] checks the
//! signature as the vendor's gateway does, [`issuer`] hands out temporary keys
//! as the vendor's services do, [`service`] lists groups as the product does,
//! [`groups`] holds what there is to list, [`life`] lets them change with time,
//! and [`faults`] says what goes wrong on purpose. It must not know the configuration, the credential sources or
//! any output format.

use std::convert::Infallible;
use std::net::{Ipv4Addr, SocketAddr};
use std::rc::Rc;
use std::time::Duration;

use crate::api::{BusinessNumber, SpaceId};
use crate::secret::{AccessKey, Secret};
use crate::transport::Endpoint;
use crate::world::Clock;

mod demo;
pub mod faults;
mod filter;
mod gateway;
pub mod groups;
mod issuer;
mod life;
mod server;
mod service;

pub use faults::Misbehaviour;
pub use groups::Groups;

/// The id of the sandbox's lasting key.
pub const ACCESS_KEY_ID: &str = "testAccessKeyId";
/// The id of the sandbox's temporary key, which needs the token.
pub const TEMPORARY_KEY_ID: &str = "STS.testAccessKeyId";
/// The secret of both keys. It opens nothing but a sandbox.
pub const ACCESS_KEY_SECRET: &str = "testAccessKeySecret";
/// The token of the temporary key.
pub const SECURITY_TOKEN: &str = "testSecurityToken";

/// What a sandbox is like.
#[derive(Debug)]
pub struct Config {
    /// The port on the loopback interface; 0 takes a free one.
    pub port: u16,
    /// What there is to list.
    pub groups: Groups,
    /// The business number to answer for.
    pub business_number: BusinessNumber,
    /// The space to answer for.
    pub space_id: SpaceId,
    /// More spaces and numbers to answer for; each has the same groups.
    pub more: Vec<(SpaceId, BusinessNumber)>,
    /// How long an answer takes.
    pub latency: Duration,
    /// What goes wrong on purpose.
    pub misbehaviour: Misbehaviour,
    /// How long issued keys hold, whatever is asked for.
    pub lifetime: Option<Duration>,
    /// After this time from the start, no group is on its way any more: those
    /// that were made or changed are active, those that were removed are gone.
    pub settle: Option<Duration>,
    /// The time by which signatures are checked and groups settle.
    pub clock: Clock,
}

impl Config {
    /// Returns a sandbox with these groups and nothing special.
    pub fn new(groups: Groups, clock: Clock) -> Self {
        Self {
            port: 0,
            groups,
            business_number: BusinessNumber::demo(),
            space_id: SpaceId::demo(),
            more: Vec::new(),
            latency: Duration::ZERO,
            misbehaviour: Misbehaviour::default(),
            lifetime: None,
            settle: None,
            clock,
        }
    }
}

/// A sandbox that listens.
#[derive(Debug)]
pub struct Sandbox {
    listener: tokio::net::TcpListener,
    address: SocketAddr,
    service: Rc<service::Service>,
}

impl Sandbox {
    /// Starts to listen. Nothing is answered until [`Sandbox::serve`] runs.
    pub async fn bind(config: Config) -> std::io::Result<Self> {
        let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, config.port)).await?;
        Ok(Self {
            address: listener.local_addr()?,
            listener,
            service: Rc::new(service::Service::new(config)),
        })
    }

    /// Returns the endpoint to send requests to.
    pub fn endpoint(&self) -> Endpoint {
        Endpoint::loopback(self.address.port())
    }

    /// Answers requests for as long as it is polled.
    pub async fn serve(self) -> Infallible {
        server::serve(self.listener, self.service).await
    }
}

/// Returns the key that a sandbox accepts without a token.
pub fn access_key() -> AccessKey {
    AccessKey {
        id: ACCESS_KEY_ID.to_owned(),
        secret: Secret::new(ACCESS_KEY_SECRET),
        token: None,
    }
}

/// Returns the temporary key that a sandbox accepts.
pub fn temporary_key() -> AccessKey {
    AccessKey {
        id: TEMPORARY_KEY_ID.to_owned(),
        secret: Secret::new(ACCESS_KEY_SECRET),
        token: Some(Secret::new(SECURITY_TOKEN)),
    }
}

/// Returns the key that goes by this id, if it is one: `testAccessKeyId-NAME`
/// has the secret `testAccessKeySecret-NAME`, and `STS.testAccessKeyId-NAME`
/// the token `testSecurityToken-NAME` besides. Both go without a name, too.
fn named_key(id: &str) -> Option<AccessKey> {
    let (rest, is_temporary) = match id.strip_prefix("STS.") {
        Some(rest) => (rest, true),
        None => (id, false),
    };
    let name = rest.strip_prefix(ACCESS_KEY_ID)?;
    if !name.is_empty() && !name.starts_with('-') {
        return None;
    }
    Some(AccessKey {
        id: id.to_owned(),
        secret: Secret::new(format!("{ACCESS_KEY_SECRET}{name}")),
        token: is_temporary.then(|| Secret::new(format!("{SECURITY_TOKEN}{name}"))),
    })
}
