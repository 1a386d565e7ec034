//! What of a scope makes a difference to a schema.
//!
//! In: schemas, dynamic references, scopes. Out: [`Needs`]. Not here: what names stand for.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::scope::{Scope, Scopes, is_same_value};
use super::table::Table;
use super::target::References;
use crate::document::position::Pos;
use crate::document::schema::Entry;
use crate::maps::{HashMap, HashSet};

/// The most steps to find out what schemas look for in a scope. It only spares equal types.
const MAX_STEPS: usize = 1_000_000;

/// What each schema, or any schema that it leads to, looks for.
pub(super) struct Needs<'a, 'd> {
    doc: Table<'d>,
    references: &'d References<'a>,
    scopes: &'d Scopes<'a>,
    /// Names, sorted, whatever any name stands for.
    names: Vec<Vec<&'a str>>,
    /// Whether it leads to a schema of the same value that may define names anew.
    anew: Vec<bool>,
    /// The names that a schema looks for in a scope.
    in_scope: HashMap<(Pos, Scope<'a>), BTreeSet<&'a str>>,
    /// What is in scope in a schema that nothing extends.
    own: HashMap<Pos, Rc<Scope<'a>>>,
    steps: usize,
}

impl<'a, 'd> Needs<'a, 'd> {
    pub(super) fn new(
        doc: Table<'d>,
        references: &'d References<'a>,
        scopes: &'d Scopes<'a>,
    ) -> Self {
        let users_of = users(doc, references, |_| true);
        let names = references.anchored.keys().copied();
        let mut nodes: Vec<(&str, Pos)> = names.zip(doc.schemas.len()..).collect();
        nodes.sort_unstable();
        let mut names = vec![Vec::new(); users_of.len()];
        for (name, node) in nodes {
            let mut open = users_of[node].clone();
            while let Some(pos) = open.pop() {
                if names[pos].last() != Some(&name) {
                    names[pos].push(name);
                    open.extend(&users_of[pos]);
                }
            }
        }
        Self {
            doc,
            references,
            scopes,
            names,
            anew: before_anew(doc, references, scopes),
            in_scope: HashMap::default(),
            own: HashMap::default(),
            steps: 0,
        }
    }

    /// Returns whether a schema leads to a dynamic reference.
    pub(super) fn any(&self, pos: Pos) -> bool {
        !self.names[pos].is_empty()
    }

    /// Returns the part of a scope that makes a difference to a schema.
    pub(super) fn part(&mut self, mut scope: Scope<'a>, pos: Pos) -> Scope<'a> {
        let may_need = &self.names[pos];
        (scope.names).retain(|name, _| may_need.binary_search(name).is_ok());
        scope.is_settled &= self.anew[pos];
        if scope.names.is_empty() || self.steps > MAX_STEPS {
            return scope;
        }
        let whole = scope.clone();
        let needed = match self.in_scope.remove(&(pos, whole.clone())) {
            Some(needed) => needed,
            None => self.needed(pos, &scope),
        };
        scope.names.retain(|name, _| needed.contains(name));
        self.in_scope.insert((pos, whole), needed);
        scope
    }

    /// Returns the scope of a schema that nothing extends.
    pub(super) fn own(&mut self, pos: Pos) -> Rc<Scope<'a>> {
        let own = || Rc::new(self.scopes.own(&self.doc.places[pos]));
        Rc::clone(self.own.entry(pos).or_insert_with(own))
    }

    /// Returns the names that a schema looks for in a scope, or in one to which the schemas on the way have added.
    fn needed(&mut self, pos: Pos, scope: &Scope<'a>) -> BTreeSet<&'a str> {
        let mut needed: BTreeSet<&str> = BTreeSet::new();
        let mut added: HashMap<&str, Vec<Pos>> = HashMap::default();
        let mut seen = HashSet::default();
        let mut open = vec![pos];
        while let Some(pos) = open.pop() {
            if !self.any(pos) || !seen.insert(pos) {
                continue;
            }
            self.steps += 1;
            for (&name, &target) in &self.own(pos).names {
                if scope.names.contains_key(name) && !self.scopes.is_redefined(name) {
                    continue;
                }
                added.entry(name).or_default().push(target);
                open.extend(needed.contains(name).then_some(target));
            }
            match (self.references.by_place.get(&pos), &self.doc.schemas[pos]) {
                (Some(reference), _) => {
                    open.extend(reference.initial);
                    let Some(name) = reference.name.filter(|name| needed.insert(name)) else {
                        continue;
                    };
                    open.extend(scope.names.get(name));
                    open.extend(added.get(name).into_iter().flatten());
                }
                (None, Entry::Reference(target)) => open.extend(target),
                (None, Entry::Schema(view)) => open.extend(view.children().flatten()),
            }
        }
        needed
    }
}

/// Returns the schemas that lead to schemas of the same value that may define names anew.
fn before_anew(doc: Table, references: &References, scopes: &Scopes) -> Vec<bool> {
    let users_of = users(doc, references, is_same_value);
    let mut found = vec![false; users_of.len()];
    let places = doc.places.iter().zip(&users_of);
    let places = places.filter(|(at, _)| scopes.defines_anew(at));
    let mut open: Vec<Pos> = places.flat_map(|(_, users)| users).copied().collect();
    while let Some(pos) = open.pop() {
        if !std::mem::replace(&mut found[pos], true) {
            open.extend(&users_of[pos]);
        }
    }
    found
}

/// Returns what leads to each schema, if the children that pass a test count. After all schemas come the names, in their order:
/// references lead to them, and they to the schemas that have them.
fn users(doc: Table, references: &References, test: fn(&str) -> bool) -> Vec<Vec<Pos>> {
    let first = doc.schemas.len();
    let mut users = vec![Vec::new(); first + references.anchored.len()];
    for (pos, entry) in doc.schemas.iter().enumerate() {
        let mut lead = |target: Pos| users[target].push(pos);
        match (references.by_place.get(&pos), entry) {
            (Some(reference), _) => {
                let name = reference.name;
                let node = name.and_then(|name| references.anchored.get_index_of(name));
                node.into_iter().for_each(|node| lead(first + node));
                reference.initial.into_iter().for_each(lead);
            }
            (None, Entry::Reference(target)) => target.iter().copied().for_each(lead),
            (None, Entry::Schema(view)) => {
                let children = view.children().flatten();
                let children = children.filter(|child| test(doc.places[*child].as_str()));
                children.for_each(lead);
            }
        }
    }
    for (node, anchored) in references.anchored.values().enumerate() {
        for &target in anchored {
            users[target].push(first + node);
        }
    }
    users
}
