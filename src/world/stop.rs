//! How the program is stopped from outside.

use std::io::{IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc};
use std::thread;
use std::time::Duration;

use crate::exit::Exit;

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
