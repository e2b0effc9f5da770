//! Where a call's key comes from, as far as the API cares: it may change.

use std::error::Error;
use std::fmt;
use std::pin::Pin;

use crate::secret::AccessKey;

/// Why there is no key; [`crate::failure`] knows which errors hide in it.
pub type KeyError = Box<dyn Error>;

/// What is still to come.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, KeyError>> + 'a>>;

/// A key for now. Temporary keys run out while a listing runs.
pub trait KeySource: fmt::Debug {
    /// Returns the key to sign with.
    fn key(&self) -> Answer<'_, AccessKey>;

    /// Gets a new key, because the API refused this one, saying that it has
    /// expired or something else; returns whether there is one. However many
    /// ask, one renewal is made.
    fn renew<'a>(&'a self, refused: &'a AccessKey, expired: bool) -> Answer<'a, bool>;
}

/// A key that never changes.
impl KeySource for AccessKey {
    fn key(&self) -> Answer<'_, AccessKey> {
        Box::pin(async { Ok(self.clone()) })
    }

    fn renew<'a>(&'a self, _: &'a AccessKey, _: bool) -> Answer<'a, bool> {
        Box::pin(async { Ok(false) })
    }
}
