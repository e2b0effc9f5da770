//! Why there is no access key.

use std::fmt;
use std::io;
use std::path::PathBuf;
use std::time::Duration;

use jiff::Timestamp;

use super::Source;
use crate::api::ApiError;
use crate::transport::TransportError;

/// A source that had nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Absence {
    /// The source.
    pub source: Source,
    /// Why it had nothing.
    pub reason: String,
}

impl fmt::Display for Absence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.source, self.reason)
    }
}

/// Why there is no access key. Nothing in it is secret: of files, replies and
/// a process's output, only the place of a fault is kept.
#[derive(Debug, thiserror::Error)]
pub enum CredentialsError {
    /// Every source is absent.
    #[error("no credentials found")]
    Absent(Vec<Absence>),
    /// The one whose turn it is cannot be used.
    #[error("{from}: {broken}")]
    Broken {
        /// The source.
        from: Source,
        /// What is wrong.
        broken: Box<Broken>,
    },
}

/// What is wrong with a source.
#[derive(Debug, thiserror::Error)]
pub enum Broken {
    /// A source has only a part of what belongs together.
    #[error("`{present}` is set but `{missing}` is not")]
    Half {
        /// A part that is there.
        present: &'static str,
        /// The part that is not.
        missing: &'static str,
    },
    /// The id of a temporary key, without the token that belongs to it.
    #[error("`{id}` is that of a temporary key, but `{token}` is not set")]
    NoToken {
        /// The id's key.
        id: &'static str,
        /// The token's key.
        token: &'static str,
    },
    /// A part holds characters that no key has.
    #[error("`{part}` {fault}")]
    Malformed {
        /// The part.
        part: &'static str,
        /// What is wrong, without showing it.
        fault: &'static str,
    },
    /// Keys that exclude each other.
    #[error("`{one}` and `{other}` are both set; only one can be where the key comes from")]
    Both {
        /// One of them.
        one: &'static str,
        /// The other.
        other: &'static str,
    },
    /// A key that means nothing without another.
    #[error("`{key}` has no effect without `{without}`")]
    Idle {
        /// The key.
        key: &'static str,
        /// What it needs.
        without: &'static str,
    },
    /// A role, and nobody to assume it.
    #[error("`role_arn` is set, but no key to assume the role with")]
    RoleWithoutKey,
    /// A key that is needed.
    #[error("`{key}` is missing")]
    Missing {
        /// The key.
        key: &'static str,
    },
    /// A value that makes no sense.
    #[error("`{key}`: {reason}")]
    Invalid {
        /// The key.
        key: &'static str,
        /// What is wrong, without showing it if it is secret.
        reason: String,
    },
    /// A file that is named but cannot be read.
    #[error("`{path}` cannot be read: {error}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// A file that is not what it should be.
    #[error("`{path}` is no {wanted}: wrong at line {line}")]
    Syntax {
        /// The file.
        path: PathBuf,
        /// What it should be.
        wanted: &'static str,
        /// Where it is not.
        line: usize,
    },
    /// A profile that is asked for but not there.
    #[error("no profile `{name}` in `{path}`")]
    NoSuchProfile {
        /// Its name.
        name: String,
        /// The file that should hold it.
        path: PathBuf,
        /// The profiles that there are.
        known: Vec<String>,
    },
    /// The name of a profile or section that is nowhere.
    #[error("ALIBABA_CLOUD_PROFILE names `{name}`: {}", .looked.join("; "))]
    NamesNothing {
        /// The name.
        name: String,
        /// Where it was looked for, and what is there.
        looked: Vec<String>,
    },
    /// A profile that sources itself.
    #[error("the profile is its own source: {}", .0.join(" → "))]
    Ring(Vec<String>),
    /// A mode that we do not take keys from, and why.
    #[error("mode {mode} is not supported: {reason}")]
    Unsupported {
        /// The mode, or the type of an INI section.
        mode: String,
        /// Why not.
        reason: &'static str,
    },
    /// A variable forbids it.
    #[error("{variable} forbids it")]
    Forbidden {
        /// The variable.
        variable: &'static str,
    },
    /// A login with the aliyun CLI that is over.
    #[error("the {mode} login has expired")]
    LoginExpired {
        /// `CloudSSO` or `OAuth`.
        mode: &'static str,
        /// The aliyun profile.
        profile: String,
    },
    /// A login with the aliyun CLI that is not accepted any more.
    #[error(
        "the {mode} login of aliyun profile `{profile}` is not accepted: {}",
        said(error)
    )]
    LoginRefused {
        /// `CloudSSO` or `OAuth`.
        mode: &'static str,
        /// The aliyun profile.
        profile: String,
        /// What the server said.
        error: Box<ApiError>,
    },
    /// A process that gave no keys.
    #[error("`{program}` {fault}")]
    Process {
        /// The program.
        program: String,
        /// Whether its arguments look as if they were meant for a shell.
        for_shell: bool,
        /// What it did instead.
        fault: ProcessFault,
    },
    /// An answer that holds no keys.
    #[error("{service} gave no keys: {fault}")]
    NotKeys {
        /// Who answered.
        service: String,
        /// What is wrong with the answer.
        fault: String,
    },
    /// Keys that cannot be used any more.
    #[error("{service} gave keys that expired at {at}")]
    Expired {
        /// Who gave them.
        service: String,
        /// When they expired.
        at: Timestamp,
    },
    /// There is no metadata service, or the instance has no role.
    #[error("{0}")]
    NoInstanceRole(String),
    /// The service refused, or was not reached.
    #[error("{what}: {}", said(error))]
    Service {
        /// What was asked of whom.
        what: String,
        /// How it failed.
        error: Box<ApiError>,
    },
    /// The HTTP client, or the way to a service that is no API.
    #[error("{what}: {error}")]
    Transport {
        /// What was asked of whom.
        what: String,
        /// How it failed.
        error: TransportError,
    },
}

/// Says a failed call to a service that is not the API.
fn said(error: &ApiError) -> String {
    match error {
        ApiError::Refused(refusal) => {
            format!("refused with {} (HTTP {})", refusal.code, refusal.status)
        }
        error => error.to_string(),
    }
}

impl Broken {
    /// Says which source it is that is broken so.
    pub(super) fn from(self, from: &Source) -> CredentialsError {
        CredentialsError::Broken {
            from: from.clone(),
            broken: Box::new(self),
        }
    }
}

/// What a credential process did instead of printing keys. What it printed is
/// never shown: it may hold half of them.
#[derive(Debug, thiserror::Error)]
pub enum ProcessFault {
    /// It could not be started.
    #[error("cannot be started: {0}")]
    NotStarted(io::Error),
    /// What it does cannot be followed.
    #[error("cannot be read from: {0}")]
    Unread(io::Error),
    /// It was stopped.
    #[error("did not end within {0:?}")]
    TooSlow(Duration),
    /// It failed.
    #[error("failed with {0}")]
    Failed(std::process::ExitStatus),
    /// It printed more than any keys.
    #[error("printed more than {0} bytes")]
    TooMuch(usize),
    /// What it printed is no JSON object of keys.
    #[error("printed no keys: {0}")]
    NotKeys(String),
}
