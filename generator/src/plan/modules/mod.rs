//! The modules that define types, and the files of those that have many.
//!
//! In: the [`Api`](crate::model::api::Api), the tree of resources. Out: a [`Home`] for each type, the [`Part`]s of modules, and the
//! features that compile them. Not here: names.

mod homes;
mod parts;

pub use homes::{Home, Reach, run as reach};
pub use parts::{Gate, Part, PartId, featured, parts};
