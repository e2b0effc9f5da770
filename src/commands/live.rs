//! The groups that there are now, all of them, for commands that want them in
//! memory. An incomplete listing is a failure.

use std::io;
use std::rc::Rc;

use super::keys;
use super::listing::{AT_ONCE, Listing, Manner};
use crate::api::{Client, ListChatGroup, Pace, PageSize, Run};
use crate::config::{Chosen, Overrides, settings};
use crate::credentials::Note;
use crate::failure::Failure;
use crate::group::Group;
use crate::output::{Ending, Render, Talk};
use crate::world::World;

/// As many attempts as `list` makes.
pub(super) const RETRIES: u32 = 4;

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
        chosen: &Chosen,
        world: &'a World,
        talk: &Talk,
        tell: &'a dyn Fn(Note),
    ) -> Result<Self, Failure> {
        let settings = settings::resolve(overrides, &world.env, chosen)?;
        keys::check_proxies(&world.env)?;
        let means = keys::means(&settings.rest, RETRIES, world, tell)?;
        let credentials = keys::find(chosen, means, talk).await?;
        Ok(Self {
            client: Client {
                http: keys::http(&settings.rest, false)?,
                key: Box::new(credentials),
                mechanism: settings.rest.signature.value,
                clock: world.clock.clone(),
                chance: world.chance.clone(),
                pace: Rc::new(Pace::new(world.clock.clone(), AT_ONCE, None)),
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
            size: self.size,
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
