//! Many targets in one run: listed side by side, handed on in their order.
//!
//! All who ask with one access key share one pace, however many targets and
//! profiles there are. A few targets are read ahead, so that memory does not grow
//! with their number.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::ops::ControlFlow;
use std::path::Path;
use std::rc::Rc;

use futures_util::StreamExt as _;
use futures_util::stream;

use super::listing::{Listing, Manner};
use super::live::{Gather, How};
use super::progress::with_progress;
use super::{counted, files, keys};
use crate::api::{Client, KeySource as _, ListChatGroup, Pace, PageSize};
use crate::cli::ManyArgs;
use crate::config::{Chosen, Overrides, Target, settings, targets};
use crate::credentials::Note;
use crate::failure::{Failure, Kind};
use crate::group::Group;
use crate::output::Talk;
use crate::world::{Clock, World};

/// Who asks for some of the targets.
struct Party<'a> {
    client: Client<'a>,
    size: Option<PageSize>,
    channel_type: Option<String>,
}

/// Targets, and who asks for each.
pub(super) struct Targets<'a> {
    /// Each with the place of who asks for it.
    all: Vec<(Target, usize)>,
    /// One a profile. One may have no key: then its targets fail, and no others.
    parties: Vec<Result<Party<'a>, Failure>>,
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
    let text = files::read(path, stdin)?;
    let name = files::named(path);
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
        let mut known: BTreeMap<Option<String>, usize> = BTreeMap::new();
        let mut parties = Vec::new();
        for target in &targets {
            if known.contains_key(&target.profile) {
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
            keys::warn_of_region(&settings, talk);
            let http = keys::http(&settings, false)?;
            let means = keys::means(&settings, how.retries, world, tell)?;
            let key = keys::find(&chosen, means, talk).await;
            let id = match &key {
                Ok(key) => key.key().await.map(|it| it.id).unwrap_or_default(),
                Err(_) => String::new(),
            };
            let pace = paces.entry((http.authority().clone(), id));
            let pace = pace.or_insert_with(|| how.pace(world));
            let party = key.map(|key| Party {
                client: how.client(&settings, (http, Box::new(key), Rc::clone(pace)), world),
                size: settings.page_size.as_ref().map(|it| it.value),
                channel_type: settings.channel_type.map(|it| it.value),
            });
            known.insert(target.profile.clone(), parties.len());
            parties.push(party);
        }
        let placed = targets.into_iter().map(|target| {
            let place = known.get(&target.profile).copied().unwrap_or_default();
            (target, place)
        });
        Ok(Self {
            all: placed.collect(),
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
        self.all.iter().any(|(it, _)| it.name.is_some())
    }

    /// Returns whether a server throttles any of them at present.
    pub(super) fn is_paused(&self) -> bool {
        let parties = self.parties.iter().flatten();
        parties.into_iter().any(|it| it.client.pace.is_paused())
    }

    /// Returns whether several are of one space.
    pub(super) fn share_spaces(&self) -> bool {
        let spaces = self.all.iter().map(|(it, _)| it.space_id.to_string());
        spaces.collect::<BTreeSet<_>>().len() < self.all.len()
    }

    /// Lists every target, and hands on what became of each, in their order
    /// whatever the timing, until that wants no more.
    pub(super) async fn each<'t>(
        &'t self,
        ask: &dyn Fn(ListChatGroup) -> ListChatGroup,
        is_shown: bool,
        talk: &Talk,
        mut take: impl FnMut(&Target, Result<Vec<Group>, Failure>) -> Result<ControlFlow<()>, Failure>,
    ) -> Result<(), Failure> {
        let (done, groups) = (Cell::new(0_usize), Cell::new(0_u64));
        let list = async |(target, place): &'t (Target, usize)| {
            let listed = self.list(target, *place, ask, talk).await;
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
        place: usize,
        ask: &dyn Fn(ListChatGroup) -> ListChatGroup,
        talk: &Talk,
    ) -> Result<Vec<Group>, Failure> {
        let party = match &self.parties[place] {
            Ok(party) => party,
            Err(failure) => return Err(failure.clone().of_target(target)),
        };
        let (number, space) = (target.business_number.clone(), target.space_id.clone());
        let request = ask(ListChatGroup {
            channel_type: party.channel_type.clone(),
            ..ListChatGroup::all(number, space)
        });
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
