//! Definitions: structs, enums, unions, aliases.
//!
//! In: [`TypeDef`](crate::api::TypeDef)s. Out: items of the module that owns them; the parts of modules that are split; and
//! `types.rs`, which has the shared ones and names all others. Nothing derives serde's traits: that would be most of the compile time, so the runtime's macros
//! write the impls. Not here: which module owns what (`facts`).

use std::collections::BTreeSet;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::doc::{self, Docs};
use super::module::{Module, Site, Table};
use super::ty;
use super::{Cx, File, gate, literal, resource};
use crate::api::{EnumValue, Field, Repr, Rest, Scalar, Shape, Tag, Ty, TypeId, Variant};
use crate::facts::{Form, Gate, Home, PartId, ResourceId, Unnamed, is_time, non_null, resolve};
use crate::names::Name;

/// `types.rs`.
pub fn shared(cx: &Cx) -> File {
    let mut docs = Docs::line("All types of requests and replies.");
    docs.paragraph(
        "A field that may be missing or null is an `Option`. One that may be both is an `Option<Option<_>>`: `None` is missing,",
    );
    docs.add("`Some(None)` is null.");
    let docs = docs.into_lines();
    let mut module = Module::new(cx, Site::Home(Home::Shared), docs);
    parts(&mut module, Home::Shared);
    let exports = cx
        .facts
        .resources()
        .filter(|(_, resource)| !resource.types.is_empty());
    let exports: Vec<TokenStream> = exports
        .map(|(id, resource)| {
            let path = &cx.names.resource(id).path;
            let mut names: Vec<_> = resource
                .types
                .iter()
                .map(|id| &cx.names.ty(*id).name)
                .collect();
            names.sort();
            let cfg = gate::cfg(cx, &cx.facts.gate(id));
            quote! { #cfg pub use crate::#(#path)::*::{#(#names),*}; }
        })
        .collect();
    module.group(exports);
    definitions(&mut module, cx.facts.unparted(Home::Shared));
    File {
        path: "src/types.rs".into(),
        text: module.finish(),
    }
}

/// The parts of a module, and the exports of their types: where a type is, is nobody's business but ours.
pub fn parts(module: &mut Module, home: Home) {
    let cx = module.cx();
    let parts: Vec<(TokenStream, &Name)> = cx
        .facts
        .parts_of(home)
        .map(|(id, part)| (gate::cfg(cx, &part.gate), cx.names.part(id)))
        .collect();
    module.group(parts.iter().map(|(cfg, name)| quote! { #cfg mod #name; }));
    module.group(
        parts
            .iter()
            .map(|(cfg, name)| quote! { #cfg pub use self::#name::*; }),
    );
}

/// The file of a part.
pub fn part(cx: &Cx, id: PartId) -> File {
    let part = cx.facts.part(id);
    let features = |list: &[ResourceId]| {
        let features = gate::features(cx, list);
        features
            .iter()
            .map(|name| format!("`{name}`"))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let title = match &part.gate {
        Gate::None => "Types of requests and replies.".to_owned(),
        Gate::Any(resources) => format!("Types that are shared by {}.", features(resources)),
        Gate::All => "Types that no call uses.".to_owned(),
    };
    let mut module = Module::new(cx, Site::Part(id), vec![title]);
    definitions(&mut module, part.types.clone());
    let folder = match part.home {
        Home::Shared => "types".to_owned(),
        Home::Resource(id) => resource::file_stem(cx, id),
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
    for id in ids {
        match &cx.api.types[id.0].shape {
            Shape::Struct { fields, rest } => structure(module, id, fields, rest),
            Shape::Enum {
                repr: Repr::String,
                values,
            } => string_enum(module, id, values),
            Shape::Enum {
                repr: Repr::Integer,
                values,
            } => integer_enum(module, id, values),
            Shape::Union { tag, variants } => union(module, id, tag, variants),
            Shape::Alias(target) => alias(module, id, target),
        }
    }
}

fn head(cx: &Cx, id: TypeId) -> TokenStream {
    let def = &cx.api.types[id.0];
    let (docs, deprecated) = (
        doc::definition(cx, id).attributes(),
        doc::deprecated(&def.doc),
    );
    quote! { #docs #deprecated }
}

fn structure(module: &mut Module, id: TypeId, fields: &[Field], rest: &Rest) {
    let cx = module.cx();
    let name = &cx.names.ty(id).name;
    let head = head(cx, id);
    let definitions: Vec<TokenStream> = fields
        .iter()
        .enumerate()
        .map(|(index, field)| self::field(module, id, index, field))
        .collect();
    let extra = extra(module, id, rest);
    module.item(quote! {
        #head
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub struct #name {
            #(#definitions)*
            #extra
        }
    });
    object(module, id, fields);
    if cx.facts.ty(id).in_requests {
        constructor(module, id, fields);
    }
    times(module, id, fields);
    page(module, id, fields);
}

fn field(module: &mut Module, id: TypeId, index: usize, field: &Field) -> TokenStream {
    let cx = module.cx();
    let names = cx.names.ty(id);
    let name = &names.members[index];
    let mut docs = doc::field(field);
    if let Some(times) = &names.times[index] {
        docs.add(format!("[`{0}`](Self::{0}()) converts it.", times.std));
    }
    let (docs, deprecated) = (docs.attributes(), doc::deprecated(&field.doc));
    let ty = ty::field(module, &field.ty, cx.facts.ty(id).members[index]);
    quote! { #docs #deprecated pub #name: #ty, }
}

/// The field for what has no field.
fn extra(module: &mut Module, id: TypeId, rest: &Rest) -> TokenStream {
    let unnamed = module.cx().facts.ty(id).unnamed;
    let ty = match (unnamed, rest) {
        (Unnamed::Refused, _) => return TokenStream::new(),
        (Unnamed::Kept, _) | (Unnamed::Typed, Rest::Open | Rest::Closed) => {
            module.runtime("Extra");
            quote!(Extra)
        }
        (Unnamed::Typed, Rest::Typed(ty)) => ty::plain(module, &Ty::Map(Box::new(ty.clone()))),
    };
    let docs = Docs::line(
        "Properties that the document does not name, kept as they came and written back.",
    );
    let docs = docs.attributes();
    quote! { #docs pub extra: #ty, }
}

/// The call of the runtime's macro that reads and writes a struct.
fn object(module: &mut Module, id: TypeId, fields: &[Field]) {
    let cx = module.cx();
    let (names, facts) = (cx.names.ty(id), cx.facts.ty(id));
    module.runtime("object");
    let mut table = Table::new("object", &names.name);
    for (index, field) in fields.iter().enumerate() {
        let form = match facts.members[index].form {
            Form::Required => "required",
            Form::Optional if takes_null(cx, &field.ty) => "any",
            Form::Optional => "optional",
            Form::Nullable => "nullable",
        };
        table.row(
            &[Literal::string(&field.wire)],
            &names.members[index],
            Some(form),
        );
    }
    match facts.unnamed {
        Unnamed::Refused => {}
        Unnamed::Kept | Unnamed::Typed => table.last("extra"),
    }
    module.table(table);
}

/// Whether null is one of the values of a type that is no `Option`.
fn takes_null(cx: &Cx, ty: &Ty) -> bool {
    matches!(resolve(cx.api, ty), Ty::Any(_) | Ty::Scalar(Scalar::Null))
}

/// `new`, which takes what is required.
fn constructor(module: &mut Module, id: TypeId, fields: &[Field]) {
    let cx = module.cx();
    let (names, facts) = (cx.names.ty(id), cx.facts.ty(id));
    let (mut arguments, mut values) = (Vec::new(), Vec::new());
    for (index, field) in fields.iter().enumerate() {
        let (name, member) = (&names.members[index], facts.members[index]);
        values.push(match member.form {
            Form::Optional | Form::Nullable => quote!(#name: None),
            Form::Required if member.constant => {
                let value = literal::constant(module, &field.ty);
                quote!(#name: #value)
            }
            Form::Required => {
                let argument = ty::argument(module, &field.ty, quote!(#name));
                let (ty, value) = (argument.ty, argument.value);
                arguments.push(quote!(#name: #ty));
                match member.boxed {
                    true if non_null(cx.api, &field.ty).1 => quote!(#name: #value.map(Box::new)),
                    true => quote!(#name: Box::new(#value)),
                    false if value.to_string() == name.as_str() => quote!(#name),
                    false => quote!(#name: #value),
                }
            }
        });
    }
    match facts.unnamed {
        Unnamed::Refused => {}
        Unnamed::Kept => values.push(quote!(extra: Extra::default())),
        Unnamed::Typed => values.push(quote!(extra: BTreeMap::new())),
    }
    let name = &names.name;
    let docs = match arguments.is_empty() {
        true => Docs::line("A value with nothing set."),
        false => Docs::line("A value with what is required; all else is unset."),
    };
    let docs = docs.attributes();
    module.item(quote! {
        impl #name {
            #docs
            pub fn new(#(#arguments),*) -> Self {
                Self { #(#values),* }
            }
        }
    });
    if arguments.is_empty() {
        module.item(quote! {
            impl Default for #name {
                fn default() -> Self {
                    Self::new()
                }
            }
        });
    }
}

/// Conversions of the fields that hold a time.
fn times(module: &mut Module, id: TypeId, fields: &[Field]) {
    let cx = module.cx();
    let (names, facts) = (cx.names.ty(id), cx.facts.ty(id));
    let mut methods = Vec::new();
    for (index, field) in fields
        .iter()
        .enumerate()
        .filter(|(_, field)| is_time(cx.api, &field.ty))
    {
        let (Some(times), Some(name)) = (&names.times[index], names.members.get(index)) else {
            continue;
        };
        let nullable = non_null(cx.api, &field.ty).1;
        let seconds = match facts.members[index].form {
            Form::Required if !nullable => quote!(self.#name),
            Form::Required | Form::Optional => quote!(self.#name?),
            Form::Nullable => quote!(self.#name??),
        };
        let (std, jiff) = (&times.std, &times.jiff);
        let link = doc::link(name.as_str(), &format!("field@Self::{}", name.plain()));
        let unset = if matches!(facts.members[index].form, Form::Required) && !nullable {
            ""
        } else {
            "it is unset or "
        };
        let text = format!(
            "{link} as a [`SystemTime`]; `None` where {unset}the platform cannot represent it."
        );
        let docs = Docs::line(text).attributes();
        let text =
            format!("{link} as a [`jiff::Timestamp`]; `None` where {unset}it is out of range.");
        let jiff_docs = Docs::line(text).attributes();
        methods.push(quote! {
            #docs
            pub fn #std(&self) -> Option<SystemTime> {
                unix_time(#seconds)
            }

            #jiff_docs
            #[cfg(feature = "jiff")]
            pub fn #jiff(&self) -> Option<jiff::Timestamp> {
                jiff::Timestamp::from_second(#seconds).ok()
            }
        });
    }
    if !methods.is_empty() {
        module.runtime("unix_time");
        module.import("std::time", "SystemTime");
        let name = &names.name;
        module.item(quote! { impl #name { #(#methods)* } });
    }
}

/// Where the items of a page are, and what leads to the next one. How pages follow each other is in the runtime.
fn page(module: &mut Module, id: TypeId, fields: &[Field]) {
    let cx = module.cx();
    let (names, facts) = (cx.names.ty(id), cx.facts.ty(id));
    let Some(page) = cx.facts.page(id) else {
        return;
    };
    let Ty::List(item) = resolve(cx.api, non_null(cx.api, &fields[page.items].ty).0) else {
        return;
    };
    let item = ty::plain(module, item);
    let items = &names.members[page.items];
    let nullable = |index: usize| non_null(cx.api, &fields[index].ty).1;
    let (borrowed, owned) = match facts.members[page.items].form {
        Form::Required if !nullable(page.items) => (quote!(&self.#items), quote!(self.#items)),
        Form::Required | Form::Optional => (
            quote!(self.#items.as_deref().unwrap_or_default()),
            quote!(self.#items.unwrap_or_default()),
        ),
        Form::Nullable => (
            quote!(self.#items.as_ref().and_then(Option::as_deref).unwrap_or_default()),
            quote!(self.#items.flatten().unwrap_or_default()),
        ),
    };
    let next = next_page(module, id, fields);
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

fn next_page(module: &mut Module, id: TypeId, fields: &[Field]) -> TokenStream {
    let cx = module.cx();
    let (names, facts) = (cx.names.ty(id), cx.facts.ty(id));
    let Some(page) = cx.facts.page(id) else {
        return quote!(None);
    };
    let Some(next) = page.next else {
        return quote!(None);
    };
    let name = &names.members[next];
    let (inner, nullable) = non_null(cx.api, &fields[next].ty);
    let is_text = matches!(resolve(cx.api, inner), Ty::Scalar(Scalar::String));
    let cursor = match facts.members[next].form {
        Form::Required if !nullable && is_text => quote!(Some(self.#name.as_str())),
        Form::Required if !nullable => quote!(Some(self.#name.to_string().as_str())),
        Form::Required | Form::Optional if is_text => quote!(self.#name.as_deref()),
        Form::Required | Form::Optional => {
            quote!(self.#name.map(|cursor| cursor.to_string()).as_deref())
        }
        Form::Nullable if is_text => quote!(self.#name.as_ref().and_then(Option::as_deref)),
        Form::Nullable => quote!(self.#name.flatten().map(|cursor| cursor.to_string()).as_deref()),
    };
    let more = page
        .more
        .map(|more| (&names.members[more], facts.members[more].form));
    let more = match more {
        None => quote!(None),
        Some((more, Form::Required | Form::Optional)) => quote!(self.#more),
        Some((more, Form::Nullable)) => quote!(self.#more.flatten()),
    };
    quote!(Next::cursor(#more, #cursor))
}

fn string_enum(module: &mut Module, id: TypeId, values: &[EnumValue]) {
    module.runtime("string_enum");
    enumeration(module, id, values, "string_enum", quote!(String));
}

fn integer_enum(module: &mut Module, id: TypeId, values: &[EnumValue]) {
    module.runtime("integer_enum");
    enumeration(module, id, values, "integer_enum", quote!(i64));
}

fn enumeration(
    module: &mut Module,
    id: TypeId,
    values: &[EnumValue],
    macro_name: &'static str,
    other: TokenStream,
) {
    let cx = module.cx();
    let names = cx.names.ty(id);
    let mut table = Table::new(macro_name, &names.name);
    let variants: Vec<TokenStream> = values
        .iter()
        .zip(&names.members)
        .map(|(value, name)| {
            table.row(&[literal::wire(&value.wire)], name, None);
            let docs = Docs::of(&value.doc, || {
                format!("{}.", super::markdown::code(&doc::spelled(&value.wire)))
            });
            let (docs, deprecated) = (docs.attributes(), doc::deprecated(&value.doc));
            quote! { #docs #deprecated #name, }
        })
        .collect();
    let (head, name) = (head(cx, id), &names.name);
    let docs = Docs::line("A value that the document does not name.").attributes();
    module.item(quote! {
        #head
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            #docs
            Other(#other),
        }
    });
    module.table(table);
}

fn union(module: &mut Module, id: TypeId, tag: &Tag, variants: &[Variant]) {
    let cx = module.cx();
    let (names, facts) = (cx.names.ty(id), cx.facts.ty(id));
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
    let mut definitions = Vec::new();
    for (index, variant) in variants.iter().enumerate() {
        let name = &names.members[index];
        let tags: BTreeSet<&String> = variant.tags.iter().collect();
        let tags: Vec<String> = match tag {
            Tag::Property(_) => tags
                .into_iter()
                .map(|tag| Literal::string(tag).to_string())
                .collect(),
            Tag::Constant(_) => tags.into_iter().map(literal::constant_tag).collect(),
            Tag::ByShape => Vec::new(),
        };
        table.row(&tags, name, None);
        let ty = ty::field(module, &variant.ty, facts.members[index]);
        let docs = Docs::line(format!("{}.", super::markdown::code(&variant.name))).attributes();
        definitions.push(quote! { #docs #name(#ty), });
    }
    if let Some(index) = variants.iter().position(|variant| variant.is_default) {
        table.row(&["_"], &names.members[index], None);
    }
    let (head, name) = (head(cx, id), &names.name);
    let docs = Docs::line("What fits none of the above, kept as it came.").attributes();
    module.item(quote! {
        #head
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#definitions)*
            #docs
            Other(Value),
        }
    });
    module.table(table);
}

fn alias(module: &mut Module, id: TypeId, target: &Ty) {
    let cx = module.cx();
    let (head, name) = (head(cx, id), &cx.names.ty(id).name);
    let target = ty::plain(module, target);
    module.item(quote! { #head pub type #name = #target; });
}
