//! `cams-groups list --watch`: looks again and again, and shows what changes.
//!
//! Each look is a listing of its own, whole or a failure. The first one must
//! succeed, or there is nothing to compare with; of the later ones, those whose
//! failure may pass are made up for, after longer and longer rests.

mod events;
mod screen;
mod shown;

use std::io::{self, Write};
use std::pin::pin;
use std::time::Duration;

use jiff::Timestamp;

use self::events::Events;
use self::screen::Screen;
use self::shown::shown;
use super::deadline::within_deadline;
use super::listing::{Listing, Manner};
use super::live::Gather;
use super::shape::{Shape, Shaped};
use super::wait::may_pass;
use crate::api::{Client, ListChatGroup, PageSize, Run};
use crate::cli::ListArgs;
use crate::config::Timeout;
use crate::diff::{Difference, Snapshot};
use crate::failure::{Failure, Kind};
use crate::group::Group;
use crate::output::talk::Hold;
use crate::output::{Format, Talk, Terminal, frame};
use crate::world::{Redraws, World};

/// However long the rests grow, this is long enough.
const LONGEST: Duration = Duration::from_mins(5);

/// Where no more than this is left, no look begins: it would be cut short.
const LEAST: Duration = Duration::from_secs(5);

/// A look that takes longer than this is said to be under way: nobody knows
/// meanwhile whether what is shown is still so.
const LATE: Duration = Duration::from_secs(2);

/// A listing to be watched.
pub(super) struct Watch<'a> {
    args: &'a ListArgs,
    every: Duration,
    client: Client<'a>,
    request: ListChatGroup,
    size: Option<PageSize>,
    world: &'a World,
    talk: &'a Talk,
}

/// What there is to show of a look that went well.
struct Look<'a> {
    groups: &'a [Group],
    /// What differs from the last one, if there was any.
    difference: Option<&'a Difference>,
    at: Timestamp,
    /// When the next one is, if there is to be one.
    next: Option<Timestamp>,
}

/// What there is to show of a look that failed.
struct Trouble<'a> {
    failure: &'a Failure,
    at: Timestamp,
    /// When the next one is, if there is to be one.
    next: Option<Timestamp>,
}

/// Who shows what is seen.
trait Show {
    /// Shows a look, and leaves room for what is to be said below it.
    fn looked(&mut self, look: &Look<'_>, said: Option<&Hold<'_>>) -> io::Result<()>;

    /// Shows that a look failed.
    fn failed(&mut self, trouble: &Trouble<'_>, said: Option<&Hold<'_>>) -> io::Result<()>;

    /// Shows that a look which began then has not ended yet.
    fn looking(&mut self, _since: Timestamp) -> io::Result<()> {
        Ok(())
    }

    /// Shows the same once more.
    fn again(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> Watch<'a> {
    pub(super) fn new(
        args: &'a ListArgs,
        every: Duration,
        (client, request, size): (Client<'a>, ListChatGroup, Option<PageSize>),
        world: &'a World,
        talk: &'a Talk,
    ) -> Self {
        Self {
            args,
            every,
            client,
            request,
            size,
            world,
            talk,
        }
    }

    /// Watches until the run is stopped, there is no time for another look, or one
    /// fails for good.
    pub(super) async fn run(
        mut self,
        format: Format,
        stdout: Box<dyn Write + '_>,
        terminal: Terminal,
    ) -> Result<(), Failure> {
        let view = self.args.view.view();
        let (columns, is_screen) = match (format, terminal.columns) {
            (Format::Jsonl, _) => (view.columns.clone(), false),
            (Format::Table | Format::Wide, Some(_)) => (Some(frame::columns(format, &view)), true),
            (_, columns) => return Err(unfit(format, columns.is_some())),
        };
        let mut show: Box<dyn Show> = if is_screen {
            let mut screen = Screen::new(stdout, terminal, format, view, self.world, self.talk);
            screen.is_of_some = self.args.chooses();
            Box::new(screen)
        } else {
            Box::new(Events::new(stdout, view.columns))
        };
        let mut redraws = self.world.screen.redraws();
        // Only what is said on the same terminal would be drawn over.
        let would_hide = is_screen && self.talk.is_terminal;
        let hides = self.args.view.redact;
        let clock = &self.world.clock;
        let mut before: Option<Snapshot> = None;
        let mut rest = self.every;
        let mut took = Duration::ZERO;
        loop {
            // Each look begins with a fresh allowance of retries, and asks anew by
            // how much this machine's clock is off: it may have been set.
            self.client.run = Run::default();
            let said = would_hide.then(|| self.talk.hold());
            let began = clock.elapsed();
            let is_first = before.is_none();
            let looked = self.seen(is_first, show.as_mut(), &mut redraws).await?;
            let at = clock.now();
            let next = |pause: Duration| at.checked_add(pause).unwrap_or(at);
            let (pause, shown) = match looked {
                Ok(now) => {
                    rest = self.every;
                    took = clock.elapsed().saturating_sub(began);
                    let (groups, difference) =
                        shown(before.as_ref(), &now, columns.as_deref(), hides);
                    let pause = self.pause(rest, took);
                    let look = Look {
                        groups: &groups,
                        difference: difference.as_ref(),
                        at,
                        next: pause.map(next),
                    };
                    let shown = show.looked(&look, said.as_ref());
                    before = Some(now);
                    (pause, shown)
                }
                Err(failure) if is_first => return Err(failure),
                Err(failure) => {
                    rest = rest.saturating_mul(2).min(LONGEST.max(self.every));
                    let pause = self.pause(rest, took).filter(|_| may_pass(&failure));
                    // The last one is said when the run ends.
                    if pause.is_some() {
                        failure.report(self.talk);
                    }
                    let trouble = Trouble {
                        failure: &failure,
                        at,
                        next: pause.map(next),
                    };
                    let shown = show.failed(&trouble, said.as_ref());
                    if pause.is_none() {
                        return shown
                            .map_err(|error| Failure::writing(&error))
                            .and(Err(failure));
                    }
                    (pause, shown)
                }
            };
            shown.map_err(|error| Failure::writing(&error))?;
            drop(said);
            match pause {
                Some(pause) => self.sleep(pause, show.as_mut(), &mut redraws).await?,
                // Its time is up, which is how it is meant to end.
                None => return Ok(()),
            }
        }
    }

    /// Looks, and shows when that takes long.
    async fn seen(
        &self,
        is_first: bool,
        show: &mut dyn Show,
        redraws: &mut Redraws,
    ) -> Result<Result<Snapshot, Failure>, Failure> {
        let since = self.world.clock.now();
        let mut look = pin!(self.look(is_first));
        let mut late = pin!(tokio::time::sleep(LATE));
        // Before the first one there is nothing that could be out of date.
        let mut is_told = is_first;
        loop {
            let shown = tokio::select! {
                biased;
                looked = &mut look => return Ok(looked),
                () = &mut late, if !is_told => {
                    is_told = true;
                    show.looking(since)
                }
                () = redraws.next() => show.again(),
            };
            shown.map_err(|error| Failure::writing(&error))?;
        }
    }

    /// Lists all groups that are wanted.
    async fn look(&self, is_first: bool) -> Result<Snapshot, Failure> {
        let args = self.args;
        let shape = Shape {
            wanted: args.choice.wanted(),
            order: args.view.sort,
            ..Shape::default()
        };
        let listing = Listing {
            size: self.size,
            passes: args.effort.passes,
            at_once: args.effort.concurrency,
            show_progress: is_first && self.talk.wants_progress(),
            redact: args.view.redact,
            ..Listing::new(&self.client, &self.request, self.talk)
        };
        let mut gather = Gather::default();
        let mut render = Shaped::new(&shape, Box::new(&mut gather));
        let listed = listing.write(Manner::default(), &mut render);
        let clock = &self.client.clock;
        let is_paused = || self.client.pace.is_paused();
        let so_far = || Some(listing.so_far.groups());
        let listed =
            within_deadline(args.effort.deadline, clock, &is_paused, &so_far, listed).await;
        shape.judged(listed, self.talk)?;
        drop(render);
        Snapshot::live(gather.take()).map_err(|error| {
            let what = format!("the listing cannot be watched: {error}");
            Failure::new(Kind::Refused, what).hint("cams-groups list shows it all the same")
        })
    }

    /// Returns about this time, for many who watch do not all come at once; `None`
    /// where what is left then is too little for a look, going by the last one.
    fn pause(&self, rest: Duration, took: Duration) -> Option<Duration> {
        let pause = rest.mul_f64(0.9 + 0.2 * self.world.chance.share());
        let Some(Timeout(limit)) = self.args.effort.deadline else {
            return Some(pause);
        };
        let left = limit.saturating_sub(self.world.clock.elapsed());
        let least = took.max(self.every.min(LEAST));
        (pause + least <= left).then_some(pause)
    }

    async fn sleep(
        &self,
        pause: Duration,
        show: &mut dyn Show,
        redraws: &mut Redraws,
    ) -> Result<(), Failure> {
        let mut sleep = pin!(self.world.clock.sleep(pause));
        loop {
            tokio::select! {
                biased;
                () = &mut sleep => return Ok(()),
                () = redraws.next() => show.again().map_err(|error| Failure::writing(&error))?,
            }
        }
    }
}

/// Refuses a form that cannot show changes.
fn unfit(format: Format, is_terminal: bool) -> Failure {
    let (what, hint) = if is_terminal {
        (
            format!("--watch means nothing to {format}"),
            "watch with -o table, -o wide or -o jsonl",
        )
    } else {
        (
            format!("--watch draws {format} over and over, on a terminal only"),
            "elsewhere, watch with -o jsonl: an event a line",
        )
    };
    Failure::new(Kind::Usage, what).hint(hint)
}
