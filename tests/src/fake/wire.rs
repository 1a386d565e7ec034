//! The part of HTTP/1.1 that a test server needs: requests are read unchanged, and replies are bytes.
//!
//! In: a connection. Out: [`Recorded`] requests; the head and the body of a reply as bytes. Not here: their meaning.

use std::fmt::Write as _;

use serde_json::{Value, json};
use tokio::io::AsyncReadExt;
use tokio::net::TcpStream;

use super::answer::Reply;

const MAX_HEADERS: usize = 100;
const MAX_HEAD: usize = 64 << 10;
const MAX_BODY: usize = 16 << 20;

/// A request as the server received it.
#[derive(Clone, Debug, PartialEq)]
pub struct Recorded {
    /// The method.
    pub method: String,
    /// The target of the request line, byte for byte.
    pub target: String,
    /// The names of headers, as the client wrote them, and their values, in the order in which they arrived.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Recorded {
    /// The value of the first header with this name, regardless of case.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self
            .headers
            .iter()
            .find(|(given, _)| given.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// The body as text. Invalid UTF-8 is replaced.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The request as the control interface shows it.
    pub fn to_json(&self) -> Value {
        json!({ "method": self.method, "target": self.target, "headers": self.headers, "body": self.text() })
    }

    pub(super) fn keeps_open(&self) -> bool {
        !self
            .header("connection")
            .is_some_and(|value| value.eq_ignore_ascii_case("close"))
    }
}

/// The reason why no request could be read.
pub(super) enum ReadError {
    Io,
    Refused(u16, &'static str),
}

impl From<std::io::Error> for ReadError {
    fn from(_: std::io::Error) -> Self {
        Self::Io
    }
}

/// A connection, and the bytes that were read ahead.
pub(super) struct Connection {
    pub(super) stream: TcpStream,
    buffer: Vec<u8>,
}

impl Connection {
    pub(super) fn new(stream: TcpStream) -> Self {
        let _ = stream.set_nodelay(true); // only makes it faster
        Self {
            stream,
            buffer: Vec::with_capacity(4096),
        }
    }

    /// The next request. `None` if the client closed the connection.
    pub(super) async fn read_request(&mut self) -> Result<Option<Recorded>, ReadError> {
        loop {
            if let Some((mut request, head_len)) = parse_head(&self.buffer)? {
                let total = head_len + body_len(&request)?;
                while self.buffer.len() < total {
                    if self.stream.read_buf(&mut self.buffer).await? == 0 {
                        return Err(ReadError::Io);
                    }
                }
                request.body = self.buffer.drain(..total).skip(head_len).collect();
                return Ok(Some(request));
            }
            if self.buffer.len() > MAX_HEAD {
                return Err(ReadError::Refused(
                    431,
                    "the head of the request is too long",
                ));
            }
            if self.stream.read_buf(&mut self.buffer).await? == 0 {
                return Ok(None);
            }
        }
    }
}

fn parse_head(bytes: &[u8]) -> Result<Option<(Recorded, usize)>, ReadError> {
    let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
    let mut parsed = httparse::Request::new(&mut headers);
    match parsed.parse(bytes) {
        Ok(httparse::Status::Complete(len)) => Ok(Some((recorded(&parsed), len))),
        Ok(httparse::Status::Partial) => Ok(None),
        Err(_) => Err(ReadError::Refused(400, "not an HTTP/1.1 request")),
    }
}

fn recorded(parsed: &httparse::Request<'_, '_>) -> Recorded {
    let headers = parsed.headers.iter();
    Recorded {
        method: parsed.method.unwrap_or_default().to_owned(),
        target: parsed.path.unwrap_or_default().to_owned(),
        headers: headers
            .map(|h| {
                (
                    h.name.to_owned(),
                    String::from_utf8_lossy(h.value).into_owned(),
                )
            })
            .collect(),
        body: Vec::new(),
    }
}

fn body_len(request: &Recorded) -> Result<usize, ReadError> {
    if request.header("transfer-encoding").is_some() {
        return Err(ReadError::Refused(
            411,
            "a body needs a content-length here",
        ));
    }
    match request.header("content-length").map(str::parse::<usize>) {
        None => Ok(0),
        Some(Ok(len)) if len <= MAX_BODY => Ok(len),
        Some(Ok(_)) => Err(ReadError::Refused(413, "the body is too long")),
        Some(Err(_)) => Err(ReadError::Refused(
            400,
            "the content-length is not a number",
        )),
    }
}

/// The head and the body of a reply. If HTTP forbids a body, there is none, unless the script sets headers for one.
pub(super) fn render(reply: &Reply, method: &str) -> (Vec<u8>, Vec<u8>) {
    let bodiless = method == "HEAD" || matches!(reply.status, 100..=199 | 204 | 304);
    let reason = http::StatusCode::from_u16(reply.status)
        .ok()
        .and_then(|status| status.canonical_reason());
    let mut head = format!(
        "HTTP/1.1 {} {}\r\n",
        reply.status,
        reason.unwrap_or("Scripted")
    );
    for (name, value) in &reply.headers {
        let _ = write!(head, "{name}: {value}\r\n"); // writing to a String does not fail
    }
    let left_out = reply.without.iter().any(|name| name == "content-length");
    if !reply.has("content-length") && !left_out && !bodiless {
        let _ = write!(head, "content-length: {}\r\n", reply.body.len());
    }
    if left_out {
        head.push_str("connection: close\r\n");
    }
    head.push_str("\r\n");
    let body = if bodiless {
        Vec::new()
    } else {
        reply.body.clone()
    };
    (head.into_bytes(), body)
}
