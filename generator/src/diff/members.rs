//! Fields, variants and methods that are gone, new or different.
//!
//! In: an item of both crates, and the methods of operations. Out: changes. Not here: the items themselves (see `items`).

use std::collections::{BTreeMap, BTreeSet};

use super::change::{Aspect, Change, Kind};
use super::collector::Changes;
use super::facts::{Pair, facts, renamed};
use super::pairs::{self, Pairs};
use super::types::{Relation, Types};
use crate::surface::{Code, Item, ItemKind, Member, Request, Surface};

/// Compares the methods of operations. Returns the modules that lose or rename some.
pub fn operations(
    changes: &mut Changes,
    old: &Surface,
    new: &Surface,
    pairs: &Pairs,
    types: &Types,
) -> BTreeSet<String> {
    let mut lost = BTreeSet::new();
    let path = |(item, member): &(String, String)| format!("{item}{member}");
    for from in pairs::operations(old).into_keys() {
        let Some(to) = pairs.methods.get(&from) else {
            lost.insert(old.items[&from.0].module.clone());
            changes.removed(&path(&from), "is gone");
            continue;
        };
        let paths = (path(&from), path(to));
        let paths = (paths.0.as_str(), paths.1.as_str());
        let members = (
            &old.items[&from.0].members[&from.1],
            &new.items[&to.0].members[&to.1],
        );
        // The new name of a resource stands for those of its methods.
        let is_moved = pairs.items.get(&from.0) != Some(&to.0);
        if is_moved || from.1 != to.1 {
            lost.insert(old.items[&from.0].module.clone());
            renamed(changes, paths);
        }
        let returned = pairs.call(old, &from).zip(pairs::call(new, to));
        let is_same_call = returned.is_some_and(|(old, new)| old == new);
        compare(changes, paths, members, types, is_same_call);
    }
    let known: BTreeSet<&(String, String)> = pairs.methods.values().collect();
    for to in pairs::operations(new)
        .into_keys()
        .filter(|to| !known.contains(to))
    {
        changes.added(Kind::Additive, &path(&to), "is new");
    }
    lost
}

/// Compares the other members of an item.
pub fn run(changes: &mut Changes, pair: &Pair, types: &Types) {
    let ((from, old), (to, new)) = (pair.old, pair.new);
    let counterparts = counterparts(old, new);
    let path = |item: &str, name: &str| format!("{item}{name}");
    for (name, member) in own(old) {
        let Some(other) = counterparts.get(name) else {
            changes.removed(&path(from, name), "is gone");
            continue;
        };
        let paths = (path(from, name), path(to, other));
        let paths = (paths.0.as_str(), paths.1.as_str());
        if name != *other {
            renamed(changes, paths);
        }
        compare(changes, paths, (member, &new.members[*other]), types, false);
    }
    let known: BTreeSet<&str> = counterparts.into_values().collect();
    for (name, _) in own(new).filter(|(name, _)| !known.contains(name)) {
        let is_listed = new.is_exhaustive && new.kind != ItemKind::Foreign;
        let (kind, text) = match name.starts_with('.') || is_variant(name) {
            true if is_listed => (Kind::Breaking, "is new, and code may list all others"),
            true | false => (Kind::Additive, "is new"),
        };
        changes.added(kind, &path(to, name), text);
    }
}

/// Returns the members of an item that are no operations, and do not lead to resources: these come and go with operations.
fn own(item: &Item) -> impl Iterator<Item = (&str, &Member)> {
    let is_accessor = |member: &Member| {
        let is_owner = match item.kind {
            ItemKind::Resource => true,
            ItemKind::Foreign => item.name == "Client",
            ItemKind::Struct | ItemKind::Enum | ItemKind::Alias(_) => false,
        };
        is_owner && member.signature.arguments.is_empty()
    };
    let members = item.members.iter();
    let members = members.filter(move |(_, it)| it.request.is_none() && !is_accessor(it));
    members.map(|(name, member)| (name.as_str(), member))
}

fn is_variant(name: &str) -> bool {
    name.trim_start_matches(':')
        .starts_with(|c: char| c.is_ascii_uppercase())
}

/// Returns the new member of each old one that has one: by name, else by what it is in JSON.
fn counterparts<'a>(old: &'a Item, new: &'a Item) -> BTreeMap<&'a str, &'a str> {
    let mut found: BTreeMap<&str, &str> = BTreeMap::new();
    for (name, _) in own(old) {
        if let Some((name, _)) = new.members.get_key_value(name) {
            found.insert(name, name);
        }
    }
    let is_free =
        |(name, member): &(&'a str, &'a Member)| member.wire.is_some() && !found.contains_key(name);
    let by_wire: BTreeMap<&str, &str> = own(new)
        .filter(is_free)
        .filter_map(|(name, member)| Some((member.wire.as_deref()?, name)))
        .collect();
    let renamed: Vec<(&str, &str)> = own(old)
        .filter(is_free)
        .filter_map(|(name, member)| Some((name, *by_wire.get(member.wire.as_deref()?)?)))
        .collect();
    found.extend(renamed);
    found
}

fn compare(
    changes: &mut Changes,
    paths: (&str, &str),
    (old, new): (&Member, &Member),
    types: &Types,
    is_same_call: bool,
) {
    let before = changes.0.len();
    arguments(changes, paths, (old, new), types);
    let ty = (&old.signature.ty, &new.signature.ty);
    let is_same = match ty {
        _ if is_same_call => true,
        (Some(old), Some(new)) => types.relation(old, new) == Relation::Same,
        (None, None) => true,
        (Some(_), None) | (None, Some(_)) => false,
    };
    if !is_same {
        let is_method = !paths.1.contains('.') && !is_variant(last(paths.1));
        let (aspect, verb) = match is_method {
            true => (Aspect::Returns, "returns"),
            false => (Aspect::Type, "is"),
        };
        let show = |ty: &Option<Code>| ty.as_ref().map_or("nothing".into(), |ty| format!("`{ty}`"));
        let text = format!("{verb} {} instead of {}", show(ty.1), show(ty.0));
        changes.changed(Kind::Breaking, aspect, paths, text);
    }
    if let (Some(from), Some(to)) = (&old.wire, &new.wire)
        && from != to
    {
        let text = format!("is `{to}` in JSON instead of `{from}`");
        changes.changed(Kind::Breaking, Aspect::Json, paths, text);
    }
    if let (Some(old), Some(new)) = (&old.request, &new.request) {
        request(changes, paths, old, new);
    }
    let is_changed = changes.0.len() > before;
    facts(changes, paths, (&old.facts, &new.facts), is_changed);
}

/// The last segment of a path.
fn last(path: &str) -> &str {
    path.rsplit(':').next().unwrap_or(path)
}

fn request(changes: &mut Changes, paths: (&str, &str), old: &Request, new: &Request) {
    let line = |request: &Request| format!("`{} {}`", request.method, request.path);
    if (&old.method, old.shape()) != (&new.method, new.shape()) {
        let text = format!("sends {} instead of {}", line(new), line(old));
        changes.changed(Kind::Documentation, Aspect::Request, paths, text);
    }
    // No alternatives are one without credentials.
    let alternatives = |auth: &BTreeSet<BTreeSet<String>>| match auth.is_empty() {
        true => BTreeSet::from([BTreeSet::new()]),
        false => auth.clone(),
    };
    let (before, after) = (alternatives(&old.auth), alternatives(&new.auth));
    if before == after {
        return;
    }
    let suffices = |given: &BTreeSet<String>| after.iter().any(|needed| needed.is_subset(given));
    let list = |all: &BTreeSet<BTreeSet<String>>| {
        let names = all.iter().map(|one| match one.is_empty() {
            true => "no credentials".to_owned(),
            false => one
                .iter()
                .map(|name| format!("`{name}`"))
                .collect::<Vec<_>>()
                .join(" with "),
        });
        names.collect::<Vec<_>>().join(", or ")
    };
    let kind = match before.iter().all(suffices) {
        true => Kind::Additive,
        false => Kind::Breaking,
    };
    let text = format!("needs {} instead of {}", list(&after), list(&before));
    changes.changed(kind, Aspect::Credentials, paths, text);
}

/// Compares the arguments of a method.
fn arguments(
    changes: &mut Changes,
    paths: (&str, &str),
    (old, new): (&Member, &Member),
    types: &Types,
) {
    let (before, after) = (&old.signature.arguments, &new.signature.arguments);
    let item = |path: &str, name: &str| format!("{path}({name})");
    if have_same_places(old, new) {
        for ((name, old), (other, new)) in before.iter().zip(after) {
            let (from, to) = (item(paths.0, name), item(paths.1, other));
            argument(changes, (&from, &to), types, (old, new));
        }
        return;
    }
    let (from, to) = (names(before), names(after));
    let mut all = Changes::default();
    for name in from.iter().filter(|name| !to.contains(name)) {
        all.removed(&item(paths.0, name), "is gone");
    }
    for name in to.iter().filter(|name| !from.contains(name)) {
        all.added(Kind::Breaking, &item(paths.1, name), "is a new argument");
    }
    for (name, old) in before {
        if let Some((_, new)) = after.iter().find(|(other, _)| other == name) {
            let (from, to) = (item(paths.0, name), item(paths.1, name));
            argument(&mut all, (&from, &to), types, (old, new));
        }
    }
    let kept = |all: &[&str], others: &[&str]| -> Vec<String> {
        let kept = all.iter().filter(|name| others.contains(name));
        kept.map(|name| (*name).to_owned()).collect()
    };
    if kept(&from, &to) != kept(&to, &from) {
        let text = format!("takes `{}` in this order", to.join("`, `"));
        all.changed(Kind::Breaking, Aspect::Arguments, paths, text);
    }
    changes.0.extend(all.0.into_iter().map(|change| Change {
        aspect: Aspect::Arguments,
        ..change
    }));
}

fn names(arguments: &[(String, Code)]) -> Vec<&str> {
    arguments.iter().map(|(name, _)| name.as_str()).collect()
}

/// Returns whether each argument means what the one at its place meant. A setter has one argument, and the path of a request says which is
/// which: their names are of no consequence. Others must have the same names.
fn have_same_places(old: &Member, new: &Member) -> bool {
    let (from, to) = (
        names(&old.signature.arguments),
        names(&new.signature.arguments),
    );
    if from.len() != to.len() {
        return false;
    }
    let is_setter = old.request.is_none() && from.len() == 1;
    let in_path = |member: &Member| member.request.as_ref().map_or(0, |it| it.shape().1);
    let in_both = in_path(old).min(in_path(new));
    let mut pairs = from.iter().zip(&to).enumerate();
    pairs.all(|(at, (old, new))| {
        let is_free = is_setter || at < in_both;
        old == new || (is_free && !to.contains(old) && !from.contains(new))
    })
}

fn argument(changes: &mut Changes, paths: (&str, &str), types: &Types, (old, new): (&Code, &Code)) {
    let (kind, text) = match types.relation(old, new) {
        Relation::Same => return,
        Relation::Wider => (Kind::Additive, format!("takes `{new}` instead of `{old}`")),
        Relation::Other => (Kind::Breaking, format!("takes `{new}` instead of `{old}`")),
    };
    changes.changed(kind, Aspect::Arguments, paths, text);
}
