//! What a call returns.
//!
//! In: the successful responses of an operation. Out: its [`Reply`] with the media types to ask for, or why the operation can't be
//! called. Not here: errors (see `replies`), schemas.

use openapiv3::StatusCode;

use super::declared::{Declared, LeftOut};
use super::kinds::{Kind, Representation, is_xml, representations};
use super::media::{Json, content, essence, example, is_any, json};
use super::replies::{DeclaredResponse, declared_responses, is_redirect};
use crate::document::{Operation, Pos, Response};
use crate::model::api::{Emptiness, Outcome, Owner, Reply, Role, Status, Success, SuccessContent};
use crate::report::{Code, Pointer};
use crate::understand::client;
use crate::understand::schema::cx::Cx;
use crate::understand::schema::keys::Key;
use crate::understand::schema::types;
use crate::understand::schema::uses::used;

/// What a call returns, before its types are built.
pub(super) struct PlannedReply<'a> {
    pub accept: Vec<String>,
    value: Value<'a>,
}

enum Value<'a> {
    Empty,
    Json(Json<'a>, Emptiness),
    Text,
    Redirect,
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
pub(super) fn plan<'a>(
    cx: &mut Cx<'a>,
    declared: &Declared<'a>,
) -> Result<PlannedReply<'a>, LeftOut> {
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
        return Ok(PlannedReply {
            accept: error_media(cx, declared.parts),
            value: Value::Redirect,
        });
    }
    let described: Vec<Described> = successes
        .into_iter()
        .map(|success| described(cx, success.status, success.response))
        .collect();
    let Some(kind) = main_kind(&described) else {
        return Ok(PlannedReply {
            accept: error_media(cx, declared.parts),
            value: Value::Empty,
        });
    };
    if let Some(first) = (described.iter()).find(|success| !success.all.is_empty())
        && !matches!(kind, Kind::Json | Kind::Text)
    {
        let media: Vec<&str> = first.all.iter().flat_map(Representation::names).collect();
        return Err(LeftOut {
            code: Code::UnsupportedReply,
            at: first.at.clone(),
            text: format!("a response of {} is not supported", media.join(" or ")),
        });
    }
    let chosen = chosen(cx, &at, kind, described);
    let accept = accepted(&chosen);
    let contents = chosen
        .into_iter()
        .map(|(status, media)| (status, content_of(media)))
        .collect();
    Ok(PlannedReply {
        accept,
        value: value(cx, contents),
    })
}

/// What a success may contain.
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

/// How the reply is read: as JSON if any success prefers it, else as the first success prefers.
fn main_kind(successes: &[Described]) -> Option<Kind> {
    let kinds = successes
        .iter()
        .filter_map(|success| Some(success.all.first()?.kind));
    let kinds: Vec<Kind> = kinds.collect();
    match kinds.contains(&Kind::Json) {
        true => Some(Kind::Json),
        false => kinds.first().copied(),
    }
}

/// The representation of each success that is generated, with a note about the others. `None`: it is empty.
fn chosen<'a>(
    cx: &mut Cx<'a>,
    at: &Pointer,
    main: Kind,
    successes: Vec<Described<'a>>,
) -> Vec<(Status, Option<Representation<'a>>)> {
    let (mut found, mut ignored) = (Vec::new(), Vec::new());
    for success in successes {
        let Described { status, at, all } = success;
        if all.is_empty() {
            found.push((status, None));
            continue;
        }
        let is_whole = |kind: Kind| matches!(kind, Kind::Json | Kind::Text);
        let fits = |one: &&Representation| one.kind == main || is_whole(one.kind);
        let taken = all.iter().find(|one| one.kind == main);
        let Some(taken) = taken.or_else(|| all.iter().find(fits)).cloned() else {
            ignored.push(status.to_string());
            continue;
        };
        note_others(cx, &at, &taken, &all);
        found.push((status, Some(taken)));
    }
    if !ignored.is_empty() {
        let text = format!("not generated: {}", ignored.join(", "));
        cx.report.add(Code::SeveralReplies, at, text);
    }
    found
}

/// Reports what is lost of the other media types of a success.
fn note_others<'a>(
    cx: &mut Cx<'a>,
    at: &Pointer,
    taken: &Representation<'a>,
    all: &[Representation<'a>],
) {
    let Some(first) = taken.first() else { return };
    let at = at.child("content");
    if first.media.declared.newer.item_schema && taken.kind == Kind::Json {
        let place = first.media.declared.at.child("itemSchema");
        let name = first.media_type;
        let text = format!("`{name}` is not a sequence, so this has no effect");
        cx.report.once(Code::IgnoredKeyword, &place, text);
    }
    if taken.kind == Kind::Text && is_xml(&essence(first.media_type)) {
        let text = format!("`{}` is generated as text", first.media_type);
        cx.report.once(Code::XmlAsText, &at, text);
    }
    let own = key(cx, &first);
    let mut ignored = Vec::new();
    for one in all {
        for (media_type, media) in &one.media {
            let json = Json { media_type, media };
            let is_lost = match (one.kind, taken.kind) {
                (Kind::Text, Kind::Text) => false,
                // The same value in other words.
                (Kind::Json | Kind::Text, Kind::Json) => key(cx, &json) != own,
                (_, _) => true,
            };
            if is_lost && *media_type != first.media_type {
                ignored.push(*media_type);
            }
        }
    }
    if !ignored.is_empty() {
        let (name, ignored) = (first.media_type, ignored.join(", "));
        let text = format!("`{name}` is generated; ignored: {ignored}");
        cx.report.once(Code::IgnoredMedia, &at, text);
    }
}

/// What the schema of a content says, to tell whether two say the same.
fn key(cx: &mut Cx, json: &Json) -> Option<Key> {
    used(cx, &[json.media.schema.flatten()?]).key
}

fn content_of(media: Option<Representation>) -> Content {
    let Some(media) = media else {
        return Content::Empty;
    };
    match (media.kind, media.first()) {
        (Kind::Json, Some(json)) => Content::Json(json),
        (_, _) => Content::Text,
    }
}

/// The media types to ask for, the preferred ones first.
fn accepted(chosen: &[(Status, Option<Representation>)]) -> Vec<String> {
    let all = chosen.iter().filter_map(|(_, media)| media.as_ref());
    let mut found: Vec<String> = Vec::new();
    for media in all {
        for name in media.names() {
            let name = match media.kind {
                Kind::Json if is_any(&essence(name)) => "application/json",
                Kind::Json | Kind::Text | Kind::Events | Kind::Sequence | Kind::Binary => name,
            };
            let is_new = !found.iter().any(|known| known == name);
            if is_new && name.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
                found.push(name.to_owned());
            }
        }
    }
    found
}

/// The media types of errors that are JSON, for a call that expects nothing else.
fn error_media<'a>(cx: &mut Cx<'a>, operation: &'a Operation) -> Vec<String> {
    let mut responses = declared_responses(operation).into_iter();
    let has_json = responses.any(|declared| json(cx, &declared.response.content).is_some());
    match has_json {
        true => vec!["application/json".into()],
        false => Vec::new(),
    }
}

/// The value of all successes: one type if they agree on it.
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

/// Whether two contents have the same type.
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
            Value::Empty | Value::Text | Value::Redirect | Value::ByStatus(_) => {
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
