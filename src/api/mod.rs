//! `ListChatGroup` (product `cams`, version 2020-06-06), a page at a time.
//!
//! [`Client::page`] builds, signs, sends and reads one request, and makes it
//! again as far as that makes sense. Retries go around signing and sending
//! together: a signature is spent when it was sent. The room must not know
//! flags, profiles, formats, or how many pages anyone wants. Start with
//! [`response`], where it is decided what counts as success, and [`retry`].

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use crate::secret::AccessKey;
use crate::signing::{Mechanism, Nonce, Unsigned, sign};
use crate::transport::{Hints, Http};
use crate::world::{Chance, Clock};

pub mod advice;
mod error;
mod explain;
mod hidden;
mod key;
pub mod pace;
mod request;
mod response;
pub mod retry;

pub use error::{AccessDenied, ApiError, Nonsense, Refusal};
pub use explain::explain;
pub use key::{Answer, KeyError, KeySource};
pub use pace::Pace;
pub use request::{BusinessNumber, ListChatGroup, PageIndex, PageSize, SpaceId};
pub use response::refused;
pub use response::{Page, Total};
use retry::{Budget, Verdict};

/// Returns what to add to our clock to have the server's, if it matters and
/// makes sense.
pub fn skew(date: Timestamp, now: Timestamp) -> Option<SignedDuration> {
    let skew = date.duration_since(now);
    (LEAST_SKEW..=MOST_SKEW)
        .contains(&skew.abs())
        .then_some(skew)
}

/// A clock that seems more wrong than this is not ours.
const MOST_SKEW: SignedDuration = SignedDuration::from_hours(24 * 365 * 20);

/// A clock less wrong than this is not why a request was refused.
const LEAST_SKEW: SignedDuration = SignedDuration::from_mins(1);

/// Asks the API, as one identity, for the pages of one listing.
#[derive(Debug)]
pub struct Client<'a> {
    /// The way there.
    pub http: Http,
    /// Whom we ask as.
    pub key: Box<dyn KeySource + 'a>,
    /// How we sign.
    pub mechanism: Mechanism,
    /// When we sign, and by what we wait.
    pub clock: Clock,
    /// What scatters the waits.
    pub chance: Chance,
    /// How many of us ask at once.
    pub pace: Rc<Pace>,
    /// How often one page is asked for again after a failure.
    pub retries: u32,
    /// What a run has learned.
    pub run: Run,
}

/// What all requests of a run share.
#[derive(Debug, Default)]
pub struct Run {
    budget: RefCell<Budget>,
    /// What to add to our clock to have the server's; known once it matters.
    skew: Cell<Option<SignedDuration>>,
    /// Answers so far: throttling is hopeless only while none come.
    answers: Cell<u64>,
}

/// One request and what came back, for those who follow the wire.
#[derive(Debug)]
pub struct Exchange<'a> {
    /// When it began, by our clock.
    pub at: Timestamp,
    /// How long it took.
    pub took: Duration,
    /// The HTTP status; `None` where no reply came.
    pub status: Option<u16>,
    /// The length of the body, decompressed, in bytes.
    pub bytes: usize,
    /// `Code`, where there was one.
    pub code: Option<&'a str>,
    /// `RequestId`, where there was one.
    pub request_id: Option<&'a str>,
}

/// What happened on the way to a page, as it happens.
#[derive(Debug)]
pub enum Event<'a> {
    /// A request was sent, and a reply came or did not.
    Exchanged(Exchange<'a>),
    /// A page came.
    Answered {
        /// The page.
        page: &'a Page,
        /// How long it took.
        took: Duration,
    },
    /// An attempt failed for good.
    Failed {
        /// Why.
        error: &'a ApiError,
        /// How long it took.
        took: Duration,
    },
    /// An attempt failed and is made again.
    Retrying {
        /// Why.
        error: &'a ApiError,
        /// How long it took.
        took: Duration,
        /// How long until the next attempt.
        wait: Duration,
    },
    /// The API refused the temporary key; there is a new one.
    KeyRenewed,
    /// Our clock was found to be off, and set right for this run.
    ClockSet {
        /// What was added to it.
        skew: SignedDuration,
    },
}

/// What became of one request.
struct Attempt {
    outcome: Result<Page, ApiError>,
    hints: Hints,
    status: Option<u16>,
    bytes: usize,
}

impl Attempt {
    fn without_reply(error: ApiError) -> Self {
        Self {
            outcome: Err(error),
            hints: Hints::default(),
            status: None,
            bytes: 0,
        }
    }
}

impl Client<'_> {
    /// Asks for one page, again and again as far as it makes sense.
    pub async fn page(
        &self,
        listing: &ListChatGroup,
        index: PageIndex,
        size: PageSize,
        tell: &dyn Fn(Event),
    ) -> Result<Page, ApiError> {
        let mut attempt = 0;
        let mut answers_before = self.run.answers.get();
        let mut renewed = false;
        loop {
            let slot = self.pace.slot().await;
            let started = self.clock.elapsed();
            let signed_by = self.run.skew.get();
            let key = self.key.key().await?;
            let at = self.clock.now();
            let Attempt {
                outcome,
                hints,
                status,
                bytes,
            } = self.attempt(&key, listing, index, size).await;
            let took = self.clock.elapsed().saturating_sub(started);
            let (code, request_id) = match &outcome {
                Ok(page) => (Some("OK"), page.request_id.as_deref()),
                Err(ApiError::Refused(it)) => (Some(it.code.as_str()), it.request_id.as_deref()),
                Err(_) => (None, None),
            };
            tell(Event::Exchanged(Exchange {
                at,
                took,
                status,
                bytes,
                code,
                request_id,
            }));
            let error = match outcome {
                Ok(page) => {
                    slot.answered();
                    self.run.budget.borrow_mut().earn();
                    self.run.answers.set(self.run.answers.get() + 1);
                    tell(Event::Answered { page: &page, took });
                    return Ok(page);
                }
                Err(error) => error,
            };
            let verdict = retry::classify(&error);
            if verdict == Verdict::ClockSkew && self.set_clock(signed_by, hints.date, tell) {
                continue;
            }
            if !renewed
                && let Some(expired) = error.refused_key()
                && self.key.renew(&key, expired).await?
            {
                renewed = true;
                tell(Event::KeyRenewed);
                continue;
            }
            attempt += 1;
            let answers = self.run.answers.get();
            let again = match verdict {
                Verdict::Fail | Verdict::ClockSkew => false,
                // As long as others get through, so shall we.
                Verdict::Throttled => attempt <= self.retries || answers > answers_before,
                Verdict::Retry => attempt <= self.retries && self.run.budget.borrow_mut().spend(),
            };
            answers_before = answers;
            if !again {
                tell(Event::Failed {
                    error: &error,
                    took,
                });
                return Err(error);
            }
            let wait = retry::wait(attempt, hints.retry_after, self.chance.share());
            tell(Event::Retrying {
                error: &error,
                took,
                wait,
            });
            if verdict == Verdict::Throttled {
                slot.throttled(wait);
            } else {
                drop(slot);
                self.clock.sleep(wait).await;
            }
        }
    }

    /// Asks for one page, once, whatever comes of it.
    pub async fn once(
        &self,
        listing: &ListChatGroup,
        index: PageIndex,
        size: PageSize,
    ) -> (Result<Page, ApiError>, Hints) {
        match self.key.key().await {
            Ok(key) => {
                let attempt = self.attempt(&key, listing, index, size).await;
                (attempt.outcome, attempt.hints)
            }
            Err(error) => (Err(error.into()), Hints::default()),
        }
    }

    /// Asks for one page, once. Each attempt signs anew, with a fresh nonce and
    /// time.
    async fn attempt(
        &self,
        key: &AccessKey,
        listing: &ListChatGroup,
        index: PageIndex,
        size: PageSize,
    ) -> Attempt {
        let request = Unsigned {
            method: "POST",
            host: self.http.authority(),
            action: ListChatGroup::ACTION.to_owned(),
            version: ListChatGroup::VERSION.to_owned(),
            query: listing.parameters(index, size),
            form: BTreeMap::new(),
            headers: BTreeMap::new(),
        };
        let nonce = match Nonce::random() {
            Ok(nonce) => nonce,
            Err(error) => return Attempt::without_reply(ApiError::Nonce(error)),
        };
        let now = self.clock.now();
        let skew = self.run.skew.get().unwrap_or_default();
        // A server may claim to live at the end of time.
        let at = now.checked_add(skew).unwrap_or(now);
        let signed = sign(self.mechanism, &request, key, at, &nonce);
        match self.http.post(&signed).await {
            Ok(reply) => {
                let page = response::read(&reply)
                    .map_err(|error| explain(error, self.mechanism, &key.secrets(), &signed));
                Attempt {
                    outcome: page,
                    hints: reply.hints,
                    status: Some(reply.status),
                    bytes: reply.body.len(),
                }
            }
            Err(error) => Attempt::without_reply(error.into()),
        }
    }

    /// Sets our clock by the server's, once a run; returns whether it now
    /// differs from the one that the refused request was signed by.
    fn set_clock(
        &self,
        signed_by: Option<SignedDuration>,
        date: Option<Timestamp>,
        tell: &dyn Fn(Event),
    ) -> bool {
        if self.run.skew.get().is_some() {
            return self.run.skew.get() != signed_by;
        }
        let Some(date) = date else {
            return false;
        };
        let Some(skew) = skew(date, self.clock.now()) else {
            return false;
        };
        self.run.skew.set(Some(skew));
        tell(Event::ClockSet { skew });
        true
    }
}
