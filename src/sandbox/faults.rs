//! What goes wrong, on purpose: rehearsed faults, the same for the same seed.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::fmt;
use std::num::NonZeroU32;
use std::str::FromStr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::text::named;
use crate::world::Chance;

/// A way for one request to fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// `Throttling.User` under HTTP 400, the usual one.
    Throttle400,
    /// `Throttling` under HTTP 429, with `Retry-After`.
    Throttle429,
    /// `Throttling.Api` under HTTP 503.
    Throttle503,
    /// `InternalError` under HTTP 500.
    Error500,
    /// A web page under HTTP 502, as a load balancer sends it.
    Html,
    /// A body that ends in the middle.
    Truncated,
    /// A connection that closes without an answer.
    Reset,
    /// A body that takes its time.
    SlowBody,
    /// `Success: false` under HTTP 200.
    SuccessFalse,
    /// `InvalidSecurityToken.Expired` for a key that holds.
    ExpiredToken,
}

impl Fault {
    /// Every fault, in the order in which help lists them.
    pub const ALL: [Self; 10] = [
        Self::Throttle400,
        Self::Throttle429,
        Self::Throttle503,
        Self::Error500,
        Self::Html,
        Self::Truncated,
        Self::Reset,
        Self::SlowBody,
        Self::SuccessFalse,
        Self::ExpiredToken,
    ];

    /// Returns the name that flags use.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Throttle400 => "throttle-400",
            Self::Throttle429 => "throttle-429",
            Self::Throttle503 => "throttle-503",
            Self::Error500 => "error-500",
            Self::Html => "html",
            Self::Truncated => "truncated",
            Self::Reset => "reset",
            Self::SlowBody => "slow-body",
            Self::SuccessFalse => "success-false",
            Self::ExpiredToken => "expired-token",
        }
    }
}

impl Fault {
    /// Returns whether the answer itself is right, and only its way is not.
    pub(super) fn is_about_delivery(self) -> bool {
        matches!(self, Self::Truncated | Self::Reset | Self::SlowBody)
    }
}

/// A fault, and the share of requests that it hits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FaultShare {
    /// The fault.
    pub fault: Fault,
    /// From 0 to 1.
    pub share: f64,
}

impl FromStr for FaultShare {
    type Err = String;

    /// Reads `KIND=SHARE`, such as `throttle-400=0.1`.
    fn from_str(text: &str) -> Result<Self, String> {
        let names = Fault::ALL.map(Fault::name).join(", ");
        let (kind, share) = text
            .split_once('=')
            .ok_or_else(|| format!("write KIND=SHARE, such as html=0.1; kinds: {names}"))?;
        let fault = named(kind, Fault::ALL, Fault::name)?;
        Ok(Self {
            fault,
            share: self::share(share)?,
        })
    }
}

/// Reads a share from 0 to 1.
pub fn share(text: &str) -> Result<f64, String> {
    let share = text.parse().ok().filter(|it| (0.0..=1.0).contains(it));
    share.ok_or_else(|| "a share from 0 to 1 is needed, such as 0.1".to_owned())
}

/// What the sandbox says the total is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Totals {
    /// The truth.
    #[default]
    Right,
    /// The truth and this many more, or fewer.
    Off(i64),
    /// Nothing.
    Absent,
    /// -1.
    Negative,
    /// The truth, in words nobody counts with.
    Text,
}

impl FromStr for Totals {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "right" => Ok(Self::Right),
            "absent" => Ok(Self::Absent),
            "negative" => Ok(Self::Negative),
            "text" => Ok(Self::Text),
            _ => text.parse().map(Self::Off).map_err(|_| {
                "right, absent, negative, text, or a number to be off by is needed".to_owned()
            }),
        }
    }
}

/// How a sandbox misbehaves; by default, not at all.
#[derive(Clone, Debug)]
pub struct Misbehaviour {
    /// Faults that hit single requests.
    pub faults: Vec<FaultShare>,
    /// Up to this much is added to the latency.
    pub jitter: Duration,
    /// More requests than this within a second are throttled.
    pub rate_limit: Option<NonZeroU32>,
    /// Larger pages are refused.
    pub max_page_size: u32,
    /// Larger pages are cut without a word.
    pub cap_page_size: Option<NonZeroU32>,
    /// After this share of pages, a group is made or removed.
    pub drift: f64,
    /// What the total is said to be.
    pub totals: Totals,
    /// How far the clock is ahead.
    pub skew: jiff::SignedDuration,
    /// What all chance comes from.
    pub seed: u64,
    /// Where to note which groups come and go.
    pub history: Option<Arc<Mutex<History>>>,
}

impl Default for Misbehaviour {
    fn default() -> Self {
        Self {
            faults: Vec::new(),
            jitter: Duration::ZERO,
            rate_limit: None,
            max_page_size: 100,
            cap_page_size: None,
            drift: 0.0,
            totals: Totals::Right,
            skew: jiff::SignedDuration::ZERO,
            seed: 0,
            history: None,
        }
    }
}

/// Which groups came and went, by the place that makes their id.
#[derive(Debug, Default)]
pub struct History {
    /// Groups that were there at the start or made later.
    pub ever: Vec<u64>,
    /// Groups that were removed.
    pub removed: Vec<u64>,
}

/// Chance, and the memory that misbehaving takes.
#[derive(Debug)]
pub(super) struct Dice {
    pub(super) chance: Chance,
    /// When the last requests came, by the sandbox's clock.
    recent: RefCell<VecDeque<Duration>>,
}

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self {
            chance: Chance::seeded(seed),
            recent: RefCell::default(),
        }
    }

    /// Returns the fault that hits this request, if one does.
    pub(super) fn fault(&self, faults: &[FaultShare]) -> Option<Fault> {
        if faults.is_empty() {
            return None;
        }
        let mut point = self.chance.share();
        for it in faults {
            if point < it.share {
                return Some(it.fault);
            }
            point -= it.share;
        }
        None
    }

    /// Counts a request at this time; returns how long until there is room
    /// again, if there is none.
    pub(super) fn over_rate(&self, limit: NonZeroU32, now: Duration) -> Option<Duration> {
        let mut recent = self.recent.borrow_mut();
        let second = Duration::from_secs(1);
        while recent.front().is_some_and(|first| *first + second <= now) {
            recent.pop_front();
        }
        if recent.len() < limit.get() as usize {
            recent.push_back(now);
            return None;
        }
        recent
            .front()
            .map(|first| (*first + second).saturating_sub(now))
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_are_written_as_kind_and_share() {
        let good: FaultShare = "html=0.25".parse().unwrap();
        assert_eq!((good.fault, good.share), (Fault::Html, 0.25));
        for bad in ["html", "html=2", "html=-1", "htm=0.1", "=0.1", "html=NaN"] {
            assert!(bad.parse::<FaultShare>().is_err(), "{bad}");
        }
        assert!(
            "htm=0.1"
                .parse::<FaultShare>()
                .unwrap_err()
                .contains("html?")
        );
    }

    #[test]
    fn the_same_seed_brings_the_same_faults_in_their_shares() {
        let faults = ["reset=0.1", "html=0.1"].map(|it| it.parse().unwrap());
        let throw = |seed| {
            let dice = Dice::new(seed);
            (0..1000).map(|_| dice.fault(&faults)).collect::<Vec<_>>()
        };
        assert_eq!(throw(7), throw(7));
        assert_ne!(throw(7), throw(8));
        let hit = throw(7).iter().filter(|it| it.is_some()).count();
        assert!((150..250).contains(&hit), "{hit}");
    }

    #[test]
    fn a_rate_is_counted_within_a_second() {
        let dice = Dice::new(0);
        let limit = NonZeroU32::new(2).unwrap();
        let at = Duration::from_millis;
        assert_eq!(dice.over_rate(limit, at(0)), None);
        assert_eq!(dice.over_rate(limit, at(400)), None);
        assert_eq!(dice.over_rate(limit, at(500)), Some(at(500)));
        assert_eq!(dice.over_rate(limit, at(1000)), None);
        assert_eq!(dice.over_rate(limit, at(1001)), Some(at(399)));
    }
}
