//! From the document to what the service means.
//!
//! In: a [`Doc`] and what is selected of it. Out: an [`Api`] and its [`Census`]; what cannot be said in it is looser or missing, each with a diagnostic.
//! Not here: Rust words, JSON pointers to lines, detection of pagination (see `paging`).
//!
//! A *position* is a place in the document where a schema stands, known by its index in [`Doc::schemas`]. A [`Key`] is
//! what a type is built from: one position, or several whose constraints hold together. Each key is built once.

pub mod census;
mod client;
mod cycles;
mod enums;
mod examples;
mod fit;
mod info;
mod inherit;
mod limits;
mod lost;
mod merge;
mod note;
mod operation;
mod paging;
mod place;
mod prune;
mod reach;
mod refs;
mod scalar;
mod schema;
pub mod select;
mod share;
mod tags;
#[cfg(test)]
mod tests;
mod union;
mod views;

use std::borrow::Cow;
use std::rc::Rc;

use census::Census;
use openapiv3::ReferenceOr;

use crate::document::{Doc, Entry, Pos};
use crate::maps::{HashMap, HashSet, IndexSet};
use crate::model::api::{Api, Doc as Text, Shape, Skipped, Ty, TypeDef, TypeId, Wanted, Why};
use crate::report::{Code, Pointer, Report};
use crate::understand::merge::Merged;
use select::Selection;

/// Beyond this many schemas inside each other, one is not looked into.
const MAX_DEPTH: usize = 100;

/// A position whose constraints hold, without its first `skip` unions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Part {
    pos: Pos,
    skip: usize,
}

/// What a type is built from.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Key {
    One(Pos),
    /// All of these hold. Never empty; the last one says most about this place.
    All(Rc<[Part]>),
}

impl Key {
    /// All of these parts.
    fn all(parts: Vec<Part>) -> Self {
        match *parts {
            [Part { pos, skip: 0 }] => Self::One(pos),
            _ => Self::All(parts.into()),
        }
    }

    fn parts(&self) -> Cow<'_, [Part]> {
        match self {
            Self::One(pos) => Cow::Owned(vec![Part { pos: *pos, skip: 0 }]),
            Self::All(parts) => Cow::Borrowed(parts),
        }
    }

    /// The position, where there is just one.
    fn single(&self) -> Option<Pos> {
        match self {
            Self::One(pos) => Some(*pos),
            Self::All(_) => None,
        }
    }

    /// The position that stands for the key in messages.
    fn at(&self) -> Pos {
        match self {
            Self::One(pos) => *pos,
            Self::All(parts) => parts.last().map_or(0, |part| part.pos),
        }
    }
}

/// Something known of keys. Most keys are positions, and go without a hash.
struct Memo<T> {
    one: Vec<Option<T>>,
    all: HashMap<Key, T>,
}

impl<T> Memo<T> {
    fn new(positions: usize) -> Self {
        Self {
            one: std::iter::repeat_with(|| None).take(positions).collect(),
            all: HashMap::default(),
        }
    }

    fn get(&self, key: &Key) -> Option<&T> {
        match key {
            Key::One(pos) => self.one[*pos].as_ref(),
            Key::All(_) => self.all.get(key),
        }
    }

    fn set(&mut self, key: &Key, value: T) {
        match key {
            Key::One(pos) => self.one[*pos] = Some(value),
            Key::All(_) => drop(self.all.insert(key.clone(), value)),
        }
    }
}

/// How far the type of a key is.
#[derive(Clone, Debug)]
enum Slot {
    /// Being built. It gets a definition if it turns out to contain itself.
    Pending(Option<TypeId>),
    Done(Ty),
}

/// What all functions of this stage share.
struct Cx<'a> {
    doc: &'a Doc,
    report: &'a mut Report,
    types: Vec<TypeDef>,
    /// The definitions of `components.schemas`, and whether they are complete.
    components: Vec<Option<TypeId>>,
    filled: HashSet<TypeId>,
    slots: Memo<Slot>,
    /// What keys that leave one alternative only stand for.
    same: Memo<Key>,
    /// `None` while it is being made.
    merged: Memo<Option<Rc<Merged<'a>>>>,
    /// The components that extend a component with a discriminator, by that component.
    heirs: HashMap<Pos, IndexSet<Pos>>,
    /// Positions that have been reported: aliases of themselves, defaults that do not fit.
    cycles: HashSet<Pos>,
    unfit: HashSet<Pos>,
    contradictions: HashSet<Pos>,
    /// Positions of which earlier stages left out a part that makes a type.
    lost: HashMap<Pos, Code>,
    skipped: Vec<Skipped>,
    /// Places outside of schemas that have been reported, since many operations share them.
    said: HashSet<Pointer>,
    depth: usize,
}

/// Builds the model of what is selected of the service.
pub fn run(doc: &Doc, selection: &Selection, report: &mut Report) -> (Api, Census) {
    let api = build(doc, selection, report);
    let api = paging::run(api, report);
    let reached = |roots: &[&Pointer]| reach::reached(doc, roots);
    let shared = |roots: &[&Pointer]| reach::shared(doc, roots);
    let api = prune::run(api, selection, reached, shared, report);
    let api = share::run(views::run(api));
    let census = census::run(&api, report);
    (api, census)
}

/// Builds the model of the service, whole; of operations that are not selected, nothing is said.
fn build(doc: &Doc, selection: &Selection, report: &mut Report) -> Api {
    let (lost, skipped) = (lost::positions(doc, report), lost::operations(report));
    let mut cx = Cx {
        doc,
        report,
        types: Vec::new(),
        components: vec![None; doc.schemas.len()],
        filled: HashSet::default(),
        slots: Memo::new(doc.schemas.len()),
        same: Memo::new(doc.schemas.len()),
        merged: Memo::new(doc.schemas.len()),
        heirs: HashMap::default(),
        cycles: HashSet::default(),
        unfit: HashSet::default(),
        contradictions: HashSet::default(),
        lost,
        skipped,
        said: HashSet::default(),
        depth: 0,
    };
    client::check(&mut cx);
    cx.heirs = inherit::heirs(&mut cx);
    components(&mut cx);
    let client = client::settings(&mut cx);
    let schemes = operation::schemes(&mut cx);
    let (ops, resources) = operation::run(&mut cx, &schemes, selection);
    let examples = examples::run(&mut cx);
    cycles::break_aliases(&mut cx.types);
    cycles::break_unions(&mut cx.types, cx.report);
    Api {
        info: info::info(doc),
        client,
        base_url: operation::base_url(&mut cx),
        resources,
        types: std::mem::take(&mut cx.types),
        schemes,
        ops,
        examples,
        skipped: std::mem::take(&mut cx.skipped),
    }
}

/// Reserves a definition for each schema of the components, in their order, and then completes them.
fn components(cx: &mut Cx) {
    let doc = cx.doc;
    let named: Vec<(Pos, &Pointer)> = doc
        .places
        .iter()
        .enumerate()
        .filter_map(|(pos, at)| place::component_key(at).map(|_| (pos, at)))
        .collect();
    for &(pos, at) in &named {
        let given = match &doc.schemas[pos] {
            Entry::Schema(view) => client::schema_name(view),
            Entry::Reference(_) => None,
        };
        let wanted = given.map_or_else(
            || Wanted::Component(place::component_name(at)),
            Wanted::Given,
        );
        let id = cx.reserve(at, wanted);
        cx.components[pos] = Some(id);
    }
    for (pos, _) in named {
        schema::component(cx, pos);
    }
}

impl<'a> Cx<'a> {
    /// A definition whose shape is not known yet.
    fn reserve(&mut self, at: &Pointer, wanted: Wanted) -> TypeId {
        let shape = Shape::Alias(Ty::Any(Why::Broken));
        self.types.push(TypeDef {
            at: at.clone(),
            wanted,
            doc: Text::default(),
            shape,
        });
        TypeId(self.types.len() - 1)
    }

    fn pointer(&self, pos: Pos) -> &'a Pointer {
        let doc = self.doc;
        &doc.places[pos]
    }

    fn entry(&self, pos: Pos) -> &'a Entry {
        let doc = self.doc;
        &doc.schemas[pos]
    }

    /// The position that a reference names. `None`: it has been reported that there is none.
    fn find(&self, reference: &str) -> Option<Pos> {
        self.doc.places.get_index_of(reference)
    }

    /// The position of a schema that stands outside of the table.
    fn child<T>(&self, child: &ReferenceOr<T>) -> Option<Pos> {
        match child {
            ReferenceOr::Reference { reference } => self.find(reference),
            ReferenceOr::Item(_) => None,
        }
    }

    /// Says something about a position.
    fn say(&mut self, code: Code, pos: Pos, text: impl Into<String>) {
        let at = self.pointer(pos);
        self.report.add(code, at, text);
    }
}
