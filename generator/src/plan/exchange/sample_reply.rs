//! The reply of a sample exchange.
//!
//! In: an operation, and what makes the JSON of a type. Out: a [`SampleReply`]. Not here: values.

use serde_json::Value;

use crate::model::api::{Framing, Op, Reply, Status, Stream, SuccessContent, Ty};

/// A reply of the server.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SampleReply {
    pub status: u16,
    pub content: SampleContent,
}

/// The content of a reply.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum SampleContent {
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

impl SampleReply {
    /// Returns its JSON.
    pub fn json(&self) -> Option<&Value> {
        match &self.content {
            SampleContent::Json(value) => Some(value),
            SampleContent::Empty
            | SampleContent::Text(_)
            | SampleContent::Bytes(_)
            | SampleContent::Stream(..)
            | SampleContent::Location(_)
            | SampleContent::Unknown => None,
        }
    }
}

/// The target of a redirect.
const ELSEWHERE: &str = "https://example.com/elsewhere";

/// Returns the reply with the lowest status that has JSON, or else any. `json` makes the value of a
/// type, perhaps from an example.
pub(super) fn sample_reply(
    op: &Op,
    json: impl Fn(&Ty, Option<&Value>) -> Option<Value>,
) -> SampleReply {
    let (status, content) = match &op.reply {
        Reply::Empty => (204, SampleContent::Empty),
        Reply::Json { ty, example, .. } => (200, content(json(ty, example.as_ref()))),
        Reply::Text => (200, SampleContent::Text("text")),
        Reply::Redirect => (302, SampleContent::Location(ELSEWHERE)),
        Reply::Binary => (200, SampleContent::Bytes("bytes")),
        Reply::Stream(Stream { item, framing }) => {
            let item = match item {
                Some(ty) => json(ty, None),
                None => Some("text".into()),
            };
            let stream = |item| SampleContent::Stream(*framing, item);
            (200, item.map_or(SampleContent::Unknown, stream))
        }
        Reply::ByStatus(all) => {
            let contents = all.iter().filter_map(|success| {
                let (rank, content) = match &success.content {
                    SuccessContent::Json { ty, example } => {
                        (0, content(json(ty, example.as_ref())))
                    }
                    SuccessContent::Text => (1, SampleContent::Text("text")),
                    SuccessContent::Redirect => (2, SampleContent::Location(ELSEWHERE)),
                    SuccessContent::Empty => (3, SampleContent::Empty),
                    // Only the caller knows whether to read it.
                    SuccessContent::Binary | SuccessContent::Stream(_) => return None,
                };
                Some((rank, code(success.status), content))
            });
            let first = contents.min_by_key(|(rank, ..)| *rank);
            first.map_or((200, SampleContent::Unknown), |(_, status, content)| {
                (status, content)
            })
        }
    };
    SampleReply { status, content }
}

/// Returns a status of these.
fn code(status: Status) -> u16 {
    match status {
        Status::Code(code) => code,
        Status::Range(3) => 302,
        Status::Range(_) | Status::Default => 200,
    }
}

fn content(json: Option<Value>) -> SampleContent {
    json.map_or(SampleContent::Unknown, SampleContent::Json)
}
