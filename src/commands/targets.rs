//! Many targets in one run: listed side by side, handed on in their order.
//!
//! All who ask with one access key share one pace, however many targets and
//! profiles there are. A few targets are read ahead, so that memory does not grow
//! with their number.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::io::Read;
use std::num::NonZeroU32;
use std::ops::ControlFlow;
use std::path::Path;
use std::rc::Rc;

use futures_util::StreamExt as _;
use futures_util::stream;

use super::listing::{AT_ONCE, Listing, Manner, PASSES};
use super::live::{Gather, RETRIES};
use super::progress::with_progress;
use super::{counted, keys};
use crate::api::{Client, KeySource as _, ListChatGroup, Pace, PageSize, Run};
use crate::cli::ManyArgs;
use crate::config::{Chosen, Overrides, Target, settings, targets};
use crate::credentials::Note;
use crate::failure::{Failure, Kind};
use crate::group::Group;
use crate::output::Talk;
use crate::world::{Clock, World};

/// How targets are listed.
#[derive(Clone, Copy, Debug)]
pub(super) struct How {
    /// How many requests are under way at once, by one key.
    pub(super) at_once: NonZeroU32,
    pub(super) max_rps: Option<NonZeroU32>,
    pub(super) retries: u32,
    pub(super) passes: u32,
    /// Whether a listing that does not settle is taken as it is.
    pub(super) allow_incomplete: bool,
    pub(super) redact: bool,
}

impl How {
    /// As `list` does it where nobody says otherwise.
    pub(super) const USUAL: Self = Self {
        at_once: AT_ONCE,
        max_rps: None,
        retries: RETRIES,
        passes: PASSES,
        allow_incomplete: false,
        redact: false,
    };
}

/// Who asks for some of the targets.
struct Party<'a> {
    client: Client<'a>,
    size: Option<PageSize>,
    channel_type: Option<String>,
}

/// Targets, and who asks for each.
pub(super) struct Targets<'a> {
    all: Vec<Target>,
    /// By profile. One may have no key: then its targets fail, and no others.
    parties: BTreeMap<Option<String>, Result<Party<'a>, Failure>>,
    how: How,
    clock: Clock,
}

/// Reads the targets that the flags name, if they name any.
pub(super) fn named(
    args: &ManyArgs,
    chosen: &Chosen,
    stdin: &mut dyn Read,
) -> Result<Option<Vec<Target>>, Failure> {
    if args.all_targets {
        let profile = chosen.profile.as_ref();
        let targets = profile.map(|it| it.targets.clone()).unwrap_or_default();
        if targets.is_empty() {
            let name = profile.map_or("", |it| it.name.as_str());
            let what = match name {
                "" => "there is no profile to have targets".to_owned(),
                name => format!("profile `{name}` has no targets"),
            };
            return Err(Failure::new(Kind::Config, what)
                .hint("add some as [[profiles.NAME.targets]], or name a file with --targets"));
        }
        return Ok(Some(targets));
    }
    let path = args.targets.as_ref();
    path.map(|path| read(path, stdin)).transpose()
}

/// Reads a file of targets; `-` is standard input.
pub(super) fn read(path: &Path, stdin: &mut dyn Read) -> Result<Vec<Target>, Failure> {
    let mut text = String::new();
    let (name, read) = if path.as_os_str() == "-" {
        ("standard input".to_owned(), stdin.read_to_string(&mut text))
    } else {
        let file = std::fs::File::open(path);
        let read = file.and_then(|mut it| it.read_to_string(&mut text));
        (format!("`{}`", path.display()), read)
    };
    read.map_err(|error| {
        Failure::new(Kind::Config, format!("{name} cannot be read: {error}"))
            .hint("check the path and its permissions")
    })?;
    targets(&text).map_err(|error| {
        Failure::new(Kind::Config, format!("{name}, {error}")).hint(
            "a file of targets is CSV that begins with space_id,business_number,name,profile \
             (the last two if needed), or an object a line with these keys",
        )
    })
}

impl<'a> Targets<'a> {
    /// Decides the settings of every profile that a target names, and has a key
    /// of each. A mistake in them is found before anyone is asked for groups.
    pub(super) async fn connect(
        targets: Vec<Target>,
        overrides: &Overrides,
        chosen: &Chosen,
        how: How,
        world: &'a World,
        talk: &Talk,
        tell: &'a dyn Fn(Note),
    ) -> Result<Self, Failure> {
        keys::check_proxies(&world.env)?;
        let mut paces: BTreeMap<(String, String), Rc<Pace>> = BTreeMap::new();
        let mut parties = BTreeMap::new();
        for target in &targets {
            if parties.contains_key(&target.profile) {
                continue;
            }
            let chosen = match &target.profile {
                None => chosen.clone(),
                Some(name) => chosen.other(name).map_err(|error| {
                    let failure = Failure::from(error);
                    failure.detail("target", Some(target.to_string()))
                })?,
            };
            let settings = settings::draft(overrides, &world.env, &chosen)?.rest;
            let http = keys::http(&settings, false)?;
            let means = keys::means(&settings, how.retries, world, tell)?;
            let key = keys::find(&chosen, means, talk).await;
            let id = match &key {
                Ok(key) => key.key().await.map(|it| it.id).unwrap_or_default(),
                Err(_) => String::new(),
            };
            let pace = paces.entry((http.authority().clone(), id));
            let pace = pace.or_insert_with(|| {
                Rc::new(Pace::new(world.clock.clone(), how.at_once, how.max_rps))
            });
            let party = key.map(|key| Party {
                client: Client {
                    http,
                    key: Box::new(key),
                    mechanism: settings.signature.value,
                    clock: world.clock.clone(),
                    chance: world.chance.clone(),
                    pace: Rc::clone(pace),
                    retries: how.retries,
                    run: Run::default(),
                },
                size: settings.page_size.as_ref().map(|it| it.value),
                channel_type: settings.channel_type.map(|it| it.value),
            });
            parties.insert(target.profile.clone(), party);
        }
        Ok(Self {
            all: targets,
            parties,
            how,
            clock: world.clock.clone(),
        })
    }

    /// Returns how many there are.
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// Returns whether any has a name.
    pub(super) fn have_names(&self) -> bool {
        self.all.iter().any(|it| it.name.is_some())
    }

    /// Returns whether a server throttles any of them at present.
    pub(super) fn is_paused(&self) -> bool {
        let parties = self.parties.values().flatten();
        parties.into_iter().any(|it| it.client.pace.is_paused())
    }

    /// Lists every target, and hands on what became of each, in their order
    /// whatever the timing, until that wants no more.
    pub(super) async fn each(
        &self,
        asked: &ListChatGroup,
        is_shown: bool,
        talk: &Talk,
        mut take: impl FnMut(&Target, Result<Vec<Group>, Failure>) -> Result<ControlFlow<()>, Failure>,
    ) -> Result<(), Failure> {
        let (done, groups) = (Cell::new(0_usize), Cell::new(0_u64));
        let list = async |target| {
            let listed = self.list(target, asked, talk).await;
            done.set(done.get() + 1);
            groups.set(groups.get() + listed.as_ref().map_or(0, |it| it.len() as u64));
            (target, listed)
        };
        // Twice what is under way at once, so that a slow one holds up nobody soon.
        let ahead = 2 * self.how.at_once.get() as usize;
        let work = async {
            let mut outcomes = stream::iter(&self.all).map(list).buffered(ahead);
            while let Some((target, outcome)) = outcomes.next().await {
                if take(target, outcome)?.is_break() {
                    break;
                }
            }
            Ok(())
        };
        let words = |took: std::time::Duration| {
            let groups = counted(groups.get(), "group");
            let paused = if self.is_paused() { ", throttled" } else { "" };
            let (done, all, took) = (done.get(), self.all.len(), took.as_secs());
            format!("{done} of {all} targets, {groups}, {took} s{paused}")
        };
        with_progress(is_shown, &self.clock, talk, words, work).await
    }

    /// Lists one target; its groups say whose they are.
    async fn list(
        &self,
        target: &Target,
        asked: &ListChatGroup,
        talk: &Talk,
    ) -> Result<Vec<Group>, Failure> {
        let party = match self.parties.get(&target.profile) {
            Some(Ok(party)) => party,
            Some(Err(failure)) => return Err(failure.clone().of_target(target)),
            None => return Ok(Vec::new()),
        };
        let request = ListChatGroup {
            business_number: target.business_number.clone(),
            space_id: target.space_id.clone(),
            channel_type: party.channel_type.clone(),
            ..asked.clone()
        };
        let talk = talk.about(target);
        let listing = Listing {
            size: party.size,
            passes: self.how.passes,
            at_once: self.how.at_once,
            redact: self.how.redact,
            ..Listing::new(&party.client, &request, &talk)
        };
        let manner = Manner {
            allow_incomplete: self.how.allow_incomplete,
            ..Manner::default()
        };
        let mut gather = Gather::default();
        let listed = Box::pin(listing.write(manner, &mut gather)).await;
        listed.map_err(|failure| failure.of_target(target))?;
        let mut groups = gather.take();
        let space_id = target.space_id.to_string();
        for group in &mut groups {
            group.set_target(&space_id, target.name.as_deref());
        }
        Ok(groups)
    }
}
