//! Doc comments.
//!
//! In: texts of the document, the plan. Out: lines of Markdown, and the attributes that hold them. Not here: how a text is made
//! safe (see `markdown`).

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

use crate::emit::Cx;
use crate::emit::text::markdown;
use crate::model::api::{
    Access, Doc, Field, Literal, Owner, Presence, Role, Ty, TypeDef, TypeId, Wanted,
};
use crate::model::ty::shared_key;

/// Lines of a doc comment.
#[derive(Clone, Debug, Default)]
pub struct Docs(Vec<String>);

impl Docs {
    /// A text of ours, on one line.
    pub fn line(text: impl Into<String>) -> Self {
        Self(vec![text.into()])
    }

    /// What the document says, or else a line of ours: all public items are documented.
    pub fn of(doc: &Doc, or: impl FnOnce() -> String) -> Self {
        let mut docs = Self::default();
        if let Some(summary) = doc
            .summary
            .as_deref()
            .filter(|text| !text.trim().is_empty())
        {
            docs.paragraph(sentence(markdown::escape(summary)));
        }
        if let Some(description) = doc
            .description
            .as_deref()
            .filter(|text| Some(*text) != doc.summary.as_deref())
        {
            docs.text(description);
        }
        if docs.0.is_empty() {
            docs.paragraph(or());
        }
        docs.text(doc.more.as_deref().unwrap_or_default());
        docs
    }

    /// Whether this line is the first paragraph.
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

    /// A heading, with what stands under it.
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

    /// The lines.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// The lines.
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

/// A link to an item, which rustdoc knows without `r#`. It wants no target that the text says already.
pub fn link(text: &str, target: &str) -> String {
    match text == target {
        true => format!("[`{text}`]"),
        false => format!("[`{text}`]({target})"),
    }
}

/// Ends a text with a full stop.
pub fn sentence(text: String) -> String {
    match text.ends_with(['.', '!', '?', ':']) {
        true => text,
        false => text + ".",
    }
}

/// The first sentence or line of a text, for a list.
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

/// What a definition is, where the document does not say.
pub fn definition(cx: &Cx, id: TypeId) -> Docs {
    let def = &cx.api.types[id.0];
    let mut docs = Docs::of(&def.doc, || match &def.wanted {
        Wanted::Given(_) => given(cx, def),
        Wanted::Component(key) => format!("The schema {}.", markdown::code(key)),
        Wanted::View(of) => sent(cx, *of, id),
        Wanted::Shared(owners, role) => match role {
            Role::Variant(_) => format!("A variant in {} places.", owners.len()),
            Role::Error(name) => format!("What {} operations answer: {name}.", owners.len()),
            Role::Property(_)
            | Role::Parameter(_)
            | Role::Item
            | Role::MapValue
            | Role::Body
            | Role::Reply => {
                let name = markdown::code(role.text());
                format!("The type of {name} in {} places.", owners.len())
            }
        },
        Wanted::Under(owner, role) => {
            let owner = match owner {
                Owner::Type(owner) => type_link(cx, *owner, id),
                Owner::Op(op) => markdown::code(&cx.api.ops[op.0].id),
            };
            match role {
                Role::Parameter(name) if shared_key(def).is_some() => {
                    format!("The type of the parameter {}.", markdown::code(name))
                }
                Role::Property(name) => format!("The type of {} in {owner}.", markdown::code(name)),
                Role::Parameter(name) => {
                    format!(
                        "The type of the parameter {} of {owner}.",
                        markdown::code(name)
                    )
                }
                Role::Item => format!("The type of the items of {owner}."),
                Role::MapValue => format!("The type of the values of {owner}."),
                Role::Variant(_) => format!("A variant of {owner}."),
                Role::Body => format!("The request body of {owner}."),
                Role::Reply => format!("The reply to {owner}."),
                Role::Error(name) => format!("What {owner} answers: {name}."),
            }
        }
    });
    if let Wanted::View(of) = def.wanted
        && !docs.begins_with(&sent(cx, of, id))
    {
        docs.paragraph(sent(cx, of, id));
    }
    if let Some(value) = crate::model::ty::constant(&def.shape) {
        let wire = markdown::code(&spelled(&value.wire));
        if !docs.lines().any(|line| line.contains(&wire)) {
            docs.add(format!("Always {wire}."));
        }
        docs.text(value.doc.description.as_deref().unwrap_or_default());
    }
    docs
}

fn sent(cx: &Cx, of: TypeId, id: TypeId) -> String {
    let link = type_link(cx, of, id);
    format!("This is what is sent where {link} is received.")
}

/// A type in the docs of another, with a link where the file of the other surely has it. From elsewhere, a link would need
/// a target or not, depending on what the file imports.
fn type_link(cx: &Cx, id: TypeId, from: TypeId) -> String {
    let name = &cx.names.ty(id).name;
    let (to, from) = (cx.outline.ty(id), cx.outline.ty(from));
    // A module has all of its parts' types.
    match to.home == from.home && (from.part.is_none() || from.part == to.part) {
        true => format!("[`{name}`]"),
        false => format!("`{name}`"),
    }
}

/// What a definition is whose name was given: the schema of a component or the type of a parameter.
fn given(cx: &Cx, def: &TypeDef) -> String {
    let keys: Vec<String> = def.at.keys().collect();
    if let [_, kind, key] = keys.as_slice()
        && kind == "schemas"
    {
        return format!("The schema {}.", markdown::code(key));
    }
    let params = cx.api.ops.iter().flat_map(|op| &op.params);
    let is_use = |ty: &Ty| matches!(ty, Ty::Named(id) if cx.api.types[id.0].at == def.at);
    match params.into_iter().find(|param| is_use(&param.ty)) {
        Some(param) => format!("The type of the parameter {}.", markdown::code(&param.wire)),
        None => format!("The schema at {}.", markdown::code(def.at.as_str())),
    }
}

/// The docs of a field.
pub fn field(field: &Field) -> Docs {
    let mut docs = Docs::of(&field.doc, || {
        ["The property ", &markdown::code(&field.wire), "."].concat()
    });
    default(&mut docs, &field.presence);
    match field.access {
        Access::ReadWrite => {}
        Access::ReadOnly => docs.add("Only the server sets it."),
        Access::WriteOnly => docs.add("It is only sent, never received."),
    }
    docs
}

/// Says what the server takes absence for.
pub fn default(docs: &mut Docs, presence: &Presence) {
    match presence {
        Presence::Required | Presence::Optional => {}
        Presence::Default(literal) => {
            docs.add(format!("Default: {}.", markdown::code(&spelled(literal))))
        }
    }
}

/// A value as the document would spell it.
pub fn spelled(literal: &Literal) -> String {
    match literal {
        Literal::Null => "null".into(),
        Literal::Bool(value) => value.to_string(),
        Literal::Integer(value) => value.to_string(),
        Literal::Unsigned(value) => value.to_string(),
        Literal::Float(value) => value.to_string(),
        Literal::String(value) => value.clone(),
        Literal::Json(value) => sorted(value).to_string(),
    }
}

/// The same with members in the order of their names, since theirs means nothing.
fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let mut members: Vec<(&String, &Value)> = members.iter().collect();
            members.sort_by_key(|(name, _)| *name);
            let members = members
                .into_iter()
                .map(|(name, value)| (name.clone(), sorted(value)));
            Value::Object(members.collect())
        }
        Value::Array(items) => Value::Array(items.iter().map(sorted).collect()),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.clone(),
    }
}
