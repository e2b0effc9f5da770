//! Where the groups of a listing go: out at once, or held back until it is known
//! to be whole.

use std::collections::HashMap;

use crate::group::Group;
use crate::output::Render;
use crate::pages::{Contents, Ids, Key, Seen};

/// Where groups go, page by page.
pub(super) enum Sink<'a> {
    /// Straight out, for formats that cannot take back what was written.
    Stream(Stream<'a>),
    /// Into a list that a later pass replaces.
    Collect(Collected),
}

/// Returns what makes a group known when it comes again.
pub(super) fn key(group: &Group) -> Key<'_> {
    match group.id() {
        Some(id) => Key::Id(id),
        // Members are canonical, so equal groups read alike.
        None => Key::Content(
            group
                .members()
                .flat_map(|(name, value)| [name, value])
                .collect(),
        ),
    }
}

/// Groups that are written as they come.
pub(super) struct Stream<'a> {
    render: &'a mut dyn Render,
    limit: u64,
    written: u64,
    /// From the second pass on: the keys of all that was written.
    keys: Option<Ids>,
    /// Groups without an id, in the present pass.
    contents: Contents,
}

/// Groups of one pass, held back.
#[derive(Default)]
pub(super) struct Collected {
    groups: Vec<Group>,
    /// Where each key's group is; made when the first one comes again.
    places: Option<HashMap<String, usize>>,
}

impl<'a> Sink<'a> {
    /// A sink that writes groups as they come, up to a limit.
    pub(super) fn stream(render: &'a mut dyn Render, limit: Option<u64>) -> Self {
        Self::Stream(Stream {
            render,
            limit: limit.unwrap_or(u64::MAX),
            written: 0,
            keys: None,
            contents: Contents::default(),
        })
    }

    /// A sink that holds groups back.
    pub(super) fn collect() -> Self {
        Self::Collect(Collected::default())
    }

    /// Returns what was held back.
    pub(super) fn held_back(self) -> Vec<Group> {
        match self {
            Self::Stream(_) => Vec::new(),
            Self::Collect(collected) => collected.groups,
        }
    }

    /// Returns how many groups were written or are held back.
    pub(super) fn groups(&self) -> u64 {
        match self {
            Self::Stream(stream) => stream.written,
            Self::Collect(collected) => collected.groups.len() as u64,
        }
    }

    /// Prepares for another pass, after one that brought these keys.
    pub(super) fn begin_again(&mut self, before: &Ids) {
        match self {
            Self::Stream(stream) => {
                stream.contents = Contents::default();
                stream.keys.get_or_insert_with(|| before.clone());
            }
            Self::Collect(collected) => *collected = Collected::default(),
        }
    }

    /// Takes the groups of a page, and what becomes of each.
    pub(super) fn take(&mut self, groups: Vec<Group>, seen: &[Seen]) -> std::io::Result<()> {
        let rows = groups.into_iter().zip(seen);
        match self {
            Self::Stream(stream) => {
                for (group, _) in rows.filter(|(_, seen)| **seen == Seen::Fresh) {
                    stream.take(group)?;
                }
                stream.render.flush()
            }
            Self::Collect(collected) => {
                for (group, seen) in rows {
                    match seen {
                        Seen::Fresh => collected.push(group),
                        Seen::Repeat => collected.replace(group),
                        Seen::Beyond => {}
                    }
                }
                Ok(())
            }
        }
    }
}

impl Stream<'_> {
    fn take(&mut self, group: Group) -> std::io::Result<()> {
        let is_new = self.keys.as_mut().is_none_or(|keys| match key(&group) {
            Key::Id(id) => keys.insert(&id),
            Key::Content(content) => keys.insert(&self.contents.ordinal(&content)),
        });
        if !is_new || self.written >= self.limit {
            return Ok(());
        }
        self.written += 1;
        self.render.group(group)
    }
}

impl Collected {
    fn push(&mut self, group: Group) {
        if let (Some(places), Some(id)) = (&mut self.places, group.id()) {
            places.insert(id.into_owned(), self.groups.len());
        }
        self.groups.push(group);
    }

    /// Puts the newer row of a group in the older one's place.
    fn replace(&mut self, newer: Group) {
        let places = self.places.get_or_insert_with(|| {
            let groups = self.groups.iter().enumerate();
            let keyed = groups.filter_map(|(at, group)| Some((group.id()?.into_owned(), at)));
            keyed.collect()
        });
        let place = newer.id().and_then(|id| places.get(id.as_ref()).copied());
        if let Some(at) = place {
            self.groups[at] = newer;
        }
    }
}
