//! `cams-groups list`.

use std::path::PathBuf;

use clap::Args;
use clap::builder::NonEmptyStringValueParser;

use super::{Choice, texts};
use crate::api::{BusinessNumber, PageIndex, PageSize, SpaceId};
use crate::config::Overrides;
use crate::config::settings::Timeout;
use crate::group::GroupStatus;
use crate::output::{ColorChoice, Format};
use crate::signing::Mechanism;
use crate::transport::{Endpoint, Region};

/// The flags of `list`.
#[derive(Args, Debug)]
#[command(
    after_help = texts::after_help(texts::LIST_EXAMPLES),
    after_long_help = texts::after_long_help(texts::LIST_EXAMPLES),
)]
pub struct ListArgs {
    /// Business number whose groups to list, digits only
    #[arg(long, value_name = "DIGITS", help_heading = "What to list")]
    pub business_number: Option<BusinessNumber>,

    /// Space (channel) ID that the number belongs to, such as cams-8c8vr
    #[arg(long, value_name = "ID", help_heading = "What to list")]
    pub space_id: Option<SpaceId>,

    /// Only groups of this status, in any case
    #[arg(long, value_name = "STATUS", help_heading = "What to list",
        value_parser = Choice::<GroupStatus>::of(GroupStatus::ALL.map(GroupStatus::name)))]
    pub status: Option<GroupStatus>,

    /// Only groups whose subject the API matches with this text
    #[arg(long, value_name = "TEXT", help_heading = "What to list",
        value_parser = NonEmptyStringValueParser::new())]
    pub subject: Option<String>,

    /// Only groups of this channel; the API documents WHATSAPP
    #[arg(long, value_name = "TYPE", help_heading = "What to list",
        value_parser = NonEmptyStringValueParser::new())]
    pub channel_type: Option<String>,

    /// Only Telegram groups of this type
    #[arg(long, value_name = "TYPE", help_heading = "What to list",
        value_parser = NonEmptyStringValueParser::new())]
    pub group_type: Option<String>,

    /// Only the Telegram group with this link
    #[arg(long, value_name = "URL", help_heading = "What to list",
        value_parser = NonEmptyStringValueParser::new())]
    pub group_link: Option<String>,

    /// Groups to ask for at a time, 1 to 1000 [default: 20]
    #[arg(
        long,
        value_name = "N",
        help_heading = "Paging",
        allow_negative_numbers = true
    )]
    pub page_size: Option<PageSize>,

    /// This page only, counted from 1; without it all pages are read
    #[arg(
        long,
        value_name = "N",
        help_heading = "Paging",
        allow_negative_numbers = true
    )]
    pub page: Option<PageIndex>,

    /// Stop after this many groups
    #[arg(long, value_name = "N", help_heading = "Paging", allow_negative_numbers = true,
        value_parser = clap::value_parser!(u64).range(1..))]
    pub limit: Option<u64>,

    /// Form of the listing [default: table]
    #[arg(long, short, value_name = "FORMAT", help_heading = "Output",
        value_parser = Choice::<Format>::of(Format::ALL.map(Format::name)))]
    pub output: Option<Format>,

    /// When to colour
    #[arg(
        long,
        value_name = "WHEN",
        help_heading = "Output",
        default_value = "auto",
        value_enum
    )]
    pub color: ColorChoice,

    /// Say nothing but errors
    #[arg(long, short, help_heading = "Output", conflicts_with = "verbose")]
    pub quiet: bool,

    /// Say what happens on stderr: -v settings and pages, -vv parameters too
    #[arg(long, short, help_heading = "Output", action = clap::ArgAction::Count)]
    pub verbose: u8,

    /// Profile to use
    #[arg(long, short, value_name = "NAME", help_heading = "Configuration",
        value_parser = NonEmptyStringValueParser::new())]
    pub profile: Option<String>,

    /// Configuration file to read
    #[arg(long, value_name = "FILE", help_heading = "Configuration")]
    pub config: Option<PathBuf>,

    /// List the demo groups of a sandbox that runs inside this command
    #[arg(long, help_heading = "Configuration",
        conflicts_with_all = ["profile", "config", "region", "endpoint", "ca_file"])]
    pub sandbox: bool,

    /// Region whose endpoint to ask [default: ap-southeast-1]
    #[arg(long, value_name = "REGION", help_heading = "Connection")]
    pub region: Option<Region>,

    /// Endpoint to ask: host, host:port or URL; wins over the region
    #[arg(long, value_name = "ENDPOINT", help_heading = "Connection")]
    pub endpoint: Option<Endpoint>,

    /// How to sign requests [default: acs3-hmac-sha256]
    #[arg(long, value_name = "MECHANISM", help_heading = "Connection",
        value_parser = Choice::<Mechanism>::of(Mechanism::ALL.map(Mechanism::name)))]
    pub signature: Option<Mechanism>,

    /// Time that one request may take, such as 30s or 500ms [default: 30s]
    #[arg(
        long,
        value_name = "TIME",
        help_heading = "Connection",
        allow_negative_numbers = true
    )]
    pub timeout: Option<Timeout>,

    /// Certificates in PEM to trust besides the system's
    #[arg(long, value_name = "PEM", help_heading = "Connection")]
    pub ca_file: Option<PathBuf>,
}

impl ListArgs {
    /// Returns what the flags set of the settings.
    pub fn overrides(&self) -> Overrides {
        Overrides {
            profile: self.profile.clone(),
            config: self.config.clone(),
            region: self.region.clone(),
            endpoint: self.endpoint.clone(),
            business_number: self.business_number.clone(),
            space_id: self.space_id.clone(),
            channel_type: self.channel_type.clone(),
            page_size: self.page_size,
            output: self.output,
            signature: self.signature,
            timeout: self.timeout,
            ca_file: self.ca_file.clone(),
        }
    }
}
