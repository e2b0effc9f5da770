//! `cams-groups doctor`.

use clap::Args;

use super::settings::{self, ConnectionArgs, SourceArgs, TargetArgs};
use super::{Choice, texts};
use crate::config::Overrides;
use crate::output::{ColorChoice, Form};

/// The flags of `doctor`.
#[derive(Args, Debug)]
#[command(after_help = texts::DOCTOR_EXAMPLES)]
pub struct DoctorArgs {
    /// Whose groups.
    #[command(flatten)]
    pub target: TargetArgs,

    /// Where the rest is set.
    #[command(flatten)]
    pub source: SourceArgs,

    /// How the API is reached.
    #[command(flatten)]
    pub connection: ConnectionArgs,

    /// Form of the report
    #[arg(long, short, value_name = "FORM", default_value = "text", help_heading = "Output",
        value_parser = Choice::<Form>::of(Form::ALL.map(Form::name)))]
    pub output: Form,

    /// When to colour
    #[arg(long, value_name = "WHEN", default_value = "auto", help_heading = "Output",
        value_parser = Choice::<ColorChoice>::of(ColorChoice::ALL.map(ColorChoice::name)))]
    pub color: ColorChoice,
}

impl DoctorArgs {
    /// Returns what the flags set of the settings.
    pub fn overrides(&self) -> Overrides {
        settings::overrides(&self.target, &self.source, &self.connection)
    }
}
