//! Names for the items of a listing.
//!
//! In: the name of a property. Out: how well it fits the items of a listing, or an object that contains them. Not here: names
//! about pages (see `words`), decisions.

use super::words::plain;

/// Returns whether an object of this name usually contains the whole content of a reply.
pub fn is_envelope(name: &str) -> bool {
    const ENVELOPES: &[&str] = &[
        "body", "content", "data", "embedded", "payload", "response", "result", "results",
    ];
    ENVELOPES.contains(&plain(name).as_str())
}

/// Common names for the items of a listing.
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

/// Returns whether a name is common for the items of a listing.
pub fn is_usual_items(name: &str) -> bool {
    ITEMS.contains(&plain(name).as_str())
}

/// Returns how well a name fits the items of a listing. Lower ranks are better. Returns `None` if the name never fits.
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
