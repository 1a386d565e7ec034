//! Types in words: what a parameter, a property or a reply may be.
//!
//! In: uses and definitions of types. Out: their words with links, lists of properties, a section for each definition. Not
//! here: operations.

use std::borrow::Cow;

use super::page::{Depth, Page};
use crate::emit::rust::doc;
use crate::emit::text::{markdown, wording};
use crate::model::api::{
    Access, Doc, EnumValue, Field, Presence, Rest, Scalar, Shape, Tag, Ty, TypeDef, TypeId, Variant,
};
use crate::model::ty::{is_tag_of_base, resolve};

/// The maximum number of values of an enum that are listed at its uses.
const FEW_VALUES: usize = 12;
/// The most properties, with those of nested objects, that are listed for an object of an operation.
const SHOWN: usize = 60;
/// Up to this many properties of an object in an object are listed with it.
const FEW_FIELDS: usize = 16;

/// The capacity that suffices for most lines.
const USUAL: usize = 128;

/// The line of a parameter or a property, after its name.
pub struct ItemLine<'a> {
    pub ty: &'a Ty,
    pub presence: &'a Presence,
    pub doc: &'a Doc,
    /// Further remarks.
    pub notes: &'a [&'a str],
}

/// An item of a list: a name, its type and values; then its description.
pub fn item(page: &mut Page, depth: Depth, name: &str, used: &ItemLine) {
    let mut line = String::with_capacity(USUAL);
    line.push_str(&markdown::code(name));
    line.push_str(": ");
    line.push_str(&type_phrase(page, used.ty));
    line.push_str(match used.presence {
        Presence::Required => ", required",
        Presence::Optional | Presence::Default(_) => ", optional",
    });
    if let Presence::Default(value) = used.presence {
        line.push_str(", default ");
        line.push_str(&markdown::code(&doc::literal_text(value)));
    }
    if let Some(values) = values(page, used.ty) {
        line.push_str(", ");
        line.push_str(&values);
    }
    let deprecated = used.doc.deprecated.then_some("deprecated");
    for note in used.notes.iter().copied().chain(deprecated) {
        line.push_str(", ");
        line.push_str(note);
    }
    page.item(depth, &line);
    text(page, depth.inner(), used.doc);
}

/// The description.
pub fn text(page: &mut Page, depth: Depth, doc: &Doc) {
    let summary = doc.summary.as_deref();
    if let Some(summary) = summary.filter(|text| !text.trim().is_empty()) {
        page.paragraph(depth, &doc::sentence(markdown::escape(summary)));
    }
    description(page, depth, doc);
}

/// The description without the summary, if that is the title.
pub fn description(page: &mut Page, depth: Depth, doc: &Doc) {
    let description = doc.description.as_deref();
    if let Some(description) = description.filter(|text| Some(*text) != doc.summary.as_deref()) {
        let lines = page.cx.page_lines(description);
        if !lines.is_empty() {
            page.lines(depth, &lines);
        }
    }
    if let Some(notes) = wording::notes(doc) {
        page.lines(depth, &page.cx.page_lines(&notes));
    }
}

/// Returns a type in terms of JSON Schema. A type with a section is a link.
pub fn type_phrase(page: &Page, ty: &Ty) -> Cow<'static, str> {
    let api = page.cx.api;
    match resolve(api, ty) {
        Ty::Scalar(scalar) => self::scalar(*scalar).into(),
        Ty::Any(_) => "any JSON value".into(),
        Ty::List(item) => ["array of ", &type_phrase(page, item)].concat().into(),
        Ty::Map(value) => ["map of ", &type_phrase(page, value)].concat().into(),
        Ty::Nullable(inner) => {
            // Without the comma, `array of string or null` would be an array of nullable strings.
            let comma = match resolve(api, inner) {
                Ty::List(_) | Ty::Map(_) | Ty::Tuple(_) => ",",
                Ty::Scalar(_) | Ty::Any(_) | Ty::Nullable(_) | Ty::Named(_) => "",
            };
            [&type_phrase(page, inner), comma, " or null"]
                .concat()
                .into()
        }
        Ty::Tuple(items) => {
            let items: Vec<Cow<str>> = items.iter().map(|item| type_phrase(page, item)).collect();
            ["array of ", &items.join(", then ")].concat().into()
        }
        Ty::Named(id) => match &api.types[id.0].shape {
            Shape::Enum { values, .. } => value_type(values).into(),
            Shape::Struct { .. } | Shape::Union { .. } | Shape::Alias(_) => {
                type_link(page, *id).into()
            }
        },
    }
}

fn scalar(scalar: Scalar) -> &'static str {
    match scalar {
        Scalar::String => "string",
        Scalar::Bool => "boolean",
        Scalar::I8
        | Scalar::I16
        | Scalar::I32
        | Scalar::I64
        | Scalar::U8
        | Scalar::U16
        | Scalar::U32
        | Scalar::U64 => "integer",
        Scalar::UnixTime => "integer (Unix time in seconds)",
        Scalar::QuotedI64 | Scalar::QuotedU64 => "string (an integer)",
        Scalar::F32 | Scalar::F64 => "number",
        Scalar::Null => "null",
        Scalar::File => "file",
    }
}

fn value_type(values: &[EnumValue]) -> &'static str {
    use crate::model::api::Literal::{Bool, Float, Integer, Json, Null, String, Unsigned};
    match values.first().map(|value| &value.wire) {
        Some(Integer(_) | Unsigned(_)) => "integer",
        Some(Null | Bool(_) | Float(_) | String(_) | Json(_)) | None => "string",
    }
}

/// Returns the name of a definition, leading to its section.
pub fn type_link(page: &Page, id: TypeId) -> String {
    let name = &page.cx.names.ty(id).name;
    page.link(&markdown::code(name.as_str()), path(page, id), name.plain())
}

/// Returns the page with the section of a definition.
fn path<'a>(page: &Page<'a>, id: TypeId) -> &'a str {
    if let Some(places) = page.places {
        return places.path(id);
    }
    let (pages, plan) = (&page.cx.names.pages, page.cx.outline.ty(id));
    match plan.part {
        Some(part) => pages.of_part(part),
        None => crate::plan::names::DocPaths::TYPES,
    }
}

/// Returns the values that an enum allows, or the items of a list of it.
pub fn values(page: &Page, ty: &Ty) -> Option<String> {
    let (id, of_items) = enum_of(page, ty)?;
    let Shape::Enum { values, .. } = &page.cx.api.types[id.0].shape else {
        return None;
    };
    let each = if of_items { "each " } else { "" };
    if values.len() > FEW_VALUES {
        let link = type_link(page, id);
        return Some(format!(
            "{each}one of the {} values of {link}",
            values.len()
        ));
    }
    let spelled = values
        .iter()
        .map(|value| markdown::code(&doc::literal_text(&value.wire)));
    let spelled: Vec<String> = spelled.collect();
    let mut text = match spelled.as_slice() {
        [one] if is_tag_of_base(page.cx.api, &page.cx.api.types[id.0]) => {
            format!("{one} or that of an unknown subtype")
        }
        [one] => format!("{each}always {one}"),
        many => format!("{each}one of {}", many.join(", ")),
    };
    if has_section(&page.cx.api.types[id.0]) {
        text.push_str(&format!(" ({})", type_link(page, id)));
    }
    Some(text)
}

fn enum_of(page: &Page, ty: &Ty) -> Option<(TypeId, bool)> {
    match resolve(page.cx.api, ty) {
        Ty::Named(id) => Some((*id, false)),
        Ty::Nullable(inner) => enum_of(page, inner),
        Ty::List(item) => enum_of(page, item).map(|(id, _)| (id, true)),
        Ty::Scalar(_) | Ty::Map(_) | Ty::Tuple(_) | Ty::Any(_) => None,
    }
}

/// The properties of a body or a reply, with those of small objects in it. Objects that are not listed have a section. The site
/// lists them elsewhere, once.
pub fn properties(page: &mut Page, ty: &Ty) {
    if page.places.is_some() {
        return;
    }
    let Some(fields) = object(page, ty).map(|id| fields(page, id)) else {
        return;
    };
    if fields.is_empty() || fields.len() > SHOWN {
        return;
    }
    page.gap();
    let mut left = SHOWN - fields.len();
    for field in fields {
        property(page, Depth::TOP, field);
        let Some(id) = object(page, &field.ty) else {
            continue;
        };
        let inner = self::fields(page, id);
        if !inner.is_empty() && inner.len() <= FEW_FIELDS.min(left) {
            left -= inner.len();
            page.gap();
            for field in inner {
                property(page, Depth::TOP.inner(), field);
            }
            page.gap();
        }
    }
}

/// Which way a property goes, unless both ways.
pub fn direction(field: &Field) -> &'static [&'static str] {
    match field.access {
        Access::ReadWrite => &[],
        Access::ReadOnly => &["read-only"],
        Access::WriteOnly => &["write-only"],
    }
}

fn property(page: &mut Page, depth: Depth, field: &Field) {
    let used = ItemLine {
        ty: &field.ty,
        presence: &field.presence,
        doc: &field.doc,
        notes: direction(field),
    };
    item(page, depth, &field.wire, &used);
}

/// Returns the object that a type is, or that its items are.
fn object(page: &Page, ty: &Ty) -> Option<TypeId> {
    match resolve(page.cx.api, ty) {
        Ty::Named(id) => Some(*id),
        Ty::Nullable(inner) | Ty::List(inner) | Ty::Map(inner) => object(page, inner),
        Ty::Scalar(_) | Ty::Tuple(_) | Ty::Any(_) => None,
    }
}

fn fields<'a>(page: &Page<'a>, id: TypeId) -> &'a [Field] {
    match &page.cx.api.types[id.0].shape {
        Shape::Struct { fields, .. } => fields,
        Shape::Enum { .. } | Shape::Union { .. } | Shape::Alias(_) => &[],
    }
}

/// Returns whether a definition has a section. An alias has none, nor has a small enum without
/// descriptions, whose values are listed at each use.
pub fn has_section(def: &TypeDef) -> bool {
    match &def.shape {
        Shape::Struct { .. } | Shape::Union { .. } => true,
        Shape::Enum { values, .. } => {
            values.len() > FEW_VALUES || values.iter().any(|value| value.doc != Doc::default())
        }
        Shape::Alias(_) => false,
    }
}

/// The section of a definition.
pub fn section(page: &mut Page, level: usize, id: TypeId) {
    let (def, name) = (&page.cx.api.types[id.0], &page.cx.names.ty(id).name);
    page.heading(level, &markdown::code(name.as_str()), Some(name.plain()));
    if def.doc.deprecated {
        page.paragraph(Depth::TOP, "**Deprecated.**");
    }
    text(page, Depth::TOP, &def.doc);
    page.gap();
    if let Shape::Struct { fields, .. } = &def.shape {
        for field in fields {
            property(page, Depth::TOP, field);
        }
    }
    members(page, id);
}

/// The members of a definition that are not properties.
pub fn members(page: &mut Page, id: TypeId) {
    match &page.cx.api.types[id.0].shape {
        Shape::Struct { rest, .. } => {
            if let Rest::Typed(ty) = rest {
                let line = format!("any other property: {}", type_phrase(page, ty));
                page.item(Depth::TOP, &line);
            }
        }
        Shape::Enum { values, .. } => {
            for value in values {
                page.item(Depth::TOP, &markdown::code(&doc::literal_text(&value.wire)));
                text(page, Depth::TOP.inner(), &value.doc);
            }
        }
        Shape::Union { tag, variants } => union(page, tag, variants),
        Shape::Alias(_) => {}
    }
}

fn union(page: &mut Page, tag: &Tag, variants: &[Variant]) {
    let tag = match tag {
        Tag::Property(name) | Tag::Constant(name) => Some(markdown::code(name)),
        Tag::Status(_) => Some("the status".to_owned()),
        Tag::ByShape => None,
    };
    page.paragraph(
        Depth::TOP,
        &match &tag {
            Some(tag) => format!("One of these types, selected by {tag}:"),
            None => "One of:".into(),
        },
    );
    for variant in variants {
        let mut line = type_phrase(page, &variant.ty).into_owned();
        let condition = tag.as_ref().and_then(|tag| wording::selected(tag, variant));
        if let Some(condition) = condition {
            line.push_str(&format!(" if {condition}"));
        } else if let Some(values) = values(page, &variant.ty) {
            line.push_str(&format!(", {values}"));
        }
        page.item(Depth::TOP, &line);
        if let Some(remark) = wording::variant(variant) {
            page.lines(Depth::TOP.inner(), &page.cx.page_lines(&remark));
        }
    }
}
