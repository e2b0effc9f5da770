//! Shells to complete for.

use clap::ValueEnum;

/// A shell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Shell {
    /// Bourne Again Shell
    Bash,
    /// Elvish
    Elvish,
    /// Friendly Interactive Shell
    Fish,
    /// Nushell
    Nushell,
    /// `PowerShell`
    #[value(name = "powershell")]
    PowerShell,
    /// Z shell
    Zsh,
}
