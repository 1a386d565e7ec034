//! The vocabulary of all stages after the document: the model of a service, and walks over it.
//!
//! In: nothing. Out: types, and functions that read them. Not here: the document, the emitted code, decisions.

pub mod api;
pub mod census;
pub mod files;
pub mod json;
pub mod note;
pub mod origin;
mod scalar_values;
pub mod time;
pub mod ty;
pub mod uses;
pub mod words;
