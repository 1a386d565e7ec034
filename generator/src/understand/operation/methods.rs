//! The methods that an operation becomes: one, or as many as `x-client` asks for.
//!
//! In: an operation and its payload. Out: [`Method`]s, and whether the body is spread. Not here: what these settings do, types.

use super::declared::{Declared, Method};
use super::path;
use crate::document::{Document, Pos};
use crate::model::api::{Doc as Text, Op, Piece, Reply};
use crate::model::origin::Origin;
use crate::report::{Code, Pointer, Report};
use crate::understand::client::{self, Keys};
use crate::understand::passes::paging;

/// The methods of an operation at this path, and whether its body is spread.
pub(super) fn methods(
    doc: &Document,
    declared: &Declared,
    path: &[Piece],
    report: &mut Report,
) -> (Vec<Method>, Option<bool>) {
    // A fragment tells operations with the same request apart: the one without it has the plain name.
    let own = declared.operation.operation_id.clone();
    let name = own.filter(|_| declared.has_fragment);
    let name = name.unwrap_or_else(|| path::default_name(&declared.method, path));
    let default = || Method {
        name: name.clone(),
        resource: path::resource(path, declared.operation),
        ..Method::default()
    };
    let value = declared.operation.extensions.get(client::KEY);
    let keys = value.and_then(|value| Keys::new(value, declared.at.child(client::KEY), report));
    let Some(mut keys) = keys else {
        return (vec![default()], None);
    };
    let spread = keys.flag("spread", report);
    let methods = keys.objects("methods", report);
    keys.done(report);
    let mut found: Vec<Method> = methods
        .into_iter()
        .flatten()
        .map(|keys| method(doc, keys, default(), report))
        .collect();
    if found.is_empty() {
        found.push(default());
    }
    (found, spread)
}

fn method(doc: &Document, mut keys: Keys, default: Method, report: &mut Report) -> Method {
    let name = keys.needed("name", report);
    let resource = keys.path("resource", report);
    let method = Method {
        named: name.is_some(),
        name: name.unwrap_or(default.name),
        resource: resource
            .filter(|path| !path.is_empty())
            .unwrap_or(default.resource),
        doc: Text {
            summary: keys.text("summary", report),
            description: keys.text("description", report),
            notes: Vec::new(),
            deprecated: keys.flag("deprecated", report).unwrap_or_default(),
        },
        paging: keys
            .object("pagination", report)
            .and_then(|keys| pagination(keys, report)),
        returns: returns(doc, &mut keys, report),
    };
    keys.done(report);
    method
}

fn pagination(mut keys: Keys, report: &mut Report) -> Option<paging::Declared> {
    let items = keys.needed("items", report);
    let (cursor, next) = (keys.text("cursor", report), keys.text("next", report));
    let more = keys.text("more", report);
    let at = keys.at.clone();
    keys.done(report);
    let next = match (cursor, next) {
        (Some(param), Some(from)) => Some(paging::Cursor { param, from, more }),
        (None, None) if more.is_none() => None,
        _ => {
            let text = "`cursor` and `next` belong together, and `more` to both";
            report.add(Code::BadPagination, &at, text);
            return None;
        }
    };
    let items = items?;
    Some(paging::Declared { at, items, next })
}

/// The schema of the reply, in place of the one that the document gives it.
fn returns(doc: &Document, keys: &mut Keys, report: &mut Report) -> Option<Pos> {
    let target = keys.text("returns", report)?;
    let found = doc.places.get_index_of(target.as_str());
    if found.is_none() {
        let is_component =
            |at: &&Pointer| at.file().is_empty() && matches!(Origin::of(at), Origin::Schema(_));
        let known = doc.places.iter().filter(is_component);
        let near = crate::report::nearest(&target, known.map(Pointer::as_str));
        let help = near.map(|near| format!("did you mean {near}?"));
        let at = keys.at.child("returns");
        let text = format!("{target} does not exist");
        report.add(Code::BadClientValue, &at, text).help(help);
    }
    found
}

/// The operation with what is special about one of its methods.
pub(super) fn exposed(common: Op, method: Method, reply: Reply) -> Op {
    Op {
        name: method.name,
        resource: method.resource,
        doc: Text {
            summary: method.doc.summary.or(common.doc.summary),
            description: method.doc.description.or(common.doc.description),
            notes: common.doc.notes,
            deprecated: common.doc.deprecated || method.doc.deprecated,
        },
        reply,
        ..common
    }
}
