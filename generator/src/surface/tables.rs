//! The calls of the runtime's macros, which say what names are in JSON, what a call returns and what converts to a union.
//!
//! In: a macro call. Out: its facts, in the items that it is about. Not here: what the macros expand to.

use std::collections::BTreeMap;

use super::code::{Code, flat, string};
use super::model::{Item, Member, Signature};

/// A row: the tokens before `=>`, and those after it.
struct Row<'a> {
    left: &'a [String],
    right: &'a [String],
}

/// Reads a macro call. `item` finds an item of the module.
pub fn read<'a>(
    call: &syn::Macro,
    constants: &mut BTreeMap<String, String>,
    item: impl FnOnce(&str) -> Option<&'a mut Item>,
) {
    let name = call.path.get_ident().map(ToString::to_string);
    let name = name.unwrap_or_default();
    let tokens = flat(call.tokens.clone());
    let Some(subject) = tokens.first() else {
        return;
    };
    match name.as_str() {
        "constants" => {
            for row in rows(&tokens) {
                let wire = row.left.iter().find_map(|token| string(token));
                constants.extend(row.right.first().cloned().zip(wire));
            }
        }
        "call" | "paged_call" => {
            let Some(item) = item(subject) else { return };
            let reply = tokens.get(3..).unwrap_or_default();
            item.reply = Some(Code::from_tokens(until_comma(reply).to_vec()));
            if name == "paged_call" {
                for method in ["::items", "::pages"] {
                    item.members.insert(method.into(), Member::default());
                }
            }
        }
        "conversions" => {
            let Some(item) = item(subject) else { return };
            for row in rows(&tokens) {
                let from = row.left.iter().map(String::as_str);
                let name = ["From", "<"].into_iter().chain(from).chain([">"]);
                let name = name.map(str::to_owned).collect();
                item.traits.insert(Code::from_tokens(name));
            }
        }
        _ => {
            let Some(item) = item(subject) else { return };
            for row in rows(&tokens) {
                let Some(member) = row.right.first() else {
                    continue;
                };
                let wire = wire(row.left);
                for key in [format!(".{member}"), format!("::{member}")] {
                    if let Some(member) = item
                        .members
                        .get_mut(&key)
                        .filter(|_| key.starts_with('.') || is_variant(&key))
                    {
                        add(member, &wire);
                    }
                }
            }
        }
    }
}

fn is_variant(key: &str) -> bool {
    key.trim_start_matches(':')
        .starts_with(|c: char| c.is_ascii_uppercase())
}

fn add(member: &mut Member, wire: &str) {
    match &mut member.wire {
        Some(known) => known.extend([", ", wire]),
        None => member.wire = Some(wire.to_owned()),
    }
}

/// Returns the names before an arrow, as a text.
fn wire(left: &[String]) -> String {
    let text = |token: &String| string(token).unwrap_or_else(|| token.clone());
    left.iter().map(text).collect::<Vec<_>>().join("")
}

/// Returns the rows of a table: `Subject { "a" => A, "b" | "c" => B; extra }`.
fn rows(tokens: &[String]) -> Vec<Row<'_>> {
    let inner = tokens.iter().position(|token| token == "{");
    let mut rest = &tokens[inner.map_or(0, |at| at + 1)..];
    let mut found = Vec::new();
    while !rest.is_empty() {
        let row = until_comma(rest);
        let arrow = row.windows(2).position(|it| it[0] == "=" && it[1] == ">");
        if let Some(at) = arrow {
            found.push(Row {
                left: &row[..at],
                right: &row[at + 2..],
            });
        }
        rest = rest.get(row.len() + 1..).unwrap_or_default();
    }
    found
}

/// Returns the tokens up to a comma or a semicolon that is in no group.
fn until_comma(tokens: &[String]) -> &[String] {
    let mut depth = 0_usize;
    let mut last = "";
    for (at, token) in tokens.iter().enumerate() {
        match token.as_str() {
            "(" | "[" | "{" | "<" => depth += 1,
            // The arrow `=>` closes nothing.
            ">" if last == "=" => {}
            ")" | "]" | "}" | ">" => depth = depth.saturating_sub(1),
            "," | ";" if depth == 0 => return &tokens[..at],
            _ => {}
        }
        last = token;
    }
    tokens
}

/// Returns the signature of a method, without `self`.
pub fn signature(signature: &syn::Signature) -> Signature {
    let arguments = signature.inputs.iter().filter_map(|input| match input {
        syn::FnArg::Typed(typed) => Some((Code::of(&typed.pat).to_string(), Code::of(&*typed.ty))),
        syn::FnArg::Receiver(_) => None,
    });
    let ty = match &signature.output {
        syn::ReturnType::Default => None,
        syn::ReturnType::Type(_, ty) => Some(Code::of(&**ty)),
    };
    Signature {
        arguments: arguments.collect(),
        ty,
    }
}
