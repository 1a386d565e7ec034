//! Which schemas others lead to.
//!
//! In: places in the document. Out: the places of all schemas below them, and of those that these refer to. Not here: types.

use std::collections::HashSet;

use openapiv3::{AdditionalProperties, ReferenceOr};

use super::Pos;
use crate::decode::Doc;
use crate::diag::Pointer;

/// The schemas that are needed for what stands at these places: definitions, operations.
pub fn reached(doc: &Doc, roots: &[&Pointer]) -> Vec<Pointer> {
    let roots: HashSet<&str> = roots.iter().map(|at| at.as_str()).collect();
    let mut seen = vec![false; doc.schemas.len()];
    let mut next: Vec<Pos> = (0..doc.schemas.len())
        .filter(|&pos| {
            let at = pointer(doc, pos);
            roots.contains(at.as_str()) || at.operation().is_some_and(|at| roots.contains(at))
        })
        .collect();
    while let Some(pos) = next.pop() {
        if !std::mem::replace(&mut seen[pos], true) {
            children(doc, pos, &mut next);
        }
    }
    let seen = seen.into_iter().enumerate().filter(|(_, seen)| *seen);
    seen.map(|(pos, _)| pointer(doc, pos).clone()).collect()
}

fn pointer(doc: &Doc, pos: Pos) -> &Pointer {
    doc.schemas
        .get_index(pos)
        .expect("positions are indices of the table")
        .0
}

fn children(doc: &Doc, pos: Pos, found: &mut Vec<Pos>) {
    let mut add = |reference: &str| found.extend(doc.schemas.get_index_of(reference));
    let view = match &doc.schemas[pos] {
        ReferenceOr::Reference { reference } => return add(reference),
        ReferenceOr::Item(view) => view,
    };
    let own = &view.keywords;
    let lists = [&own.all_of, &own.one_of, &own.any_of];
    for child in lists.into_iter().flatten() {
        if let ReferenceOr::Reference { reference } = child {
            add(reference);
        }
    }
    let additional = match &own.additional_properties {
        Some(AdditionalProperties::Schema(schema)) => Some(&**schema),
        Some(AdditionalProperties::Any(_)) | None => None,
    };
    if let Some(ReferenceOr::Reference { reference }) = additional {
        add(reference);
    }
    for child in own.properties.values().chain(own.items.iter()) {
        if let ReferenceOr::Reference { reference } = child {
            add(reference);
        }
    }
    for child in &view.tuple {
        if let ReferenceOr::Reference { reference } = child {
            add(reference);
        }
    }
}
