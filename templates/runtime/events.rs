// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Streams of server-sent events and of JSON lines.
//!
//! In: an open response. Out: [`EventStream`], whose items are decoded. Not here: the syntax (see `frames`), time limits (see
//! `open_response`).

use std::fmt::{self, Formatter};
use std::future::{Future as _, poll_fn};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};
use serde::de::{DeserializeOwned, IgnoredAny};
use serde::{Serialize, Serializer};
use serde_json::Value;
use tokio::time::{Sleep, sleep};

use super::api_error::ApiError;
#[cfg(feature = "blocking")]
use super::blocking::Blocking;
use super::call::{Call, Operation};
use super::client::Client;
use super::decode::{Decoded, Unreadable, from_json};
use super::draft::Reading;
use super::error::{Error, Result, TooLargeError};
use super::frames::{Frames, Framing};
use super::open_response::OpenResponse;
use super::response::{Decode, Raw, Response};
use super::send::{RawFuture, start};
use super::{headers, request, telemetry};
use crate::service::SERVICE;

/// The text that many services send at the end of a stream.
const DONE: &[u8] = b"[DONE]";
/// The header that asks for the events after the one with this id.
const LAST_EVENT_ID: &str = "last-event-id";
/// The delay before a new connection, unless the server wants another.
const RETRY: Duration = Duration::from_secs(3);

/// A server-sent event whose data the document does not describe.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Event {
    /// The name (`event`). Empty if the server sends none, which means `message`.
    pub name: String,
    /// The data: all `data` lines, joined by line feeds.
    pub data: String,
    /// The id of this event, or of the last one before it that had an id.
    pub id: String,
}

impl Serialize for Event {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.data)
    }
}

/// A response that consists of many values: server-sent events or JSON lines.
///
/// Each value is decoded when it arrives. Dropping the stream closes the connection.
///
/// The stream ends when the server ends it or sends the text `[DONE]`. If the server reports an
/// error as an event, or a value does not decode, the item is an `Err`. A reported error, a broken
/// connection and a timeout end the stream.
///
/// The next bytes must arrive within the [timeout](crate::ClientBuilder::timeout) of the call. The
/// whole stream has no time limit. The size of one event is limited by
/// [`max_response_bytes`](crate::ClientBuilder::max_response_bytes).
#[must_use = "a stream does nothing until it is read"]
pub struct EventStream<T> {
    source: Source,
    read: Read<T>,
}

/// Decodes the frame of a source.
type Read<T> = fn(&Source) -> Decoded<T>;

impl<T> EventStream<T> {
    /// Returns the status, which is always a success.
    pub fn status(&self) -> StatusCode {
        self.source.response.meta.status
    }

    /// Returns the headers of the response.
    pub fn headers(&self) -> &HeaderMap {
        &self.source.response.meta.headers
    }

    /// Reads the headers as a type of your choice.
    ///
    /// The type is a struct with a field for each header, named like the header in lower case. The
    /// documentation of each method names the type that the document describes.
    ///
    /// # Errors
    ///
    /// Fails with [`Error::Header`](crate::Error::Header) if a header is missing or does not fit.
    pub fn decode_headers<H: DeserializeOwned>(&self) -> Result<H> {
        headers::decode(&self.source.response.meta.headers)
    }

    /// Returns the id that the server gave the request, if any. Support teams ask for it.
    pub fn request_id(&self) -> Option<&str> {
        self.source.response.meta.request_id()
    }

    /// Returns the id of the last event that had one.
    ///
    /// To get the events after it, send it in the header `Last-Event-ID`, if the server supports
    /// that.
    pub fn last_event_id(&self) -> Option<&str> {
        Some(self.source.frames.id.as_str()).filter(|id| !id.is_empty())
    }

    /// Reconnects if the connection breaks off after an event with an id, at most `times` times in
    /// a row.
    ///
    /// The request is sent again with the header `Last-Event-ID`, which asks for the missing
    /// events. Use this only with servers that support the header: others process the request a
    /// second time.
    pub fn reconnecting(mut self, times: u32) -> Self {
        self.source.reconnects = times;
        self.source.reconnects_left = times;
        self
    }

    /// Returns the next item, or `None` after the last one.
    ///
    /// This method is cancel safe: dropping the future loses no items.
    pub async fn next(&mut self) -> Option<Result<T>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// Converts the stream into a blocking iterator.
    #[cfg(feature = "blocking")]
    pub fn blocking(self) -> Blocking<Self> {
        Blocking::new(self)
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T>>> {
        Poll::Ready(match ready!(self.source.poll_frame(context)) {
            None => None,
            Some(Err(error)) => Some(Err(error)),
            Some(Ok(())) => match (self.read)(&self.source) {
                Ok(value) => Some(Ok(value)),
                Err(error) => Some(Err(self.source.unreadable(error))),
            },
        })
    }
}

impl<T> Stream for EventStream<T> {
    type Item = Result<T>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

impl<T> fmt::Debug for EventStream<T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let meta = &self.source.response;
        f.debug_tuple("EventStream").field(meta).finish()
    }
}

/// The frames of a body. Nothing here depends on the type of the items.
struct Source {
    response: OpenResponse,
    frames: Frames,
    framing: Framing,
    is_done: bool,
    reconnects: u32,
    reconnects_left: u32,
    reconnecting: Reconnecting,
}

enum Reconnecting {
    No,
    After(Pin<Box<Sleep>>),
    Sent(RawFuture),
}

impl Source {
    fn new(raw: Raw, framing: Framing) -> Self {
        Self {
            response: OpenResponse::new(raw),
            frames: Frames::new(framing),
            framing,
            is_done: false,
            reconnects: 0,
            reconnects_left: 0,
            reconnecting: Reconnecting::No,
        }
    }

    /// Advances to the next frame.
    fn poll_frame(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<()>>> {
        loop {
            if self.is_done {
                return Poll::Ready(None);
            }
            if let Err(error) = ready!(self.poll_connected(context)) {
                return Poll::Ready(Some(Err(self.end(error))));
            }
            if self.frames.next() {
                return Poll::Ready(self.found());
            }
            match ready!(self.response.poll_chunk(context)) {
                Some(Ok(chunk)) => {
                    self.reconnects_left = self.reconnects;
                    let limit = self.response.draft.client.inner.max_response_bytes;
                    if self.frames.len() as u64 > limit {
                        return Poll::Ready(Some(Err(self.too_large(limit))));
                    }
                    self.frames.push(&chunk);
                }
                Some(Err(error)) if self.may_reconnect() => {
                    telemetry::reconnect(&error);
                    let delay = self.frames.retry.map_or(RETRY, Duration::from_millis);
                    self.reconnects_left -= 1;
                    self.reconnecting = Reconnecting::After(Box::pin(sleep(delay)));
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(self.end(error)))),
                None if self.frames.finish() => {
                    let found = self.found();
                    self.is_done = true;
                    return Poll::Ready(found);
                }
                None => self.is_done = true,
            }
        }
    }

    /// Classifies the frame before it is decoded.
    fn found(&mut self) -> Option<Result<()>> {
        let data = &self.frames.data;
        if !data.starts_with(b"{") && data.trim_ascii() == DONE {
            self.is_done = true;
            self.response.close();
            return None;
        }
        match self.reported() {
            Some(error) => Some(Err(self.end(error))),
            None => Some(Ok(())),
        }
    }

    /// Returns the error that the server reports in the frame, if any: an object that has the error
    /// property of the document, or `error`.
    fn reported(&self) -> Option<Error> {
        let data = self.frames.data.trim_ascii_start();
        let inside = data.strip_prefix(b"{")?.trim_ascii_start();
        let envelope = SERVICE.errors.envelope.unwrap_or("error");
        let is_named = self.frames.name == "error";
        let begins = || {
            let name = inside.strip_prefix(b"\"")?;
            name.strip_prefix(envelope.as_bytes())?.strip_prefix(b"\"")
        };
        if !is_named && begins().is_none() {
            return None;
        }
        let value: Value = serde_json::from_slice(data).ok()?;
        let error = value.get(envelope).or_else(|| value.get("error"))?;
        (error.is_object() || error.is_string()).then(|| self.error_of_data())
    }

    fn error_of_data(&self) -> Error {
        let mut meta = self.response.meta.clone();
        // The body of the error is the data of the event.
        meta.headers.remove(CONTENT_TYPE);
        let data = Bytes::copy_from_slice(&self.frames.data);
        let error = ApiError::new(meta, data, request::secrets(&self.response.draft));
        Error::Api(Box::new(error))
    }

    /// Returns the error for a frame that does not decode.
    fn unreadable(&mut self, error: Unreadable) -> Error {
        if self.frames.name == "error" {
            let error = self.error_of_data();
            return self.end(error);
        }
        let raw = Raw {
            meta: self.response.meta.clone(),
            body: Bytes::copy_from_slice(&self.frames.data),
            rest: None,
            draft: self.response.draft.clone(),
        };
        raw.unreadable(error)
    }

    fn too_large(&mut self, limit: u64) -> Error {
        let mut secrets = request::secrets(&self.response.draft);
        let meta = self.response.meta.clone().scrubbed(&mut secrets);
        self.end(Error::TooLarge(Box::new(TooLargeError { meta, limit })))
    }

    /// Marks the stream as ended and returns the error.
    fn end(&mut self, error: Error) -> Error {
        self.is_done = true;
        self.response.close();
        error
    }

    fn may_reconnect(&self) -> bool {
        self.reconnects_left > 0 && !self.frames.id.is_empty()
    }

    /// Waits for a new connection, if one is needed.
    fn poll_connected(&mut self, context: &mut Context<'_>) -> Poll<Result<()>> {
        loop {
            match &mut self.reconnecting {
                Reconnecting::No => return Poll::Ready(Ok(())),
                Reconnecting::After(sleep) => {
                    ready!(sleep.as_mut().poll(context));
                    let mut draft = self.response.draft.clone();
                    let headers = &mut Arc::make_mut(&mut draft).options.headers;
                    headers.retain(|(name, _)| !name.eq_ignore_ascii_case(LAST_EVENT_ID));
                    headers.push((LAST_EVENT_ID.into(), Some(self.frames.id.clone())));
                    self.reconnecting = Reconnecting::Sent(start(&draft));
                }
                Reconnecting::Sent(raw) => {
                    let raw = ready!(raw.as_mut().poll(context));
                    self.reconnecting = Reconnecting::No;
                    let id = std::mem::take(&mut self.frames.id);
                    self.response = OpenResponse::new(raw?);
                    self.frames = Frames::new(self.framing);
                    self.frames.id = id;
                    return Poll::Ready(Ok(()));
                }
            }
        }
    }
}

/// Decodes the data of an event, or a line.
fn data<T: DeserializeOwned>(source: &Source) -> Decoded<T> {
    from_json(&source.frames.data)
}

/// Decodes an event as an object with the properties `event`, `data`, `id` and `retry`. The data is
/// decoded as JSON, or as a string if the type expects one.
fn object<T: DeserializeOwned>(source: &Source) -> Decoded<T> {
    let text = String::from_utf8_lossy(&source.frames.data);
    let read = |data: &str| from_json(whole(source, data).as_bytes());
    let as_text = || read(&Value::from(&*text).to_string());
    // Only if JSON of this kind is not expected: a union would keep any text.
    let may_be_text =
        |error: &Unreadable| error.path == "$.data" && error.message.starts_with("invalid type");
    let is_json = serde_json::from_str::<IgnoredAny>(&text).is_ok();
    let value = match is_json.then(|| read(&text)) {
        Some(Err(error)) if may_be_text(&error) => as_text().map_err(|_| error),
        Some(read) => read,
        None => as_text(),
    };
    // The data is the body of the error.
    value.map_err(|error| error.relative_to("$.data"))
}

/// Returns the event as JSON.
fn whole(source: &Source, data: &str) -> String {
    let frames = &source.frames;
    let mut json = format!("{{\"data\":{data}");
    for (name, value) in [("event", &frames.name), ("id", &frames.id)] {
        if !value.is_empty() {
            json.push_str(&format!(",\"{name}\":{}", Value::from(value.as_str())));
        }
    }
    if let Some(retry) = frames.retry {
        json.push_str(&format!(",\"retry\":{retry}"));
    }
    json.push('}');
    json
}

/// Returns the data of each event, for the command line.
#[cfg(feature = "cli")]
pub(crate) fn texts(raw: Raw, framing: Framing) -> EventStream<Bytes> {
    EventStream {
        source: Source::new(raw, framing),
        read: |source| Ok(Bytes::copy_from_slice(&source.frames.data)),
    }
}

fn event(source: &Source) -> Decoded<Event> {
    let frames = &source.frames;
    Ok(Event {
        name: frames.name.clone(),
        data: String::from_utf8_lossy(&frames.data).into_owned(),
        id: frames.id.clone(),
    })
}

impl<T: DeserializeOwned> Call<EventStream<T>> {
    /// Creates a call that returns server-sent events with JSON data.
    pub(crate) fn events(client: &Client, operation: &'static Operation) -> Self {
        Self::open(client, operation, |raw| stream(raw, Framing::Events, data))
    }

    /// Creates a call that returns server-sent events as objects with their fields.
    pub(crate) fn event_objects(client: &Client, operation: &'static Operation) -> Self {
        Self::open(client, operation, |raw| {
            stream(raw, Framing::Events, object)
        })
    }

    /// Creates a call that returns JSON lines.
    pub(crate) fn lines(client: &Client, operation: &'static Operation) -> Self {
        Self::open(client, operation, |raw| stream(raw, Framing::Lines, data))
    }

    /// Creates a call that returns a sequence of JSON texts.
    pub(crate) fn sequence(client: &Client, operation: &'static Operation) -> Self {
        Self::open(client, operation, |raw| {
            stream(raw, Framing::Sequence, data)
        })
    }
}

impl Call<EventStream<Event>> {
    /// Creates a call that returns server-sent events with undescribed data.
    pub(crate) fn plain_events(client: &Client, operation: &'static Operation) -> Self {
        Self::open(client, operation, |raw| stream(raw, Framing::Events, event))
    }
}

impl<T> Call<EventStream<T>> {
    fn open(
        client: &Client,
        operation: &'static Operation,
        decode: Decode<EventStream<T>>,
    ) -> Self {
        Self::of(client, operation, decode).reading(Reading::Open)
    }
}

fn stream<T>(raw: Raw, framing: Framing, read: Read<T>) -> Result<Response<EventStream<T>>> {
    let is_json = |media_type: &str| media_type.starts_with("application/json");
    let is_one = raw.meta.content_type().is_some_and(is_json);
    let head = raw.head();
    if is_one && framing == Framing::Events {
        return Err(head.unlike("this is no stream of events"));
    }
    let source = Source::new(raw, framing);
    Ok(head.with(EventStream { source, read }))
}
