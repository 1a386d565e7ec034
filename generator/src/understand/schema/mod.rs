//! Schemas: what they constrain, and the types that this makes.
//!
//! In: the table of schemas of a [`Doc`](crate::document::Doc). Out: definitions, and the types of uses (see [`types`]).
//! Not here: operations.

pub mod cx;
pub mod cycles;
pub mod enums;
pub mod fit;
pub mod inherit;
pub mod keys;
pub mod limits;
pub mod lost;
pub mod merge;
pub mod note;
pub mod refs;
pub mod scalar;
pub mod tags;
pub mod types;
pub mod union;
