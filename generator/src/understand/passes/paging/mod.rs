//! Recognizes listings.
//!
//! In: an [`Api`] whose definitions no longer change, and for each operation its `x-client` settings and the headers of its
//! replies. Out: the same model, in which each operation has its [`Listing`], and diagnostics. Not here: the loop over pages,
//! which is in the runtime of the emitted crate.
//!
//! No other stage decides which operations are listings. A declaration takes precedence over all rules.

mod declared;
mod ends;
mod inputs;
mod lists;
mod members;
mod rules;
mod words;

use std::collections::BTreeMap;

pub use declared::{Declared, DeclaredEnd, Next};

use crate::model::api::{Api, FieldId, Listing, Paging, TypeId, Unclear};
use crate::model::ty::fields;
use crate::report::{Code, Report};

/// Facts about an operation that affect its pagination and are not in the model.
#[derive(Clone, Debug, Default)]
pub struct Hints {
    pub declaration: Declaration,
    /// The names of the headers of its successful replies.
    pub headers: Vec<String>,
}

/// The declaration in `x-client`.
#[derive(Clone, Debug, Default)]
pub enum Declaration {
    #[default]
    Nothing,
    /// The operation is not a listing.
    Never,
    Pages(Declared),
}

/// Sets the pagination of each operation. `hints` is in the order of the operations.
pub fn run(mut api: Api, hints: Vec<Hints>, report: &mut Report) -> Api {
    let mut known: BTreeMap<TypeId, Vec<FieldId>> = BTreeMap::new();
    let mut listings = vec![Listing::No; api.ops.len()];
    // Declarations come first, because they apply to all replies of the same type.
    for (index, hints) in hints.iter().enumerate() {
        let Declaration::Pages(declared) = &hints.declaration else {
            continue;
        };
        let paging = declared::paging(&api, &api.ops[index], declared);
        let paging = paging.and_then(|paging| match agrees(&mut known, &paging) {
            Ok(()) => Ok(paging),
            Err(other) => Err(("items", disagreement(&api, &other))),
        });
        match paging {
            Ok(paging) => listings[index] = Listing::Pages(paging),
            Err((key, reason)) => {
                report.add(Code::BadPagination, &declared.at.child(key), reason);
            }
        }
    }
    for (index, hints) in hints.iter().enumerate() {
        let found = match hints.declaration {
            Declaration::Pages(_) => continue,
            Declaration::Never => Listing::Unclear(Unclear::Forbidden),
            Declaration::Nothing => rules::recognise(&api, &api.ops[index], &hints.headers),
        };
        listings[index] = match found {
            Listing::Pages(paging) => match agrees(&mut known, &paging) {
                Ok(()) => Listing::Pages(paging),
                Err(_) => Listing::Unclear(Unclear::OtherItems),
            },
            Listing::No | Listing::Unclear(_) => found,
        };
    }
    for (op, listing) in api.ops.iter_mut().zip(listings) {
        op.listing = listing;
    }
    api
}

/// Checks that all operations with the same page type declare the same items. Returns the items that another operation declares
/// if they differ.
fn agrees(known: &mut BTreeMap<TypeId, Vec<FieldId>>, paging: &Paging) -> Result<(), Vec<FieldId>> {
    let Some(first) = paging.items.first() else {
        return Ok(());
    };
    let other = known
        .entry(first.ty)
        .or_insert_with(|| paging.items.clone());
    match *other == paging.items {
        true => Ok(()),
        false => Err(other.clone()),
    }
}

fn disagreement(api: &Api, other: &[FieldId]) -> String {
    let names = other.iter().map(|step| {
        fields(&api.types[step.ty.0].shape)[step.index]
            .wire
            .as_str()
    });
    let names: Vec<&str> = names.collect();
    format!(
        "another operation with this response declares `{}`",
        names.join(".")
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::api::{
        Access, Doc, Emptiness, End, Field, HttpMethod, Idempotency, NameOrigin, NextPage, Op,
        PagingSource, Param, ParamLocation, ParamStyle, Position, Presence, Reply, ReplyHeaders,
        Rest, Scalar, Shape, Ty, TypeDef,
    };
    use crate::model::origin::Origin;
    use crate::report::Pointer;

    fn api() -> Api {
        let field = |wire: &str, ty| Field {
            at: Pointer::root(),
            wire: wire.into(),
            name: None,
            ty,
            presence: Presence::Required,
            doc: Doc::default(),
            access: Access::ReadWrite,
            tag: None,
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
            name_origin: NameOrigin::Component("Page".into()),
            doc: Doc::default(),
            shape: Shape::Struct { fields, rest },
        };
        let after = Param {
            at: Pointer::root(),
            wire: "after".into(),
            name: None,
            location: ParamLocation::Query,
            style: ParamStyle::of(ParamLocation::Query),
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
            server: None,
            idempotency: Idempotency::ByMethod,
            label: String::new(),
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
            alternatives: Vec::new(),
            answers: Vec::new(),
            errors: None,
            callbacks: Vec::new(),
            headers: ReplyHeaders::default(),
            auth: Vec::new(),
            listing: Listing::No,
        }
    }

    fn declared(param: &str, from: &str, more: &str) -> Hints {
        let (param, from, more) = (param.into(), from.into(), more.into());
        let declared = Declared {
            at: Pointer::root(),
            items: Some("data".into()),
            next: Next::Token { param, from },
            end: DeclaredEnd::More(more),
            in_body: false,
        };
        let declaration = Declaration::Pages(declared);
        Hints {
            declaration,
            ..Hints::default()
        }
    }

    fn expected(source: PagingSource) -> Listing {
        Listing::Pages(Paging {
            items: vec![FieldId {
                ty: TypeId(0),
                index: 0,
            }],
            next: NextPage::Token {
                from: vec!["last_id".into()],
                to: Position::Query("after".into()),
            },
            end: End::More(vec!["has_more".into()]),
            source,
        })
    }

    #[test]
    fn what_holds_is_kept() {
        let mut report = Report::default();
        let hints = declared("after", "last_id", "has_more");
        let settled = run(api(), vec![hints], &mut report);
        assert_eq!(settled.ops[0].listing, expected(PagingSource::Declared));
        assert!(report.is_empty());
    }

    #[test]
    fn what_nobody_declares_is_recognised() {
        let settled = run(api(), vec![Hints::default()], &mut Report::default());
        assert_eq!(settled.ops[0].listing, expected(PagingSource::Recognised));
    }

    #[test]
    fn what_is_forbidden_is_not_followed() {
        let hints = Hints {
            declaration: Declaration::Never,
            ..Hints::default()
        };
        let settled = run(api(), vec![hints], &mut Report::default());
        assert_eq!(settled.ops[0].listing, Listing::Unclear(Unclear::Forbidden));
    }

    #[test]
    fn what_does_not_hold_is_an_error() {
        for (hints, key) in [
            (declared("before", "last_id", "has_more"), "cursor"),
            (declared("after", "last", "has_more"), "next"),
            (declared("after", "last_id", "last_id"), "more"),
        ] {
            let mut report = Report::default();
            let settled = run(api(), vec![hints], &mut report);
            assert_eq!(settled.ops[0].listing, Listing::No);
            let at: Vec<_> = report.iter().map(|found| found.at.to_string()).collect();
            assert_eq!(at, [format!("#/{key}")]);
        }
    }
}
