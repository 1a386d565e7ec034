//! Positions, and the keys that types are built from.
//!
//! In: positions. Out: [`Key`]s, and a [`Memo`] for facts about them. Not here: constraints, types.
//!
//! A *position* is the location of a schema in the document, as an index in [`Document::schemas`]. A [`Key`] is the source of a
//! type: one position, or several whose constraints apply together. Each key is built once. A schema with subtypes is the source
//! of two types: their union, and its own struct.
//!
//! [`Document::schemas`]: crate::document::Document::schemas

use std::borrow::Cow;
use std::rc::Rc;

use crate::document::Pos;
use crate::maps::HashMap;

/// The maximum depth of nested schemas that are examined.
pub const MAX_DEPTH: usize = 100;

/// A position whose constraints apply, except for its first `skip` unions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct KeyPart {
    pub pos: Pos,
    pub skip: usize,
}

/// The source of a type.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    One(Pos),
    /// The schema at this position without its subtypes.
    Base(Pos),
    /// All of these apply. Never empty. The last one is the most specific.
    All(Rc<[KeyPart]>),
}

impl Key {
    /// Returns the key of these parts together.
    pub fn all(parts: Vec<KeyPart>) -> Self {
        match *parts {
            [KeyPart { pos, skip: 0 }] => Self::One(pos),
            _ => Self::All(parts.into()),
        }
    }

    pub fn parts(&self) -> Cow<'_, [KeyPart]> {
        match self {
            Self::One(pos) | Self::Base(pos) => Cow::Owned(vec![KeyPart { pos: *pos, skip: 0 }]),
            Self::All(parts) => Cow::Borrowed(parts),
        }
    }

    /// Returns the position, if the key is a single position with all of its unions.
    pub fn single(&self) -> Option<Pos> {
        match self {
            Self::One(pos) => Some(*pos),
            Self::Base(_) | Self::All(_) => None,
        }
    }

    /// Returns the position to which diagnostics about the key refer.
    pub fn at(&self) -> Pos {
        match self {
            Self::One(pos) | Self::Base(pos) => *pos,
            Self::All(parts) => parts.last().map_or(0, |part| part.pos),
        }
    }
}

/// A map by key. Most keys are single positions, which need no hash.
pub struct Memo<T> {
    one: Vec<Option<T>>,
    others: HashMap<Key, T>,
}

impl<T> Memo<T> {
    pub fn new(positions: usize) -> Self {
        Self {
            one: std::iter::repeat_with(|| None).take(positions).collect(),
            others: HashMap::default(),
        }
    }

    pub fn get(&self, key: &Key) -> Option<&T> {
        match key {
            Key::One(pos) => self.one[*pos].as_ref(),
            Key::Base(_) | Key::All(_) => self.others.get(key),
        }
    }

    pub fn set(&mut self, key: &Key, value: T) {
        match key {
            Key::One(pos) => self.one[*pos] = Some(value),
            Key::Base(_) | Key::All(_) => drop(self.others.insert(key.clone(), value)),
        }
    }

    /// Returns the number of known keys that are not single positions.
    pub fn combined(&self) -> usize {
        self.others.len()
    }
}
