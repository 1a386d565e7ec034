//! The words that documents use for the items of a listing.
//!
//! In: a name of a property. Out: how well it fits a list of items, or what holds one. Not here: words about pages (see `words`),
//! decisions.

use super::words::plain;

/// Returns whether an object of this name holds the whole content of a reply.
pub fn is_envelope(name: &str) -> bool {
    const ENVELOPES: &[&str] = &[
        "body", "content", "data", "embedded", "payload", "response", "result", "results",
    ];
    ENVELOPES.contains(&plain(name).as_str())
}

/// The usual names of the items of a listing.
const ITEMS: &[&str] = &[
    "data",
    "items",
    "results",
    "result",
    "entries",
    "records",
    "values",
    "elements",
    "list",
    "rows",
    "hits",
    "objects",
    "content",
    "resources",
    "value",
];

/// Returns whether the items of a listing are usually called so.
pub fn is_usual_items(name: &str) -> bool {
    ITEMS.contains(&plain(name).as_str())
}

/// Ranks how well a name fits the items of a listing. A lower rank is better. Returns `None` if it
/// never fits.
pub fn fits_items(name: &str) -> Option<usize> {
    const NEVER: &[&str] = &[
        "errors",
        "included",
        "links",
        "messages",
        "order",
        "orderby",
        "sort",
        "unreachable",
        "warnings",
    ];
    let word = plain(name);
    if NEVER.contains(&word.as_str()) {
        return None;
    }
    Some(
        ITEMS
            .iter()
            .position(|other| *other == word)
            .unwrap_or(ITEMS.len()),
    )
}
