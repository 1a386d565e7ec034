//! The files that define types.
//!
//! In: the [`Api`](crate::model::api::Api), the tree of resources. Out: the [`Part`]s of the module of all types, and the features
//! that compile them. Not here: names.

mod parts;
mod users;

pub use parts::{Gate, Part, PartId, featured, parts};
pub use users::run as users;
