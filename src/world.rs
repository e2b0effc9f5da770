//! What the program takes from outside, as values: the clock, chance, and the
//! environment.
//!
//! The real ones are made once, in `main`; a test hands in its own. This is
//! the only file that may ask the operating system (`clippy.toml` forbids it
//! elsewhere). The streams are handed over beside the world, in
//! [`crate::output::Streams`].

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use jiff::Timestamp;

/// The outside, as far as the commands need it.
#[derive(Clone, Debug)]
pub struct World {
    /// Environment variables.
    pub env: Env,
    /// The time of day.
    pub clock: Clock,
    /// Where the user's configuration lives on this platform, if anywhere.
    pub config_dir: Option<PathBuf>,
}

impl World {
    /// Returns the world that the process runs in.
    pub fn real() -> Self {
        Self {
            env: Env(EnvSource::Process),
            clock: Clock(ClockSource::System),
            config_dir: dirs::config_dir(),
        }
    }
}

/// Environment variables, of the process or of a test.
#[derive(Clone, Debug)]
pub struct Env(EnvSource);

#[derive(Clone, Debug)]
enum EnvSource {
    Process,
    Fixed(Arc<BTreeMap<String, String>>),
}

impl Env {
    /// Returns an environment that holds just these variables.
    pub fn fixed<const N: usize>(variables: [(&str, &str); N]) -> Self {
        Self(EnvSource::Fixed(Arc::new(
            variables
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
        )))
    }

    /// Returns a variable's value as the system holds it; an empty variable
    /// counts as unset, as the official tools have it.
    #[expect(
        clippy::disallowed_methods,
        reason = "this is where the environment comes in"
    )]
    pub fn os(&self, name: &str) -> Option<OsString> {
        match &self.0 {
            EnvSource::Process => std::env::var_os(name),
            EnvSource::Fixed(variables) => variables.get(name).map(OsString::from),
        }
        .filter(|value| !value.is_empty())
    }

    /// Returns a variable's value as text. What is not Unicode comes out with
    /// replacement characters, which no setting accepts.
    pub fn text(&self, name: &str) -> Option<String> {
        self.os(name)
            .map(|value| value.to_string_lossy().into_owned())
    }
}

/// The time of day, of the system or of a test.
#[derive(Clone, Debug)]
pub struct Clock(ClockSource);

#[derive(Clone, Debug)]
enum ClockSource {
    System,
    Fixed(Timestamp),
}

impl Clock {
    /// Returns a clock that stands still.
    pub fn fixed(at: Timestamp) -> Self {
        Self(ClockSource::Fixed(at))
    }

    /// Returns the present time.
    #[expect(clippy::disallowed_methods, reason = "this is where the time comes in")]
    pub fn now(&self) -> Timestamp {
        match self.0 {
            ClockSource::System => Timestamp::now(),
            ClockSource::Fixed(at) => at,
        }
    }

    /// Starts to measure a span of time.
    #[expect(clippy::disallowed_methods, reason = "this is where the time comes in")]
    pub fn start(&self) -> Instant {
        Instant::now()
    }
}

/// Waits until the user (Ctrl-C) or the system (SIGTERM) wants the program to
/// stop. Where a signal cannot be listened for, it ends the process on its own.
pub async fn stopped() -> Stop {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            return tokio::select! {
                () = interrupted() => Stop::Interrupt,
                _ = terminate.recv() => Stop::Terminate,
            };
        }
    }
    interrupted().await;
    Stop::Interrupt
}

async fn interrupted() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}

/// Who wants the program to stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// The user, by Ctrl-C.
    Interrupt,
    /// The system, by SIGTERM.
    Terminate,
}
