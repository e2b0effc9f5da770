//! Temporary keys on disk, for those who ask for it (`credential_cache`): a
//! script that lists often need not assume its role each time.
//!
//! A file a recipe, named by the fingerprint of all that its keys are made
//! from, so that another secret, role or policy never meets old keys. What a
//! machine, a program or a local service hands out is not kept: that depends on
//! more than a name, and costs nothing to ask for again. Only the owner may read
//! a file, and it is replaced at once or not at all.

use std::io;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::recipe::{Issued, Recipe};
use crate::config::{is_open_to_others, write_private};
use crate::secret::{AccessKey, Secret};
use crate::world::World;

/// Where the keys of one recipe are kept.
#[derive(Debug)]
pub(super) struct Slot(PathBuf);

#[derive(Deserialize)]
struct Kept {
    access_key_id: String,
    access_key_secret: Secret,
    security_token: Option<Secret>,
    expiration: String,
}

#[derive(Serialize)]
struct ToKeep<'a> {
    access_key_id: &'a str,
    access_key_secret: &'a str,
    security_token: Option<&'a str>,
    expiration: String,
}

impl Slot {
    /// Returns the place of a recipe's keys, where the platform has one and they
    /// depend on nothing else.
    pub(super) fn of(recipe: &Recipe, world: &World) -> Option<Self> {
        let directory = world.cache_dir.as_ref()?.join("cams-groups");
        let fingerprint = recipe.fingerprint(&|path| super::oidc_token(path).ok())?;
        let name = format!("{fingerprint}.json");
        Some(Self(directory.join("credentials").join(name)))
    }

    /// Returns the keys that are kept. What others may read, or what cannot be
    /// understood, is as if it were not there.
    pub(super) fn read(&self) -> Option<Issued> {
        let bytes = Zeroizing::new(std::fs::read(&self.0).ok()?);
        if is_open_to_others(&self.0) {
            return None;
        }
        let kept: Kept = serde_json::from_slice(&bytes).ok()?;
        Some(Issued {
            expires: Some(kept.expiration.parse().ok()?),
            key: AccessKey {
                id: kept.access_key_id,
                secret: kept.access_key_secret,
                token: kept.security_token,
            },
        })
    }

    /// Keeps keys. Those that never expire, or nobody knows when, are not kept.
    pub(super) fn write(&self, issued: &Issued) -> io::Result<()> {
        let Some(expires) = issued.expires else {
            return Ok(());
        };
        let key = &issued.key;
        let json = serde_json::to_vec(&ToKeep {
            access_key_id: &key.id,
            access_key_secret: key.secret.expose(),
            security_token: key.token.as_ref().map(Secret::expose),
            expiration: expires.to_string(),
        });
        let json = Zeroizing::new(json?);
        write_private(&self.0, &json, true)
    }
}
