//! What is watched, as scripts read it: an event a line, written at once.

use std::collections::BTreeMap;
use std::io::{self, Write};

use jiff::Timestamp;
use serde::Serialize;

use super::{Look, Show, Trouble};
use crate::commands::changes::{Members, OldAndNew, by_field};
use crate::group::{Field, Group};
use crate::output::json_text;
use crate::output::talk::Hold;

/// Writes events.
pub(super) struct Events<'a> {
    out: Box<dyn Write + 'a>,
    columns: Option<Vec<Field>>,
}

/// What happened, and when. What does not apply is left out.
#[derive(Default, Serialize)]
struct Event<'a> {
    #[serde(rename = "event")]
    what: &'static str,
    at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<Members<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    changes: Option<BTreeMap<&'a str, OldAndNew<'a>>>,
    /// How many groups there are.
    #[serde(skip_serializing_if = "Option::is_none")]
    groups: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<serde_json::Value>,
    /// `null` where there is to be none.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<serde_json::Value>,
}

impl<'a> Events<'a> {
    pub(super) fn new(out: Box<dyn Write + 'a>, columns: Option<Vec<Field>>) -> Self {
        Self { out, columns }
    }

    fn about(
        &mut self,
        what: &'static str,
        at: Timestamp,
        group: &Group,
        changes: Option<BTreeMap<&str, OldAndNew<'_>>>,
    ) -> io::Result<()> {
        let columns = self.columns.as_deref();
        let event = Event {
            what,
            at: iso(at),
            group: Some(Members { group, columns }),
            changes,
            ..Event::default()
        };
        event.write(&mut self.out)
    }
}

impl Event<'_> {
    /// Writes it at once.
    fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{}", json_text(self))?;
        out.flush()
    }
}

impl Show for Events<'_> {
    fn looked(&mut self, look: &Look<'_>, _: Option<&Hold<'_>>) -> io::Result<()> {
        let at = look.at;
        match look.difference {
            None => {
                for group in look.groups {
                    self.about("present", at, group, None)?;
                }
            }
            Some(difference) => {
                for group in &difference.added {
                    self.about("added", at, group, None)?;
                }
                for it in &difference.changed {
                    self.about("changed", at, &it.group, Some(by_field(&it.changes)))?;
                }
                for group in &difference.removed {
                    self.about("removed", at, group, None)?;
                }
            }
        }
        // So that a reader knows when it has seen all, that somebody still looks,
        // and that trouble is over.
        let event = Event {
            what: "looked",
            at: iso(at),
            groups: Some(look.groups.len()),
            next: Some(look.next.map(iso).into()),
            ..Event::default()
        };
        event.write(&mut self.out)
    }

    fn failed(&mut self, trouble: &Trouble<'_>, _: Option<&Hold<'_>>) -> io::Result<()> {
        let event = Event {
            what: "failed",
            at: iso(trouble.at),
            error: trouble.failure.object().get("error").cloned(),
            next: Some(trouble.next.map(iso).into()),
            ..Event::default()
        };
        event.write(&mut self.out)
    }
}

fn iso(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}
