//! Schemas: their constraints, and the types that result from them.
//!
//! In: the table of schemas of a [`Document`](crate::document::Document). Out: definitions, and the types of their uses
//! ([`types`]). Not here: operations.
//!
//! Each layer knows only the layers above it:
//!
//! | layer | files |
//! |---|---|
//! | positions and keys | `keys`, `cx` |
//! | the constraints of one schema, and of two schemas together | `merged`, `scalar` |
//! | all constraints of a key, and of a use | `refs`, `merge`, `uses` |
//! | queries about constraints | `fit`, `untyped`, `annotations`, `limits`, `note` |
//! | decisions: what a key becomes, as a `sketch` | `enums`, `alternatives`, `tags`, `union`, `inherit`, `decide` |
//! | types: the only recursion | `types` |
//! | the components, which begin it | `components` |
//! | definitions that contain themselves | `cycles` |

mod alternatives;
pub mod annotations;
pub mod components;
pub mod cx;
pub mod cycles;
mod decide;
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
