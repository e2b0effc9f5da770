//! The proofs that need more than one room.

mod support;

mod architecture;
mod bad_input;
mod docs;
mod listing;
mod network;
mod output;
mod profiles;
mod sandbox;
mod signing_vectors;
