//! Doc comments.
//!
//! In: texts of the document, the plan. Out: lines of Markdown, and the attributes that hold them. Not here: how a text is made
//! safe (see `markdown`).

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::EmitCx;
use crate::emit::text::{markdown, wording};
use crate::model::api::{
    Access, Doc, EnumValue, Field, Literal, NameOrigin, OpId, Owner, Presence, Role, Ty, TypeId,
};
use crate::model::json::sorted;
use crate::model::ty::{is_tag_of_base, non_null, resolve};

/// Lines of a doc comment.
#[derive(Clone, Debug, Default)]
pub struct Docs(Vec<String>);

impl Docs {
    /// Our own text, on one line.
    pub fn line(text: impl Into<String>) -> Self {
        Self(vec![text.into()])
    }

    /// Returns the text of the document, or else a line of ours. Without either, there are no docs,
    /// since a placeholder would be useless.
    pub fn of(doc: &Doc, or: impl FnOnce() -> Option<String>) -> Self {
        Self::about("", doc, or)
    }

    /// Like [`of`](Self::of), but without a summary that only repeats the name of the item.
    pub fn about(name: &str, doc: &Doc, or: impl FnOnce() -> Option<String>) -> Self {
        let mut docs = Self::default();
        let (summary, description) = (doc.summary.as_deref(), doc.description.as_deref());
        if let Some(summary) = summary.filter(|text| !repeats(text, name)) {
            docs.text(summary);
            if let [line] = docs.0.as_mut_slice() {
                *line = sentence(std::mem::take(line));
            }
        }
        if let Some(description) = description.filter(|text| Some(*text) != summary) {
            docs.text(description);
        }
        if docs.0.is_empty()
            && let Some(line) = or()
        {
            docs.paragraph(line);
        }
        docs.text(&wording::notes(doc).unwrap_or_default());
        docs
    }

    /// Returns whether this line is the first paragraph.
    pub fn begins_with(&self, line: &str) -> bool {
        match self.0.as_slice() {
            [one] => one == line,
            [one, next, ..] => one == line && next.is_empty(),
            [] => false,
        }
    }

    /// Appends Markdown of the document.
    pub fn text(&mut self, text: &str) {
        let lines = markdown::lines(text);
        if !lines.is_empty() {
            self.gap();
            self.0.extend(lines);
        }
    }

    /// Appends a paragraph of ours.
    pub fn paragraph(&mut self, text: impl Into<String>) {
        self.gap();
        self.0.push(text.into());
    }

    /// Appends a line of ours to the last paragraph, unless that is a block of another kind.
    pub fn add(&mut self, text: impl Into<String>) {
        let plain = self.0.last().is_some_and(|line| {
            line.starts_with(|c: char| c.is_alphanumeric() || "\"*".contains(c))
                && !line.ends_with('|')
        });
        if !plain
            || self
                .0
                .iter()
                .any(|line| line.starts_with("- ") || line.starts_with("1. "))
        {
            self.gap();
        }
        self.0.push(text.into());
    }

    /// Appends a heading with its text, if there is any.
    pub fn section(&mut self, heading: &str, lines: impl IntoIterator<Item = String>) {
        let mut lines = lines.into_iter().peekable();
        if lines.peek().is_some() {
            self.paragraph(format!("# {heading}"));
            self.gap();
            self.0.extend(lines);
        }
    }

    fn gap(&mut self) {
        if self.0.last().is_some_and(|line| !line.is_empty()) {
            self.0.push(String::new());
        }
    }

    /// Returns the lines.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// Returns the lines.
    pub fn into_lines(self) -> Vec<String> {
        self.0
    }

    /// One `#[doc]` per line, for what is written as tokens.
    pub fn attributes(&self) -> TokenStream {
        let lines = self.0.iter().map(|line| match line.is_empty() {
            true => String::new(),
            false => format!(" {line}"),
        });
        quote! { #(#[doc = #lines])* }
    }
}

/// Returns a link to an item, without `r#`, as rustdoc expects it. The target is omitted if it
/// equals the text.
pub fn link(text: &str, target: &str) -> String {
    match text == target {
        true => format!("[`{text}`]"),
        false => format!("[`{text}`]({target})"),
    }
}

/// Returns a link to the method of an operation, for its own module.
pub fn method(cx: &EmitCx, id: OpId) -> String {
    let structure = cx.outline.op(id).resource;
    let structure = structure.map(|id| cx.names.resource(id).structure.as_str());
    let structure = structure.unwrap_or_default();
    let name = &cx.names.op(id).method;
    link(
        &format!("{structure}::{name}"),
        &format!("{structure}::{}", name.plain()),
    )
}

/// Returns whether a text only repeats a name or its end, in any case and number: `Batch` for
/// `Batches`, `Tool call` for `ResponseToolCall`.
fn repeats(text: &str, name: &str) -> bool {
    let letters = |text: &str| -> String {
        let letters = text.chars().filter(|c| c.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    if text.len() > 2 * name.len() + 8 {
        return false;
    }
    let (text, name) = (letters(text), letters(name));
    let plural = |one: &str, many: &str| matches!(many.strip_prefix(one), Some("" | "s" | "es"));
    plural(&text, &name) || plural(&name, &text) || !text.is_empty() && name.ends_with(&text)
}

/// Ends a text with a full stop.
pub fn sentence(text: String) -> String {
    match text.ends_with(['.', '!', '?', ':']) {
        true => text,
        false => text + ".",
    }
}

/// Returns the first sentence or line of a text, for a list.
pub fn brief(doc: &Doc) -> Option<String> {
    let text = doc.summary.as_deref().or(doc.description.as_deref())?;
    let lines = markdown::lines(text);
    let paragraph: Vec<String> = lines
        .into_iter()
        .take_while(|line| !line.is_empty())
        .collect();
    let is_text = paragraph
        .iter()
        .all(|line| !line.starts_with(['`', '|', '#', '>', '-']));
    let text = paragraph.join(" ");
    (is_text && !text.is_empty()).then(|| sentence(text))
}

/// Returns the docs of a definition.
pub fn definition(cx: &EmitCx, id: TypeId) -> Docs {
    let def = &cx.api.types[id.0];
    let name = cx.names.ty(id).name.plain();
    let mut docs = Docs::about(name, &def.doc, || origin(cx, id));
    if let NameOrigin::View(of) = def.name_origin
        && !docs.begins_with(&request_view(cx, of, id))
    {
        docs.paragraph(request_view(cx, of, id));
    }
    if let Some(value) = crate::model::ty::constant(&def.shape) {
        self::value(&mut docs, value, is_tag_of_base(cx.api, def));
        docs.text(value.doc.description.as_deref().unwrap_or_default());
    }
    docs
}

/// Appends the string of a constant, unless the docs mention it.
fn value(docs: &mut Docs, value: &EnumValue, is_tag_of_base: bool) {
    let text = literal_text(&value.wire);
    let wire = markdown::code(&text);
    let named = [wire.clone(), format!("\"{text}\""), format!("'{text}'")];
    let says_it = |line: &str| named.iter().any(|it| line.contains(it));
    if !docs.lines().any(says_it) {
        docs.add(match is_tag_of_base {
            true => format!("{wire}, or the value of an unknown subtype."),
            false => format!("Always {wire}."),
        });
    }
}

/// Appends the string of a use, if that is of a constant without docs of its own.
pub fn constant(docs: &mut Docs, cx: &EmitCx, ty: &Ty) {
    let Ty::Named(id) = resolve(cx.api, non_null(ty).0) else {
        return;
    };
    if cx.outline.ty(*id).is_unnamed
        && let Some(value) = crate::model::ty::constant(&cx.api.types[id.0].shape)
    {
        self::value(docs, value, false);
    }
}

/// Returns the use of a type that the document does not describe. The name of a component suffices.
fn origin(cx: &EmitCx, id: TypeId) -> Option<String> {
    let def = &cx.api.types[id.0];
    Some(match &def.name_origin {
        NameOrigin::Given(_) | NameOrigin::Component(_) => return None,
        NameOrigin::View(of) => request_view(cx, *of, id),
        NameOrigin::Errors(_) => "The body of an error, by its status.".into(),
        NameOrigin::Under(Owner::Type(owner), role) => {
            return use_by_owner(role, &type_link(cx, *owner, id));
        }
        NameOrigin::Under(Owner::Op(op), role) => {
            return use_by_owner(role, &markdown::code(&cx.api.ops[op.0].id));
        }
        NameOrigin::Under(Owner::Webhook(index), _) => {
            let name = &cx.api.webhooks.requests[*index].name;
            format!("The payload of the webhook {}.", markdown::code(name))
        }
    })
}

/// Returns the use of a type that has one owner. The name of a property's type says all that is
/// known of it.
fn use_by_owner(role: &Role, owner: &str) -> Option<String> {
    Some(match role {
        Role::Property(_) | Role::Parameter(_) => return None,
        Role::Item => format!("An item of {owner}."),
        Role::MapValue => format!("A value of {owner}."),
        Role::Variant(_) => format!("A variant of {owner}."),
        Role::Base => format!("What all variants of {owner} have in common."),
        Role::Body => format!("The request body of {owner}."),
        Role::OtherBody(name) => format!("The {name} of {owner}."),
        Role::Reply => format!("The response of {owner}."),
        Role::Event => format!("An event of {owner}."),
        Role::Callback(_) => format!("The payload of a callback of {owner}."),
        Role::Success(name) => format!("The {name} of {owner}."),
        Role::Headers(..) => format!("The response headers of {owner}."),
        Role::Error(name) => format!("The response body of {owner} for {name}."),
    })
}

fn request_view(cx: &EmitCx, of: TypeId, id: TypeId) -> String {
    let link = type_link(cx, of, id);
    format!("{link} as it is sent in requests.")
}

/// Returns a type in the docs of another, with a link if the file of the other certainly has it.
/// Elsewhere, the imports of the file decide if a link needs a target.
fn type_link(cx: &EmitCx, id: TypeId, from: TypeId) -> String {
    let name = &cx.names.ty(id).name;
    let (to, from) = (cx.outline.ty(id), cx.outline.ty(from));
    // A module has all of its parts' types.
    match from.part.is_none() || from.part == to.part {
        true => format!("[`{name}`]"),
        false => format!("`{name}`"),
    }
}

/// Returns the docs of a value of an enum: its text, and what is sent, unless the text says it.
pub fn enum_value(value: &EnumValue) -> Docs {
    let wire = literal_text(&value.wire);
    let code = markdown::code(&wire);
    let mut docs = Docs::of(&value.doc, || Some(format!("{code}.")));
    let says_it = |line: &str| line.contains(&code) || line.contains(&format!("\"{wire}\""));
    if !docs.lines().any(says_it) {
        docs.add(format!("Its value is {code}."));
    }
    docs
}

/// Returns the docs of a field.
pub fn field(field: &Field) -> Docs {
    let mut docs = Docs::about(&field.wire, &field.doc, || None);
    default(&mut docs, &field.presence);
    match field.access {
        Access::ReadWrite => {}
        Access::ReadOnly => docs.add("Read-only: only the server sets it."),
        Access::WriteOnly => docs.add("Write-only: it is never received."),
    }
    docs
}

/// Appends the default of an optional value.
pub fn default(docs: &mut Docs, presence: &Presence) {
    match presence {
        Presence::Required | Presence::Optional => {}
        Presence::Default(literal) => {
            let value = markdown::code(&literal_text(literal));
            let given = |line: &str| line.contains(&value) && line.contains("efault");
            if !docs.lines().any(given) {
                docs.add(format!("Default: {value}."));
            }
        }
    }
}

/// Returns a value in the notation of the document.
pub fn literal_text(literal: &Literal) -> String {
    match literal {
        Literal::Null => "null".into(),
        Literal::Bool(value) => value.to_string(),
        Literal::Integer(value) => value.to_string(),
        Literal::Unsigned(value) => value.to_string(),
        Literal::Float(value) => value.to_string(),
        Literal::String(value) => value.clone(),
        Literal::Json(value) => sorted(value),
    }
}
