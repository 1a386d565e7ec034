//! Which schemas others lead to.
//!
//! In: places in the document. Out: the places of all schemas below them, and of those that these refer to. Not here: types.

use super::Pos;
use crate::decode::{AdditionalProperties, Doc, Entry};
use crate::diag::Pointer;
use crate::maps::HashSet;

/// The schemas that are needed for what stands at these places: definitions, operations.
pub fn reached(doc: &Doc, roots: &[&Pointer]) -> Vec<Pointer> {
    let roots: HashSet<&str> = roots.iter().map(|at| at.as_str()).collect();
    let mut seen = vec![false; doc.places.len()];
    let mut next: Vec<Pos> = (0..doc.places.len())
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
    &doc.places[pos]
}

fn children(doc: &Doc, pos: Pos, found: &mut Vec<Pos>) {
    let view = match &doc.schemas[pos] {
        Entry::Reference(target) => return found.extend(target),
        Entry::Schema(view) => view,
    };
    let own = &view.keywords;
    let lists = [&own.all_of, &own.one_of, &own.any_of];
    found.extend(lists.into_iter().flatten().flatten());
    if let Some(AdditionalProperties::Schema(child)) = &own.additional_properties {
        found.extend(child);
    }
    found.extend(own.properties.values().chain(&own.items).flatten());
}
