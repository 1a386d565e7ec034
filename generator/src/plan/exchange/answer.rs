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

/// The target of a redirect.
const ELSEWHERE: &str = "https://example.com/elsewhere";

/// Returns the reply with the lowest status that has JSON, or else any. `json` makes the value of a
/// type, perhaps from an example.
pub(super) fn answer(op: &Op, json: impl Fn(&Ty, Option<&Value>) -> Option<Value>) -> Answer {
    let (status, content) = match &op.reply {
        Reply::Empty => (204, AnswerContent::Empty),
        Reply::Json { ty, example, .. } => (200, content(json(ty, example.as_ref()))),
        Reply::Text => (200, AnswerContent::Text("text")),
        Reply::Redirect => (302, AnswerContent::Location(ELSEWHERE)),
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
            let contents = all.iter().filter_map(|success| {
                let (rank, content) = match &success.content {
                    SuccessContent::Json { ty, example } => {
                        (0, content(json(ty, example.as_ref())))
                    }
                    SuccessContent::Text => (1, AnswerContent::Text("text")),
                    SuccessContent::Redirect => (2, AnswerContent::Location(ELSEWHERE)),
                    SuccessContent::Empty => (3, AnswerContent::Empty),
                    // Only the caller knows whether to read it.
                    SuccessContent::Binary | SuccessContent::Stream(_) => return None,
                };
                Some((rank, code(success.status), content))
            });
            let first = contents.min_by_key(|(rank, ..)| *rank);
            first.map_or((200, AnswerContent::Unknown), |(_, status, content)| {
                (status, content)
            })
        }
    };
    Answer { status, content }
}

/// Returns a status of these.
fn code(status: Status) -> u16 {
    match status {
        Status::Code(code) => code,
        Status::Range(3) => 302,
        Status::Range(_) | Status::Default => 200,
    }
}

fn content(json: Option<Value>) -> AnswerContent {
    json.map_or(AnswerContent::Unknown, AnswerContent::Json)
}
