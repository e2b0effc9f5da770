//! A setting, and who set it.

use std::fmt;
use std::path::PathBuf;

/// Where a setting comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A flag.
    Flag(&'static str),
    /// An environment variable.
    Variable(&'static str),
    /// A profile's key.
    Profile {
        /// The profile.
        name: String,
        /// The file.
        path: PathBuf,
        /// The line.
        line: usize,
    },
    /// `default_profile` of the file.
    DefaultProfile {
        /// The file.
        path: PathBuf,
        /// The line.
        line: usize,
    },
    /// A target that names a profile.
    Target,
    /// Nobody set it.
    Default,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(name) | Self::Variable(name) => f.write_str(name),
            Self::Profile { name, path, line } => {
                write!(f, "profile `{name}`, {}:{line}", path.display())
            }
            Self::DefaultProfile { path, line } => {
                write!(f, "default_profile, {}:{line}", path.display())
            }
            Self::Target => f.write_str("a target"),
            Self::Default => f.write_str("the default"),
        }
    }
}

/// A setting with its origin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sourced<T> {
    /// The value.
    pub value: T,
    /// Who set it.
    pub origin: Origin,
}
