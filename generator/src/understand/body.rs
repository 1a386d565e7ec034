//! Request bodies and replies.
//!
//! In: what an operation sends and answers, by media type. Out: [`Body`] and [`Reply`], or why the operation cannot be called.
//! Not here: schemas.

use indexmap::IndexMap;
use openapiv3::{Example, MediaType, Operation, ReferenceOr, RequestBody, Response, StatusCode};
use serde_json::Value;

use super::merge::merged;
use super::refs::merely_all_of;
use super::scalar::{Kind, effective_kind};
use super::{Cx, Pos, client, limits, note, schema};
use crate::maps::{HashSet, IndexSet};
use crate::model::api::{
    Answer, Body, BodyContent, Doc as Text, HttpMethod, Owner, Presence, Reply, Rest, Role, Shape,
    Ty, Why,
};
use crate::report::{Code, Pointer};

/// The most required properties of a body that are arguments of their own.
const MAX_SPREAD: usize = 3;

/// JSON of one media type.
#[derive(Clone, Debug)]
pub(super) struct Json<'a> {
    media_type: &'a str,
    media: &'a MediaType,
}

/// A request body that can be sent.
pub(super) struct PlannedBody<'a> {
    at: Pointer,
    stated: &'a RequestBody,
    json: Json<'a>,
}

/// The body of an operation. `Err`: there is one that cannot be sent, which has been reported.
pub(super) fn plan<'a>(
    cx: &mut Cx<'a>,
    operation: &'a Operation,
    method: &HttpMethod,
    at: &Pointer,
) -> Result<Option<PlannedBody<'a>>, ()> {
    let Some(ReferenceOr::Item(stated)) = &operation.request_body else {
        return Ok(None);
    };
    let at = place_of(&stated.content).unwrap_or_else(|| at.child("requestBody"));
    client::unread(&stated.extensions, &at, cx.report);
    if stated.content.is_empty() {
        return Ok(None);
    }
    match noted_json(cx, &stated.content, &at) {
        Some(json) => Ok(Some(PlannedBody { at, stated, json })),
        None => {
            let media: Vec<&str> = stated.content.keys().map(String::as_str).collect();
            let text = format!("a body of {} cannot be sent yet", media.join(" or "));
            if stated.required || !is_pointless(method) {
                cx.report.add(Code::UnsupportedBody, &at, text);
                return Err(());
            }
            let text = format!("{text}, and is left out");
            cx.report.add(Code::UnsupportedBody, &at, text);
            Ok(None)
        }
    }
}

/// Whether HTTP gives no meaning to what a request of this method contains (RFC 9110, 9.3), so that OpenAPI 3.0 has it ignored.
fn is_pointless(method: &HttpMethod) -> bool {
    matches!(
        method,
        HttpMethod::Get | HttpMethod::Head | HttpMethod::Delete
    )
}

/// Where a body or response stands: a shared one is known by the places of its schemas only.
fn place_of(content: &IndexMap<String, MediaType>) -> Option<Pointer> {
    content.values().find_map(|media| match &media.schema {
        Some(ReferenceOr::Reference { reference }) => reference
            .rsplit_once("/content/")
            .map(|(at, _)| Pointer::canonical(at)),
        Some(ReferenceOr::Item(_)) | None => None,
    })
}

/// The JSON among the media types.
fn json<'a>(cx: &mut Cx<'a>, content: &'a IndexMap<String, MediaType>) -> Option<Json<'a>> {
    // The order of keys means nothing.
    let mut sorted: Vec<(&String, &MediaType)> = content.iter().collect();
    sorted.sort_by_key(|(name, _)| *name);
    let find = |is: &mut dyn FnMut(&str, &MediaType) -> bool| {
        sorted
            .iter()
            .copied()
            .find(|(name, media)| is(&essence(name), media))
    };
    let exact = find(&mut |name, _| name == "application/json");
    let other = || find(&mut |name, _| is_json(name));
    let any = || find(&mut |name, media| is_any(name) && may_be_json(cx, media));
    let (media_type, media) = exact.or_else(other).or_else(any)?;
    Some(Json { media_type, media })
}

/// The same, where what is left out is noted.
fn noted_json<'a>(
    cx: &mut Cx<'a>,
    content: &'a IndexMap<String, MediaType>,
    at: &Pointer,
) -> Option<Json<'a>> {
    let chosen = json(cx, content)?;
    let Json { media_type, media } = chosen;
    let at = at.child("content");
    for (name, media) in content {
        client::unread(&media.extensions, &at.child(name), cx.report);
    }
    if media.extensions.contains_key("itemSchema") {
        let place = at.child(media_type).child("itemSchema");
        if cx.said.insert(place.clone()) {
            let text =
                format!("`{media_type}` is not a sequence of items, so that this says nothing");
            cx.report.add(Code::IgnoredKeyword, &place, text);
        }
    }
    if content.len() > 1 && cx.said.insert(at.clone()) {
        let ignored: Vec<&str> = content
            .keys()
            .filter(|name| *name != media_type)
            .map(String::as_str)
            .collect();
        cx.report.add(
            Code::IgnoredMedia,
            &at,
            format!(
                "`{media_type}` is generated, and not {}",
                ignored.join(", ")
            ),
        );
    }
    Some(chosen)
}

/// `type/subtype` in lower case, without parameters.
fn essence(media_type: &str) -> String {
    media_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase()
}

/// Whether what is of this media type is JSON.
pub(super) fn is_json_media(media_type: &str) -> bool {
    is_json(&essence(media_type))
}

fn is_json(essence: &str) -> bool {
    essence == "text/json" || essence.ends_with("/json") || essence.ends_with("+json")
}

fn is_any(essence: &str) -> bool {
    matches!(essence, "*/*" | "application/*")
}

/// Any media type, with a schema that only JSON can follow.
fn may_be_json(cx: &mut Cx, media: &MediaType) -> bool {
    let Some(key) = media
        .schema
        .as_ref()
        .and_then(|schema| cx.child(schema))
        .and_then(|pos| schema::used(cx, &[pos]).key)
    else {
        return false;
    };
    let all = merged(cx, &key);
    !all.unions.is_empty() || effective_kind(&all).is_some_and(|kind| kind != Kind::String)
}

/// Builds the body.
pub(super) fn build(cx: &mut Cx, planned: PlannedBody, owner: Owner, spread: Option<bool>) -> Body {
    let PlannedBody { at, stated, json } = planned;
    let (ty, schema) = content(cx, &json, owner, Role::Body);
    let definition = schema::definition(&cx.types, &ty);
    let spreads = stated.required
        && spread != Some(false)
        && definition.is_some_and(|id| is_small(&cx.types[id.0].shape));
    let doc = schema
        .map(|pos| schema::used(cx, &[pos]))
        .map(|used| note::of_use(cx, &used, &ty, stated.description.as_deref()));
    let doc = doc.unwrap_or_else(|| Text {
        description: stated.description.clone(),
        ..Text::default()
    });
    let media_type = if is_any(&essence(json.media_type)) {
        "application/json"
    } else {
        json.media_type
    };
    if spread == Some(true) && !spreads {
        let text = "the body cannot be spread: it is optional, not an object, or has more than three required properties";
        cx.report.add(Code::BadClientValue, &at, text);
    }
    Body {
        at,
        presence: if stated.required {
            Presence::Required
        } else {
            Presence::Optional
        },
        doc,
        example: example(cx, &json, schema),
        content: BodyContent::Json {
            media_type: media_type.into(),
            ty: definition.filter(|_| spreads).map_or(ty, Ty::Named),
            spread: spreads,
        },
    }
}

/// Whether the properties of a body can be arguments: few are required, and all are known.
fn is_small(shape: &Shape) -> bool {
    match shape {
        Shape::Struct {
            fields,
            rest: Rest::Open | Rest::Closed,
        } => {
            fields
                .iter()
                .filter(|field| field.presence.is_required() && !field.read_only)
                .count()
                <= MAX_SPREAD
        }
        Shape::Struct {
            rest: Rest::Typed(_),
            ..
        }
        | Shape::Enum { .. }
        | Shape::Union { .. }
        | Shape::Alias(_) => false,
    }
}

fn content(cx: &mut Cx, json: &Json, owner: Owner, role: Role) -> (Ty, Option<Pos>) {
    match &json.media.schema {
        None => (Ty::Any(Why::FreeForm), None),
        Some(schema) => match cx.child(schema) {
            Some(pos) => (schema::ty(cx, &[pos], owner, role), Some(pos)),
            None => (Ty::Any(Why::Broken), None),
        },
    }
}

/// The document's example of a content, or of its schema.
fn example(cx: &mut Cx, json: &Json, schema: Option<Pos>) -> Option<Value> {
    let stated = json
        .media
        .example
        .clone()
        .or_else(|| first_example(&json.media.examples));
    stated.or_else(|| {
        let key = schema::used(cx, &[schema?]).key?;
        merged(cx, &key).example.cloned()
    })
}

/// The example with a value whose name comes first: the order of keys means nothing.
pub(super) fn first_example(examples: &IndexMap<String, ReferenceOr<Example>>) -> Option<Value> {
    let values = examples.iter().filter_map(|(name, example)| match example {
        ReferenceOr::Item(example) => Some((name, example.value.as_ref()?)),
        ReferenceOr::Reference { .. } => None,
    });
    let first = values.min_by_key(|(name, _)| *name);
    first.map(|(_, value)| value.clone())
}

/// What a success answers.
pub(super) enum PlannedReply<'a> {
    Empty,
    Json(Json<'a>),
}

/// The reply of an operation. `None`: it cannot be decoded, which has been reported.
pub(super) fn plan_reply<'a>(
    cx: &mut Cx<'a>,
    operation: &'a Operation,
    at: &Pointer,
) -> Option<PlannedReply<'a>> {
    let at = at.child("responses");
    let stated = successes(operation);
    if stated.is_empty() {
        cx.report.add(
            Code::NoSuccess,
            &at,
            "no reply with a status from 200 to 299 is described",
        );
        return Some(PlannedReply::Empty);
    }
    let mut found: Vec<(String, PlannedReply<'a>)> = Vec::new();
    let mut unsupported = Vec::new();
    for (status, response) in stated {
        let place = place_of(&response.content).unwrap_or_else(|| at.child(&status));
        client::unread(&response.extensions, &place, cx.report);
        let is_bare = matches!(status.as_str(), "204" | "205");
        if is_bare && !response.content.is_empty() && cx.said.insert(place.child("content")) {
            let text = format!("a reply with the status {status} has no content; this is ignored");
            cx.report
                .add(Code::NoContent, &place.child("content"), text);
        }
        // RFC 9110, 15.3.5 and 15.3.6.
        if is_bare || response.content.is_empty() {
            found.push((status, PlannedReply::Empty));
        } else if let Some(json) = noted_json(cx, &response.content, &place) {
            found.push((status, PlannedReply::Json(json)));
        } else {
            let media: Vec<&str> = response.content.keys().map(String::as_str).collect();
            unsupported.push((
                place,
                format!("a reply of {} cannot be decoded yet", media.join(" or ")),
            ));
        }
    }
    choose(cx, &at, found, unsupported)
}

/// What the document says of each status, in order; the default comes last.
pub(super) fn answers<'a>(cx: &mut Cx<'a>, operation: &'a Operation, owner: Owner) -> Vec<Answer> {
    let successes = successes(operation);
    let answer = |(status, response): (String, &'a Response)| {
        let is_success = successes.iter().any(|(success, _)| *success == status);
        Answer {
            description: described(cx, response),
            body: match is_success {
                true => Vec::new(),
                false => error_body(cx, response, &status, owner),
            },
            status,
        }
    };
    all_replies(operation).into_iter().map(answer).collect()
}

/// What the document says of a reply.
fn described<'a>(cx: &mut Cx<'a>, response: &'a Response) -> String {
    let summary = response.extensions.get("summary").and_then(Value::as_str);
    let description = Some(response.description.clone()).filter(|text| !text.is_empty());
    let description = note::joined(summary.map(String::from), description);
    // Where its type says nothing of it.
    let content = json_schema(cx, response).and_then(|pos| limits::of_inline(cx, &[pos]));
    note::joined(description, content).unwrap_or_default()
}

/// The replies by their status, in order; the default comes last.
fn all_replies(operation: &Operation) -> Vec<(String, &Response)> {
    let mut stated: Vec<_> = operation.responses.responses.iter().collect();
    stated.sort_by_key(|(status, _)| *status);
    let stated = stated
        .into_iter()
        .map(|(status, response)| (status.to_string(), response));
    let default = operation.responses.default.iter();
    let default = default.map(|response| ("default".to_owned(), response));
    let found = |(status, response)| Some((status, item(response)?));
    stated.chain(default).filter_map(found).collect()
}

/// Says what of the replies of these operations is not generated: links, the content of errors, and headers. Nearly all
/// operations have some of the last two, so that these are said but once.
pub(super) fn left_out<'a>(cx: &mut Cx<'a>, operations: &[(&Pointer, &'a Operation)]) {
    let (mut errors, mut headers) = (IndexSet::default(), IndexSet::default());
    let mut seen = HashSet::default();
    for (at, operation) in operations {
        let successes = successes(operation);
        for (status, response) in all_replies(operation) {
            let at = at.child("responses").child(&status);
            let place = place_of(&response.content).unwrap_or(at);
            let links = place.child("links");
            if !response.links.is_empty() && cx.said.insert(links.clone()) {
                let text = "no method follows what links a reply to another operation";
                cx.report.add(Code::Links, &links, text);
            }
            let is_error = !successes.iter().any(|(of, _)| *of == status);
            let is_new = is_error && !response.content.is_empty() && seen.insert(place.clone());
            if is_new
                && noted_json(cx, &response.content, &place)
                    .is_none_or(|json| json.media.schema.is_none())
            {
                errors.insert(place.child("content"));
            }
            if !response.headers.is_empty() {
                headers.insert(place.child("headers"));
            }
        }
    }
    let texts = [
        (
            Code::UntypedErrors,
            errors,
            "the content of this error has no type: `ApiError` has it as it came",
        ),
        (
            Code::UntypedHeaders,
            headers,
            "headers of replies have no types: `with_response()` has them as they came",
        ),
    ];
    for (code, places, text) in texts {
        if let Some(first) = places.first() {
            let places = match places.len() {
                1 => String::new(),
                many => format!(" ({many} places)"),
            };
            cx.report.add(code, first, format!("{text}{places}"));
        }
    }
}

/// What a refusal's JSON is, if the document gives it a schema. Parts of it are not made one type: nobody decodes it unasked,
/// and what an error adds to a success often contradicts that.
fn error_body<'a>(cx: &mut Cx<'a>, response: &'a Response, status: &str, owner: Owner) -> Vec<Ty> {
    let Some(pos) = json_schema(cx, response) else {
        return Vec::new();
    };
    let role = match status {
        "default" => "error".to_owned(),
        status => format!("error {status}"),
    };
    let parts = merely_all_of(cx, pos).unwrap_or_else(|| vec![pos]);
    let ty = |part| schema::ty(cx, &[part], owner, Role::Error(role.clone()));
    parts.into_iter().map(ty).collect()
}

/// The schema of the JSON of a reply.
fn json_schema<'a>(cx: &mut Cx<'a>, response: &'a Response) -> Option<Pos> {
    let schema = json(cx, &response.content)?.media.schema.as_ref()?;
    cx.child(schema)
}

fn item(response: &ReferenceOr<Response>) -> Option<&Response> {
    match response {
        ReferenceOr::Item(response) => Some(response),
        ReferenceOr::Reference { .. } => None,
    }
}

/// The replies with a status of 2xx, in order; the default where there is none.
fn successes(operation: &Operation) -> Vec<(String, &Response)> {
    let mut found: Vec<(&StatusCode, &Response)> = operation
        .responses
        .responses
        .iter()
        .filter(|(status, _)| matches!(status, StatusCode::Code(200..300) | StatusCode::Range(2)))
        .filter_map(|(status, response)| Some((status, item(response)?)))
        .collect();
    found.sort_by_key(|(status, _)| *status);
    if found.is_empty() && operation.responses.responses.is_empty() {
        let default = operation.responses.default.as_ref().and_then(item);
        return default
            .map(|response| ("default".into(), response))
            .into_iter()
            .collect();
    }
    found
        .into_iter()
        .map(|(status, response)| (status.to_string(), response))
        .collect()
}

fn choose<'a>(
    cx: &mut Cx<'a>,
    at: &Pointer,
    mut found: Vec<(String, PlannedReply<'a>)>,
    unsupported: Vec<(Pointer, String)>,
) -> Option<PlannedReply<'a>> {
    let json = found
        .iter()
        .position(|(_, reply)| matches!(reply, PlannedReply::Json(_)));
    if json.is_none()
        && let Some((at, text)) = unsupported.first()
    {
        cx.report.add(Code::UnsupportedReply, at, text.as_str());
        return None;
    }
    if found.is_empty() {
        return None;
    }
    let (status, chosen) = found.swap_remove(json.unwrap_or(0));
    let differs = |other: &PlannedReply| match (other, &chosen) {
        (PlannedReply::Empty, PlannedReply::Empty) => false,
        (PlannedReply::Json(one), PlannedReply::Json(two)) => one.media.schema != two.media.schema,
        (PlannedReply::Empty, PlannedReply::Json(_))
        | (PlannedReply::Json(_), PlannedReply::Empty) => true,
    };
    let mut others: Vec<&str> = found
        .iter()
        .filter(|(_, reply)| differs(reply))
        .map(|(status, _)| status.as_str())
        .collect();
    others.sort_unstable();
    if !others.is_empty() || !unsupported.is_empty() {
        let others = if others.is_empty() {
            "those of other media types".into()
        } else {
            others.join(", ")
        };
        cx.report.add(
            Code::SeveralReplies,
            at,
            format!("the reply {status} is generated, and not {others}"),
        );
    }
    Some(chosen)
}

/// Builds the reply.
pub(super) fn build_reply(
    cx: &mut Cx,
    planned: &PlannedReply,
    owner: Owner,
    instead: Option<Pos>,
) -> Reply {
    match (planned, instead) {
        (PlannedReply::Empty, None) => Reply::Empty,
        (PlannedReply::Empty, Some(pos)) => Reply::Json {
            ty: schema::ty(cx, &[pos], owner, Role::Reply),
            example: None,
        },
        (PlannedReply::Json(json), Some(pos)) => Reply::Json {
            ty: schema::ty(cx, &[pos], owner, Role::Reply),
            example: example(cx, json, Some(pos)),
        },
        (PlannedReply::Json(json), None) => {
            let (ty, schema) = content(cx, json, owner, Role::Reply);
            Reply::Json {
                ty,
                example: example(cx, json, schema),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn media_types() {
        for json in [
            "application/json",
            "application/json; charset=utf-8",
            "Application/Problem+JSON",
            "application/vnd.api+json",
            "text/json",
        ] {
            assert!(is_json(&essence(json)), "{json}");
        }
        for other in [
            "text/plain",
            "application/x-ndjson",
            "multipart/form-data",
            "*/*",
            "application/jsonl",
        ] {
            assert!(!is_json(&essence(other)), "{other}");
        }
    }
}
