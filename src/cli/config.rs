//! `cams-groups config`.

#![expect(
    clippy::doc_markdown,
    reason = "these comments are read on a terminal, as help"
)]

use std::path::PathBuf;

use clap::builder::NonEmptyStringValueParser;
use clap::{Args, Subcommand};

use super::settings::SourceArgs;
use super::{Choice, texts};
use crate::api::{BusinessNumber, SpaceId};
use crate::output::Form;
use crate::transport::Region;

/// What to do with the configuration.
#[derive(Debug, Subcommand)]
pub enum ConfigCommand {
    /// Print where the configuration file is
    ///
    /// It need not be there yet.
    Path(PathArgs),
    /// Print the settings in effect, and where each comes from
    ///
    /// Secrets are shown as (redacted). Nobody is asked for anything.
    Show(ShowArgs),
    /// Print the profiles, and whose key each has
    Profiles(ProfilesArgs),
    /// Write a configuration file
    ///
    /// Asks for what the flags leave open, if there is a terminal to ask at. The
    /// file is readable by nobody else.
    #[command(after_help = texts::INIT_EXAMPLES)]
    Init(InitArgs),
}

/// The flags of `config path`.
#[derive(Args, Debug)]
pub struct PathArgs {
    /// Configuration file, as for the other commands
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
}

/// The flags of `config show` and `config profiles`.
#[derive(Args, Debug)]
pub struct ShowArgs {
    /// Where to look.
    #[command(flatten)]
    pub source: SourceArgs,

    /// Form of what is shown
    #[arg(long, short, value_name = "FORM", default_value = "text",
        value_parser = Choice::<Form>::of(Form::ALL.map(Form::name)))]
    pub output: Form,
}

/// The flags of `config profiles`.
#[derive(Args, Debug)]
pub struct ProfilesArgs {
    /// What of them.
    #[command(flatten)]
    pub show: ShowArgs,

    /// Print the names alone, one a line
    #[arg(long, conflicts_with = "output")]
    pub names: bool,
}

/// The flags of `config init`.
#[derive(Args, Debug)]
pub struct InitArgs {
    /// Configuration file to write
    ///
    /// Also CAMS_GROUPS_CONFIG. Else the one that `config path` prints.
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,

    /// Name of the profile
    #[arg(long, short, value_name = "NAME", default_value = "default",
        value_parser = NonEmptyStringValueParser::new())]
    pub profile: String,

    /// Business number whose groups to list, digits only
    #[arg(long, value_name = "DIGITS")]
    pub business_number: Option<BusinessNumber>,

    /// Space (channel) ID that the number belongs to, such as cams-8c8vr
    #[arg(long, value_name = "ID")]
    pub space_id: Option<SpaceId>,

    /// Region whose endpoint to ask
    #[arg(long, value_name = "REGION")]
    pub region: Option<Region>,

    /// AccessKey id to write; its secret is asked for, or read from stdin
    #[arg(long, value_name = "ID", value_parser = NonEmptyStringValueParser::new(),
        conflicts_with = "aliyun_profile")]
    pub access_key_id: Option<String>,

    /// Read the AccessKey secret from stdin, as its first line
    #[arg(long, requires = "access_key_id")]
    pub access_key_secret_stdin: bool,

    /// Take the keys of this profile of the aliyun CLI, by reference
    #[arg(long, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    pub aliyun_profile: Option<String>,

    /// Leave the keys to the environment, or to what else has some
    #[arg(long, conflicts_with_all = ["access_key_id", "aliyun_profile"])]
    pub no_key: bool,

    /// Replace the file that is there, with all its profiles
    #[arg(long)]
    pub force: bool,
}
