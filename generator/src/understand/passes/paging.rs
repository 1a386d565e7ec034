//! Pagination of lists.
//!
//! In: an [`Api`] whose definitions no longer change, and what `x-client` declares of its operations. Out: the same, in which
//! each operation has a [`Paging`] that holds, or a diagnostic. Not here: the loop, which is in the runtime of the emitted crate.
//!
//! Nothing later checks this again: a field or a parameter named by a [`Paging`] exists and has the type that it needs.

use std::collections::BTreeMap;

use crate::model::api::{
    Api, Emptiness, Field, NextPage, Op, Paging, Param, ParamLocation, Reply, Scalar, Shape, Ty,
    TypeId,
};
use crate::model::ty::{non_null, resolve};
use crate::report::{Code, Pointer, Report, nearest};

/// A declaration in `x-client`, in names of the document.
#[derive(Clone, Debug, PartialEq)]
pub struct Declared {
    pub at: Pointer,
    /// The property with the items.
    pub items: String,
    /// `None`: there is always a single page.
    pub next: Option<Cursor>,
}

/// The property `from` goes into the query parameter `param`.
#[derive(Clone, Debug, PartialEq)]
pub struct Cursor {
    pub param: String,
    pub from: String,
    pub more: Option<String>,
}

/// The wrong key of a declaration, and the reason.
type Wrong = (&'static str, String);

/// Checks the pagination of each operation. `declared` is in the order of operations.
pub fn run(mut api: Api, declared: Vec<Option<Declared>>, report: &mut Report) -> Api {
    let mut pages: BTreeMap<TypeId, Paging> = BTreeMap::new();
    for (index, declared) in declared.into_iter().enumerate() {
        let Some(declared) = declared else { continue };
        let op = &api.ops[index];
        match paging(&api, op, &declared, &mut pages) {
            Ok(paging) => api.ops[index].paging = Some(paging),
            Err((key, reason)) => {
                report.add(Code::BadPagination, &declared.at.child(key), reason);
            }
        }
    }
    api
}

/// The declaration as indices, if the operation has all parts that it names.
fn paging(
    api: &Api,
    op: &Op,
    declared: &Declared,
    pages: &mut BTreeMap<TypeId, Paging>,
) -> Result<Paging, Wrong> {
    let (page, fields) = page(api, op).ok_or_else(|| {
        (
            "items",
            "the response is not an object with properties".into(),
        )
    })?;
    let value = |index: usize| value(api, &fields[index].ty);
    let items = property(fields, "items", &declared.items)?;
    if !matches!(value(items), Ty::List(_)) {
        let text = format!("the property `{}` is not a list", declared.items);
        return Err(("items", text));
    }
    let next = match &declared.next {
        None => None,
        Some(cursor) => Some(NextPage::Cursor {
            param: parameter(api, op, &cursor.param)?,
            from: match property(fields, "next", &cursor.from)? {
                from if has_text(api, value(from)) => from,
                _ => return Err(("next", no_text("property", &cursor.from))),
            },
            more: match &cursor.more {
                None => None,
                Some(wire) => match property(fields, "more", wire)? {
                    more if *value(more) == Ty::Scalar(Scalar::Bool) => Some(more),
                    _ => return Err(("more", format!("the property `{wire}` is not a boolean"))),
                },
            },
        }),
    };
    let paging = Paging { page, items, next };
    agree(pages, &paging, fields)?;
    Ok(paging)
}

/// The struct of a reply, and its fields.
fn page<'a>(api: &'a Api, op: &Op) -> Option<(TypeId, &'a [Field])> {
    let Reply::Json {
        ty,
        emptiness: Emptiness::Never,
        ..
    } = &op.reply
    else {
        return None;
    };
    let Ty::Named(id) = *resolve(api, ty) else {
        return None;
    };
    match &api.types[id.0].shape {
        Shape::Struct { fields, .. } => Some((id, fields)),
        Shape::Enum { .. } | Shape::Union { .. } | Shape::Alias(_) => None,
    }
}

fn property(fields: &[Field], key: &'static str, wire: &str) -> Result<usize, Wrong> {
    let index = fields.iter().position(|field| field.wire == wire);
    index.ok_or_else(|| {
        let near = nearest(wire, fields.iter().map(|field| field.wire.as_str()));
        let near = near.map(|near| format!("; did you mean `{near}`?"));
        let near = near.unwrap_or_default();
        (key, format!("the response has no property `{wire}`{near}"))
    })
}

fn parameter(api: &Api, op: &Op, wire: &str) -> Result<usize, Wrong> {
    let is_meant = |param: &Param| param.location == ParamLocation::Query && param.wire == wire;
    let Some(index) = op.params.iter().position(is_meant) else {
        return Err((
            "cursor",
            format!("the query parameter `{wire}` does not exist"),
        ));
    };
    match has_text(api, value(api, &op.params[index].ty)) {
        true => Ok(index),
        false => Err(("cursor", no_text("parameter", wire))),
    }
}

/// A use without aliases and nullability.
fn value<'a>(api: &'a Api, ty: &'a Ty) -> &'a Ty {
    resolve(api, non_null(ty).0)
}

/// Returns true if a value has a single text, which can go from a reply into a query. Integers do, floats too, since their text
/// is read back as the same number.
fn has_text(api: &Api, ty: &Ty) -> bool {
    match ty {
        Ty::Scalar(scalar) => !matches!(scalar, Scalar::Bool | Scalar::Null),
        Ty::Named(id) => matches!(api.types[id.0].shape, Shape::Enum { .. }),
        Ty::List(_) | Ty::Map(_) | Ty::Tuple(_) | Ty::Nullable(_) | Ty::Any(_) => false,
    }
}

fn no_text(kind: &str, wire: &str) -> String {
    format!("the {kind} `{wire}` is neither a string nor a number")
}

/// Checks that operations with the same page agree, since its type has one list of items and one next page.
fn agree(
    pages: &mut BTreeMap<TypeId, Paging>,
    paging: &Paging,
    fields: &[Field],
) -> Result<(), Wrong> {
    let known = pages.entry(paging.page).or_insert(*paging);
    known.next = known.next.or(paging.next);
    let own = Paging {
        next: paging.next.or(known.next),
        ..*paging
    };
    let mut pairs = named(known).into_iter().zip(named(&own));
    let Some(((key, index), _)) = pairs.find(|(known, own)| known != own) else {
        return Ok(());
    };
    let wire = index.map_or_else(
        || "no property".to_owned(),
        |index| format!("`{}`", fields[index].wire),
    );
    Err((
        key,
        format!("another operation with this response declares {wire}"),
    ))
}

/// The fields of a page, by the key that names them.
fn named(paging: &Paging) -> [(&'static str, Option<usize>); 3] {
    let (from, more) = match paging.next {
        None => (None, None),
        Some(NextPage::Cursor { from, more, .. }) => (Some(from), more),
    };
    [
        ("items", Some(paging.items)),
        ("next", from),
        ("more", more),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::api::{Access, Doc, HttpMethod, ParamStyle, Presence, Rest, TypeDef, Wanted};
    use crate::model::origin::Origin;

    fn api() -> Api {
        let field = |wire: &str, ty| Field {
            at: Pointer::root(),
            wire: wire.into(),
            name: None,
            ty,
            presence: Presence::Required,
            doc: Doc::default(),
            access: Access::ReadWrite,
        };
        let string = Ty::Scalar(Scalar::String);
        let fields = vec![
            field("data", Ty::List(Box::new(string.clone()))),
            field("last_id", Ty::Nullable(Box::new(string.clone()))),
            field("has_more", Ty::Scalar(Scalar::Bool)),
        ];
        let rest = Rest::Open;
        let page = TypeDef {
            at: Pointer::root(),
            origin: Origin::Document,
            wanted: Wanted::Component("Page".into()),
            doc: Doc::default(),
            shape: Shape::Struct { fields, rest },
        };
        let after = Param {
            at: Pointer::root(),
            wire: "after".into(),
            name: None,
            location: ParamLocation::Query,
            style: ParamStyle::Plain,
            ty: string,
            presence: Presence::Optional,
            doc: Doc::default(),
            example: None,
        };
        let reply = Reply::Json {
            ty: Ty::Named(TypeId(0)),
            example: None,
            emptiness: Emptiness::Never,
        };
        Api {
            types: vec![page],
            ops: vec![op(after, reply)],
            ..Api::default()
        }
    }

    fn op(param: Param, reply: Reply) -> Op {
        Op {
            at: Pointer::root(),
            id: "list".into(),
            tags: Vec::new(),
            method: HttpMethod::Get,
            path: Vec::new(),
            resource: Vec::new(),
            name: "list".into(),
            doc: Doc::default(),
            params: vec![param],
            omitted: Vec::new(),
            body: None,
            reply,
            accept: Vec::new(),
            answers: Vec::new(),
            auth: Vec::new(),
            paging: None,
        }
    }

    fn cursor(param: &str, from: &str, more: &str) -> Declared {
        let (param, from, more) = (param.into(), from.into(), Some(more.into()));
        Declared {
            at: Pointer::root(),
            items: "data".into(),
            next: Some(Cursor { param, from, more }),
        }
    }

    #[test]
    fn what_holds_is_kept() {
        let mut report = Report::default();
        let declared = cursor("after", "last_id", "has_more");
        let settled = run(api(), vec![Some(declared)], &mut report);
        let (param, from, more) = (0, 1, Some(2));
        let paging = Paging {
            page: TypeId(0),
            items: 0,
            next: Some(NextPage::Cursor { param, from, more }),
        };
        assert_eq!(settled.ops[0].paging, Some(paging));
        assert!(report.is_empty());
    }

    #[test]
    fn what_does_not_hold_is_an_error() {
        for (declared, key) in [
            (cursor("before", "last_id", "has_more"), "cursor"),
            (cursor("after", "last", "has_more"), "next"),
            (cursor("after", "last_id", "last_id"), "more"),
        ] {
            let mut report = Report::default();
            let settled = run(api(), vec![Some(declared)], &mut report);
            assert_eq!(settled.ops[0].paging, None);
            let at: Vec<_> = report.iter().map(|found| found.at.to_string()).collect();
            assert_eq!(at, [format!("#/{key}")]);
        }
    }
}
