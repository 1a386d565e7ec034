//! The printer of Rust.
//!
//! In: words of ours, names, literals, docs. Out: lines of code. Not here: the model, and what code says.
//!
//! Most code is [`Code`](code::Code), which `layout` breaks into lines; what is rare is written as tokens, which `prettyplease`
//! prints. Both look the same, so that an emitter may take either.

pub mod code;
pub mod item;
mod layout;
pub mod macros;
