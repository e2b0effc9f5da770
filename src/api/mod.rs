//! `ListChatGroup` (product `cams`, version 2020-06-06), a page at a time.
//!
//! [`Client::page`] builds, signs, sends and reads one request. It must not
//! know flags, profiles, formats, or how many pages anyone wants. Start with
//! [`response`]: what counts as success is decided there.

use crate::secret::AccessKey;
use crate::signing::{Mechanism, Nonce, Signed, Unsigned, sign};
use crate::transport::Http;
use crate::world::Clock;

pub mod advice;
mod error;
mod request;
mod response;

pub use error::{AccessDenied, ApiError, Nonsense, Refusal};
pub use request::{BusinessNumber, ListChatGroup, PageIndex, PageSize, SpaceId};
pub use response::{Page, Total};

/// Asks the API, as one identity, for the pages of one listing.
#[derive(Debug)]
pub struct Client {
    /// The way there.
    pub http: Http,
    /// Whom we ask as.
    pub key: AccessKey,
    /// How we sign.
    pub mechanism: Mechanism,
    /// When we sign.
    pub clock: Clock,
}

impl Client {
    /// Asks for one page. Each call signs anew, with a fresh nonce and time.
    pub async fn page(
        &self,
        listing: &ListChatGroup,
        index: PageIndex,
        size: PageSize,
    ) -> Result<Page, ApiError> {
        let request = Unsigned {
            method: "POST",
            host: self.http.authority(),
            action: ListChatGroup::ACTION.to_owned(),
            version: ListChatGroup::VERSION.to_owned(),
            query: listing.parameters(index, size),
            form: std::collections::BTreeMap::new(),
            headers: std::collections::BTreeMap::new(),
        };
        let nonce = Nonce::random().map_err(ApiError::Nonce)?;
        let signed = sign(
            self.mechanism,
            &request,
            &self.key,
            self.clock.now(),
            &nonce,
        );
        let reply = self.http.post(&signed).await?;
        response::read(&reply).map_err(|error| self.explain(error, &signed))
    }

    /// Takes out of a refusal what must not be shown. A refused signature shows
    /// the text that the server signed, with key id and token in it; all that a
    /// user needs of it is whether it was ours.
    fn explain(&self, mut error: ApiError, signed: &Signed) -> ApiError {
        let ApiError::Refused(refusal) = &mut error else {
            return error;
        };
        let Some(message) = &mut refusal.message else {
            return error;
        };
        let shown = [
            "server string to sign",
            "server stringtosign",
            "server canonicalrequest",
        ]
        .into_iter()
        .filter_map(|mark| message.to_ascii_lowercase().find(mark))
        .min();
        if let Some(from) = shown {
            refusal.string_to_sign_matches = Some(message.contains(&signed.string_to_sign));
            message.truncate(from);
        }
        for secret in self.key.token.iter().chain([&self.key.secret]) {
            if !secret.expose().is_empty() {
                *message = message.replace(secret.expose(), "(redacted)");
            }
        }
        *message = message.trim().to_owned();
        error
    }
}
