//! Keys that are renewed in time: before they expire, and once when the API
//! says that they have. However many pages ask, one renewal is made.

use std::fmt;
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::Mutex;

use super::cache::Slot;
use super::recipe::{Issued, Recipe};
use super::{CredentialsError, Found, MARGIN, Means, Source, obtain};
use crate::api::{Answer, KeyError, KeySource};
use crate::secret::AccessKey;

/// After keys that hold for less than the margin, or a renewal that failed
/// while the old ones still hold, nobody is asked again for this long.
const REST: Duration = Duration::from_secs(30);

/// A recipe, and the keys that it brought.
pub struct Credentials<'a> {
    recipe: Recipe,
    source: Source,
    cache: Option<Slot>,
    means: Means<'a>,
    /// Held while a renewal is under way, so that the others wait for it.
    current: Mutex<Option<Current>>,
}

struct Current {
    issued: Issued,
    /// When to look for new ones; `None` for never.
    renew_at: Option<Timestamp>,
    /// Whether they come from the disk, where they may have been overtaken.
    kept: bool,
}

impl fmt::Debug for Credentials<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials")
            .field("recipe", &self.recipe)
            .field("source", &self.source)
            .finish_non_exhaustive()
    }
}

impl<'a> Credentials<'a> {
    /// Makes credentials of what was found. `cached` says whether temporary
    /// keys may be kept on disk.
    pub fn new(found: Found, cached: bool, means: Means<'a>) -> Self {
        let Found {
            recipe,
            source,
            first,
            ..
        } = found;
        let keeps = cached && recipe.is_temporary();
        let now = means.world.clock.now();
        Self {
            cache: Slot::of(&recipe, means.world).filter(|_| keeps),
            current: Mutex::new(first.map(|issued| Current::new(issued, now))),
            recipe,
            source,
            means,
        }
    }

    /// Returns the keys that hold now, with the time when they expire.
    pub async fn issued(&self) -> Result<Issued, CredentialsError> {
        let mut current = self.current.lock().await;
        let now = self.means.world.clock.now();
        let is_due = |it: &Current| it.renew_at.is_some_and(|at| at <= now);
        if let Some(current) = current.as_ref().filter(|it| !is_due(it)) {
            return Ok(current.issued.clone());
        }
        if current.is_none()
            && let Some(kept) = self.kept(now)
        {
            *current = Some(Current {
                kept: true,
                ..Current::new(kept.clone(), now)
            });
            return Ok(kept);
        }
        let obtained = self.obtain(false).await;
        // Asking may have taken its time.
        let now = self.means.world.clock.now();
        match obtained {
            Ok(issued) => {
                *current = Some(Current::new(issued.clone(), now));
                Ok(issued)
            }
            Err(error) => match current.as_mut() {
                // They still hold: go on with them for a while.
                Some(old) if old.issued.expires.is_some_and(|at| at > now) => {
                    self.means
                        .warn(format!("the temporary key was not renewed: {error}"));
                    old.renew_at = now.checked_add(REST).ok();
                    Ok(old.issued.clone())
                }
                _ => Err(error),
            },
        }
    }

    /// Gets new keys in the place of those that the API refuses, if they have
    /// expired or come from the disk; returns whether there are any.
    async fn renewed(&self, refused: &AccessKey, expired: bool) -> Result<bool, CredentialsError> {
        if !self.recipe.is_temporary() {
            return Ok(false);
        }
        let mut current = self.current.lock().await;
        if current.as_ref().is_some_and(|it| it.issued.key != *refused) {
            return Ok(true);
        }
        if !expired && !current.as_ref().is_some_and(|it| it.kept) {
            return Ok(false);
        }
        let issued = self.obtain(true).await?;
        let is_new = issued.key != *refused;
        *current = Some(Current::new(issued, self.means.world.clock.now()));
        Ok(is_new)
    }

    fn kept(&self, now: Timestamp) -> Option<Issued> {
        let kept = self.cache.as_ref()?.read()?;
        let holds = kept.expires.is_some_and(|at| at > now + MARGIN);
        if !holds {
            return None;
        }
        self.means.trace(format!(
            "temporary key {} from the cache",
            kept.key.masked_id()
        ));
        Some(kept)
    }

    async fn obtain(&self, fresh: bool) -> Result<Issued, CredentialsError> {
        let issued = obtain(&self.recipe, fresh, &self.source, &self.means).await?;
        if let Some(slot) = &self.cache
            && let Err(error) = slot.write(&issued)
        {
            self.means
                .warn(format!("the temporary key was not cached: {error}"));
        }
        Ok(issued)
    }
}

impl Current {
    fn new(issued: Issued, now: Timestamp) -> Self {
        let early = |at: Timestamp| at.checked_sub(MARGIN).unwrap_or(at);
        let rested = now.checked_add(REST).unwrap_or(now);
        Self {
            renew_at: issued.expires.map(|at| early(at).max(rested.min(at))),
            issued,
            kept: false,
        }
    }
}

impl KeySource for Credentials<'_> {
    fn key(&self) -> Answer<'_, AccessKey> {
        Box::pin(async {
            let issued = self.issued().await;
            issued
                .map(|it| it.key)
                .map_err(|it| Box::new(it) as KeyError)
        })
    }

    fn renew<'a>(&'a self, refused: &'a AccessKey, expired: bool) -> Answer<'a, bool> {
        Box::pin(async move {
            let renewed = self.renewed(refused, expired).await;
            renewed.map_err(|it| Box::new(it) as KeyError)
        })
    }
}
