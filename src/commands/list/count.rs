//! `list --count`: the API's own count.

use std::io::Write;

use super::to_destination;
use crate::api::{Client, ListChatGroup};
use crate::cli::ListArgs;
use crate::commands::deadline::within_deadline;
use crate::commands::listing::Listing;
use crate::failure::Failure;
use crate::output::{Talk, Terminal};
use crate::world::World;

/// Prints the API's own count of groups.
pub(super) async fn count(
    client: &Client<'_>,
    request: &ListChatGroup,
    stdout: Box<dyn Write + '_>,
    args: &ListArgs,
    world: &World,
    talk: &Talk,
) -> Result<(), Failure> {
    let listing = Listing {
        redact: args.view.redact,
        ..Listing::new(client, request, talk)
    };
    let is_paused = || client.pace.is_paused();
    let total = within_deadline(
        args.effort.deadline,
        &client.clock,
        &is_paused,
        &|| None,
        listing.total(),
    )
    .await?;
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
