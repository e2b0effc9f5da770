//! `cams-groups doctor`: what would a listing meet, and what is to be done
//! about it. Checks go in the order in which a listing would meet them; each
//! failure is the one that it would end with.

use std::cell::RefCell;
use std::io::Write;
use std::num::NonZeroU32;
use std::rc::Rc;

use jiff::SignedDuration;

use super::keys;
use crate::api::retry::{self, Verdict};
use crate::api::{ApiError, Client, ListChatGroup, Pace, Page, PageIndex, PageSize, Run, Total};
use crate::cli::DoctorArgs;
use crate::config::{self, Chosen, Settings, settings};
use crate::credentials::{self, Credentials, Found, Means, Note};
use crate::failure::Failure;
use crate::output::{Form, Terminal};
use crate::transport::{Call, Hints, Http, TransportError};
use crate::world::World;

mod network;
mod report;

use report::{Check, Report, Status};

/// How often a call is made again, as a listing does it.
const RETRIES: u32 = 4;

/// Keys that hold for less than this end within many a listing.
const SHORT: SignedDuration = SignedDuration::from_mins(5);

/// A clock less wrong than this is right.
const LEAST_SKEW: SignedDuration = SignedDuration::from_secs(30);

/// Checks everything, and writes the report.
pub async fn doctor(
    args: &DoctorArgs,
    world: &World,
    stdout: &mut dyn Write,
    terminal: Terminal,
) -> Result<(), Failure> {
    let mut report = Report::default();
    check(args, world, &mut report).await;
    let written = match args.output {
        Form::Text => report.write_text(stdout, terminal.color),
        Form::Json => report.write_json(stdout),
    };
    written
        .and_then(|()| stdout.flush())
        .map_err(|error| Failure::writing(&error))?;
    report.verdict()
}

async fn check(args: &DoctorArgs, world: &World, report: &mut Report) {
    let Some(chosen) = configuration(args, world, report) else {
        return report.skip_rest();
    };
    let notes = RefCell::new(Vec::new());
    let tell = |note| {
        if let Note::Warning(words) = note {
            notes.borrow_mut().push(words);
        }
    };
    let Some((settings, http, means)) = settle(args, &chosen, world, &tell, report) else {
        return report.skip_rest();
    };
    let endpoint = &settings.rest.endpoint.value;
    if !network::has_sane_proxy(endpoint, world, report) {
        return report.skip_rest();
    }
    let credentials = key(&chosen, means, report).await;
    let timeout = settings.rest.timeout.value.0;
    if network::reaches(endpoint, timeout, world, report).await {
        match credentials {
            Some(credentials) => ask(http, credentials, &settings, world, report).await,
            None => look(&http, &settings, world, report).await,
        }
    }
    report.skip_rest();
    for words in notes.take() {
        report.add(Check::new("credentials", Status::Warn, words));
    }
}

/// Checks the file, then the profile that is chosen in it.
fn configuration(args: &DoctorArgs, world: &World, report: &mut Report) -> Option<Chosen> {
    let overrides = args.overrides();
    let file = match Chosen::file(&overrides, world) {
        Ok(file) => file,
        Err(error) => {
            report.fail("config", error.into());
            return None;
        }
    };
    report.add(match &file {
        None => {
            let place = config::place(None, world);
            let place = place.map_or_else(String::new, |(path, _)| format!(" {}", path.display()));
            let says = format!("no file{place}: flags and variables only");
            Check::new("config", Status::Pass, says)
        }
        Some(file) => {
            let path = file.path.display();
            let mode = config::mode(&file.path);
            let mode = mode.map_or_else(String::new, |mode| format!(", mode {mode:03o}"));
            let says = format!("{path}{mode}, no unknown key");
            if file.is_open_to_others() {
                Check::new("config", Status::Warn, says)
                    .detail("it holds keys and others may read it")
                    .fix(format!("chmod 600 {path}"))
            } else {
                Check::new("config", Status::Pass, says)
            }
        }
    });
    match Chosen::find(&overrides, world) {
        Ok(chosen) => {
            profile(&chosen, report);
            Some(chosen)
        }
        Err(error) => {
            report.fail("profile", error.into());
            None
        }
    }
}

/// Decides the settings, and sets up what they ask for.
fn settle<'a>(
    args: &DoctorArgs,
    chosen: &Chosen,
    world: &'a World,
    tell: &'a dyn Fn(Note),
    report: &mut Report,
) -> Option<(Settings, Http, Means<'a>)> {
    let settings = settings::resolve(&args.overrides(), &world.env, chosen);
    let settled = settings.map_err(Failure::from).and_then(|settings| {
        let http = keys::http(&settings.rest, true)?;
        let means = keys::means(&settings.rest, RETRIES, world, tell)?;
        Ok((settings, http, means))
    });
    match settled {
        Ok((settings, http, means)) => {
            let shown = settings.shown().into_iter();
            let lines = shown.map(|it| format!("{}: {} ({})", it.name, it.value, it.origin));
            let check = Check::new("settings", Status::Pass, "complete").details(lines);
            report.add(overruled(check, &settings));
            Some((settings, http, means))
        }
        Err(failure) => {
            report.fail("settings", failure);
            None
        }
    }
}

fn profile(chosen: &Chosen, report: &mut Report) {
    let check = match &chosen.profile {
        None => Check::new("profile", Status::Pass, "none chosen"),
        Some(profile) => {
            let says = format!("`{}` ({})", profile.name, chosen.origin);
            let lines = profile.shown().into_iter();
            let lines = lines
                .map(|(name, value, line)| format!("{name}: {value} ({})", chosen.origin_at(line)));
            Check::new("profile", Status::Pass, says).details(lines)
        }
    };
    report.add(check);
}

fn overruled(check: Check, settings: &Settings) -> Check {
    match &settings.rest.overruled_region {
        None => check,
        Some((region, origin)) => check.detail(format!(
            "--region {region} has no effect: the endpoint from {origin} wins"
        )),
    }
}

/// Finds whose key it is, and has it issued.
async fn key<'a>(
    chosen: &Chosen,
    means: Means<'a>,
    report: &mut Report,
) -> Option<Credentials<'a>> {
    let clock = &means.world.clock;
    let found = match credentials::find(chosen, &means).await {
        Ok(found) => found,
        Err(error) => {
            report.fail("credentials", error.into());
            return None;
        }
    };
    let Found {
        source,
        passed_over,
        ..
    } = &found;
    let source = source.to_string();
    let passed_over: Vec<String> = passed_over.iter().map(ToString::to_string).collect();
    let recipe = found.recipe.to_string();
    let made_by = found
        .recipe
        .is_temporary()
        .then(|| format!("made by: {recipe}"));
    let credentials = Credentials::new(found, keys::is_cached(chosen), means);
    match credentials.issued().await {
        Ok(issued) => {
            let id = issued.key.masked_id();
            let left = issued
                .expires
                .map(|at| (at, at.duration_since(clock.now())));
            let (status, until) = match left {
                None if issued.key.token.is_some() => {
                    (Status::Pass, "; when it expires is not known".to_owned())
                }
                None => (Status::Pass, "; it does not expire".to_owned()),
                Some((at, left)) => {
                    let left = SignedDuration::from_secs(left.as_secs());
                    let status = if left < SHORT {
                        Status::Warn
                    } else {
                        Status::Pass
                    };
                    (status, format!("; it expires in {left:#}, at {at}"))
                }
            };
            let says = format!("access key {id} from {source}{until}");
            let check = Check::new("credentials", status, says)
                .details(made_by)
                .details(passed_over.iter().map(|it| format!("passed over: {it}")));
            report.add(check);
            Some(credentials)
        }
        Err(error) => {
            let mut failure = Failure::from(error);
            let details = passed_over.into_iter();
            failure
                .details
                .extend(details.map(|it| ("passed over".into(), it)));
            report.fail("credentials", failure);
            None
        }
    }
}

/// Asks for one group, as a listing would, and says what the answer tells.
async fn ask(
    http: Http,
    credentials: Credentials<'_>,
    settings: &Settings,
    world: &World,
    report: &mut Report,
) {
    let request = ListChatGroup {
        channel_type: settings.rest.channel_type.clone().map(|it| it.value),
        ..ListChatGroup::all(
            settings.business_number.value.clone(),
            settings.space_id.value.clone(),
        )
    };
    let client = Client {
        http,
        key: Box::new(credentials),
        mechanism: settings.rest.signature.value,
        clock: world.clock.clone(),
        chance: world.chance.clone(),
        pace: Rc::new(Pace::new(world.clock.clone(), NonZeroU32::MIN, None)),
        retries: RETRIES,
        run: Run::default(),
    };
    let one = PageSize::ONE;
    let (answer, hints) = client.once(&request, PageIndex::FIRST, one).await;
    let answer = match answer {
        Err(ApiError::Transport(error @ TransportError::Tls { .. })) => {
            return report.fail("tls", error.into());
        }
        answer => answer,
    };
    report.add(tls(&client.http, settings));
    report.add(clock(hints, world));
    // What a listing would try again is tried again.
    let passing =
        |error: &ApiError| error.refused_key().is_some() || retry::classify(error) != Verdict::Fail;
    let answer = match answer {
        Err(error) if passing(&error) => {
            client.page(&request, PageIndex::FIRST, one, &|_| {}).await
        }
        answer => answer,
    };
    match answer {
        Ok(page) => report.add(answered(&page)),
        Err(error) => report.fail("api", error.into()),
    }
}

/// Looks at the connection without a key: a refusal tells the time, too.
async fn look(http: &Http, settings: &Settings, world: &World, report: &mut Report) {
    let unsigned = Call {
        method: "POST",
        path: "/",
        query: None,
        headers: &[],
        body: "",
    };
    match http.send(unsigned).await {
        Ok(reply) => {
            report.add(tls(http, settings));
            report.add(clock(reply.hints, world));
        }
        Err(error) => report.fail("tls", error.into()),
    }
}

fn answered(page: &Page) -> Check {
    let id = page.request_id.as_deref().unwrap_or("none");
    match &page.total {
        Total::Count(0) => Check::new("api", Status::Warn, "it answers, and lists no groups")
            .detail(format!("request id: {id}"))
            .fix("if there should be groups, check number and space")
            .fix("groups are a beta: ask your account manager whether the account is on the allow-list"),
        Total::Count(total) => {
            let groups = super::counted(*total, "group");
            Check::new("api", Status::Pass, format!("it lists {groups}"))
                .detail(format!("request id: {id}"))
        }
        Total::Absent | Total::Odd(_) => {
            Check::new("api", Status::Warn, "it answers, without a total that could be checked")
                .detail(format!("request id: {id}"))
                .fix("a listing compares passes instead; give support the request id")
        }
    }
}

fn tls(http: &Http, settings: &Settings) -> Check {
    let check = |status, says: String| Check::new("tls", status, says);
    if settings.rest.endpoint.value.is_plain_http() {
        return check(
            Status::Skip,
            "plain HTTP, to this machine itself".to_owned(),
        );
    }
    match http.certificate() {
        Some(certificate) => {
            let names = certificate.names.join(", ");
            let says = format!("certificate for {names}, until {}", certificate.expires);
            check(Status::Pass, says)
        }
        None => check(Status::Skip, "no certificate was seen".to_owned()),
    }
}

fn clock(hints: Hints, world: &World) -> Check {
    let Some(date) = hints.date else {
        return Check::new("clock", Status::Skip, "no server told its time");
    };
    let skew = date.duration_since(world.clock.now());
    if skew.abs() < LEAST_SKEW {
        return Check::new("clock", Status::Pass, "as the server's");
    }
    let off = SignedDuration::from_secs(skew.abs().as_secs());
    let direction = if skew.is_positive() { "slow" } else { "fast" };
    let says = format!("this machine's is {off:#} {direction}");
    Check::new("clock", Status::Warn, says)
        .detail("a listing goes by the server's time where that is needed")
        .fix("set the clock, for example by switching on NTP")
}
