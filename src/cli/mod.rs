//! The command line: one struct a subcommand, typed by the rooms that own the
//! values.
//!
//! Parsing does nothing: no file, no variable, no network. What a flag's first
//! line says is its help.

use std::path::PathBuf;

use clap::builder::styling::{AnsiColor, Styles};
use clap::{Parser, Subcommand};

use crate::output::Form;

mod audit;
mod choice;
mod config;
mod diff;
mod doctor;
mod effort;
mod list;
mod sandbox;
mod settings;
mod shell;
mod texts;
mod view;
mod wait;

pub use audit::{AuditArgs, FailOn, RuleName};
pub use choice::Choice;
pub use config::{ConfigCommand, InitArgs, PathArgs, ProfilesArgs, ShowArgs};
pub use diff::DiffArgs;
pub use doctor::DoctorArgs;
pub use effort::{AT_ONCE, EffortArgs, PASSES, RETRIES, VoiceArgs};
pub use list::ListArgs;
pub use sandbox::SandboxArgs;
pub use settings::ManyArgs;
pub use shell::Shell;
pub use texts::{ENVIRONMENT, EXIT_CODES, Topic};
pub use view::{ChoiceArgs, ViewArgs};
pub use wait::WaitArgs;

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

/// List the WhatsApp and Telegram groups of Alibaba Cloud Chat App Message Service
#[derive(Debug, Parser)]
#[command(
    name = "cams-groups",
    version,
    styles = STYLES,
    subcommand_required = true,
    disable_help_subcommand = true,
    arg_required_else_help = true,
    max_term_width = 100,
    after_help = texts::program_after_help(),
)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,

    /// Form of errors and warnings on stderr: json writes an object a line
    #[arg(long, global = true, value_name = "FORM", default_value = "text",
        help_heading = "Output",
        value_parser = Choice::<Form>::of(Form::ALL.map(Form::name)))]
    pub error_format: Form,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List every group of a business number
    List(Box<ListArgs>),
    /// Hold all groups against rules, for CI
    ///
    /// Ends with 0 if they keep them, with 1 if not, and as a listing would if that
    /// could not be found out: a failed listing is never a pass.
    Audit(Box<AuditArgs>),
    /// Compare two snapshots, or one with the groups that there are now
    ///
    /// Ends with 0 if they are alike, with 1 if they differ, and as a listing would
    /// if that could not be found out.
    Diff(Box<DiffArgs>),
    /// Wait until groups are active, gone, or of some size
    ///
    /// Ends with 0 when they are, with 1 if they were not in time, and as a listing
    /// would if that could not be found out.
    Wait(Box<WaitArgs>),
    /// Check all that a listing needs, and say how to mend it
    ///
    /// Configuration, credentials, proxy, DNS, connection, TLS, clock, and one
    /// signed request for a single group. The exit code is the one that a listing
    /// would have.
    Doctor(Box<DoctorArgs>),
    /// Show or write the configuration
    #[command(subcommand, arg_required_else_help = true)]
    Config(ConfigCommand),
    /// Serve a stand-in for the API on this machine, to try things out
    Sandbox(SandboxArgs),
    /// Print the completion script of a shell
    Completions {
        /// The shell to complete for
        shell: Shell,
    },
    /// Print the manual page, or write all pages to a directory
    Man {
        /// Directory to write cams-groups.1, cams-groups-list.1 and so on to
        #[arg(long, value_name = "DIR")]
        dir: Option<PathBuf>,
    },
    /// Print help of a command, or about a topic
    Help {
        /// Command or topic
        #[arg(value_name = "TOPIC", value_parser = texts::help_topics())]
        topic: Option<String>,
    },
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_definition_holds() {
        Cli::command().debug_assert();
    }
}
