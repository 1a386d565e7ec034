//! Leaves out operations that are not wanted, and what only they need.
//!
//! In: an [`Api`] and a [`Selection`]. Out: the same with fewer operations and types, which are numbered anew; findings that
//! earlier stages made in operations and schemas that are gone are dropped, since nobody asked for these. Methods are called
//! as in the whole client. Without a selection nothing is pruned: a type that no operation mentions is still a part of the
//! service. Not here: patterns (see `select`).

use std::collections::{BTreeMap, BTreeSet};

use crate::model::api::{Api, Op, Owner, Skipped, TypeId, Wanted};
use crate::model::uses::{self, mentions, neighbours, op_types};
use crate::report::{Code, Diagnostic, Input, Level, Pointer, Report, nearest};
use crate::understand::select::{By, Selection, Selector, Unselected};

/// Keeps what is selected.
pub fn run(
    mut api: Api,
    selection: &Selection,
    unselected: &[Unselected],
    reached: impl FnOnce(&[&Pointer]) -> Vec<Pointer>,
    shared: impl FnOnce(&[&Pointer]) -> Vec<Pointer>,
    report: &mut Report,
) -> Api {
    if selection.is_empty() {
        return api;
    }
    unmatched(&api, unselected, selection, report);
    let mut gone: BTreeSet<Pointer> = unselected.iter().map(|op| op.at.clone()).collect();
    api.skipped.retain(|op| {
        let wanted = Seen::skipped(op).is_wanted(selection);
        if !wanted {
            gone.insert(op.at.clone());
        }
        wanted
    });
    let kept_types = types(&api);
    renumber(&mut api, &kept_types);
    let gone = Gone::new(&api, gone, reached, shared);
    report.retain(|found| !gone.holds(found));
    api.examples.retain(|example| !gone.is_about(&example.at));
    api
}

/// What a selector sees of an operation.
struct Seen<'a> {
    tags: &'a [String],
    path: String,
    id: &'a str,
}

impl<'a> Seen<'a> {
    fn op(op: &'a Op) -> Self {
        Self {
            tags: &op.tags,
            path: path(&op.at),
            id: &op.id,
        }
    }

    fn skipped(op: &'a Skipped) -> Self {
        Self {
            tags: &op.tags,
            path: path(&op.at),
            id: &op.id,
        }
    }

    fn unselected(op: &'a Unselected) -> Self {
        Self {
            tags: &op.tags,
            path: path(&op.at),
            id: &op.id,
        }
    }

    fn matches(&self, selector: &Selector) -> bool {
        selector.selects(self.tags, &self.path, self.id)
    }

    fn is_wanted(&self, selection: &Selection) -> bool {
        selection.wants(self.tags, &self.path, self.id)
    }
}

/// The path of the operation at `#/paths/..`.
fn path(at: &Pointer) -> String {
    at.keys().nth(1).unwrap_or_default()
}

/// A selector that matches nothing is a mistake.
fn unmatched(api: &Api, unselected: &[Unselected], selection: &Selection, report: &mut Report) {
    let all: Vec<Seen> = (api.ops.iter().map(Seen::op))
        .chain(api.skipped.iter().map(Seen::skipped))
        .chain(unselected.iter().map(Seen::unselected))
        .collect();
    for selector in selection.include.iter().chain(&selection.exclude) {
        if all.iter().any(|op| op.matches(selector)) {
            continue;
        }
        let known: BTreeSet<&str> = all
            .iter()
            .flat_map(|op| match selector.by {
                By::Tag => op.tags.iter().map(String::as_str).collect(),
                By::Path => vec![op.path.as_str()],
                By::Id => vec![op.id],
            })
            .collect();
        let by = selector.by.as_str();
        let help = match near(selector, &known) {
            Some(near) => Some(format!("did you mean `{by}:{near}`?")),
            None if by == "tag" && !known.is_empty() && known.len() <= 20 => {
                let known: Vec<&str> = known.into_iter().collect();
                Some(format!("the document has the tags {}", known.join(", ")))
            }
            None => None,
        };
        let at = Pointer::root().child("paths");
        let text = format!("no operation matches `{selector}`");
        report.add(Code::UnmatchedSelector, &at, text).help(help);
    }
}

/// What a pattern may mean: a name, or as much of one as the text before the first `*` or behind the last one is long.
fn near(selector: &Selector, known: &BTreeSet<&str>) -> Option<String> {
    let pattern = selector.pattern.as_str();
    let (Some(first), Some(last)) = (pattern.find('*'), pattern.rfind('*')) else {
        return nearest(pattern, known.iter().copied()).map(str::to_owned);
    };
    let (before, after) = (&pattern[..first], &pattern[last + 1..]);
    let lengths = |text: &str| {
        let length = text.chars().count();
        length.saturating_sub(1).max(1)..=length + 1
    };
    let starts: BTreeSet<String> = known
        .iter()
        .flat_map(|name| lengths(before).map(|length| name.chars().take(length).collect()))
        .collect();
    let ends: BTreeSet<String> = known
        .iter()
        .flat_map(|name| {
            let count = name.chars().count();
            lengths(after)
                .map(move |length| name.chars().skip(count.saturating_sub(length)).collect())
        })
        .collect();
    // Of those that are as near, one that ends alike at the `*`.
    let better = |part: &str, parts: &BTreeSet<String>, edge: fn(&str) -> Option<char>| {
        let (alike, others): (Vec<&str>, Vec<&str>) = parts
            .iter()
            .map(String::as_str)
            .partition(|other| edge(other) == edge(part));
        let near = nearest(part, alike.into_iter().chain(others));
        near.filter(|_| !part.is_empty()).map(str::to_owned)
    };
    let candidates = [
        better(before, &starts, |text| text.chars().next_back())
            .map(|start| start + &pattern[first..]),
        better(after, &ends, |text| text.chars().next())
            .map(|end| format!("{}{end}", &pattern[..=last])),
    ];
    let matches = |candidate: &String| {
        let pattern = candidate.clone();
        let candidate = Selector {
            pattern,
            ..selector.clone()
        };
        known.iter().any(|name| candidate.matches(name))
    };
    candidates.into_iter().flatten().find(matches)
}

/// By id: the type itself, if an operation mentions it, or a type that an operation mentions.
fn types(api: &Api) -> Vec<Option<TypeId>> {
    let mut seen = vec![false; api.types.len()];
    let mut next: Vec<TypeId> = (api.ops.iter())
        .flat_map(|op| op_types(op, |_| true))
        .collect();
    while let Some(id) = next.pop() {
        if std::mem::replace(&mut seen[id.0], true) {
            continue;
        }
        next.extend(neighbours(api, id));
        match &api.types[id.0].wanted {
            // Its name begins with that of the type that it stands in.
            Wanted::Under(Owner::Type(other), _) | Wanted::View(other) => next.push(*other),
            Wanted::Under(Owner::Op(_), _)
            | Wanted::Given(_)
            | Wanted::Component(_)
            | Wanted::Shared(..) => {}
        }
    }
    let seen = seen.into_iter().enumerate();
    seen.map(|(index, seen)| seen.then_some(TypeId(index)))
        .collect()
}

/// Drops what is not kept, and gives the rest new ids.
fn renumber(api: &mut Api, types: &[Option<TypeId>]) {
    api.examples.retain(|example| {
        let mut found = Vec::new();
        mentions(&example.ty, false, &mut found);
        found.iter().all(|(id, _)| types[id.0].is_some())
    });
    uses::renumber(api, types);
}

/// What findings nobody wants to hear of.
struct Gone {
    /// Whether an operation is gone, by its path and its place.
    ops: BTreeMap<String, BTreeMap<String, bool>>,
    /// The schemas of the components that are still needed.
    components: BTreeSet<String>,
    /// What else of them is.
    parts: BTreeSet<String>,
}

impl Gone {
    fn new(
        api: &Api,
        gone: BTreeSet<Pointer>,
        reached: impl FnOnce(&[&Pointer]) -> Vec<Pointer>,
        shared: impl FnOnce(&[&Pointer]) -> Vec<Pointer>,
    ) -> Self {
        let mut ops: BTreeMap<String, BTreeMap<String, bool>> = BTreeMap::new();
        let skipped = api.skipped.iter().map(|op| &op.at);
        let kept: Vec<&Pointer> = api.ops.iter().map(|op| &op.at).chain(skipped).collect();
        let parts = shared(&kept).iter().filter_map(shared_part).collect();
        for (at, is_gone) in gone
            .iter()
            .map(|at| (at, true))
            .chain(kept.into_iter().map(|at| (at, false)))
        {
            let operation = at.operation().unwrap_or_default();
            ops.entry(path(at))
                .or_default()
                .insert(operation.to_owned(), is_gone);
        }
        let roots: Vec<&Pointer> = (api.ops.iter().map(|op| &op.at))
            .chain(api.types.iter().map(|def| &def.at))
            .collect();
        let components = reached(&roots).iter().filter_map(component).collect();
        Self {
            ops,
            components,
            parts,
        }
    }

    /// Errors stay, and so does what is about neither an operation nor a schema.
    fn holds(&self, found: &Diagnostic) -> bool {
        if found.level == Level::Error || found.input != Input::Document {
            return false;
        }
        self.is_about(&found.at)
    }

    /// Whether only what is gone has a part at this place.
    fn is_about(&self, at: &Pointer) -> bool {
        if let Some(name) = component(at) {
            return !self.components.contains(&name);
        }
        // Nobody calls them.
        if at.as_str().starts_with("#/webhooks/") {
            return true;
        }
        if shared_part(at).is_some_and(|part| !self.parts.contains(&part)) {
            return true;
        }
        let is_path = at.as_str().starts_with("#/paths/");
        let Some(operations) = self.ops.get(&path(at)).filter(|_| is_path) else {
            return false;
        };
        match at.operation().and_then(|at| operations.get(at)) {
            Some(is_gone) => *is_gone,
            // It is about the path.
            None => operations.values().all(|is_gone| *is_gone),
        }
    }
}

/// What is shared in the components of the document, and a place belongs to: `parameters/limit`.
fn shared_part(at: &Pointer) -> Option<String> {
    if !at.file().is_empty() {
        return None;
    }
    let mut keys = at.keys();
    let (first, section, name) = (keys.next()?, keys.next()?, keys.next()?);
    (first == "components").then(|| format!("{section}/{name}"))
}

/// The key of the schema in the components of the document that a place belongs to.
fn component(at: &Pointer) -> Option<String> {
    if !at.file().is_empty() {
        return None;
    }
    let mut keys = at.keys();
    let (first, second) = (keys.next()?, keys.next()?);
    keys.next()
        .filter(|_| first == "components" && second == "schemas")
}
