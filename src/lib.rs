//! WIP
pub mod api;
pub mod group;
pub mod output;
pub mod secret;
pub mod signing;
pub mod text;
pub mod transport;
pub mod world;
