//! WIP
pub mod secret;
pub mod signing;
pub mod text;
pub mod world;
