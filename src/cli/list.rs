//! `cams-groups list`.

#![expect(
    clippy::doc_markdown,
    reason = "these comments are read on a terminal, as help"
)]

use std::path::PathBuf;
use std::time::Duration;

use clap::builder::NonEmptyStringValueParser;
use clap::{ArgAction, Args};

use super::effort::{EffortArgs, VoiceArgs};
use super::settings::{
    self, CONFIGURATION, ConnectionArgs, ManyArgs, OUTPUT, SourceArgs, TargetArgs, WHAT,
};
use super::{Choice, ChoiceArgs, ViewArgs, texts};
use crate::api::{PageIndex, PageSize};
use crate::config::{Overrides, duration};
use crate::output::{ColorChoice, Format};

const PAGING: &str = "Paging";

/// The flags of `list`.
#[expect(clippy::struct_excessive_bools, reason = "flags are what they are")]
#[derive(Args, Debug)]
#[command(
    disable_help_flag = true,
    after_help = texts::short_after_help(texts::LIST_EXAMPLES),
    after_long_help = texts::long_after_help(texts::LIST_EXAMPLES),
)]
pub struct ListArgs {
    /// Whose groups.
    #[command(flatten)]
    pub target: TargetArgs,

    /// Whose, if there are many.
    #[command(flatten)]
    pub many: ManyArgs,

    /// Which of them.
    #[command(flatten)]
    pub choice: ChoiceArgs,

    /// Only groups whose subject the API matches with this text
    ///
    /// Whether the API wants the whole subject or a part of it is not documented.
    #[arg(long, value_name = "TEXT", help_heading = WHAT,
        value_parser = NonEmptyStringValueParser::new())]
    pub subject: Option<String>,

    /// Only groups of this channel; the API documents WHATSAPP
    ///
    /// Also channel_type in the profile. Any text is passed on.
    #[arg(long, value_name = "TYPE", help_heading = WHAT,
        value_parser = NonEmptyStringValueParser::new())]
    pub channel_type: Option<String>,

    /// Only Telegram groups of this type
    #[arg(long, value_name = "TYPE", help_heading = WHAT,
        value_parser = NonEmptyStringValueParser::new())]
    pub group_type: Option<String>,

    /// Only the Telegram group with this link
    #[arg(long, value_name = "URL", help_heading = WHAT,
        value_parser = NonEmptyStringValueParser::new())]
    pub group_link: Option<String>,

    /// Groups to ask for at a time, 1 to 1000 [default: 100, with --page 20]
    ///
    /// Also page_size in the profile. The API's own limit is not documented: if it
    /// refuses 100, 20 is asked for, and if it grants fewer, what it grants. A size
    /// that you name is never changed.
    #[arg(long, value_name = "N", help_heading = PAGING, allow_negative_numbers = true)]
    pub page_size: Option<PageSize>,

    /// This page only, counted from 1; without it all pages are read
    #[arg(long, value_name = "N", help_heading = PAGING, allow_negative_numbers = true,
        conflicts_with_all = ["targets", "all_targets"])]
    pub page: Option<PageIndex>,

    /// Stop after this many groups
    #[arg(long, value_name = "N", help_heading = PAGING, allow_negative_numbers = true,
        value_parser = limit)]
    pub limit: Option<u64>,

    /// Take a listing that does not settle: warn, print, and exit with 0
    #[arg(long, help_heading = PAGING)]
    pub allow_incomplete: bool,

    /// What of them.
    #[command(flatten)]
    pub view: ViewArgs,

    /// Form of the listing [default: table]
    ///
    /// Also CAMS_GROUPS_OUTPUT, or output in the profile. On failure, json and markdown
    /// write nothing at all; jsonl, csv, tsv and ids have written what came before. Of
    /// many targets, those that were listed are written in every form, but not by --jq
    /// or counted as JSON by --summary.
    #[arg(long, short, value_name = "FORMAT", help_heading = OUTPUT,
        value_parser = Choice::<Format>::of(Format::ALL.map(Format::name)))]
    pub output: Option<Format>,

    /// List every 30s, or TIME, until Ctrl-C, and show what changes
    ///
    /// On a terminal, one table that is drawn over: + marks groups that are new, ~ those
    /// that changed, - those that are gone, * what changed of them. With -o jsonl, an
    /// event a line: present, added, changed, removed, looked or failed. At --deadline
    /// it ends well if the last look did.
    #[arg(long, value_name = "TIME", help_heading = OUTPUT, num_args = 0..=1, require_equals = true,
        default_missing_value = "30s", value_parser = interval,
        conflicts_with_all = ["page", "limit", "count", "summary", "jq", "output_file", "dry_run",
            "trace_file", "allow_incomplete", "targets", "all_targets"])]
    pub watch: Option<Duration>,

    /// Write the listing to this file, which is replaced only on success
    ///
    /// On any failure the old file stays as it is. What is no regular file, such as
    /// /dev/stdout or a FIFO, is written straight.
    #[arg(long, short = 'O', value_name = "FILE", help_heading = OUTPUT)]
    pub output_file: Option<PathBuf>,

    /// Print the request that would be sent, and send nothing
    ///
    /// As a readable block, or with -o json as an object. Signature and secrets are
    /// not shown, and nobody is asked for a key.
    #[arg(long, help_heading = OUTPUT, conflicts_with_all = ["count", "sandbox", "trace_file", "output_file", "targets", "all_targets"])]
    pub dry_run: bool,

    /// Write all requests and replies of the run to this file, for support
    ///
    /// An HTTP archive (HAR) without signatures, tokens, keys or groups.
    #[arg(long, value_name = "FILE", help_heading = OUTPUT,
        conflicts_with_all = ["targets", "all_targets"])]
    pub trace_file: Option<PathBuf>,

    /// Print only how many groups there are, by the API's own count
    #[arg(long, help_heading = OUTPUT,
        conflicts_with_all = ["page", "limit", "output", "page_size", "matching", "full", "empty",
            "min_participants", "max_participants", "columns", "sort", "summary", "jq", "trace_file",
            "no_header", "excel", "redact", "targets", "all_targets"])]
    pub count: bool,

    /// When to colour
    #[arg(long, value_name = "WHEN", help_heading = OUTPUT, default_value = "auto",
        value_parser = Choice::<ColorChoice>::of(ColorChoice::ALL.map(ColorChoice::name)))]
    pub color: ColorChoice,

    /// How much is said.
    #[command(flatten)]
    pub voice: VoiceArgs,

    /// Where the rest is set.
    #[command(flatten)]
    pub source: SourceArgs,

    /// List the demo groups of a sandbox that runs inside this command
    ///
    /// Needs no account, no configuration and no network, and reads no profile.
    #[arg(long, help_heading = CONFIGURATION,
        conflicts_with_all = ["profile", "config", "region", "endpoint", "ca_file", "targets", "all_targets"])]
    pub sandbox: bool,

    /// How the API is reached.
    #[command(flatten)]
    pub connection: ConnectionArgs,

    /// How long and how hard it is tried.
    #[command(flatten)]
    pub effort: EffortArgs,

    /// Print help; -h is the short one
    #[arg(long, short, action = ArgAction::Help, help_heading = "Help")]
    help: Option<bool>,
}

fn limit(text: &str) -> Result<u64, String> {
    let number = text.parse().ok().filter(|it| *it > 0);
    number.ok_or_else(|| "a whole number from 1 on is needed".to_owned())
}

fn interval(text: &str) -> Result<Duration, String> {
    let range = Duration::from_secs(1)..=Duration::from_hours(24);
    duration(text)
        .filter(|it| range.contains(it))
        .ok_or_else(|| "a time from 1s to 24h is needed, such as 30s or 5m".to_owned())
}

impl ListArgs {
    /// Returns whether only some of the groups are asked for.
    pub fn chooses(&self) -> bool {
        let texts = [&self.subject, &self.group_type, &self.group_link];
        self.choice.asked().is_some()
            || self.choice.wanted().is_choosy()
            || texts.into_iter().any(Option::is_some)
    }

    /// Returns what the flags set of the settings.
    pub fn overrides(&self) -> Overrides {
        Overrides {
            channel_type: self.channel_type.clone(),
            page_size: self.page_size,
            output: self.output,
            ..settings::overrides(&self.target, &self.source, &self.connection)
        }
    }
}
