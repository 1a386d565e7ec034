//! The reply of a sample exchange.
//!
//! In: an operation, and what makes the JSON of a type. Out: an [`Answer`]. Not here: values.

use serde_json::Value;

use crate::model::api::{Framing, Op, Reply, Status, Stream, SuccessContent, Ty};

/// A reply of the server.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    pub status: u16,
    pub content: AnswerContent,
}

/// The content of a reply.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum AnswerContent {
    #[default]
    Empty,
    Json(Value),
    Text(&'static str),
    Bytes(&'static str),
    /// One value of a stream.
    Stream(Framing, Value),
    /// The URL of a redirect.
    Location(&'static str),
    /// It cannot be made up.
    Unknown,
}

impl Answer {
    /// Returns its JSON.
    pub fn json(&self) -> Option<&Value> {
        match &self.content {
            AnswerContent::Json(value) => Some(value),
            AnswerContent::Empty
            | AnswerContent::Text(_)
            | AnswerContent::Bytes(_)
            | AnswerContent::Stream(..)
            | AnswerContent::Location(_)
            | AnswerContent::Unknown => None,
        }
    }
}

/// Returns the reply with the lowest status that has JSON, or else any. `json` makes the value of a
/// type, perhaps from an example.
pub(super) fn answer(op: &Op, json: impl Fn(&Ty, Option<&Value>) -> Option<Value>) -> Answer {
    let (status, content) = match &op.reply {
        Reply::Empty => (204, AnswerContent::Empty),
        Reply::Json { ty, example, .. } => (200, content(json(ty, example.as_ref()))),
        Reply::Text => (200, AnswerContent::Text("text")),
        Reply::Redirect => (
            302,
            AnswerContent::Location("https://example.com/elsewhere"),
        ),
        Reply::Binary => (200, AnswerContent::Bytes("bytes")),
        Reply::Stream(Stream { item, framing }) => {
            let item = match item {
                Some(ty) => json(ty, None),
                None => Some("text".into()),
            };
            let stream = |item| AnswerContent::Stream(*framing, item);
            (200, item.map_or(AnswerContent::Unknown, stream))
        }
        Reply::ByStatus(all) => {
            let with_json = all.iter().find_map(|success| match &success.content {
                SuccessContent::Json { ty, example } => {
                    Some((success, content(json(ty, example.as_ref()))))
                }
                SuccessContent::Empty | SuccessContent::Text => None,
            });
            let first = all.first().map(|success| match success.content {
                SuccessContent::Text => (success, AnswerContent::Text("text")),
                SuccessContent::Empty | SuccessContent::Json { .. } => {
                    (success, AnswerContent::Empty)
                }
            });
            match with_json.or(first) {
                Some((success, content)) => (code(success.status), content),
                None => (204, AnswerContent::Empty),
            }
        }
    };
    Answer { status, content }
}

/// Returns a status of these.
fn code(status: Status) -> u16 {
    match status {
        Status::Code(code) => code,
        Status::Range(_) | Status::Default => 200,
    }
}

fn content(json: Option<Value>) -> AnswerContent {
    json.map_or(AnswerContent::Unknown, AnswerContent::Json)
}
