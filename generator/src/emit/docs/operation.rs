//! An operation on its page.
//!
//! In: an [`Op`]. Out: its section: request, notes, parameters, body, reply, errors, examples. Not here:
//! what types are in words (`schema`), how a request is spelled for a shell (`curl`).

use super::answers::{answers, error_phrase, status, statuses};
use super::page::{Depth, Page};
use super::schema::{self, ItemLine};
use super::{command, curl, incoming, title};
use crate::emit::EmitCx;
use crate::emit::rust::{error, example, headers};
use crate::emit::text::{markdown, paging, pretty, request, wording};
use crate::model::api::{
    Emptiness, Explode, Op, OpId, Outcome, Param, ParamLocation, Presence, Reply, Status, Stream,
    SuccessContent, Syntax, Ty,
};
use crate::model::ty::resolve;
use crate::plan::inputs::may_lack_value;
use crate::plan::names::DocPaths;

/// The section of an operation.
pub fn section(page: &mut Page, id: OpId) {
    let (op, names) = (&page.cx.api.ops[id.0], page.cx.names.op(id));
    page.heading(2, &title::title(page.cx, id), Some(names.method.plain()));
    page.paragraph(Depth::TOP, &request::code(op));
    if op.doc.deprecated {
        page.paragraph(Depth::TOP, "**Deprecated.**");
    }
    notes(page, id);
    parameters(page, op);
    if let Some(omitted) = wording::omitted(op) {
        page.paragraph(Depth::TOP, &omitted);
    }
    body(page, op);
    returns(page, id);
    errors(page, id);
    incoming::links(page, op);
    incoming::callbacks(page, op);
    examples(page, id);
}

/// The part of the summary that is not in the title, and the description.
pub fn notes(page: &mut Page, id: OpId) {
    let op = &page.cx.api.ops[id.0];
    let whole = op.doc.summary.as_deref().unwrap_or_default().trim();
    let is_in_title = Some(whole.strip_suffix('.').unwrap_or(whole)) == title::short_summary(op);
    let is_description = op.doc.description.as_deref().map(str::trim) == Some(whole);
    if !is_in_title && !is_description {
        page.lines(Depth::TOP, &page.cx.page_lines(whole));
    }
    schema::description(page, Depth::TOP, &op.doc);
}

/// The locations of parameters, with their titles.
pub const LOCATIONS: [(ParamLocation, &str); 4] = [
    (ParamLocation::Path, "Path parameters"),
    (ParamLocation::Query, "Query parameters"),
    (ParamLocation::Header, "Header parameters"),
    (ParamLocation::Cookie, "Cookie parameters"),
];

fn parameters(page: &mut Page, op: &Op) {
    for (place, title) in LOCATIONS {
        let mut params = op.params.iter().filter(|param| param.location == place);
        let Some(first) = params.next() else { continue };
        page.heading(3, title, None);
        page.gap();
        for param in std::iter::once(first).chain(params) {
            let notes = param_notes(page.cx, param);
            let notes: Vec<&str> = notes.iter().map(String::as_str).collect();
            let used = ItemLine {
                ty: &param.ty,
                presence: &param.presence,
                doc: &param.doc,
                notes: &notes,
            };
            schema::item(page, Depth::TOP, &param.wire, &used);
        }
    }
}

/// How a parameter is written, as Markdown.
pub fn param_notes(cx: &EmitCx, param: &Param) -> Vec<String> {
    let empty = may_lack_value(cx.api, param).then(|| "may be empty".to_owned());
    style(cx, param).into_iter().chain(empty).collect()
}

/// How a value with parts is written.
fn style(cx: &EmitCx, param: &Param) -> Option<String> {
    let joined = |separator: &str| format!("items joined by {}", markdown::code(separator));
    let is_list = matches!(resolve(cx.api, &param.ty), Ty::List(_));
    match (param.style.syntax, param.style.explode) {
        (Syntax::Json, _) => Some("sent as JSON".into()),
        (syntax, _) if !is_list => match syntax {
            Syntax::Label => Some("after a `.`".into()),
            Syntax::Matrix => Some(format!(
                "after {}",
                markdown::code(&format!(";{}=", param.wire))
            )),
            Syntax::Simple
            | Syntax::Form
            | Syntax::SpaceDelimited
            | Syntax::PipeDelimited
            | Syntax::DeepObject(_)
            | Syntax::Cookie
            | Syntax::Json => None,
        },
        (Syntax::Label, Explode::Exploded) => Some(joined(".")),
        (
            Syntax::Form | Syntax::Matrix | Syntax::Cookie | Syntax::DeepObject(_),
            Explode::Exploded,
        ) => Some("repeated for each item".into()),
        (Syntax::SpaceDelimited, _) => Some(joined(" ")),
        (Syntax::PipeDelimited, _) => Some(joined("|")),
        (
            Syntax::Simple
            | Syntax::Label
            | Syntax::Matrix
            | Syntax::Form
            | Syntax::Cookie
            | Syntax::DeepObject(_),
            _,
        ) => Some(joined(",")),
    }
}

/// The body of a request.
pub fn body(page: &mut Page, op: &Op) {
    let Some(body) = &op.body else { return };
    page.heading(3, "Body", None);
    let presence = match body.presence {
        Presence::Required => "required",
        Presence::Optional | Presence::Default(_) => "optional",
    };
    let (media, words) = (
        markdown::code(body.range.as_ref().unwrap_or(&body.media_type)),
        schema::type_phrase(page, &body.ty),
    );
    page.paragraph(Depth::TOP, &format!("{media}, {presence}: {words}"));
    schema::text(page, Depth::TOP, &body.doc);
    schema::properties(page, &body.ty);
}

/// What a call returns.
pub fn returns(page: &mut Page, id: OpId) {
    let op = &page.cx.api.ops[id.0];
    page.heading(3, "Returns", None);
    let successes = answers(op, Outcome::Success);
    match (successes.as_slice(), return_phrase(page, op)) {
        ([one], words) => {
            let (line, rest) = status(page, one, words);
            page.paragraph(Depth::TOP, &line);
            page.lines(Depth::TOP, &rest);
        }
        (several, words) => {
            statuses(page, several, |page, answer| {
                success(page, op, answer.status)
            });
            if let Some(words) = words {
                page.paragraph(Depth::TOP, &words);
            }
        }
    }
    if let Some(text) = pages(page, id) {
        page.paragraph(Depth::TOP, &text);
    }
    for ty in op.reply.types() {
        schema::properties(page, ty);
    }
    headers(page, op.headers.success.as_ref());
    for (alternative, name) in op
        .alternatives
        .iter()
        .zip(&page.cx.names.op(id).alternatives)
    {
        let words = reply_phrase(page, &alternative.reply);
        let media: Vec<String> = (alternative.accept.iter())
            .map(|name| markdown::code(name))
            .collect();
        let text = format!("`{name}()` asks for {}: {words}.", media.join(" or "));
        page.paragraph(Depth::TOP, &text);
    }
}

/// Returns the value of a call in a few words, unless it depends on the status.
fn return_phrase(page: &Page, op: &Op) -> Option<String> {
    match op.reply {
        Reply::ByStatus(_) => None,
        Reply::Empty
        | Reply::Json { .. }
        | Reply::Text
        | Reply::Redirect
        | Reply::Binary
        | Reply::Stream(_) => Some(reply_phrase(page, &op.reply)),
    }
}

/// Describes a reply.
fn reply_phrase(page: &Page, reply: &Reply) -> String {
    match reply {
        Reply::Empty => "no content".into(),
        Reply::Json {
            ty,
            emptiness: Emptiness::Never,
            ..
        } => schema::type_phrase(page, ty).into_owned(),
        Reply::Json {
            ty,
            emptiness: Emptiness::Documented(_),
            ..
        } => format!("{}, or nothing", schema::type_phrase(page, ty)),
        Reply::Text => "text".into(),
        Reply::Redirect => REDIRECT.into(),
        Reply::Binary => BYTES.into(),
        Reply::Stream(stream) => values(page, stream),
        Reply::ByStatus(_) => "one of several types".into(),
    }
}

const REDIRECT: &str = "the URL of the redirect, which is not followed";
const BYTES: &str = "bytes, as a `Download`";

/// Describes a stream.
fn values(page: &Page, stream: &Stream) -> String {
    match &stream.item {
        None => "a stream of events".into(),
        Some(ty) => format!("a stream of {}", schema::type_phrase(page, ty)),
    }
}

/// What a call returns for one of several statuses, if that depends on it.
fn success(page: &Page, op: &Op, status: Status) -> Option<String> {
    let Reply::ByStatus(successes) = &op.reply else {
        return None;
    };
    let success = successes.iter().find(|success| success.status == status)?;
    Some(match &success.content {
        SuccessContent::Empty => "no content".into(),
        SuccessContent::Text => "text".into(),
        SuccessContent::Json { ty, .. } => schema::type_phrase(page, ty).into_owned(),
        SuccessContent::Redirect => REDIRECT.into(),
        SuccessContent::Binary => BYTES.into(),
        SuccessContent::Stream(stream) => values(page, stream),
    })
}

/// Returns the way from one page to the next.
fn pages(page: &Page, id: OpId) -> Option<String> {
    let paging = page.cx.api.ops[id.0].listing.pages()?;
    let way = paging::next_page(paging)?;
    Some(format!(
        "The response is one page. {way} `items()` and `pages()` request all pages."
    ))
}

/// The errors that the document declares.
pub fn errors(page: &mut Page, id: OpId) {
    let op = &page.cx.api.ops[id.0];
    page.heading(3, "Errors", None);
    let errors = answers(op, Outcome::Error);
    statuses(page, &errors, error_phrase);
    if let Some(ty) = error::decoded(page.cx, id) {
        let text = format!("In Rust, `decode::<{ty}>()` of the `ApiError` reads the body.");
        page.paragraph(Depth::TOP, &text);
    }
    headers(page, op.headers.error.as_ref());
    let link = page.page_link("errors of all calls", DocPaths::ERRORS);
    let text = match errors.is_empty() {
        true => format!("The document declares none. See also {link}."),
        false => format!("See also {link}."),
    };
    page.paragraph(Depth::TOP, &text);
}

/// The headers that replies are described to have.
fn headers(page: &mut Page, ty: Option<&Ty>) {
    if let (Some(ty), Some(name)) = (ty, headers::decoded(page.cx, ty)) {
        let mut text = format!("Headers, in Rust `decode_headers::<{name}>()`:");
        if page.places.is_some() {
            text.push_str(&format!(" {}", schema::type_phrase(page, ty)));
        }
        page.paragraph(Depth::TOP, &text);
        schema::properties(page, ty);
    }
}

fn examples(page: &mut Page, id: OpId) {
    let (cx, op) = (page.cx, &page.cx.api.ops[id.0]);
    page.heading(3, "Examples", None);
    if let Some(example) = example::example(cx, id) {
        page.example(4, "Rust", "rust,no_run", &example.program());
    }
    if let Some(command) = command::command(cx, id) {
        page.example(4, "Command line", "sh", &command);
    }
    if let Some(command) = curl::command(cx, id) {
        page.example(4, "curl", "sh", &command);
    }
    if let (Some(ty), Some(reply)) = (op.reply.types().first(), cx.exchanges.op(id).reply.json()) {
        page.example(
            4,
            "Response",
            "json",
            &pretty::json(cx.api, Some(ty), reply),
        );
    }
}
