//! Instances: schemas in a scope.
//!
//! In: schemas, scopes, dynamic references. Out: [`Instances`]: schemas without dynamic references. Not here: what is in scope.

use std::collections::VecDeque;
use std::rc::Rc;

use super::needs::Needs;
use super::scope::{Scope, Scopes, is_same_value};
use super::table::Table;
use super::target::References;
use crate::document::log::{Log, Lost};
use crate::document::position::{Child, Pos};
use crate::document::schema::{Annotations, Entry, Keywords, SchemaView};
use crate::maps::{HashMap, HashSet, IndexMap, IndexSet};
use crate::report::{Code, Pointer};

/// The most schemas that are added.
const MAX_ADDED: usize = 10_000;

/// The deepest that a schema stands in place of a reference, inside of one that does, and so on.
const MAX_DEPTH: usize = 32;

/// A schema in a scope, and where it stands.
#[derive(Clone)]
struct Instance<'a> {
    place: Pos,
    source: Pos,
    scope: Scope<'a>,
    depth: usize,
}

/// The schemas that replace those of a document, and those that are added to it.
pub(super) struct Instances<'a, 'd, 'r> {
    doc: Table<'d>,
    scopes: &'d Scopes<'a>,
    references: &'d References<'a>,
    needs: Needs<'a, 'd>,
    report: &'d mut Log<'r>,
    /// Sources that have been reported.
    reported: HashSet<Pos>,
    /// Where schemas stand in scopes other than their own.
    known: HashMap<(Pos, Scope<'a>), Pos>,
    /// The scopes of schemas that nothing extends.
    own: HashMap<Pos, Rc<Scope<'a>>>,
    open: VecDeque<Instance<'a>>,
    made: Made,
    /// Instances with a discriminator.
    mapped: Vec<(Pos, Scope<'a>)>,
}

/// The results.
#[derive(Default)]
pub(super) struct Made {
    entries: IndexMap<Pos, Entry>,
    /// The places of schemas that are added, in order.
    added: IndexSet<Pointer>,
    /// Places, and the schemas that now stand there.
    copies: Vec<(Pos, Pos)>,
}

/// Returns what has to be replaced and added.
pub(super) fn run<'a>(
    doc: Table,
    scopes: &Scopes<'a>,
    references: &References<'a>,
    report: &mut Log,
) -> Made {
    let mut instances = Instances {
        doc,
        scopes,
        references,
        needs: Needs::new(doc, references, scopes),
        report,
        reported: HashSet::default(),
        known: HashMap::default(),
        own: HashMap::default(),
        open: VecDeque::new(),
        made: Made::default(),
        mapped: Vec::new(),
    };
    for pos in 0..doc.schemas.len() {
        if !instances.needs.any(pos) && !references.by_place.contains_key(&pos) {
            continue;
        }
        let scope = Scope::clone(&instances.own(pos));
        instances.build(Instance {
            place: pos,
            source: pos,
            scope,
            depth: 0,
        });
    }
    while let Some(next) = instances.open.pop_front() {
        instances.build(next);
    }
    instances.map_discriminators();
    instances.made
}

impl<'a> Instances<'a, '_, '_> {
    /// Makes the schema of an instance.
    fn build(&mut self, mut instance: Instance<'a>) {
        let place = instance.place;
        let mut around = Vec::new();
        let entry = loop {
            // A schema that only extends another one is what it makes of it.
            let mut reference = instance.clone();
            if let Some(view) = self.schema(instance.source) {
                let length = around.len();
                match self.extended(&instance, view.clone(), &mut around) {
                    Some(extended) => reference = extended,
                    None => {
                        around.truncate(length);
                        break Entry::Schema(self.view(&instance, view).into());
                    }
                }
            }
            let Some((target, scope)) = self.target(&reference) else {
                break Entry::Reference(None);
            };
            if let Some(known) = self.find(target, &scope) {
                break Entry::Reference(Some(known));
            }
            instance.depth += 1;
            if !self.may_add(&instance) {
                break Entry::Reference(None);
            }
            // The target stands in place of the reference.
            self.known.insert((target, scope.clone()), place);
            self.made.copies.push((place, target));
            (instance.source, instance.scope) = (target, scope);
        };
        let entry = around.into_iter().rev().fold(entry, extend);
        self.made.entries.insert(place, entry);
    }

    /// Returns the reference by which an instance does nothing but extend a schema, if that schema is not known yet. Adds the
    /// schemas around the reference.
    fn extended(
        &mut self,
        instance: &Instance<'a>,
        view: SchemaView,
        around: &mut Vec<SchemaView>,
    ) -> Option<Instance<'a>> {
        let source = extended(&view)?;
        let scope = self.child_scope(instance, source);
        let inner = Instance {
            source,
            scope,
            ..instance.clone()
        };
        around.push(view);
        if let Some(view) = self.schema(source) {
            return self.extended(&inner, view, around);
        }
        let (target, scope) = self.target(&inner)?;
        self.find(target, &scope).is_none().then_some(inner)
    }

    /// Returns a schema that is not a reference.
    fn schema(&self, pos: Pos) -> Option<SchemaView> {
        match &self.doc.schemas[pos] {
            Entry::Schema(view) => Some(SchemaView::clone(view)),
            Entry::Reference(_) => None,
        }
    }

    /// Returns a schema whose children are in the scope of an instance.
    fn view(&mut self, instance: &Instance<'a>, mut view: SchemaView) -> SchemaView {
        for child in view.children_mut() {
            *child = child.and_then(|child| self.child(instance, child));
        }
        let discriminator = view.data.discriminator.as_ref();
        if discriminator.is_some_and(|discriminator| !discriminator.mapping.is_empty()) {
            let scope = instance.scope.clone();
            self.mapped.push((instance.place, scope));
        }
        view
    }

    /// Returns where a child of an instance stands.
    fn child(&mut self, instance: &Instance<'a>, child: Pos) -> Child {
        let scope = self.child_scope(instance, child);
        if let Some(known) = self.find(child, &scope) {
            return Some(known);
        }
        if !self.may_add(instance) {
            return None;
        }
        let mut at = self.below(instance, child);
        while self.doc.places.contains(&at) || self.made.added.contains(&at) {
            at.push("$ref");
        }
        let place = self.doc.places.len() + self.made.added.insert_full(at).0;
        self.known.insert((child, scope.clone()), place);
        self.made.copies.push((place, child));
        self.open.push_back(Instance {
            place,
            source: child,
            scope,
            depth: instance.depth,
        });
        Some(place)
    }

    /// Returns the pointer of a child: the same way down as in the source.
    fn below(&self, instance: &Instance, child: Pos) -> Pointer {
        let places = &self.doc.places;
        let (source, child) = (&places[instance.source], &places[child]);
        let before = self.scopes.before_move(source);
        let way = child.below(source).or_else(|| child.below(before?));
        let keys: Vec<String> = match way {
            Some(way) => way.keys().collect(),
            // It stands elsewhere, by a reference in place of the keyword.
            None => {
                let keys: Vec<String> = child.keys().collect();
                keys[keys.len().saturating_sub(2)..].to_vec()
            }
        };
        let mut place = self.at(instance.place).cloned().unwrap_or_default();
        for key in keys {
            place.push(&key);
        }
        place
    }

    /// Returns the target of a reference, and its scope. `None` has been reported.
    fn target(&mut self, instance: &Instance<'a>) -> Option<(Pos, Scope<'a>)> {
        let source = instance.source;
        let target = match (
            self.references.by_place.get(&source),
            &self.doc.schemas[source],
        ) {
            (Some(reference), _) => {
                let named = reference
                    .name
                    .and_then(|name| instance.scope.names.get(name).copied());
                if let (None, None, Some(name)) = (named, reference.initial, reference.name) {
                    let text = format!(
                        "no schema around this one has the $dynamicAnchor `{name}`; any value is accepted"
                    );
                    self.lose(Code::DynamicRef, source, text);
                }
                named.or(reference.initial)?
            }
            (None, Entry::Reference(target)) => (*target)?,
            (None, Entry::Schema(_)) => return None,
        };
        Some((target, self.entered(&instance.scope, target)))
    }

    /// Returns the scope of a child of an instance.
    fn child_scope(&mut self, instance: &Instance<'a>, child: Pos) -> Scope<'a> {
        let mut scope = instance.scope.clone();
        scope.is_settled &= is_same_value(self.doc.places[child].as_str());
        self.entered(&scope, child)
    }

    /// Returns where a schema stands in a scope.
    fn find(&mut self, pos: Pos, scope: &Scope<'a>) -> Option<Pos> {
        if *scope == *self.own(pos) {
            return Some(pos);
        }
        self.known.get(&(pos, scope.clone())).copied()
    }

    /// Returns the scope of a schema that nothing extends, as far as it matters.
    fn own(&mut self, pos: Pos) -> Rc<Scope<'a>> {
        if let Some(known) = self.own.get(&pos) {
            return Rc::clone(known);
        }
        let own = match self.needs.any(pos) {
            true => self.needs.own(pos),
            false => Rc::default(),
        };
        let own = Rc::new(self.needs.part(Scope::clone(&own), pos));
        self.own.insert(pos, Rc::clone(&own));
        own
    }

    /// Returns the scope of a schema that is reached in another one, as far as it matters.
    fn entered(&mut self, scope: &Scope<'a>, pos: Pos) -> Scope<'a> {
        if !self.needs.any(pos) {
            return Scope::default();
        }
        let at = &self.doc.places[pos];
        if let Some(name) = self.scopes.redefined(scope, at)
            && self.reported.insert(pos)
        {
            let text = format!(
                "`{name}` is what this schema says; for JSON Schema, it is what a schema around this value says"
            );
            self.report.add(Code::DynamicRef, at, text);
        }
        self.needs.part(self.scopes.entered(scope, at), pos)
    }

    /// Returns whether another schema may be added for an instance. If not, that is reported.
    fn may_add(&mut self, instance: &Instance) -> bool {
        let what = if instance.depth > MAX_DEPTH {
            Code::TooDeep
        } else if self.made.copies.len() >= MAX_ADDED {
            Code::TooLarge
        } else {
            return true;
        };
        let text = "too many schemas extend each other here; any value is accepted";
        self.lose(what, instance.source, text);
        false
    }

    /// Reports a loss, once for all instances of a source.
    fn lose(&mut self, code: Code, source: Pos, text: impl Into<String>) {
        if self.reported.insert(source) {
            self.report.lose(code, &self.doc.places[source], text);
        }
    }

    /// Makes the discriminators of instances lead to instances.
    fn map_discriminators(&mut self) {
        for (place, scope) in std::mem::take(&mut self.mapped) {
            let Some(Entry::Schema(mut view)) = self.made.entries.get(&place).cloned() else {
                continue;
            };
            let Some(discriminator) = &mut view.data.discriminator else {
                continue;
            };
            let targets = discriminator.mapping.values_mut();
            for target in targets.chain(&mut discriminator.default_mapping) {
                let pos = self.doc.places.get_index_of(target.as_str());
                let found = pos.and_then(|pos| {
                    let scope = self.entered(&scope, pos);
                    self.find(pos, &scope)
                });
                if let Some(at) = found.and_then(|found| self.at(found)) {
                    *target = at.as_str().to_owned();
                }
            }
            self.made.entries.insert(place, Entry::Schema(view));
        }
    }

    /// Returns the pointer of a place.
    fn at(&self, place: Pos) -> Option<&Pointer> {
        let places = &self.doc.places;
        let added = || self.made.added.get_index(place - places.len());
        places.get_index(place).or_else(added)
    }
}

/// Returns the schema that another one extends, if it has no other keyword that says anything of a value.
fn extended(view: &SchemaView) -> Option<Pos> {
    let [Some(member)] = view.keywords.all_of[..] else {
        return None;
    };
    let data = &view.data;
    let bare = SchemaView {
        keywords: Keywords {
            all_of: vec![Some(member)],
            ..Keywords::default()
        },
        data: Annotations {
            nullable: false,
            discriminator: None,
            ..data.clone()
        },
        examples: view.examples.clone(),
        tuple: Vec::new(),
    };
    (bare == *view).then_some(member)
}

/// Adds to a schema what another one says of it that extends it.
fn extend(entry: Entry, outer: SchemaView) -> Entry {
    let Entry::Schema(mut view) = entry else {
        return entry;
    };
    let (data, outer) = (&mut view.data, outer.data);
    data.extensions = outer.extensions;
    data.title = outer.title.or(data.title.take());
    data.description = outer.description.or(data.description.take());
    data.default = outer.default.or(data.default.take());
    data.example = outer.example.or(data.example.take());
    data.external_docs = outer.external_docs.or(data.external_docs.take());
    data.deprecated |= outer.deprecated;
    data.read_only |= outer.read_only;
    data.write_only |= outer.write_only;
    Entry::Schema(view)
}

impl Made {
    /// Puts the schemas into the document. A schema has the losses of the one that it comes from.
    pub(super) fn put(
        self,
        places: &mut IndexSet<Pointer>,
        schemas: &mut Vec<Entry>,
        report: &mut Log,
    ) {
        let mut losses: HashMap<Pos, Vec<Lost>> = HashMap::default();
        for lost in &report.lost {
            let own = places.get_index_of(&lost.at);
            let parent = || places.get_index_of(&lost.at.split()?.0);
            if let Some(pos) = own.or_else(parent) {
                losses.entry(pos).or_default().push(lost.clone());
            }
        }
        places.extend(self.added);
        schemas.resize(places.len(), Entry::Reference(None));
        for (pos, entry) in self.entries {
            schemas[pos] = entry;
        }
        for (place, source) in self.copies {
            for lost in losses.get(&source).into_iter().flatten() {
                let at = places[place].clone();
                report.lost.push(Lost { at, ..lost.clone() });
            }
        }
    }
}
