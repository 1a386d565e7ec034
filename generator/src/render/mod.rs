//! Diagnostics as text for people, or as JSON for programs.
//!
//! In: [`Diagnostics`](crate::report::Diagnostics), and the [`Source`](crate::read::Source) that they are about. Out: text.
//! No other stage looks up lines. Not here: printing, the choice of diagnostics.

mod json;
mod location;
mod text;

pub use json::json;
pub use location::{Location, locations};
pub use text::{Style, text};
