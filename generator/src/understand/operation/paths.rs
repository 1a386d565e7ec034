//! The operations that the document declares, before anything is built for them.
//!
//! In: the paths and the selection. Out: [`Declared`] operations with the names of their methods, and diagnostics about paths.
//! Not here: parameters, bodies and responses.
//!
//! Names depend on all operations, whether these are selected or not and whether the client supports them or not. Therefore,
//! names do not change with the selection or with a later version of the generator.

use std::collections::HashSet;
use std::rc::Rc;

use super::declared::{Declared, LeftOut};
use super::{methods, path_template};
use crate::document::{Document, Method, Operation, PathItem};
use crate::model::api::{HttpMethod, Idempotency, Piece};
use crate::report::{Code, Pointer, Report};
use crate::understand::schema::cx::Cx;
use crate::understand::select::Selection;
use crate::understand::x_client;

/// Returns all operations in the order of the document.
pub(super) fn operations<'a>(cx: &mut Cx<'a>, selection: &Selection) -> Vec<Declared<'a>> {
    let doc = cx.doc;
    let mut found = Vec::new();
    for (template, item) in &doc.paths {
        let at = Pointer::root().child("paths").child(template);
        let (bare, _) = template.split_once('#').unwrap_or((template, ""));
        let path = path_template::pieces(bare)
            .map(Rc::from)
            .map_err(|text| LeftOut {
                code: Code::UnsupportedPath,
                at: at.clone(),
                text,
            });
        let start = found.len();
        for declared in &item.operations {
            let path = path.clone();
            found.push(operation(
                cx,
                selection,
                (template, bare),
                item,
                declared,
                path,
            ));
        }
        let here = &found[start..];
        if here.is_empty() || here.iter().any(|declared| declared.selected) {
            x_client::unread(&item.extensions, &at, cx.report);
        }
    }
    found
}

fn operation<'a>(
    cx: &mut Cx<'a>,
    selection: &Selection,
    (key, template): (&'a str, &'a str),
    item: &'a PathItem,
    parts: &'a Operation,
    path: Result<Rc<[Piece]>, LeftOut>,
) -> Declared<'a> {
    let Operation {
        method,
        at,
        value: operation,
        ..
    } = parts;
    let method = http_method(method);
    let made = || format!("{} {template}", method.as_str());
    let id = operation.operation_id.clone().unwrap_or_else(made);
    let tags = with_parents(cx.doc, &operation.tags);
    let mut declared = Declared {
        at: at.clone(),
        selected: selection.wants(&tags, key, &id),
        label: id.clone(),
        id,
        tags,
        method,
        key,
        template,
        is_variant: template != key || template.contains('?'),
        path,
        item,
        operation,
        parts,
        methods: Vec::new(),
        spread: None,
        idempotency: Idempotency::ByMethod,
        stream: None,
    };
    if declared.path.is_ok() {
        let mut unheard = Report::default();
        let report = match declared.selected {
            true => &mut *cx.report,
            false => &mut unheard,
        };
        let told = methods::methods(cx.doc, &declared, report);
        declared.methods = told.methods;
        declared.spread = told.spread;
        declared.idempotency = told.idempotency;
        declared.stream = told.stream;
    }
    declared
}

/// Returns tags and their ancestors (OpenAPI 3.2, Tag Object) without duplicates.
fn with_parents(doc: &Document, own: &[String]) -> Vec<String> {
    let mut all: Vec<String> = own.to_vec();
    let mut next = 0;
    while let Some(name) = all.get(next) {
        let declared = doc.tags.iter().find(|tag| tag.name == *name);
        let parent = declared.and_then(|tag| tag.newer.parent.as_ref());
        all.extend(parent.filter(|it| !all.contains(it)).cloned());
        next += 1;
    }
    all
}

/// Returns the HTTP method of an operation.
pub(super) fn http_method(declared: &Method) -> HttpMethod {
    match declared {
        Method::Get => HttpMethod::Get,
        Method::Put => HttpMethod::Put,
        Method::Post => HttpMethod::Post,
        Method::Delete => HttpMethod::Delete,
        Method::Options => HttpMethod::Options,
        Method::Head => HttpMethod::Head,
        Method::Patch => HttpMethod::Patch,
        Method::Trace => HttpMethod::Trace,
        Method::Query => HttpMethod::Query,
        Method::Other(token) => HttpMethod::Other(token.clone()),
    }
}

/// Reports unusual features of the path of a generated operation.
pub(super) fn check_path(declared: &Declared, report: &mut Report) {
    let at = Pointer::root().child("paths").child(declared.key);
    if let Some((_, fragment)) = declared.key.split_once('#')
        && !fragment.is_empty()
    {
        let text = format!("the fragment `#{fragment}` is not sent");
        report.once(Code::PathFragment, &at, text);
    }
    if let Some((_, query)) = declared.template.split_once('?') {
        let text = format!("the query `?{query}` of the path is sent with every request");
        report.once(Code::PathQuery, &at, text);
    }
}

/// Reports a missing or duplicate operation id.
pub(super) fn check<'a>(declared: &Declared<'a>, ids: &mut HashSet<&'a str>, report: &mut Report) {
    let (at, operation) = (&declared.at, declared.operation);
    match operation.operation_id.as_deref() {
        None => {
            report.add(
                Code::NoOperationId,
                at,
                "the operation has no `operationId`",
            );
        }
        Some(id) if !ids.insert(id) => {
            let text = format!("another operation also has the id `{id}`");
            report.add(Code::DuplicateOperationId, at, text);
        }
        Some(_) => {}
    }
}
