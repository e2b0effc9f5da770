//! The flags of settings, which every command that calls the API shares.

#![expect(
    clippy::doc_markdown,
    reason = "these comments are read on a terminal, as help"
)]

use std::path::PathBuf;

use clap::Args;
use clap::builder::NonEmptyStringValueParser;

use super::Choice;
use crate::api::{BusinessNumber, SpaceId};
use crate::config::{Overrides, Timeout};
use crate::signing::Mechanism;
use crate::transport::{Endpoint, Region};

pub(super) const WHAT: &str = "What to list";
pub(super) const CONFIGURATION: &str = "Configuration";
pub(super) const CONNECTION: &str = "Connection";
pub(super) const OUTPUT: &str = "Output";

/// Whose groups.
#[derive(Args, Debug)]
pub struct TargetArgs {
    /// Business number whose groups to list, digits only
    ///
    /// Needed. Also CAMS_GROUPS_BUSINESS_NUMBER, or business_number in the profile.
    #[arg(long, value_name = "DIGITS", help_heading = WHAT)]
    pub business_number: Option<BusinessNumber>,

    /// Space (channel) ID that the number belongs to, such as cams-8c8vr
    ///
    /// Needed; the console shows it under Channel Management. Also
    /// CAMS_GROUPS_SPACE_ID, or space_id in the profile.
    #[arg(long, value_name = "ID", help_heading = WHAT)]
    pub space_id: Option<SpaceId>,
}

/// Many targets at once.
#[derive(Args, Debug)]
pub struct ManyArgs {
    /// Every target of this file, in place of one number; - is standard input
    ///
    /// CSV that begins with space_id,business_number and, if needed, name,profile; or
    /// an object a line with these keys. Each group says whose it is: CustSpaceId and
    /// Target. One that fails hides no other; the exit code is the highest of all. An
    /// audit holds each by itself.
    #[arg(long, value_name = "FILE", help_heading = WHAT,
        conflicts_with_all = ["business_number", "space_id", "all_targets"])]
    pub targets: Option<PathBuf>,

    /// Every target of the profile, in place of one number
    ///
    /// [[profiles.NAME.targets]], with the keys that a file of targets has.
    #[arg(long, help_heading = WHAT, conflicts_with_all = ["business_number", "space_id"])]
    pub all_targets: bool,
}

impl ManyArgs {
    /// Returns whether there are to be many.
    pub fn are_wanted(&self) -> bool {
        self.all_targets || self.targets.is_some()
    }
}

/// Where settings and keys are found.
#[derive(Args, Debug)]
pub struct SourceArgs {
    /// Profile to use
    ///
    /// Also CAMS_GROUPS_PROFILE. Else default_profile of the file, else the
    /// profile named default.
    #[arg(long, short, value_name = "NAME", help_heading = CONFIGURATION,
        value_parser = NonEmptyStringValueParser::new())]
    pub profile: Option<String>,

    /// Configuration file to read
    ///
    /// Also CAMS_GROUPS_CONFIG. Else cams-groups/config.toml in the platform's
    /// configuration directory, such as ~/.config.
    #[arg(long, value_name = "FILE", help_heading = CONFIGURATION)]
    pub config: Option<PathBuf>,
}

/// Where the API is, and how it is spoken to.
#[derive(Args, Debug)]
pub struct EndpointArgs {
    /// Region whose endpoint to ask [default: ap-southeast-1]
    ///
    /// Also region in the profile. No other region is documented.
    #[arg(long, value_name = "REGION", help_heading = CONNECTION)]
    pub region: Option<Region>,

    /// Endpoint to ask: host, host:port or URL; wins over the region
    ///
    /// Also CAMS_GROUPS_ENDPOINT, or endpoint in the profile. Plain http:// is
    /// for loopback addresses only.
    #[arg(long, value_name = "ENDPOINT", help_heading = CONNECTION)]
    pub endpoint: Option<Endpoint>,

    /// How to sign requests [default: acs3-hmac-sha256]
    ///
    /// Also signature in the profile.
    #[arg(long, value_name = "MECHANISM", help_heading = CONNECTION,
        value_parser = Choice::<Mechanism>::of(Mechanism::ALL.map(Mechanism::name)))]
    pub signature: Option<Mechanism>,

    /// Certificates in PEM to trust besides the system's
    ///
    /// For proxies that inspect TLS. Also ca_file in the profile, where a relative
    /// path starts at the configuration file.
    #[arg(long, value_name = "PEM", help_heading = CONNECTION)]
    pub ca_file: Option<PathBuf>,
}

/// How the API is reached.
#[derive(Args, Debug)]
pub struct ConnectionArgs {
    /// Where it is.
    #[command(flatten)]
    pub endpoint: EndpointArgs,

    /// Time that one request may take, such as 30s or 500ms [default: 30s]
    ///
    /// Also timeout in the profile. A bare number is seconds.
    #[arg(long, value_name = "TIME", help_heading = CONNECTION, allow_negative_numbers = true)]
    pub timeout: Option<Timeout>,
}

/// Returns what these flags set.
pub(super) fn overrides(
    target: &TargetArgs,
    source: &SourceArgs,
    connection: &ConnectionArgs,
) -> Overrides {
    Overrides {
        timeout: connection.timeout,
        ..without_timeout(target, source, &connection.endpoint)
    }
}

/// Returns what these flags set, where a timeout means something else.
pub(super) fn without_timeout(
    target: &TargetArgs,
    source: &SourceArgs,
    endpoint: &EndpointArgs,
) -> Overrides {
    Overrides {
        business_number: target.business_number.clone(),
        space_id: target.space_id.clone(),
        region: endpoint.region.clone(),
        endpoint: endpoint.endpoint.clone(),
        signature: endpoint.signature,
        ca_file: endpoint.ca_file.clone(),
        ..source.overrides()
    }
}

impl SourceArgs {
    /// Returns what these flags set.
    pub fn overrides(&self) -> Overrides {
        Overrides {
            profile: self.profile.clone(),
            config: self.config.clone(),
            ..Overrides::default()
        }
    }
}
