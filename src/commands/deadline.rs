//! How long a run may take.

use std::time::Duration;

use super::counted;
use crate::config::Timeout;
use crate::failure::{Failure, Kind};
use crate::world::{Clock, World};

/// How much later than its deadline a run is ended even if it blocks.
const GRACE: Duration = Duration::from_millis(500);

/// Has what blocks this thread end soon after the deadline: a FIFO without a
/// reader, a full pipe.
pub(super) fn arm(deadline: Option<Timeout>, world: &World) {
    if let Some(Timeout(limit)) = deadline {
        world.stop.at_latest(limit + GRACE);
    }
}

/// Ends a run that takes longer than it may.
pub(super) async fn within_deadline<T>(
    deadline: Option<Timeout>,
    clock: &Clock,
    is_paused: &dyn Fn() -> bool,
    so_far: &dyn Fn() -> Option<u64>,
    run: impl Future<Output = Result<T, Failure>>,
) -> Result<T, Failure> {
    let Some(Timeout(limit)) = deadline else {
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
