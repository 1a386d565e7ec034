//! Which items of two crates are the same.
//!
//! In: two surfaces. Out: [`Pairs`]. Not here: how the items of a pair differ.
//!
//! Items are the same if their paths are. Of the others, resources are the same if their modules are, methods if they send the same
//! request, calls if their methods are, and types if they are made from the same schema.

use std::collections::{BTreeMap, BTreeSet};

use super::types::simple_name;
use crate::surface::{Item, ItemKind, Request, Surface};

/// The items of the new crate by those of the old one.
#[derive(Debug, Default)]
pub struct Pairs {
    /// Paths of items.
    pub items: BTreeMap<String, String>,
    /// Methods of operations: the item and the member.
    pub methods: BTreeMap<(String, String), (String, String)>,
}

impl Pairs {
    /// Returns the new items that have no old one.
    pub fn unpaired<'a>(&self, new: &'a Surface) -> impl Iterator<Item = (&'a str, &'a Item)> {
        let known: BTreeSet<&String> = self.items.values().collect();
        let new = new.items.iter();
        let unpaired = new.filter(move |(path, _)| !known.contains(path));
        let unpaired: Vec<_> = unpaired.map(|(path, item)| (path.as_str(), item)).collect();
        unpaired.into_iter()
    }
}

/// The methods of operations, by item and member.
pub fn operations(surface: &Surface) -> BTreeMap<(String, String), &Request> {
    let members = surface.items.iter().flat_map(|(path, item)| {
        let members = item.members.iter();
        members.filter_map(move |(name, member)| {
            Some(((path.clone(), name.clone()), member.request.as_ref()?))
        })
    });
    members.collect()
}

pub fn run(old: &Surface, new: &Surface) -> Pairs {
    let mut pairs = Pairs::default();
    for path in old
        .items
        .keys()
        .filter(|path| new.items.contains_key(*path))
    {
        pairs.items.insert(path.clone(), path.clone());
    }
    resources(&mut pairs, old, new);
    methods(&mut pairs, old, new);
    calls(&mut pairs, old, new);
    schemas(&mut pairs, old, new);
    pairs
}

/// A module has one resource at most.
fn resources(pairs: &mut Pairs, old: &Surface, new: &Surface) {
    let resources = |surface: &Surface| -> BTreeMap<String, String> {
        let items = surface.items.iter();
        let resources = items.filter(|(_, item)| item.kind == ItemKind::Resource);
        resources
            .map(|(path, item)| (item.module.clone(), path.clone()))
            .collect()
    };
    let new = resources(new);
    for (module, path) in resources(old) {
        if let Some(to) = new.get(&module) {
            pairs.items.insert(path, to.clone());
        }
    }
}

fn methods(pairs: &mut Pairs, old: &Surface, new: &Surface) {
    let (old, mut left) = (operations(old), operations(new));
    let mut unmatched = Vec::new();
    for ((item, member), request) in &old {
        let at = (
            pairs.items.get(item).unwrap_or(item).clone(),
            member.clone(),
        );
        // A method of another operation with the name of this one is no counterpart, if this one is still there.
        match left.get(&at).is_some_and(|it| is_same(it, request)) {
            true => {
                left.remove(&at);
                pairs.methods.insert((item.clone(), member.clone()), at);
            }
            false => unmatched.push(((item.clone(), member.clone()), *request)),
        }
    }
    let mut by_request: BTreeMap<(&str, String), Vec<(String, String)>> = BTreeMap::new();
    for (at, request) in &left {
        let found = by_request
            .entry((&request.method, request.shape().0))
            .or_default();
        found.push(at.clone());
    }
    let mut rest = Vec::new();
    let mut taken = BTreeSet::new();
    for (from, request) in unmatched {
        let found = by_request.get_mut(&(&*request.method, request.shape().0));
        match found.and_then(|found| (!found.is_empty()).then(|| found.remove(0))) {
            Some(to) => {
                taken.insert(to.clone());
                pairs.methods.insert(from, to);
            }
            None => rest.push(from),
        }
    }
    // What is left has another request, but perhaps the same name.
    for (item, member) in rest {
        let at = (
            pairs.items.get(&item).unwrap_or(&item).clone(),
            member.clone(),
        );
        if left.contains_key(&at) && taken.insert(at.clone()) {
            pairs.methods.insert((item, member), at);
        }
    }
}

fn is_same(a: &Request, b: &Request) -> bool {
    a.method == b.method && a.shape() == b.shape()
}

/// The types of calls follow their methods.
fn calls(pairs: &mut Pairs, old: &Surface, new: &Surface) {
    for ((item, member), (to_item, to_member)) in &pairs.methods {
        let call = |surface: &Surface, item: &str, member: &str| {
            let item = surface.items.get(item)?;
            let returned = item.members.get(member)?.signature.ty.as_ref()?;
            let path = match item.module.is_empty() {
                // The methods of the client itself have their calls in its module.
                true => format!("client::{}", simple_name(returned)?),
                false => format!("{}::{}", item.module, simple_name(returned)?),
            };
            surface.items.contains_key(&path).then_some(path)
        };
        if let (Some(from), Some(to)) = (call(old, item, member), call(new, to_item, to_member)) {
            pairs.items.insert(from, to);
        }
    }
}

/// Types whose schemas are at the same place.
fn schemas(pairs: &mut Pairs, old: &Surface, new: &Surface) {
    let mut taken: BTreeSet<String> = pairs.items.values().cloned().collect();
    for path in old.items.keys() {
        if pairs.items.contains_key(path) {
            continue;
        }
        let found = new.places.counterpart(path, &old.places);
        if let Some(to) = found.filter(|to| new.items.contains_key(*to)) {
            if taken.insert(to.to_owned()) {
                pairs.items.insert(path.clone(), to.to_owned());
            }
        }
    }
}
