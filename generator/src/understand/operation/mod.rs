//! Operations: each becomes one method of a resource, or as many as `x-client` says.
//!
//! In: paths and their operations. Out: [`Op`]s, in the order of the document. Not here: parameters, bodies, schemas.

mod bodies;
mod exposure;
mod media;
mod params;
mod path;
mod replies;
mod resources;
mod security;
mod servers;
mod style;

use std::collections::HashSet;
use std::rc::Rc;

use openapiv3::Operation;

use super::schema::annotations;
use super::schema::cx::Cx;
use super::{client, paging};
use crate::document::{MethodItem, PathItem};
use crate::model::api::{
    Doc as Text, HttpMethod, Op, OpId, Owner, Piece, Reply, ResourceDoc, Scheme, Skipped,
};
use crate::report::{Code, Pointer};
use crate::understand::select::Selection;
use exposure::{exposed, told};
pub(super) use media::is_json_media;
pub(super) use security::schemes;
pub(super) use servers::base_url;

/// A method, its declared pagination, whether its name was given, and the first tag of its operation.
struct Draft<'a> {
    op: Op,
    paging: Option<paging::Declared>,
    given: bool,
    tag: Option<&'a str>,
}

/// All methods, and what is known of their resources. Those that nobody wants come last, and nothing is said of them: they
/// are here for the names of the others.
pub(super) fn run(
    cx: &mut Cx,
    schemes: &[Scheme],
    selection: &Selection,
) -> (Vec<Op>, Vec<Option<paging::Declared>>, Vec<ResourceDoc>) {
    let doc = cx.doc;
    let (wanted, others): (Vec<_>, Vec<_>) = stated(cx).into_iter().partition(|stated| {
        let path = stated.at.keys().nth(1).unwrap_or_default();
        let id = id(stated.operation, &stated.method, &path::text(&stated.path));
        selection.wants(&stated.operation.tags, &path, &id)
    });
    let mut drafts = Vec::new();
    let mut ids = HashSet::new();
    for stated in &wanted {
        identify(cx, stated, &mut ids);
        exposures(cx, schemes, stated, &mut drafts);
    }
    let said = cx.report.len();
    for stated in &others {
        exposures(cx, schemes, stated, &mut drafts);
    }
    cx.report.truncate(said);
    let left_out: HashSet<&Pointer> = cx.skipped.iter().map(|skipped| &skipped.at).collect();
    let generated: Vec<_> = wanted
        .iter()
        .filter(|stated| !left_out.contains(&stated.at))
        .map(|stated| (&stated.at, stated.operation))
        .collect();
    replies::left_out(cx, &generated);
    for (name, _) in &doc.webhooks {
        let at = Pointer::root().child("webhooks").child(name);
        cx.report.add(
            Code::Webhooks,
            &at,
            "this is a request that the server makes; it is not generated",
        );
    }
    resources::settle_names(cx, &mut drafts);
    let resources = resources::resources(doc, &drafts);
    let (ops, paging) = drafts
        .into_iter()
        .map(|draft| (draft.op, draft.paging))
        .unzip();
    (ops, paging, resources)
}

/// The operations of all paths that can be read.
fn stated<'a>(cx: &mut Cx<'a>) -> Vec<Stated<'a>> {
    let root = Pointer::root().child("paths");
    let mut found = Vec::new();
    for (template, item) in &cx.doc.paths {
        let at = root.child(template);
        client::unread(&item.extensions, &at, cx.report);
        if !item.servers.is_empty() {
            cx.report.add(
                Code::OtherServers,
                &at.child("servers"),
                "the operations of this path go to the server of the document",
            );
        }
        let (template, fragment) = template.split_once('#').unwrap_or((template, ""));
        if !fragment.is_empty() {
            cx.report.add(
                Code::PathFragment,
                &at,
                format!("`#{fragment}` is not part of a request, and is left out"),
            );
        }
        let path: Rc<[Piece]> = match path::pieces(template) {
            Ok(path) => path.into(),
            Err(reason) => {
                for MethodItem {
                    method,
                    at,
                    operation,
                } in &item.operations
                {
                    cx.skipped.push(Skipped {
                        at: at.clone(),
                        id: id(operation, &HttpMethod::new(method), template),
                        tags: operation.tags.clone(),
                        code: Code::UnsupportedPath,
                        text: reason.clone(),
                    });
                }
                cx.report.add(Code::UnsupportedPath, &at, reason);
                continue;
            }
        };
        found.extend(item.operations.iter().map(|stated| Stated {
            at: stated.at.clone(),
            method: HttpMethod::new(&stated.method),
            path: Rc::clone(&path),
            item,
            operation: &stated.operation,
        }));
    }
    found
}

/// An operation of the document, and where it stands.
struct Stated<'a> {
    at: Pointer,
    method: HttpMethod,
    path: Rc<[Piece]>,
    item: &'a PathItem,
    operation: &'a Operation,
}

/// Notes what is odd about an operation's id, and what it has that is not generated.
fn identify<'a>(cx: &mut Cx, stated: &Stated<'a>, ids: &mut HashSet<&'a str>) {
    let (at, operation) = (&stated.at, stated.operation);
    match operation.operation_id.as_deref() {
        None => drop(
            cx.report
                .add(Code::NoOperationId, at, "there is no operationId"),
        ),
        Some(id) if !ids.insert(id) => {
            cx.report.add(
                Code::DuplicateOperationId,
                at,
                format!("the id `{id}` is that of another operation, too"),
            );
        }
        Some(_) => {}
    }
    if !operation.servers.is_empty() {
        cx.report.add(
            Code::OtherServers,
            &at.child("servers"),
            "the operation goes to the server of the document",
        );
    }
    if !operation.callbacks.is_empty() {
        cx.report.add(
            Code::Webhooks,
            &at.child("callbacks"),
            "these are requests that the server makes; they are not generated",
        );
    }
}

/// Builds the methods of an operation. What cannot be called is left out before any type is built for it.
fn exposures<'a>(
    cx: &mut Cx<'a>,
    schemes: &[Scheme],
    stated: &Stated<'a>,
    drafts: &mut Vec<Draft<'a>>,
) {
    let (at, item, operation) = (&stated.at, stated.item, stated.operation);
    let (exposures, spread) = told(cx, operation, at);
    let said = cx.report.len();
    let Some((params, body, reply)) = planned(cx, stated) else {
        skip(cx, stated, said);
        return;
    };
    let owner = Owner::Op(OpId(drafts.len()));
    let mut common = Op {
        at: at.clone(),
        id: id(operation, &stated.method, &path::text(&stated.path)),
        tags: operation.tags.clone(),
        method: stated.method.clone(),
        path: stated.path.to_vec(),
        resource: path::resource(&stated.path, operation),
        name: path::default_name(&stated.method, &stated.path),
        doc: Text {
            summary: operation
                .summary
                .as_ref()
                .or(item.summary.as_ref())
                .cloned(),
            description: operation
                .description
                .as_ref()
                .or(item.description.as_ref())
                .cloned(),
            more: more(cx, operation),
            deprecated: operation.deprecated,
        },
        params: params::build(cx, params, owner, at, &stated.path),
        body: body.map(|body| bodies::build(cx, body, owner, spread)),
        reply: Reply::Empty,
        answers: Vec::new(),
        auth: security::required(cx, schemes, operation, at),
        paging: None,
    };
    // The reply to a HEAD has the headers of that to a GET, and no content (RFC 9110, 9.3.2).
    let has_content = stated.method != HttpMethod::Head;
    let mut replies = Vec::with_capacity(exposures.len());
    for exposure in &exposures {
        replies.push(match has_content {
            true => replies::build_reply(cx, &reply, owner, exposure.returns),
            false => Reply::Empty,
        });
    }
    common.answers = replies::answers(cx, operation, owner);
    let tag = operation.tags.first().map(String::as_str);
    for (mut exposure, reply) in exposures.into_iter().zip(replies) {
        let given = exposure.name.is_some();
        let paging = exposure.paging.take();
        let op = exposed(common.clone(), exposure, reply);
        drafts.push(Draft {
            op,
            paging,
            given,
            tag,
        });
    }
}

/// What the credentials of an operation must allow, and where more is said.
fn more(cx: &Cx, operation: &Operation) -> Option<String> {
    let docs = operation.external_docs.as_ref().map(annotations::elsewhere);
    annotations::joined(security::scopes(cx, operation), docs)
}

type Planned<'a> = (
    Vec<params::Planned<'a>>,
    Option<bodies::PlannedBody<'a>>,
    replies::PlannedReply<'a>,
);

/// What an operation sends and answers. `None`: it cannot be called, which has been reported.
fn planned<'a>(cx: &mut Cx<'a>, stated: &Stated<'a>) -> Option<Planned<'a>> {
    let (at, operation) = (&stated.at, stated.operation);
    let params = params::plan(cx, stated.item, operation, at, &stated.path)?;
    let body = bodies::plan(cx, operation, &stated.method, at).ok()?;
    let reply = replies::plan_reply(cx, operation, at)?;
    Some((params, body, reply))
}

/// Keeps that an operation is left out, and why: what was said last, or before of a parameter that operations share.
fn skip(cx: &mut Cx, stated: &Stated, said: usize) {
    let (code, text) = match cx.report.iter().skip(said).last() {
        Some(last) => (last.code, last.text.clone()),
        None => (
            Code::UnsupportedParameter,
            "a parameter that it shares with others cannot be written yet".into(),
        ),
    };
    cx.skipped.push(Skipped {
        at: stated.at.clone(),
        id: id(stated.operation, &stated.method, &path::text(&stated.path)),
        tags: stated.operation.tags.clone(),
        code,
        text,
    });
}

/// `operationId`, or what stands for it.
fn id(operation: &Operation, method: &HttpMethod, path: &str) -> String {
    let made = || format!("{} {path}", method.as_str().to_ascii_lowercase());
    operation.operation_id.clone().unwrap_or_else(made)
}
