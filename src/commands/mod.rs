//! The story of each command, top to bottom. Only here do the rooms meet.

mod audit;
mod changes;
mod completions;
mod config;
mod deadline;
mod diff;
mod doctor;
mod dry_run;
mod files;
mod keys;
mod list;
mod listing;
mod live;
mod man;
mod progress;
mod sandbox;
mod shape;
mod sink;
mod tally;
mod targets;
mod trace;
mod wait;
mod watch;

use std::io::Write;

use crate::failure::Failure;

pub use audit::audit;
pub use completions::completions;
pub use config::{Input, config};
pub use diff::diff;
pub use doctor::doctor;
pub use list::list;
pub use man::{help, man};
pub use sandbox::sandbox;
pub use wait::wait;

/// Writes a text that is ready, and sees that it arrives.
fn print(text: &str, stdout: &mut dyn Write) -> Result<(), Failure> {
    (stdout.write_all(text.as_bytes()))
        .and_then(|()| stdout.flush())
        .map_err(|error| Failure::writing(&error))
}

/// Returns a number with its noun.
fn counted(number: u64, thing: &str) -> String {
    match number {
        1 => format!("1 {thing}"),
        _ => format!("{number} {thing}s"),
    }
}
