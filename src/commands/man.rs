//! `cams-groups man` and `cams-groups help`: the same words as `--help`.

use std::io::Write;
use std::path::Path;

use clap::CommandFactory as _;

use super::print;
use crate::cli::{Cli, Topic};
use crate::failure::{Failure, Kind};

/// Prints the manual page of the program, or writes those of all commands.
pub fn man(directory: Option<&Path>, stdout: &mut dyn Write) -> Result<(), Failure> {
    let mut command = Cli::command();
    command.build();
    let Some(directory) = directory else {
        let mut page = Vec::new();
        let rendered = clap_mangen::Man::new(command).render(&mut page);
        rendered.map_err(|error| Failure::writing(&error))?;
        return print(&String::from_utf8_lossy(&page), stdout);
    };
    let failed = |error: std::io::Error| {
        let what = format!("`{}` cannot be written: {error}", directory.display());
        Failure::new(Kind::Output, what).hint("check the path and its permissions")
    };
    std::fs::create_dir_all(directory).map_err(failed)?;
    clap_mangen::generate_to(command, directory).map_err(failed)
}

/// Prints the help of a command, or a topic's text.
pub fn help(topic: Option<&str>, stdout: &mut dyn Write) -> Result<(), Failure> {
    let about = Topic::ALL.into_iter().find(|it| Some(it.name()) == topic);
    let text = match (about, topic) {
        (Some(about), _) => about.text(),
        (None, topic) => {
            let mut command = Cli::command();
            command.build();
            let of = topic.and_then(|name| command.find_subcommand_mut(name).cloned());
            of.unwrap_or(command).render_long_help().to_string()
        }
    };
    print(&text, stdout)
}
