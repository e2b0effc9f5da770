//! `cams-groups list`: settings, key, pages, listing.

use std::io::{Read, Write};
use std::rc::Rc;
use std::time::Duration;

use super::listing::{Listing, Manner, Outcome, SoFar};
use super::shape::{Shape, Shaped};
use super::trace::Trace;
use super::watch::Watch;
use super::{counted, keys, print};
use crate::api::{Client, KeySource, ListChatGroup, Pace, PageIndex, PageSize, Run};
use crate::cli::ListArgs;
use crate::config::settings::{self, Rest};
use crate::config::{Chosen, Origin, Overrides, Settings, Timeout};
use crate::credentials::Note;
use crate::failure::{Failure, Kind};
use crate::group::Field;
use crate::output::{ColorChoice, OutputFile, Talk, Terminal, renderer};
use crate::sandbox::{self, Config, Groups, Sandbox};
use crate::secret::masked;
use crate::world::{Clock, World};

mod many;

/// Lists groups, from a sandbox of its own if that is asked for.
pub async fn list(
    args: &ListArgs,
    world: &World,
    stdin: &mut dyn Read,
    stdout: Box<dyn Write + '_>,
    terminal: Terminal,
    talk: &Talk,
) -> Result<(), Failure> {
    if let Some(Timeout(limit)) = args.deadline {
        // For what blocks this thread: a FIFO without a reader, a full pipe.
        world.stop.at_latest(limit + GRACE);
    }
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
        let job = keys::in_time(args.deadline, job).await?;
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
        keys::check_proxies(&world.env)?;
        if let Some((region, endpoint)) = &settings.rest.overruled_region {
            talk.warn(format!(
                "--region {region} has no effect: the endpoint from {endpoint} wins"
            ));
        }
        let means = keys::means(&settings.rest, args.retries, world, tell)?;
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
        let http = keys::http(&settings.rest, false)?;
        let client = Client {
            http,
            key: self.key,
            mechanism: settings.rest.signature.value,
            clock: world.clock.clone(),
            chance: world.chance.clone(),
            pace: Rc::new(Pace::new(
                world.clock.clone(),
                args.concurrency,
                args.max_rps,
            )),
            retries: args.retries,
            run: Run::default(),
        };
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
            client: &client,
            request: &request,
            size: settings.rest.page_size.as_ref().map(|it| it.value),
            only: args.page.map(PageIndex::get),
            limit: args.limit.filter(|_| !shape.needs_all()),
            passes: args.passes,
            at_once: args.concurrency,
            talk,
            // Rows that run through the same terminal are progress enough.
            show_progress: talk.wants_progress()
                && !(streams && terminal.columns.is_some() && args.output_file.is_none()),
            so_far: SoFar::default(),
            redact: args.view.redact,
            shown: Some(&shape.shown),
            trace: trace.as_ref(),
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
            within_deadline(args, &client.clock, &is_paused, &so_far, listed).await
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

/// Refuses flags that would have no effect, before anyone is asked.
fn check_flags(args: &ListArgs, settings: &Rest) -> Result<(), Failure> {
    if args.count && args.choice.status.len() > 1 {
        let what = "--count is the API's own, which counts one --status or all";
        return Err(Failure::new(Kind::Usage, what)
            .hint("for several, use --summary, or count the lines of -o ids"));
    }
    let usage = |what: &str, hint: &str| Err(Failure::new(Kind::Usage, what).hint(hint));
    let choice = &args.choice;
    if args.page.is_some() && choice.wanted().is_choosy() {
        return usage(
            "--page counts the API's pages, out of which these flags would choose",
            "leave --page out; --limit counts what is chosen",
        );
    }
    let most = match choice.max_participants {
        _ if choice.empty => 0,
        most => most.unwrap_or(u64::MAX),
    };
    if choice.min_participants.is_some_and(|least| least > most) {
        return usage(
            "no group has at least so many participants and at most so few",
            "change one",
        );
    }
    if args.trace_file.is_some() && args.trace_file == args.output_file {
        return usage(
            "--trace-file and --output-file are one file",
            "name another",
        );
    }
    let of_target = |it: &&Field| Field::OF_TARGET.contains(it);
    let columns = args.view.columns.iter().flatten();
    if !args.many.are_wanted()
        && let Some(field) = columns.into_iter().find(of_target)
    {
        return usage(
            &format!("--columns {field} needs several targets"),
            "--targets FILE or --all-targets lists them",
        );
    }
    let format = settings.output.value;
    let is_flag = args.output.is_some();
    match args.view.idle_flag(format, is_flag) {
        None => Ok(()),
        Some(flag) => Err(
            Failure::new(Kind::Usage, format!("{flag} means nothing to {format}"))
                .hint("choose another form with --output, or leave the flag out"),
        ),
    }
}

/// Returns what to ask the API for.
fn request(args: &ListArgs, settings: &Settings) -> ListChatGroup {
    ListChatGroup {
        business_number: settings.business_number.value.clone(),
        space_id: settings.space_id.value.clone(),
        channel_type: settings.rest.channel_type.clone().map(|it| it.value),
        status: args.choice.asked(),
        subject: args.subject.clone(),
        group_type: args.group_type.clone(),
        group_link: args.group_link.clone(),
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

/// How much later than its deadline a run is ended even if it blocks.
const GRACE: Duration = Duration::from_millis(500);

/// Has something written to stdout, or to the file that is asked for, which is
/// replaced only if that succeeds.
async fn to_destination<T>(
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

/// Prints the API's own count of groups.
async fn count(
    client: &Client<'_>,
    request: &ListChatGroup,
    stdout: Box<dyn Write + '_>,
    args: &ListArgs,
    world: &World,
    talk: &Talk,
) -> Result<(), Failure> {
    let listing = Listing {
        client,
        request,
        size: None,
        only: None,
        limit: None,
        passes: 1,
        at_once: args.concurrency,
        talk,
        show_progress: false,
        so_far: SoFar::default(),
        redact: args.view.redact,
        shown: None,
        trace: None,
    };
    let is_paused = || client.pace.is_paused();
    let total = within_deadline(args, &client.clock, &is_paused, &|| None, listing.total()).await?;
    let plain = Terminal {
        columns: None,
        color: false,
    };
    let written = to_destination(args, world, stdout, plain, async |mut out, _| {
        writeln!(out, "{total}")
            .and_then(|()| out.flush())
            .map_err(|error| Failure::writing(&error))
    });
    written.await
}

/// Ends a run that takes longer than it may.
pub(super) async fn within_deadline<T>(
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
