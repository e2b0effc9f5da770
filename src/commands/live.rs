//! The groups that there are now, all of them, for commands that want them in
//! memory. An incomplete listing is a failure.

use std::io;
use std::num::NonZeroU32;

use super::keys;
use super::listing::{Listing, Manner, SoFar};
use crate::api::{Client, ListChatGroup, Pace, PageSize, Run};
use crate::config::{Chosen, Overrides, settings};
use crate::credentials::Note;
use crate::failure::Failure;
use crate::group::Group;
use crate::output::{Ending, Render, Talk};
use crate::world::World;

/// As many pages at once as `list` asks for.
const AT_ONCE: NonZeroU32 = NonZeroU32::new(8).expect("eight is not zero");

/// As many attempts and passes as `list` makes.
const RETRIES: u32 = 4;
const PASSES: u32 = 3;

/// A way to list all groups of a number, again and again.
pub(super) struct Live<'a> {
    client: Client<'a>,
    request: ListChatGroup,
    size: Option<PageSize>,
}

impl<'a> Live<'a> {
    /// Decides the settings, and has a key.
    pub(super) async fn connect(
        overrides: &Overrides,
        world: &'a World,
        talk: &Talk,
        tell: &'a dyn Fn(Note),
    ) -> Result<Self, Failure> {
        let chosen = Chosen::find(overrides, world)?;
        let settings = settings::resolve(overrides, &world.env, &chosen)?;
        keys::check_proxies(&world.env)?;
        let means = keys::means(&settings, RETRIES, world, tell)?;
        let credentials = keys::find(&chosen, means, talk).await?;
        Ok(Self {
            client: Client {
                http: keys::http(&settings, false)?,
                key: Box::new(credentials),
                mechanism: settings.rest.signature.value,
                clock: world.clock.clone(),
                chance: world.chance.clone(),
                pace: Pace::new(world.clock.clone(), AT_ONCE, None),
                retries: RETRIES,
                run: Run::default(),
            },
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
            client: &self.client,
            request: &self.request,
            size: self.size,
            only: None,
            limit: None,
            passes: PASSES,
            at_once: AT_ONCE,
            talk,
            show_progress: show_progress && talk.wants_progress(),
            so_far: SoFar::default(),
            redact: false,
            shown: None,
            trace: None,
        };
        let mut gather = Gather::default();
        let manner = Manner {
            streams: false,
            shows_incomplete: false,
            allow_incomplete: false,
        };
        listing.write(manner, &mut gather).await?;
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
