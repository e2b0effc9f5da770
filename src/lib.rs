//! `cams-groups` lists the groups of Alibaba Cloud Chat App Message Service.
//!
//! Complete or loud: no listing ends with exit code 0 that is not known to be
//! whole. The crate serves the binary of the same name; its modules are rooms that
//! depend on each other in one direction only, from the command line down to the
//! leaves:
//!
//! | room | what it owns |
//! |---|---|
//! | [`commands`] | the story of each command; the only place where rooms meet |
//! | [`failure`] | errors in words, and which of them ends with which exit code |
//! | [`cli`] | the flags; parsing does nothing |
//! | [`sandbox`] | a local stand-in for the API |
//! | [`credentials`] | whose key signs |
//! | [`config`] | configuration file, variables, and who wins |
//! | [`output`] | formats, terminals, and all that is said |
//! | [`api`] | `ListChatGroup`: request, reply, refusals |
//! | [`policy`] | an audit's rules as TOML, of a file or a profile |
//! | [`audit`] | rules that groups are held against |
//! | [`diff`] | what differs between two snapshots |
//! | [`pages`] | which page comes next, and whether a listing is whole |
//! | [`transport`] | HTTP and TLS |
//! | [`signing`] | the two signature mechanisms |
//! | [`group`], [`secret`], [`text`], [`world`], [`exit`] | the leaves |
//!
//! A test reads the imports and holds them against this order
//! (`tests/integration/architecture.rs`). Start with [`commands`], at `list`.

use std::ffi::OsString;

use clap::Parser as _;
use clap::error::ErrorKind;

pub mod api;
pub mod audit;
pub mod cli;
pub mod commands;
pub mod config;
pub mod credentials;
pub mod diff;
pub mod exit;
pub mod failure;
pub mod group;
pub mod output;
pub mod pages;
pub mod policy;
pub mod sandbox;
pub mod secret;
pub mod signing;
pub mod text;
pub mod transport;
pub mod world;

use cli::{Cli, Command, VoiceArgs};
use exit::Exit;
use failure::{Failure, Kind};
use output::{ColorChoice, Form, Streams, Talk};
use world::World;

/// Runs the program and returns how it ends.
pub async fn run(
    args: impl IntoIterator<Item = OsString>,
    world: &World,
    streams: Streams,
) -> Exit {
    let args: Vec<OsString> = args.into_iter().collect();
    let cli = match Cli::try_parse_from(&args) {
        Ok(cli) => cli,
        Err(error) => return refuse(&error, &args, streams),
    };
    let (color, voice) = match &cli.command {
        Command::List(args) => (args.color, args.voice),
        Command::Doctor(args) => (args.color, VoiceArgs::USUAL),
        Command::Audit(args) => (ColorChoice::Auto, args.voice),
        Command::Diff(args) => (ColorChoice::Auto, args.voice),
        Command::Wait(args) => (ColorChoice::Auto, args.voice),
        Command::Config(_)
        | Command::Sandbox(_)
        | Command::Completions { .. }
        | Command::Man { .. }
        | Command::Help { .. } => (ColorChoice::Auto, VoiceArgs::USUAL),
    };
    let terminal = streams.terminal(color, &world.env);
    let Streams {
        mut stdout,
        stderr,
        stderr_is_terminal,
        mut stdin,
        stdin_is_terminal,
        ..
    } = streams;
    let stderr_color = color.decide(stderr_is_terminal, &world.env);
    let talk = Talk::new(
        stderr,
        stderr_is_terminal,
        stderr_color,
        voice.quiet,
        voice.verbose,
        cli.error_format,
    );

    let done = match &cli.command {
        Command::List(args) => {
            commands::list(args, world, &mut stdin, stdout, terminal, &talk).await
        }
        Command::Audit(args) => {
            commands::audit(args, world, &mut stdin, &mut stdout, terminal, &talk).await
        }
        Command::Diff(args) => {
            commands::diff(args, world, &mut stdin, &mut stdout, terminal, &talk).await
        }
        Command::Wait(args) => commands::wait(args, world, stdout, terminal, &talk).await,
        Command::Doctor(args) => commands::doctor(args, world, &mut stdout, terminal).await,
        Command::Config(command) => {
            let stdin = commands::Input {
                lines: &mut stdin,
                is_terminal: stdin_is_terminal,
            };
            commands::config(command, world, stdin, &mut stdout, &talk).await
        }
        Command::Sandbox(args) => commands::sandbox(args, world, &mut stdout, &talk).await,
        Command::Completions { shell } => commands::completions(*shell, &mut stdout),
        Command::Man { dir } => commands::man(dir.as_deref(), &mut stdout),
        Command::Help { topic } => commands::help(topic.as_deref(), &mut stdout),
    };
    match done {
        Ok(()) => Exit::Success,
        Err(failure) => {
            failure.report(&talk);
            failure.kind.exit()
        }
    }
}

/// Ends a run whose command line asks for help, or makes no sense.
fn refuse(error: &clap::Error, args: &[OsString], streams: Streams) -> Exit {
    let is_help = matches!(
        error.kind(),
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion
    );
    if !is_help && wants_objects(args) {
        let talk = Talk::new(streams.stderr, false, false, false, 0, Form::Json);
        let text = error.to_string();
        let text = text.split("\n\nUsage: ").next().unwrap_or(&text).trim();
        let what = text.strip_prefix("error: ").unwrap_or(text);
        let failure = Failure::new(Kind::Usage, what).hint("see --help");
        failure.report(&talk);
        return failure.kind.exit();
    }
    match error.print() {
        Err(error) if is_help => Failure::writing(&error).kind.exit(),
        _ if is_help => Exit::Success,
        _ => Exit::Usage,
    }
}

/// Returns whether a command line that makes no sense asks for errors that
/// scripts can read.
fn wants_objects(args: &[OsString]) -> bool {
    let pairs = args.windows(2);
    let apart = pairs
        .into_iter()
        .any(|pair| pair[0] == "--error-format" && pair[1].eq_ignore_ascii_case("json"));
    let joined = "--error-format=json";
    apart || args.iter().any(|it| it.eq_ignore_ascii_case(joined))
}
