//! `cams-groups list`: settings, key, pages, listing.

use std::fmt::Display;
use std::io::Write;

use crate::api::{ApiError, Client, ListChatGroup, Page, PageIndex, Total};
use crate::cli::ListArgs;
use crate::config::settings::{self, Sourced};
use crate::config::{Chosen, Origin, Overrides, Settings};
use crate::credentials;
use crate::failure::{Failure, Kind};
use crate::output::{Ending, Render, Talk, Terminal, renderer};
use crate::pages::{Plan, Reported, Walk};
use crate::sandbox::{self, Config, Groups, Sandbox};
use crate::secret::AccessKey;
use crate::transport::{Http, Options};
use crate::world::World;

/// Lists groups, from a sandbox of its own if that is asked for.
pub async fn list(
    args: &ListArgs,
    world: &World,
    stdout: Box<dyn Write + '_>,
    terminal: Terminal,
    talk: &Talk,
) -> Result<(), Failure> {
    if !args.sandbox {
        let job = Job::from_configuration(args, world, talk)?;
        return job.run(args, world, stdout, terminal, talk).await;
    }
    let (job, sandbox) = Job::with_sandbox(args, world, talk).await?;
    tokio::select! {
        // The sandbox serves until the listing is done.
        Err(error) = sandbox.serve() => Err(no_sandbox(&error)),
        listed = job.run(args, world, stdout, terminal, talk) => listed,
    }
}

/// Everything that is decided before the first request.
struct Job {
    settings: Settings,
    key: AccessKey,
}

impl Job {
    fn from_configuration(args: &ListArgs, world: &World, talk: &Talk) -> Result<Self, Failure> {
        let overrides = args.overrides();
        let chosen = Chosen::find(&overrides, world)?;
        if let Some(file) = &chosen.file {
            talk.trace(1, format!("config: {}", file.path.display()));
            if file.is_open_to_others() {
                talk.warn(format!(
                    "{} holds keys and others may read it; run: chmod 600 {0}",
                    file.path.display()
                ));
            }
        }
        let settings = settings::resolve(&overrides, &world.env, &chosen)?;
        if let Some((region, endpoint)) = &settings.overruled_region {
            talk.warn(format!(
                "--region {region} has no effect: the endpoint from {endpoint} wins"
            ));
        }
        let (key, source) = credentials::find(&world.env, &chosen)?;
        talk.trace(1, format!("access key: {} from {source}", key.masked_id()));
        Ok(Self { settings, key })
    }

    async fn with_sandbox(
        args: &ListArgs,
        world: &World,
        talk: &Talk,
    ) -> Result<(Self, Sandbox), Failure> {
        let mut config = Config::new(Groups::Demo(Groups::DEMO), world.clock.clone());
        // Whatever number and space are asked for, the sandbox answers for them.
        if let Some(number) = &args.business_number {
            config.business_number = number.to_string();
        }
        if let Some(space) = &args.space_id {
            config.space_id = space.to_string();
        }
        let (number, space) = (config.business_number.clone(), config.space_id.clone());
        let sandbox = Sandbox::bind(config)
            .await
            .map_err(|error| no_sandbox(&error))?;
        let overrides = Overrides {
            endpoint: sandbox.endpoint().parse().ok(),
            business_number: number.parse().ok(),
            space_id: space.parse().ok(),
            ..args.overrides()
        };
        let mut settings = settings::resolve(&overrides, &world.env, &Chosen::nothing())?;
        settings.endpoint.origin = Origin::Flag("--sandbox");
        talk.trace(1, "access key: the sandbox's own");
        let key = sandbox::access_key();
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
        let settings = self.settings;
        trace_settings(&settings, talk);
        let listing = ListChatGroup {
            business_number: settings.business_number.value.clone(),
            space_id: settings.space_id.value.clone(),
            channel_type: settings.channel_type.clone().map(|it| it.value),
            status: args.status,
            subject: args.subject.clone(),
            group_type: args.group_type.clone(),
            group_link: args.group_link.clone(),
        };
        let client = Client {
            http: Http::new(options(&settings)?)?,
            key: self.key,
            mechanism: settings.signature.value,
            clock: world.clock.clone(),
        };
        let started = world.clock.start();
        let mut walk = Walk::new(Plan {
            size: settings.page_size.value.get(),
            only: args.page.map(PageIndex::get),
            limit: args.limit,
        });
        let mut render = renderer(settings.output.value, stdout, terminal);
        while let Some(index) = walk.next_page() {
            let Some(index) = PageIndex::new(index) else {
                break;
            };
            let page = ask(&client, &listing, index, &settings, world, talk).await?;
            keep(page, &mut walk, render.as_mut()).map_err(|error| Failure::writing(&error))?;
        }
        finish(&walk, render.as_mut(), talk)?;
        summarize(&walk, args, started.elapsed(), talk);
        Ok(())
    }
}

/// Asks for one page, and says so to who wants to know.
async fn ask(
    client: &Client,
    listing: &ListChatGroup,
    index: PageIndex,
    settings: &Settings,
    world: &World,
    talk: &Talk,
) -> Result<Page, ApiError> {
    let size = settings.page_size.value;
    for (name, value) in listing.parameters(index, size) {
        talk.trace(2, format!("> {name}={value}"));
    }
    let started = world.clock.start();
    let answer = client.page(listing, index, size).await;
    let took = started.elapsed().as_millis();
    match &answer {
        Ok(page) => {
            let request_id = page.request_id.as_deref().unwrap_or("none");
            let rows = page.groups.len();
            talk.trace(
                1,
                format!("page {index}: {rows} groups in {took} ms, request id {request_id}"),
            );
            for oddity in &page.oddities {
                talk.warn(format!("page {index}: {oddity} (request id {request_id})"));
            }
        }
        Err(error) => talk.trace(1, format!("page {index}: failed after {took} ms: {error}")),
    }
    answer
}

/// Hands on the groups of a page that have not come before.
fn keep(page: Page, walk: &mut Walk, render: &mut dyn Render) -> std::io::Result<()> {
    let total = match page.total {
        Total::Absent => Reported::Absent,
        Total::Count(count) => Reported::Count(count),
        Total::Odd(text) => Reported::Odd(text),
    };
    let kept = walk.take(total, page.groups.iter().map(crate::group::Group::id));
    for (group, _) in page.groups.into_iter().zip(kept).filter(|(_, kept)| *kept) {
        render.group(group)?;
    }
    render.flush()
}

/// Ends the listing: whole, or with what there is under a warning.
fn finish(walk: &Walk, render: &mut dyn Render, talk: &Talk) -> Result<(), Failure> {
    if walk.repeats() > 0 {
        let rows = counted(walk.repeats(), "row");
        talk.warn(format!(
            "{rows} came again on a later page; each group is listed once"
        ));
    }
    let verdict = walk.verdict();
    let ending = match &verdict {
        Ok(()) => Ending::Complete,
        Err(incomplete) => {
            talk.warn(format!("not every group is listed: {incomplete}"));
            Ending::Incomplete
        }
    };
    render
        .finish(ending)
        .map_err(|error| Failure::writing(&error))?;
    Ok(verdict?)
}

fn summarize(walk: &Walk, args: &ListArgs, took: std::time::Duration, talk: &Talk) {
    let of = match walk.total() {
        Some(total) if total != walk.rows() => format!(" of {total}"),
        _ => String::new(),
    };
    let seconds = match took.as_secs_f64() {
        seconds if seconds < 0.05 => "under 0.1 s".to_owned(),
        seconds => format!("{seconds:.1} s"),
    };
    talk.note(format!(
        "{}{of}, {}, {seconds}",
        counted(walk.rows(), "group"),
        counted(walk.pages().into(), "page"),
    ));
    if walk.rows() == 0 {
        match (args.page, walk.total()) {
            (Some(page), Some(total)) if total > 0 => {
                talk.note(format!("Page {page} lies behind the last of {total} groups."));
            }
            _ => talk.note(
                "If there should be groups: check filters, number and space. Groups are a beta of \
                 WhatsApp; an account must be on its allow-list, which your account manager can tell.",
            ),
        }
    }
}

fn counted(number: u64, thing: &str) -> String {
    match number {
        1 => format!("1 {thing}"),
        _ => format!("{number} {thing}s"),
    }
}

fn options(settings: &Settings) -> Result<Options, Failure> {
    let extra_roots = match &settings.ca_file {
        None => None,
        Some(Sourced { value, origin }) => Some(std::fs::read(value).map_err(|error| {
            let what = format!(
                "`{}` (from {origin}) cannot be read: {error}",
                value.display()
            );
            Failure::new(Kind::Config, what).hint("the CA file must hold certificates in PEM form")
        })?),
    };
    Ok(Options {
        endpoint: settings.endpoint.value.clone(),
        timeout: settings.timeout.value.0,
        extra_roots,
    })
}

fn trace_settings(settings: &Settings, talk: &Talk) {
    fn line<T: Display>(talk: &Talk, name: &str, setting: &Sourced<T>) {
        talk.trace(1, format!("{name}: {} ({})", setting.value, setting.origin));
    }
    line(talk, "endpoint", &settings.endpoint);
    line(talk, "business number", &settings.business_number);
    line(talk, "space id", &settings.space_id);
    line(talk, "page size", &settings.page_size);
    line(talk, "signature", &settings.signature);
    line(talk, "timeout", &settings.timeout);
}

fn no_sandbox(error: &std::io::Error) -> Failure {
    Failure::new(
        Kind::Network,
        format!("no sandbox on this machine: {error}"),
    )
}
