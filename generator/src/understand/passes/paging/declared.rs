//! Pagination that `x-client` declares.
//!
//! In: a [`Declared`] and its operation. Out: its [`Paging`], or the invalid key and the reason. Not here: pagination that the
//! rules recognize.
//!
//! No later stage checks a [`Paging`]: everything that it names exists and has the right type.

use super::inputs::{self, InputKind, PagingInput, kind};
use super::members::{members, structure, value};
use super::rules;
use crate::model::api::{
    Api, End, Field, FieldId, LinkHeader, NextPage, Numbering, Op, Paging, PagingSource, Param,
    ParamLocation, Path, Position, Scalar, Ty,
};
use crate::report::{Pointer, nearest};

/// A declaration in `x-client`, with names of the document. Dots join the names of nested properties.
#[derive(Clone, Debug, PartialEq)]
pub struct Declared {
    pub at: Pointer,
    /// The property with the items. `None` if the reply itself is the list.
    pub items: Option<String>,
    pub next: Next,
    pub end: DeclaredEnd,
    /// Whether the parameter is a property of the body.
    pub in_body: bool,
}

/// How to get the next page.
#[derive(Clone, Debug, PartialEq)]
pub enum Next {
    /// There is only one page.
    Single,
    /// The property `from` has the value of the parameter for the next page.
    Token {
        param: String,
        from: String,
    },
    /// A property of the last item has the value of the parameter for the next page.
    LastItem {
        param: String,
        key: String,
    },
    Url(String),
    Link,
    Page(String),
    Offset(String),
}

/// How to recognize the last page.
#[derive(Clone, Debug, PartialEq)]
pub enum DeclaredEnd {
    Unknown,
    More(String),
    Total(String),
    Pages(String),
}

/// The invalid key of a declaration, and the reason.
pub type Wrong = (&'static str, String);

/// A declaration with the parts of the model that it refers to.
struct Checked<'a> {
    api: &'a Api,
    op: &'a Op,
    declared: &'a Declared,
    reply: &'a Ty,
    /// The fields that lead to the items.
    items: &'a [FieldId],
    /// The type of an item.
    item: &'a Ty,
}

/// Returns the declared pagination, if the operation has all parts that it names.
pub fn paging(api: &Api, op: &Op, declared: &Declared) -> Result<Paging, Wrong> {
    let Some(reply) = op.reply.listed() else {
        return Err(("items", "the response is not JSON".into()));
    };
    let items = match &declared.items {
        Some(path) => fields_at(api, reply, "items", path)?,
        None => Vec::new(),
    };
    let Some(item) = rules::item(api, reply, &items) else {
        let text = match &declared.items {
            Some(path) => format!("the property `{path}` is not a list"),
            None => "the response is not a list; set `items` to the property that is one".into(),
        };
        return Err(("items", text));
    };
    let checked = Checked {
        api,
        op,
        declared,
        reply,
        items: &items,
        item,
    };
    let (next, end) = (checked.next()?, checked.end()?);
    Ok(Paging {
        items,
        next,
        end,
        source: PagingSource::Declared,
    })
}

impl Checked<'_> {
    fn next(&self) -> Result<NextPage, Wrong> {
        Ok(match &self.declared.next {
            Next::Single => NextPage::Single,
            Next::Token { param, from } => NextPage::Token {
                to: self.position("cursor", param)?.0,
                from: self.text_at("next", self.reply, from)?,
            },
            Next::LastItem { param, key } => NextPage::LastItem {
                to: self.position("cursor", param)?.0,
                key: self.text_at("last", self.item, key)?,
            },
            Next::Url(from) => NextPage::Url {
                from: self.text_at("url", self.reply, from)?,
            },
            Next::Link => NextPage::Link(LinkHeader::Described),
            Next::Page(param) => {
                let members = members(self.api, self.reply, self.items);
                let number = || inputs::page_number(self.api, &members);
                let usual = (1, Numbering::Document);
                let (first, numbering) =
                    self.counts(param, usual, |input| input.first_page(number()));
                NextPage::Page {
                    to: self.counted("page", param)?,
                    first,
                    numbering,
                }
            }
            Next::Offset(param) => NextPage::Offset {
                to: self.counted("offset", param)?,
                first: self.counts(param, 0, |input| input.first_item()),
            },
        })
    }

    fn end(&self) -> Result<End, Wrong> {
        Ok(match &self.declared.end {
            DeclaredEnd::Unknown => End::Unknown,
            DeclaredEnd::More(path) => match self.found("more", self.reply, path)? {
                (names, Ty::Scalar(Scalar::Bool)) => End::More(names),
                _ => return Err(("more", format!("the property `{path}` is not a boolean"))),
            },
            DeclaredEnd::Total(path) => End::Items(self.text_at("total", self.reply, path)?),
            DeclaredEnd::Pages(path) => End::Pages(self.text_at("pages", self.reply, path)?),
        })
    }

    /// Returns the property names on a path, and the type at its end.
    fn found(&self, key: &'static str, within: &Ty, path: &str) -> Result<(Path, Ty), Wrong> {
        let fields = fields_at(self.api, within, key, path)?;
        let names = fields
            .iter()
            .map(|step| field(self.api, *step).wire.clone());
        let last = fields
            .last()
            .map_or(within, |step| &field(self.api, *step).ty);
        Ok((names.collect(), value(self.api, last).clone()))
    }

    /// Returns the property names on a path to a string or a number.
    fn text_at(&self, key: &'static str, within: &Ty, path: &str) -> Result<Path, Wrong> {
        let (names, ty) = self.found(key, within, path)?;
        match kind(self.api, &ty) {
            Some(_) => Ok(names),
            None => Err((key, no_text("property", path))),
        }
    }

    fn counted(&self, key: &'static str, wire: &str) -> Result<Position, Wrong> {
        match self.position(key, wire)? {
            (to, InputKind::Integer) => Ok(to),
            (_, InputKind::Text) => Err((key, format!("the parameter `{wire}` is not an integer"))),
        }
    }

    fn position(&self, key: &'static str, wire: &str) -> Result<(Position, InputKind), Wrong> {
        let (position, ty, sort) = match self.declared.in_body {
            true => {
                let found = in_body(self.api, inputs::body(self.api, self.op), wire);
                let (path, ty) = found.map_or((Path::new(), None), |(path, ty)| (path, Some(ty)));
                (Position::Body(path), ty, "property of the body")
            }
            false => {
                let is_meant =
                    |param: &&Param| param.location == ParamLocation::Query && param.wire == wire;
                let ty = self.op.params.iter().find(is_meant);
                let ty = ty.map(|param| &param.ty);
                (Position::Query(wire.to_owned()), ty, "query parameter")
            }
        };
        let Some(ty) = ty else {
            return Err((key, format!("the {sort} `{wire}` does not exist")));
        };
        match kind(self.api, ty) {
            Some(kind) => Ok((position, kind)),
            None => Err((key, no_text("parameter", wire))),
        }
    }

    /// Returns how a parameter counts, if its name says that it counts. Otherwise returns `usual`.
    fn counts<T>(&self, wire: &str, usual: T, how: impl FnOnce(&PagingInput) -> T) -> T {
        let inputs = inputs::inputs(self.api, self.op, &[]);
        let position = self.position("page", wire).ok();
        let is_it =
            |input: &&PagingInput| position.as_ref().is_some_and(|it| it.0 == input.position);
        inputs.iter().find(is_it).map_or(usual, how)
    }
}

/// Returns the property of a body at a dotted path.
fn in_body<'a>(api: &'a Api, fields: &'a [Field], path: &str) -> Option<(Path, &'a Ty)> {
    let find = |name: &str| fields.iter().find(|field| field.wire == name);
    if let Some(field) = find(path) {
        return Some((vec![path.to_owned()], &field.ty));
    }
    let mut dots = path.match_indices('.');
    dots.find_map(|(at, _)| {
        let (_, inner) = structure(api, &find(&path[..at])?.ty)?;
        let (mut names, ty) = in_body(api, inner, &path[at + 1..])?;
        names.insert(0, path[..at].to_owned());
        Some((names, ty))
    })
}

fn field(api: &Api, step: FieldId) -> &Field {
    &crate::model::ty::fields(&api.types[step.ty.0].shape)[step.index]
}

/// Returns the fields on a dotted path. A single name may contain dots, too.
fn fields_at(api: &Api, within: &Ty, key: &'static str, path: &str) -> Result<Vec<FieldId>, Wrong> {
    let Some((id, fields)) = structure(api, within) else {
        let text = match key {
            "last" => "an item is not an object with properties",
            _ => "the response is not an object with properties",
        };
        return Err((key, text.into()));
    };
    let step = |name: &str| {
        let index = fields.iter().position(|field| field.wire == name);
        index.map(|index| FieldId { ty: id, index })
    };
    if let Some(step) = step(path) {
        return Ok(vec![step]);
    }
    let parts = path
        .match_indices('.')
        .map(|(at, _)| (&path[..at], &path[at + 1..]));
    for (name, rest) in parts {
        let Some(step) = step(name) else { continue };
        let mut found = vec![step];
        found.extend(fields_at(api, &field(api, step).ty, key, rest)?);
        return Ok(found);
    }
    let near = nearest(path, fields.iter().map(|field| field.wire.as_str()));
    let near = near
        .map(|near| format!("; did you mean `{near}`?"))
        .unwrap_or_default();
    Err((key, format!("the response has no property `{path}`{near}")))
}

fn no_text(kind: &str, wire: &str) -> String {
    format!("the {kind} `{wire}` is neither a string nor a number")
}
