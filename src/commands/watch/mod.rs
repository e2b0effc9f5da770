//! `cams-groups list --watch`: looks again and again, and shows what changes.
//!
//! Each look is a listing of its own, whole or a failure. The first one must
//! succeed, or there is nothing to compare with; of the later ones, those whose
//! failure may pass are made up for, after longer and longer rests.

mod events;
mod screen;

use std::io::{self, Write};
use std::time::Duration;

use jiff::Timestamp;

use self::events::Events;
use self::screen::Screen;
use super::deadline::within_deadline;
use super::listing::{Listing, Manner};
use super::live::Gather;
use super::shape::{Shape, Shaped};
use super::wait::may_pass;
use crate::api::{Client, ListChatGroup, PageSize, Run};
use crate::cli::ListArgs;
use crate::config::Timeout;
use crate::diff::{Change, Difference, Snapshot};
use crate::failure::{Failure, Kind};
use crate::group::choose::{is_private, redact};
use crate::group::{Field, Group};
use crate::output::talk::Hold;
use crate::output::{Format, Talk, Terminal, frame};
use crate::world::World;

/// However long the rests grow, this is long enough.
const LONGEST: Duration = Duration::from_mins(5);

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
    next: Timestamp,
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

    /// Watches until the run is stopped, its deadline comes, or a look fails for
    /// good.
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
            Box::new(Screen::new(stdout, terminal, format, view, self.world))
        } else {
            Box::new(Events::new(stdout, view.columns))
        };
        // Only what is said on the same terminal would be drawn over.
        let would_hide = is_screen && self.talk.is_terminal;
        let clock = &self.world.clock;
        let mut before: Option<Snapshot> = None;
        let mut trouble: Option<Failure> = None;
        let mut rest = self.every;
        loop {
            // Each look begins with a fresh allowance of retries, and asks anew by
            // how much this machine's clock is off: it may have been set.
            self.client.run = Run::default();
            let said = would_hide.then(|| self.talk.hold());
            let looked = self.look(before.is_none()).await;
            let at = clock.now();
            let is_over = self.left().is_some_and(|it| it.is_zero());
            match looked {
                Ok(now) => {
                    rest = self.every;
                    trouble = None;
                    let (groups, difference) =
                        self.shown(before.as_ref(), &now, columns.as_deref());
                    let pause = self.scattered(rest);
                    let look = Look {
                        groups: &groups,
                        difference: difference.as_ref(),
                        at,
                        next: at.checked_add(pause).unwrap_or(at),
                    };
                    let shown = show.looked(&look, said.as_ref());
                    shown.map_err(|error| Failure::writing(&error))?;
                    before = Some(now);
                    drop(said);
                    self.sleep(pause).await;
                }
                // It was cut short by the end.
                Err(failure)
                    if is_over
                        && before.is_some()
                        && trouble.is_none()
                        && matches!(failure.kind, Kind::Network | Kind::Throttled) =>
                {
                    return Ok(());
                }
                Err(failure) => {
                    let is_last = is_over || before.is_none() || !may_pass(&failure);
                    rest = rest.saturating_mul(2).min(LONGEST.max(self.every));
                    let pause = self.scattered(rest);
                    if before.is_some() {
                        if !is_last {
                            failure.report(self.talk);
                        }
                        let trouble = Trouble {
                            failure: &failure,
                            at,
                            next: (!is_last).then(|| at.checked_add(pause).unwrap_or(at)),
                        };
                        let shown = show.failed(&trouble, said.as_ref());
                        shown.map_err(|error| Failure::writing(&error))?;
                    }
                    drop(said);
                    if is_last {
                        return Err(failure);
                    }
                    trouble = Some(failure);
                    self.sleep(pause).await;
                }
            }
            if self.left().is_some_and(|it| it.is_zero()) {
                // Its time is up, which is how it is meant to end.
                return trouble.map_or(Ok(()), Err);
            }
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

    /// Returns what may be shown: the groups, and what of these columns differs from
    /// what was before. It is compared before anything is masked.
    fn shown(
        &self,
        before: Option<&Snapshot>,
        now: &Snapshot,
        columns: Option<&[Field]>,
    ) -> (Vec<Group>, Option<Difference>) {
        let mut groups = now.groups().to_vec();
        let mut difference = before.map(|it| Difference::between(it, now, &[]));
        if let (Some(difference), Some(columns)) = (&mut difference, columns) {
            keep_shown(difference, columns);
        }
        if self.args.view.redact {
            groups.iter_mut().for_each(redact);
            difference.iter_mut().for_each(mask);
        }
        (groups, difference)
    }

    /// Returns how much of its time is left, if that is limited.
    fn left(&self) -> Option<Duration> {
        let Timeout(limit) = self.args.effort.deadline?;
        Some(limit.saturating_sub(self.world.clock.elapsed()))
    }

    /// Returns about this time: many who watch do not all come at once.
    fn scattered(&self, rest: Duration) -> Duration {
        rest.mul_f64(0.9 + 0.2 * self.world.chance.share())
    }

    async fn sleep(&self, pause: Duration) {
        let pause = self.left().map_or(pause, |left| pause.min(left));
        self.world.clock.sleep(pause).await;
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

/// Leaves only changes of what is shown.
fn keep_shown(difference: &mut Difference, columns: &[Field]) {
    let is_shown = |it: &Change| columns.iter().any(|field| field.name() == it.field);
    difference.changed.retain_mut(|it| {
        it.changes.retain(is_shown);
        !it.changes.is_empty()
    });
}

/// Masks links and numbers; that they changed is still to be seen.
fn mask(difference: &mut Difference) {
    let groups = difference.added.iter_mut().chain(&mut difference.removed);
    groups.for_each(redact);
    for changed in &mut difference.changed {
        redact(&mut changed.group);
        let changes = changed.changes.iter_mut();
        for change in changes.filter(|it| is_private(&it.field)) {
            for value in [&mut change.old, &mut change.new] {
                if value != "null" {
                    "\"(redacted)\"".clone_into(value);
                }
            }
        }
    }
}
