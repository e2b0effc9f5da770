//! `cams-groups sandbox`.

use std::num::NonZeroU32;
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use super::texts;
use crate::config::duration;
use crate::sandbox::Misbehaviour;
use crate::sandbox::faults::{FaultShare, Totals, share};

const REHEARSE: &str = "Rehearse failures";

/// The flags of `sandbox`.
#[derive(Args, Debug)]
#[command(after_help = texts::SANDBOX_EXAMPLES)]
pub struct SandboxArgs {
    /// Port on 127.0.0.1; 0 takes a free one
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub port: u16,

    /// Number of demo groups to serve [default: 51]
    #[arg(long, value_name = "N", conflicts_with = "data")]
    pub groups: Option<u64>,

    /// JSON file with the groups to serve, as `list -o json` writes it
    #[arg(long, value_name = "FILE")]
    pub data: Option<PathBuf>,

    /// Answer for every target of this file besides, as `list --targets` takes it
    #[arg(long, value_name = "FILE")]
    pub targets: Option<PathBuf>,

    /// Time that each answer takes, such as 50ms
    #[arg(long, value_name = "TIME", value_parser = span)]
    pub latency: Option<Duration>,

    /// After this time, what is CREATING or UPDATING is ACTIVE, what is DELETING gone
    ///
    /// Counted from the start of the sandbox. Each group is done after a share of it
    /// that goes by its place, so that they come one by one.
    #[arg(long, value_name = "TIME", value_parser = span)]
    pub settle: Option<Duration>,

    /// Up to this much is added to the latency at random
    #[arg(long, value_name = "TIME", value_parser = span, help_heading = REHEARSE)]
    pub jitter: Option<Duration>,

    /// Let a share of requests fail, such as html=0.1 (can be repeated)
    ///
    /// Kinds: throttle-400, throttle-429, throttle-503, error-500, html, truncated,
    /// reset, slow-body, success-false, expired-token.
    #[arg(long, value_name = "KIND=SHARE", help_heading = REHEARSE)]
    pub fault: Vec<FaultShare>,

    /// Throttle more requests than this within a second
    #[arg(long, value_name = "N", help_heading = REHEARSE)]
    pub rate_limit: Option<NonZeroU32>,

    /// Refuse larger pages [default: 100]
    #[arg(long, value_name = "N", help_heading = REHEARSE)]
    pub max_page_size: Option<NonZeroU32>,

    /// Cut larger pages without a word
    #[arg(long, value_name = "N", help_heading = REHEARSE)]
    pub cap_page_size: Option<NonZeroU32>,

    /// Make or remove a group after this share of pages
    #[arg(long, value_name = "SHARE", value_parser = share, default_value_t = 0.0,
        hide_default_value = true, help_heading = REHEARSE)]
    pub drift: f64,

    /// Say this of the total: absent, negative, text, or how far it is off
    #[arg(long, value_name = "WHAT", default_value = "right", hide_default_value = true,
        allow_negative_numbers = true, help_heading = REHEARSE)]
    pub total: Totals,

    /// Let the sandbox's clock be ahead by this much
    #[arg(long, value_name = "TIME", value_parser = span, help_heading = REHEARSE)]
    pub skew: Option<Duration>,

    /// Let issued keys expire after this time, whatever is asked for
    #[arg(long, value_name = "TIME", value_parser = lifetime, help_heading = REHEARSE)]
    pub lifetime: Option<Duration>,

    /// The same faults for the same number
    #[arg(long, value_name = "N", default_value_t = 0, help_heading = REHEARSE)]
    pub seed: u64,
}

impl SandboxArgs {
    /// Returns what the flags want to go wrong.
    pub fn misbehaviour(&self) -> Misbehaviour {
        let default = Misbehaviour::default();
        Misbehaviour {
            faults: self.fault.clone(),
            jitter: self.jitter.unwrap_or_default(),
            rate_limit: self.rate_limit,
            max_page_size: self
                .max_page_size
                .map_or(default.max_page_size, NonZeroU32::get),
            cap_page_size: self.cap_page_size,
            drift: self.drift,
            totals: self.total,
            skew: self
                .skew
                .and_then(|it| it.try_into().ok())
                .unwrap_or_default(),
            seed: self.seed,
            history: None,
        }
    }
}

fn lifetime(text: &str) -> Result<Duration, String> {
    let second = Duration::from_secs(1);
    span(text).and_then(|it| {
        let enough = it >= second;
        enough
            .then_some(it)
            .ok_or_else(|| "a time from 1s on is needed".to_owned())
    })
}

fn span(text: &str) -> Result<Duration, String> {
    duration(text)
        .filter(|it| *it <= Duration::from_hours(24))
        .ok_or_else(|| "a time up to 24h is needed, such as 50ms or 2s".to_owned())
}
