//! The `cams-groups` command; everything of it is in the library.

use std::io::Write as _;
use std::process::ExitCode;

use cams_groups::exit::Exit;
use cams_groups::output::Streams;
use cams_groups::run;
use cams_groups::world::World;

fn main() -> ExitCode {
    let world = World::real();
    world.stop.watch();
    // All waiting is for one network peer: a single thread is enough, and
    // starts faster than a pool.
    let runtime = match tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => {
            let _ = writeln!(
                std::io::stderr(),
                "error: the program cannot start: {error}"
            );
            return ExitCode::from(Exit::Network.code());
        }
    };
    let exit = runtime.block_on(run(std::env::args_os(), &world, Streams::real()));
    // The system's resolver may still be at it; nobody waits for that.
    runtime.shutdown_background();
    ExitCode::from(exit.code())
}
