//! Links between parts of the document, to find all parts that an operation needs.
//!
//! In: references, followed. Out: pairs of pointers, in order.

use serde_json::Value;

use super::locate::Documents;
use super::objects::{self, Expected, Kind};
use super::state::Walk;
use crate::report::Pointer;

/// Returns the references outside of schemas, with their targets. An operation in another file, or
/// below a path item in another file, links to that file too.
pub(super) fn links(walk: &Walk, documents: &Documents) -> Vec<(Pointer, Pointer)> {
    let found = walk.sites.iter();
    let found = found.filter_map(|(at, site)| Some((at.clone(), site.target.clone()?)));
    let mut links: Vec<_> = found.collect();
    for key in ["paths", "webhooks"] {
        let at = Pointer::root().child(key);
        let shape = objects::field(Kind::Document, key);
        if let Some(shape) = shape {
            below(walk, documents, &at, &at, shape, &mut links);
        }
    }
    links.sort_unstable();
    links.dedup();
    links
}

/// Adds links for the parts of an object at `at` that are in other files, down to operations.
fn below(
    walk: &Walk,
    documents: &Documents,
    at: &Pointer,
    place: &Pointer,
    shape: Expected,
    links: &mut Vec<(Pointer, Pointer)>,
) {
    let mut place = place;
    for _ in 0..super::locate::MAX_DEPTH {
        match walk.sites.get(place).and_then(|site| site.target.as_ref()) {
            Some(target) => place = target,
            None => break,
        }
    }
    if at != place {
        links.push((at.clone(), place.clone()));
    }
    if !leads_to_operations(shape) {
        return;
    }
    if let Some(Value::Object(map)) = documents.get(place) {
        for (key, _) in map.iter().filter(|(_, value)| value.is_object()) {
            if let Some(shape) = objects::child(shape, key) {
                let (at, place) = (at.child(key), place.child(key));
                below(walk, documents, &at, &place, shape, links);
            }
        }
    }
}

fn leads_to_operations(shape: Expected) -> bool {
    matches!(
        shape,
        Expected::One(Kind::Paths | Kind::PathItem)
            | Expected::Map(Kind::PathItem | Kind::Operation)
    )
}
