// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Responses whose bodies the caller reads while they arrive.
//!
//! In: a raw response whose body is still to be read. Out: the chunks of its body, or the reason why it ends. Not here: the
//! meaning of chunks.

use std::fmt::{self, Formatter};
use std::future::Future as _;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http_body::Body as _;
use tokio::runtime::Handle;
use tokio::time::{Instant, Sleep, sleep};

use super::draft::Draft;
use super::error::{Error, Result, TimeoutKind};
use super::exchange::FAR;
use super::meta::Meta;
use super::request::secrets;
use super::response::Raw;
use super::send;
use super::sending::{Body, TransportError};

/// A response whose body is still to be read. Each chunk must arrive within the time limit of an attempt. The whole body
/// has no time limit.
pub(crate) struct OpenResponse {
    pub(crate) meta: Meta,
    pub(crate) draft: Arc<Draft>,
    /// `None` after the end, and after an error.
    body: Option<Body>,
    limit: Duration,
    timer: Option<Pin<Box<Sleep>>>,
    /// Whether the timer runs for the expected chunk.
    waits: bool,
}

impl OpenResponse {
    pub(crate) fn new(raw: Raw) -> Self {
        let Raw {
            meta,
            body,
            rest,
            draft,
        } = raw;
        Self {
            meta,
            body: Some(rest.unwrap_or_else(|| body.into())),
            limit: draft.options.timeout.unwrap_or(draft.client.inner.timeout),
            draft,
            timer: None,
            waits: false,
        }
    }

    /// Returns the size of the whole body, if the server announces it.
    pub(crate) fn announced(&self) -> Option<u64> {
        self.body.as_ref()?.size_hint().exact()
    }

    /// Polls for the next chunk; `None` after the last one and after an error.
    pub(crate) fn poll_chunk(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes>>> {
        let Some(body) = &mut self.body else {
            return Poll::Ready(None);
        };
        let error = match body.poll_chunk(context) {
            Poll::Ready(Some(Ok(chunk))) => {
                self.waits = false;
                return Poll::Ready(Some(Ok(chunk)));
            }
            Poll::Ready(None) => {
                self.close();
                return Poll::Ready(None);
            }
            Poll::Ready(Some(Err(error))) => self.broken(error),
            Poll::Pending => ready!(self.poll_timer(context)),
        };
        self.close();
        Poll::Ready(Some(Err(error)))
    }

    /// Closes the connection, unless the whole body has arrived.
    pub(crate) fn close(&mut self) {
        self.body = None;
        self.timer = None;
    }

    /// Returns the timeout error when the next chunk is late.
    fn poll_timer(&mut self, context: &mut Context<'_>) -> Poll<Error> {
        if self.timer.is_none() && Handle::try_current().is_err() {
            let text = "responses need a Tokio runtime: read them inside one";
            return Poll::Ready(Error::Config(text.into()));
        }
        let limit = self.limit;
        let timer = self.timer.get_or_insert_with(|| Box::pin(sleep(limit)));
        if !self.waits {
            self.waits = true;
            let now = Instant::now();
            let end = now.checked_add(limit).unwrap_or(now + FAR);
            timer.as_mut().reset(end);
        }
        ready!(timer.as_mut().poll(context));
        let meta = Some(self.scrubbed());
        Poll::Ready(send::timeout(
            TimeoutKind::Idle,
            None,
            meta,
            self.meta.attempts,
        ))
    }

    fn broken(&self, error: TransportError) -> Error {
        send::broken(error, Some(self.scrubbed()), self.meta.attempts)
    }

    fn scrubbed(&self) -> Box<Meta> {
        Box::new(self.meta.clone().scrubbed(&mut secrets(&self.draft)))
    }
}

impl fmt::Debug for OpenResponse {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.meta.fmt(f)
    }
}
