//! What the user has set, and where: flags, variables, profile, defaults.
//!
//! [`mod@file`] reads the configuration file, [`Chosen`] finds it and picks the
//! profile, [`settings`] decides who wins. This
//! room must not know the command line, the API's wire, or how a credential is
//! obtained.

use std::path::PathBuf;

mod chosen;
pub mod env_vars;
pub mod file;
mod origin;
mod private;
mod profile;
pub mod settings;
mod target;
mod timeout;

pub use chosen::{Chosen, place};
pub use file::ConfigFile;
pub use origin::{Origin, Sourced};
pub use private::{is_open_to_others, mode, write_private};
pub use profile::{Located, Profile};
pub use settings::{Overrides, Setting, Settings};
pub use target::{Target, TargetError, targets};
pub use timeout::{Timeout, duration};

/// Why the configuration cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file that a flag or variable names is not there.
    #[error("no configuration file at `{path}` (from {origin})")]
    Missing {
        /// Where it was looked for.
        path: PathBuf,
        /// Who named it.
        origin: Origin,
    },
    /// The system does not let us read it.
    #[error("`{path}` cannot be read: {error}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        error: std::io::Error,
    },
    /// It is no text.
    #[error("{path}:{line}: not text in UTF-8")]
    NotText {
        /// The file.
        path: PathBuf,
        /// The line.
        line: usize,
    },
    /// It is no TOML.
    #[error("{path}:{line}: {message}")]
    Syntax {
        /// The file.
        path: PathBuf,
        /// The line.
        line: usize,
        /// What the parser said.
        message: String,
    },
    /// It has nothing to choose from.
    #[error("{path}:1: no profile in it")]
    NoProfiles {
        /// The file.
        path: PathBuf,
    },
    /// A key that means nothing.
    #[error("{path}:{line}: unknown key `{key}`")]
    UnknownKey {
        /// The file.
        path: PathBuf,
        /// The line.
        line: usize,
        /// The key.
        key: String,
        /// The key that may have been meant.
        nearest: Option<String>,
        /// The keys that there are.
        known: String,
    },
    /// A value of a type that the key does not take.
    #[error("{path}:{line}: `{key}` must be {wanted}, not {found}")]
    WrongType {
        /// The file.
        path: PathBuf,
        /// The line.
        line: usize,
        /// The key.
        key: String,
        /// What it takes.
        wanted: &'static str,
        /// What stands there.
        found: &'static str,
    },
    /// A target that makes no sense.
    #[error("{path}:{line}: {reason}")]
    BadTarget {
        /// The file.
        path: PathBuf,
        /// The line.
        line: usize,
        /// What is wrong.
        reason: String,
    },
    /// A profile that is asked for but not there.
    #[error("no profile `{name}` (from {origin})")]
    NoSuchProfile {
        /// Its name.
        name: String,
        /// Who asked for it.
        origin: Box<Origin>,
        /// The file that should hold it, if there is one.
        path: Option<PathBuf>,
        /// The profiles that there are.
        known: Vec<String>,
    },
    /// A variable's or profile's value that makes no sense.
    #[error("{key} (from {origin}): {reason}")]
    Invalid {
        /// The setting.
        key: &'static str,
        /// Who set it.
        origin: Origin,
        /// What is wrong.
        reason: String,
    },
    /// A setting that must be made and is not.
    #[error("no {what}")]
    Required {
        /// What is missing, in words.
        what: &'static str,
        /// The names to set it by.
        setting: Setting,
    },
}
