//! Keys as services hand them out in JSON.

use jiff::Timestamp;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::Means;
use super::error::Broken;
use super::recipe::Issued;
use crate::api;
use crate::secret::{AccessKey, Secret};
use crate::transport::Reply;

/// The four fields that every service sends, in one spelling or another.
#[derive(Default, Deserialize)]
pub(super) struct Keys {
    #[serde(rename = "AccessKeyId", alias = "accessKeyId")]
    id: Option<String>,
    #[serde(rename = "AccessKeySecret", alias = "accessKeySecret")]
    secret: Option<Secret>,
    #[serde(rename = "SecurityToken", alias = "securityToken")]
    token: Option<Secret>,
    #[serde(rename = "Expiration", alias = "expiration")]
    expiration: Option<String>,
}

/// What is wrong with an answer.
pub(super) enum Fault {
    /// It holds no keys.
    NotKeys(String),
    /// Its keys cannot be used any more.
    Expired(Timestamp),
}

impl Fault {
    /// Says whose answer it is.
    pub(super) fn of(self, service: &str) -> Broken {
        let service = service.to_owned();
        match self {
            Self::NotKeys(fault) => Broken::NotKeys { service, fault },
            Self::Expired(at) => Broken::Expired { service, at },
        }
    }
}

impl Keys {
    /// Reads them from where `find` says they are.
    pub(super) fn read<T: DeserializeOwned>(
        reply: &Reply,
        find: impl FnOnce(T) -> Option<Self>,
    ) -> Result<Self, Fault> {
        let answer = serde_json::from_slice(&reply.body).map_err(|error| {
            // The parser's own words may quote a key.
            Fault::NotKeys(format!("not the JSON expected, at line {}", error.line()))
        })?;
        find(answer).ok_or_else(|| Fault::NotKeys("no credentials in it".to_owned()))
    }

    /// Checks that they are whole and still hold. `date` is the server's time:
    /// where our clock is off, the expiry is moved along.
    pub(super) fn issued(
        self,
        must_expire: bool,
        date: Option<Timestamp>,
        service: &str,
        means: &Means<'_>,
    ) -> Result<Issued, Fault> {
        let missing = |name| Fault::NotKeys(format!("`{name}` is missing"));
        let id = self.id.filter(|it| !it.is_empty());
        let id = id.ok_or_else(|| missing("AccessKeyId"))?;
        let filled = |secret: &Secret| !secret.expose().is_empty();
        let secret = self.secret.filter(filled);
        let secret = secret.ok_or_else(|| missing("AccessKeySecret"))?;
        let token = self.token.filter(filled);
        let token = token.ok_or_else(|| missing("SecurityToken"))?;
        let key = AccessKey {
            id,
            secret,
            token: Some(token),
        };
        let expires = match self.expiration.as_deref().filter(|it| !it.is_empty()) {
            None if must_expire => return Err(missing("Expiration")),
            None => None,
            Some(text) => Some(
                text.parse()
                    .map_err(|_| Fault::NotKeys("`Expiration` is no time".to_owned()))?,
            ),
        };
        let now = means.world.clock.now();
        let skew = date.and_then(|date| api::skew(date, now));
        let skew = skew.unwrap_or_default();
        let expires = expires.map(|at: Timestamp| {
            let moved = at.as_second().saturating_sub(skew.as_secs());
            Timestamp::from_second(moved).unwrap_or(at)
        });
        if let Some(at) = expires.filter(|at| *at <= now) {
            return Err(Fault::Expired(at));
        }
        let until = expires.map_or_else(String::new, |at| format!(" until {at}"));
        means.trace(format!("{service}: {}{until}", key.masked_id()));
        Ok(Issued { key, expires })
    }
}

/// Keys beside a `Code` that says whether they are any.
#[derive(Deserialize)]
pub(super) struct Coded {
    #[serde(rename = "Code")]
    code: Option<String>,
    #[serde(flatten)]
    keys: Keys,
}

impl Keys {
    /// Returns the keys of an answer unless its `Code` says that it failed.
    pub(super) fn if_success(answer: Coded) -> Option<Self> {
        let failed = answer.code.is_some_and(|code| code != "Success");
        (!failed).then_some(answer.keys)
    }
}
