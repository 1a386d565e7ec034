//! Pagination: how the pages of a list follow each other.
//!
//! In: an [`Api`] whose operations carry what `x-client` says. Out: the same, with what holds. Not here: the loop, which
//! is in the runtime of the emitted crate.
//!
//! Each operation goes through one list of sources, the first that has an answer wins. So far the only source is what
//! is stated; detection of common patterns is to be another.

use crate::model::api::{
    Api, Field, NextPage, Op, Paging, ParamPlace, Reply, Scalar, Shape, Ty, TypeDef,
};
use crate::report::{Code, Pointer, Report};

/// Where an operation's pagination may be known from.
type Source = fn(&Op, &[TypeDef], &Pointer, &mut Report) -> Option<Paging>;

/// In order of precedence.
const SOURCES: &[Source] = &[stated];

/// Settles the pagination of every operation.
pub fn run(mut api: Api, report: &mut Report) -> Api {
    let mut method = 0;
    for index in 0..api.ops.len() {
        method = match index > 0 && api.ops[index - 1].at == api.ops[index].at {
            true => method + 1,
            false => 0,
        };
        let op = &api.ops[index];
        let at = op
            .at
            .child("x-client")
            .child("methods")
            .child(&method.to_string())
            .child("pagination");
        let paging = SOURCES
            .iter()
            .find_map(|source| source(op, &api.types, &at, report));
        api.ops[index].paging = paging;
    }
    api
}

/// What `x-client` says, if the operation has all that it takes.
fn stated(op: &Op, types: &[TypeDef], at: &Pointer, report: &mut Report) -> Option<Paging> {
    let paging = op.paging.clone()?;
    match check(op, types, &paging) {
        Ok(()) => Some(paging),
        Err((key, reason)) => {
            report.add(Code::BadPagination, &at.child(key), reason);
            None
        }
    }
}

/// The key that is wrong, and why.
type Wrong = (&'static str, String);

fn check(op: &Op, types: &[TypeDef], paging: &Paging) -> Result<(), Wrong> {
    let fields = page_fields(op, types)
        .ok_or_else(|| ("items", "the reply is not an object with properties".into()))?;
    let items = property(fields, "items", &paging.items)?;
    if !matches!(value(types, &items.ty), Ty::List(_)) {
        return Err((
            "items",
            format!("the property `{}` is not a list", paging.items),
        ));
    }
    let Some(NextPage::Cursor { param, from, more }) = &paging.next else {
        return Ok(());
    };
    let stated = op
        .params
        .iter()
        .find(|stated| stated.place == ParamPlace::Query && stated.wire == *param);
    let Some(stated) = stated else {
        return Err(("cursor", format!("there is no query parameter `{param}`")));
    };
    if !is_text(types, &stated.ty) {
        return Err((
            "cursor",
            format!("the parameter `{param}` is neither a string nor a number"),
        ));
    }
    if !is_text(types, &property(fields, "next", from)?.ty) {
        return Err((
            "next",
            format!("the property `{from}` is neither a string nor a number"),
        ));
    }
    let Some(more) = more else { return Ok(()) };
    match value(types, &property(fields, "more", more)?.ty) {
        Ty::Scalar(Scalar::Bool) => Ok(()),
        _ => Err(("more", format!("the property `{more}` is not a boolean"))),
    }
}

/// The properties of a reply.
fn page_fields<'a>(op: &Op, types: &'a [TypeDef]) -> Option<&'a [Field]> {
    let Reply::Json { ty, .. } = &op.reply else {
        return None;
    };
    let Ty::Named(id) = past_aliases(types, ty) else {
        return None;
    };
    match &types[id.0].shape {
        Shape::Struct { fields, .. } => Some(fields),
        Shape::Enum { .. } | Shape::Union { .. } | Shape::Alias(_) => None,
    }
}

fn property<'a>(fields: &'a [Field], key: &'static str, wire: &str) -> Result<&'a Field, Wrong> {
    fields
        .iter()
        .find(|field| field.wire == wire)
        .ok_or_else(|| {
            let near = crate::report::nearest(wire, fields.iter().map(|field| field.wire.as_str()));
            let near = near
                .map(|near| format!("; did you mean `{near}`?"))
                .unwrap_or_default();
            (key, format!("the reply has no property `{wire}`{near}"))
        })
}

/// What a type stands for where it has a value.
fn value<'a>(types: &'a [TypeDef], ty: &'a Ty) -> &'a Ty {
    match past_aliases(types, ty) {
        Ty::Nullable(inner) => past_aliases(types, inner),
        other => other,
    }
}

fn past_aliases<'a>(types: &'a [TypeDef], ty: &'a Ty) -> &'a Ty {
    let mut now = ty;
    for _ in 0..=types.len() {
        match now {
            Ty::Named(id) => match &types[id.0].shape {
                Shape::Alias(next) => now = next,
                Shape::Struct { .. } | Shape::Enum { .. } | Shape::Union { .. } => return now,
            },
            Ty::Scalar(_)
            | Ty::List(_)
            | Ty::Map(_)
            | Ty::Tuple(_)
            | Ty::Nullable(_)
            | Ty::Any(_) => return now,
        }
    }
    now
}

/// Whether a value has one text, which can go from a reply into a query.
fn is_text(types: &[TypeDef], ty: &Ty) -> bool {
    match value(types, ty) {
        Ty::Scalar(scalar) => !matches!(scalar, Scalar::Bool | Scalar::Null),
        Ty::Named(id) => matches!(types[id.0].shape, Shape::Enum { .. }),
        Ty::List(_) | Ty::Map(_) | Ty::Tuple(_) | Ty::Nullable(_) | Ty::Any(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::api::{Doc, HttpMethod, Param, ParamStyle, Presence, Rest, TypeId, Wanted};

    fn api(paging: Paging) -> Api {
        let field = |wire: &str, ty| Field {
            at: Pointer::root(),
            wire: wire.into(),
            name: None,
            ty,
            presence: Presence::Required,
            doc: Doc::default(),
            read_only: false,
            write_only: false,
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
            wanted: Wanted::Component("Page".into()),
            doc: Doc::default(),
            shape: Shape::Struct { fields, rest },
        };
        let after = Param {
            at: Pointer::root(),
            wire: "after".into(),
            name: None,
            place: ParamPlace::Query,
            style: ParamStyle::Plain,
            ty: string,
            presence: Presence::Optional,
            doc: Doc::default(),
            example: None,
        };
        let op = Op {
            at: Pointer::root(),
            id: "list".into(),
            tags: Vec::new(),
            method: HttpMethod::Get,
            path: Vec::new(),
            resource: Vec::new(),
            name: "list".into(),
            doc: Doc::default(),
            params: vec![after],
            body: None,
            reply: Reply::Json {
                ty: Ty::Named(TypeId(0)),
                example: None,
            },
            answers: Vec::new(),
            auth: Vec::new(),
            paging: Some(paging),
        };
        Api {
            types: vec![page],
            ops: vec![op],
            ..Api::default()
        }
    }

    fn cursor(param: &str, from: &str, more: &str) -> Paging {
        let (param, from, more) = (param.into(), from.into(), Some(more.into()));
        Paging {
            items: "data".into(),
            next: Some(NextPage::Cursor { param, from, more }),
        }
    }

    #[test]
    fn what_holds_is_kept() {
        let mut report = Report::default();
        let paging = cursor("after", "last_id", "has_more");
        let settled = run(api(paging.clone()), &mut report);
        assert_eq!(settled.ops[0].paging, Some(paging));
        assert!(report.is_empty());
    }

    #[test]
    fn what_does_not_hold_is_an_error() {
        for (paging, key) in [
            (cursor("before", "last_id", "has_more"), "cursor"),
            (cursor("after", "last", "has_more"), "next"),
            (cursor("after", "last_id", "last_id"), "more"),
        ] {
            let mut report = Report::default();
            assert_eq!(run(api(paging), &mut report).ops[0].paging, None);
            let at: Vec<_> = report.iter().map(|found| found.at.to_string()).collect();
            assert_eq!(at, [format!("#/x-client/methods/0/pagination/{key}")]);
        }
    }
}
