//! The members of a reply that matter for pagination, and its list of items.
//!
//! In: the type of a reply. Out: its members with their paths, and the field with the items. Not here: how to get the next page.

use super::{lists, words};
use crate::model::api::{Api, Field, FieldId, Path, Shape, Ty, TypeId};
use crate::model::note::{Limit, Note};
use crate::model::ty::{non_null, resolve};

/// A member of a reply that is not within its items.
pub struct Member<'a> {
    pub path: Path,
    pub field: &'a Field,
}

impl Member<'_> {
    pub fn name(&self) -> &str {
        &self.field.wire
    }

    /// Returns the name of the object that contains the member.
    fn holder(&self) -> Option<&str> {
        let outer = self.path.len().checked_sub(2)?;
        Some(&self.path[outer])
    }

    /// Returns whether the document indicates that the value is the URL of a page.
    pub fn is_url(&self, api: &Api) -> bool {
        let names = words::names_url(self.name());
        let held = self.holder().is_some_and(words::names_url) || self.in_links();
        names || held || formats(api, self.field).any(is_url_format) || self.says_url(api)
    }

    fn in_links(&self) -> bool {
        let links = |name: &String| matches!(words::plain(name).as_str(), "links" | "urls");
        self.path.iter().rev().skip(1).any(links)
    }

    fn says_url(&self, api: &Api) -> bool {
        let says = |text: &str| {
            let text = text.to_lowercase();
            let mut words = text.split(|c: char| !c.is_alphanumeric());
            words.any(|word| matches!(word, "url" | "uri" | "link" | "hyperlink" | "href"))
        };
        texts(api, self.field).any(says)
    }
}

fn is_url_format(format: &str) -> bool {
    matches!(format, "uri" | "url" | "uri-reference" | "path" | "iri")
}

/// Returns the descriptions of a field and of the definitions that its type refers to.
pub fn texts<'a>(api: &'a Api, field: &'a Field) -> impl Iterator<Item = &'a str> {
    let docs = aliases(api, &field.ty).map(|id| &api.types[id.0].doc);
    let docs = std::iter::once(&field.doc).chain(docs);
    docs.flat_map(|doc| [&doc.summary, &doc.description])
        .flatten()
        .map(String::as_str)
}

fn formats<'a>(api: &'a Api, field: &'a Field) -> impl Iterator<Item = &'a str> {
    let docs = aliases(api, &field.ty).map(|id| &api.types[id.0].doc);
    let notes = std::iter::once(&field.doc)
        .chain(docs)
        .flat_map(|doc| &doc.notes);
    notes.flat_map(limits).filter_map(format)
}

/// Returns the constraints in a note.
pub fn limits(note: &Note) -> impl Iterator<Item = &Limit> {
    let own = if let Note::Limits(limits) = note {
        limits.own.as_slice()
    } else {
        &[]
    };
    own.iter().flatten()
}

/// Returns the format, if the constraint is one.
pub fn format(limit: &Limit) -> Option<&str> {
    let Limit::Format(format) = limit else {
        return None;
    };
    Some(format)
}

/// Returns the definitions that a type refers to, through aliases.
fn aliases<'a>(api: &'a Api, ty: &'a Ty) -> impl Iterator<Item = TypeId> + 'a {
    let first = named(ty);
    std::iter::successors(first, |id| match &api.types[id.0].shape {
        Shape::Alias(ty) => named(ty),
        Shape::Struct { .. } | Shape::Enum { .. } | Shape::Union { .. } => None,
    })
    .take(api.types.len())
}

fn named(ty: &Ty) -> Option<TypeId> {
    match non_null(ty).0 {
        Ty::Named(id) => Some(*id),
        Ty::Scalar(_) | Ty::List(_) | Ty::Map(_) | Ty::Tuple(_) | Ty::Nullable(_) | Ty::Any(_) => {
            None
        }
    }
}

/// Returns a type without aliases and nullability.
pub fn value<'a>(api: &'a Api, ty: &'a Ty) -> &'a Ty {
    resolve(api, non_null(resolve(api, ty)).0)
}

/// Returns the struct that a type refers to.
pub fn structure<'a>(api: &'a Api, ty: &Ty) -> Option<(TypeId, &'a [Field])> {
    let Ty::Named(id) = *value(api, ty) else {
        return None;
    };
    match &api.types[id.0].shape {
        Shape::Struct { fields, .. } => Some((id, fields)),
        Shape::Enum { .. } | Shape::Union { .. } | Shape::Alias(_) => None,
    }
}

/// The maximum depth of members that are examined: `meta.page.next.href`.
const DEPTH: usize = 4;

/// Returns the members of a reply that may describe pages: its own members, those beside the items, and those of pagination
/// objects.
pub fn members<'a>(api: &'a Api, reply: &Ty, items: &[FieldId]) -> Vec<Member<'a>> {
    let mut found = Vec::new();
    if let Some((id, fields)) = structure(api, reply) {
        collect(api, id, fields, items, &Path::new(), &mut found);
    }
    found
}

fn collect<'a>(
    api: &'a Api,
    id: TypeId,
    fields: &'a [Field],
    items: &[FieldId],
    above: &Path,
    found: &mut Vec<Member<'a>>,
) {
    for (index, field) in fields.iter().enumerate() {
        let mut path = above.clone();
        path.push(field.wire.clone());
        let holds_items = items.contains(&FieldId { ty: id, index });
        if let Some((inner, fields)) = structure(api, &field.ty) {
            let speaks = holds_items || words::is_about_pages(&field.wire);
            if speaks && path.len() < DEPTH && inner != id {
                collect(api, inner, fields, items, &path, found);
            }
        }
        if !holds_items {
            found.push(Member { path, field });
        }
    }
}

/// The list of items of a reply.
pub enum Items {
    /// The fields that lead to the list. Empty if the reply itself is the list.
    At(Vec<FieldId>),
    /// There is no list, or there are several and none stands out.
    Unknown,
    /// The reply is a union.
    Union,
}

/// Returns the items of a reply, if it is a listing. `words` has the last words of the path.
pub fn items(api: &Api, reply: &Ty, words: &[String]) -> Items {
    let inner = value(api, reply);
    match inner {
        Ty::List(_) => return Items::At(Vec::new()),
        Ty::Named(id) => match &api.types[id.0].shape {
            Shape::Union { .. } => return Items::Union,
            Shape::Struct { .. } | Shape::Enum { .. } | Shape::Alias(_) => {}
        },
        Ty::Scalar(_) | Ty::Map(_) | Ty::Tuple(_) | Ty::Nullable(_) | Ty::Any(_) => {}
    }
    let Some((id, fields)) = structure(api, reply) else {
        return Items::Unknown;
    };
    match own_items(api, fields, words) {
        Own::One(index) => return Items::At(vec![FieldId { ty: id, index }]),
        Own::Several => return Items::Unknown,
        Own::None => {}
    }
    let mut nested = Vec::new();
    for (index, field) in fields.iter().enumerate() {
        let Some((inner, below)) = structure(api, &field.ty) else {
            continue;
        };
        if words::is_about_pages(&field.wire)
            && !lists::is_envelope(&field.wire)
            && words::plain(&field.wire) != "meta"
        {
            continue;
        }
        if let Own::One(below) = own_items(api, below, words) {
            let path = vec![
                FieldId { ty: id, index },
                FieldId {
                    ty: inner,
                    index: below,
                },
            ];
            nested.push((!lists::is_envelope(&field.wire), path));
        }
    }
    nested.sort_by_key(|(rank, _)| *rank);
    match nested.as_slice() {
        [(_, path)] => Items::At(path.clone()),
        [(false, path), (true, _), ..] => Items::At(path.clone()),
        [] | [_, _, ..] => Items::Unknown,
    }
}

enum Own {
    None,
    One(usize),
    Several,
}

/// Returns the list among the fields that has the items.
fn own_items(api: &Api, fields: &[Field], path: &[String]) -> Own {
    let lists = fields.iter().enumerate().filter_map(|(index, field)| {
        let is_list = matches!(value(api, &field.ty), Ty::List(_));
        let rank = lists::fits_items(&field.wire).filter(|_| is_list)?;
        Some((rank, index))
    });
    let mut lists: Vec<(usize, usize)> = lists.collect();
    if lists.is_empty() {
        // `messages` and similar lists contain notices about the call, unless there is no other list.
        let is_list = |field: &Field| matches!(value(api, &field.ty), Ty::List(_));
        let mut only = (0..fields.len()).filter(|index| is_list(&fields[*index]));
        return match (only.next(), only.next()) {
            (Some(index), None)
                if is_named_after(&fields[index].wire, path) || has_posts(api, &fields[index]) =>
            {
                Own::One(index)
            }
            _ => Own::None,
        };
    }
    lists.sort_unstable();
    match lists.as_slice() {
        [] => Own::None,
        [(_, index)] => Own::One(*index),
        [(first, index), (second, _), ..] if first != second => Own::One(*index),
        several => {
            let mut named = several
                .iter()
                .filter(|(_, index)| is_named_after(&fields[*index].wire, path));
            match (named.next(), named.next()) {
                (Some((_, index)), None) => Own::One(*index),
                _ => Own::Several,
            }
        }
    }
}

/// Returns whether a field has messages between people. Their items do not have the properties of notices about the call.
fn has_posts(api: &Api, field: &Field) -> bool {
    let Ty::List(item) = value(api, &field.ty) else {
        return false;
    };
    let is_notice =
        |inner: &Field| matches!(words::plain(&inner.wire).as_str(), "code" | "message");
    words::plain(&field.wire) == "messages"
        && structure(api, item).is_some_and(|(_, inner)| !inner.iter().any(is_notice))
}

/// Returns whether a field has the name of the last path segment: `workflow_registrations` at `/workflows/registrations`,
/// `messages` at `/Messages.json`.
fn is_named_after(wire: &str, path: &[String]) -> bool {
    let name = words::plain(wire);
    let last = path.last().and_then(|last| last.split(['.', ':']).next());
    last.is_some_and(|last| !last.is_empty() && name.ends_with(&words::plain(last)))
}
