//! `cams-groups completions`: what a shell needs to complete our flags.

use std::io::Write;

use clap::CommandFactory as _;
use clap_complete::Shell;

use crate::cli::Cli;
use crate::failure::Failure;

/// Writes the completion script of a shell.
pub fn completions(shell: Shell, stdout: &mut dyn Write) -> Result<(), Failure> {
    // The generator panics on a failed write, so it never meets a real one.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "cams-groups", &mut script);
    if shell == Shell::Bash {
        script = mend_bash(&script);
    }
    stdout
        .write_all(&script)
        .and_then(|()| stdout.flush())
        .map_err(|error| Failure::writing(&error))
}

/// The generator spells the hyphen of our name in two ways, so that no case of
/// a subcommand is ever reached (`clap_complete` 4.6.11).
fn mend_bash(script: &[u8]) -> Vec<u8> {
    String::from_utf8_lossy(script)
        .replace("cams__subcmd__groups", "cams__groups")
        .into_bytes()
}
