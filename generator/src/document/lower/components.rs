//! Names from `components` for schemas of other files.
//!
//! In: the table, references followed. Out: every schema of the components is a key of the table, even if its section is a
//! reference; a schema whose only other name is its file is a key under its name in the components.

use serde_json::Value;

use super::locate::{Documents, Found, MAX_DEPTH, locate};
use super::objects::{Expected, Kind};
use super::state::Walk;
use super::table;
use crate::report::Pointer;

/// Adds the schemas of `components: { $ref: .. }` and `components: { schemas: { $ref: .. } }` to the table.
pub(super) fn name_schemas(walk: &mut Walk, documents: &Documents) {
    let components = Pointer::root().child("components");
    let section = components.child("schemas");
    if !walk.sites.contains_key(&components) && !walk.sites.contains_key(&section) {
        return;
    }
    let mut at = section.clone();
    for _ in 0..MAX_DEPTH {
        let Found::Raw(place, Value::Object(map)) =
            locate(&walk.schemas, documents, &walk.base, &at)
        else {
            return;
        };
        let is_schema = |at: &Pointer| walk.schemas.contains_key(at);
        let named = map.keys().map(|key| (section.child(key), place.child(key)));
        let named: Vec<_> = named.filter(|(_, target)| is_schema(target)).collect();
        for (component, target) in named {
            let entry = walk.schemas.entry(component);
            entry.or_insert_with(|| table::reference(&target));
        }
        match walk.sites.get(&place) {
            Some(site) if site.shape == Expected::Map(Kind::Schema) => match &site.target {
                Some(target) => at = target.clone(),
                None => return,
            },
            Some(_) | None => return,
        }
    }
}

/// Moves each schema that has no name of its own, and that a component refers to, to the pointer of the component.
pub(super) fn move_schemas(walk: &mut Walk) {
    let section = Pointer::root().child("components").child("schemas");
    let is_component = |at: &Pointer| at.split().is_some_and(|(parent, _)| parent == section);
    for index in 0..walk.schemas.len() {
        let Some((at, entry)) = walk.schemas.get_index(index) else {
            return;
        };
        if !is_component(at) || table::target_of(entry).is_none() {
            continue;
        }
        let Some(found) = end_of_chain(walk, index) else {
            continue;
        };
        let (at, target) = (at.clone(), &walk.schemas.get_index(found).map(|(at, _)| at));
        if !target.is_some_and(|target| takes_name(target, &at)) {
            continue;
        }
        move_schema(walk, index, found);
    }
}

/// Returns the schema at the end of references in the table.
fn end_of_chain(walk: &Walk, start: usize) -> Option<usize> {
    let mut index = start;
    for _ in 0..MAX_DEPTH {
        match table::target_of(&walk.schemas[index]) {
            Some(target) => index = walk.schemas.get_index_of(target)?,
            None => return Some(index),
        }
    }
    None
}

/// Returns whether a schema takes the name of the component that refers to it: it is a whole other
/// file, or has the same name there.
fn takes_name(target: &Pointer, component: &Pointer) -> bool {
    if target.file().is_empty() {
        return false;
    }
    match (target.split(), component.split()) {
        (None, _) => true,
        (Some((_, own)), Some((_, name))) => own == name,
        (Some(_), None) => false,
    }
}

/// Swaps a reference and the schema that it leads to.
fn move_schema(walk: &mut Walk, component: usize, found: usize) {
    let pointer = |index: usize| walk.schemas.get_index(index).map(|(at, _)| at.clone());
    let (Some(at), Some(old)) = (pointer(component), pointer(found)) else {
        return;
    };
    let schema = std::mem::replace(&mut walk.schemas[found], table::reference(&at));
    walk.schemas[component] = schema;
    walk.dynamic.moved.insert(old.clone(), at.clone());
    // Losses of the schema, and of its keywords, are the component's.
    for lost in &mut walk.report.lost {
        if lost.at == old {
            lost.at.clone_from(&at);
        } else if let Some((parent, key)) = lost.at.split()
            && parent == old
        {
            lost.at = at.child(&key);
        }
    }
}
