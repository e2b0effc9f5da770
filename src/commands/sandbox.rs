//! `cams-groups sandbox`: serve the stand-in until Ctrl-C.

use std::io::Write;
use std::path::Path;

use super::{counted, print};
use crate::api::{BusinessNumber, SpaceId};
use crate::cli::SandboxArgs;
use crate::config::env_vars;
use crate::failure::{Failure, Kind};
use crate::output::Talk;
use crate::sandbox::{self, Config, Groups, Sandbox};
use crate::world::World;

/// Starts a sandbox, says on stdout what to paste into another shell, and serves.
pub async fn sandbox(
    args: &SandboxArgs,
    world: &World,
    stdout: &mut dyn Write,
    talk: &Talk,
) -> Result<(), Failure> {
    world.stop.by_interrupt();
    let groups = match &args.data {
        Some(path) => read(path)?,
        None => Groups::Demo(args.groups.unwrap_or(Groups::DEMO)),
    };
    let count = groups.len();
    let more = match &args.targets {
        Some(path) => super::targets::read(path, &mut std::io::empty())?,
        None => Vec::new(),
    };
    let more = more.into_iter().map(|it| (it.space_id, it.business_number));
    let config = Config {
        port: args.port,
        more: more.collect(),
        latency: args.latency.unwrap_or_default(),
        misbehaviour: args.misbehaviour(),
        lifetime: args.lifetime,
        settle: args.settle,
        ..Config::new(groups, world.clock.clone())
    };
    let sandbox = Sandbox::bind(config).await.map_err(|error| {
        let what = format!("no sandbox on 127.0.0.1:{}: {error}", args.port);
        Failure::new(Kind::Network, what).hint("leave --port out to take a free one")
    })?;
    let endpoint = sandbox.endpoint();
    print(&environment(&endpoint.to_string()), stdout)?;
    talk.note(format!("Serving {} at {endpoint}", counted(count, "group")));
    talk.note("Paste the lines above into another shell, then run: cams-groups list");
    talk.note("Ctrl-C stops the sandbox.");
    match sandbox.serve().await {}
}

fn read(path: &Path) -> Result<Groups, Failure> {
    let failed = |why: String| {
        let what = format!("`{}` cannot be served: {why}", path.display());
        Failure::new(Kind::Config, what)
    };
    let json = std::fs::read(path)
        .map_err(|error| failed(error.to_string()).hint("check the path and its permissions"))?;
    Groups::from_json(&json).map_err(|error| {
        failed(error.to_string()).hint(
            "the file must hold a JSON array of groups, as `cams-groups list -o json` writes it",
        )
    })
}

/// Returns the lines that point a shell at the sandbox.
fn environment(endpoint: &str) -> String {
    let line = |name: &str, value: &str| {
        if cfg!(windows) {
            format!("$env:{name} = '{value}'\n")
        } else {
            format!("export {name}='{value}'\n")
        }
    };
    // What a shell may have been told before must not get in the way.
    let stale = [
        env_vars::SECURITY_TOKEN,
        env_vars::PROFILE,
        env_vars::CONFIG,
        env_vars::ALIYUN_PROFILE,
    ]
    .map(|name| {
        if cfg!(windows) {
            format!("$env:{name} = ''\n")
        } else {
            format!("unset {name}\n")
        }
    });
    let lines = [
        (env_vars::ENDPOINT, endpoint),
        (env_vars::CREDENTIALS_ENDPOINT, endpoint),
        (env_vars::ACCESS_KEY_ID, sandbox::ACCESS_KEY_ID),
        (env_vars::ACCESS_KEY_SECRET, sandbox::ACCESS_KEY_SECRET),
        (
            env_vars::BUSINESS_NUMBER,
            &BusinessNumber::demo().to_string(),
        ),
        (env_vars::SPACE_ID, &SpaceId::demo().to_string()),
    ]
    .map(|(name, value)| line(name, value))
    .concat();
    let temporary = [
        (env_vars::ACCESS_KEY_ID, sandbox::TEMPORARY_KEY_ID),
        (env_vars::SECURITY_TOKEN, sandbox::SECURITY_TOKEN),
    ]
    .map(|(name, value)| format!("# {}", line(name, value)))
    .concat();
    let stale = stale.concat();
    format!("{stale}{lines}# or with temporary credentials, besides:\n{temporary}")
}
