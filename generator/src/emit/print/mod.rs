//! The printer of Rust.
//!
//! In: our own words, names, literals, docs. Out: lines of code. Not here: the model, the meaning of the code.
//!
//! Each emitter has one dialect. Files of which there are many, or that grow with the document, are [`Code`](code::Code), which
//! `layout` breaks into lines: types, operations, resources, tests, the table of commands. Rare code is written as tokens,
//! which `prettyplease` prints: `lib.rs`, `service.rs`, pages of items. Both look the same. No Rust comes from `format!`.

pub mod code;
pub mod item;
mod layout;
pub mod macros;
