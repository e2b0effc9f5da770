//! The `cams-groups` command.
fn main() {}
