//! `ids`: the id of each group on a line of its own.

use std::io::{self, Write};

use super::sanitize::sanitize;
use super::{Ending, Render};
use crate::group::Group;

pub(super) struct Ids<W: Write>(io::BufWriter<W>);

impl<W: Write> Ids<W> {
    pub(super) fn new(out: W) -> Self {
        Self(io::BufWriter::with_capacity(64 * 1024, out))
    }
}

impl<W: Write> Render for Ids<W> {
    fn group(&mut self, group: Group) -> io::Result<()> {
        // Without its line, the group would be missing without a word.
        let id = group.id().ok_or_else(|| {
            io::Error::other("a group has no GroupId; another format can show it")
        })?;
        writeln!(self.0, "{}", sanitize(&id))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }

    fn finish(&mut self, _: Ending) -> io::Result<()> {
        self.0.flush()
    }
}
