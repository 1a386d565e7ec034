//! The vocabulary of all stages after the document: the model of a service, and walks over it.
//!
//! In: nothing. Out: types, and functions that read them. Not here: the document, the emitted code, decisions.

pub mod api;
pub mod census;
pub mod files;
mod holds;
pub mod json;
pub mod note;
pub mod origin;
pub mod ty;
pub mod uses;
