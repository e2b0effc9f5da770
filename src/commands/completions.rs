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
    stdout
        .write_all(&script)
        .and_then(|()| stdout.flush())
        .map_err(|error| Failure::writing(&error))
}
