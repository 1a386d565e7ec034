//! The place of each type on the site.
//!
//! In: nothing. Out: [`Places`], by [`TypeId`]. Not here: how a place is chosen (see `site::homes`). On pages of Markdown, a type is
//! always on the page of its module.

use crate::model::api::{OpId, TypeId};

/// Where a type is described. On the site it is described once: if it has a single use, there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Home {
    /// In a section of its own.
    Section,
    /// At a parameter, by its index.
    Param(OpId, usize),
    Body(OpId),
    Reply(OpId),
    /// At a property of another type, by its index.
    Field(TypeId, usize),
}

/// The places of all types.
pub struct Places<'a> {
    /// The home of each type and the path of its page, which has an anchor of the type's name.
    pub by_type: Vec<(Home, &'a str)>,
}

impl<'a> Places<'a> {
    pub fn home(&self, id: TypeId) -> Home {
        self.by_type[id.0].0
    }

    /// Returns the path of the page.
    pub fn path(&self, id: TypeId) -> &'a str {
        self.by_type[id.0].1
    }
}
