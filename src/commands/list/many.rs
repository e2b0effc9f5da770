//! `list` over many targets: one listing, in the order of the targets.

use std::io::{Read, Write};
use std::ops::ControlFlow;
use std::time::Duration;

use super::{check_flags, chosen, filtered, shape, to_destination};
use crate::cli::ListArgs;
use crate::commands::deadline::within_deadline;
use crate::commands::live::How;
use crate::commands::shape::{Shape, Shaped};
use crate::commands::tally::Tally;
use crate::commands::targets::{Targets, named};
use crate::commands::{counted, files, keys};
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
    let config = chosen.file.as_ref().map(|it| it.path.as_path());
    let read = config.into_iter().chain(args.many.targets.as_deref());
    files::keep_apart(read, args.output_file.as_deref())?;
    let how = How {
        allow_incomplete: args.allow_incomplete,
        redact: args.view.redact,
        ..How::by(&args.effort)
    };
    let tell = keys::teller(talk);
    let connect = Targets::connect(targets, &overrides, &chosen, how, world, talk, &tell);
    let targets = keys::in_time(args.effort.deadline, connect).await?;
    let ask = |request| filtered(args, request);
    let format = settings.output.value;
    let shape = shape(args);
    let view = args.view.view();
    let is_for_people = format.is_for_people() || format == Format::Markdown;
    let of_target = match (
        is_for_people && !targets.have_names(),
        targets.share_spaces(),
    ) {
        (false, _) => Field::OF_TARGET.to_vec(),
        (true, false) => vec![Field::CustSpaceId],
        (true, true) => vec![Field::CustSpaceId, Field::BusinessNumber],
    };
    let view = crate::output::View { of_target, ..view };
    let streams = shape.streams(format, &view);
    let rows_run = streams && terminal.columns.is_some() && args.output_file.is_none();
    let is_shown = talk.wants_progress() && !rows_run;
    let started = world.clock.elapsed();
    let written = to_destination(args, world, stdout, terminal, async |out, terminal| {
        let mut render = Shaped::new(&shape, renderer(format, out, terminal, view));
        let mut tally = Tally::default();
        let listed = targets.each(&ask, is_shown, talk, |_, outcome| {
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
        let listed = within_deadline(
            args.effort.deadline,
            &world.clock,
            &is_paused,
            &so_far,
            listed,
        )
        .await;
        // What is made of all groups would look whole.
        let is_summed_up = args.view.jq.is_some() || args.view.summary;
        let is_fit = !tally.is_hopeless() && (tally.verdict().is_ok() || !is_summed_up);
        let ending = match &listed {
            Ok(()) if is_fit => Ending::Accepted,
            _ => Ending::Incomplete,
        };
        let finished = render.finish(ending);
        let written = listed.and(finished.map_err(|error| Failure::writing(&error)));
        match written {
            // Who stops reading does not make the others whole.
            Err(failure) if failure.kind != Kind::ReaderGone => Err(tally.worsen(failure)),
            gone => tally
                .verdict()
                .and(gone)
                .map(|()| tally.left(targets.len())),
        }
    });
    let left = shape.judged(written.await, talk)?;
    if left > 0 {
        let left = counted(left, "target");
        talk.warn(format!("--limit was reached: {left} not listed"));
    }
    let took = world.clock.elapsed().saturating_sub(started);
    tell_how_many(&shape, targets.len(), took, talk);
    Ok(())
}

fn tell_how_many(shape: &Shape, targets: usize, took: Duration, talk: &Talk) {
    talk.note(format!(
        "{} of {}, {:.1} s",
        counted(shape.shown.get(), "group"),
        counted(targets as u64, "target"),
        took.as_secs_f64(),
    ));
}
