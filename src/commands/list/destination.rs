//! Where a listing goes.

use std::io::Write;

use crate::cli::ListArgs;
use crate::failure::{Failure, Kind};
use crate::output::{ColorChoice, OutputFile, Terminal};
use crate::world::World;

/// Has something written to stdout, or to the file that is asked for, which is
/// replaced only if that succeeds.
pub(super) async fn to_destination<T>(
    args: &ListArgs,
    world: &World,
    mut stdout: Box<dyn Write + '_>,
    terminal: Terminal,
    write: impl AsyncFnOnce(Box<dyn Write + '_>, Terminal) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let file = args.output_file.as_ref();
    let Some(path) = file.filter(|path| !OutputFile::is_stdout(path)) else {
        return write(Box::new(&mut stdout), terminal).await;
    };
    let failed = |error: std::io::Error| {
        let what = format!("`{}` cannot be written: {error}", path.display());
        Failure::new(Kind::Output, what).hint("check the path and its permissions")
    };
    let mut file = OutputFile::create(path).map_err(failed)?;
    world.stop.unfinished(file.unfinished());
    let terminal = Terminal {
        columns: file.is_terminal().then(|| terminal.columns.unwrap_or(80)),
        color: args.color == ColorChoice::Always,
    };
    let written = write(Box::new(&mut file), terminal).await;
    let committed = match written {
        Ok(done) => file.commit().map(|()| done).map_err(failed),
        Err(failure) if failure.kind == Kind::Output => {
            Err(failure.detail("file", Some(path.display().to_string())))
        }
        Err(failure) if file.is_beside() => {
            let is = if path.exists() {
                "is left as it was"
            } else {
                "is not written"
            };
            Err(failure.detail("file", Some(format!("{} {is}", path.display()))))
        }
        Err(failure) => Err(failure),
    };
    world.stop.unfinished(None);
    committed
}
