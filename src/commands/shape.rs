//! Between the groups that come and the renderer: which are wanted, in which
//! order, how many, and what of them is masked.

use std::cell::Cell;
use std::io;

use crate::failure::{Failure, Kind};
use crate::group::Group;
use crate::group::choose::{Choice, Order, Wanted, redact};
use crate::output::{Ending, Format, Render, Talk, View};

/// What becomes of the groups that come.
#[derive(Debug, Default)]
pub(super) struct Shape {
    /// What a group must be like.
    pub(super) wanted: Wanted,
    /// The order to put them in.
    pub(super) order: Option<Order>,
    /// How many of those that are wanted to show.
    pub(super) limit: Option<u64>,
    /// Whether to mask links and numbers.
    pub(super) redact: bool,
    /// Whether to end well although some could not be judged.
    pub(super) allow_unknown: bool,
    /// How many were shown.
    pub(super) shown: Cell<u64>,
    /// How many were left out because nobody knows whether they are wanted.
    pub(super) unknown: Cell<u64>,
}

impl Shape {
    /// Adds to how a listing ended that some groups could not be judged: then
    /// it is not known to be right.
    pub(super) fn judged<T>(&self, listed: Result<T, Failure>, talk: &Talk) -> Result<T, Failure> {
        let unknown = self.unknown.get();
        if unknown == 0 {
            return listed;
        }
        let groups = super::counted(unknown, "group");
        let what = format!("{groups} left out, because the API does not say what is asked of them");
        match listed {
            Ok(_) if !self.allow_unknown => Err(Failure::new(Kind::Incomplete, what)
                .hint("--allow-incomplete takes the rest; without those flags, all are listed")),
            listed => {
                talk.alarm(what);
                listed
            }
        }
    }

    /// Returns whether enough groups were shown.
    pub(super) fn is_sated(&self) -> bool {
        !self.needs_all() && self.limit.is_some_and(|it| self.shown.get() >= it)
    }

    /// Returns whether groups go out as they come. Nothing may before its order is
    /// known, or while what follows may still judge it otherwise.
    pub(super) fn streams(&self, format: Format, view: &View) -> bool {
        format.streams() && view.jq.is_none() && !view.summary && !self.needs_all()
    }

    /// Returns whether all groups must be read, whatever the limit.
    pub(super) fn needs_all(&self) -> bool {
        self.wanted.is_choosy() || self.order.is_some()
    }
}

/// A renderer that gets the groups of a shape only.
pub(super) struct Shaped<'a> {
    shape: &'a Shape,
    render: Box<dyn Render + 'a>,
    /// Groups that wait for their order.
    waiting: Vec<Group>,
}

impl<'a> Shaped<'a> {
    pub(super) fn new(shape: &'a Shape, render: Box<dyn Render + 'a>) -> Self {
        let waiting = Vec::new();
        Self {
            shape,
            render,
            waiting,
        }
    }

    fn show(&mut self, mut group: Group) -> io::Result<()> {
        let shown = self.shape.shown.get();
        if self.shape.limit.is_some_and(|limit| shown >= limit) {
            return Ok(());
        }
        if self.shape.redact {
            redact(&mut group);
        }
        self.render.group(group)?;
        self.shape.shown.set(shown + 1);
        Ok(())
    }
}

impl Render for Shaped<'_> {
    fn group(&mut self, group: Group) -> io::Result<()> {
        match self.shape.wanted.judge(&group) {
            Choice::No => Ok(()),
            Choice::Unknown => {
                self.shape.unknown.set(self.shape.unknown.get() + 1);
                Ok(())
            }
            Choice::Yes if self.shape.order.is_some() => {
                self.waiting.push(group);
                Ok(())
            }
            Choice::Yes => self.show(group),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.render.flush()
    }

    fn finish(&mut self, ending: Ending) -> io::Result<()> {
        let mut waiting = std::mem::take(&mut self.waiting);
        if let Some(order) = self.shape.order {
            order.sort(&mut waiting);
        }
        for group in waiting {
            self.show(group)?;
        }
        let is_judged = self.shape.unknown.get() == 0 || self.shape.allow_unknown;
        self.render.finish(if is_judged {
            ending
        } else {
            Ending::Incomplete
        })
    }
}
