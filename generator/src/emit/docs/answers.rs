//! Replies by status.
//!
//! In: [`Answer`]s. Out: lists of them, each with its meaning in the client. Not here: bodies (see `schema`).

use std::borrow::Cow;

use super::page::{Depth, Page};
use super::schema;
use crate::emit::text::{markdown, wording};
use crate::model::api::{Answer, Op, Outcome, Status};

/// Returns the answers with this outcome.
pub fn answers(op: &Op, outcome: Outcome) -> Vec<&Answer> {
    let answers = op.answers.iter();
    answers.filter(|answer| answer.outcome == outcome).collect()
}

/// Returns a list of statuses.
pub fn statuses(
    page: &mut Page,
    answers: &[&Answer],
    meaning: impl Fn(&Page, &Answer) -> Option<String>,
) {
    page.gap();
    for answer in answers {
        let (line, rest) = status(page, answer, meaning(page, answer));
        page.item(Depth::TOP, &line);
        if !rest.is_empty() {
            page.lines(Depth::TOP.inner(), &rest);
        }
    }
    page.gap();
}

/// Returns a status, its meaning in the client, and its description. Text that is longer than one
/// line follows below.
pub fn status(page: &Page, answer: &Answer, meaning: Option<String>) -> (String, Vec<String>) {
    let mut line = markdown::code(&answer.status.to_string());
    if let Some(meaning) = meaning {
        line.push_str(&format!(", {meaning}"));
    }
    let text = wording::answer(answer);
    let lines = page.cx.page_lines(&text);
    match lines.as_slice() {
        [text] if !text.starts_with(['`', '|', '#', '>', '-']) => {
            (format!("{line}: {text}"), Vec::new())
        }
        _ => (line, lines.into_iter().map(Cow::into_owned).collect()),
    }
}

/// Returns the error of a status, and the type of its body.
pub fn error_phrase(page: &Page, answer: &Answer) -> Option<String> {
    let kind = kind(answer.status).map(|kind| format!("`{kind}`"));
    let body = answer.body.as_ref();
    let body = body.map(|ty| schema::type_phrase(page, ty).into_owned());
    let words: Vec<String> = kind.into_iter().chain(body).collect();
    (!words.is_empty()).then(|| words.join(", "))
}

/// Returns the kind of an error in the client, as in the runtime's `ApiError::kind`; `None` if it
/// depends on the status.
fn kind(status: Status) -> Option<&'static str> {
    Some(match status {
        Status::Code(400) => "ApiErrorKind::BadRequest",
        Status::Code(401) => "ApiErrorKind::Authentication",
        Status::Code(403) => "ApiErrorKind::PermissionDenied",
        Status::Code(404) => "ApiErrorKind::NotFound",
        Status::Code(409) => "ApiErrorKind::Conflict",
        Status::Code(422) => "ApiErrorKind::UnprocessableEntity",
        Status::Code(429) => "ApiErrorKind::RateLimit",
        Status::Code(500..) | Status::Range(5..) => "ApiErrorKind::InternalServer",
        Status::Code(_) => "ApiErrorKind::Other",
        Status::Range(_) | Status::Default => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_those_of_the_runtime() {
        let runtime = include_str!("../../../../templates/runtime/api_error.rs");
        let arms = runtime.lines().filter_map(|line| line.split_once(" => "));
        let arms = arms.filter(|(_, kind)| kind.starts_with("ApiErrorKind::"));
        let mut count = 0;
        for (pattern, expected) in arms {
            let statuses = match pattern.trim() {
                "_" => vec![Status::Code(418)],
                "500.." => vec![Status::Code(500), Status::Code(999), Status::Range(6)],
                code => vec![Status::Code(code.parse().unwrap())],
            };
            for status in statuses {
                assert_eq!(kind(status), expected.strip_suffix(','), "{status}");
            }
            count += 1;
        }
        assert_eq!(count, 9);
    }
}
