//! How many requests are under way at once: as many as the server bears.
//!
//! The window halves when the server throttles, and all workers pause
//! together; it grows back by one for each windowful of answers. That is how
//! TCP shares a line, and for the same reason: nobody knows the limit, and
//! others use the allowance too. Throttling slows a run, it does not fail it.

use std::cell::RefCell;
use std::num::NonZeroU32;
use std::time::Duration;

use tokio::sync::Notify;

use crate::world::Clock;

/// The pace of one access key, shared by all who ask with it.
#[derive(Debug)]
pub struct Pace {
    clock: Clock,
    most: f64,
    /// The time between two requests that `--max-rps` leaves.
    spacing: Duration,
    state: RefCell<State>,
    changed: Notify,
}

#[derive(Debug)]
struct State {
    window: f64,
    under_way: f64,
    /// Nobody starts before this.
    not_before: Duration,
    /// How often the window has halved.
    halvings: u32,
    /// Until when all pause because the server throttled.
    paused_until: Duration,
    /// How long all have paused for the server's sake.
    paused: Duration,
}

/// The right to have one request under way, until dropped.
#[derive(Debug)]
pub struct Slot<'a> {
    pace: &'a Pace,
    /// How often the window had halved at the start.
    halvings: u32,
}

impl Pace {
    /// Allows up to `most` requests at once, and up to `max_rps` a second.
    pub fn new(clock: Clock, most: NonZeroU32, max_rps: Option<NonZeroU32>) -> Self {
        Self {
            clock,
            most: f64::from(most.get()),
            spacing: max_rps.map_or(Duration::ZERO, |rps| Duration::from_secs(1) / rps.get()),
            state: RefCell::new(State {
                window: f64::from(most.get()),
                under_way: 0.0,
                not_before: Duration::ZERO,
                halvings: 0,
                paused_until: Duration::ZERO,
                paused: Duration::ZERO,
            }),
            changed: Notify::new(),
        }
    }

    /// Waits until one more request may be under way.
    pub async fn slot(&self) -> Slot<'_> {
        loop {
            let changed = self.changed.notified();
            let now = self.clock.elapsed();
            let wait = {
                let mut state = self.state.borrow_mut();
                let early = state.not_before.saturating_sub(now);
                if !early.is_zero() {
                    Some(early)
                } else if state.under_way < state.window.floor() {
                    state.under_way += 1.0;
                    state.not_before = now + self.spacing;
                    return Slot {
                        pace: self,
                        halvings: state.halvings,
                    };
                } else {
                    None
                }
            };
            match wait {
                Some(wait) => self.clock.sleep(wait).await,
                None => changed.await,
            }
        }
    }

    /// Returns whether all pause at present because the server throttled.
    pub fn is_paused(&self) -> bool {
        self.clock.elapsed() < self.state.borrow().paused_until
    }

    /// Returns how long all have paused because the server throttled.
    pub fn paused(&self) -> Duration {
        self.state.borrow().paused
    }
}

impl Slot<'_> {
    /// Notes an answer: the window grows.
    pub fn answered(&self) {
        let mut state = self.pace.state.borrow_mut();
        state.window = (state.window + 1.0 / state.window).min(self.pace.most);
        self.pace.changed.notify_waiters();
    }

    /// Notes that the server throttles: the window halves, once for all who
    /// were under way together, and nobody starts before `pause` is over.
    pub fn throttled(&self, pause: Duration) {
        let mut state = self.pace.state.borrow_mut();
        let now = self.pace.clock.elapsed();
        if state.halvings == self.halvings {
            state.window = (state.window / 2.0).max(1.0);
            state.halvings += 1;
        }
        let until = state.not_before.max(now + pause);
        let longer = until.saturating_sub(state.not_before.max(now));
        state.paused += longer;
        state.not_before = until;
        state.paused_until = until;
    }
}

impl Drop for Slot<'_> {
    fn drop(&mut self) {
        self.pace.state.borrow_mut().under_way -= 1.0;
        self.pace.changed.notify_waiters();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt as _;

    fn pace(most: u32, max_rps: Option<u32>) -> Pace {
        let clock = Clock::fake("2026-06-30T12:00:00Z".parse().unwrap());
        let number = |it| NonZeroU32::new(it).unwrap();
        Pace::new(clock, number(most), max_rps.map(number))
    }

    /// Takes as many slots as there are without waiting.
    fn all(pace: &Pace) -> Vec<Slot<'_>> {
        std::iter::from_fn(|| pace.slot().now_or_never()).collect()
    }

    #[tokio::test]
    async fn throttling_halves_the_window_once_for_all_and_answers_grow_it_back() {
        let pace = pace(8, None);
        let slots = all(&pace);
        assert_eq!(slots.len(), 8);
        for slot in &slots {
            slot.throttled(Duration::from_millis(500));
        }
        drop(slots);
        let slot = pace.slot().await;
        assert_eq!(pace.clock.waits(), [Duration::from_millis(500)]);
        assert_eq!(pace.paused(), Duration::from_millis(500));
        drop(slot);
        assert_eq!(all(&pace).len(), 4);
        for _ in 0..4 {
            pace.slot().await.answered();
        }
        assert_eq!(all(&pace).len(), 4, "almost five");
        for _ in 0..100 {
            pace.slot().await.answered();
        }
        assert_eq!(all(&pace).len(), 8, "never more than was allowed");
    }

    #[tokio::test]
    async fn the_window_never_closes() {
        let pace = pace(2, None);
        for _ in 0..5 {
            pace.slot().await.throttled(Duration::from_millis(1));
        }
        pace.clock.sleep(Duration::from_secs(1)).await;
        assert_eq!(all(&pace).len(), 1);
    }

    #[tokio::test]
    async fn a_rate_spaces_requests() {
        let pace = pace(8, Some(5));
        for _ in 0..3 {
            drop(pace.slot().await);
        }
        assert_eq!(pace.clock.waits(), [Duration::from_millis(200); 2]);
    }
}
