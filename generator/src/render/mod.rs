//! Diagnostics and changes as text for people, or as JSON for programs.
//!
//! In: [`Diagnostics`](crate::report::Diagnostics) or a [`Diff`](crate::diff::Diff), and the [`Source`](crate::read::Source)s that they are about. Out: text.
//! No other stage looks up lines. Not here: printing, the choice of diagnostics and changes.

pub mod changes;
mod json;
mod location;
mod text;

pub use json::json;
pub use location::{Location, locations};
pub use text::{Style, text};
