//! `cams-groups audit`.

use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use clap::Args;
use clap::builder::NonEmptyStringValueParser;
use regex::Regex;

use super::effort::{EffortArgs, VoiceArgs};
use super::settings::{self, ConnectionArgs, ManyArgs, SourceArgs, TargetArgs};
use super::{Choice, texts};
use crate::audit::{Drift, Rule};
use crate::config::{Overrides, duration};
use crate::group::{Field, GroupStatus};
use crate::output::Report;
use crate::text::named;

const RULES: &str = "Rules";
const VERDICT: &str = "Verdict";

/// The flags of `audit`.
#[expect(clippy::struct_excessive_bools, reason = "flags are what they are")]
#[derive(Args, Debug)]
#[command(after_help = texts::AUDIT_EXAMPLES)]
pub struct AuditArgs {
    /// Whose groups.
    #[command(flatten)]
    pub target: TargetArgs,

    /// Whose, if there are many.
    #[command(flatten)]
    pub many: ManyArgs,

    /// Every group has one of these statuses (can be repeated)
    #[arg(long, value_name = "STATUS", help_heading = RULES, value_delimiter = ',',
        value_parser = Choice::<GroupStatus>::of(GroupStatus::ALL.map(GroupStatus::name)))]
    pub allow_status: Vec<GroupStatus>,

    /// Some group has each of these statuses
    #[arg(long, value_name = "STATUS", help_heading = RULES, value_delimiter = ',',
        value_parser = Choice::<GroupStatus>::of(GroupStatus::ALL.map(GroupStatus::name)))]
    pub require_status: Vec<GroupStatus>,

    /// No group is CREATING, UPDATING or DELETING for longer than this
    #[arg(long, value_name = "TIME", help_heading = RULES, value_parser = span)]
    pub stuck_after: Option<Duration>,

    /// There are at least so many groups, of all or of a status (can be repeated)
    #[arg(long, value_name = "[STATUS=]N", help_heading = RULES, value_parser = number)]
    pub min_groups: Vec<(Option<GroupStatus>, u64)>,

    /// There are at most so many groups, of all or of a status (can be repeated)
    #[arg(long, value_name = "[STATUS=]N", help_heading = RULES, value_parser = number)]
    pub max_groups: Vec<(Option<GroupStatus>, u64)>,

    /// Every group has at least so many participants
    #[arg(long, value_name = "N", help_heading = RULES)]
    pub min_participants: Option<u64>,

    /// Every group has at most so many participants
    #[arg(long, value_name = "N", help_heading = RULES)]
    pub max_participants: Option<u64>,

    /// No WhatsApp group is full: 8 participants
    #[arg(long, help_heading = RULES)]
    pub no_full: bool,

    /// No group is without participants
    #[arg(long, help_heading = RULES)]
    pub no_empty: bool,

    /// Every group has an invite link
    #[arg(long, help_heading = RULES, conflicts_with = "forbid_link")]
    pub require_link: bool,

    /// No group has an invite link
    #[arg(long, help_heading = RULES)]
    pub forbid_link: bool,

    /// Every invite link leads to one of these hosts (can be repeated)
    #[arg(long, value_name = "HOST", help_heading = RULES, value_delimiter = ',')]
    pub link_host: Vec<String>,

    /// Every subject matches this regular expression (can be repeated)
    #[arg(long, value_name = "REGEX", help_heading = RULES, value_parser = regex)]
    pub subject: Vec<Regex>,

    /// No subject matches this regular expression (can be repeated)
    #[arg(long, value_name = "REGEX", help_heading = RULES, value_parser = regex)]
    pub forbid_subject: Vec<Regex>,

    /// No two groups have the same subject
    #[arg(long, help_heading = RULES)]
    pub unique_subjects: bool,

    /// Every group has a description
    #[arg(long, help_heading = RULES)]
    pub require_description: bool,

    /// Every group has a picture
    #[arg(long, help_heading = RULES)]
    pub require_picture: bool,

    /// The bot's role in every Telegram group is one of these (can be repeated)
    #[arg(long, value_name = "ROLE", help_heading = RULES, value_delimiter = ',',
        value_parser = NonEmptyStringValueParser::new())]
    pub role: Vec<String>,

    /// Nothing differs from this snapshot, which list -o json wrote; - is standard input
    #[arg(long, value_name = "FILE", help_heading = RULES)]
    pub baseline: Option<PathBuf>,

    /// Fields that may differ from the baseline
    #[arg(long, value_name = "FIELDS", value_delimiter = ',', help_heading = RULES,
        value_parser = Choice::<Field>::of(Field::ALL.map(Field::short_name)))]
    pub ignore: Vec<Field>,

    /// Kinds of difference from the baseline that count [default: all]
    #[arg(long, value_name = "KINDS", value_delimiter = ',', help_heading = RULES,
        value_parser = Choice::<Drift>::of(Drift::ALL.map(Drift::name)))]
    pub drift: Vec<Drift>,

    /// Participants of a group may change by up to this from the baseline
    #[arg(long, value_name = "N", help_heading = RULES)]
    pub participants_change: Option<u64>,

    /// Rules, levels and exceptions as a TOML file; flags outweigh it
    #[arg(long, value_name = "FILE", help_heading = RULES)]
    pub policy: Option<PathBuf>,

    /// Print a policy with a comment on every key, and audit nothing
    #[arg(long, help_heading = RULES)]
    pub init_policy: bool,

    /// Print every rule with what it is about, and audit nothing
    #[arg(long, help_heading = RULES)]
    pub list_rules: bool,

    /// Rules whose findings only warn
    #[arg(long, value_name = "RULES", help_heading = VERDICT, value_delimiter = ',',
        value_parser = Choice::<RuleName>::of(Rule::ALL.map(Rule::id)))]
    pub warn: Vec<RuleName>,

    /// What ends with exit code 1: error, warning or never
    #[arg(long, value_name = "LEVEL", help_heading = VERDICT, default_value = "error",
        value_parser = Choice::<FailOn>::of(FailOn::ALL.map(FailOn::name)))]
    pub fail_on: FailOn,

    /// Form of the report on stdout
    #[arg(long, short, value_name = "FORM", default_value = "table", help_heading = VERDICT,
        value_parser = Choice::<Report>::of(Report::ALL.map(Report::name)))]
    pub output: Report,

    /// Write a report to a file as well, such as junit=audit.xml (can be repeated)
    #[arg(long, value_name = "FORM=FILE", help_heading = VERDICT, value_parser = report_file)]
    pub report: Vec<(Report, PathBuf)>,

    /// Where the rest is set.
    #[command(flatten)]
    pub source: SourceArgs,

    /// How the API is reached.
    #[command(flatten)]
    pub connection: ConnectionArgs,

    /// How long and how hard it is tried.
    #[command(flatten)]
    pub effort: EffortArgs,

    /// How much is said.
    #[command(flatten)]
    pub voice: VoiceArgs,
}

/// A rule, by its id.
#[derive(Clone, Copy, Debug)]
pub struct RuleName(pub Rule);

impl FromStr for RuleName {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        named(text, Rule::ALL, Rule::id).map(Self)
    }
}

/// What makes an audit fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailOn {
    /// Findings that are errors.
    Error,
    /// Findings of any kind.
    Warning,
    /// No finding.
    Never,
}

impl FailOn {
    /// Every choice, in the order in which help lists them.
    pub const ALL: [Self; 3] = [Self::Error, Self::Warning, Self::Never];

    /// Returns the name that flags use.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Never => "never",
        }
    }
}

impl FromStr for FailOn {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        named(text, Self::ALL, Self::name)
    }
}

impl AuditArgs {
    /// Returns what the flags set of the settings.
    pub fn overrides(&self) -> Overrides {
        settings::overrides(&self.target, &self.source, &self.connection)
    }
}

fn number(text: &str) -> Result<(Option<GroupStatus>, u64), String> {
    let (status, number) = match text.split_once('=') {
        None => (None, text),
        Some((status, number)) => (Some(status.parse()?), number),
    };
    let number = number
        .parse()
        .map_err(|_| "a whole number is needed, such as 10 or ACTIVE=10".to_owned())?;
    Ok((status, number))
}

fn regex(text: &str) -> Result<Regex, String> {
    Regex::new(text).map_err(|error| error.to_string())
}

fn span(text: &str) -> Result<Duration, String> {
    duration(text).ok_or_else(|| "a time is needed, such as 30m or 2h".to_owned())
}

fn report_file(text: &str) -> Result<(Report, PathBuf), String> {
    let (form, file) = text
        .split_once('=')
        .filter(|(_, file)| !file.is_empty())
        .ok_or_else(|| "write FORM=FILE, such as junit=audit.xml".to_owned())?;
    Ok((form.parse()?, file.into()))
}
