//! The files in `src/` of the emitted crate that depend on the document.
//!
//! In: the model, the plan. Out: the modules of resources with their operations and types; `service.rs`. Not here: the command
//! line (`cli`), `lib.rs` and the runtime (`package`).

pub mod access;
pub mod argument;
pub mod call;
pub mod conversions;
mod definitions;
pub mod doc;
pub mod error;
pub mod example;
pub mod feature_gate;
pub mod head;
pub mod headers;
pub mod literal;
pub mod module;
mod operation;
mod page;
pub mod paging;
pub mod reply;
pub mod resource;
pub mod server;
pub mod service;
mod setters;
mod structs;
pub mod style;
mod times;
pub mod ty;
pub mod types;
mod value;
