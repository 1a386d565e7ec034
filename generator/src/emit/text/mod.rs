//! Text of the document, made safe.
//!
//! In: untrusted strings. Out: Markdown for docs and pages, plain text for a terminal, JSON without invisible characters.
//! Not here: code, and which text stands where.

pub mod json;
pub mod markdown;
pub mod paging;
pub mod plain;
pub mod pretty;
pub mod request;
pub mod wording;
