//! Types in the words of the new crate.
//!
//! In: types of both crates. Out: whether they are the same, and whether one takes all values of the other. Not here: items.

use std::collections::BTreeMap;

use super::pairs::Pairs;
use crate::surface::{Code, ItemKind, Surface};

/// Aliases and new names.
#[derive(Debug, Default)]
pub struct Types {
    /// The targets of aliases, by name.
    aliases: (BTreeMap<String, Code>, BTreeMap<String, Code>),
    /// The new names of types, by the old ones.
    renamed: BTreeMap<String, String>,
}

/// How a type of the new crate relates to one of the old crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    Same,
    /// It takes what the old one takes, and more.
    Wider,
    Other,
}

impl Types {
    pub fn new(old: &Surface, new: &Surface, pairs: &Pairs) -> Self {
        // Names of types are unique in the crate, and those of calls in their modules, where alone they are used.
        let renamed = pairs.items.iter().filter(|(from, to)| from != to);
        let renamed = renamed.filter(|(from, _)| from.starts_with("types::"));
        let last = |path: &str| path.rsplit("::").next().unwrap_or_default().to_owned();
        Self {
            aliases: (aliases(old), aliases(new)),
            renamed: renamed.map(|(from, to)| (last(from), last(to))).collect(),
        }
    }

    /// Compares the types of a value.
    pub fn relation(&self, old: &Code, new: &Code) -> Relation {
        let named = old
            .tokens()
            .iter()
            .map(|token| self.renamed.get(token).unwrap_or(token));
        // What the same name means now is a change of its own definition.
        if named.eq(new.tokens()) {
            return Relation::Same;
        }
        let (old, new) = (self.old(old), self.new_one(new));
        match old == new {
            true => Relation::Same,
            false if takes(&new, &old) => Relation::Wider,
            false => Relation::Other,
        }
    }

    /// Returns a piece of code of the old crate in the words of the new one, without aliases.
    pub fn old(&self, code: &Code) -> Code {
        expanded(code, &self.aliases.0, &self.renamed)
    }

    /// Returns a piece of code of the new crate without aliases.
    pub fn new_one(&self, code: &Code) -> Code {
        expanded(code, &self.aliases.1, &BTreeMap::new())
    }
}

fn aliases(surface: &Surface) -> BTreeMap<String, Code> {
    let items = surface.items.values().filter_map(|item| match &item.kind {
        ItemKind::Alias(target) if item.module == "types" => {
            Some((item.name.clone(), target.clone()))
        }
        ItemKind::Alias(_)
        | ItemKind::Foreign
        | ItemKind::Resource
        | ItemKind::Struct
        | ItemKind::Enum => None,
    });
    items.collect()
}

/// The most aliases within each other that are followed. The generator makes no circles, but the code may be of anyone.
const DEEPEST: usize = 16;

/// Returns a type without aliases.
fn expanded(
    code: &Code,
    aliases: &BTreeMap<String, Code>,
    renamed: &BTreeMap<String, String>,
) -> Code {
    let mut tokens = code.tokens().to_vec();
    for _ in 0..DEEPEST {
        if !tokens.iter().any(|token| aliases.contains_key(token)) {
            break;
        }
        let expand = |token: String| match aliases.get(&token) {
            Some(target) => target.tokens().to_vec(),
            None => vec![token],
        };
        tokens = tokens.into_iter().flat_map(expand).collect();
    }
    let renamed = tokens
        .into_iter()
        .map(|token| renamed.get(&token).cloned().unwrap_or(token));
    Code::from_tokens(renamed.collect())
}

/// Returns whether an argument of the new type takes all values that one of the old type takes, without a change of the code.
fn takes(new: &Code, old: &Code) -> bool {
    if let (Some(new), Some(old)) = (item(new), item(old)) {
        return new == old || takes(&new, &old);
    }
    let inside = |code: &Code, name: &str| code.inside(&["impl", name]);
    match inside(new, "Into") {
        Some(target) if target == *old => true,
        Some(target) => target.inside(&["Option"]).is_some_and(|it| it == *old),
        None => match inside(new, "AsRef") {
            Some(target) => target.to_string() == "str" && old.to_string() == "String",
            None => false,
        },
    }
}

/// Returns the item in `impl IntoIterator<Item = T>`.
fn item(code: &Code) -> Option<Code> {
    let inner = code.inside(&["impl", "IntoIterator"])?;
    match inner.tokens() {
        [name, equals, rest @ ..] if name == "Item" && equals == "=" => {
            Some(Code::from_tokens(rest.to_vec()))
        }
        _ => None,
    }
}
