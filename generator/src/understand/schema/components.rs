//! The definitions of component schemas.
//!
//! In: the schemas of the document. Out: a definition for each component, complete. Not here: inline schemas (see `types`).

use super::cx::Cx;
use super::refs::follow;
use super::types::component;
use crate::document::{Entry, Pos};
use crate::model::api::NameOrigin;
use crate::report::Pointer;
use crate::understand::{location_names, x_client};

/// Reserves a definition for each component schema, in order, and then completes them.
pub fn run(cx: &mut Cx) {
    let doc = cx.doc;
    let named: Vec<(Pos, &Pointer)> = doc
        .places
        .iter()
        .enumerate()
        .filter_map(|(pos, at)| location_names::component_key(at).map(|_| (pos, at)))
        .collect();
    for &(pos, at) in &named {
        let name_origin = given_name(cx, pos).map_or_else(
            || NameOrigin::Component(location_names::component_name(at)),
            NameOrigin::Given,
        );
        let id = cx.reserve(at, name_origin);
        cx.components[pos] = Some(id);
    }
    adopt(cx, &named);
    for (pos, _) in named {
        component(cx, pos);
    }
}

/// Returns the name that `x-client` gives a schema.
fn given_name(cx: &Cx, pos: Pos) -> Option<String> {
    match &cx.doc.schemas[pos] {
        Entry::Schema(view) => x_client::schema_name(view),
        Entry::Reference(_) => None,
    }
}

/// Lets a component that is a reference to a schema of another file name it, unless the schema has a name there. If there are several,
/// the first by its key does.
fn adopt(cx: &mut Cx, named: &[(Pos, &Pointer)]) {
    let mut named = named.to_vec();
    named.sort_by_key(|(_, at)| *at);
    for (pos, _) in named {
        let Some(end) = follow(cx, pos).end else {
            continue;
        };
        let at = cx.pointer(end);
        let is_unnamed = !at.file().is_empty() && location_names::definition_name(at).is_none();
        if let (true, None, Some(id)) = (is_unnamed, cx.components[end], cx.components[pos]) {
            cx.components[end] = Some(id);
            if let Some(name) = given_name(cx, end) {
                cx.types[id.0].name_origin = NameOrigin::Given(name);
            }
        }
    }
}
