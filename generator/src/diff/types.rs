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
    /// The strings of constants, by name.
    constants: (BTreeMap<String, String>, BTreeMap<String, String>),
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
        let renamed = pairs.items.iter().filter(|(from, to)| from != to);
        let renamed = renamed.filter(|(from, _)| from.starts_with("types::"));
        let last = |path: &str| path.rsplit("::").next().unwrap_or_default().to_owned();
        Self {
            aliases: (aliases(old), aliases(new)),
            constants: (old.constants.clone(), new.constants.clone()),
            renamed: renamed.map(|(from, to)| (last(from), last(to))).collect(),
        }
    }

    /// Compares the types of a value.
    pub fn relation(&self, old: &Code, new: &Code) -> Relation {
        let named = old
            .tokens()
            .iter()
            .map(|token| self.renamed.get(token).unwrap_or(token));
        // What the same name means now is a change of its own definition, unless it is that of a constant's string.
        let is_constant = old.tokens().iter().any(|token| token == "literals");
        if !is_constant && named.eq(new.tokens()) {
            return Relation::Same;
        }
        let old = expanded(old, &self.aliases.0, &self.constants.0, &self.renamed);
        let new = expanded(new, &self.aliases.1, &self.constants.1, &BTreeMap::new());
        match old == new {
            true => Relation::Same,
            false if takes(&new, &old) => Relation::Wider,
            false => Relation::Other,
        }
    }

    /// Returns the text of a trait in the words of the new crate.
    pub fn translated(&self, text: &str) -> String {
        let mut found = String::new();
        let mut word = String::new();
        for c in text.chars().chain(['\n']) {
            if c.is_alphanumeric() || c == '_' {
                word.push(c);
                continue;
            }
            found.push_str(self.renamed.get(&word).unwrap_or(&word));
            word.clear();
            found.push(c);
        }
        found.trim_end().to_owned()
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

/// Returns a type without aliases. Constants are their strings: code that tells two types of the same string apart does not exist.
fn expanded(
    code: &Code,
    aliases: &BTreeMap<String, Code>,
    constants: &BTreeMap<String, String>,
    renamed: &BTreeMap<String, String>,
) -> Code {
    let mut tokens = code.tokens().to_vec();
    for _ in 0..DEEPEST {
        if !tokens.iter().any(|token| aliases.contains_key(token)) {
            break;
        }
        let expand = |token: String| match aliases.get(&token) {
            // The name of a constant is that of its alias.
            Some(target) if target.tokens() != [token.clone()] => target.tokens().to_vec(),
            Some(_) | None => vec![token],
        };
        tokens = literals(tokens, constants)
            .into_iter()
            .flat_map(expand)
            .collect();
    }
    let tokens = literals(tokens, constants).into_iter();
    let renamed = tokens.map(|token| renamed.get(&token).cloned().unwrap_or(token));
    Code::from_tokens(renamed.collect())
}

/// Replaces `literals::Name` by the string of the constant.
fn literals(tokens: Vec<String>, constants: &BTreeMap<String, String>) -> Vec<String> {
    let mut found: Vec<String> = Vec::with_capacity(tokens.len());
    for token in tokens {
        let before = found.len().checked_sub(3);
        let is_literal = before.is_some_and(|at| found[at..] == ["literals", ":", ":"]);
        match constants.get(&token).filter(|_| is_literal) {
            Some(wire) => {
                found.truncate(found.len() - 3);
                found.push(format!("{wire:?}"));
            }
            None => found.push(token),
        }
    }
    found
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

/// Returns a type that is only a name.
pub fn simple_name(code: &Code) -> Option<&str> {
    match code.tokens() {
        [name] => Some(name),
        _ => None,
    }
}
