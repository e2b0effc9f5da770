//! How long and how hard it is tried, and how much is said of it: flags of the
//! commands that list.

use std::num::NonZeroU32;

use clap::{ArgAction, Args};

use super::settings::{CONNECTION, OUTPUT};
use crate::config::Timeout;

/// As many pages at once, as many attempts for each after the first, and as many
/// passes, as are made where nobody says otherwise.
pub const AT_ONCE: NonZeroU32 = NonZeroU32::new(8).expect("eight is not zero");
/// See [`AT_ONCE`].
pub const RETRIES: u32 = 4;
/// See [`AT_ONCE`].
pub const PASSES: u32 = 3;

/// How long and how hard it is tried.
#[derive(Args, Clone, Copy, Debug)]
pub struct EffortArgs {
    /// Time that the whole run may take, up to 1h [default: no limit]
    #[arg(long, value_name = "TIME", help_heading = CONNECTION, allow_negative_numbers = true)]
    pub deadline: Option<Timeout>,

    /// Ask again up to this often for a page that failed
    ///
    /// After throttling, faults of the service, and broken connections, with
    /// growing waits or those that the server asks for. Nothing else is retried.
    #[arg(long, value_name = "N", help_heading = CONNECTION, default_value_t = RETRIES,
        value_parser = clap::value_parser!(u32).range(..=100))]
    pub retries: u32,

    /// Read all pages up to this often until the listing settles
    ///
    /// Groups may come and go while they are read. A listing is whole when every
    /// page reports the same total and as many groups came, or when two passes in a
    /// row bring the same groups. Otherwise the exit code is 8.
    #[arg(long, value_name = "N", help_heading = CONNECTION, default_value_t = PASSES,
        value_parser = clap::value_parser!(u32).range(1..=100))]
    pub passes: u32,

    /// Ask for up to this many pages at once; fewer while the API throttles
    #[arg(long, value_name = "N", help_heading = CONNECTION, default_value_t = AT_ONCE,
        value_parser = at_once)]
    pub concurrency: NonZeroU32,

    /// Send no more than this many requests a second [default: no limit]
    #[arg(long, value_name = "N", help_heading = CONNECTION, value_parser = rps)]
    pub max_rps: Option<NonZeroU32>,
}

/// How much is said.
#[derive(Args, Clone, Copy, Debug)]
pub struct VoiceArgs {
    /// Say nothing but errors, and what is doubtful about the listing
    #[arg(long, short, help_heading = OUTPUT, conflicts_with = "verbose")]
    pub quiet: bool,

    /// Say on stderr what happens; twice, with parameters
    ///
    /// Secrets, tokens and signatures are never shown.
    #[arg(long, short, help_heading = OUTPUT, action = ArgAction::Count)]
    pub verbose: u8,
}

impl VoiceArgs {
    /// As it is where nobody says otherwise.
    pub const USUAL: Self = Self {
        quiet: false,
        verbose: 0,
    };
}

fn rps(text: &str) -> Result<NonZeroU32, String> {
    text.parse()
        .map_err(|_| "a whole number from 1 on is needed".to_owned())
}

fn at_once(text: &str) -> Result<NonZeroU32, String> {
    let number = text.parse().ok().filter(|it: &NonZeroU32| it.get() <= 64);
    number.ok_or_else(|| "a whole number from 1 to 64 is needed".to_owned())
}
