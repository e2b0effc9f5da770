//! `list` over many targets: one listing, in the order of the targets.

use std::io::{Read, Write};
use std::ops::ControlFlow;
use std::time::Duration;

use super::{check_flags, chosen, shape, to_destination, within_deadline};
use crate::api::{BusinessNumber, ListChatGroup, SpaceId};
use crate::cli::ListArgs;
use crate::commands::shape::{Shape, Shaped};
use crate::commands::tally::Tally;
use crate::commands::targets::{How, Targets, named};
use crate::commands::{counted, keys};
use crate::config::settings;
use crate::failure::{Failure, Kind};
use crate::group::Field;
use crate::output::{Ending, Format, Render as _, Talk, Terminal, renderer};
use crate::world::World;

/// Lists every target that the flags name. One that fails hides no other.
pub(super) async fn many(
    args: &ListArgs,
    world: &World,
    stdin: &mut dyn Read,
    stdout: Box<dyn Write + '_>,
    terminal: Terminal,
    talk: &Talk,
) -> Result<(), Failure> {
    let overrides = args.overrides();
    let chosen = chosen(&overrides, world, talk)?;
    let settings = settings::draft(&overrides, &world.env, &chosen)?.rest;
    check_flags(args, &settings)?;
    let targets = named(&args.many, &chosen, stdin)?.unwrap_or_default();
    let how = How {
        at_once: args.concurrency,
        max_rps: args.max_rps,
        retries: args.retries,
        passes: args.passes,
        allow_incomplete: args.allow_incomplete,
        redact: args.view.redact,
    };
    let tell = keys::teller(talk);
    let connect = Targets::connect(targets, &overrides, &chosen, how, world, talk, &tell);
    let targets = keys::in_time(args.deadline, connect).await?;
    let asked = asked(args);
    let format = settings.output.value;
    let shape = shape(args);
    let view = args.view.view();
    let is_for_people = format.is_for_people() || format == Format::Markdown;
    let of_target = if is_for_people && !targets.have_names() {
        vec![Field::CustSpaceId]
    } else {
        Field::OF_TARGET.to_vec()
    };
    let view = crate::output::View { of_target, ..view };
    let streams = shape.streams(format, &view);
    let rows_run = streams && terminal.columns.is_some() && args.output_file.is_none();
    let is_shown = talk.wants_progress() && !rows_run;
    let started = world.clock.elapsed();
    let written = to_destination(args, world, stdout, terminal, async |out, terminal| {
        let mut render = Shaped::new(&shape, renderer(format, out, terminal, view));
        let mut tally = Tally::default();
        let listed = targets.each(&asked, is_shown, talk, |_, outcome| {
            let groups = match outcome {
                Ok(groups) => groups,
                Err(failure) => {
                    tally.failed(failure, talk);
                    return Ok(ControlFlow::Continue(()));
                }
            };
            tally.listed();
            let mut groups = groups.into_iter();
            groups
                .try_for_each(|it| render.group(it))
                .and_then(|()| if streams { render.flush() } else { Ok(()) })
                .map_err(|error| Failure::writing(&error))?;
            Ok(if shape.is_sated() {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            })
        });
        let is_paused = || targets.is_paused();
        let so_far = || Some(shape.shown.get());
        let listed = within_deadline(args, &world.clock, &is_paused, &so_far, listed).await;
        let ending = match (&listed, tally.is_hopeless()) {
            (Ok(()), false) => Ending::Accepted,
            _ => Ending::Incomplete,
        };
        let finished = render.finish(ending);
        let written = listed.and(finished.map_err(|error| Failure::writing(&error)));
        match written {
            // Who stops reading does not make the others whole.
            Err(failure) if failure.kind != Kind::ReaderGone => Err(failure),
            gone => tally.verdict().and(gone),
        }
    });
    shape.judged(written.await, talk)?;
    let took = world.clock.elapsed().saturating_sub(started);
    tell_how_many(&shape, targets.len(), took, talk);
    Ok(())
}

/// Returns what to ask of every target; whose groups is said later.
fn asked(args: &ListArgs) -> ListChatGroup {
    ListChatGroup {
        status: args.choice.asked(),
        subject: args.subject.clone(),
        group_type: args.group_type.clone(),
        group_link: args.group_link.clone(),
        ..ListChatGroup::all(BusinessNumber::demo(), SpaceId::demo())
    }
}

fn tell_how_many(shape: &Shape, targets: usize, took: Duration, talk: &Talk) {
    talk.note(format!(
        "{} of {}, {:.1} s",
        counted(shape.shown.get(), "group"),
        counted(targets as u64, "target"),
        took.as_secs_f64(),
    ));
}
