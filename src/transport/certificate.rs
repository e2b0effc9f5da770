//! What a server's certificate says of itself, for those who look into a
//! connection. Whether it holds has been decided before.

use jiff::Timestamp;
use x509_parser::extensions::GeneralName;
use x509_parser::prelude::{FromDer as _, X509Certificate};

/// A server's certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// The names that it is for.
    pub names: Vec<String>,
    /// When it expires.
    pub expires: Timestamp,
}

impl Certificate {
    /// Reads a certificate; `None` where it is none that we understand.
    pub(super) fn of_der(der: &[u8]) -> Option<Self> {
        let (_, certificate) = X509Certificate::from_der(der).ok()?;
        let names = certificate.subject_alternative_name().ok()??;
        let names = names.value.general_names.iter();
        let dns_or_address = |name: &GeneralName| match name {
            GeneralName::DNSName(name) => Some((*name).to_owned()),
            GeneralName::IPAddress(bytes) => match <[u8; 4]>::try_from(*bytes) {
                Ok(bytes) => Some(std::net::Ipv4Addr::from(bytes).to_string()),
                Err(_) => <[u8; 16]>::try_from(*bytes)
                    .ok()
                    .map(|bytes| std::net::Ipv6Addr::from(bytes).to_string()),
            },
            _ => None,
        };
        Some(Self {
            names: names.filter_map(dns_or_address).collect(),
            expires: Timestamp::from_second(certificate.validity().not_after.timestamp()).ok()?,
        })
    }
}
