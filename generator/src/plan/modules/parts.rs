//! The files of the module of types, if these are too many for one file, or some features leave some out.
//!
//! In: the types, their users, their lengths. Out: [`Part`]s: private submodules, whose types their module exports, so no public
//! path depends on any of this. Not here: names, text.
//!
//! Types are grouped by the leading words of the names in the document, and an inline type goes with its owner. A type that
//! comes or goes moves no other, unless a group of types passes a limit; then that group alone moves.

use std::collections::BTreeMap;

use super::Features;
use crate::model::api::{Api, Doc, NameOrigin, Owner, Shape, TypeDef, TypeId};
use crate::model::ty::{is_unnamed, shared_key};
use crate::model::words::Words;
use crate::plan::resources::{Resource, ResourceId};

/// Index of a part in the list of parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PartId(pub usize);

/// A file with types.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    pub gate: Gate,
    /// The words of the document that its types share. Empty: they share only their module.
    pub words: Vec<String>,
    pub types: Vec<TypeId>,
}

/// The features of the emitted crate that compile an item.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gate {
    /// The item is always compiled.
    None,
    /// The feature of any of these resources.
    Any(Vec<ResourceId>),
    /// The feature that enables all others: no resource needs the item.
    All,
}

/// The approximate number of lines above which a file is split.
const LARGE: usize = 3000;

/// The approximate number of lines that justify a separate file, if a module is split.
const SMALL: usize = 250;

/// Returns the parts of the module of types. Types in no part are in its main file.
pub fn parts(
    api: &Api,
    resources: &[Resource],
    users: &[Vec<ResourceId>],
    features: &Features,
) -> Vec<Part> {
    let mut groups: BTreeMap<Gate, Vec<TypeId>> = BTreeMap::new();
    for (index, users) in users.iter().enumerate() {
        if is_unnamed(api, &api.types[index]) {
            continue;
        }
        let gate = match features.resources().is_empty() {
            true => Gate::None,
            false if users.is_empty() => Gate::All,
            false => Gate::Any(users.clone()),
        };
        groups.entry(gate).or_default().push(TypeId(index));
    }
    let mut parts = Vec::new();
    for (gate, types) in groups {
        let lines: usize = types.iter().map(|id| type_lines(&api.types[id.0])).sum();
        let prefix = match &gate {
            Gate::Any(users) => titles(resources, users),
            Gate::None | Gate::All => Vec::new(),
        };
        let mut part = |words, types| {
            parts.push(Part {
                gate: gate.clone(),
                words,
                types,
            });
        };
        match lines <= LARGE {
            true if gate == Gate::None => {}
            true => part(prefix, types),
            false => {
                let types = types.into_iter().map(|id| Unplaced::new(api, id));
                split(types.collect(), prefix, 0, &mut part);
            }
        }
    }
    parts
}

/// The most users that a file is named after.
const NAMED: usize = 3;

/// Returns the words for a file with what several resources use.
fn titles(resources: &[Resource], roots: &[ResourceId]) -> Vec<String> {
    let titles = roots.iter().map(|id| resources[id.0].title());
    let more = roots.len().saturating_sub(NAMED);
    let more = (more > 0).then(|| format!("and {more} more"));
    titles.take(NAMED).chain(more).collect()
}

/// A type without a file yet.
struct Unplaced {
    id: TypeId,
    /// Those of its owner come first.
    words: Words,
    lines: usize,
}

impl Unplaced {
    fn new(api: &Api, id: TypeId) -> Self {
        let mut chain = vec![id];
        let mut roles = Vec::new();
        let outermost = loop {
            let def = &api.types[chain[chain.len() - 1].0];
            match &def.name_origin {
                NameOrigin::Given(name) | NameOrigin::Component(name) => break Words::of(name),
                NameOrigin::View(id) if chain.len() < api.types.len() => chain.push(*id),
                NameOrigin::View(_) => break Words::of(""),
                NameOrigin::Errors(_) => break Words::of("error"),
                NameOrigin::Under(owner, role) => {
                    roles.push(role.text());
                    match owner {
                        Owner::Type(id) if chain.len() < api.types.len() => chain.push(*id),
                        Owner::Type(_) => break Words::of(""),
                        Owner::Webhook(index) => {
                            break Words::of(&api.webhooks.requests[*index].name);
                        }
                        Owner::Op(id) => {
                            let key = shared_key(def);
                            break Words::of(key.unwrap_or(&api.ops[id.0].label));
                        }
                    }
                }
            }
        };
        let inside = roles.into_iter().rev().map(Words::of);
        Self {
            id,
            words: inside.fold(outermost, |outer, role| outer.then(&role)),
            lines: type_lines(&api.types[id.0]),
        }
    }

    /// Returns the word at a depth.
    fn word(&self, depth: usize) -> Option<&str> {
        self.words.iter().nth(depth)
    }
}

fn lines(items: &[Unplaced]) -> usize {
    items.iter().map(|item| item.lines).sum()
}

/// Groups items by their next word, until each group is small enough. Groups that are too small for a file are combined.
fn split(
    items: Vec<Unplaced>,
    prefix: Vec<String>,
    depth: usize,
    part: &mut impl FnMut(Vec<String>, Vec<TypeId>),
) {
    if lines(&items) <= LARGE {
        return finish(prefix, items, part);
    }
    let word = |item: &Unplaced| item.word(depth).map(str::to_owned);
    let (groups, rest) = group_by(items, SMALL, word);
    split_by_letters(rest, &prefix, depth, 0, part);
    for (word, group) in groups {
        split(
            group,
            [prefix.as_slice(), &[word]].concat(),
            depth + 1,
            part,
        );
    }
}

/// Groups the rest of many small groups by initial letters. Letters with few types are joined, unless these are too many in
/// turn.
fn split_by_letters(
    items: Vec<Unplaced>,
    prefix: &[String],
    depth: usize,
    letters: usize,
    part: &mut impl FnMut(Vec<String>, Vec<TypeId>),
) {
    let begins = |item: &Unplaced, letters: usize| {
        let word = item.word(depth)?;
        let (end, last) = word.char_indices().nth(letters.checked_sub(1)?)?;
        Some(word[..end + last.len_utf8()].to_owned())
    };
    let words = |letters: Option<String>| [prefix, letters.as_slice()].concat();
    let shared = items.first().and_then(|item| begins(item, letters));
    if lines(&items) <= LARGE {
        return finish(words(shared), items, part);
    }
    let next = |item: &Unplaced| begins(item, letters + 1);
    let (mut groups, mut rest) = group_by(items, SMALL, next);
    if lines(&rest) > LARGE {
        let (small, left) = group_by(rest, 0, next);
        groups.extend(small);
        rest = left;
    }
    finish(words(shared), rest, part);
    for (_, group) in groups {
        split_by_letters(group, prefix, depth, letters + 1, part);
    }
}

fn finish(
    words: Vec<String>,
    items: Vec<Unplaced>,
    part: &mut impl FnMut(Vec<String>, Vec<TypeId>),
) {
    if !items.is_empty() {
        part(words, items.into_iter().map(|item| item.id).collect());
    }
}

/// Groups by key, in the order of the keys, and a rest without a key or in groups that are too small.
fn group_by(
    items: Vec<Unplaced>,
    least: usize,
    key: impl Fn(&Unplaced) -> Option<String>,
) -> (Vec<(String, Vec<Unplaced>)>, Vec<Unplaced>) {
    let mut groups: BTreeMap<Option<String>, Vec<Unplaced>> = BTreeMap::new();
    for item in items {
        groups.entry(key(&item)).or_default().push(item);
    }
    let (mut large, mut rest) = (Vec::new(), Vec::new());
    for (key, group) in groups {
        match key {
            Some(key) if lines(&group) >= least => large.push((key, group)),
            Some(_) | None => rest.extend(group),
        }
    }
    (large, rest)
}

/// Returns the approximate number of lines of a definition.
fn type_lines(def: &TypeDef) -> usize {
    let members = match &def.shape {
        Shape::Struct { fields, .. } => {
            let lines = fields.iter().map(|field| 4 + doc_lines(&field.doc));
            16 + lines.sum::<usize>()
        }
        Shape::Enum { values, .. } => {
            let lines = values.iter().map(|value| 3 + doc_lines(&value.doc));
            9 + lines.sum::<usize>()
        }
        Shape::Union { variants, .. } => 9 + 3 * variants.len(),
        Shape::Alias(_) => 1,
    };
    members + doc_lines(&def.doc)
}

fn doc_lines(doc: &Doc) -> usize {
    let texts = [&doc.summary, &doc.description].into_iter().flatten();
    let lines: usize = texts.map(|text| text.lines().count()).sum();
    // A line for each, with a blank one between.
    lines + (2 * doc.notes.len()).saturating_sub(1)
}
