//! What the program takes from outside, as values: the clock, chance, and the
//! environment.
//!
//! The real ones are made once, in `main`; a test hands in its own. This is
//! the only file that may ask the operating system (`clippy.toml` forbids it
//! elsewhere). The streams are handed over beside the world, in
//! [`crate::output::Streams`].

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::{IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use jiff::Timestamp;

use crate::exit::Exit;

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

/// How long the end waits for a terminal that takes nothing.
const PATIENCE: Duration = Duration::from_millis(500);

/// How the program stops when the user (Ctrl-C) or the system (SIGTERM) wants
/// it to: at once, whatever it is busy with, even a write that blocks.
#[derive(Clone, Debug, Default)]
pub struct Stop(Arc<StopState>);

#[derive(Debug, Default)]
struct StopState {
    /// A file that must not be left behind.
    unfinished: Mutex<Option<PathBuf>>,
    /// Whether Ctrl-C is the proper end.
    interrupt_is_success: AtomicBool,
    /// Whether the end must wait, and for which one it waits.
    held: Mutex<Held>,
}

#[derive(Debug, Default)]
struct Held {
    holds: bool,
    /// Whether it waits only so long.
    is_brief: bool,
    pending: Option<Exit>,
}

/// While it lives, a signal ends nothing; it is made up for afterwards.
#[derive(Debug)]
pub struct Hold<'a>(&'a Stop);

impl Drop for Hold<'_> {
    fn drop(&mut self) {
        let pending = {
            let mut held = self.0.held();
            held.holds = false;
            held.pending.take()
        };
        if let Some(exit) = pending {
            self.0.now(exit);
        }
    }
}

impl Stop {
    /// Says that Ctrl-C is how this run is meant to end.
    pub fn by_interrupt(&self) {
        self.0.interrupt_is_success.store(true, Ordering::Relaxed);
    }

    /// Lets a signal wait while the terminal is in a state that only its user
    /// can undo, such as without echo.
    pub fn hold(&self) -> Hold<'_> {
        self.begin(false)
    }

    /// Lets a signal wait while a picture is drawn, which takes no time, unless
    /// nobody reads what the terminal is given: then the program ends all the same.
    pub fn hold_briefly(&self) -> Hold<'_> {
        self.begin(true)
    }

    fn begin(&self, is_brief: bool) -> Hold<'_> {
        let mut held = self.held();
        (held.holds, held.is_brief) = (true, is_brief);
        drop(held);
        Hold(self)
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.0.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Ends the process, or notes to do so.
    async fn end(&self, exit: Exit) {
        {
            let mut held = self.held();
            if !held.holds {
                drop(held);
                self.now(exit);
            }
            held.pending = Some(exit);
        }
        tokio::time::sleep(PATIENCE).await;
        let pending = {
            let mut held = self.held();
            if held.is_brief {
                held.pending.take()
            } else {
                None
            }
        };
        if let Some(exit) = pending {
            self.now(exit);
        }
    }

    /// Names the file to remove when stopped; `None` when it is finished.
    pub fn unfinished(&self, file: Option<PathBuf>) {
        *self
            .0
            .unfinished
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = file;
    }

    /// Ends the process after this time, should it still run.
    pub fn at_latest(&self, span: Duration) {
        let stop = self.clone();
        let ended = thread::Builder::new().spawn(move || {
            thread::sleep(span);
            let words = "error: the run did not end by its deadline: its output blocks, or --jq goes on and on\n";
            say(words);
            stop.now(Exit::Network);
        });
        // Without a thread, the deadline holds wherever nothing blocks.
        drop(ended);
    }

    /// Begins to listen, on a thread of its own. Returns once signals are
    /// heard; where they cannot be, they end the process as they always do.
    pub fn watch(&self) {
        let stop = self.clone();
        let (tell, told) = mpsc::channel();
        let spawned = thread::Builder::new().spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build();
            if let Ok(runtime) = runtime {
                runtime.block_on(stop.wait(&tell));
            }
        });
        if spawned.is_ok() {
            // An error means that the thread has ended: nobody listens.
            let _ = told.recv();
        }
    }

    async fn wait(&self, listening: &mpsc::Sender<()>) {
        #[cfg(unix)]
        {
            use tokio::signal::unix::{SignalKind, signal};
            let (interrupt, terminate) = (
                signal(SignalKind::interrupt()),
                signal(SignalKind::terminate()),
            );
            let (Ok(mut interrupt), Ok(mut terminate)) = (interrupt, terminate) else {
                return;
            };
            let _ = listening.send(());
            loop {
                tokio::select! {
                    _ = interrupt.recv() => self.end(Exit::Interrupted).await,
                    _ = terminate.recv() => self.end(Exit::Terminated).await,
                }
            }
        }
        #[cfg(not(unix))]
        {
            let _ = listening.send(());
            while tokio::signal::ctrl_c().await.is_ok() {
                self.end(Exit::Interrupted).await;
            }
        }
    }

    /// Ends the process: its main thread may be blocked, and is not waited for.
    #[allow(clippy::exit)]
    fn now(&self, exit: Exit) -> ! {
        let unfinished = self
            .0
            .unfinished
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(file) = unfinished.as_ref() {
            let _ = std::fs::remove_file(file);
        }
        if std::io::stderr().is_terminal() {
            // Whatever stands on the line, the shell's prompt begins a new one.
            say("\r\x1b[K");
        }
        let is_success = self.0.interrupt_is_success.load(Ordering::Relaxed);
        let code = match exit {
            Exit::Interrupted if is_success => Exit::Success.code(),
            exit => exit.code(),
        };
        std::process::exit(code.into());
    }
}

/// Says last words, if they are taken at once: a terminal that nobody reads would
/// keep the program from ending.
fn say(words: &'static str) {
    let (tell, told) = mpsc::channel();
    let spawned = thread::Builder::new().spawn(move || {
        let _ = std::io::stderr().write_all(words.as_bytes());
        let _ = tell.send(());
    });
    if spawned.is_ok() {
        let _ = told.recv_timeout(PATIENCE / 5);
    }
}
