//! Where dynamic references lead if nothing extends their schemas.
//!
//! In: anchors, references. Out: a [`Reference`] for each reference, by its position. One that leads nowhere is a loss. Not here:
//! scopes.

use super::scope::{definer, position};
use super::table::Table;
use crate::document::log::Log;
use crate::document::lower::{Anchor, Declared, Dynamic, RECURSIVE};
use crate::document::position::Pos;
use crate::maps::{HashMap, IndexMap};
use crate::report::{Code, Pointer};

/// The most names that dynamic references may look for. Each is looked for in all schemas.
const MAX_NAMES: usize = 1000;

/// All dynamic references.
#[derive(Default)]
pub(super) struct References<'a> {
    pub(super) by_place: IndexMap<Pos, Reference<'a>>,
    /// The schemas that have a name which a reference looks for, by that name.
    pub(super) anchored: IndexMap<&'a str, Vec<Pos>>,
}

/// A dynamic reference.
#[derive(Default)]
pub(super) struct Reference<'a> {
    /// The name that it looks for in the scope. `None`: it leads to its initial target, as a `$ref` does.
    pub(super) name: Option<&'a str>,
    /// Its initial target (JSON Schema Core, 8.2.3.2).
    pub(super) initial: Option<Pos>,
}

/// Anchors by their names.
type Anchors<'a> = HashMap<&'a str, Vec<&'a Anchor>>;

/// Returns all dynamic references.
pub(super) fn references<'a>(doc: Table, dynamic: &'a Dynamic, report: &mut Log) -> References<'a> {
    let mut anchors = Anchors::default();
    for anchor in &dynamic.anchors {
        anchors.entry(&anchor.name).or_default().push(anchor);
    }
    let mut found = References::default();
    for (at, declared) in &dynamic.references {
        let Some(pos) = doc.places.get_index_of(at) else {
            continue;
        };
        let mut reference = reference(doc, &anchors, at, declared, report);
        if let Some(name) = reference.name
            && !found.anchored.contains_key(name)
        {
            if found.anchored.len() < MAX_NAMES {
                let anchors = anchors[name].iter().filter(|anchor| anchor.is_dynamic);
                let places = anchors.filter_map(|anchor| position(doc, &anchor.at));
                found.anchored.insert(name, places.collect());
            } else {
                let text = format!(
                    "dynamic references look for more than {MAX_NAMES} names; any value is accepted here"
                );
                report.lose(Code::TooLarge, at, text);
                reference = Reference::default();
            }
        }
        found.by_place.insert(pos, reference);
    }
    found
}

fn reference<'a>(
    doc: Table,
    anchors: &Anchors<'a>,
    at: &Pointer,
    declared: &'a Declared,
    report: &mut Log,
) -> Reference<'a> {
    let Declared { name, target } = declared;
    let all: &[&Anchor] = anchors.get(&**name).map_or(&[], Vec::as_slice);
    let found = candidates(all, at, declared);
    let plain = doc.places.get_index_of(target);
    let (initial, is_dynamic) = match (nearest(&found, at), plain) {
        (Some(anchor), _) => (position(doc, &anchor.at), anchor.is_dynamic),
        (None, Some(plain)) if found.is_empty() => (Some(plain), false),
        // A schema that extends this one may still give it a target.
        (None, _) => (None, all.iter().any(|anchor| anchor.is_dynamic)),
    };
    if initial.is_none() && !is_dynamic {
        let text = format!("{target} does not exist");
        report.lose(Code::DanglingRef, at, text);
    }
    Reference {
        name: is_dynamic.then_some(name),
        initial,
    }
}

/// Returns the anchors with the name in the resource that a reference names, or in its file.
fn candidates<'a>(all: &[&'a Anchor], at: &Pointer, declared: &Declared) -> Vec<&'a Anchor> {
    let target = &declared.target;
    let of = |test: &dyn Fn(&Anchor) -> bool| -> Vec<&'a Anchor> {
        all.iter().copied().filter(|anchor| test(anchor)).collect()
    };
    if declared.name == RECURSIVE {
        return of(&|anchor| anchor.at == *target);
    }
    let found = of(&|anchor| anchor.resource == target.file());
    match found.is_empty() {
        true => of(&|anchor| anchor.at.file() == at.file()),
        false => found,
    }
}

/// Returns the only anchor, or the innermost one whose definer is around a reference.
fn nearest<'a>(found: &[&'a Anchor], at: &Pointer) -> Option<&'a Anchor> {
    if let [only] = found {
        return Some(only);
    }
    let around = found.iter().filter_map(|anchor| {
        let definer = definer(&anchor.at);
        at.below(&definer)
            .map(|_| (definer.as_str().len(), *anchor))
    });
    let innermost = around.max_by_key(|(length, _)| *length);
    innermost.map(|(_, anchor)| anchor)
}
