// @generated runtime. Do not edit: it is copied from the generator's templates.
//! The places of an object's members while it is read.
//!
//! In: the value of a member. Out: the value of its field. Not here: names of members (see `object`).

use serde::de::MapAccess;

use super::fit;
use super::read::{NullablePlace, Place, Read};

/// The destination of a member. It is used behind a pointer, because a call per member would
/// compile much slower.
pub(crate) trait Slot<'de, A: MapAccess<'de>> {
    /// Reads the value. Returns true for a null that the field cannot hold, which the object remembers.
    fn fill(&mut self, map: &mut A) -> Result<bool, A::Error>;

    /// Returns whether the member is required and was not read.
    fn is_missing(&self) -> bool {
        false
    }
}

/// A required member.
pub(crate) struct Required<T>(pub(crate) Option<T>);
/// An optional member. Null means missing.
pub(crate) struct Optional<T>(pub(crate) Option<T>);
/// An optional member of an object that is only received. It is missing or null if it is `None`.
pub(crate) struct Received<T>(pub(crate) Option<T>);
/// An optional member whose type can represent null.
pub(crate) struct Given<T>(pub(crate) Option<T>);

impl<'de, T: Read<'de>, A: MapAccess<'de>> Slot<'de, A> for Required<T> {
    fn fill(&mut self, map: &mut A) -> Result<bool, A::Error> {
        map.next_value_seed(Place(&mut self.0)).map(|()| false)
    }

    fn is_missing(&self) -> bool {
        self.0.is_none()
    }
}

impl<'de, T: Read<'de>, A: MapAccess<'de>> Slot<'de, A> for Optional<T> {
    fn fill(&mut self, map: &mut A) -> Result<bool, A::Error> {
        map.next_value_seed(NullablePlace(&mut self.0))?;
        if self.0.is_none() {
            fit::miss(fit::UNDECLARED);
        }
        Ok(false)
    }
}

impl<'de, T: Read<'de>, A: MapAccess<'de>> Slot<'de, A> for Given<T> {
    fn fill(&mut self, map: &mut A) -> Result<bool, A::Error> {
        map.next_value_seed(Place(&mut self.0)).map(|()| false)
    }
}

impl<'de, T: Read<'de>, A: MapAccess<'de>> Slot<'de, A> for Received<T> {
    fn fill(&mut self, map: &mut A) -> Result<bool, A::Error> {
        map.next_value_seed(NullablePlace(&mut self.0))?;
        Ok(self.0.is_none())
    }
}

impl<T> Required<T> {
    /// # Panics
    ///
    /// Panics if it is called before [`read_members`], which fails if this member is missing.
    pub(crate) fn take(&mut self) -> T {
        self.0.take().expect("`read_members` checks it")
    }
}

impl<T> Optional<T> {
    pub(crate) fn take(&mut self) -> Option<T> {
        self.0.take()
    }
}

impl<T> Received<T> {
    pub(crate) fn take(&mut self) -> Option<T> {
        self.0.take()
    }
}

impl<T> Given<T> {
    pub(crate) fn take(&mut self) -> Option<T> {
        self.0.take()
    }
}

// Constructors of empty slots, named after the keywords of `object!`.

pub(crate) fn required<T>() -> Required<T> {
    Required(None)
}

pub(crate) fn optional<T>() -> Optional<T> {
    Optional(None)
}

pub(crate) fn any<T>() -> Given<T> {
    Given(None)
}

pub(crate) fn nullable<T>() -> Given<T> {
    Given(None)
}

pub(crate) fn received<T>() -> Received<T> {
    Received(None)
}
