//! Operations. Each becomes a method of a resource, or several methods if `x-client` declares them.
//!
//! In: paths with their operations, and the selection. Out: [`Operations`]: the [`Op`]s in the order of the document, and the
//! operations that are left out, with the reason. Not here: schemas, names in Rust.
//!
//! An operation is planned before any type is built for it. If it cannot be called, it results in a diagnostic and nothing else.

mod alike;
mod answers;
mod beside;
mod bodies;
mod content_class;
mod declared;
mod encodings;
mod headers;
mod incoming;
mod links;
mod lost;
mod media;
mod methods;
mod naming;
mod params;
mod path_template;
mod paths;
mod replies;
mod request_format;
mod resource_docs;
mod response_format;
mod security;
mod separators;
mod servers;
mod streams;
mod style;
mod value_form;

use std::collections::HashSet;
use std::rc::Rc;

use openapiv3::Operation;

use super::passes::paging;
use super::schema::annotations;
use super::schema::cx::Cx;
use crate::document::PathItem;
use crate::model::api::{
    Alternative, Body, Doc as Text, HttpMethod, Listing, NameSettings, Omitted, Op, OpId, Owner,
    Piece, Reply, ResourceDoc, Scheme, Server, Skipped,
};
use crate::model::note::Note;
use crate::understand::select::{Selection, Unselected};
use declared::{Declared, LeftOut};
pub(super) use incoming::webhooks;
pub(super) use lost::skipped as lost;
pub(super) use media::is_json_media;
pub(super) use security::{schemes, unsupported as unsupported_schemes};
pub(super) use servers::servers;

/// The methods of all operations, and related facts.
pub(super) struct Operations {
    pub ops: Vec<Op>,
    /// The pagination settings of each method.
    pub paging: Vec<paging::Hints>,
    /// The descriptions of the resources.
    pub resources: Vec<ResourceDoc>,
    /// The selected operations that are left out.
    pub skipped: Vec<Skipped>,
    pub unselected: Vec<Unselected>,
}

/// Builds the methods of the selected operations. For other operations, nothing is built or reported.
pub(super) fn run(
    cx: &mut Cx,
    schemes: &[Scheme],
    servers: &[Server],
    naming: &NameSettings,
    selection: &Selection,
) -> Operations {
    let mut all = paths::operations(cx, selection);
    naming::settle(cx.doc, naming, &mut all, cx.report);
    let mut found = Operations {
        ops: Vec::new(),
        paging: Vec::new(),
        resources: resource_docs::resources(cx.doc, &all),
        skipped: Vec::new(),
        unselected: Vec::new(),
    };
    let mut ids = HashSet::new();
    let mut generated = Vec::new();
    for declared in all {
        if !declared.selected {
            found.unselected.push(Unselected {
                at: declared.at,
                id: declared.id,
                tags: declared.tags.clone(),
            });
            continue;
        }
        paths::check(&declared, &mut ids, cx.report);
        match plan(cx, &declared, servers) {
            Ok(planned) => {
                paths::check_path(&declared, cx.report);
                generated.push(declared.parts);
                build(cx, schemes, declared, planned, &mut found);
            }
            Err(reason) => found.skipped.push(leave_out(cx, declared, reason)),
        }
    }
    answers::left_out(cx, &generated);
    found
}

/// An operation that the client can call.
struct Planned<'a> {
    path: Rc<[Piece]>,
    server: Option<servers::OwnServer>,
    params: Vec<params::Planned<'a>>,
    omitted: Vec<Omitted>,
    /// The request bodies. Each becomes a method.
    bodies: Vec<bodies::PlannedBody<'a>>,
    reply: replies::PlannedReply<'a>,
}

/// Decides which parameters and bodies an operation sends, and which reply it receives.
fn plan<'a>(
    cx: &mut Cx<'a>,
    declared: &Declared<'a>,
    servers: &[Server],
) -> Result<Planned<'a>, LeftOut> {
    let path = declared.path.clone()?;
    let (params, omitted) = params::plan(cx, declared, &path)?;
    Ok(Planned {
        params,
        omitted,
        path,
        bodies: bodies::plan(cx, declared)?,
        reply: replies::plan(cx, declared),
        server: servers::own(declared, servers, cx.report),
    })
}

/// Reports that an operation is left out, and returns it with the reason.
fn leave_out(cx: &mut Cx, declared: Declared, reason: LeftOut) -> Skipped {
    let LeftOut { code, at, text } = reason;
    let message = format!("{} is left out: {text}", declared.title());
    let help = format!(
        "`--exclude {}` leaves it out without this message; an overlay can change the document",
        selector(&declared.id)
    );
    cx.report.add(code, &at, message).help(Some(help));
    Skipped {
        at: declared.at,
        id: declared.id,
        tags: declared.tags.clone(),
        code,
        text,
    }
}

/// Returns the selector of an operation, quoted for a shell if necessary.
fn selector(id: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./".contains(c);
    match id.chars().all(is_plain) {
        true => format!("id:{id}"),
        false => format!("'id:{}'", id.replace('\'', "'\\''")),
    }
}

/// Builds the methods of an operation.
fn build<'a>(
    cx: &mut Cx<'a>,
    schemes: &[Scheme],
    declared: Declared<'a>,
    planned: Planned<'a>,
    found: &mut Operations,
) {
    let (item, operation) = (declared.item, declared.operation);
    let owner = Owner::Op(OpId(found.ops.len()));
    let mut common = Op {
        at: declared.at.clone(),
        id: declared.id.clone(),
        label: declared.label.clone(),
        tags: declared.tags.clone(),
        method: declared.method.clone(),
        path: planned.path.to_vec(),
        server: planned.server.as_ref().map(|server| server.url.clone()),
        resource: Vec::new(),
        name: String::new(),
        doc: text(cx, item, operation, planned.server.as_ref()),
        params: params::build(cx, planned.params, owner, &declared.at, &planned.path),
        omitted: planned.omitted,
        body: None,
        reply: Reply::Empty,
        accept: planned.reply.accept.clone(),
        alternatives: Vec::new(),
        answers: Vec::new(),
        errors: None,
        headers: headers::build(cx, declared.parts, (&declared.at, owner)),
        callbacks: incoming::callbacks(cx, declared.parts, owner),
        auth: security::required(cx, schemes, operation, &declared.at),
        listing: Listing::No,
        idempotency: declared.idempotency,
    };
    let bodies = bodies(cx, &planned.bodies, owner, declared.spread);
    let replies = replies(cx, &declared, &planned.reply, owner);
    common.answers = answers::answers(cx, declared.parts, owner);
    let headers = answers::success_headers(declared.parts);
    let bodies = with_alternatives(cx, bodies, &declared, &planned.reply, owner);
    for (mut method, reply) in declared.methods.into_iter().zip(replies) {
        let mut client = std::mem::take(&mut method.paging);
        for (word, body, alternatives) in &bodies {
            found.paging.push(paging::Hints {
                declaration: std::mem::take(&mut client),
                headers: headers.clone(),
            });
            let op = methods::exposed(common.clone(), &method, word, reply.clone());
            found.ops.push(Op {
                body: body.clone(),
                alternatives: alternatives.clone(),
                ..op
            });
        }
    }
}

/// Returns what each method returns. The response to HEAD has the same headers as the response to GET, but no content (RFC 9110,
/// 9.3.2).
fn replies(
    cx: &mut Cx,
    declared: &Declared,
    planned: &replies::PlannedReply,
    owner: Owner,
) -> Vec<Reply> {
    let has_content = declared.method != HttpMethod::Head;
    let methods = declared.methods.iter();
    let replies = methods.map(|method| match has_content {
        true => replies::build(cx, planned, owner, method.returns),
        false => Reply::Empty,
    });
    replies.collect()
}

/// Pairs each body with the other representations of the reply, because a property of the body may ask for one.
fn with_alternatives<'a>(
    cx: &mut Cx,
    bodies: Vec<(&'a str, Option<Body>)>,
    declared: &Declared,
    reply: &replies::PlannedReply,
    owner: Owner,
) -> Vec<(&'a str, Option<Body>, Vec<Alternative>)> {
    let bodies = bodies.into_iter().map(|(word, body)| {
        let alternatives = match declared.method {
            HttpMethod::Head => Vec::new(),
            HttpMethod::Get
            | HttpMethod::Put
            | HttpMethod::Post
            | HttpMethod::Delete
            | HttpMethod::Options
            | HttpMethod::Patch
            | HttpMethod::Trace
            | HttpMethod::Query
            | HttpMethod::Other(_) => {
                let others = &reply.alternatives;
                streams::alternatives(cx, others, owner, &declared.stream, body.as_ref())
            }
        };
        (word, body, alternatives)
    });
    bodies.collect()
}

/// Returns the summary and the description of an operation, or else those of its path.
fn text(
    cx: &Cx,
    item: &PathItem,
    operation: &Operation,
    server: Option<&servers::OwnServer>,
) -> Text {
    let summary = operation.summary.as_ref().or(item.summary.as_ref());
    let description = operation.description.as_ref();
    let description = description.or(item.description.as_ref());
    Text {
        summary: summary.cloned(),
        description: description.cloned(),
        notes: notes(cx, operation, server),
        deprecated: operation.deprecated,
    }
}

/// Returns the bodies that the methods of an operation send. Each has a word that distinguishes its method.
fn bodies<'a>(
    cx: &mut Cx,
    planned: &'a [bodies::PlannedBody],
    owner: Owner,
    spread: Option<bool>,
) -> Vec<(&'a str, Option<Body>)> {
    if planned.is_empty() {
        return vec![("", None)];
    }
    let bodies = planned.iter().map(|body| {
        let built = bodies::build(cx, body, owner, spread);
        (body.word.as_str(), Some(built))
    });
    bodies.collect()
}

/// Returns notes on the scopes that an operation requires, its external documentation, and its own server.
fn notes(cx: &Cx, operation: &Operation, server: Option<&servers::OwnServer>) -> Vec<Note> {
    let docs = operation
        .external_docs
        .as_ref()
        .map(annotations::external_docs_note);
    security::required_scopes(cx, operation)
        .into_iter()
        .chain(docs)
        .chain(server.map(|server| server.note.clone()))
        .collect()
}
