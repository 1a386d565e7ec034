//! Scopes: the schemas that names stand for.
//!
//! In: anchors. Out: the scope of a schema, whoever leads to it. Not here: references.
//!
//! In a resource, which is a schema with a `$id`, an anchor is in scope everywhere. Without one, a document is a single resource
//! in which two templates could not be used side by side; so an anchor in `$defs` is in scope in the schema with these `$defs`,
//! and any other one in its own schema.
//!
//! The outermost schema decides what a name stands for, so that a schema that extends another one replaces its definitions. For
//! JSON Schema, that holds for values inside of that value, too: a page of pages of pets would be a page of pages of pages, since
//! the pages of pets cannot say what their items are. So where a value begins, a schema that extends another one and defines a
//! name beside that defines it anew; it is said if that makes a difference.

use std::collections::BTreeMap;

use super::table::Table;
use crate::document::lower::{Anchor, Dynamic, RECURSIVE};
use crate::document::position::Pos;
use crate::document::schema::Entry;
use crate::maps::{HashMap, HashSet};
use crate::report::Pointer;

/// The schemas that names stand for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Scope<'a> {
    pub(super) names: BTreeMap<&'a str, Pos>,
    /// Whether a schema of the same value has defined its names anew, so that others only extend it.
    pub(super) is_settled: bool,
}

/// The anchors of all schemas.
pub(super) struct Scopes<'a> {
    /// What a schema adds to the scope, by its pointer.
    added: HashMap<Pointer, BTreeMap<&'a str, Pos>>,
    /// The names that a schema defines beside a schema that it extends.
    anew: HashMap<Pointer, Vec<&'a str>>,
    /// These names.
    redefined: HashSet<&'a str>,
    /// The schemas with a `$id`.
    resources: HashSet<Pointer>,
    /// Where schemas of the components stood before.
    moved: HashMap<&'a Pointer, &'a Pointer>,
}

impl<'a> Scopes<'a> {
    pub(super) fn new(doc: Table, dynamic: &'a Dynamic) -> Self {
        let both = |at: &Pointer| [Some(at.clone()), dynamic.moved.get(at).cloned()];
        let resources = dynamic.resources.iter().flat_map(both);
        let mut scopes = Self {
            added: HashMap::default(),
            anew: HashMap::default(),
            redefined: HashSet::default(),
            resources: resources.flatten().collect(),
            moved: dynamic.moved.iter().map(|(old, new)| (new, old)).collect(),
        };
        let anchors = dynamic.anchors.iter().filter(|anchor| anchor.is_dynamic);
        let anchors: Vec<(&Anchor, [Pointer; 3])> = anchors
            .map(|anchor| (anchor, scopes.owners(anchor)))
            .collect();
        let mut uses: HashMap<(usize, &Pointer, &str), usize> = HashMap::default();
        for (anchor, owners) in &anchors {
            for (level, owner) in owners.iter().enumerate() {
                *uses.entry((level, owner, &anchor.name)).or_default() += 1;
            }
        }
        for (anchor, owners) in &anchors {
            let mut levels = owners.iter().enumerate();
            let own = levels.find(|(level, owner)| uses[&(*level, *owner, &*anchor.name)] == 1);
            let owner = own.map_or(&anchor.at, |(_, owner)| owner);
            let is_definition = *owner == definer(&anchor.at) && *owner != anchor.at;
            for owner in both(owner).into_iter().flatten() {
                scopes.add(doc, owner, anchor, is_definition);
            }
        }
        scopes
    }

    /// Adds an anchor to what a schema adds to the scope.
    fn add(&mut self, doc: Table, owner: Pointer, anchor: &'a Anchor, is_definition: bool) {
        let Some(pos) = position(doc, &anchor.at) else {
            return;
        };
        if is_definition && extends(doc, &owner) {
            let anew = self.anew.entry(owner.clone()).or_default();
            anew.push(&anchor.name);
            self.redefined.insert(&anchor.name);
        }
        let added = self.added.entry(owner).or_default();
        added.entry(&anchor.name).or_insert(pos);
    }

    /// Returns the schemas in which an anchor may be in scope, the widest one first. The first one in which the name is the only
    /// one of its kind counts.
    fn owners(&self, anchor: &Anchor) -> [Pointer; 3] {
        let at = &anchor.at;
        let narrow = match &*anchor.name {
            RECURSIVE => at.clone(),
            _ => definer(at),
        };
        let resource = above(at.as_str()).find(|above| self.resources.contains(*above));
        let wide = match resource {
            Some(resource) if anchor.name != RECURSIVE => Pointer::canonical(resource),
            Some(_) | None => narrow.clone(),
        };
        [wide, narrow, at.clone()]
    }

    /// Returns the scope of a schema that nothing extends.
    pub(super) fn own(&self, at: &Pointer) -> Scope<'a> {
        self.all(self.around(at, is_definition))
    }

    /// Returns the scope of a schema that is reached in another scope, which takes precedence.
    pub(super) fn entered(&self, scope: &Scope<'a>, at: &Pointer) -> Scope<'a> {
        let mut entered = scope.clone();
        let mut around = self.around(at, |_| true);
        around.pop();
        for (name, pos) in self.all(around).names {
            entered.names.entry(name).or_insert(pos);
        }
        self.add_own(entered, at.as_str())
    }

    /// Returns the first name that a schema defines anew for the values in it, though the scope has it.
    pub(super) fn redefined(&self, scope: &Scope<'a>, at: &Pointer) -> Option<&'a str> {
        let anew = self.anew.get(at).filter(|_| !scope.is_settled)?;
        let differs = |name: &&&str| {
            let known = scope.names.get(**name);
            known.is_some_and(|known| self.added[at].get(**name) != Some(known))
        };
        anew.iter().find(differs).copied()
    }

    /// Returns whether a schema defines a name beside a schema that it extends.
    pub(super) fn is_redefined(&self, name: &str) -> bool {
        self.redefined.contains(name)
    }

    /// Returns where a schema of the components stood before.
    pub(super) fn before_move(&self, at: &Pointer) -> Option<&'a Pointer> {
        self.moved.get(at).copied()
    }

    /// Returns whether a schema defines names beside a schema that it extends.
    pub(super) fn defines_anew(&self, at: &Pointer) -> bool {
        self.anew.contains_key(at)
    }

    /// Returns the pointers from the resource of a schema down to the schema. A resource counts if it passes a test.
    fn around<'t>(&'t self, at: &'t Pointer, ends: fn(&str) -> bool) -> Vec<&'t str> {
        let at = self.before_move(at).unwrap_or(at);
        let mut around = Vec::new();
        for above in above(at.as_str()) {
            around.push(above);
            if self.resources.contains(above) && ends(above) {
                break;
            }
        }
        around.reverse();
        around
    }

    /// Returns the scope in which the last of these schemas is, each inside of the one before.
    fn all(&self, around: Vec<&str>) -> Scope<'a> {
        let mut scope = Scope::default();
        for at in around {
            scope.is_settled &= is_same_value(at);
            scope = self.add_own(scope, at);
        }
        scope
    }

    /// Adds what a schema adds to the scope around it.
    fn add_own(&self, mut scope: Scope<'a>, at: &str) -> Scope<'a> {
        let anew = self.anew.get(at).filter(|_| !scope.is_settled);
        for name in anew.into_iter().flatten() {
            scope.names.remove(name);
        }
        scope.is_settled |= anew.is_some();
        for (name, pos) in self.added.get(at).into_iter().flatten() {
            scope.names.entry(name).or_insert(*pos);
        }
        scope
    }
}

/// Returns whether a schema extends another one.
fn extends(doc: Table, at: &Pointer) -> bool {
    let Some(Entry::Schema(view)) = position(doc, at).map(|pos| &doc.schemas[pos]) else {
        return false;
    };
    let mut members = view.keywords.all_of.iter().flatten();
    members.any(|member| matches!(doc.schemas[*member], Entry::Reference(_)))
}

/// Returns whether a schema is about the value of the schema around it, by its keyword, or whether this is such a keyword.
pub(super) fn is_same_value(at: &str) -> bool {
    let mut keys = at.rsplit('/');
    let last = [keys.next(), keys.next()];
    (last.into_iter().flatten()).any(|key| matches!(key, "allOf" | "oneOf" | "anyOf" | "$ref"))
}

/// Returns the position of a schema, wherever it has been moved.
pub(super) fn position(doc: Table, at: &Pointer) -> Option<Pos> {
    let pos = doc.places.get_index_of(at)?;
    match &doc.schemas[pos] {
        // Only a moved schema leaves a mere reference behind: one with an anchor is more than that.
        Entry::Reference(target) => *target,
        Entry::Schema(_) => Some(pos),
    }
}

/// Returns the schema that has another one as a definition, or that one itself.
pub(super) fn definer(at: &Pointer) -> Pointer {
    let parent = at.split().and_then(|(parent, _)| parent.split());
    match parent {
        Some((definer, keyword)) if matches!(&*keyword, "$defs" | "definitions") => definer,
        Some(_) | None => at.clone(),
    }
}

fn is_definition(at: &str) -> bool {
    let parent = at.rsplit_once('/').map_or("", |(parent, _)| parent);
    parent.ends_with("/$defs") || parent.ends_with("/definitions")
}

/// Returns a pointer and those above it, up to the file.
fn above(at: &str) -> impl Iterator<Item = &str> {
    let start = at.find('#').map_or(0, |start| start + 1);
    let ends = at[start..].rmatch_indices('/');
    let parents = ends.map(move |(end, _)| &at[..start + end]);
    std::iter::once(at).chain(parents)
}
