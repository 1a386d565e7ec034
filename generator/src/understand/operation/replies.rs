//! Replies.
//!
//! In: the responses of an operation. Out: its [`Reply`] and its [`Answer`]s, or why the operation can't be called. Not here:
//! schemas.

use openapiv3::StatusCode;

use super::declared::{Declared, LeftOut};
use super::media::{Json, content, example, json, noted_json};
use crate::document::{Operation, Pos, Response};
use crate::maps::{HashSet, IndexSet};
use crate::model::api::{Answer, Owner, Reply, Role, Ty};
use crate::report::{Code, Pointer};
use crate::understand::client;
use crate::understand::schema::cx::Cx;
use crate::understand::schema::refs::merely_all_of;
use crate::understand::schema::{limits, types};

/// What a success answers.
pub(super) enum PlannedReply<'a> {
    Empty,
    Json(Json<'a>),
}

/// Decides what a success answers.
pub(super) fn plan<'a>(
    cx: &mut Cx<'a>,
    declared: &Declared<'a>,
) -> Result<PlannedReply<'a>, LeftOut> {
    let at = declared.at.child("responses");
    let stated = successes(declared.parts);
    if stated.is_empty() {
        let text = "no successful response (200 to 299) is declared";
        cx.report.add(Code::NoSuccess, &at, text);
        return Ok(PlannedReply::Empty);
    }
    let mut found: Vec<(String, PlannedReply<'a>)> = Vec::new();
    let mut unsupported = Vec::new();
    for (status, response) in stated {
        let place = response.declared.at.clone();
        client::unread(&response.declared.extensions, &place, cx.report);
        let is_bare = matches!(status.as_str(), "204" | "205");
        if is_bare && !response.content.is_empty() {
            let text =
                format!("a response with status {status} has no body; this content is ignored");
            cx.report
                .once(Code::NoContent, &place.child("content"), text);
        }
        // RFC 9110, 15.3.5 and 15.3.6.
        if is_bare || response.content.is_empty() {
            found.push((status, PlannedReply::Empty));
        } else if let Some(json) = noted_json(cx, &response.content, &place) {
            found.push((status, PlannedReply::Json(json)));
        } else {
            let media: Vec<&str> = response.content.keys().map(String::as_str).collect();
            unsupported.push(LeftOut {
                code: Code::UnsupportedReply,
                at: place,
                text: format!("a response of {} is not supported", media.join(" or ")),
            });
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
            summary: response.declared.newer.summary.clone(),
            description: Some(response.declared.description.clone())
                .filter(|text| !text.is_empty()),
            content: json_schema(cx, response).and_then(|pos| limits::remark(cx, &[pos])),
            body: match is_success {
                true => Vec::new(),
                false => error_body(cx, response, &status, owner),
            },
            status,
        }
    };
    all_replies(operation).into_iter().map(answer).collect()
}

/// The replies by their status, in order; the default comes last.
fn all_replies(operation: &Operation) -> Vec<(String, &Response)> {
    let mut stated: Vec<_> = operation.responses.iter().collect();
    stated.sort_by_key(|(status, _)| *status);
    let stated = stated
        .into_iter()
        .map(|(status, response)| (status.to_string(), response));
    let default = operation.default.iter();
    let default = default.map(|response| ("default".to_owned(), response));
    stated.chain(default).collect()
}

/// Says what of the replies of these operations is not generated: links, the content of errors, and headers. Nearly all
/// operations have some of the last two, so that these are said but once.
pub(super) fn left_out<'a>(cx: &mut Cx<'a>, operations: &[&'a Operation]) {
    let (mut errors, mut headers) = (IndexSet::default(), IndexSet::default());
    let mut seen = HashSet::default();
    for operation in operations {
        let successes = successes(operation);
        for (status, response) in all_replies(operation) {
            let place = &response.declared.at;
            let links = place.child("links");
            if response.has_links {
                let text = "links from a response to other operations are not generated";
                cx.report.once(Code::Links, &links, text);
            }
            let is_error = !successes.iter().any(|(of, _)| *of == status);
            let is_new = is_error && !response.content.is_empty() && seen.insert(place.clone());
            if is_new
                && noted_json(cx, &response.content, place)
                    .is_none_or(|json| json.media.schema.is_none())
            {
                errors.insert(place.child("content"));
            }
            if response.has_headers {
                headers.insert(place.child("headers"));
            }
        }
    }
    let texts = [
        (
            Code::UntypedErrors,
            errors,
            "the body of this error is not typed; `ApiError` has the raw body",
        ),
        (
            Code::UntypedHeaders,
            headers,
            "response headers are not typed; `with_response()` returns them",
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
    let ty = |part| types::of(cx, &[part], owner, Role::Error(role.clone()));
    parts.into_iter().map(ty).collect()
}

/// The schema of the JSON of a reply.
fn json_schema<'a>(cx: &mut Cx<'a>, response: &'a Response) -> Option<Pos> {
    json(cx, &response.content)?.media.schema?
}

/// The replies with a status of 2xx, in order; the default where there is none.
fn successes(operation: &Operation) -> Vec<(String, &Response)> {
    let mut found: Vec<(&StatusCode, &Response)> = operation
        .responses
        .iter()
        .filter(|(status, _)| matches!(status, StatusCode::Code(200..300) | StatusCode::Range(2)))
        .collect();
    found.sort_by_key(|(status, _)| *status);
    if found.is_empty() && operation.responses.is_empty() {
        let default = operation.default.as_ref();
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

/// The reply that a call decodes to: the first of JSON, else the first that is empty.
fn choose<'a>(
    cx: &mut Cx<'a>,
    at: &Pointer,
    mut found: Vec<(String, PlannedReply<'a>)>,
    unsupported: Vec<LeftOut>,
) -> Result<PlannedReply<'a>, LeftOut> {
    let json = found
        .iter()
        .position(|(_, reply)| matches!(reply, PlannedReply::Json(_)));
    let has_others = !unsupported.is_empty();
    if json.is_none()
        && let Some(reason) = unsupported.into_iter().next()
    {
        return Err(reason);
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
    if !others.is_empty() || has_others {
        let others = match others.is_empty() {
            true => "other media types".into(),
            false => others.join(", "),
        };
        let text = format!("the response {status} is generated; ignored: {others}");
        cx.report.add(Code::SeveralReplies, at, text);
    }
    Ok(chosen)
}

/// Builds the reply.
pub(super) fn build(
    cx: &mut Cx,
    planned: &PlannedReply,
    owner: Owner,
    instead: Option<Pos>,
) -> Reply {
    match (planned, instead) {
        (PlannedReply::Empty, None) => Reply::Empty,
        (PlannedReply::Empty, Some(pos)) => Reply::Json {
            ty: types::of(cx, &[pos], owner, Role::Reply),
            example: None,
        },
        (PlannedReply::Json(json), Some(pos)) => Reply::Json {
            ty: types::of(cx, &[pos], owner, Role::Reply),
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
