//! WIP
pub mod api;
pub mod config;
pub mod credentials;
pub mod exit;
pub mod failure;
pub mod group;
pub mod output;
pub mod pages;
pub mod sandbox;
pub mod secret;
pub mod signing;
pub mod text;
pub mod transport;
pub mod world;
