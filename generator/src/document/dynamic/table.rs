//! The schemas of a document.
//!
//! In: nothing. Out: [`Table`]. Not here: the rest of the document.

use crate::document::schema::Entry;
use crate::maps::IndexSet;
use crate::report::Pointer;

/// All schemas, and their places in the same order.
#[derive(Clone, Copy)]
pub(super) struct Table<'d> {
    pub(super) places: &'d IndexSet<Pointer>,
    pub(super) schemas: &'d [Entry],
}
