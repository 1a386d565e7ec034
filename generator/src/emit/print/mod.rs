//! The printer of Rust.
//!
//! In: words of ours, names, literals, docs. Out: lines of code. Not here: the model, and what code says.
//!
//! Each emitter has one dialect. Files of which there are many, or that grow with the document, are [`Code`](code::Code), which
//! `layout` breaks into lines: types, operations, resources, tests, the table of commands. What is there once or seldom is written
//! as tokens, which `prettyplease` prints: `lib.rs`, `service.rs`, pages of items. Both look the same. No Rust comes from `format!`.

pub mod code;
pub mod item;
mod layout;
pub mod macros;
