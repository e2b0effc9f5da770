//! `ids`: the id of each group on a line of its own.

use std::io::{self, Write};

use super::sanitize::sanitize;
use super::{Ending, Render, Unfit};
use crate::group::Group;
use crate::text::is_hazardous;

pub(super) struct Ids<W: Write>(io::BufWriter<W>);

impl<W: Write> Ids<W> {
    pub(super) fn new(out: W) -> Self {
        Self(io::BufWriter::with_capacity(64 * 1024, out))
    }
}

impl<W: Write> Render for Ids<W> {
    fn group(&mut self, group: Group) -> io::Result<()> {
        // Without its line, the group would be missing without a word.
        let id = group
            .id()
            .ok_or_else(|| Unfit::Group("a group has no GroupId".to_owned()))?;
        if id.contains(is_hazardous) {
            // Spelt out, it would be another group's id.
            let what = format!("the id {} cannot stand on a line", sanitize(&id));
            return Err(Unfit::Group(what).into());
        }
        writeln!(self.0, "{id}")
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }

    fn finish(&mut self, _: Ending) -> io::Result<()> {
        self.0.flush()
    }
}
