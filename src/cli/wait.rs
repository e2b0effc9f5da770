//! `cams-groups wait`.

use std::time::Duration;

use clap::builder::NonEmptyStringValueParser;
use clap::{ArgGroup, Args};

use super::effort::VoiceArgs;
use super::settings::{self, EndpointArgs, SourceArgs, TargetArgs};
use super::{Choice, texts};
use crate::config::{Overrides, duration};
use crate::group::condition::Condition;
use crate::output::Format;

const AWAITED: &str = "What to wait for";

/// The flags of `wait`.
#[derive(Args, Debug)]
#[command(
    after_help = texts::WAIT_EXAMPLES,
    group = ArgGroup::new("which").required(true).args(["group_id", "subject", "all"]),
)]
pub struct WaitArgs {
    /// The group with this id (can be repeated)
    #[arg(long, value_name = "ID", help_heading = AWAITED, allow_hyphen_values = true,
        value_delimiter = ',', value_parser = id)]
    pub group_id: Vec<String>,

    /// The groups with exactly this subject
    #[arg(long, value_name = "TEXT", help_heading = AWAITED,
        value_parser = NonEmptyStringValueParser::new())]
    pub subject: Option<String>,

    /// All groups
    #[arg(long, help_heading = AWAITED)]
    pub all: bool,

    /// What they must be: a status, gone, participants>=N or participants<=N
    ///
    /// All of them must be; one that is not there yet is only gone.
    #[arg(long = "for", value_name = "CONDITION", help_heading = AWAITED)]
    pub condition: Condition,

    /// How long to wait at most, up to 24h
    #[arg(long, value_name = "TIME", help_heading = AWAITED, default_value = "10m",
        value_parser = span)]
    pub timeout: Duration,

    /// How long to rest between looks; longer while nothing changes
    #[arg(long, value_name = "TIME", help_heading = AWAITED, default_value = "5s",
        value_parser = span)]
    pub interval: Duration,

    /// Form of the groups that are shown at the end
    #[arg(long, short, value_name = "FORMAT", default_value = "table", help_heading = "Output",
        value_parser = Choice::<Format>::of(Format::ALL.map(Format::name)))]
    pub output: Format,

    /// Whose groups.
    #[command(flatten)]
    pub target: TargetArgs,

    /// Where the rest is set.
    #[command(flatten)]
    pub source: SourceArgs,

    /// How the API is reached.
    #[command(flatten)]
    pub endpoint: EndpointArgs,

    /// How much is said.
    #[command(flatten)]
    pub voice: VoiceArgs,
}

impl WaitArgs {
    /// Returns what the flags set of the settings.
    pub fn overrides(&self) -> Overrides {
        settings::without_timeout(&self.target, &self.source, &self.endpoint)
    }
}

fn id(text: &str) -> Result<String, String> {
    let is_one = !text.is_empty() && !text.contains(char::is_whitespace);
    is_one
        .then(|| text.to_owned())
        .ok_or_else(|| "an id is needed, which has no blanks".to_owned())
}

fn span(text: &str) -> Result<Duration, String> {
    let range = Duration::from_millis(100)..=Duration::from_hours(24);
    duration(text)
        .filter(|it| range.contains(it))
        .ok_or_else(|| "a time from 100ms to 24h is needed, such as 5s or 10m".to_owned())
}
