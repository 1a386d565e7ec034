//! Scripted answers: what to reply, and how the delivery fails.
//!
//! In: calls of the builders here, or the JSON of the control interface. Out: [`Answer`]. Not here: sockets.

use std::time::Duration;

use serde::Deserialize;
use serde_json::{Map, Value, json};

/// The answer to one request. By default, the API itself answers, and the reply arrives.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// The reply. With `None`, the API processes the request and replies.
    pub reply: Option<Reply>,
    /// The delivery of the reply.
    pub delivery: Delivery,
}

/// A reply: any status, any headers, any body.
#[derive(Clone, Debug, PartialEq)]
pub struct Reply {
    /// The status code, which is not checked.
    pub status: u16,
    /// Headers in the order in which they are sent.
    pub headers: Vec<(String, String)>,
    /// The names, in lower case, of default headers that are left out (`content-length`, `x-request-id`).
    pub without: Vec<String>,
    /// The body.
    pub body: Vec<u8>,
}

/// The delivery of a reply to the client.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Delivery {
    /// The reply arrives.
    #[default]
    Whole,
    /// The reply arrives after a delay.
    Late(Duration),
    /// The head arrives immediately, then the body in pieces of `chunk` bytes, each after `delay`.
    Slow {
        /// The size of a piece, in bytes.
        chunk: usize,
        /// The time before each piece.
        delay: Duration,
    },
    /// The head arrives with the length of the whole body, then this many bytes of it, and then the connection is closed.
    Truncated(usize),
    /// As `Truncated`, but the connection is reset (RST), which may overtake what was sent.
    Cut(usize),
    /// Half of the head arrives, and then the connection is closed.
    HalfHead,
    /// The reply arrives, and then the server sends no more, although it did not say so. Requests that arrive later are recorded, but
    /// not answered.
    HalfClosed,
    /// The connection is closed before the first byte of the reply.
    Closed,
    /// The connection is reset (RST) before the first byte of the reply.
    Reset,
    /// Nothing arrives, and the connection stays open until the client gives up.
    Silence,
    /// The reply arrives, but `list` ignores the cursor, starts over, and says that there are more pages.
    RepeatCursor,
}

impl Answer {
    /// A scripted reply. The API does not process the request.
    pub fn reply(reply: Reply) -> Self {
        Self {
            reply: Some(reply),
            delivery: Delivery::Whole,
        }
    }

    /// A reply with a JSON body.
    pub fn json(status: u16, body: Value) -> Self {
        Self::reply(Reply::json(status, body))
    }

    /// A reply with these bytes as its body and without a content type.
    pub fn bytes(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self::reply(Reply {
            status,
            headers: Vec::new(),
            without: Vec::new(),
            body: body.into(),
        })
    }

    /// An error with this status, in the format of the service.
    pub fn error(status: u16) -> Self {
        Self::reply(Reply::error(status))
    }

    /// A redirect to `location`.
    pub fn redirect(status: u16, location: &str) -> Self {
        Self::bytes(status, "").header("location", location)
    }

    /// A page with one permission for each of `ids`.
    pub fn page(ids: &[&str], last_id: Option<&str>, has_more: bool) -> Self {
        let data: Vec<Value> = ids
            .iter()
            .map(|id| permission(id, "proj_a", 1_700_000_000))
            .collect();
        let first_id = ids.first();
        let page = json!({
            "object": "list", "data": data, "first_id": first_id, "last_id": last_id, "has_more": has_more,
        });
        Self::json(200, page)
    }

    /// The API processes the request, and its reply is delivered in this way.
    pub fn processed(delivery: Delivery) -> Self {
        Self {
            reply: None,
            delivery,
        }
    }

    /// The connection is closed, and the request is not processed.
    pub fn dropped() -> Self {
        Self::bytes(200, "").delivered(Delivery::Closed)
    }

    /// The connection is reset, and the request is not processed.
    pub fn reset() -> Self {
        Self::bytes(200, "").delivered(Delivery::Reset)
    }

    /// Nothing arrives, and the request is not processed.
    pub fn silence() -> Self {
        Self::bytes(200, "").delivered(Delivery::Silence)
    }

    /// The request is processed, and then the connection is closed before the first byte of the reply.
    pub fn lost_reply() -> Self {
        Self::processed(Delivery::Closed)
    }

    /// Sets the delivery of the reply.
    pub fn delivered(mut self, delivery: Delivery) -> Self {
        self.delivery = delivery;
        self
    }

    /// Adds a header to a scripted reply.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        if let Some(reply) = &mut self.reply {
            reply.headers.push((name.to_owned(), value.to_owned()));
        }
        self
    }

    /// Leaves out a default header (`content-length`, `x-request-id`).
    pub fn without_header(mut self, name: &str) -> Self {
        if let Some(reply) = &mut self.reply {
            reply.without.push(name.to_ascii_lowercase());
        }
        self
    }
}

impl Reply {
    /// A reply with a JSON body.
    pub fn json(status: u16, body: Value) -> Self {
        Self::text(status, "application/json", body.to_string())
    }

    /// A reply with a body of the given content type.
    pub fn text(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        let headers = vec![("content-type".to_owned(), content_type.to_owned())];
        Self {
            status,
            headers,
            without: Vec::new(),
            body: body.into(),
        }
    }

    /// An error reply with this status, in the service's own form.
    pub fn error(status: u16) -> Self {
        let body = super::api::error_body(
            &format!("scripted {status}"),
            "scripted_error",
            Some("scripted"),
            None,
        );
        Self::json(status, body)
    }

    /// Returns true if the reply carries a header (`name` in lower case).
    pub fn has(&self, name: &str) -> bool {
        self.headers
            .iter()
            .any(|(given, _)| given.eq_ignore_ascii_case(name))
    }

    /// Returns true if the client can detect the end of the reply while the connection stays open.
    pub(super) fn has_end(&self) -> bool {
        !self.without.iter().any(|name| name == "content-length") && !self.has("connection")
    }
}

/// A permission in the format of the service.
pub(super) fn permission(id: &str, project: &str, created_at: i64) -> Value {
    json!({ "object": "checkpoint.permission", "id": id, "created_at": created_at, "project_id": project })
}

/// The JSON form of an [`Answer`] in the control interface and in fixtures.
///
/// ```json
/// { "status": 503, "headers": { "retry-after": "1", "x-request-id": null }, "body": "text, or any JSON", "fault": "drop" }
/// ```
///
/// Without `status`, `headers` and `body`, the API processes the request, and `fault` is the delivery of its reply.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Script {
    status: Option<u16>,
    #[serde(default)]
    headers: Map<String, Value>,
    body: Option<Value>,
    fault: Option<Fault>,
}

/// With `"drop"`, `"reset"` and `"silence"`, the request is not processed. With `"lose"`, it is processed, and the reply is lost.
/// With `"repeat_cursor"`, every page is the first one. The others change the delivery of the reply; their times are in
/// milliseconds.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Fault {
    Drop,
    Reset,
    Silence,
    Lose,
    RepeatCursor,
    Truncate(usize),
    Late(u64),
    Slow { chunk: usize, delay: u64 },
}

impl<'de> Deserialize<'de> for Answer {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let script = Script::deserialize(deserializer)?;
        let says_reply =
            script.status.is_some() || !script.headers.is_empty() || script.body.is_some();
        let answer = match script.fault {
            Some(Fault::Drop) => Self::dropped(),
            Some(Fault::Reset) => Self::reset(),
            Some(Fault::Silence) => Self::silence(),
            fault => Self {
                reply: says_reply.then(|| script.into_reply()),
                delivery: delivery(fault),
            },
        };
        Ok(answer)
    }
}

fn delivery(fault: Option<Fault>) -> Delivery {
    match fault {
        None => Delivery::Whole,
        Some(Fault::Drop | Fault::Lose) => Delivery::Closed,
        Some(Fault::Reset) => Delivery::Reset,
        Some(Fault::Silence) => Delivery::Silence,
        Some(Fault::RepeatCursor) => Delivery::RepeatCursor,
        Some(Fault::Truncate(at)) => Delivery::Truncated(at),
        Some(Fault::Late(delay)) => Delivery::Late(Duration::from_millis(delay)),
        Some(Fault::Slow { chunk, delay }) => Delivery::Slow {
            chunk,
            delay: Duration::from_millis(delay),
        },
    }
}

impl Script {
    fn into_reply(self) -> Reply {
        let status = self.status.unwrap_or(200);
        let mut reply = match self.body {
            None if status >= 400 => Reply::error(status),
            None => Reply::text(status, "application/json", ""),
            Some(Value::String(text)) => Reply::text(status, "application/json", text),
            Some(body) => Reply::json(status, body),
        };
        for (name, value) in self.headers {
            reply
                .headers
                .retain(|(given, _)| !given.eq_ignore_ascii_case(&name));
            match value {
                Value::Null => reply.without.push(name.to_ascii_lowercase()),
                Value::String(text) => reply.headers.push((name, text)),
                other => reply.headers.push((name, other.to_string())),
            }
        }
        reply
    }
}
