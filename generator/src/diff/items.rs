//! Items that are gone, new or different.
//!
//! In: two surfaces, and which of their items are the same. Out: changes. Not here: members (see `members`).

use std::collections::BTreeSet;

use super::change::{Aspect, Kind};
use super::collector::Changes;
use super::facts::{Pair, facts, renamed};
use super::members;
use super::pairs::Pairs;
use super::types::{Relation, Types};
use crate::surface::{Code, Item, ItemKind, Surface};

/// Compares all items.
pub fn run(changes: &mut Changes, old: &Surface, new: &Surface, pairs: &Pairs, types: &Types) {
    let lost = members::operations(changes, old, new, pairs, types);
    for (path, item) in &old.items {
        match pairs.items.get(path) {
            Some(to) => {
                let pair = Pair {
                    old: (path, item),
                    new: (to, &new.items[to]),
                    is_renamed: path != to && !pairs.followers.contains(path),
                };
                compare(changes, &pair, types);
            }
            None if is_own(item, &lost) => changes.removed(path, "is gone"),
            None => {}
        }
    }
    let gained = BTreeSet::new();
    for (path, item) in pairs.unpaired(new) {
        // The old name of a definition may be an alias of the new one.
        if is_own(item, &gained) && !old.items.contains_key(path) {
            changes.added(Kind::Additive, path, "is new");
        }
    }
}

/// Returns whether an item stands for itself. A call, and a reply by status, come and go with the method that returns them, and a
/// resource with its methods.
fn is_own(item: &Item, modules: &BTreeSet<String>) -> bool {
    match item.kind {
        _ if item.module == "types" || item.module.is_empty() => item.kind != ItemKind::Foreign,
        // The errors of an operation, which its signature does not mention.
        ItemKind::Alias(_) => !modules.contains(&item.module),
        ItemKind::Foreign | ItemKind::Resource | ItemKind::Struct | ItemKind::Enum => false,
    }
}

fn compare(changes: &mut Changes, pair: &Pair, types: &Types) {
    let ((_, old), (_, new)) = (pair.old, pair.new);
    let before = changes.0.len();
    if pair.is_renamed {
        renamed(changes, pair.paths());
    }
    match (&old.kind, &new.kind) {
        (ItemKind::Alias(from), ItemKind::Alias(to)) => {
            if types.relation(from, to) != Relation::Same {
                let text = format!("is `{to}` instead of `{from}`");
                changes.changed(Kind::Breaking, Aspect::Type, pair.paths(), text);
            }
        }
        // An equal schema had the definition of what is no alias any more.
        (ItemKind::Alias(from), _) if is_definition(types, from, new) => return,
        (from, to) if word(from) != word(to) => {
            let text = format!("is {} instead of {}", word(to), word(from));
            changes.changed(Kind::Breaking, Aspect::Kind, pair.paths(), text);
            return;
        }
        (_, _) => {}
    }
    if !old.is_exhaustive && new.is_exhaustive || old.is_exhaustive && !new.is_exhaustive {
        // Code may list all members of what is exhaustive, and must not of what is not.
        let (kind, text) = match new.is_exhaustive {
            true => (Kind::Additive, "can be listed completely"),
            false => (Kind::Breaking, "can no longer be listed completely"),
        };
        changes.changed(kind, Aspect::Exhaustive, pair.paths(), text.into());
    }
    traits(changes, pair, types);
    if let (Some(from), Some(to)) = (&old.reply, &new.reply)
        && types.relation(from, to) != Relation::Same
    {
        let text = format!("returns `{to}` instead of `{from}` when it is awaited");
        changes.changed(Kind::Breaking, Aspect::Reply, pair.paths(), text);
    }
    members::run(changes, pair, types);
    let is_changed = changes.0.len() > before;
    facts(changes, pair.paths(), (&old.facts, &new.facts), is_changed);
}

fn is_definition(types: &Types, alias: &Code, item: &Item) -> bool {
    types.old(alias).tokens() == [item.name.clone()]
}

fn word(kind: &ItemKind) -> &'static str {
    match kind {
        ItemKind::Foreign => "a type of the runtime",
        ItemKind::Resource => "a resource",
        ItemKind::Struct => "a struct",
        ItemKind::Enum => "an enum",
        ItemKind::Alias(_) => "an alias",
    }
}

fn traits(changes: &mut Changes, pair: &Pair, types: &Types) {
    let ((_, old), (_, new)) = (pair.old, pair.new);
    let before = old.traits.iter().map(|it| types.old(it));
    let after = new.traits.iter().map(|it| types.new_one(it));
    let (before, after): (BTreeSet<Code>, BTreeSet<Code>) = (before.collect(), after.collect());
    let mut each = |names: Vec<&Code>, kind: Kind, verb: &str| {
        for name in names {
            let text = format!("{verb} `{name}`");
            changes.changed(kind, Aspect::Traits, pair.paths(), text);
        }
    };
    each(
        before.difference(&after).collect(),
        Kind::Breaking,
        "no longer implements",
    );
    each(
        after.difference(&before).collect(),
        Kind::Additive,
        "implements",
    );
}
