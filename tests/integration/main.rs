//! The proofs that need more than one room.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test panics where it fails, and lives in the real world"
)]

mod support;
mod targets;

mod architecture;
mod audit;
mod bad_input;
mod chaos;
mod config_command;
mod credentials;
mod destination;
mod diff;
mod docs;
mod doctor;
mod html;
mod listing;
mod network;
mod output;
mod profiles;
mod recipes;
mod sandbox;
mod signing_vectors;
mod unshaken;
mod view;
mod wait;
mod watch;
mod whole;
mod wire;
