//! The context of all functions of `understand`.
//!
//! In: the document, the report. Out: [`Cx`]. Not here: decisions.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::keys::{Key, Memo};
use super::merged::Merged;
use crate::document::{Document, Entry, Pos};
use crate::maps::{HashMap, HashSet, IndexMap, IndexSet};
use crate::model::api::{Doc as Text, NameOrigin, Shape, Ty, TypeDef, TypeId, UntypedReason};
use crate::model::origin::Origin;
use crate::report::{Code, Pointer, Report};

/// The state of a key's type.
#[derive(Clone, Debug)]
pub enum Slot {
    /// The type is being built. It gets a definition if it contains itself.
    Pending(Option<TypeId>),
    Done(Ty),
}

pub struct Cx<'a> {
    pub doc: &'a Document,
    pub report: &'a mut Report,
    pub types: Vec<TypeDef>,
    /// The definitions of `components.schemas`. `filled` has those that are complete.
    pub components: Vec<Option<TypeId>>,
    pub filled: HashSet<TypeId>,
    pub slots: Memo<Slot>,
    /// The alternative that a key is reduced to, if there is only one.
    pub same: Memo<Key>,
    /// `None` while the value is being computed.
    pub merged: Memo<Option<Rc<Merged<'a>>>>,
    /// The components that extend a component with a discriminator, by the latter.
    pub subtypes: HashMap<Pos, IndexSet<Pos>>,
    /// The values of a property that the discriminators of bases map to a component, by property and component.
    pub mapped: IndexMap<(&'a str, Pos), BTreeSet<&'a str>>,
    /// Positions at which `document` dropped a keyword that affects the type, with the code of the diagnostic.
    pub lost: HashMap<Pos, Code>,
    /// Positions without a type, because their references form a cycle or are too deep.
    pub broken: HashMap<Pos, Code>,
    pub depth: usize,
    /// Whether the document describes numbers that may also be strings of digits.
    pub reads_digits: bool,
    /// The names of properties whose values are secret.
    pub secrets: BTreeSet<String>,
}

impl<'a> Cx<'a> {
    pub fn new(doc: &'a Document, lost: HashMap<Pos, Code>, report: &'a mut Report) -> Self {
        Self {
            doc,
            report,
            types: Vec::new(),
            components: vec![None; doc.schemas.len()],
            filled: HashSet::default(),
            slots: Memo::new(doc.schemas.len()),
            same: Memo::new(doc.schemas.len()),
            merged: Memo::new(doc.schemas.len()),
            subtypes: HashMap::default(),
            mapped: IndexMap::default(),
            lost,
            broken: HashMap::default(),
            depth: 0,
            reads_digits: false,
            secrets: BTreeSet::new(),
        }
    }

    /// Adds a definition without a shape.
    pub fn reserve(&mut self, at: &Pointer, name_origin: NameOrigin) -> TypeId {
        let shape = Shape::Alias(Ty::Any(UntypedReason::Broken));
        self.types.push(TypeDef {
            at: at.clone(),
            origin: Origin::of(at),
            name_origin,
            doc: Text::default(),
            shape,
        });
        TypeId(self.types.len() - 1)
    }

    pub fn pointer(&self, pos: Pos) -> &'a Pointer {
        let doc = self.doc;
        &doc.places[pos]
    }

    pub fn entry(&self, pos: Pos) -> &'a Entry {
        let doc = self.doc;
        &doc.schemas[pos]
    }

    /// Returns the position that a reference leads to, or `None` if there is none, which has been reported.
    pub fn find(&self, reference: &str) -> Option<Pos> {
        self.doc.places.get_index_of(reference)
    }

    /// Returns whether a position is inside the schema at another one.
    pub fn is_inside(&self, inner: Pos, outer: Pos) -> bool {
        let (inner, outer) = (self.pointer(inner).as_str(), self.pointer(outer).as_str());
        let below = inner.strip_prefix(outer);
        below.is_some_and(|rest| rest.starts_with('/'))
    }

    /// Reports a diagnostic at a position, unless it has been reported before.
    pub fn once(&mut self, code: Code, pos: Pos, text: impl Into<String>) {
        let at = self.pointer(pos);
        self.report.once(code, at, text);
    }

    /// Reports once that a position has no type.
    pub fn broken(&mut self, code: Code, pos: Pos, text: impl Into<String>) {
        self.broken.insert(pos, code);
        self.once(code, pos, text);
    }

    /// Reports a diagnostic at a position.
    pub fn say(&mut self, code: Code, pos: Pos, text: impl Into<String>) {
        let at = self.pointer(pos);
        self.report.add(code, at, text);
    }
}
