//! Prints Rust.
//!
//! In: fixed text, names, literals, docs. Out: lines of code. Not here: the model, the meaning of the code.
//!
//! Each emitter uses one of two ways. If there are many files of a kind, or they grow with the document, they are
//! [`RustCode`](code::RustCode), which `layout` breaks into lines: types, operations, resources, tests, the table of commands. Rare code
//! is written as tokens, which `prettyplease` prints: `lib.rs`, `service.rs`, pages of items. Both look the same. `format!` never
//! writes Rust.

pub mod code;
pub mod item;
mod layout;
pub mod macros;
