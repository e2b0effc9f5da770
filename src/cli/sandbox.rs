//! `cams-groups sandbox`.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use super::texts;
use crate::config::settings::duration;

/// The flags of `sandbox`.
#[derive(Args, Debug)]
#[command(after_help = texts::SANDBOX_EXAMPLES)]
pub struct SandboxArgs {
    /// Port on 127.0.0.1; 0 takes a free one
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub port: u16,

    /// Number of demo groups to serve [default: 51]
    #[arg(long, value_name = "N", conflicts_with = "data")]
    pub groups: Option<u64>,

    /// JSON file with the groups to serve, as `list -o json` writes it
    #[arg(long, value_name = "FILE")]
    pub data: Option<PathBuf>,

    /// Time that each answer takes, such as 50ms
    #[arg(long, value_name = "TIME", value_parser = latency)]
    pub latency: Option<Duration>,
}

fn latency(text: &str) -> Result<Duration, String> {
    duration(text)
        .filter(|it| *it <= Duration::from_mins(5))
        .ok_or_else(|| "a time up to 5m is needed, such as 50ms or 2s".to_owned())
}
