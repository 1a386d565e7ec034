//! Operations: each becomes one method of a resource, or as many as `x-client` says.
//!
//! In: paths and their operations. Out: [`Op`]s, in the order of the document. Not here: parameters, bodies, schemas.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use indexmap::IndexMap;
use openapiv3::{Operation, Server};

use super::client::{self, Keys};
use super::{Cx, Pos, auth, body, note, param, path};
use crate::document::{Doc, MethodItem, PathItem};
use crate::model::api::{
    Doc as Text, HttpMethod, NextPage, Op, OpId, Owner, Paging, Piece, Reply, ResourceDoc, Scheme,
    Skipped,
};
use crate::report::{Code, Pointer};
use crate::understand::select::Selection;

/// A method, whether its name was given, and the first tag of its operation.
struct Draft<'a> {
    op: Op,
    given: bool,
    tag: Option<&'a str>,
}

/// All methods, and what is known of their resources. Those that nobody wants come last, and nothing is said of them: they
/// are here for the names of the others.
pub(super) fn run(
    cx: &mut Cx,
    schemes: &[Scheme],
    selection: &Selection,
) -> (Vec<Op>, Vec<ResourceDoc>) {
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
    body::left_out(cx, &generated);
    for (name, _) in &doc.webhooks {
        let at = Pointer::root().child("webhooks").child(name);
        cx.report.add(
            Code::Webhooks,
            &at,
            "this is a request that the server makes; it is not generated",
        );
    }
    settle_names(cx, &mut drafts);
    let resources = resources(doc, &drafts);
    (
        drafts.into_iter().map(|draft| draft.op).collect(),
        resources,
    )
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

/// What `x-client` says of one method.
#[derive(Default)]
struct Exposure {
    name: Option<String>,
    resource: Option<Vec<String>>,
    returns: Option<Pos>,
    paging: Option<Paging>,
    doc: Text,
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
        params: param::build(cx, params, owner, at, &stated.path),
        body: body.map(|body| body::build(cx, body, owner, spread)),
        reply: Reply::Empty,
        answers: Vec::new(),
        auth: auth::required(cx, schemes, operation, at),
        paging: None,
    };
    // The reply to a HEAD has the headers of that to a GET, and no content (RFC 9110, 9.3.2).
    let has_content = stated.method != HttpMethod::Head;
    let mut replies = Vec::with_capacity(exposures.len());
    for exposure in &exposures {
        replies.push(match has_content {
            true => body::build_reply(cx, &reply, owner, exposure.returns),
            false => Reply::Empty,
        });
    }
    common.answers = body::answers(cx, operation, owner);
    let tag = operation.tags.first().map(String::as_str);
    for (exposure, reply) in exposures.into_iter().zip(replies) {
        let given = exposure.name.is_some();
        let op = exposed(common.clone(), exposure, reply);
        drafts.push(Draft { op, given, tag });
    }
}

/// What the credentials of an operation must allow, and where more is said.
fn more(cx: &Cx, operation: &Operation) -> Option<String> {
    let docs = operation.external_docs.as_ref().map(note::elsewhere);
    note::joined(auth::scopes(cx, operation), docs)
}

type Planned<'a> = (
    Vec<param::Planned<'a>>,
    Option<body::PlannedBody<'a>>,
    body::PlannedReply<'a>,
);

/// What an operation sends and answers. `None`: it cannot be called, which has been reported.
fn planned<'a>(cx: &mut Cx<'a>, stated: &Stated<'a>) -> Option<Planned<'a>> {
    let (at, operation) = (&stated.at, stated.operation);
    let params = param::plan(cx, stated.item, operation, at, &stated.path)?;
    let body = body::plan(cx, operation, &stated.method, at).ok()?;
    let reply = body::plan_reply(cx, operation, at)?;
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

/// The method with what is said of it alone.
fn exposed(common: Op, exposure: Exposure, reply: Reply) -> Op {
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
        paging: exposure.paging,
        ..common
    }
}

/// What `x-client` says of an operation: its methods, and whether the body is spread.
fn told(cx: &mut Cx, operation: &Operation, at: &Pointer) -> (Vec<Exposure>, Option<bool>) {
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
                (Some(param), Some(from)) => Some(NextPage::Cursor { param, from, more }),
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
            Some(Paging {
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

/// Where methods of a resource would have the same name, those that were not given one are named after their ids.
fn settle_names(cx: &mut Cx, drafts: &mut [Draft]) {
    let key = |draft: &Draft| (draft.op.resource.clone(), draft.op.name.clone());
    let mut groups: HashMap<_, Vec<usize>> = HashMap::new();
    for (index, draft) in drafts.iter().enumerate() {
        groups.entry(key(draft)).or_default().push(index);
    }
    let clashes: HashSet<usize> = groups
        .into_values()
        .filter(|group| group.len() > 1)
        .flatten()
        .collect();
    let mut given = HashSet::new();
    for (_, draft) in drafts
        .iter_mut()
        .enumerate()
        .filter(|(index, _)| clashes.contains(index))
    {
        if !draft.given {
            draft.op.name = draft.op.id.clone();
        } else if !given.insert(key(draft)) {
            let text = format!(
                "there is another method `{}` of {}",
                draft.op.name,
                draft.op.resource.join(".")
            );
            cx.report
                .add(Code::DuplicateMethod, &draft.op.at.child(client::KEY), text);
        }
    }
}

/// The URL of the first server, its variables at their defaults.
pub(super) fn base_url(cx: &mut Cx) -> String {
    let doc = cx.doc;
    let Some(server) = doc.openapi.servers.first() else {
        return String::new();
    };
    choices(cx, server);
    let url = filled_in(server);
    let complete = ["https://", "http://"]
        .iter()
        .any(|scheme| url.to_ascii_lowercase().starts_with(scheme));
    if complete && !url.contains(['{', '}']) {
        return url.trim_end_matches('/').into();
    }
    let at = Pointer::root().child("servers").child("0").child("url");
    cx.report
        .add(
            Code::BadServer,
            &at,
            format!("`{url}` does not say where the server is"),
        )
        .help(Some(
            "write a complete URL, or let the users of the client set it".into(),
        ));
    String::new()
}

/// Notes what else the URL could be.
fn choices(cx: &mut Cx, server: &Server) {
    let others = cx.doc.openapi.servers.len() - 1;
    let variables = server
        .variables
        .iter()
        .flatten()
        .map(|(name, _)| name.as_str());
    let variables: Vec<&str> = variables.collect();
    let (at, text) = match (&variables[..], others) {
        ([], 0) => return,
        ([], _) => (
            "servers",
            "the first server is where requests go".to_owned(),
        ),
        (names, _) => (
            "servers/0/variables",
            format!(
                "the first server is where requests go, with the default of `{}`",
                names.join("`, `")
            ),
        ),
    };
    let at = Pointer::canonical(format!("#/{at}"));
    cx.report
        .add(Code::ServerChoice, &at, text)
        .help(Some("a client can be given another base URL".into()));
}

fn filled_in(server: &Server) -> String {
    let mut url = server.url.clone();
    for (name, variable) in server.variables.iter().flatten() {
        url = url.replace(&format!("{{{name}}}"), &variable.default);
    }
    url
}

/// Descriptions of resources at the top: of a tag that all of their operations have.
fn resources(doc: &Doc, drafts: &[Draft]) -> Vec<ResourceDoc> {
    let mut tags: IndexMap<&str, Option<&str>> = IndexMap::new();
    for draft in drafts {
        let Some(first) = draft.op.resource.first() else {
            continue;
        };
        tags.entry(first)
            .and_modify(|known| *known = known.filter(|known| draft.tag == Some(known)))
            .or_insert(draft.tag);
    }
    tags.into_iter()
        .filter_map(|(resource, tag)| {
            let tag = doc
                .openapi
                .tags
                .iter()
                .find(|stated| Some(stated.name.as_str()) == tag)?;
            let summary = tag.extensions.get("summary").and_then(|text| text.as_str());
            let doc = Text {
                summary: Some(summary.unwrap_or(&tag.name).to_owned()),
                description: tag.description.clone(),
                more: tag.external_docs.as_ref().map(note::elsewhere),
                deprecated: false,
            };
            Some(ResourceDoc {
                path: vec![resource.into()],
                doc,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers() {
        let server: Server = serde_json::from_str(
            r#"{ "url": "https://{host}/v1/", "variables": { "host": { "default": "a.b" } } }"#,
        )
        .unwrap();
        assert_eq!(filled_in(&server), "https://a.b/v1/");
    }
}
