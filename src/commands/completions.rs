//! `cams-groups completions`: what a shell needs to complete our flags, the
//! names of profiles among them.

use std::io::Write;

use clap::{CommandFactory as _, ValueEnum as _};
use clap_complete::generate;
use clap_complete_nushell::Nushell;

use super::print;
use crate::cli::{Cli, Shell};
use crate::failure::Failure;
use crate::group::{Field, GroupStatus};

const NAME: &str = "cams-groups";

/// What prints the names of profiles, for shells.
const PROFILES: &str = "cams-groups config profiles --names 2>/dev/null";

/// Writes the completion script of a shell.
pub fn completions(shell: Shell, stdout: &mut dyn Write) -> Result<(), Failure> {
    let mut command = Cli::command();
    // The generator panics on a failed write, so it never meets a real one.
    let mut script = Vec::new();
    match shell {
        Shell::Nushell => generate(Nushell, &mut command, NAME, &mut script),
        shell => {
            let name = shell.to_possible_value();
            let name = name.as_ref().map(clap::builder::PossibleValue::get_name);
            let known = name.and_then(|name| clap_complete::Shell::from_str(name, true).ok());
            if let Some(known) = known {
                generate(known, &mut command, NAME, &mut script);
            }
        }
    }
    let script = mend(shell, &String::from_utf8_lossy(&script));
    print(&script, stdout)
}

/// Lets bash complete the last of several names with commas between them.
fn with_lists(script: &str) -> String {
    let lists = [
        Field::every().map(Field::short_name).join(" "),
        GroupStatus::ALL.map(GroupStatus::name).join(" "),
    ];
    lists.iter().fold(script.to_owned(), |script, names| {
        let before = "$([[ $cur == *,* ]] && echo \"${cur%,*},\")";
        script.replace(
            &format!("compgen -W \"{names}\" -- \"${{cur}}\""),
            &format!("compgen -P \"{before}\" -W \"{names}\" -- \"${{cur##*,}}\""),
        )
    })
}

/// Adds what the generator cannot know, and mends what it gets wrong.
fn mend(shell: Shell, script: &str) -> String {
    match shell {
        // It spells the hyphen of our name in two ways, so that no case of a
        // subcommand is ever reached (`clap_complete` 4.6.11).
        Shell::Bash => {
            let script = script.replace("cams__subcmd__groups", "cams__groups");
            let files = "COMPREPLY=($(compgen -f \"${cur}\"))";
            // `compgen -W` would expand what a name holds.
            let profiles = format!(
                "mapfile -t COMPREPLY < <({PROFILES} | while IFS= read -r it; do \
                 [[ $it == \"$cur\"* ]] && printf '%q\\n' \"$it\"; done)"
            );
            let script = ["--profile)\n", "-p)\n"]
                .iter()
                .fold(script, |script, flag| {
                    let case = |action: &str| {
                        format!("                {flag}                    {action}")
                    };
                    script.replace(&case(files), &case(&profiles))
                });
            with_lists(&script)
        }
        Shell::Zsh => {
            let profiles = format!("{{compadd -- ${{(f)\"$({PROFILES})\"}}}}");
            let lines = script.lines().map(|line| {
                if line.contains("[Profile to use]") {
                    line.replace(":NAME:_default", &format!(":NAME:{profiles}"))
                } else {
                    line.to_owned()
                }
            });
            lines.flat_map(|line| [line, "\n".to_owned()]).collect()
        }
        Shell::Fish => {
            let flag = "-s p -l profile -d 'Profile to use' -r";
            script.replace(flag, &format!("{flag} -f -a \"({PROFILES})\""))
        }
        Shell::Elvish | Shell::Nushell | Shell::PowerShell => script.to_owned(),
    }
}
