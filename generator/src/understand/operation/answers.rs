//! Answers: responses as the document describes them.
//!
//! In: the responses of an operation. Out: its [`Answer`]s, and which of them are successes. Not here: the return value of a call
//! (see `replies`), schemas.

use openapiv3::StatusCode;

use super::links;
use super::media::{essence, json, noted_json};
use super::response_format::{ResponseFormat, representations};
use crate::document::media_type::MediaClass;
use crate::document::{Entry, Operation, Pos, Response};
use crate::maps::{HashSet, IndexSet};
use crate::model::api::{Answer, Outcome, Owner, Role, Scalar, Status, Ty};
use crate::report::Code;
use crate::understand::schema::cx::Cx;
use crate::understand::schema::refs::{members, merely_all_of, past_references};
use crate::understand::schema::{limits, types};

/// Returns the responses of an operation, in the order of their statuses.
pub(super) fn answers<'a>(cx: &mut Cx<'a>, operation: &'a Operation, owner: Owner) -> Vec<Answer> {
    let responses = declared_responses(operation);
    let replies = returned(cx, &responses);
    let answer = |declared: DeclaredResponse<'a>| Answer {
        body: match declared.outcome {
            Outcome::Success => None,
            Outcome::Error => {
                let about = (declared.status, owner);
                error_body(cx, declared.response, about, &replies)
            }
        },
        ..described(cx, &declared)
    };
    responses.into_iter().map(answer).collect()
}

/// Returns an answer without the type of its body.
pub(super) fn described<'a>(cx: &mut Cx<'a>, declared: &DeclaredResponse<'a>) -> Answer {
    let response = declared.response;
    Answer {
        status: declared.status,
        outcome: declared.outcome,
        summary: response.declared.newer.summary.clone(),
        description: Some(response.declared.description.clone()).filter(|text| !text.is_empty()),
        content: shown_schema(cx, response).and_then(|pos| limits::remark(cx, &[pos])),
        body: None,
        links: links::build(cx, response),
    }
}

/// A response that the document declares.
pub(super) struct DeclaredResponse<'a> {
    pub status: Status,
    pub outcome: Outcome,
    pub response: &'a Response,
}

/// Returns the responses in the order of their statuses. The default response is last.
///
/// A redirect is a success if the operation has no other success, or if it has no content. (The content of a redirect is a page
/// for people, or an error that says that the resource has moved.) The default response is a success if all other responses are
/// errors.
pub(super) fn declared_responses(operation: &Operation) -> Vec<DeclaredResponse<'_>> {
    let statuses: Vec<Status> = operation.responses.keys().map(status_of).collect();
    let redirects = !statuses.iter().any(is_success);
    let is_bare = |status: &Status| {
        let mut all = operation.responses.iter();
        all.any(|(code, response)| status_of(code) == *status && response.content.is_empty())
    };
    let is_expected = |status: &Status| {
        is_success(status)
            || *status == CHOICES
            || is_redirect(status) && (redirects || is_bare(status))
    };
    // A response with a status from 100 to 199 precedes the final one (RFC 9110, 15.2), except for 101, which changes the
    // protocol.
    let has_other = |status: &Status| is_expected(status) || *status == Status::Code(101);
    let is_default = !statuses.iter().any(has_other);
    let outcome = |is_success: bool| match is_success {
        true => Outcome::Success,
        false => Outcome::Error,
    };
    let by_status = operation.responses.iter().map(|(status, response)| {
        let status = status_of(status);
        DeclaredResponse {
            status,
            outcome: outcome(is_expected(&status)),
            response,
        }
    });
    let default = operation.default.iter().map(|response| DeclaredResponse {
        status: Status::Default,
        outcome: outcome(is_default),
        response,
    });
    let mut found: Vec<DeclaredResponse> = by_status.chain(default).collect();
    found.sort_by_key(|declared| declared.status);
    found
}

fn status_of(status: &StatusCode) -> Status {
    match status {
        StatusCode::Code(code) => Status::Code(*code),
        StatusCode::Range(digit) => Status::Range(*digit),
    }
}

/// A response that lists alternatives, and has a location if the server prefers one of them (RFC 9110, 15.4.1).
const CHOICES: Status = Status::Code(300);

fn is_success(status: &Status) -> bool {
    matches!(status, Status::Code(200..300) | Status::Range(2))
}

/// Returns whether a response is a redirect. 304 is not (RFC 9110, 15.4).
fn is_redirect(status: &Status) -> bool {
    matches!(
        status,
        Status::Code(300..304 | 307 | 308) | Status::Range(3)
    )
}

/// Returns whether the value of a success is the URL in its `Location` header.
pub(super) fn is_location(declared: &DeclaredResponse) -> bool {
    let response = declared.response;
    let has_location = || {
        let mut names = response.headers.keys();
        names.any(|name| name.eq_ignore_ascii_case("location"))
    };
    match declared.status {
        CHOICES => response.content.is_empty() && has_location(),
        status => is_redirect(&status),
    }
}

/// Returns the names of the headers of the successful responses.
pub(super) fn success_headers(operation: &Operation) -> Vec<String> {
    let responses = declared_responses(operation).into_iter();
    let successes = responses.filter(|declared| declared.outcome == Outcome::Success);
    successes
        .flat_map(|declared| declared.response.headers.keys().cloned())
        .collect()
}

/// Reports errors whose content has no type. In a document that has one, nearly every operation does, so there is a single
/// diagnostic for all of them.
pub(super) fn left_out<'a>(cx: &mut Cx<'a>, operations: &[&'a Operation]) {
    let mut errors = IndexSet::default();
    let mut seen = HashSet::default();
    for operation in operations {
        for declared in declared_responses(operation) {
            let response = declared.response;
            let place = &response.declared.at;
            let is_error = declared.outcome == Outcome::Error;
            let is_new = is_error && !response.content.is_empty() && seen.insert(place.clone());
            if is_new
                && noted_json(cx, &response.content, place).is_none()
                && !has_text(cx, response, is_xml)
            {
                errors.insert(place.child("content"));
            }
        }
    }
    if let Some(first) = errors.first() {
        let places = match errors.len() {
            1 => String::new(),
            many => format!(" ({many} places)"),
        };
        let text = "the body of this error is not typed; `ApiError` has the raw body";
        (cx.report).add(Code::UntypedErrors, first, format!("{text}{places}"));
    }
}

/// Returns the schemas of the successful responses, and all schemas that these extend.
fn returned<'a>(cx: &mut Cx<'a>, responses: &[DeclaredResponse<'a>]) -> Vec<Pos> {
    let successes = responses.iter();
    let successes = successes.filter(|declared| declared.outcome == Outcome::Success);
    let schemas = successes.filter_map(|declared| json_schema(cx, declared.response));
    let mut next: Vec<Pos> = schemas.collect();
    let mut found = Vec::new();
    while let Some(pos) = next.pop() {
        let Some(end) = past_references(cx, pos).filter(|end| !found.contains(end)) else {
            continue;
        };
        found.push(end);
        if let Entry::Schema(view) = cx.entry(end) {
            next.extend(members(view));
        }
    }
    found
}

fn is_xml(essence: &str) -> bool {
    MediaClass::of(essence) == MediaClass::Xml
}

/// Returns whether a media type is XML or HTML, which cannot serve as an error message.
fn is_markup(essence: &str) -> bool {
    is_xml(essence) || essence == "text/html"
}

/// Returns whether the body of a response is text that can serve as an error message. `is_other` excludes media types.
fn has_text<'a>(cx: &mut Cx<'a>, response: &'a Response, is_other: fn(&str) -> bool) -> bool {
    let all = representations(cx, &response.content);
    let mut texts = all.iter().filter(|one| one.format == ResponseFormat::Text);
    texts.any(|one| !(one.media.iter()).all(|(name, _)| is_other(&essence(name))))
}

/// Returns the type of an error: that of its JSON if it has a schema, or a string if it is text. Some documents combine the
/// schema of the successful response with that of all errors. A server sends only the latter.
fn error_body<'a>(
    cx: &mut Cx<'a>,
    response: &'a Response,
    (status, owner): (Status, Owner),
    replies: &[Pos],
) -> Option<Ty> {
    let Some(pos) = json_schema(cx, response) else {
        let is_text = json(cx, &response.content).is_none() && has_text(cx, response, is_markup);
        return is_text.then_some(Ty::Scalar(Scalar::String));
    };
    let role = match status {
        Status::Default => "error".to_owned(),
        Status::Code(_) | Status::Range(_) => format!("error {status}"),
    };
    let own = merely_all_of(cx, pos).map(|parts| {
        let is_reply =
            |part: &Pos| past_references(cx, *part).is_some_and(|it| replies.contains(&it));
        let own = parts.iter().copied().filter(|part| !is_reply(part));
        let own: Vec<Pos> = own.collect();
        match own.is_empty() || own.len() == parts.len() {
            true => vec![pos],
            false => own,
        }
    });
    let parts = own.unwrap_or_else(|| vec![pos]);
    Some(types::of(cx, &parts, owner, Role::Error(role)))
}

/// Returns the schema of a response's content: of its JSON, its text, or the values of its stream. Bytes have none.
fn shown_schema<'a>(cx: &mut Cx<'a>, response: &'a Response) -> Option<Pos> {
    let all = representations(cx, &response.content);
    let first = all
        .first()
        .filter(|media| media.format != ResponseFormat::Binary)?;
    let media = first.first()?.media;
    match first.format {
        ResponseFormat::Events | ResponseFormat::Sequence => media.item.or(media.schema)?,
        ResponseFormat::Json | ResponseFormat::Text | ResponseFormat::Binary => media.schema?,
    }
}

/// Returns the schema of a response's JSON.
fn json_schema<'a>(cx: &mut Cx<'a>, response: &'a Response) -> Option<Pos> {
    json(cx, &response.content)?.media.schema?
}
