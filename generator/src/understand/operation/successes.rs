//! The replies of calls.
//!
//! In: the successful responses of an operation. Out: its [`Reply`] with the media types to ask for. Not here: errors (see
//! `replies`), streams, schemas.

use openapiv3::StatusCode;

use super::content_class::MediaClass;
use super::declared::Declared;
use super::media::{Json, content, essence, example, json};
use super::replies::{DeclaredResponse, declared_responses, is_redirect};
use super::response_format::{Representation, ResponseFormat, accepted, representations};
use super::streams::opened;
use crate::document::{Media, Operation, Pos, Response};
use crate::model::api::{Emptiness, Outcome, Owner, Reply, Role, Status, Success, SuccessContent};
use crate::report::{Code, Pointer};
use crate::understand::client;
use crate::understand::schema::cx::Cx;
use crate::understand::schema::keys::Key;
use crate::understand::schema::types;
use crate::understand::schema::uses::used;

/// The reply of a call before its types are built.
pub(super) struct PlannedReply<'a> {
    pub accept: Vec<String>,
    value: Value<'a>,
    pub alternatives: Vec<Representation<'a>>,
}

impl PlannedReply<'_> {
    /// Returns a reply in one representation.
    fn only(accept: Vec<String>, value: Value) -> PlannedReply {
        PlannedReply {
            accept,
            value,
            alternatives: Vec::new(),
        }
    }
}

enum Value<'a> {
    Empty,
    Json(Json<'a>, Emptiness),
    Text,
    Redirect,
    Open(Representation<'a>),
    ByStatus(Vec<(Status, Content<'a>)>),
}

/// The content of a success.
#[derive(Clone)]
enum Content<'a> {
    Empty,
    Json(Json<'a>),
    Text,
}

/// A success with all that it may contain. Nothing: it is empty.
struct Described<'a> {
    status: Status,
    at: Pointer,
    all: Vec<Representation<'a>>,
}

/// Decides what a call returns.
pub(super) fn plan<'a>(cx: &mut Cx<'a>, declared: &Declared<'a>) -> PlannedReply<'a> {
    let at = declared.at.child("responses");
    let successes: Vec<DeclaredResponse> = declared_responses(declared.parts)
        .into_iter()
        .filter(|response| response.outcome == Outcome::Success)
        .collect();
    let upgrade = StatusCode::Code(101);
    if successes.is_empty() && declared.parts.responses.contains_key(&upgrade) {
        let text = "this opens a WebSocket, which a call cannot do";
        let help = "`build()` returns the request with its credential, for a library of WebSockets";
        let found = cx.report.add(Code::WebSocket, &at.child("101"), text);
        found.help(Some(help.into()));
    } else if successes.is_empty() {
        let text = "no successful response (200 to 299) is declared";
        cx.report.add(Code::NoSuccess, &at, text);
    }
    if successes.iter().any(|success| is_redirect(&success.status)) {
        let accept = error_media(cx, declared.parts);
        return PlannedReply::only(accept, Value::Redirect);
    }
    let described: Vec<Described> = successes
        .into_iter()
        .map(|success| described(cx, success.status, success.response))
        .collect();
    let Some(main) = main_format(&described) else {
        let accept = error_media(cx, declared.parts);
        return PlannedReply::only(accept, Value::Empty);
    };
    let (chosen, alternatives) = chosen(cx, &at, main, described);
    let accept = accepted(chosen.iter().filter_map(|(_, media)| media.as_ref()));
    let mut open = chosen.iter().filter_map(|(_, media)| media.as_ref());
    let open = open.find(|media| !is_whole(media.format)).cloned();
    let value = match open {
        Some(media) => Value::Open(media),
        None => {
            let contents = chosen.into_iter();
            let contents = contents.map(|(status, media)| (status, content_of(media)));
            value(cx, contents.collect())
        }
    };
    PlannedReply {
        accept,
        value,
        alternatives,
    }
}

/// Returns whether the whole body is the value.
fn is_whole(format: ResponseFormat) -> bool {
    matches!(format, ResponseFormat::Json | ResponseFormat::Text)
}

/// The possible contents of a success.
fn described<'a>(cx: &mut Cx<'a>, status: Status, response: &'a Response) -> Described<'a> {
    let at = response.declared.at.clone();
    client::unread(&response.declared.extensions, &at, cx.report);
    // RFC 9110, 15.3.5 and 15.3.6.
    let is_bare = matches!(status, Status::Code(204 | 205));
    if is_bare && !response.content.is_empty() {
        let text = format!("a response with status {status} has no body; this content is ignored");
        cx.report.once(Code::NoContent, &at.child("content"), text);
    }
    for media in response.content.values() {
        let declared = &media.declared;
        client::unread(&declared.extensions, &declared.at, cx.report);
    }
    Described {
        status,
        at,
        all: match is_bare {
            true => Vec::new(),
            false => representations(cx, &response.content),
        },
    }
}

/// Determines how the reply is read: as JSON if any success prefers it, else as the first success
/// prefers.
fn main_format(successes: &[Described]) -> Option<ResponseFormat> {
    let formats = successes
        .iter()
        .filter_map(|success| Some(success.all.first()?.format));
    let formats: Vec<ResponseFormat> = formats.collect();
    match formats.contains(&ResponseFormat::Json) {
        true => Some(ResponseFormat::Json),
        false => formats.first().copied(),
    }
}

/// A representation of each success; `None`: it is empty.
type Chosen<'a> = Vec<(Status, Option<Representation<'a>>)>;

/// Returns the representation of each success that a call returns, and the others that it can ask
/// for. Reports the rest.
fn chosen<'a>(
    cx: &mut Cx<'a>,
    at: &Pointer,
    main: ResponseFormat,
    successes: Vec<Described<'a>>,
) -> (Chosen<'a>, Vec<Representation<'a>>) {
    let (mut found, mut others) = (Vec::new(), Vec::new());
    let mut ignored = Vec::new();
    for success in successes {
        let Described { status, at, all } = success;
        if all.is_empty() {
            found.push((status, None));
            continue;
        }
        let fits = |one: &&Representation| is_whole(main) && is_whole(one.format);
        let taken = all.iter().find(|one| one.format == main);
        let Some(taken) = taken.or_else(|| all.iter().find(fits)).cloned() else {
            ignored.push(status.to_string());
            continue;
        };
        let lost = others_of(cx, &taken, &all, &mut others);
        notes(cx, &at, &taken, &lost);
        found.push((status, Some(taken)));
    }
    if !ignored.is_empty() {
        let text = format!("not generated: {}", ignored.join(", "));
        cx.report.add(Code::SeveralReplies, at, text);
    }
    (found, others)
}

/// Adds the representations beside the one that is taken, each format once, and returns the media types that are lost.
fn others_of<'a>(
    cx: &mut Cx<'a>,
    taken: &Representation<'a>,
    all: &[Representation<'a>],
    others: &mut Vec<Representation<'a>>,
) -> Vec<&'a str> {
    let own = taken.first().and_then(|first| key(cx, &first));
    let mut lost = Vec::new();
    for one in all {
        let is_taken = one.format == taken.format;
        let is_said =
            |cx: &mut Cx<'a>, media: &Media| media.schema.is_some() && key_of(cx, media) == own;
        match one.format {
            // Of text, the media types don't matter, and of JSON, those of the same value.
            ResponseFormat::Text | ResponseFormat::Binary if is_taken => {}
            ResponseFormat::Text
                if taken.format == ResponseFormat::Json
                    && one.media.iter().all(|(_, media)| is_said(cx, media)) => {}
            ResponseFormat::Json => {
                let media = one.media.iter();
                let others = media.filter(|(_, media)| !is_taken || key_of(cx, media) != own);
                lost.extend(others.map(|(name, _)| *name));
            }
            ResponseFormat::Text
            | ResponseFormat::Binary
            | ResponseFormat::Sequence
            | ResponseFormat::Events => {
                let is_stream =
                    |format| matches!(format, ResponseFormat::Sequence | ResponseFormat::Events);
                let is_known = |known: &Representation| {
                    known.format == one.format || (is_stream(known.format) && is_stream(one.format))
                };
                if is_taken || is_known(taken) || others.iter().any(is_known) {
                    let is_new =
                        !is_taken && !others.iter().any(|known| known.format == one.format);
                    lost.extend(one.names().into_iter().filter(|_| is_new));
                } else {
                    others.push(one.clone());
                }
            }
        }
    }
    lost
}

/// Reports what is lost of a success.
fn notes<'a>(cx: &mut Cx<'a>, at: &Pointer, taken: &Representation<'a>, lost: &[&str]) {
    let Some(first) = taken.first() else { return };
    let (at, name) = (at.child("content"), first.media_type);
    if first.media.item.is_some() && taken.format == ResponseFormat::Json {
        let place = first.media.declared.at.child("itemSchema");
        let text = format!("`{name}` is not a sequence, so this has no effect");
        cx.report.once(Code::IgnoredKeyword, &place, text);
    }
    if taken.format == ResponseFormat::Text && MediaClass::of(&essence(name)) == MediaClass::Xml {
        let text = format!("`{name}` is generated as text");
        cx.report.once(Code::XmlAsText, &at, text);
    }
    if !lost.is_empty() {
        let text = format!("`{name}` is generated; ignored: {}", lost.join(", "));
        cx.report.once(Code::IgnoredMedia, &at, text);
    }
}

/// Returns the key of a content's schema, to compare contents.
fn key(cx: &mut Cx, json: &Json) -> Option<Key> {
    key_of(cx, json.media)
}

fn key_of(cx: &mut Cx, media: &Media) -> Option<Key> {
    used(cx, &[media.schema.flatten()?]).key
}

fn content_of(media: Option<Representation>) -> Content {
    let Some(media) = media else {
        return Content::Empty;
    };
    match (media.format, media.first()) {
        (ResponseFormat::Json, Some(json)) => Content::Json(json),
        (_, _) => Content::Text,
    }
}

/// Returns the media types of errors that are JSON, for a call that expects nothing else.
fn error_media<'a>(cx: &mut Cx<'a>, operation: &'a Operation) -> Vec<String> {
    let mut responses = declared_responses(operation).into_iter();
    let has_json = responses.any(|declared| json(cx, &declared.response.content).is_some());
    match has_json {
        true => vec!["application/json".into()],
        false => Vec::new(),
    }
}

/// Returns the value of all successes: one type if they agree on it.
fn value<'a>(cx: &mut Cx<'a>, contents: Vec<(Status, Content<'a>)>) -> Value<'a> {
    let mut full: Vec<&Content> = Vec::new();
    for (_, content) in &contents {
        let is_known = |known: &&Content| match (*known, content) {
            (_, Content::Empty) => true,
            (Content::Json(one), Content::Json(two)) => is_same(cx, one, two),
            (Content::Text, Content::Text) => true,
            (Content::Empty | Content::Json(_) | Content::Text, _) => false,
        };
        if !matches!(content, Content::Empty) && !full.iter().any(is_known) {
            full.push(content);
        }
    }
    let is_empty = |(_, content): &(Status, Content)| matches!(content, Content::Empty);
    let emptiness = match contents.iter().any(is_empty) {
        true => Emptiness::Documented,
        false => Emptiness::Never,
    };
    match full.as_slice() {
        [] => Value::Empty,
        [Content::Json(json)] => Value::Json(json.clone(), emptiness),
        [Content::Text] => Value::Text,
        _ => Value::ByStatus(contents),
    }
}

/// Returns whether two contents have the same type.
fn is_same(cx: &mut Cx, one: &Json, two: &Json) -> bool {
    one.media.schema == two.media.schema || (key(cx, one).is_some() && key(cx, one) == key(cx, two))
}

/// Builds the reply. `instead` is the schema that `x-client` gives it.
pub(super) fn build(
    cx: &mut Cx,
    planned: &PlannedReply,
    owner: Owner,
    instead: Option<Pos>,
) -> Reply {
    if let Some(pos) = instead {
        let (json, emptiness) = match &planned.value {
            Value::Json(json, emptiness) => (Some(json), *emptiness),
            Value::Empty | Value::Text | Value::Redirect | Value::Open(_) | Value::ByStatus(_) => {
                (None, Emptiness::Never)
            }
        };
        return Reply::Json {
            ty: types::of(cx, &[pos], owner, Role::Reply),
            example: json.and_then(|json| example(cx, json, Some(pos))),
            emptiness,
        };
    }
    match &planned.value {
        Value::Empty => Reply::Empty,
        Value::Text => Reply::Text,
        Value::Redirect => Reply::Redirect,
        Value::Open(media) => opened(cx, media, owner),
        Value::Json(json, emptiness) => {
            let (ty, schema) = content(cx, json, owner, Role::Reply);
            Reply::Json {
                ty,
                example: example(cx, json, schema),
                emptiness: *emptiness,
            }
        }
        Value::ByStatus(all) => {
            let build = |(status, content): &(Status, Content)| Success {
                status: *status,
                content: success(cx, *status, content, owner),
            };
            Reply::ByStatus(all.iter().map(build).collect())
        }
    }
}

fn success(cx: &mut Cx, status: Status, planned: &Content, owner: Owner) -> SuccessContent {
    match planned {
        Content::Empty => SuccessContent::Empty,
        Content::Text => SuccessContent::Text,
        Content::Json(json) => {
            let (ty, schema) =
                content(cx, json, owner, Role::Success(format!("response {status}")));
            SuccessContent::Json {
                ty,
                example: example(cx, json, schema),
            }
        }
    }
}
