//! The `cams-groups` command; everything of it is in the library.

use std::process::ExitCode;

use cams_groups::{exit::Exit, output::Streams, run, world::World};

fn main() -> ExitCode {
    // All waiting is for one network peer: a single thread is enough, and
    // starts faster than a pool.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let exit = match runtime {
        Ok(runtime) => runtime.block_on(run(std::env::args_os(), &World::real(), Streams::real())),
        Err(_) => Exit::Network,
    };
    ExitCode::from(exit.code())
}
