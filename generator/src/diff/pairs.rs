//! Which items of two crates are the same.
//!
//! In: two surfaces. Out: [`Pairs`]. Not here: how the items of a pair differ.
//!
//! Items are the same if their paths are. Of the others, resources are the same if their modules are, methods if they send the same
//! request, calls if their methods are, and types if they are made from the same schema. Equal schemas have one definition, and aliases
//! of it: another one may have it now.

use std::collections::{BTreeMap, BTreeSet};

use crate::surface::{Item, ItemKind, Request, Surface};

/// The items of the new crate by those of the old one.
#[derive(Debug, Default)]
pub struct Pairs {
    /// Paths of items.
    pub items: BTreeMap<String, String>,
    /// The old paths of items whose new name is no change: calls of methods with another name, and definitions whose name is an alias now.
    pub followers: BTreeSet<String>,
    /// Methods of operations: the item and the member.
    pub methods: BTreeMap<(String, String), (String, String)>,
}

impl Pairs {
    /// Returns the new path of the type of an old method's call.
    pub fn call(&self, old: &Surface, method: &(String, String)) -> Option<String> {
        self.items.get(&call(old, method)?).cloned()
    }

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
    definitions(&mut pairs, old, new);
    pairs
}

/// Definitions whose names are aliases now, of a definition whose name was none.
fn definitions(pairs: &mut Pairs, old: &Surface, new: &Surface) {
    let is_alias = |item: &Item| matches!(item.kind, ItemKind::Alias(_));
    let mut found = BTreeMap::new();
    for (path, item) in old.items.iter().filter(|(_, item)| !is_alias(item)) {
        let Some(target) = definition(new, path) else {
            continue;
        };
        // If it was a definition before, two types have become one, which code may tell apart.
        if old.items.get(&target).is_none_or(is_alias) {
            found
                .entry(target)
                .or_insert_with(Vec::new)
                .push((path, item));
        }
    }
    for (target, sources) in found {
        if let [(path, _)] = sources[..] {
            pairs.items.insert(path.clone(), target);
            pairs.followers.insert(path.clone());
        }
    }
}

/// Returns the path of the definition that an alias leads to.
fn definition(surface: &Surface, path: &str) -> Option<String> {
    let mut at = path.to_owned();
    // Aliases of the generator make no circle.
    for _ in 0..surface.items.len() {
        let ItemKind::Alias(target) = &surface.items.get(&at)?.kind else {
            return (at != path).then_some(at);
        };
        at = format!("types::{}", target.simple_name()?);
    }
    None
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

/// Returns the path of the type of a method's call, if it has one of its own.
pub fn call(surface: &Surface, (item, member): &(String, String)) -> Option<String> {
    let item = surface.items.get(item)?;
    let returned = item.members.get(member)?.signature.ty.as_ref()?;
    let name = returned.simple_name()?;
    let path = match item.module.is_empty() {
        // The methods of the client itself have their calls in its module.
        true => format!("client::{name}"),
        false => format!("{}::{name}", item.module),
    };
    surface.items.contains_key(&path).then_some(path)
}

/// The types of calls follow their methods.
fn calls(pairs: &mut Pairs, old: &Surface, new: &Surface) {
    for ((item, member), (to_item, to_member)) in &pairs.methods {
        let from = call(old, &(item.clone(), member.clone()));
        let to = call(new, &(to_item.clone(), to_member.clone()));
        if let (Some(from), Some(to)) = (from, to) {
            if member != to_member {
                pairs.followers.insert(from.clone());
            }
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
        if let Some(to) = found.filter(|to| new.items.contains_key(*to))
            && taken.insert(to.to_owned())
        {
            pairs.items.insert(path.clone(), to.to_owned());
        }
    }
}
