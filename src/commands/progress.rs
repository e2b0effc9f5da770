//! Shows a person at a terminal how far something is that takes long.

use std::time::Duration;

use crate::output::Talk;
use crate::output::progress::PATIENCE;
use crate::world::Clock;

/// Does something, and says how far it is: at first after a while, then often.
pub(super) async fn with_progress<T>(
    is_shown: bool,
    clock: &Clock,
    talk: &Talk,
    words: impl Fn(Duration) -> String,
    work: impl Future<Output = T>,
) -> T {
    if !is_shown {
        return work.await;
    }
    let started = clock.elapsed();
    let took = || clock.elapsed().saturating_sub(started);
    let mut work = std::pin::pin!(work);
    let done = loop {
        let pause = if took() < PATIENCE {
            PATIENCE
        } else {
            PATIENCE / 5
        };
        tokio::select! {
            done = &mut work => break done,
            () = tokio::time::sleep(pause) => talk.progress(words(took())),
        }
    };
    talk.end_progress();
    done
}
