//! `cams-groups wait`: looks again and again, politely, until groups are as they
//! should be.

use std::fmt::Write as _;
use std::io::Write;
use std::time::Duration;

use super::live::{How, Live};
use super::{counted, keys};
use crate::cli::WaitArgs;
use crate::config::Chosen;
use crate::failure::{Failure, Kind};
use crate::group::condition::Condition;
use crate::group::{Field, Group};
use crate::output::{Ending, Talk, Terminal, View, renderer};
use crate::world::World;

/// How much longer each rest is than the one before.
const GROWTH: f64 = 1.25;

/// How many times the first rest the longest is.
const LONGEST: u32 = 6;

/// Waits, and shows the groups as they are in the end.
pub async fn wait(
    args: &WaitArgs,
    world: &World,
    stdout: Box<dyn Write + '_>,
    terminal: Terminal,
    talk: &Talk,
) -> Result<(), Failure> {
    let clock = &world.clock;
    let tell = keys::teller(talk);
    let started = clock.elapsed();
    let overrides = args.overrides();
    let chosen = Chosen::find(&overrides, world)?;
    let connect = Live::connect(&overrides, &chosen, How::USUAL, world, talk, &tell);
    let live = in_time(args, args.timeout, connect).await?;
    let mut rest = args.interval;
    let mut were_seen = false;
    loop {
        let left = args
            .timeout
            .saturating_sub(clock.elapsed().saturating_sub(started));
        // A look that has begun may end, unless nobody answers.
        let look = live.groups(false, talk);
        let looked = in_time(args, left.max(LEAST_LOOK), look).await;
        let waited = clock.elapsed().saturating_sub(started);
        let left = args.timeout.saturating_sub(waited);
        let failure = match looked {
            Ok(groups) => {
                let awaited = awaited(args, &groups);
                let missing = missing(args, &awaited);
                were_seen |= !awaited.is_empty();
                talk.end_progress();
                if args.condition.holds(&awaited, missing.len()) {
                    show(args, &awaited, stdout, terminal)?;
                    if args.condition == Condition::Gone && !were_seen {
                        talk.alarm("gone from the first look on: was it ever there?");
                    }
                    talk.note(format!("{} after {} s", args.condition, waited.as_secs()));
                    return Ok(());
                }
                if left.is_zero() {
                    show(args, &awaited, stdout, terminal)?;
                    talk.alarm(not_in_time(args, &awaited));
                    return Err(Failure::new(Kind::Findings, "not in time"));
                }
                let there = awaited.len() as u64;
                let reached = awaited
                    .iter()
                    .filter(|it| args.condition.holds_of(it))
                    .count();
                progress(args, (reached as u64, there), waited, talk);
                None
            }
            Err(failure) => Some(failure),
        };
        if let Some(failure) = failure {
            // What may pass is waited out; what will not, ends it.
            if !may_pass(&failure) || left.is_zero() {
                return Err(failure);
            }
        }
        // Many who wait do not all come at once.
        let jitter = 0.9 + 0.2 * world.chance.share();
        let pause = rest.mul_f64(jitter).min(left.max(Duration::from_millis(1)));
        clock.sleep(pause).await;
        rest = rest.mul_f64(GROWTH).min(args.interval * LONGEST);
    }
}

/// Returns whether a failure may be over at the next look.
pub(super) fn may_pass(failure: &Failure) -> bool {
    let code = failure.said.as_ref().and_then(|it| it.code.as_deref());
    match failure.kind {
        Kind::Network | Kind::Throttled | Kind::Incomplete => true,
        // The service itself failed, or something on the way to it.
        Kind::Refused => matches!(code, None | Some("InternalError" | "ServiceUnavailable")),
        Kind::Usage
        | Kind::Config
        | Kind::Access
        | Kind::Output
        | Kind::ReaderGone
        | Kind::Interrupted
        | Kind::Findings => false,
    }
}

/// The least time that a look is given, however little is left.
const LEAST_LOOK: Duration = Duration::from_secs(5);

/// Ends what nobody answers.
async fn in_time<T>(
    args: &WaitArgs,
    limit: Duration,
    look: impl Future<Output = Result<T, Failure>>,
) -> Result<T, Failure> {
    tokio::time::timeout(limit, look).await.unwrap_or_else(|_| {
        let what = format!("no answer within {:?} (--timeout)", args.timeout);
        Err(Failure::new(Kind::Network, what).hint("cams-groups doctor says what is wrong"))
    })
}

fn awaited<'a>(args: &WaitArgs, groups: &'a [Group]) -> Vec<&'a Group> {
    let is_awaited = |group: &&Group| {
        args.all
            || group
                .id()
                .is_some_and(|id| args.group_id.iter().any(|it| *it == id))
            || args
                .subject
                .as_ref()
                .is_some_and(|it| group.text(Field::Subject).is_some_and(|text| text == *it))
    };
    groups.iter().filter(is_awaited).collect()
}

/// Returns the ids that are named and not there.
fn missing<'a>(args: &'a WaitArgs, awaited: &[&Group]) -> Vec<&'a str> {
    let is_there = |id: &str| awaited.iter().any(|it| it.id().is_some_and(|it| it == id));
    let ids = args.group_id.iter().map(String::as_str);
    ids.filter(|it| !is_there(it)).collect()
}

/// Says what is missing when the time is up.
fn not_in_time(args: &WaitArgs, awaited: &[&Group]) -> String {
    let missing = missing(args, awaited);
    let others = awaited.iter().filter(|it| !args.condition.holds_of(it));
    let others = others.count();
    let mut words = format!(
        "not {} within {:?} (--timeout)",
        args.condition, args.timeout
    );
    if awaited.len() > 1 {
        let _ = write!(words, "; {others} of {} groups are not", awaited.len());
    }
    if !missing.is_empty() && args.condition != Condition::Gone {
        let _ = write!(words, "; not there: {}", missing.join(", "));
    }
    words
}

fn progress(args: &WaitArgs, (like, there): (u64, u64), waited: Duration, talk: &Talk) {
    if talk.wants_progress() {
        let words = format!(
            "{like} of {} {}, {} s",
            counted(there, "group"),
            args.condition,
            waited.as_secs()
        );
        talk.progress(words);
    }
}

fn show(
    args: &WaitArgs,
    awaited: &[&Group],
    stdout: Box<dyn Write + '_>,
    terminal: Terminal,
) -> Result<(), Failure> {
    let mut render = renderer(args.output, stdout, terminal, View::default());
    let written = awaited
        .iter()
        .try_for_each(|it| render.group((*it).clone()))
        .and_then(|()| render.finish(Ending::Accepted));
    match written {
        // A closed pipe changes no verdict.
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Failure::writing(&error))
        }
        _ => Ok(()),
    }
}
