//! Operations of which the document has nothing that can be read.
//!
//! In: the losses of a [`Document`]. Out: [`Skipped`] operations. Not here: operations that the client cannot have.

use crate::document::{Document, Lost};
use crate::model::api::Skipped;
use crate::report::Pointer;

/// Paths and methods that are lost, in the order of the losses. If all paths are lost, that counts as one.
pub fn skipped(doc: &Document) -> Vec<Skipped> {
    let lost = doc.lost.iter().filter(|lost| is_operation(&lost.at));
    let skipped = |lost: &Lost| Skipped {
        at: lost.at.clone(),
        id: String::new(),
        tags: Vec::new(),
        code: lost.code,
        text: lost.text.clone(),
    };
    lost.map(skipped).collect()
}

/// Whether a pointer leads to the paths, a path item or a method of one, and not to another field of it.
fn is_operation(at: &Pointer) -> bool {
    let is_path = at.as_str().starts_with("#/paths/") && at.keys().count() == 2;
    let is_field = |key: &str| {
        key.starts_with("x-")
            || matches!(
                key,
                "$ref" | "summary" | "description" | "parameters" | "servers"
            )
    };
    let key = at.split().map(|(_, key)| key);
    let is_method = at.operation() == Some(at.as_str()) && !key.is_some_and(|key| is_field(&key));
    at.as_str() == "#/paths" || is_path || is_method
}
