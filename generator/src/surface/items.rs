//! The items of a file.
//!
//! In: a module's syntax. Out: its public items with their members, in the [`Surface`]. Not here: the calls of macros (see `tables`).

use std::collections::{BTreeMap, BTreeSet};

use quote::ToTokens;
use syn::{Attribute, Fields, ImplItem, Item as Syntax, Visibility};

use super::code::{Code, flat, path_of, string};
use super::model::{Facts, Item, ItemKind, Member, Request, Signature, Surface};
use super::service::{Settings, value};
use super::tables;

/// Adds the public items that a module defines.
pub fn define(surface: &mut Surface, module: &str, items: &[Syntax]) {
    for item in items {
        if let Some(mut item) = definition(item) {
            item.module = module.into();
            surface.items.insert(path_of(module, &item.name), item);
        }
        if let Syntax::Use(item) = item
            && module.is_empty()
            && is_public(&item.vis)
        {
            surface.exports.extend(exports(&item.tree));
        }
    }
}

/// Adds what a module implements for items, which are all defined.
pub fn implement(surface: &mut Surface, module: &str, settings: &Settings, items: &[Syntax]) {
    let requests: BTreeMap<String, Request> = items
        .iter()
        .filter_map(|item| request(item, settings))
        .collect();
    for item in items {
        match item {
            Syntax::Impl(block) => implementation(surface, module, &requests, block),
            Syntax::Macro(call) => {
                let Surface {
                    items, constants, ..
                } = &mut *surface;
                tables::read(&call.mac, constants, |name| {
                    items.get_mut(&path_of(module, name))
                });
            }
            _ => {}
        }
    }
}

/// Returns what `pub use runtime::{A, B}` exports.
fn exports(tree: &syn::UseTree) -> Vec<String> {
    match flat(tree.to_token_stream()).split_first() {
        Some((from, names)) if from == "runtime" => {
            let is_name = |name: &&String| name.starts_with(char::is_alphabetic);
            names.iter().filter(is_name).cloned().collect()
        }
        Some(_) | None => Vec::new(),
    }
}

/// Returns a public type with its fields or variants.
fn definition(item: &Syntax) -> Option<Item> {
    let (kind, name, attributes, members) = match item {
        Syntax::Struct(item) if is_public(&item.vis) => {
            let kind = match is_resource(&item.fields) {
                true => ItemKind::Resource,
                false => ItemKind::Struct,
            };
            (kind, &item.ident, &item.attrs, fields(&item.fields))
        }
        Syntax::Enum(item) if is_public(&item.vis) => {
            let variants = item.variants.iter().map(|variant| {
                let held = variant.fields.iter().next();
                let ty = held.map(|field| Code::of(&field.ty));
                let member = member(
                    &variant.attrs,
                    Signature {
                        arguments: Vec::new(),
                        ty,
                    },
                );
                (format!("::{}", variant.ident), member)
            });
            (ItemKind::Enum, &item.ident, &item.attrs, variants.collect())
        }
        Syntax::Type(item) if is_public(&item.vis) => {
            let kind = ItemKind::Alias(Code::of(&*item.ty));
            (kind, &item.ident, &item.attrs, BTreeMap::new())
        }
        _ => return None,
    };
    Some(Item {
        kind,
        name: name.to_string(),
        facts: facts(attributes),
        is_exhaustive: !attributes
            .iter()
            .any(|it| it.path().is_ident("non_exhaustive")),
        traits: derives(attributes),
        members,
        ..Item::default()
    })
}

/// A resource holds nothing but the client.
fn is_resource(fields: &Fields) -> bool {
    let names = fields.iter().filter_map(|field| field.ident.as_ref());
    names.map(ToString::to_string).eq(["client".to_owned()])
}

fn fields(fields: &Fields) -> BTreeMap<String, Member> {
    let public = fields.iter().filter(|field| is_public(&field.vis));
    let named = public.filter_map(|field| {
        let ty = Some(Code::of(&field.ty));
        let member = member(
            &field.attrs,
            Signature {
                arguments: Vec::new(),
                ty,
            },
        );
        Some((format!(".{}", field.ident.as_ref()?), member))
    });
    named.collect()
}

fn member(attributes: &[Attribute], signature: Signature) -> Member {
    Member {
        facts: facts(attributes),
        signature,
        ..Member::default()
    }
}

/// Adds the methods of a block, or the trait that it implements.
fn implementation(
    surface: &mut Surface,
    module: &str,
    requests: &BTreeMap<String, Request>,
    block: &syn::ItemImpl,
) {
    let name = Code::of(&*block.self_ty).to_string();
    // A resource with a feature of its own has its accessor beside it.
    let (name, around) = match name.strip_prefix("super::") {
        Some(name) => (
            name.to_owned(),
            module.rsplit_once("::").map_or("", |it| it.0),
        ),
        None => (name, module),
    };
    let own = path_of(around, &name);
    let path = match surface.items.contains_key(&own) {
        true => own,
        // Only a type of the runtime gets methods in the files of others.
        false => name.clone(),
    };
    let item = surface.items.entry(path).or_insert_with(|| Item {
        name,
        ..Item::default()
    });
    if let Some((name, _)) = &block.trait_ {
        let types = block.items.iter().filter_map(|item| match item {
            ImplItem::Type(item) => Some((item.ident.to_string(), Code::of(&item.ty))),
            _ => None,
        });
        let mut tokens = Code::of(name).tokens().to_vec();
        for (name, ty) in types {
            tokens.extend(["<".to_owned(), name, "=".to_owned()]);
            tokens.extend(ty.tokens().iter().cloned().chain([">".to_owned()]));
        }
        item.traits.insert(Code::from_tokens(tokens));
        return;
    }
    for inner in &block.items {
        let ImplItem::Fn(method) = inner else {
            continue;
        };
        if !is_public(&method.vis) {
            continue;
        }
        let mut member = member(&method.attrs, tables::signature(&method.sig));
        let body = flat(method.block.to_token_stream());
        member.request = body.iter().find_map(|token| requests.get(token)).cloned();
        item.members
            .insert(format!("::{}", method.sig.ident), member);
    }
}

/// Returns what an operation sends, with the name of the static that says so.
fn request(item: &Syntax, settings: &Settings) -> Option<(String, Request)> {
    let Syntax::Static(item) = item else {
        return None;
    };
    if !flat(item.ty.to_token_stream())
        .iter()
        .any(|token| token == "Operation")
    {
        return None;
    }
    let tokens = flat(item.expr.to_token_stream());
    let method = value(&tokens, "method")?
        .iter()
        .take_while(|token| *token != ",");
    let method = method.filter(|token| *token != ")").last()?;
    let auth = value(&tokens, "auth")?
        .iter()
        .take_while(|token| *token != "paging");
    let request = Request {
        method: string(method).unwrap_or_else(|| method.clone()),
        path: string(value(&tokens, "path")?.first()?)?,
        auth: alternatives(auth, settings),
    };
    Some((item.ident.to_string(), request))
}

/// Returns the alternatives in `&[&[&A, &B], &[]]`.
fn alternatives<'a>(
    tokens: impl Iterator<Item = &'a String>,
    settings: &Settings,
) -> BTreeSet<BTreeSet<String>> {
    let mut found = BTreeSet::new();
    let (mut depth, mut all) = (0, BTreeSet::new());
    for token in tokens {
        match token.as_str() {
            "[" => depth += 1,
            "]" if depth == 2 => {
                found.insert(std::mem::take(&mut all));
                depth -= 1;
            }
            "]" => depth -= 1,
            name if depth == 2 && name.starts_with(char::is_alphabetic) => {
                all.insert(settings.credentials_of(name));
            }
            _ => {}
        }
    }
    found
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn derives(attributes: &[Attribute]) -> BTreeSet<Code> {
    let derives = attributes.iter().filter(|it| it.path().is_ident("derive"));
    let names = derives.flat_map(|it| flat(it.meta.to_token_stream()).into_iter().skip(1));
    let names = names.filter(|name| name.starts_with(char::is_alphabetic));
    names.map(|name| Code::from_tokens(vec![name])).collect()
}

fn facts(attributes: &[Attribute]) -> Facts {
    let docs = attributes
        .iter()
        .filter_map(|attribute| match &attribute.meta {
            syn::Meta::NameValue(pair) if pair.path.is_ident("doc") => {
                string(&pair.value.to_token_stream().to_string())
            }
            _ => None,
        });
    // Examples follow from everything else.
    let lines = docs.take_while(|line| line.trim() != "# Examples");
    let lines: Vec<String> = lines.map(|line| line.trim().to_owned()).collect();
    Facts {
        docs: lines.join("\n").trim().to_owned(),
        is_deprecated: attributes.iter().any(|it| it.path().is_ident("deprecated")),
    }
}
