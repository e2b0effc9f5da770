//! The story of each command, top to bottom. Only here do the rooms meet.

mod completions;
mod list;
mod sandbox;

pub use completions::completions;
pub use list::list;
pub use sandbox::sandbox;
