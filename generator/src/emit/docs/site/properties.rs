//! Lists of parameters and properties.
//!
//! In: parameters, properties, the places of types. Out: a list, required ones first, each with a link to itself. A type that is
//! described at its only use is folded there. Not here: what types are in words (`schema`).

use super::homes::listed;
use super::sheet::Sheet;
use crate::emit::docs::page::Depth;
use crate::emit::docs::places::Home;
use crate::emit::docs::schema::{self, ItemLine};
use crate::emit::rust::doc::literal_text;
use crate::emit::text::markdown;
use crate::model::api::{Doc, Field, Presence, Shape, Ty, TypeId};

/// A parameter or a property.
pub struct Entry<'a> {
    /// The anchor, which is unique on its page.
    pub anchor: String,
    /// The name on the wire.
    pub name: &'a str,
    /// The name in Rust, if it differs.
    pub rust: Option<&'a str>,
    pub line: ItemLine<'a>,
    /// The type that is folded here.
    pub folded: Option<TypeId>,
}

/// Adds a list.
pub fn list(sheet: &mut Sheet, mut entries: Vec<Entry>) {
    if entries.is_empty() {
        return;
    }
    entries.sort_by_key(|entry| !entry.line.presence.is_required());
    sheet.html(&["<ul class=\"properties\">\n"]);
    for entry in entries {
        self::entry(sheet, &entry);
    }
    sheet.html(&["</ul>\n"]);
}

fn entry(sheet: &mut Sheet, entry: &Entry) {
    let Entry { anchor, line, .. } = entry;
    sheet.html(&[
        "<li id=\"",
        anchor,
        "\"><div><a class=\"name\" href=\"#",
        anchor,
        "\">",
    ]);
    sheet.inline(&markdown::code(entry.name));
    sheet.html(&["</a> "]);
    sheet.inline(&schema::type_phrase(&sheet.words(), line.ty));
    match line.presence {
        Presence::Required => sheet.html(&[" <b>required</b>"]),
        Presence::Optional | Presence::Default(_) => {}
    }
    if line.doc.deprecated {
        sheet.html(&[" <strong class=\"warn\">deprecated</strong>"]);
    }
    sheet.html(&["</div>\n"]);
    facts(sheet, entry);
    sheet.blocks(|page| schema::text(page, Depth::TOP, line.doc));
    if let Some(id) = entry.folded {
        folded(sheet, id, line.doc);
    }
    sheet.html(&["</li>\n"]);
}

/// The default, the values, and how a parameter is written.
fn facts(sheet: &mut Sheet, entry: &Entry) {
    let line = &entry.line;
    let mut facts: Vec<String> = line.notes.iter().map(|note| (*note).to_owned()).collect();
    if let Presence::Default(value) = line.presence {
        facts.push(format!("default {}", markdown::code(&literal_text(value))));
    }
    facts.extend(schema::values(&sheet.words(), line.ty));
    facts.extend(
        entry
            .rust
            .map(|name| format!("in Rust {}", markdown::code(name))),
    );
    if !facts.is_empty() {
        sheet.html(&["<p class=\"facts\">"]);
        sheet.inline(&facts.join(", "));
        sheet.html(&["</p>\n"]);
    }
}

/// Adds a type whose only use is here, folded. `seen` is the description of the use, which is not repeated.
pub fn folded(sheet: &mut Sheet, id: TypeId, seen: &Doc) {
    let (cx, name) = (sheet.cx, sheet.cx.names.ty(id).name.plain());
    let def = &cx.api.types[id.0];
    let (count, what) = match &def.shape {
        Shape::Struct { fields, .. } => (fields.len(), "properties"),
        Shape::Enum { values, .. } => (values.len(), "values"),
        Shape::Union { variants, .. } => (variants.len(), "alternatives"),
        Shape::Alias(_) => return,
    };
    let what = match (count, what) {
        (1, "properties") => "property",
        (1, what) => &what[..what.len() - 1],
        (_, what) => what,
    };
    sheet.html(&[
        "<details><summary>",
        &count.to_string(),
        " ",
        what,
        " of <code>",
        name,
        "</code></summary>\n",
    ]);
    sheet.html(&["<div id=\"", name, "\">\n"]);
    if def.doc != *seen {
        sheet.blocks(|page| schema::text(page, Depth::TOP, &def.doc));
    }
    members(sheet, id);
    sheet.html(&["</div></details>\n"]);
}

/// Adds all members of a type.
pub fn members(sheet: &mut Sheet, id: TypeId) {
    list(sheet, fields(sheet, id, sheet.cx.names.ty(id).name.plain()));
    sheet.blocks(|page| {
        page.gap();
        schema::members(page, id);
    });
}

/// Returns the properties of a type. Their anchors begin with `prefix`.
pub fn fields<'a>(sheet: &Sheet<'a>, id: TypeId, prefix: &str) -> Vec<Entry<'a>> {
    let cx = sheet.cx;
    let Shape::Struct { fields, .. } = &cx.api.types[id.0].shape else {
        return Vec::new();
    };
    let members = cx.names.ty(id).members.iter();
    let entries = fields.iter().zip(members).enumerate();
    entries
        .map(|(index, (field, member))| Entry {
            anchor: format!("{prefix}.{}", member.plain()),
            name: &field.wire,
            rust: (member.plain() != field.wire).then(|| member.as_str()),
            line: line(field),
            folded: at(sheet, &field.ty, Home::Field(id, index)),
        })
        .collect()
}

fn line(field: &Field) -> ItemLine<'_> {
    ItemLine {
        ty: &field.ty,
        presence: &field.presence,
        doc: &field.doc,
        notes: schema::direction(field),
    }
}

/// Returns the type of a use if that is where it is described.
pub fn at(sheet: &Sheet, ty: &Ty, place: Home) -> Option<TypeId> {
    listed(ty).filter(|id| sheet.places.home(*id) == place)
}
