//! `x-client` at an operation: the methods that it becomes.
//!
//! In: the payload. Out: [`Exposure`]s, and whether the body is spread. Not here: what these settings do.

use openapiv3::Operation;

use crate::document::Pos;
use crate::model::api::{Doc as Text, Op, Reply};
use crate::report::{Code, Pointer};
use crate::understand::client::{self, Keys};
use crate::understand::paging;
use crate::understand::schema::cx::Cx;

/// What `x-client` says of one method.
#[derive(Default)]
pub(super) struct Exposure {
    pub name: Option<String>,
    resource: Option<Vec<String>>,
    pub returns: Option<Pos>,
    pub paging: Option<paging::Declared>,
    doc: Text,
}

/// What `x-client` says of an operation: its methods, and whether the body is spread.
pub(super) fn told(
    cx: &mut Cx,
    operation: &Operation,
    at: &Pointer,
) -> (Vec<Exposure>, Option<bool>) {
    let nothing = || vec![Exposure::default()];
    let Some(value) = operation.extensions.get(client::KEY) else {
        return (nothing(), None);
    };
    let Some(mut keys) = Keys::new(value, at.child(client::KEY), cx.report) else {
        return (nothing(), None);
    };
    let spread = keys.flag("spread", cx.report);
    let methods = keys.objects("methods", cx.report);
    keys.done(cx.report);
    let exposures: Vec<Exposure> = methods
        .into_iter()
        .flatten()
        .map(|keys| exposure(cx, keys))
        .collect();
    (
        if exposures.is_empty() {
            nothing()
        } else {
            exposures
        },
        spread,
    )
}

fn exposure(cx: &mut Cx, mut keys: Keys) -> Exposure {
    let report = &mut *cx.report;
    let mut made = Exposure {
        name: keys.needed("name", report),
        resource: keys
            .path("resource", report)
            .filter(|path| !path.is_empty()),
        doc: Text {
            summary: keys.text("summary", report),
            description: keys.text("description", report),
            more: None,
            deprecated: keys.flag("deprecated", report).unwrap_or_default(),
        },
        paging: keys.object("pagination", report).and_then(|mut keys| {
            let items = keys.needed("items", report);
            let (cursor, next) = (keys.text("cursor", report), keys.text("next", report));
            let more = keys.text("more", report);
            let at = keys.at.clone();
            keys.done(report);
            let next = match (cursor, next) {
                (Some(param), Some(from)) => Some(paging::Cursor { param, from, more }),
                (None, None) if more.is_none() => None,
                _ => {
                    report.add(
                        Code::BadPagination,
                        &at,
                        "`cursor` and `next` belong together, and `more` to both",
                    );
                    return None;
                }
            };
            Some(paging::Declared {
                at,
                items: items?,
                next,
            })
        }),
        returns: None,
    };
    if let Some(target) = keys.text("returns", report) {
        made.returns = cx.find(&target);
        if made.returns.is_none() {
            let known = cx
                .doc
                .places
                .iter()
                .map(Pointer::as_str)
                .filter(|at| at.starts_with("#/components/schemas/"));
            let near =
                crate::report::nearest(&target, known).map(|near| format!("did you mean {near}?"));
            cx.report
                .add(
                    Code::BadClientValue,
                    &keys.at.child("returns"),
                    format!("{target} does not exist"),
                )
                .help(near);
        }
    }
    keys.done(cx.report);
    made
}

/// The method with what is said of it alone.
pub(super) fn exposed(common: Op, exposure: Exposure, reply: Reply) -> Op {
    Op {
        name: exposure.name.unwrap_or(common.name),
        resource: exposure.resource.unwrap_or(common.resource),
        doc: Text {
            summary: exposure.doc.summary.or(common.doc.summary),
            description: exposure.doc.description.or(common.doc.description),
            more: common.doc.more,
            deprecated: common.doc.deprecated || exposure.doc.deprecated,
        },
        reply,
        ..common
    }
}
