//! Operations that could not be read from the document.
//!
//! In: the losses of a [`Document`]. Out: [`Skipped`] operations. Not here: operations that the client does not support.

use crate::document::{Document, Lost};
use crate::model::api::Skipped;
use crate::model::origin::Origin;
use crate::report::Pointer;

/// Returns the paths and methods that are lost, in the order of the losses. If all paths are lost, they count as one.
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

/// Returns whether a pointer leads to the paths, to a path item, or to a method of one, and not to another field.
fn is_operation(at: &Pointer) -> bool {
    let is_field = |key: &str| {
        key.starts_with("x-")
            || matches!(
                key,
                "$ref" | "summary" | "description" | "parameters" | "servers"
            )
    };
    let is_method = || at.split().is_some_and(|(_, key)| !is_field(&key));
    match Origin::of(at) {
        Origin::Path(_) => at.file().is_empty() && at.segments().count() == 2,
        Origin::Operation { operation, .. } => operation == at.as_str() && is_method(),
        Origin::Document => *at == Pointer::root().child("paths"),
        Origin::Schema(_) | Origin::Shared(..) | Origin::Webhook => false,
    }
}
