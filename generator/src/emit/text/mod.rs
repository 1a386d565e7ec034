//! Text of the document, made safe.
//!
//! In: strings that nobody vouches for. Out: Markdown for docs and pages, plain text for a terminal, JSON in which nothing hides.
//! Not here: code, and what is said where.

pub mod json;
pub mod markdown;
pub mod plain;
pub mod pretty;
pub mod request;
pub mod wording;
