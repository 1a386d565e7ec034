//! Replies: the return values of calls.
//!
//! In: the successful responses of an operation. Out: its [`Reply`], with the media types to accept. Not here: errors (see
//! `answers`), streams, schemas.

use openapiv3::StatusCode;

use super::answers::{DeclaredResponse, declared_responses, is_location};
use super::beside::{alike, others_of};
use super::content_class::has_same_type;
use super::declared::Declared;
use super::media::{Json, content, essence, example, json};
use super::response_format::{Representation, ResponseFormat, accepted, representations};
use super::streams::{framing, of_framing, opened};
use crate::document::media_type::MediaClass;
use crate::document::{Operation, Pos};
use crate::model::api::{Emptiness, Outcome, Owner, Reply, Role, Status, Success, SuccessContent};
use crate::report::{Code, Pointer};
use crate::understand::schema::cx::Cx;
use crate::understand::schema::types;
use crate::understand::x_client;

/// A reply whose types are not built yet.
pub(super) struct PlannedReply<'a> {
    pub accept: Vec<String>,
    value: Value<'a>,
    pub alternatives: Vec<Representation<'a>>,
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
    Redirect,
    Of(Representation<'a>),
}

impl<'a> Content<'a> {
    fn media(&self) -> Option<&Representation<'a>> {
        match self {
            Self::Of(media) => Some(media),
            Self::Empty | Self::Redirect => None,
        }
    }
}

/// A success and its representations. There are none if it is empty or a redirect.
struct Described<'a> {
    status: Status,
    at: Pointer,
    is_location: bool,
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
        let text = "the operation opens a WebSocket, which a call cannot do";
        let help =
            "`build()` returns the request with its credentials, for use with a WebSocket library";
        let found = cx.report.add(Code::WebSocket, &at.child("101"), text);
        found.help(Some(help.into()));
    } else if successes.is_empty() {
        let text = "no successful response (200 to 299) is declared";
        cx.report.add(Code::NoSuccess, &at, text);
    }
    let described = successes.iter().map(|success| described(cx, success));
    let described: Vec<Described> = described.collect();
    let main = main_format(&described);
    let (chosen, alternatives) = chosen(cx, main, described);
    let accept = match main {
        Some(_) => accepted(chosen.iter().filter_map(|(_, content)| content.media())),
        None => error_media(cx, declared.parts),
    };
    PlannedReply {
        accept,
        value: value(cx, chosen),
        alternatives,
    }
}

/// Returns whether the body as a whole is a single value.
fn is_whole(format: ResponseFormat) -> bool {
    matches!(format, ResponseFormat::Json | ResponseFormat::Text)
}

/// Returns a success with its representations.
fn described<'a>(cx: &mut Cx<'a>, declared: &DeclaredResponse<'a>) -> Described<'a> {
    let (status, response) = (declared.status, declared.response);
    let is_location = is_location(declared);
    let at = response.declared.at.clone();
    x_client::unread(&response.declared.extensions, &at, cx.report);
    // These statuses have no content (RFC 9110, 15.3.5 and 15.3.6).
    let has_none = matches!(status, Status::Code(204 | 205));
    if has_none && !response.content.is_empty() {
        let text = format!("a response with status {status} has no body; this content is ignored");
        cx.report.once(Code::NoContent, &at.child("content"), text);
    }
    for media in response.content.values() {
        let declared = &media.declared;
        x_client::unread(&declared.extensions, &declared.at, cx.report);
    }
    Described {
        status,
        at,
        is_location,
        all: match has_none || is_location {
            true => Vec::new(),
            false => representations(cx, &response.content),
        },
    }
}

/// Returns the format in which the call reads its reply: JSON if any success prefers it, else the format that the first success
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

/// Returns the content that a call returns for each success, and the other representations that it can ask for. A success without
/// the main format is read in the format that it prefers. Reports the representations that are lost.
fn chosen<'a>(
    cx: &mut Cx<'a>,
    main: Option<ResponseFormat>,
    successes: Vec<Described<'a>>,
) -> (Chosen<'a>, Vec<Representation<'a>>) {
    let (mut found, mut others) = (Vec::new(), Vec::new());
    for success in successes {
        let fits = |one: &&Representation| main.is_some_and(is_whole) && is_whole(one.format);
        let all = success.all;
        let taken = all.iter().find(|one| Some(one.format) == main);
        let taken = taken.or_else(|| all.iter().find(fits)).or(all.first());
        let content = match taken {
            Some(taken) => {
                let (taken, lost) = others_of(cx, taken, &all, &mut others);
                notes(cx, &success.at, &taken, &lost);
                Content::Of(taken)
            }
            None if success.is_location => Content::Redirect,
            None => Content::Empty,
        };
        found.push((success.status, content));
    }
    (found, others)
}

/// The content that a call returns for each success.
type Chosen<'a> = Vec<(Status, Content<'a>)>;

/// Reports the parts of a success that are lost.
fn notes<'a>(cx: &mut Cx<'a>, at: &Pointer, taken: &Representation<'a>, lost: &[&str]) {
    let Some(first) = taken.first() else { return };
    let (at, name) = (at.child("content"), first.media_type);
    let why = match taken.format {
        ResponseFormat::Json | ResponseFormat::Text => Some("is not a sequence"),
        ResponseFormat::Binary => Some("is read as bytes"),
        ResponseFormat::Sequence | ResponseFormat::Events => None,
    };
    for ((name, media), why) in taken.media.iter().zip(why.into_iter().cycle()) {
        if media.declared.newer.item_schema {
            let place = media.declared.at.child("itemSchema");
            let text = format!("`{name}` {why}, so `itemSchema` has no effect");
            cx.report.once(Code::IgnoredKeyword, &place, text);
        }
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

/// Returns the media types to accept if no success has content: JSON if any other response has some.
fn error_media<'a>(cx: &mut Cx<'a>, operation: &'a Operation) -> Vec<String> {
    let mut responses = declared_responses(operation).into_iter();
    let has_json = responses.any(|declared| json(cx, &declared.response.content).is_some());
    match has_json {
        true => vec!["application/json".into()],
        false => Vec::new(),
    }
}

/// Returns the value of a call: a single type if all successes have the same content.
fn value<'a>(cx: &mut Cx<'a>, contents: Chosen<'a>) -> Value<'a> {
    let mut full: Vec<&Content> = Vec::new();
    for (_, content) in &contents {
        let is_known = |known: &&Content<'a>| is_same(cx, known, content);
        if !matches!(content, Content::Empty) && !full.iter().any(is_known) {
            full.push(content);
        }
    }
    let is_empty = |(_, content): &&(Status, Content)| matches!(content, Content::Empty);
    let has_empty = contents.iter().any(|one| is_empty(&one));
    let bare = contents.iter().filter(is_empty).filter_map(bare_status);
    let emptiness = match has_empty {
        true => Emptiness::Documented(bare.collect()),
        false => Emptiness::Never,
    };
    if contents.iter().any(is_choice) {
        return Value::ByStatus(contents);
    }
    match full.as_slice() {
        [] => Value::Empty,
        [Content::Redirect] if !has_empty => Value::Redirect,
        [Content::Of(media)] => match (media.format, media.first()) {
            (ResponseFormat::Json, Some(json)) => Value::Json(json, emptiness),
            (ResponseFormat::Json | ResponseFormat::Text, _) => Value::Text,
            (ResponseFormat::Binary | ResponseFormat::Sequence | ResponseFormat::Events, _) => {
                Value::Open((*media).clone())
            }
        },
        _ => Value::ByStatus(contents),
    }
}

/// Returns the status of an empty success, if a server may send undocumented content with it.
fn bare_status((status, _): &(Status, Content)) -> Option<u16> {
    match status {
        Status::Code(204 | 205) | Status::Range(_) | Status::Default => None,
        Status::Code(code) => Some(*code),
    }
}

/// Returns whether a success has a status of 300 to 399 but is not a redirect, such as 300 with a list of choices.
fn is_choice((status, content): &(Status, Content)) -> bool {
    matches!(status, Status::Code(300..400)) && !matches!(content, Content::Redirect)
}

/// Returns whether two contents have the same type.
fn is_same<'a>(cx: &mut Cx<'a>, one: &Content<'a>, two: &Content<'a>) -> bool {
    match (one, two) {
        (Content::Empty, Content::Empty) | (Content::Redirect, Content::Redirect) => true,
        (Content::Of(one), Content::Of(two)) if one.format == two.format => match one.format {
            ResponseFormat::Text | ResponseFormat::Binary => true,
            ResponseFormat::Json => match (one.first(), two.first()) {
                (Some(one), Some(two)) => has_same_type(cx, one.media, two.media),
                (None, _) | (_, None) => false,
            },
            ResponseFormat::Sequence | ResponseFormat::Events => {
                let mut both = one.clone();
                both.media.extend(two.media.iter().copied());
                alike(cx, &both).1.is_empty()
            }
        },
        (Content::Empty | Content::Redirect | Content::Of(_), _) => false,
    }
}

/// Builds the reply. `instead` is the schema that `x-client` sets.
pub(super) fn build(
    cx: &mut Cx,
    planned: &PlannedReply,
    owner: Owner,
    instead: Option<Pos>,
) -> Reply {
    if let Some(pos) = instead {
        let (json, emptiness) = match &planned.value {
            Value::Json(json, emptiness) => (Some(json), emptiness.clone()),
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
                emptiness: emptiness.clone(),
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
    let media = match planned {
        Content::Empty => return SuccessContent::Empty,
        Content::Redirect => return SuccessContent::Redirect,
        Content::Of(media) => media,
    };
    if let (ResponseFormat::Json, Some(json)) = (media.format, media.first()) {
        let role = Role::Success(format!("response {status}"));
        let (ty, schema) = content(cx, &json, owner, role);
        return SuccessContent::Json {
            ty,
            example: example(cx, &json, schema),
        };
    }
    match framing(media) {
        Some(framing) => SuccessContent::Stream(of_framing(cx, media, framing, owner)),
        None if media.format == ResponseFormat::Binary => SuccessContent::Binary,
        None => SuccessContent::Text,
    }
}
