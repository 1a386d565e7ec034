//! The methods of an operation: one, or as many as `x-client` declares.
//!
//! In: the `x-client` extension of an operation. Out: [`MethodSettings`]. Not here: the effect of these settings, names (see
//! `naming`), types.

use super::declared::{Declared, DeclaredStream, Method};
use crate::document::{Document, Pos};
use crate::model::api::{Doc as Text, Idempotency, Op, Reply};
use crate::model::origin::Origin;
use crate::report::{Code, Pointer, Report};
use crate::understand::passes::paging::{self, Declared as Pages, DeclaredEnd, Next};
use crate::understand::x_client::{self, Keys};

/// The `x-client` settings of an operation.
pub(super) struct MethodSettings {
    pub methods: Vec<Method>,
    /// Whether the properties of the body become arguments.
    pub spread: Option<bool>,
    pub idempotency: Idempotency,
    pub stream: Option<DeclaredStream>,
}

/// Returns the methods of an operation, and its other `x-client` settings.
pub(super) fn methods(doc: &Document, declared: &Declared, report: &mut Report) -> MethodSettings {
    let plain = |paging| Method {
        paging,
        ..Method::default()
    };
    let value = declared.operation.extensions.get(x_client::KEY);
    let keys = value.and_then(|value| Keys::new(value, declared.at.child(x_client::KEY), report));
    let Some(mut keys) = keys else {
        return MethodSettings {
            methods: vec![plain(paging::Declaration::Nothing)],
            spread: None,
            idempotency: Idempotency::ByMethod,
            stream: None,
        };
    };
    let spread = keys.flag("spread", report);
    let idempotency = match keys.flag("idempotent", report) {
        Some(true) => Idempotency::Declared,
        Some(false) | None => Idempotency::ByMethod,
    };
    let stream = keys.object("stream", report);
    let stream = stream.map(|keys| self::stream(doc, keys, report));
    let paging = pagination(&mut keys, report).unwrap_or_default();
    let default = || plain(paging.clone());
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
    MethodSettings {
        methods: found,
        spread,
        idempotency,
        stream,
    }
}

fn stream(doc: &Document, mut keys: Keys, report: &mut Report) -> DeclaredStream {
    let stream = DeclaredStream {
        at: keys.at.clone(),
        events: schema(doc, &mut keys, "events", report),
        property: keys.text("property", report),
    };
    keys.done(report);
    stream
}

fn method(doc: &Document, mut keys: Keys, default: Method, report: &mut Report) -> Method {
    let method = Method {
        name: keys.needed_word("name", report),
        resource: keys.resource("resource", report),
        doc: Text {
            summary: keys.text("summary", report),
            description: keys.text("description", report),
            notes: Vec::new(),
            deprecated: keys.flag("deprecated", report).unwrap_or_default(),
        },
        paging: pagination(&mut keys, report).unwrap_or(default.paging),
        returns: schema(doc, &mut keys, "returns", report),
    };
    keys.done(report);
    method
}

/// Reads the pagination setting of `x-client`. `false` disables pagination. An object describes how to get the next page.
fn pagination(keys: &mut Keys, report: &mut Report) -> Option<paging::Declaration> {
    if keys.is_flag("pagination") {
        return match keys.flag("pagination", report) {
            Some(false) => Some(paging::Declaration::Never),
            Some(true) | None => None,
        };
    }
    let mut keys = keys.object("pagination", report)?;
    let items = keys.text("items", report);
    let cursor = keys.text("cursor", report);
    let from = keys.text("next", report);
    let key = keys.text("last", report);
    let url = keys.text("url", report);
    let link = keys.flag("link", report).filter(|link| *link);
    let (page, offset) = (keys.text("page", report), keys.text("offset", report));
    let more = keys.text("more", report);
    let (total, pages) = (keys.text("total", report), keys.text("pages", report));
    let in_body = keys.flag("inBody", report).unwrap_or_default();
    let at = keys.at.clone();
    keys.done(report);
    let next = match (cursor, from, key, url, link, page, offset) {
        (Some(param), Some(from), None, None, None, None, None) => Next::Token { param, from },
        (Some(param), None, Some(key), None, None, None, None) => Next::LastItem { param, key },
        (None, None, None, Some(url), None, None, None) => Next::Url(url),
        (None, None, None, None, Some(_), None, None) => Next::Link,
        (None, None, None, None, None, Some(page), None) => Next::Page(page),
        (None, None, None, None, None, None, Some(offset)) => Next::Offset(offset),
        (None, None, None, None, None, None, None) if more.is_none() => Next::Single,
        _ => {
            let text = "declare exactly one way to the next page: `cursor` with `next`, `cursor` with `last`, `url`, `link`, `page` or `offset`";
            report.add(Code::BadPagination, &at, text);
            return None;
        }
    };
    let end = match (more, total, pages) {
        (None, None, None) => DeclaredEnd::Unknown,
        (Some(more), None, None) => DeclaredEnd::More(more),
        (None, Some(total), None) => DeclaredEnd::Total(total),
        (None, None, Some(pages)) => DeclaredEnd::Pages(pages),
        _ => {
            let text = "declare at most one of `more`, `total` and `pages` to mark the last page";
            report.add(Code::BadPagination, &at, text);
            return None;
        }
    };
    Some(paging::Declaration::Pages(Pages {
        at,
        items,
        next,
        end,
        in_body,
    }))
}

/// Returns the schema that the value of a key refers to.
fn schema(doc: &Document, keys: &mut Keys, key: &'static str, report: &mut Report) -> Option<Pos> {
    let target = keys.text(key, report)?;
    let found = doc.places.get_index_of(target.as_str());
    if found.is_none() {
        let is_component =
            |at: &&Pointer| at.file().is_empty() && matches!(Origin::of(at), Origin::Schema(_));
        let known = doc.places.iter().filter(is_component);
        let near = crate::report::nearest(&target, known.map(Pointer::as_str));
        let help = near.map(|near| format!("did you mean {near}?"));
        let at = keys.at.child(key);
        let text = format!("{target} does not exist");
        report.add(Code::BadClientValue, &at, text).help(help);
    }
    found
}

/// Returns the operation as one of its methods. `word` distinguishes its body from the first one.
pub(super) fn exposed(common: Op, method: &Method, word: &str, reply: Reply) -> Op {
    let doc = method.doc.clone();
    Op {
        name: match (method.name.clone().unwrap_or_default(), word) {
            (name, "") => name,
            (name, word) => format!("{name} {word}"),
        },
        resource: method.resource.clone().unwrap_or_default(),
        doc: Text {
            summary: doc.summary.or(common.doc.summary),
            description: doc.description.or(common.doc.description),
            notes: common.doc.notes,
            deprecated: common.doc.deprecated || doc.deprecated,
        },
        reply,
        ..common
    }
}
