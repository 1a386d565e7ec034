// @generated runtime. Do not edit: it is copied from the generator's templates.
//! A transport for tests: it answers from a script, records requests, and needs no network.
//!
//! In: replies by method and path, and others in order. Out: these replies, and the recorded requests. Not here: time other
//! than Tokio's, so tests can pause the clock and retries take no time.

use std::collections::VecDeque;
use std::fmt::{self, Formatter};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, StatusCode};
use http_body::Frame;
use serde::Serialize;
use tokio::time::{Instant, sleep};

use super::sending::{Body, Sending, Transport, TransportError, TransportErrorKind};

/// A transport that answers by method and path, or from a script.
///
/// Clones share the script and the recorded requests: pass one to the client and keep another for
/// the assertions.
///
/// ```
#[doc = concat!("use ", env!("CARGO_CRATE_NAME"), "::Client;")]
#[doc = concat!("use ", env!("CARGO_CRATE_NAME"), "::testing::{MockReply, MockTransport};")]
///
/// use http::Method;
///
/// let mock = MockTransport::new();
/// mock.reply(MockReply::status(503).header("retry-after", "1"));
/// mock.reply(MockReply::json(200, r#"{"object":"list","data":[]}"#));
/// let client = Client::builder().base_url("https://api.example.com").transport(mock.clone()).build()?;
/// mock.on(Method::GET, "/models/{id}", MockReply::json(200, r#"{"id":"m"}"#));
/// assert!(mock.requests().is_empty());
#[doc = concat!("# Ok::<(), ", env!("CARGO_CRATE_NAME"), "::Error>(())")]
/// ```
#[derive(Clone, Default)]
pub struct MockTransport {
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    routes: Vec<Route>,
    replies: VecDeque<MockReply>,
    requests: Vec<(Instant, Request<Bytes>)>,
}

/// The reply for the requests with a method and a path.
struct Route {
    method: Method,
    path: String,
    reply: MockReply,
}

impl Route {
    /// Returns whether a request matches. `{..}` matches any segment.
    fn fits<B>(&self, request: &Request<B>) -> bool {
        let (wanted, found) = (self.path.split('/'), request.uri().path().split('/'));
        let fits = |(wanted, found): (&str, &str)| {
            wanted == found || wanted.starts_with('{') && wanted.ends_with('}')
        };
        self.method == *request.method()
            && wanted.clone().count() == found.clone().count()
            && wanted.zip(found).all(fits)
    }
}

impl MockTransport {
    /// Creates a transport with an empty script. A request without a reply fails and is not retried.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a reply to the end of the script.
    pub fn reply(&self, reply: MockReply) {
        self.lock().replies.push_back(reply);
    }

    /// Sets the reply for all requests with a method and a path.
    ///
    /// These replies aren't part of the script, so they also work for concurrent calls. The path is
    /// the one in the URL; `{..}` matches any segment. A later call with the same method and path
    /// replaces the reply.
    pub fn on(&self, method: Method, path: impl Into<String>, reply: MockReply) {
        let route = Route {
            method,
            path: path.into(),
            reply,
        };
        self.lock().routes.insert(0, route);
    }

    fn reply_to<B>(&self, request: &Request<B>) -> Option<MockReply> {
        let mut state = self.lock();
        let route = state.routes.iter().find(|route| route.fits(request));
        match route.map(|route| route.reply.clone()) {
            Some(reply) => Some(reply),
            None => state.replies.pop_front(),
        }
    }

    /// Returns the requests received so far, in order, including retries. Streamed bodies are
    /// complete.
    pub fn requests(&self) -> Vec<Request<Bytes>> {
        self.lock()
            .requests
            .iter()
            .map(|(_, request)| request.clone())
            .collect()
    }

    /// Returns the delays between consecutive requests, measured by Tokio's clock.
    pub fn delays(&self) -> Vec<Duration> {
        self.lock()
            .requests
            .windows(2)
            .map(|pair| pair[1].0 - pair[0].0)
            .collect()
    }

    /// Returns the number of replies that are left in the script.
    pub fn remaining(&self) -> usize {
        self.lock().replies.len()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for MockTransport {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("MockTransport")
            .field("remaining", &self.remaining())
            .finish_non_exhaustive()
    }
}

impl Transport for MockTransport {
    fn send(&self, request: Request<Body>) -> Sending<'_> {
        let (start, reply) = (Instant::now(), self.reply_to(&request));
        Box::pin(async move {
            let (parts, mut body) = request.into_parts();
            let mut text = Vec::new();
            while let Some(chunk) = body.chunk().await? {
                text.extend_from_slice(&chunk);
            }
            let request = Request::from_parts(parts, text.into());
            self.lock().requests.push((start, request));
            let missing =
                || TransportError::new(TransportErrorKind::Request, "no scripted reply is left");
            let reply = reply.ok_or_else(missing)?;
            if !reply.delay.is_zero() {
                sleep(reply.delay).await;
            }
            let content = match reply.content {
                Content::Error(kind) => {
                    return Err(TransportError::new(kind, "as the script says"));
                }
                Content::Nothing => return std::future::pending().await,
                Content::Full if reply.chunks.len() < 2 => {
                    Body::from(reply.chunks.into_iter().next().unwrap_or_default())
                }
                end => Body::new(Chunks {
                    rest: reply.chunks.into(),
                    end,
                }),
            };
            let mut response = Response::new(content);
            *response.status_mut() = reply.status;
            *response.headers_mut() = reply.headers;
            Ok(response)
        })
    }
}

#[derive(Clone, PartialEq)]
enum Content {
    Full,
    Broken,
    Stalled,
    Nothing,
    Error(TransportErrorKind),
}

/// A scripted reply.
#[derive(Clone)]
pub struct MockReply {
    status: StatusCode,
    headers: HeaderMap,
    chunks: Vec<Bytes>,
    content: Content,
    delay: Duration,
}

impl MockReply {
    /// Creates a reply without a body. A number that is not an HTTP status becomes 500.
    pub fn status(status: u16) -> Self {
        Self {
            status: StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
            headers: HeaderMap::new(),
            chunks: Vec::new(),
            content: Content::Full,
            delay: Duration::ZERO,
        }
    }

    /// Creates a reply with a JSON body.
    pub fn json(status: u16, body: impl Into<Bytes>) -> Self {
        Self::status(status)
            .header("content-type", "application/json")
            .body(body)
    }

    /// Creates a reply with a value as JSON: `MockReply::value(200, &Model::default())`. The feature `test-util` gives each type of a
    /// response a default value. The body of a value that has no JSON is empty.
    pub fn value(status: u16, value: &impl Serialize) -> Self {
        Self::json(status, serde_json::to_vec(value).unwrap_or_default())
    }

    /// Creates a connection failure of a given kind.
    pub fn error(kind: TransportErrorKind) -> Self {
        Self {
            content: Content::Error(kind),
            ..Self::status(200)
        }
    }

    /// Creates a reply that never arrives.
    pub fn never() -> Self {
        Self {
            content: Content::Nothing,
            ..Self::status(200)
        }
    }

    /// Adds a header. A header that HTTP does not allow is omitted.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::from_str(value)) {
            self.headers.append(name, value);
        }
        self
    }

    /// Sets the body.
    pub fn body(self, body: impl Into<Bytes>) -> Self {
        self.chunks([body])
    }

    /// Sets the body in chunks, which arrive one after the other.
    pub fn chunks(mut self, chunks: impl IntoIterator<Item: Into<Bytes>>) -> Self {
        self.chunks = chunks.into_iter().map(Into::into).collect();
        self
    }

    /// Makes the connection fail after the body.
    pub fn broken(mut self) -> Self {
        self.content = Content::Broken;
        self
    }

    /// Keeps the connection open after the body, and never ends the response.
    pub fn stalled(mut self) -> Self {
        self.content = Content::Stalled;
        self
    }

    /// Delays the reply, by Tokio's clock.
    pub fn after(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }
}

impl fmt::Debug for MockReply {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("MockReply")
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

/// A body that arrives in chunks, and may not end properly.
struct Chunks {
    rest: VecDeque<Bytes>,
    end: Content,
}

impl http_body::Body for Chunks {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        if let Some(chunk) = self.rest.pop_front() {
            return Poll::Ready(Some(Ok(Frame::data(chunk))));
        }
        match self.end {
            Content::Full => Poll::Ready(None),
            Content::Stalled | Content::Nothing => Poll::Pending,
            Content::Broken | Content::Error(_) => Poll::Ready(Some(Err(TransportError::new(
                TransportErrorKind::Io,
                "the body broke off",
            )))),
        }
    }
}
