//! Where a listing goes, and how long it may take.

use std::io::Write;

use crate::cli::ListArgs;
use crate::commands::counted;
use crate::config::Timeout;
use crate::failure::{Failure, Kind};
use crate::output::{ColorChoice, OutputFile, Terminal};
use crate::world::{Clock, World};

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
        Err(failure) => Err(failure),
    };
    world.stop.unfinished(None);
    committed
}

/// Ends a run that takes longer than it may.
pub(in crate::commands) async fn within_deadline<T>(
    args: &ListArgs,
    clock: &Clock,
    is_paused: &dyn Fn() -> bool,
    so_far: &dyn Fn() -> Option<u64>,
    run: impl Future<Output = Result<T, Failure>>,
) -> Result<T, Failure> {
    let Some(Timeout(limit)) = args.deadline else {
        return run.await;
    };
    let rest = limit.saturating_sub(clock.elapsed());
    tokio::time::timeout(rest, run).await.unwrap_or_else(|_| {
        let (kind, why) = if is_paused() {
            (Kind::Throttled, "; the API was throttling")
        } else {
            (Kind::Network, "")
        };
        let what = format!("the run did not end within {limit:?} (--deadline){why}");
        let groups = so_far().map(|it| format!("{} had come", counted(it, "group")));
        Err(Failure::new(kind, what)
            .detail("so far", groups)
            .hint("allow more time with --deadline"))
    })
}
