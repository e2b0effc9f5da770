//! What makes a row known when it comes again, and what came so far, as small as
//! it can be kept.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};

/// What makes a row known when it comes again.
#[derive(Clone, Debug)]
pub enum Key<'a> {
    /// Its id.
    Id(Cow<'a, str>),
    /// It has no id; this is all of its content. Every such row is kept, but
    /// one that came before on an earlier page is nothing new.
    Content(String),
}

/// Tells rows without an id from each other: by their content, and by which of
/// its kind each is.
#[derive(Clone, Debug, Default)]
pub struct Contents(HashMap<String, u64>);

impl Contents {
    /// Returns the next row's key. No id is like it: ids are not JSON members.
    pub fn ordinal(&mut self, content: &str) -> String {
        let count = self.0.entry(content.to_owned()).or_default();
        *count += 1;
        format!("{content}#{count}")
    }
}

/// A set of keys, of which it keeps 128-bit hashes: a listing may have a
/// million. The hash is keyed at random, so nobody can make two keys collide,
/// and by chance it takes some 10^19 keys.
#[derive(Clone, Debug, Default)]
pub struct Ids {
    keys: [RandomState; 2],
    hashes: HashSet<u128, Plain>,
}

impl Ids {
    /// Returns an empty set that can be compared with this one.
    #[must_use]
    pub fn sibling(&self) -> Self {
        Self {
            keys: self.keys.clone(),
            hashes: HashSet::default(),
        }
    }

    /// Adds a key; returns whether it is new.
    pub fn insert(&mut self, key: &str) -> bool {
        let hash = self.hash(key);
        self.hashes.insert(hash)
    }

    /// Returns whether a key is in it.
    pub fn contains(&self, key: &str) -> bool {
        self.hashes.contains(&self.hash(key))
    }

    fn hash(&self, key: &str) -> u128 {
        let [high, low] = &self.keys;
        u128::from(high.hash_one(key)) << 64 | u128::from(low.hash_one(key))
    }

    /// Returns how many keys there are.
    pub fn len(&self) -> usize {
        self.hashes.len()
    }

    /// Returns whether there are none.
    pub fn is_empty(&self) -> bool {
        self.hashes.is_empty()
    }

    /// Returns whether both hold the same keys; they must be siblings.
    pub fn same(&self, other: &Self) -> bool {
        self.hashes == other.hashes
    }
}

/// What is hashed already needs no hashing.
#[derive(Clone, Debug, Default)]
struct Plain;

impl BuildHasher for Plain {
    type Hasher = PlainHasher;

    fn build_hasher(&self) -> PlainHasher {
        PlainHasher(0)
    }
}

struct PlainHasher(u64);

impl std::hash::Hasher for PlainHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.0 ^= u64::from_ne_bytes(word);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_new_once_and_siblings_compare() {
        let mut one = Ids::default();
        assert!(one.insert("a") && one.insert("b") && !one.insert("a"));
        let mut other = one.sibling();
        assert!(other.is_empty() && other.insert("b"));
        assert!(!one.same(&other));
        other.insert("a");
        assert!(one.same(&other));
        assert_eq!(one.len(), 2);
    }
}
