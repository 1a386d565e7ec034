// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Remembers the cursors of a listing.
//!
//! In: cursors. Out: whether one has been there before. Not here: what follows from that.

use std::collections::VecDeque;
use std::hash::{DefaultHasher, Hash, Hasher};

/// The number of cursors to remember.
const REMEMBERED: usize = 1024;

/// Remembers the cursors of a listing in little memory. It detects cycles of any length.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    /// The hashes of the most recent cursors.
    recent: VecDeque<u64>,
    /// The hash of one cursor. It is replaced after increasing distances (R. Brent, 1980), so
    /// longer cycles meet it, too.
    fixed: u64,
    steps: u64,
    way: u64,
}

impl Seen {
    /// Remembers a cursor. Returns false if it has been seen before.
    pub(crate) fn insert(&mut self, cursor: &(impl Hash + ?Sized)) -> bool {
        let hash = hash(cursor);
        let known = self.recent.contains(&hash) || self.way > 0 && self.fixed == hash;
        if self.recent.len() == REMEMBERED {
            self.recent.pop_front();
        }
        self.recent.push_back(hash);
        self.steps += 1;
        if self.steps > self.way {
            (self.fixed, self.steps, self.way) = (hash, 0, (self.way * 2).max(1));
        }
        !known
    }
}

/// Returns a hash of a value.
pub(crate) fn hash(value: &(impl Hash + ?Sized)) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}
