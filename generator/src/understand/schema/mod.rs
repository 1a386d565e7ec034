//! Schemas: their constraints, and the types that follow.
//!
//! In: the table of schemas of a [`Document`](crate::document::Document). Out: definitions, and the types of uses ([`types`]).
//! Not here: operations.
//!
//! Each layer knows only those above it:
//!
//! | layer | files |
//! |---|---|
//! | positions and keys | `keys`, `cx` |
//! | one schema's constraints, and those of two together | `merged`, `scalar` |
//! | all that holds for a key, and for a use | `refs`, `merge`, `uses` |
//! | questions to them | `fit`, `untyped`, `annotations`, `limits`, `note` |
//! | deciders, which say what a key becomes in a `sketch` | `enums`, `alternatives`, `tags`, `union`, `inherit`, `decide` |
//! | types, the only recursion | `types` |
//! | definitions that contain themselves | `cycles` |

mod alternatives;
pub mod annotations;
pub mod cx;
pub mod cycles;
mod decide;
mod digits;
mod enums;
pub mod fit;
pub mod inherit;
pub mod keys;
pub mod limits;
pub mod merge;
pub mod merged;
pub mod note;
pub mod refs;
pub mod scalar;
mod shadowed;
mod sketch;
mod tags;
pub mod types;
mod union;
pub mod untyped;
pub mod uses;
