//! Types as the emitted code spells them.
//!
//! In: tokens. Out: a [`Code`], which can be compared and shown. Not here: what a type means.

use std::collections::BTreeMap;
use std::fmt;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;

/// A piece of Rust, token by token.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Code(Vec<String>);

impl Code {
    /// Returns the tokens of a syntax tree.
    pub fn of(tree: &impl ToTokens) -> Self {
        Self(without_trailing_commas(flat(tree.to_token_stream())))
    }

    /// Returns these tokens.
    pub fn from_tokens(tokens: Vec<String>) -> Self {
        Self(tokens)
    }

    /// Returns the tokens.
    pub fn tokens(&self) -> &[String] {
        &self.0
    }

    /// Returns a type that is only a name.
    pub fn simple_name(&self) -> Option<&str> {
        match self.0.as_slice() {
            [name] => Some(name),
            _ => None,
        }
    }

    /// Replaces `literals::Name` by the string of the constant, and other paths by their last name: whether a type is imported
    /// depends on what else its module has.
    pub fn shorten(&mut self, constants: &BTreeMap<String, String>) {
        let is_path = |tokens: &[String]| tokens[1] == ":" && tokens[2] == ":";
        while let Some(at) = self.0.windows(3).position(is_path) {
            let name = self.0.get(at + 3).filter(|_| self.0[at] == "literals");
            let constant = name.and_then(|name| constants.get(name));
            let end = at + 3 + usize::from(constant.is_some());
            self.0
                .splice(at..end, constant.map(|text| format!("{text:?}")));
        }
    }

    /// Returns what is between `before<` and `>` if that is all.
    pub fn inside(&self, before: &[&str]) -> Option<Self> {
        let rest = self
            .0
            .strip_prefix(&before.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>()[..])?;
        let inner = rest
            .strip_prefix(&["<".to_owned()][..])?
            .strip_suffix(&[">".to_owned()][..])?;
        Some(Self(inner.to_vec()))
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut last = "";
        for token in &self.0 {
            let is_word = |text: &str| text.starts_with(|c: char| c.is_alphanumeric() || c == '_');
            let is_spaced = (last == "," && token != ")")
                || matches!(last, "=" | "+")
                || matches!(&**token, "=" | "+")
                || (is_word(last) && is_word(token))
                || (is_word(last) && token == "&" && last == "impl");
            if is_spaced {
                f.write_str(" ")?;
            }
            f.write_str(token)?;
            last = token;
        }
        Ok(())
    }
}

/// A list over several lines ends with a comma, which means nothing but in a tuple of one.
fn without_trailing_commas(tokens: Vec<String>) -> Vec<String> {
    let mut found: Vec<String> = Vec::with_capacity(tokens.len());
    let mut commas = Vec::new();
    for token in tokens {
        match token.as_str() {
            "(" | "<" | "[" => commas.push(0),
            ")" | ">" | "]" => {
                let is_tuple_of_one = token == ")" && commas.last() == Some(&1);
                if !is_tuple_of_one && found.last().is_some_and(|last| last == ",") {
                    found.pop();
                }
                commas.pop();
            }
            "," => commas
                .iter_mut()
                .last()
                .into_iter()
                .for_each(|count| *count += 1),
            _ => {}
        }
        found.push(token);
    }
    found
}

/// Returns tokens without groups: delimiters are tokens, too.
pub fn flat(tokens: TokenStream) -> Vec<String> {
    let mut found = Vec::new();
    add(tokens, &mut found);
    found
}

fn add(tokens: TokenStream, found: &mut Vec<String>) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => ("", ""),
                };
                found.extend((!open.is_empty()).then(|| open.to_owned()));
                add(group.stream(), found);
                found.extend((!close.is_empty()).then(|| close.to_owned()));
            }
            token @ (TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_)) => {
                found.push(token.to_string());
            }
        }
    }
}

/// Returns the text of a string literal.
pub fn string(token: &str) -> Option<String> {
    let literal: syn::LitStr = token
        .starts_with('"')
        .then(|| syn::parse_str(token).ok())
        .flatten()?;
    Some(literal.value())
}

/// Returns the path of an item in a module.
pub fn path_of(module: &str, name: &str) -> String {
    match module.is_empty() {
        true => name.to_owned(),
        false => format!("{module}::{name}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_look_as_they_are_written() {
        for text in [
            "Option<Vec<Pet>>",
            "impl IntoIterator<Item = impl Into<String>>",
            "BTreeMap<String, (i64, String)>",
            "&NewPet",
            "crate::EventStream<Value>",
            "()",
            "Constant<literals::Kind>",
        ] {
            let ty: syn::Type = syn::parse_str(text).unwrap();
            assert_eq!(Code::of(&ty).to_string(), text);
        }
        for (text, short) in [
            ("Option<Vec<Pet>,>", "Option<Vec<Pet>>"),
            ("(i64, Option<Pet,>,)", "(i64, Option<Pet>)"),
            ("(i64,)", "(i64,)"),
        ] {
            let ty: syn::Type = syn::parse_str(text).unwrap();
            assert_eq!(Code::of(&ty).to_string(), short);
        }
    }
}
