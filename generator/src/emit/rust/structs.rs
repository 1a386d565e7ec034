//! Structs.
//!
//! In: the fields of a definition. Out: the struct, the runtime's macro that reads and writes it, its constructor and
//! conversions of fields. Not here: other definitions.

use std::collections::BTreeMap;

use crate::emit::EmitCx;
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
use crate::plan::members::{Member, Optionality};
use crate::plan::names::Name;
use crate::plan::types::Unnamed;

/// Tests of users have default values.
pub const TEST_UTIL: &str = "#[cfg(feature = \"test-util\")]";
pub const DERIVE_DEFAULT: &str = "#[cfg_attr(feature = \"test-util\", derive(Default))]";

/// A struct with its macro, constructor and conversions.
pub fn structure(module: &mut Module, id: TypeId, fields: &[Field], rest: &Rest) {
    let cx = module.cx();
    let default = StructDefault::of(cx, id);
    let mut item = module.definition(id);
    if default == StructDefault::Derived {
        item.line(DERIVE_DEFAULT);
    }
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
    if default == StructDefault::Written {
        test_default(module, id);
    }
    times::conversions(module, id);
    page(module, id);
}

fn field(module: &mut Module, item: &mut Item, id: TypeId, index: usize, field: &Field) {
    let cx = module.cx();
    let names = cx.names.ty(id);
    let mut docs = doc::field(field);
    doc::constant(&mut docs, cx, &field.ty);
    if let Some(std) = names.times[index].as_ref().and_then(|it| it.std.as_ref()) {
        docs.add(format!("See [`{std}`](Self::{std}())."));
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
    let fields = fields(&cx.api.types[id.0].shape);
    let mut required = names.required.as_ref().map(|_| Item::inside());
    for (index, (name, member)) in names.members.iter().zip(&plan.members).enumerate() {
        let value = initial(module, member).or_else(|| match &mut required {
            Some(required) => {
                required_field(module, required, &fields[index], (name, member));
                let value = Chain::of("required").field(name).end();
                boxed_value(member, name, value)
            }
            None => {
                let argument = ty::member_argument(module, member, name);
                parameters.push((index, code!(name, ": ", argument.ty)));
                boxed_value(member, name, argument.value)
            }
        });
        let colon = value.as_ref().map(|_| ": ");
        values.push(code!(name, colon, value));
    }
    values.extend(no_extra(plan.unnamed));
    let parameters = match &names.required {
        Some(name) => vec![code!("required: ", name)],
        None => in_order(fields, parameters),
    };
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
        setters(module, item, id, fields);
    });
    module.item(item);
    if let (Some(fields), Some(name)) = (required, &names.required) {
        module.item(required_struct(&names.name, name, fields));
    }
    if parameters.is_empty() {
        default(module, &names.name);
    }
}

/// The struct with the required fields of a type, which its constructor takes.
fn required_struct(ty: &Name, name: &Name, fields: Item) -> Item {
    let docs = format!("The required fields of [`{ty}`].");
    let mut item = Item::new(&Docs::line(docs));
    item.line("#[derive(Clone)]");
    item.block(code!("pub struct ", name), |item| item.append(fields));
    item
}

fn required_field(
    module: &mut Module,
    item: &mut Item,
    field: &Field,
    (name, member): (&Name, &Member),
) {
    let ty = ty::member(module, &member.unboxed());
    item.docs(&doc::field(field));
    item.line(code!("pub ", name, ": ", ty, ","));
}

/// Returns the value of a field that needs no argument: a constant, or none.
fn initial(module: &mut Module, member: &Member) -> Option<RustCode> {
    match (literal::preset(module, member), member.optionality) {
        (Some(preset), Optionality::Required) => Some(preset),
        (Some(preset), Optionality::OptionalNullable) => Some(code!("Some(Some(", preset, "))")),
        (Some(preset), _) => Some(code!("Some(", preset, ")")),
        (None, optionality) => (!optionality.is_required()).then(|| code!("None")),
    }
}

/// Returns the field for undeclared properties, without any.
fn no_extra(unnamed: Unnamed) -> Option<RustCode> {
    match unnamed {
        Unnamed::Refused => None,
        Unnamed::Kept => Some(code!("extra: Extra::default()")),
        Unnamed::Typed => Some(code!("extra: Extras::default()")),
    }
}

/// The default value of a struct in the tests of users.
#[derive(Clone, Copy, PartialEq)]
enum StructDefault {
    /// It has none, or its constructor needs no argument.
    Other,
    Derived,
    /// A field has a constant that its type does not imply.
    Written,
}

impl StructDefault {
    fn of(cx: &EmitCx, id: TypeId) -> Self {
        let plan = cx.outline.ty(id);
        let is_argument = |member: &Member| {
            member.optionality.is_required() && literal::preset_of(cx, member).is_none()
        };
        let has_constructor = plan.usage.is_sent() && !plan.members.iter().any(is_argument);
        let is_written = |member: &Member| {
            literal::preset_of(cx, member).is_some() && !literal::is_constant(cx, &member.ty)
        };
        match plan.default {
            None => Self::Other,
            Some(_) if has_constructor => Self::Other,
            Some(_) if plan.members.iter().any(is_written) => Self::Written,
            Some(_) => Self::Derived,
        }
    }
}

/// The default value of a struct that cannot be derived.
fn test_default(module: &mut Module, id: TypeId) {
    let cx = module.cx();
    let (names, plan) = (cx.names.ty(id), cx.outline.ty(id));
    let mut values = Vec::new();
    for (name, member) in names.members.iter().zip(&plan.members) {
        let value = initial(module, member).unwrap_or_else(|| code!("Default::default()"));
        values.push(code!(name, ": ", value));
    }
    values.extend(no_extra(plan.unnamed));
    let mut item = Item::default();
    item.line(TEST_UTIL);
    item.block(implementation("Default", &names.name), |item| {
        item.block("fn default() -> Self", |item| {
            item.line(record("Self", &values));
        });
    });
    module.item(item);
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
