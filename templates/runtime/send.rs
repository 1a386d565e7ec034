// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Sending: attempts, delays and time limits.
//!
//! In: a prepared request. Out: a raw response with a success status, or an error. Not here: types of the document;
//! nothing is generic, so it is compiled once. All time is Tokio's, so tests can pause it.

use std::error::Error as StdError;
use std::future::{Future, ready};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderValue, Request, StatusCode, response::Parts};
use tokio::time::{Instant, sleep, timeout_at};
use tracing::field::Empty;
use tracing::{Instrument, Span};

use super::api_error::ApiError;
use super::auth::scrub;
use super::draft::{Draft, Reading};
use super::error::{
    ConnectionError, Error, Result, TimeoutError, TimeoutKind, TokenError, TooLargeError,
};
use super::json;
use super::meta::Meta;
use super::received::Chunked;
use super::request::{bear, prepare, secrets};
use super::response::{ERROR_BODY, Raw};
use super::retry::{self, ErrorResponse, RetryPolicy};
use super::token::Awaited;
use super::transport::{Body, TransportError, TransportErrorKind};
use crate::service::SERVICE;

/// The future of a call before decoding.
pub(crate) type RawFuture = Pin<Box<dyn Future<Output = Result<Raw>> + Send>>;

/// A duration that is longer than any meaningful timeout.
pub(crate) const FAR: Duration = Duration::from_secs(30 * 365 * 24 * 3600);
/// The header with the number of the retry.
const RETRY_COUNT: &str = "x-retry-count";

/// The draft of a call with its time limits and its retry policy.
struct Plan {
    draft: Arc<Draft>,
    timeout: Duration,
    deadline: Option<Duration>,
    retry: RetryPolicy,
    /// Whether a request may be sent again after it may have arrived.
    repeatable: bool,
    count_retries: bool,
    /// The span that records status, request id and attempts.
    span: Span,
}

/// Prepares a call. Nothing is sent before the future is polled.
pub(crate) fn start(draft: &Arc<Draft>) -> RawFuture {
    match prepare(draft) {
        Ok(request) => {
            let plan = plan(draft, &request);
            let span = plan.span.clone();
            Box::pin(run(plan, request).instrument(span))
        }
        Err(error) => Box::pin(ready(Err(error))),
    }
}

fn plan(draft: &Arc<Draft>, request: &Request<Body>) -> Plan {
    let (client, options) = (&draft.client.inner, &draft.options);
    let mut retry = options.retry.as_ref().unwrap_or(&client.retry).clone();
    retry.max_retries = options.max_retries.unwrap_or(retry.max_retries);
    let removed = |(name, value): &(String, Option<String>)| {
        value.is_none() && name.eq_ignore_ascii_case(RETRY_COUNT)
    };
    Plan {
        draft: draft.clone(),
        timeout: options.timeout.unwrap_or(client.timeout),
        deadline: options.deadline.or(client.deadline),
        repeatable: retry.retry_non_idempotent
            || draft.is_idempotent()
            || request.headers().contains_key(SERVICE.idempotency_header),
        retry,
        count_retries: !options.headers.iter().any(removed),
        span: span(draft),
    }
}

fn span(draft: &Draft) -> Span {
    tracing::debug_span!(
        "call",
        operation = draft.operation.id,
        method = draft.method().as_str(),
        path = draft.path(),
        status = Empty,
        request_id = Empty,
        attempts = Empty,
    )
}

/// A failed attempt.
struct Failed {
    error: Error,
    again: Again,
}

/// Whether and when to try again.
enum Again {
    Never,
    /// After the policy's delay.
    Backoff,
    /// After the server's delay.
    After(Duration),
}

async fn run(plan: Plan, mut request: Request<Body>) -> Result<Raw> {
    if tokio::runtime::Handle::try_current().is_err() {
        return Err(Error::Config(
            "calls need a Tokio runtime: await them inside one".into(),
        ));
    }
    let start = Instant::now();
    let deadline = plan
        .deadline
        .and_then(|deadline| start.checked_add(deadline));
    let mut attempt = 1;
    // The number of requests that were repeated because the server rejected a token.
    let mut renewed = 0;
    loop {
        let awaited: Option<Awaited> = request.extensions_mut().remove();
        let reply = one_attempt(&plan, request, awaited.as_ref(), deadline).await;
        if let (Some(awaited), 0) = (&awaited, renewed)
            && reply.refuses_token()
            && plan.draft.is_repeatable()
        {
            awaited.refused();
            renewed = 1;
            request = prepare(&plan.draft)?;
            continue;
        }
        let failed = match plan.judge(reply, attempt + renewed) {
            Ok((meta, body, rest)) => {
                plan.draft.client.inner.retries.refund(attempt - 1);
                return Ok(Raw {
                    meta,
                    body,
                    rest,
                    draft: plan.draft,
                });
            }
            Err(failed) => failed,
        };
        let Some(delay) = plan.delay(&failed.again, attempt, deadline) else {
            return Err(failed.error);
        };
        tracing::debug!(attempt, ?delay, error = %failed.error, "trying again");
        if !delay.is_zero() {
            sleep(delay).await;
        }
        request = plan.repeat(attempt)?;
        attempt += 1;
    }
}

/// The outcome of an attempt.
enum Reply {
    Full(Parts, Bytes),
    /// The body is still to be read.
    Open(Parts, Body),
    TooLarge(Parts),
    NoToken(Arc<dyn StdError + Send + Sync>),
    Lost(TransportError),
    TimedOut(TimeoutKind),
}

impl Reply {
    /// Returns whether the status is `401 Unauthorized`: the token has expired or was revoked (RFC
    /// 6750, section 3.1).
    fn refuses_token(&self) -> bool {
        matches!(self, Self::Full(parts, _) if parts.status == StatusCode::UNAUTHORIZED)
    }
}

/// Sends the request once and reads the response, within the time limits of the attempt and the call.
async fn one_attempt(
    plan: &Plan,
    request: Request<Body>,
    awaited: Option<&Awaited>,
    deadline: Option<Instant>,
) -> Reply {
    let now = Instant::now();
    let own = now.checked_add(plan.timeout).unwrap_or(now + FAR);
    let (until, kind) = match deadline {
        Some(deadline) if deadline < own => (deadline, TimeoutKind::Deadline),
        Some(_) | None => (own, TimeoutKind::Attempt),
    };
    let exchange = exchange(plan, request, awaited);
    timeout_at(until, exchange)
        .await
        .unwrap_or(Reply::TimedOut(kind))
}

async fn exchange(plan: &Plan, mut request: Request<Body>, awaited: Option<&Awaited>) -> Reply {
    let client = &*plan.draft.client.inner;
    if let Some(awaited) = awaited {
        let token = awaited.get().await;
        let added = token.and_then(|token| {
            bear(request.headers_mut(), &token).map_err(|error| Arc::new(error) as _)
        });
        if let Err(error) = added {
            return Reply::NoToken(error);
        }
    }
    let (parts, mut body) = match client.transport.send(request).await {
        Ok(response) => response.into_parts(),
        Err(error) => return Reply::Lost(error),
    };
    let success = match plan.draft.reading.at(parts.status) {
        Some(Reading::Open) => return Reply::Open(parts, body),
        Some(Reading::Whole | Reading::ByStatus(_)) => true,
        // A part of the body is enough for an error, and nothing of it for a redirect.
        Some(Reading::Redirect) | None => false,
    };
    let limit = if success {
        client.max_response_bytes
    } else {
        client.max_response_bytes.min(ERROR_BODY as u64)
    };
    if success && body.announced() > limit {
        return Reply::TooLarge(parts);
    }
    let mut text = Chunked::default();
    loop {
        match body.chunk().await {
            Ok(None) => break,
            Ok(Some(chunk)) if text.len() + chunk.len() as u64 <= limit => text.push(chunk),
            Ok(Some(_)) if success => return Reply::TooLarge(parts),
            Ok(Some(chunk)) => {
                text.push(chunk.slice(..(limit - text.len()) as usize));
                break;
            }
            Err(error) if success => return Reply::Lost(error),
            // The status is enough for an error; a partial body may add details.
            Err(_) => break,
        }
    }
    Reply::Full(parts, text.finish())
}

impl Plan {
    /// Prepares the same request again, with the number of the retry.
    fn repeat(&self, retry: u32) -> Result<Request<Body>> {
        let mut request = prepare(&self.draft)?;
        if self.count_retries {
            request
                .headers_mut()
                .insert(RETRY_COUNT, HeaderValue::from(retry));
        }
        Ok(request)
    }

    fn judge(&self, reply: Reply, attempt: u32) -> Result<(Meta, Bytes, Option<Body>), Failed> {
        let meta = |parts: Parts| Meta {
            status: parts.status,
            headers: parts.headers,
            attempts: attempt,
        };
        match reply {
            Reply::Full(parts, body) => {
                let meta = meta(parts);
                self.record(&meta);
                if self.draft.reading.at(meta.status).is_some() {
                    Ok((meta, body, None))
                } else {
                    Err(self.refused(meta, body))
                }
            }
            Reply::Open(parts, body) => {
                let meta = meta(parts);
                self.record(&meta);
                Ok((meta, Bytes::new(), Some(body)))
            }
            Reply::TooLarge(parts) => {
                let limit = self.draft.client.inner.max_response_bytes;
                let meta = meta(parts).scrubbed(&mut secrets(&self.draft));
                Err(Failed {
                    error: Error::TooLarge(Box::new(TooLargeError { meta, limit })),
                    again: Again::Never,
                })
            }
            Reply::NoToken(source) => Err(Failed {
                error: Error::Token(TokenError { source }),
                again: Again::Never,
            }),
            Reply::Lost(error) => Err(self.lost(error, attempt)),
            Reply::TimedOut(kind) => {
                let again = if self.repeatable && kind == TimeoutKind::Attempt {
                    Again::Backoff
                } else {
                    Again::Never
                };
                Err(Failed {
                    error: timeout(kind, None, attempt),
                    again,
                })
            }
        }
    }

    fn record(&self, meta: &Meta) {
        self.span
            .record("status", meta.status.as_u16())
            .record("request_id", meta.request_id())
            .record("attempts", meta.attempts);
    }

    /// Handles a response with an error status.
    fn refused(&self, meta: Meta, body: Bytes) -> Failed {
        let response = ErrorResponse {
            method: self.draft.method(),
            status: meta.status,
            headers: &meta.headers,
            attempt: meta.attempts,
            idempotent: self.repeatable,
            statuses: self.retry.statuses.as_deref(),
        };
        let again = match (retry::wanted(&self.retry, &response), meta.retry_after()) {
            (false, _) => Again::Never,
            (true, Some(delay)) => Again::After(delay),
            (true, None) => Again::Backoff,
        };
        let error = ApiError::new(meta, body, secrets(&self.draft));
        Failed {
            error: Error::Api(Box::new(error)),
            again,
        }
    }

    /// Handles a failure to receive a complete response.
    fn lost(&self, error: TransportError, attempts: u32) -> Failed {
        let again = match error.kind() {
            TransportErrorKind::Connect | TransportErrorKind::ConnectTimeout => Again::Backoff,
            TransportErrorKind::Io | TransportErrorKind::Timeout if self.repeatable => {
                Again::Backoff
            }
            TransportErrorKind::Io
            | TransportErrorKind::Timeout
            | TransportErrorKind::Request
            | TransportErrorKind::Tls => Again::Never,
        };
        let error = broken(&self.draft, error, attempts);
        Failed { error, again }
    }

    /// Returns the delay before the next attempt, or `None` if the call must not be retried.
    fn delay(&self, again: &Again, attempt: u32, deadline: Option<Instant>) -> Option<Duration> {
        if attempt > self.retry.max_retries || !self.draft.is_repeatable() {
            return None;
        }
        let delay = match *again {
            Again::Never => return None,
            Again::Backoff => retry::backoff(&self.retry, attempt),
            Again::After(delay) if delay > self.retry.max_server_delay => return None,
            Again::After(delay) => delay,
        };
        let next = Instant::now().checked_add(delay)?;
        let is_late = deadline.is_some_and(|deadline| next >= deadline);
        (!is_late && self.may_retry(again)).then_some(delay)
    }

    /// Pays for a retry, unless the server asks for it.
    fn may_retry(&self, again: &Again) -> bool {
        let is_asked = matches!(again, Again::After(_));
        is_asked || !self.retry.budget || self.draft.client.inner.retries.pay()
    }
}

/// Reads the rest of the body.
#[cfg(feature = "cli")]
pub(crate) async fn whole(mut raw: Raw) -> Result<Raw> {
    let limit = raw.draft.client.inner.max_response_bytes;
    let mut all = Vec::new();
    while let Some(body) = &mut raw.rest {
        let chunk = body.chunk().await;
        match chunk.map_err(|error| broken(&raw.draft, error, raw.meta.attempts))? {
            None => raw.rest = None,
            Some(chunk) if (all.len() + chunk.len()) as u64 > limit => {
                return Err(raw.unlike("the body is too large"));
            }
            Some(chunk) => all.extend_from_slice(&chunk),
        }
    }
    raw.body = all.into();
    Ok(raw)
}

/// Returns the error for a failed connection.
pub(crate) fn broken(draft: &Draft, error: TransportError, attempts: u32) -> Error {
    match error.kind() {
        TransportErrorKind::ConnectTimeout => timeout(TimeoutKind::Connect, Some(error), attempts),
        TransportErrorKind::Timeout => timeout(TimeoutKind::Attempt, Some(error), attempts),
        TransportErrorKind::Connect
        | TransportErrorKind::Io
        | TransportErrorKind::Request
        | TransportErrorKind::Tls => {
            let cause = scrub(json::shorten(&error.innermost()), &mut secrets(draft));
            Error::Connection(Box::new(ConnectionError {
                cause,
                source: error,
                attempts,
            }))
        }
    }
}

pub(crate) fn timeout(kind: TimeoutKind, source: Option<TransportError>, attempts: u32) -> Error {
    Error::Timeout(Box::new(TimeoutError {
        kind,
        source,
        attempts,
    }))
}
