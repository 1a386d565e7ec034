//! Definitions: structs, enums, unions, aliases.
//!
//! In: [`TypeDef`](crate::model::api::TypeDef)s. Out: items of the module that owns them; the parts of modules that are split; and
//! `types.rs`, which has the shared ones and names all others. Nothing derives serde's traits: that would be most of the compile time, so the runtime's macros
//! write the impls. Not here: which module owns what (`plan`).

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::print::code::{
    Chain, Code, call, code, holder, implementation, import, record, signature, string,
};
use crate::emit::print::item::Item;
use crate::emit::rust::doc::{self, Docs};
use crate::emit::rust::module::{Module, Site, Table};
use crate::emit::rust::{access, gate, literal, times, ty};
use crate::emit::text::{markdown, wording};
use crate::emit::{Cx, File};
use crate::model::api::{EnumValue, Field, Repr, Rest, Scalar, Shape, Tag, Ty, TypeId, Variant};
use crate::model::ty::resolve;
use crate::plan::modules::{Gate, Home, PartId};
use crate::plan::names::Name;
use crate::plan::resources::ResourceId;
use crate::plan::types::{Member, Optionality, Unnamed};

/// `types.rs`.
pub fn shared(cx: &Cx) -> File {
    let mut docs = Docs::line("All types of requests and responses.");
    docs.paragraph(
        "A field that is optional or nullable is an `Option`. A field that is both is an `Option<Option<_>>`: `None` means that it is",
    );
    docs.add("missing, and `Some(None)` that it is null.");
    let docs = docs.into_lines();
    let mut module = Module::new(cx, Site::Home(Home::Shared), docs);
    parts(&mut module, Home::Shared);
    let exports = cx
        .outline
        .resources()
        .filter(|(_, resource)| !resource.types.is_empty());
    let mut lines = Item::default();
    for (id, resource) in exports {
        let mut names: Vec<&Name> = resource
            .types
            .iter()
            .map(|id| &cx.names.ty(*id).name)
            .collect();
        names.sort();
        let names: Vec<Code> = names.into_iter().map(|name| code!(name)).collect();
        let mut path = code!("pub use crate");
        for name in &cx.names.resource(id).path {
            path = code!(path, "::", name);
        }
        lines.line_if(gate::cfg(cx, &cx.outline.gate(id)));
        lines.line(code!(import(path, &names), ";"));
    }
    module.item(lines);
    definitions(&mut module, cx.outline.unparted(Home::Shared));
    File {
        path: "src/types.rs".into(),
        text: module.finish(),
    }
}

/// The parts of a module, and the exports of their types: where a type is, is nobody's business but ours.
pub fn parts(module: &mut Module, home: Home) {
    let cx = module.cx();
    let (mut modules, mut exports) = (Item::default(), Item::default());
    for (id, part) in cx.outline.parts_of(home) {
        let (cfg, name) = (gate::cfg(cx, &part.gate), cx.names.part(id));
        modules.line_if(cfg.as_ref());
        modules.line(code!("mod ", name, ";"));
        exports.line_if(cfg);
        exports.line(code!("pub use self::", name, "::*;"));
    }
    module.item(modules);
    module.item(exports);
}

/// The file of a part.
pub fn part(cx: &Cx, id: PartId) -> File {
    let part = cx.outline.part(id);
    let features = |list: &[ResourceId]| {
        let features = gate::features(cx, list);
        features
            .iter()
            .map(|name| format!("`{name}`"))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let title = match &part.gate {
        Gate::None => "Types of requests and responses.".to_owned(),
        Gate::Any(resources) => format!("Types shared by {}.", features(resources)),
        Gate::All => "Types that no call uses.".to_owned(),
    };
    let mut module = Module::new(cx, Site::Part(id), vec![title]);
    definitions(&mut module, part.types.clone());
    let folder = match part.home {
        Home::Shared => "types".to_owned(),
        Home::Resource(id) => access::file_stem(cx, id),
    };
    File {
        path: format!("src/{folder}/{}.rs", cx.names.part(id).plain()),
        text: module.finish(),
    }
}

/// Emits definitions in the order of their names.
pub fn definitions(module: &mut Module, mut ids: Vec<TypeId>) {
    let cx = module.cx();
    ids.sort_by_key(|id| &cx.names.ty(*id).name);
    let mut constants = Table::bare("constants");
    for id in ids {
        let shape = &cx.api.types[id.0].shape;
        if let Some(value) = crate::model::ty::constant(shape) {
            constant(module, id, value, &mut constants);
            continue;
        }
        match shape {
            Shape::Struct { fields, rest } => structure(module, id, fields, rest),
            Shape::Enum {
                repr: Repr::String,
                values,
                ..
            } => string_enum(module, id, values),
            Shape::Enum {
                repr: Repr::Integer,
                values,
                ..
            } => integer_enum(module, id, values),
            Shape::Union { tag, variants } => union(module, id, tag, variants),
            Shape::Alias(target) => alias(module, id, target),
        }
    }
    if !constants.is_empty() {
        module.table(constants);
    }
}

/// The beginning of a definition.
fn head(cx: &Cx, id: TypeId) -> Item {
    let mut item = Item::new(&doc::definition(cx, id));
    item.deprecated(&cx.api.types[id.0].doc);
    item
}

fn structure(module: &mut Module, id: TypeId, fields: &[Field], rest: &Rest) {
    let cx = module.cx();
    let mut item = head(cx, id);
    item.line("#[derive(Clone, PartialEq)]");
    item.line("#[non_exhaustive]");
    item.block(code!("pub struct ", &cx.names.ty(id).name), |item| {
        for (index, field) in fields.iter().enumerate() {
            self::field(module, item, id, index, field);
        }
        extra(module, item, id, rest);
    });
    module.item(item);
    object(module, id, fields);
    if cx.outline.ty(id).usage.is_sent() {
        constructor(module, id, fields);
    }
    times::conversions(module, id, fields);
    page(module, id);
}

fn field(module: &mut Module, item: &mut Item, id: TypeId, index: usize, field: &Field) {
    let cx = module.cx();
    let names = cx.names.ty(id);
    let mut docs = doc::field(field);
    if let Some(times) = &names.times[index] {
        docs.add(format!("See [`{0}`](Self::{0}()).", times.std));
    }
    let ty = ty::member(module, &cx.outline.ty(id).members[index]);
    item.docs(&docs);
    item.deprecated(&field.doc);
    item.line(code!("pub ", &names.members[index], ": ", ty, ","));
}

/// The field for what has no field.
fn extra(module: &mut Module, item: &mut Item, id: TypeId, rest: &Rest) {
    let unnamed = module.cx().outline.ty(id).unnamed;
    let ty = match (unnamed, rest) {
        (Unnamed::Refused, _) => return,
        (Unnamed::Kept, _) | (Unnamed::Typed, Rest::Open | Rest::Closed) => {
            module.runtime("Extra");
            code!("Extra")
        }
        (Unnamed::Typed, Rest::Typed(ty)) => ty::plain(module, &Ty::Map(Box::new(ty.clone()))),
    };
    if matches!(unnamed, Unnamed::Typed) {
        item.docs(&Docs::line("All other properties."));
    }
    item.line(code!("pub extra: ", ty, ","));
}

/// The call of the runtime's macro that reads and writes a struct.
fn object(module: &mut Module, id: TypeId, fields: &[Field]) {
    let cx = module.cx();
    let (names, plan) = (cx.names.ty(id), cx.outline.ty(id));
    module.runtime("object");
    let mut table = Table::new("object", &names.name);
    for (index, field) in fields.iter().enumerate() {
        let word = match plan.members[index].optionality {
            Optionality::Required | Optionality::Nullable => "required",
            Optionality::Optional => "optional",
            Optionality::OptionalAny => "any",
            Optionality::OptionalNullable => "nullable",
        };
        table.row(&[string(&field.wire)], &names.members[index], Some(word));
    }
    match plan.unnamed {
        Unnamed::Refused => {}
        Unnamed::Kept | Unnamed::Typed => table.last("extra"),
    }
    module.table(table);
}

/// `new`, which takes what is required.
fn constructor(module: &mut Module, id: TypeId, fields: &[Field]) {
    let cx = module.cx();
    let (names, plan) = (cx.names.ty(id), cx.outline.ty(id));
    let (mut parameters, mut values) = (Vec::new(), Vec::new());
    for (index, field) in fields.iter().enumerate() {
        let (name, member) = (&names.members[index], &plan.members[index]);
        let value = match member.optionality.is_required() {
            false => Some(code!("None")),
            true if member.constant => Some(literal::constant(module, &field.ty)),
            true => {
                let argument = ty::member_argument(module, member, name);
                parameters.push(code!(name, ": ", argument.ty));
                boxed(member, name, argument.value)
            }
        };
        let colon = value.as_ref().map(|_| ": ");
        values.push(code!(name, colon, value));
    }
    match plan.unnamed {
        Unnamed::Refused => {}
        Unnamed::Kept => values.push(code!("extra: Extra::default()")),
        Unnamed::Typed => values.push(code!("extra: BTreeMap::new()")),
    }
    let docs = match parameters.is_empty() {
        true => Docs::line("Creates a value with no fields set."),
        false => Docs::line("Creates a value with the required fields set."),
    };
    let mut item = Item::default();
    item.block(code!("impl ", &names.name), |item| {
        item.docs(&docs);
        item.block(signature("new", &parameters, "Self"), |item| {
            item.line(record("Self", &values));
        });
    });
    module.item(item);
    if parameters.is_empty() {
        default(module, &names.name);
    }
}

/// What a field is set to; `None` if that is the argument as it is.
fn boxed(member: &Member, name: &Name, value: Code) -> Option<Code> {
    match member.boxed {
        true if member.optionality == Optionality::Nullable => {
            Some(Chain::of(value).method("map", &[code!("Box::new")]).end())
        }
        true => Some(call("Box::new", &[value])),
        false => Some(value).filter(|value| value.text() != name.as_str()),
    }
}

fn default(module: &mut Module, name: &Name) {
    let mut item = Item::default();
    item.block(implementation("Default", name), |item| {
        item.block("fn default() -> Self", |item| item.line("Self::new()"));
    });
    module.item(item);
}

/// Where the items of a page are, and what leads to the next one. How pages follow each other is in the runtime.
fn page(module: &mut Module, id: TypeId) {
    let cx = module.cx();
    let (names, plan) = (cx.names.ty(id), cx.outline.ty(id));
    let Some(page) = cx.outline.page(id) else {
        return;
    };
    let Ty::List(item) = resolve(cx.api, &plan.members[page.items].ty) else {
        return;
    };
    let item = ty::plain(module, item);
    let items = &names.members[page.items];
    let (borrowed, owned) = match plan.members[page.items].optionality {
        Optionality::Required => (quote!(&self.#items), quote!(self.#items)),
        Optionality::Nullable | Optionality::Optional | Optionality::OptionalAny => (
            quote!(self.#items.as_deref().unwrap_or_default()),
            quote!(self.#items.unwrap_or_default()),
        ),
        Optionality::OptionalNullable => (
            quote!(self.#items.as_ref().and_then(Option::as_deref).unwrap_or_default()),
            quote!(self.#items.flatten().unwrap_or_default()),
        ),
    };
    let next = next_page(module, id);
    for name in ["Next", "Page"] {
        module.runtime(name);
    }
    let name = &names.name;
    module.item(quote! {
        impl Page for #name {
            type Item = #item;

            fn items(&self) -> &[#item] {
                #borrowed
            }

            fn into_items(self) -> Vec<#item> {
                #owned
            }

            fn next(&self) -> Option<Next> {
                #next
            }
        }
    });
}

fn next_page(module: &mut Module, id: TypeId) -> TokenStream {
    let cx = module.cx();
    let (names, plan) = (cx.names.ty(id), cx.outline.ty(id));
    let Some(page) = cx.outline.page(id) else {
        return quote!(None);
    };
    let Some(next) = page.next else {
        return quote!(None);
    };
    let name = &names.members[next];
    let inner = resolve(cx.api, &plan.members[next].ty);
    let is_text = *inner == Ty::Scalar(Scalar::String);
    let is_copy = matches!(inner, Ty::Scalar(_));
    let cursor = match plan.members[next].optionality {
        Optionality::Required if is_text => quote!(Some(self.#name.as_str())),
        Optionality::Required => quote!(Some(self.#name.to_string().as_str())),
        Optionality::Nullable | Optionality::Optional | Optionality::OptionalAny if is_text => {
            quote!(self.#name.as_deref())
        }
        Optionality::Nullable | Optionality::Optional | Optionality::OptionalAny => {
            let as_ref = (!is_copy).then(|| quote!(.as_ref()));
            quote!(self.#name #as_ref.map(|cursor| cursor.to_string()).as_deref())
        }
        Optionality::OptionalNullable if is_text => {
            quote!(self.#name.as_ref().and_then(Option::as_deref))
        }
        Optionality::OptionalNullable => {
            let value = match is_copy {
                true => quote!(self.#name.flatten()),
                false => quote!(self.#name.as_ref().and_then(Option::as_ref)),
            };
            quote!(#value.map(|cursor| cursor.to_string()).as_deref())
        }
    };
    let more = page
        .more
        .map(|more| (&names.members[more], plan.members[more].optionality));
    let more = match more {
        None => quote!(None),
        Some((more, Optionality::OptionalNullable)) => quote!(self.#more.flatten()),
        Some((
            more,
            Optionality::Required
            | Optionality::Nullable
            | Optionality::Optional
            | Optionality::OptionalAny,
        )) => quote!(self.#more),
    };
    quote!(Next::cursor(#more, #cursor))
}

/// A string that is always the same, which goes to the module's table of them.
fn constant(module: &mut Module, id: TypeId, value: &EnumValue, table: &mut Table) {
    let cx = module.cx();
    let name = &cx.names.ty(id).name;
    for name in ["Constant", "constants"] {
        module.runtime(name);
    }
    table.row(&[literal::wire(&value.wire)], name, None);
    let mut item = head(cx, id);
    item.line(code!(
        "pub type ",
        name,
        " = Constant<literals::",
        name,
        ">;"
    ));
    module.item(item);
}

fn string_enum(module: &mut Module, id: TypeId, values: &[EnumValue]) {
    module.runtime("string_enum");
    enumeration(module, id, values, "string_enum", "String");
}

fn integer_enum(module: &mut Module, id: TypeId, values: &[EnumValue]) {
    module.runtime("integer_enum");
    enumeration(module, id, values, "integer_enum", "i64");
}

fn enumeration(
    module: &mut Module,
    id: TypeId,
    values: &[EnumValue],
    macro_name: &'static str,
    other: &'static str,
) {
    let cx = module.cx();
    let names = cx.names.ty(id);
    let mut table = Table::new(macro_name, &names.name);
    let mut item = head(cx, id);
    item.line("#[derive(Clone, Debug, PartialEq, Eq, Hash)]");
    item.line("#[non_exhaustive]");
    item.block(code!("pub enum ", &names.name), |item| {
        for (value, name) in values.iter().zip(&names.members) {
            table.row(&[literal::wire(&value.wire)], name, None);
            item.docs(&Docs::of(&value.doc, || {
                Some(markdown::code(&doc::spelled(&value.wire)) + ".")
            }));
            item.deprecated(&value.doc);
            item.line(code!(name, ","));
        }
        item.docs(&Docs::line("A value that the document does not list."));
        item.line(code!(holder("Other", code!(other)), ","));
    });
    module.item(item);
    module.table(table);
}

fn union(module: &mut Module, id: TypeId, tag: &Tag, variants: &[Variant]) {
    let cx = module.cx();
    let (names, plan) = (cx.names.ty(id), cx.outline.ty(id));
    let mut table = match tag {
        Tag::Property(property) => {
            module.runtime("tagged_union");
            Table::keyed("tagged_union", &names.name, property)
        }
        Tag::Constant(property) => {
            module.runtime("constant_union");
            Table::keyed("constant_union", &names.name, property)
        }
        Tag::ByShape => {
            module.runtime("union");
            Table::new("union", &names.name)
        }
    };
    module.import("serde_json", "Value");
    let mut item = head(cx, id);
    item.line("#[derive(Clone, Debug, PartialEq)]");
    item.line("#[non_exhaustive]");
    item.block(code!("pub enum ", &names.name), |item| {
        for (index, variant) in variants.iter().enumerate() {
            let name = &names.members[index];
            table.row(&tags(tag, variant), name, None);
            let ty = ty::member(module, &plan.members[index]);
            item.docs(&variant_docs(tag, variant));
            item.line(code!(holder(name, ty), ","));
        }
        if let Some(index) = variants.iter().position(|variant| variant.is_default) {
            table.row(&[code!("_")], &names.members[index], None);
        }
        item.docs(&Docs::line("A value that matches no known variant."));
        item.line("Other(Value),");
    });
    module.item(item);
    module.table(table);
}

fn variant_docs(tag: &Tag, variant: &Variant) -> Docs {
    let mut docs = Docs::default();
    docs.text(&wording::variant(variant).unwrap_or_default());
    if let (Tag::Property(name) | Tag::Constant(name), false) = (tag, variant.tags.is_empty()) {
        let values: Vec<String> = variant.tags.iter().map(|it| markdown::code(it)).collect();
        let (name, values) = (markdown::code(name), values.join(" or "));
        docs.add(format!("If {name} is {values}."));
    }
    docs
}

/// The tags that select a variant.
fn tags(tag: &Tag, variant: &Variant) -> Vec<Code> {
    let tags: BTreeSet<&String> = variant.tags.iter().collect();
    let tags = tags.into_iter();
    match tag {
        Tag::Property(_) => tags.map(|tag| string(tag)).collect(),
        Tag::Constant(_) => tags.map(literal::constant_tag).collect(),
        Tag::ByShape => Vec::new(),
    }
}

fn alias(module: &mut Module, id: TypeId, target: &Ty) {
    let cx = module.cx();
    let target = ty::plain(module, target);
    let mut item = head(cx, id);
    item.line(code!(
        "pub type ",
        &cx.names.ty(id).name,
        " = ",
        target,
        ";"
    ));
    module.item(item);
}
