//! The files that define types.
//!
//! In: the [`Api`](crate::model::api::Api), the tree of resources. Out: the [`Part`]s of the module of all types, and the features
//! that compile them. Not here: names.

mod features;
mod parts;
mod users;

pub use features::Features;
pub use parts::{Gate, Part, PartId, parts};
pub use users::run as users;
