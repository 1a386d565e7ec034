//! Structs.
//!
//! In: the fields of a definition. Out: the struct, the runtime's macro that reads and writes it, its constructor and
//! conversions of fields. Not here: other definitions.

use std::collections::BTreeMap;

use crate::emit::print::code::{
    Chain, RustCode, call, code, generic, implementation, record, signature, string,
};
use crate::emit::print::item::Item;
use crate::emit::rust::doc::{self, Docs};
use crate::emit::rust::module::{Module, Table};
use crate::emit::rust::page::page;
use crate::emit::rust::setters::setters;
use crate::emit::rust::{literal, times, ty};
use crate::model::api::{Field, Rest, TypeId};
use crate::model::ty::fields;
use crate::plan::decoding::Decoding;
use crate::plan::inputs::by_name;
use crate::plan::names::Name;
use crate::plan::types::{Member, Optionality, Unnamed};

/// A struct with its macro, constructor and conversions.
pub fn structure(module: &mut Module, id: TypeId, fields: &[Field], rest: &Rest) {
    let cx = module.cx();
    let mut item = module.definition(id);
    item.line("#[non_exhaustive]");
    item.block(code!("pub struct ", &cx.names.ty(id).name), |item| {
        for (index, field) in fields.iter().enumerate() {
            self::field(module, item, id, index, field);
        }
        extra(module, item, id, rest);
    });
    module.item(item);
    object(module, id, fields, rest);
    if cx.outline.ty(id).usage.is_sent() {
        constructor(module, id);
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

/// The field for undeclared properties.
fn extra(module: &mut Module, item: &mut Item, id: TypeId, rest: &Rest) {
    let unnamed = module.cx().outline.ty(id).unnamed;
    let ty = match (unnamed, rest) {
        (Unnamed::Refused, _) => return,
        (Unnamed::Kept, _) | (Unnamed::Typed, Rest::Open | Rest::Closed) => {
            module.runtime("Extra");
            code!("Extra")
        }
        (Unnamed::Typed, Rest::Typed(ty)) => {
            module.runtime("Extras");
            generic("Extras", &[ty::plain(module, ty)])
        }
    };
    if matches!(unnamed, Unnamed::Typed) {
        item.docs(&Docs::line("All other properties."));
    }
    item.line(code!("pub extra: ", ty, ","));
}

/// The call of the runtime's macro that reads and writes a struct.
fn object(module: &mut Module, id: TypeId, fields: &[Field], rest: &Rest) {
    let cx = module.cx();
    let (names, plan) = (cx.names.ty(id), cx.outline.ty(id));
    let name = match plan.decoding {
        Decoding::OnStack => "object",
        Decoding::OnHeap => "heap_object",
    };
    module.runtime(name);
    let mut table = Table::new(name, &names.name);
    for (index, field) in fields.iter().enumerate() {
        let word = match plan.members[index].optionality {
            Optionality::Required | Optionality::Nullable => "required",
            Optionality::Optional => "optional",
            Optionality::OptionalAny => "any",
            Optionality::Received => "received",
            Optionality::OptionalNullable => "nullable",
        };
        table.row(&[string(&field.wire)], &names.members[index], Some(word));
    }
    match plan.unnamed {
        Unnamed::Refused => {}
        Unnamed::Kept if *rest == Rest::Closed => table.last("extra: closed"),
        Unnamed::Kept | Unnamed::Typed => table.last("extra"),
    }
    module.table(table);
}

/// `new`, which takes the required fields.
fn constructor(module: &mut Module, id: TypeId) {
    let cx = module.cx();
    let (names, plan) = (cx.names.ty(id), cx.outline.ty(id));
    let (mut parameters, mut values) = (Vec::new(), Vec::new());
    for (index, (name, member)) in names.members.iter().zip(&plan.members).enumerate() {
        let preset = literal::preset(module, member);
        let value = match (preset, member.optionality) {
            (Some(preset), Optionality::Required) => Some(preset),
            (Some(preset), Optionality::OptionalNullable) => {
                Some(code!("Some(Some(", preset, "))"))
            }
            (Some(preset), _) => Some(code!("Some(", preset, ")")),
            (None, optionality) if !optionality.is_required() => Some(code!("None")),
            (None, _) => {
                let argument = ty::member_argument(module, member, name);
                parameters.push((index, code!(name, ": ", argument.ty)));
                boxed_value(member, name, argument.value)
            }
        };
        let colon = value.as_ref().map(|_| ": ");
        values.push(code!(name, colon, value));
    }
    match plan.unnamed {
        Unnamed::Refused => {}
        Unnamed::Kept => values.push(code!("extra: Extra::default()")),
        Unnamed::Typed => values.push(code!("extra: Extras::default()")),
    }
    let parameters = in_order(fields(&cx.api.types[id.0].shape), parameters);
    let has_preset = plan.members.iter().any(|member| member.preset.is_some());
    let docs = Docs::line(match (parameters.is_empty(), has_preset) {
        (true, false) => "Creates a value with no fields set.",
        (true, true) => "Creates a value with only its constants set.",
        (false, _) => "Creates a value with the required fields set.",
    });
    let mut item = Item::default();
    item.block(code!("impl ", &names.name), |item| {
        item.docs(&docs);
        item.block(signature("new", &parameters, "Self"), |item| {
            item.line(record("Self", &values));
        });
        setters(module, item, id, fields(&cx.api.types[id.0].shape));
    });
    module.item(item);
    if parameters.is_empty() {
        default(module, &names.name);
    }
}

/// Returns parameters or arguments, by index of their fields, in the order of the constructor.
pub fn in_order(fields: &[Field], parameters: Vec<(usize, RustCode)>) -> Vec<RustCode> {
    let mut parameters: BTreeMap<usize, RustCode> = parameters.into_iter().collect();
    let order = by_name(fields, parameters.keys().copied().collect());
    order
        .iter()
        .filter_map(|index| parameters.remove(index))
        .collect()
}

/// Returns the value of a field, boxed if necessary. `None` if the argument is the value.
fn boxed_value(member: &Member, name: &Name, value: RustCode) -> Option<RustCode> {
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
