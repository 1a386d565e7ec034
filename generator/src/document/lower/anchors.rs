//! Anchors of schemas.
//!
//! In: schemas where the walk finds them. Out: what they say is noted. Not here: `$id`, and references to anchors (see `schema`).

use super::dynamic::{Anchor, Dynamic, RECURSIVE};
use super::object::Object;
use super::resolve::uri_around;
use super::state::Walk;

/// Notes the anchors of the schema at `walk.at`.
pub(super) fn note(walk: &mut Walk, map: &Object) {
    let text = |key: &str| map.get(key)?.as_str().map(str::to_owned);
    let is_recursive = map
        .get("$recursiveAnchor")
        .is_some_and(|flag| *flag == true);
    let found = [
        (text("$anchor"), false),
        (text("$dynamicAnchor"), true),
        (is_recursive.then(|| RECURSIVE.to_owned()), true),
    ];
    for (name, is_dynamic) in found {
        let Some(name) = name else { continue };
        let resource = uri_around(walk).unwrap_or_else(|| walk.at.file());
        let anchor = Anchor {
            at: walk.at.clone(),
            name,
            resource: resource.to_owned(),
            is_dynamic,
        };
        walk.dynamic.anchors.push(anchor);
    }
}

/// Returns all that the walk has noted.
pub(super) fn all(walk: &mut Walk) -> Dynamic {
    let mut all = std::mem::take(&mut walk.dynamic);
    all.resources = walk.identified.keys().cloned().collect();
    all
}
