//! Makes text of the document safe.
//!
//! In: untrusted strings. Out: Markdown for docs and pages, plain text for a terminal, JSON without invisible characters.
//! Not here: code, the places where texts are used.

pub mod json;
pub mod markdown;
pub mod paging;
pub mod plain;
pub mod pretty;
pub mod request;
pub mod wording;
