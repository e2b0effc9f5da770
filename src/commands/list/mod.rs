//! `cams-groups list`: settings, key, pages, listing.

use std::io::{Read, Write};
use std::path::PathBuf;
use std::time::Duration;

use super::deadline::{self, within_deadline};
use super::listing::{Listing, Manner, Outcome};
use super::live::How;
use super::shape::{Shape, Shaped};
use super::trace::Trace;
use super::watch::Watch;
use super::{counted, files, keys, print};
use crate::api::{KeySource, ListChatGroup, PageIndex, PageSize};
use crate::cli::ListArgs;
use crate::config::settings;
use crate::config::{Chosen, Origin, Overrides, Settings};
use crate::credentials::Note;
use crate::failure::{Failure, Kind};
use crate::output::{Talk, Terminal, renderer};
use crate::sandbox::{self, Config, Groups, Sandbox};
use crate::secret::masked;
use crate::world::World;

mod count;
mod destination;
mod flags;
mod many;

use count::count;
use destination::to_destination;
use flags::check_flags;

/// Lists groups, from a sandbox of its own if that is asked for.
pub async fn list(
    args: &ListArgs,
    world: &World,
    stdin: &mut dyn Read,
    stdout: Box<dyn Write + '_>,
    terminal: Terminal,
    talk: &Talk,
) -> Result<(), Failure> {
    deadline::arm(args.effort.deadline, world);
    if args.dry_run {
        return dry_run(args, world, stdout).await;
    }
    if args.many.are_wanted() {
        let many = many::many(args, world, stdin, stdout, terminal, talk);
        return Box::pin(many).await;
    }
    if !args.sandbox {
        let tell = keys::teller(talk);
        let job = Job::from_configuration(args, world, talk, &tell);
        let job = keys::in_time(args.effort.deadline, job).await?;
        return Box::pin(job.run(args, world, stdout, terminal, talk)).await;
    }
    let (job, sandbox) = Job::with_sandbox(args, world, talk).await?;
    tokio::select! {
        // The sandbox serves until the listing is done.
        never = sandbox.serve() => match never {},
        listed = Box::pin(job.run(args, world, stdout, terminal, talk)) => listed,
    }
}

/// Everything that is decided before the first request.
struct Job<'a> {
    settings: Settings,
    key: Box<dyn KeySource + 'a>,
}

impl<'a> Job<'a> {
    async fn from_configuration(
        args: &ListArgs,
        world: &'a World,
        talk: &Talk,
        tell: &'a dyn Fn(Note),
    ) -> Result<Self, Failure> {
        let overrides = args.overrides();
        let chosen = chosen(&overrides, world, talk)?;
        let settings = settings::resolve(&overrides, &world.env, &chosen)?;
        check_flags(args, &settings.rest)?;
        let config = chosen.file.as_ref().map(|it| it.path.as_path());
        let written = args.output_file.iter().chain(&args.trace_file);
        files::keep_apart(config, written.map(PathBuf::as_path))?;
        keys::check_proxies(&world.env)?;
        keys::warn_of_region(&settings.rest, talk);
        let means = keys::means(&settings.rest, args.effort.retries, world, tell)?;
        let credentials = keys::find(&chosen, means, talk).await?;
        Ok(Self {
            settings,
            key: Box::new(credentials),
        })
    }

    async fn with_sandbox(
        args: &ListArgs,
        world: &World,
        talk: &Talk,
    ) -> Result<(Self, Sandbox), Failure> {
        let mut config = Config::new(Groups::Demo(Groups::DEMO), world.clock.clone());
        // Whatever number and space are asked for, the sandbox answers for them.
        if let Some(number) = &args.target.business_number {
            config.business_number = number.clone();
        }
        if let Some(space) = &args.target.space_id {
            config.space_id = space.clone();
        }
        let (number, space) = (config.business_number.clone(), config.space_id.clone());
        let sandbox = Sandbox::bind(config)
            .await
            .map_err(|error| no_sandbox(&error))?;
        let overrides = Overrides {
            endpoint: Some(sandbox.endpoint()),
            business_number: Some(number),
            space_id: Some(space),
            ..args.overrides()
        };
        let mut settings = settings::resolve(&overrides, &world.env, &Chosen::nothing())?;
        check_flags(args, &settings.rest)?;
        let sandboxed = || Origin::Flag("--sandbox");
        settings.rest.endpoint.origin = sandboxed();
        if args.target.business_number.is_none() {
            settings.business_number.origin = sandboxed();
        }
        if args.target.space_id.is_none() {
            settings.space_id.origin = sandboxed();
        }
        talk.trace(1, "access key: the sandbox's own");
        let key = Box::new(sandbox::access_key());
        Ok((Self { settings, key }, sandbox))
    }

    async fn run(
        self,
        args: &ListArgs,
        world: &World,
        stdout: Box<dyn Write + '_>,
        terminal: Terminal,
        talk: &Talk,
    ) -> Result<(), Failure> {
        let settings = &self.settings;
        trace_settings(settings, args.view.redact, talk);
        let request = request(args, settings);
        let how = How::by(&args.effort);
        let asking = (
            keys::http(&settings.rest, false)?,
            self.key,
            how.pace(world),
        );
        let client = how.client(&settings.rest, asking, world);
        if args.count {
            return count(&client, &request, stdout, args, world, talk).await;
        }
        let format = settings.rest.output.value;
        if let Some(every) = args.watch {
            let size = settings.rest.page_size.as_ref().map(|it| it.value);
            let watch = Watch::new(args, every, (client, request, size), world, talk);
            return watch.run(format, stdout, terminal).await;
        }
        let shape = shape(args);
        let streams = shape.streams(format, &args.view.view());
        let trace = args
            .trace_file
            .as_ref()
            .map(|_| Trace::new(&settings.rest.endpoint.value, &request));
        let listing = Listing {
            size: settings.rest.page_size.as_ref().map(|it| it.value),
            only: args.page.map(PageIndex::get),
            limit: args.limit.filter(|_| !shape.needs_all()),
            passes: args.effort.passes,
            at_once: args.effort.concurrency,
            // Rows that run through the same terminal are progress enough.
            show_progress: talk.wants_progress()
                && !(streams && terminal.columns.is_some() && args.output_file.is_none()),
            redact: args.view.redact,
            shown: Some(&shape.shown),
            trace: trace.as_ref(),
            ..Listing::new(&client, &request, talk)
        };
        let started = world.clock.elapsed();
        let listed = to_destination(args, world, stdout, terminal, async |out, terminal| {
            let mut render = Shaped::new(&shape, renderer(format, out, terminal, args.view.view()));
            let shows_incomplete = format.is_for_people() && args.view.jq.is_none();
            let manner = Manner {
                streams,
                shows_incomplete,
                allow_incomplete: args.allow_incomplete,
            };
            let listed = listing.write(manner, &mut render);
            let is_paused = || client.pace.is_paused();
            let so_far = || Some(listing.so_far.groups());
            within_deadline(
                args.effort.deadline,
                &client.clock,
                &is_paused,
                &so_far,
                listed,
            )
            .await
        });
        let listed = listed.await;
        let listed = shape.judged(listed, talk);
        if let (Some(trace), Some(path)) = (&trace, &args.trace_file) {
            match (trace.write(path), &listed) {
                (Err(failure), Ok(_)) => return Err(failure),
                // The listing's own failure is the one to end with.
                (Err(failure), Err(_)) => talk.alarm(failure.what),
                (Ok(()), _) => {}
            }
        }
        let outcome = listed?;
        let took = world.clock.elapsed().saturating_sub(started);
        summarize(&outcome, args, &shape, took, talk);
        Ok(())
    }
}

/// Finds the configuration, and says where it is and who may read it.
fn chosen(overrides: &Overrides, world: &World, talk: &Talk) -> Result<Chosen, Failure> {
    let chosen = Chosen::find(overrides, world)?;
    if let Some(file) = &chosen.file {
        talk.trace(1, format!("config: {}", file.path.display()));
        if file.is_open_to_others() {
            talk.warn(format!(
                "{} holds keys and others may read it; run: chmod 600 {0}",
                file.path.display()
            ));
        }
    }
    Ok(chosen)
}

/// Returns what becomes of the groups that come.
fn shape(args: &ListArgs) -> Shape {
    Shape {
        wanted: args.choice.wanted(),
        order: args.view.sort,
        limit: args.limit,
        redact: args.view.redact,
        allow_unknown: args.allow_incomplete,
        ..Shape::default()
    }
}

/// Returns what to ask the API for.
fn request(args: &ListArgs, settings: &Settings) -> ListChatGroup {
    let number = settings.business_number.value.clone();
    let all = ListChatGroup {
        channel_type: settings.rest.channel_type.clone().map(|it| it.value),
        ..ListChatGroup::all(number, settings.space_id.value.clone())
    };
    filtered(args, all)
}

/// Returns the same request, for those groups only that the API is to choose.
fn filtered(args: &ListArgs, request: ListChatGroup) -> ListChatGroup {
    ListChatGroup {
        status: args.choice.asked(),
        subject: args.subject.clone(),
        group_type: args.group_type.clone(),
        group_link: args.group_link.clone(),
        ..request
    }
}

/// Shows what a listing would begin with.
async fn dry_run(
    args: &ListArgs,
    world: &World,
    mut stdout: Box<dyn Write + '_>,
) -> Result<(), Failure> {
    let overrides = args.overrides();
    let chosen = Chosen::find(&overrides, world)?;
    let settings = settings::resolve(&overrides, &world.env, &chosen)?;
    check_flags(args, &settings.rest)?;
    let request = request(args, &settings);
    let index = args.page.unwrap_or(PageIndex::FIRST);
    let own = settings.rest.page_size.as_ref().map(|it| it.value);
    let size = own.unwrap_or(match args.page {
        None => PageSize::FIRST_TRY,
        Some(_) => PageSize::DOCUMENTED,
    });
    let text = super::dry_run::dry_run(
        &settings,
        &chosen,
        &request,
        (index, size),
        args.view.redact,
        world,
    )
    .await?;
    print(&text, &mut stdout)
}

fn summarize(outcome: &Outcome, args: &ListArgs, shape: &Shape, took: Duration, talk: &Talk) {
    let shown = shape.shown.get();
    let of = match outcome.total {
        Some(total) if total != shown => format!(" of {total}"),
        _ => String::new(),
    };

    let passes = match outcome.passes {
        1 => String::new(),
        passes => format!(" in {passes} passes"),
    };
    let seconds = match took.as_secs_f64() {
        seconds if seconds < 0.05 => "under 0.1 s".to_owned(),
        seconds => format!("{seconds:.1} s"),
    };
    talk.note(format!(
        "{}{of}, {}{passes}, {seconds}",
        counted(shown, "group"),
        counted(outcome.pages, "page"),
    ));
    if outcome.groups == 0 {
        match (args.page, outcome.total) {
            (Some(page), Some(total)) if total > 0 => {
                talk.warn(format!("page {page} lies behind the last of {total} groups"));
            }
            _ => talk.note(
                "If there should be groups: check filters, number and space. Groups are a beta; ask \
                 your account manager whether the account is on the allow-list.",
            ),
        }
    }
}

fn trace_settings(settings: &Settings, redact: bool, talk: &Talk) {
    for it in settings.shown() {
        let value = match it.name {
            "business_number" if redact => masked(&it.value),
            _ => it.value,
        };
        talk.trace(1, format!("{}: {value} ({})", it.name, it.origin));
    }
}

fn no_sandbox(error: &std::io::Error) -> Failure {
    Failure::new(
        Kind::Network,
        format!("no sandbox on this machine: {error}"),
    )
}
