//! Replies.
//!
//! In: the responses of an operation. Out: its [`Reply`] and its [`Answer`]s, or why the operation can't be called. Not here:
//! schemas.

use openapiv3::StatusCode;

use super::declared::{Declared, LeftOut};
use super::media::{Json, content, example, json, noted_json};
use crate::document::{Operation, Pos, Response};
use crate::maps::{HashSet, IndexSet};
use crate::model::api::{Answer, Outcome, Owner, Reply, Role, Status, Ty};
use crate::report::{Code, Pointer};
use crate::understand::client;
use crate::understand::schema::cx::Cx;
use crate::understand::schema::refs::merely_all_of;
use crate::understand::schema::{limits, types};

/// The content of a successful response.
pub(super) enum PlannedReply<'a> {
    Empty,
    Json(Json<'a>),
}

/// Chooses the response that a call decodes.
pub(super) fn plan<'a>(
    cx: &mut Cx<'a>,
    declared: &Declared<'a>,
) -> Result<PlannedReply<'a>, LeftOut> {
    let at = declared.at.child("responses");
    let responses = declared_responses(declared.parts).into_iter();
    let successes: Vec<DeclaredResponse> = responses
        .filter(|response| response.outcome == Outcome::Success)
        .collect();
    if successes.is_empty() {
        let text = "no successful response (200 to 299) is declared";
        cx.report.add(Code::NoSuccess, &at, text);
        return Ok(PlannedReply::Empty);
    }
    let mut found: Vec<(Status, PlannedReply<'a>)> = Vec::new();
    let mut unsupported = Vec::new();
    for DeclaredResponse {
        status, response, ..
    } in successes
    {
        let place = response.declared.at.clone();
        client::unread(&response.declared.extensions, &place, cx.report);
        let is_bare = matches!(status, Status::Code(204 | 205));
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

/// The responses as the document describes them, in the order of their statuses.
pub(super) fn answers<'a>(cx: &mut Cx<'a>, operation: &'a Operation, owner: Owner) -> Vec<Answer> {
    let answer = |declared: DeclaredResponse<'a>| {
        let DeclaredResponse {
            status,
            outcome,
            response,
        } = declared;
        Answer {
            status,
            outcome,
            summary: response.declared.newer.summary.clone(),
            description: Some(response.declared.description.clone())
                .filter(|text| !text.is_empty()),
            content: json_schema(cx, response).and_then(|pos| limits::remark(cx, &[pos])),
            body: match outcome {
                Outcome::Success => Vec::new(),
                Outcome::Error => error_body(cx, response, status, owner),
            },
        }
    };
    let responses = declared_responses(operation).into_iter();
    responses.map(answer).collect()
}

/// A response that the document declares.
struct DeclaredResponse<'a> {
    status: Status,
    outcome: Outcome,
    response: &'a Response,
}

/// The responses in the order of their statuses. The default is last; it is a success if there is no other response.
fn declared_responses(operation: &Operation) -> Vec<DeclaredResponse<'_>> {
    let by_status = operation.responses.iter().map(|(status, response)| {
        let status = match status {
            StatusCode::Code(code) => Status::Code(*code),
            StatusCode::Range(digit) => Status::Range(*digit),
        };
        let outcome = match status {
            Status::Code(200..300) | Status::Range(2) => Outcome::Success,
            Status::Code(_) | Status::Range(_) | Status::Default => Outcome::Error,
        };
        DeclaredResponse {
            status,
            outcome,
            response,
        }
    });
    let default = operation.default.iter().map(|response| DeclaredResponse {
        status: Status::Default,
        outcome: match operation.responses.is_empty() {
            true => Outcome::Success,
            false => Outcome::Error,
        },
        response,
    });
    let mut found: Vec<DeclaredResponse> = by_status.chain(default).collect();
    found.sort_by_key(|declared| declared.status);
    found
}

/// Reports the parts of responses that are not generated: links, the content of errors, and headers. Nearly all operations
/// have the last two, so each is reported once for all.
pub(super) fn left_out<'a>(cx: &mut Cx<'a>, operations: &[&'a Operation]) {
    let (mut errors, mut headers) = (IndexSet::default(), IndexSet::default());
    let mut seen = HashSet::default();
    for operation in operations {
        for declared in declared_responses(operation) {
            let response = declared.response;
            let place = &response.declared.at;
            let links = place.child("links");
            if response.has_links {
                let text = "links from a response to other operations are not generated";
                cx.report.once(Code::Links, &links, text);
            }
            let is_error = declared.outcome == Outcome::Error;
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

/// The types of an error's JSON, if it has a schema. The members of `allOf` stay separate: no call decodes them, and they often
/// contradict each other.
fn error_body<'a>(
    cx: &mut Cx<'a>,
    response: &'a Response,
    status: Status,
    owner: Owner,
) -> Vec<Ty> {
    let Some(pos) = json_schema(cx, response) else {
        return Vec::new();
    };
    let role = match status {
        Status::Default => "error".to_owned(),
        Status::Code(_) | Status::Range(_) => format!("error {status}"),
    };
    let parts = merely_all_of(cx, pos).unwrap_or_else(|| vec![pos]);
    let ty = |part| types::of(cx, &[part], owner, Role::Error(role.clone()));
    parts.into_iter().map(ty).collect()
}

/// The schema of the JSON of a reply.
fn json_schema<'a>(cx: &mut Cx<'a>, response: &'a Response) -> Option<Pos> {
    json(cx, &response.content)?.media.schema?
}

/// The reply that a call decodes to: the first of JSON, else the first that is empty.
fn choose<'a>(
    cx: &mut Cx<'a>,
    at: &Pointer,
    mut found: Vec<(Status, PlannedReply<'a>)>,
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
    found.retain(|(_, reply)| differs(reply));
    found.sort_unstable_by_key(|(status, _)| *status);
    let others: Vec<String> = found.iter().map(|(status, _)| status.to_string()).collect();
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
