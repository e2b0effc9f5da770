//! What the program takes from outside, as values: the clock, chance, and the
//! environment.
//!
//! The real ones are made once, in `main`; a test hands in its own. This is
//! the only room that may ask the operating system (`clippy.toml` forbids it
//! elsewhere). The streams are handed over beside the world, in
//! [`crate::output::Streams`].

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;

mod stop;

pub use stop::{Hold, Stop};

/// The outside, as far as the commands need it.
#[derive(Clone, Debug)]
pub struct World {
    /// Environment variables.
    pub env: Env,
    /// Time.
    pub clock: Clock,
    /// Randomness for scattering, not for nonces: those must be unpredictable.
    pub chance: Chance,
    /// How the program is stopped from outside.
    pub stop: Stop,
    /// How large the terminal is, which its user may change at any time.
    pub screen: Screen,
    /// Where the user's configuration lives on this platform, if anywhere.
    pub config_dir: Option<PathBuf>,
    /// Where the user's caches live on this platform, if anywhere.
    pub cache_dir: Option<PathBuf>,
    /// The user's home, where the vendor's tools keep their files.
    pub home_dir: Option<PathBuf>,
}

impl World {
    /// Returns the world that the process runs in.
    pub fn real() -> Self {
        Self {
            env: Env(EnvSource::Process),
            clock: Clock::system(),
            chance: Chance::system(),
            stop: Stop::default(),
            screen: Screen::System,
            config_dir: dirs::config_dir(),
            cache_dir: dirs::cache_dir(),
            home_dir: dirs::home_dir(),
        }
    }
}

/// Environment variables, of the process or of a test.
#[derive(Clone)]
pub struct Env(EnvSource);

impl std::fmt::Debug for Env {
    /// Shows no variable: keys may be among them.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Env")
    }
}

#[derive(Clone)]
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

    /// Returns whether a switch is on. The vendor's tools take `true` in any
    /// case for that, and anything else for off.
    pub fn is_true(&self, name: &str) -> bool {
        self.text(name)
            .is_some_and(|value| value.eq_ignore_ascii_case("true"))
    }

    /// Returns a variable's value as text, even an empty one.
    #[expect(
        clippy::disallowed_methods,
        reason = "this is where the environment comes in"
    )]
    pub fn even_empty(&self, name: &str) -> Option<String> {
        match &self.0 {
            EnvSource::Process => std::env::var(name).ok(),
            EnvSource::Fixed(variables) => variables.get(name).cloned(),
        }
    }

    /// Returns a variable's value as text. What is not Unicode comes out with
    /// replacement characters, which no setting accepts.
    pub fn text(&self, name: &str) -> Option<String> {
        self.os(name)
            .map(|value| value.to_string_lossy().into_owned())
    }
}

/// Time, of the system or of a test: what it is, how it passes, and how to wait.
#[derive(Clone, Debug)]
pub struct Clock(ClockSource);

#[derive(Clone, Debug)]
enum ClockSource {
    System { started: Instant },
    Fake(Rc<FakeTime>),
}

/// A test's time: it passes only while somebody waits, and then at once.
#[derive(Debug)]
struct FakeTime {
    started: Timestamp,
    passed: Cell<Duration>,
    waits: RefCell<Vec<Duration>>,
}

impl Clock {
    /// Returns the system's clock.
    #[expect(clippy::disallowed_methods, reason = "this is where the time comes in")]
    pub fn system() -> Self {
        Self(ClockSource::System {
            started: Instant::now(),
        })
    }

    /// Returns a clock that stands at `at` until somebody waits by it.
    pub fn fake(at: Timestamp) -> Self {
        Self(ClockSource::Fake(Rc::new(FakeTime {
            started: at,
            passed: Cell::default(),
            waits: RefCell::default(),
        })))
    }

    /// Returns the time of day.
    #[expect(clippy::disallowed_methods, reason = "this is where the time comes in")]
    pub fn now(&self) -> Timestamp {
        match &self.0 {
            ClockSource::System { .. } => Timestamp::now(),
            ClockSource::Fake(fake) => fake.started + fake.passed.get(),
        }
    }

    /// Returns how long this clock has run. It never goes back.
    pub fn elapsed(&self) -> Duration {
        match &self.0 {
            ClockSource::System { started } => started.elapsed(),
            ClockSource::Fake(fake) => fake.passed.get(),
        }
    }

    /// Waits.
    pub async fn sleep(&self, span: Duration) {
        match &self.0 {
            ClockSource::System { .. } => tokio::time::sleep(span).await,
            ClockSource::Fake(fake) => {
                fake.waits.borrow_mut().push(span);
                fake.passed.set(fake.passed.get() + span);
                tokio::task::yield_now().await;
            }
        }
    }

    /// Returns every wait by a fake clock, in order.
    pub fn waits(&self) -> Vec<Duration> {
        match &self.0 {
            ClockSource::System { .. } => Vec::new(),
            ClockSource::Fake(fake) => fake.waits.borrow().clone(),
        }
    }
}

/// How large the terminal is.
#[derive(Clone, Copy, Debug)]
pub enum Screen {
    /// As the system says, whenever it is asked.
    System,
    /// Nobody knows.
    Unknown,
    /// So many columns and rows.
    Fixed(u16, u16),
}

impl Screen {
    /// Returns columns and rows, as they are now.
    pub fn size(self) -> Option<(u16, u16)> {
        match self {
            Self::System => {
                terminal_size::terminal_size().map(|(columns, rows)| (columns.0, rows.0))
            }
            Self::Unknown => None,
            Self::Fixed(columns, rows) => Some((columns, rows)),
        }
    }
}

impl Screen {
    /// Begins to listen for what makes a picture on the terminal be drawn anew.
    pub fn redraws(self) -> Redraws {
        #[cfg(unix)]
        {
            use tokio::signal::unix::{SignalKind, signal};
            // SIGCONT, whose number is not the same everywhere.
            let continued = if cfg!(any(target_os = "linux", target_os = "android")) {
                18
            } else {
                19
            };
            let kinds = [SignalKind::window_change(), SignalKind::from_raw(continued)];
            let listen = matches!(self, Self::System);
            let [size, continued] = kinds.map(|it| listen.then(|| signal(it).ok()).flatten());
            Redraws { size, continued }
        }
        #[cfg(not(unix))]
        Redraws {}
    }
}

/// Tells when the terminal has another size, or the program goes on after it was
/// stopped. A test's terminal does neither.
#[derive(Debug)]
pub struct Redraws {
    #[cfg(unix)]
    size: Option<tokio::signal::unix::Signal>,
    #[cfg(unix)]
    continued: Option<tokio::signal::unix::Signal>,
}

impl Redraws {
    /// Waits for the next time.
    pub async fn next(&mut self) {
        #[cfg(unix)]
        {
            use std::future::pending;
            use tokio::signal::unix::Signal;
            async fn told(signal: &mut Option<Signal>) {
                let told = match signal {
                    Some(signal) => signal.recv().await,
                    None => None,
                };
                // Nobody will tell.
                if told.is_none() {
                    pending::<()>().await;
                }
            }
            tokio::select! {
                () = told(&mut self.size) => {}
                () = told(&mut self.continued) => {}
            }
        }
        #[cfg(not(unix))]
        std::future::pending::<()>().await;
    }
}

/// Chance, of the system or of a test.
#[derive(Clone, Debug)]
pub struct Chance(Rc<RefCell<fastrand::Rng>>);

impl Chance {
    /// Returns chance that differs from run to run.
    pub fn system() -> Self {
        Self(Rc::new(RefCell::new(fastrand::Rng::new())))
    }

    /// Returns a sequence that is the same for the same seed.
    pub fn seeded(seed: u64) -> Self {
        Self(Rc::new(RefCell::new(fastrand::Rng::with_seed(seed))))
    }

    /// Returns the next number from 0 up to, but not including, 1.
    pub fn share(&self) -> f64 {
        self.0.borrow_mut().f64()
    }
}
