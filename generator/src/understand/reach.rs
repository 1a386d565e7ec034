//! Finds the parts of the document that are reachable from a location.
//!
//! In: the locations of operations and schemas. Out: the locations of all schemas in or below them, and of those that these refer
//! to; the shared components that operations refer to. Not here: types.

use crate::document::Pos;
use crate::document::{Document, Entry};
use crate::maps::{HashSet, IndexSet};
use crate::report::Pointer;

/// Returns the schemas that are needed at these locations of operations and definitions.
pub fn reached(doc: &Document, roots: &[&Pointer]) -> Vec<Pointer> {
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

/// Returns the components that operations need: the ones that they and the parameters of their paths refer to, and security
/// schemes.
pub fn shared(doc: &Document, operations: &[&Pointer]) -> Vec<Pointer> {
    let lists = operations.iter().filter_map(|at| at.split());
    let lists = lists.map(|(path, _)| path.child("parameters"));
    let mut open: Vec<Pointer> = operations.iter().copied().cloned().chain(lists).collect();
    let mut found: IndexSet<Pointer> = IndexSet::default();
    while let Some(at) = open.pop() {
        let below = format!("{at}/");
        let first = doc
            .links
            .partition_point(|(link, _)| link.as_str() < below.as_str());
        let inside = doc.links[first..].iter();
        let inside = inside.take_while(|(link, _)| link.as_str().starts_with(&below));
        // A path item may be a reference, too.
        let own = doc.links.binary_search_by(|(link, _)| link.cmp(&at));
        for (_, target) in inside.chain(own.ok().map(|index| &doc.links[index])) {
            if found.insert(target.clone()) {
                open.push(target.clone());
            }
        }
    }
    found.into_iter().chain(schemes(doc, operations)).collect()
}

/// Returns the security schemes that operations require.
fn schemes(doc: &Document, operations: &[&Pointer]) -> Vec<Pointer> {
    let at = Pointer::root().child("components").child("securitySchemes");
    let wanted: HashSet<&str> = operations.iter().map(|at| at.as_str()).collect();
    let items = doc.paths.values().flat_map(|item| &item.operations);
    let operations = items.filter(|item| wanted.contains(item.at.as_str()));
    let required = operations.filter_map(|item| {
        item.value
            .security
            .as_ref()
            .or(doc.openapi.security.as_ref())
    });
    let keys = required
        .flatten()
        .flat_map(|requirement| requirement.keys());
    keys.map(|key| at.child(key)).collect()
}

fn pointer(doc: &Document, pos: Pos) -> &Pointer {
    &doc.places[pos]
}

fn children(doc: &Document, pos: Pos, found: &mut Vec<Pos>) {
    match &doc.schemas[pos] {
        Entry::Reference(target) => found.extend(target),
        Entry::Schema(view) => found.extend(view.children().flatten()),
    }
}
