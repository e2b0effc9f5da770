//! The groups that there are now, all of them, for commands that want them in
//! memory. An incomplete listing is a failure.

use std::io;
use std::num::NonZeroU32;
use std::rc::Rc;

use super::keys;
use super::listing::{Listing, Manner};
use crate::api::{Client, KeySource, ListChatGroup, Pace, PageSize, Run};
use crate::cli::{AT_ONCE, EffortArgs, PASSES, RETRIES};
use crate::config::settings::{self, Rest};
use crate::config::{Chosen, Overrides};
use crate::credentials::Note;
use crate::failure::Failure;
use crate::group::Group;
use crate::output::{Ending, Render, Talk};
use crate::transport::Http;
use crate::world::World;

/// How groups are listed.
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

    /// As hard as the flags have it.
    pub(super) fn by(effort: &EffortArgs) -> Self {
        Self {
            at_once: effort.concurrency,
            max_rps: effort.max_rps,
            retries: effort.retries,
            passes: effort.passes,
            ..Self::USUAL
        }
    }
}

impl How {
    /// Returns the pace of one key.
    pub(super) fn pace(&self, world: &World) -> Rc<Pace> {
        let clock = world.clock.clone();
        Rc::new(Pace::new(clock, self.at_once, self.max_rps))
    }

    /// Returns who asks, with this key, at this pace.
    pub(super) fn client<'a>(
        &self,
        settings: &Rest,
        (http, key, pace): (Http, Box<dyn KeySource + 'a>, Rc<Pace>),
        world: &World,
    ) -> Client<'a> {
        Client {
            http,
            key,
            mechanism: settings.signature.value,
            clock: world.clock.clone(),
            chance: world.chance.clone(),
            pace,
            retries: self.retries,
            run: Run::default(),
        }
    }
}

/// A way to list all groups of a number, again and again.
pub(super) struct Live<'a> {
    client: Client<'a>,
    request: ListChatGroup,
    size: Option<PageSize>,
    how: How,
}

impl<'a> Live<'a> {
    /// Decides the settings, and has a key.
    pub(super) async fn connect(
        overrides: &Overrides,
        chosen: &Chosen,
        how: How,
        world: &'a World,
        talk: &Talk,
        tell: &'a dyn Fn(Note),
    ) -> Result<Self, Failure> {
        let settings = settings::resolve(overrides, &world.env, chosen)?;
        keys::check_proxies(&world.env)?;
        keys::warn_of_region(&settings.rest, talk);
        let means = keys::means(&settings.rest, how.retries, world, tell)?;
        let credentials = keys::find(chosen, means, talk).await?;
        let asking = (
            keys::http(&settings.rest, false)?,
            Box::new(credentials) as Box<dyn KeySource>,
            how.pace(world),
        );
        Ok(Self {
            client: how.client(&settings.rest, asking, world),
            how,
            size: settings.rest.page_size.as_ref().map(|it| it.value),
            request: ListChatGroup {
                channel_type: settings.rest.channel_type.clone().map(|it| it.value),
                ..ListChatGroup::all(
                    settings.business_number.value.clone(),
                    settings.space_id.value.clone(),
                )
            },
        })
    }

    /// Returns whether the server throttles at present.
    pub(super) fn is_paused(&self) -> bool {
        self.client.pace.is_paused()
    }

    /// Returns the space that the number belongs to.
    pub(super) fn space_id(&self) -> String {
        self.request.space_id.to_string()
    }

    /// Returns the number whose groups are listed.
    pub(super) fn business_number(&self) -> String {
        self.request.business_number.to_string()
    }

    /// Lists all groups.
    pub(super) async fn groups(
        &self,
        show_progress: bool,
        talk: &Talk,
    ) -> Result<Vec<Group>, Failure> {
        let listing = Listing {
            size: self.size,
            at_once: self.how.at_once,
            passes: self.how.passes,
            show_progress: show_progress && talk.wants_progress(),
            ..Listing::new(&self.client, &self.request, talk)
        };
        let mut gather = Gather::default();
        Box::pin(listing.write(Manner::default(), &mut gather)).await?;
        Ok(gather.take())
    }
}

/// Keeps groups in place of writing them.
#[derive(Default)]
pub(super) struct Gather(Vec<Group>);

impl Gather {
    /// Returns the groups that came.
    pub(super) fn take(self) -> Vec<Group> {
        self.0
    }
}

impl Render for Gather {
    fn group(&mut self, group: Group) -> io::Result<()> {
        self.0.push(group);
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn finish(&mut self, _: Ending) -> io::Result<()> {
        Ok(())
    }
}
