//! `cams-groups diff`.

use std::path::PathBuf;

use clap::Args;

use super::effort::{EffortArgs, VoiceArgs};
use super::settings::{self, ConnectionArgs, ManyArgs, SourceArgs, TargetArgs};
use super::{Choice, texts};
use crate::config::Overrides;
use crate::group::Field;
use crate::output::Paper;

/// The flags of `diff`.
#[derive(Args, Debug)]
#[command(after_help = texts::DIFF_EXAMPLES)]
pub struct DiffArgs {
    /// Snapshot to compare: what list -o json or -o jsonl wrote; - is standard input
    #[arg(value_name = "OLD")]
    pub old: PathBuf,

    /// Snapshot to compare it with; without one, the groups are listed
    #[arg(value_name = "NEW", conflicts_with_all = ["targets", "all_targets",
        "business_number", "space_id", "profile", "config", "region", "endpoint", "signature",
        "ca_file", "timeout", "max_rps"])]
    pub new: Option<PathBuf>,

    /// Fields whose changes do not count, such as updated,participants
    #[arg(long, value_name = "FIELDS", value_delimiter = ',', help_heading = "What to compare",
        value_parser = Choice::<Field>::of(Field::ALL.map(Field::short_name)))]
    pub ignore: Vec<Field>,

    /// Form of what differs
    #[arg(long, short, value_name = "FORM", default_value = "table", help_heading = "Output",
        value_parser = Choice::<Paper>::of(Paper::ALL.map(Paper::name)))]
    pub output: Paper,

    /// Whose groups, where they are listed.
    #[command(flatten)]
    pub target: TargetArgs,

    /// Whose, if there are many.
    #[command(flatten)]
    pub many: ManyArgs,

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

impl DiffArgs {
    /// Returns what the flags set of the settings.
    pub fn overrides(&self) -> Overrides {
        settings::overrides(&self.target, &self.source, &self.connection)
    }
}
