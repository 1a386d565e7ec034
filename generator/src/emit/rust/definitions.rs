//! Definitions: structs, enums, unions, aliases.
//!
//! In: [`TypeDef`](crate::model::api::TypeDef)s of a module. Out: its items. Nothing derives serde's traits: that would be most of
//! the compile time, so the runtime's macros write the impls. Not here: which module owns what (`plan`).

use std::collections::BTreeSet;

use proc_macro2::Literal;

use crate::emit::EmitCx;
use crate::emit::print::code::{RustCode, call, code, holder, implementation, string};
use crate::emit::print::item::Item;
use crate::emit::rust::doc::{self, Docs};
use crate::emit::rust::module::{Module, Table};
use crate::emit::rust::structs::{DERIVE_DEFAULT, TEST_UTIL, structure};
use crate::emit::rust::{conversions, literal, ty};
use crate::emit::text::{markdown, wording};
use crate::model::api::{
    EnumValue, Misfits, Repr, Scalar, Shape, Status, Tag, Ty, TypeId, Variant,
};
use crate::plan::defaults::DefaultValue;
use crate::plan::names::Name;

/// Emits definitions in the order of their names.
pub fn definitions(module: &mut Module, mut ids: Vec<TypeId>) {
    let cx = module.cx();
    ids.sort_by_key(|id| &cx.names.ty(*id).name);
    for id in ids {
        let shape = &cx.api.types[id.0].shape;
        if let Some(literal) = cx.names.literals.of(shape) {
            constant(module, id, literal);
            continue;
        }
        match shape {
            Shape::Struct { fields, rest } => structure(module, id, fields, rest),
            Shape::Enum {
                repr, values, null, ..
            } => enumeration(module, id, *repr, values, *null),
            Shape::Union { tag, variants } => union(module, id, tag, variants),
            Shape::Alias(target) => alias(module, id, target),
        }
    }
}

/// A string that is always the same, and has a name in the document.
fn constant(module: &mut Module, id: TypeId, literal: &Name) {
    let name = &module.cx().names.ty(id).name;
    let mut item = module.definition(id);
    let constant = ty::constant(module, literal);
    item.line(code!("pub type ", name, " = ", constant, ";"));
    module.item(item);
}

/// Emits the names of all strings that constants stand for.
pub fn literals(module: &mut Module) {
    let mut table = Table::bare("constants");
    for (text, name) in module.cx().names.literals.iter() {
        table.row(&[string(text)], name, None);
    }
    if !table.is_empty() {
        module.runtime("constants");
        module.table(table);
    }
}

fn enumeration(module: &mut Module, id: TypeId, repr: Repr, values: &[EnumValue], null: bool) {
    let (macro_name, other) = match (repr, null) {
        (Repr::String, false) => ("string_enum", "String"),
        (Repr::String, true) => ("nullable_string_enum", "String"),
        (Repr::Integer, false) => ("integer_enum", "i64"),
        (Repr::Integer, true) => ("nullable_integer_enum", "i64"),
    };
    module.runtime(macro_name);
    let cx = module.cx();
    let names = cx.names.ty(id);
    let has_default = cx.outline.ty(id).default.is_some();
    let mut table = Table::new(macro_name, &names.name);
    let mut item = module.definition(id);
    item.line("#[derive(Clone)]");
    if has_default {
        item.line(DERIVE_DEFAULT);
    }
    item.line("#[non_exhaustive]");
    item.block(code!("pub enum ", &names.name), |item| {
        for (index, (value, name)) in values.iter().zip(&names.members).enumerate() {
            table.row(&[literal::wire(&value.wire)], name, None);
            item.docs(&doc::enum_value(value));
            if has_default && index == 0 {
                item.line("#[cfg_attr(feature = \"test-util\", default)]");
            }
            item.deprecated(&value.doc);
            item.line(code!(name, ","));
        }
        if null {
            item.docs(&Docs::line(
                "Null, where the value stands alone. A member or an item that is null is `None`.",
            ));
            item.line("Null,");
        }
        item.docs(&Docs::line("A value that the document does not list."));
        item.line(code!(holder("Other", code!(other)), ","));
    });
    module.item(item);
    module.table(table);
}

fn union(module: &mut Module, id: TypeId, tag: &Tag, variants: &[Variant]) {
    if let Tag::Status(statuses) = tag {
        return errors(module, id, statuses, variants);
    }
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
        Tag::ByShape | Tag::Status(_) => {
            module.runtime("union");
            Table::new("union", &names.name)
        }
    };
    module.import("serde_json", "Value");
    let mut item = module.definition(id);
    item.line("#[derive(Clone, Debug)]");
    item.line("#[non_exhaustive]");
    item.block(code!("pub enum ", &names.name), |item| {
        for (index, variant) in variants.iter().enumerate() {
            let name = &names.members[index];
            match variant.is_default && variant.tags.is_empty() {
                true => table.otherwise(name),
                false => table.row(&tags(tag, variant), name, None),
            }
            let ty = ty::member(module, &plan.members[index]);
            item.docs(&variant_docs(cx, tag, variant));
            item.line(code!(holder(name, ty), ","));
        }
        let is_tagged_default = |it: &Variant| it.is_default && !it.tags.is_empty();
        if let Some(index) = variants.iter().position(is_tagged_default) {
            table.row(&[code!("_")], &names.members[index], None);
        }
        item.docs(&Docs::line(other_docs(cx, tag, variants)));
        item.line("Other(Value),");
    });
    module.item(item);
    module.table(table);
    conversions::table(module, id, variants);
    if let Some(DefaultValue::Variant(index)) = plan.default {
        let mut item = Item::default();
        item.line(TEST_UTIL);
        item.block(implementation("Default", &names.name), |item| {
            item.block("fn default() -> Self", |item| {
                let variant = code!("Self::", &names.members[index]);
                item.line(call(variant, &[code!("Default::default()")]));
            });
        });
        module.item(item);
    }
}

/// The errors of operations, which the status distinguishes.
fn errors(module: &mut Module, id: TypeId, statuses: &[Status], variants: &[Variant]) {
    let cx = module.cx();
    let (names, plan) = (cx.names.ty(id), cx.outline.ty(id));
    module.runtime("errors");
    let mut table = Table::new("errors", &names.name);
    let mut item = module.definition(id);
    item.line("#[derive(Clone, Debug, PartialEq)]");
    item.line("#[non_exhaustive]");
    item.block(code!("pub enum ", &names.name), |item| {
        for (index, status) in statuses.iter().enumerate() {
            let (name, member) = (&names.members[index], &plan.members[index]);
            let form = match (&variants[index].ty, member.boxed) {
                (Ty::Scalar(Scalar::String), _) => "string",
                (_, true) => "boxed",
                (_, false) => "json",
            };
            table.row(&[status_pattern(*status)], name, Some(form));
            let ty = ty::member(module, member);
            item.docs(&Docs::line(match status {
                Status::Code(_) | Status::Range(_) => format!("`{status}`."),
                Status::Default if variants.len() == 1 => "Any status.".into(),
                Status::Default => "Any other status.".into(),
            }));
            item.line(code!(holder(name, ty), ","));
        }
        if !statuses.contains(&Status::Default) {
            item.docs(&Docs::line(
                "A status for which the document describes no body.",
            ));
            item.line("Other,");
        }
    });
    if !statuses.contains(&Status::Default) {
        table.row(&[code!("_")], "Other", Some("nothing"));
    }
    module.item(item);
    module.table(table);
}

/// Returns the pattern of a status.
fn status_pattern(status: Status) -> RustCode {
    let number = |code: u16| Literal::u16_unsuffixed(code);
    match status {
        Status::Code(code) => code!(number(code)),
        Status::Range(digit) => {
            let (start, end) = (number(digit * 100), number(digit * 100 + 100));
            code!(start, "..", end)
        }
        Status::Default => code!("_"),
    }
}

fn variant_docs(cx: &EmitCx, tag: &Tag, variant: &Variant) -> Docs {
    let mut docs = Docs::default();
    docs.text(&wording::variant(variant).unwrap_or_default());
    if let Tag::Property(name) | Tag::Constant(name) = tag
        && let Some(condition) = wording::selected(&markdown::code(name), variant)
    {
        docs.add(format!("If {condition}."));
    }
    doc::constant(&mut docs, cx, &variant.ty);
    docs
}

/// Says what a union keeps.
fn other_docs(cx: &EmitCx, tag: &Tag, variants: &[Variant]) -> String {
    match tag {
        Tag::Property(name) | Tag::Constant(name) if !variants.iter().any(|it| it.is_default) => {
            let name = markdown::code(name);
            match cx.api.client.misfits {
                Misfits::RefuseTagged | Misfits::Refuse => {
                    format!("A value whose {name} is missing or unknown.")
                }
                Misfits::Keep => format!(
                    "A value whose {name} is missing or unknown, or that does not match its variant."
                ),
            }
        }
        Tag::Property(_) | Tag::Constant(_) | Tag::ByShape | Tag::Status(_) => {
            "A value that matches no known variant.".into()
        }
    }
}

/// Returns the tags that select a variant.
fn tags(tag: &Tag, variant: &Variant) -> Vec<RustCode> {
    let tags: BTreeSet<&String> = variant.tags.iter().collect();
    let tags = tags.into_iter();
    match tag {
        Tag::Property(_) => tags.map(|tag| string(tag)).collect(),
        Tag::Constant(_) => tags.map(literal::constant_tag).collect(),
        Tag::ByShape | Tag::Status(_) => Vec::new(),
    }
}

fn alias(module: &mut Module, id: TypeId, target: &Ty) {
    let cx = module.cx();
    let target = ty::plain(module, target);
    let mut item = module.definition(id);
    item.line(code!(
        "pub type ",
        &cx.names.ty(id).name,
        " = ",
        target,
        ";"
    ));
    module.item(item);
}
