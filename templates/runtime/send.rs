// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Sending: attempts, delays and time limits.
//!
//! In: a prepared request. Out: a raw response with a success status, or an error. Not here: types of the document;
//! nothing is generic, so it is compiled once. All time is Tokio's, so tests can pause it.

use std::future::{Future, ready};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderValue, Request};
use tokio::time::{Instant, sleep};

use super::api_error::ApiError;
use super::draft::Draft;
use super::drivers::Checked;
use super::error::{
    ConnectionError, Error, Result, TimeoutError, TimeoutKind, TokenError, TooLargeError,
};
use super::exchange::{Outcome, Reply, one_attempt};
use super::meta::Meta;
use super::request::{prepare, secrets};
use super::response::Raw;
use super::retry::{self, ErrorResponse, RetryPolicy};
use super::sending::{Body, TransportError, TransportErrorKind};
use super::telemetry::CallSpan;
use super::token::Awaited;
use super::url::PlainHttp;
use crate::service::SERVICE;

/// The future of a call before decoding.
pub(crate) type RawFuture = Pin<Box<dyn Future<Output = Result<Raw>> + Send>>;

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
    span: CallSpan,
}

/// Prepares a call. Nothing is sent before the future is polled.
pub(crate) fn start(draft: &Arc<Draft>) -> RawFuture {
    match prepare(draft) {
        Ok(request) => {
            let plan = plan(draft, &request);
            let span = plan.span.clone();
            Box::pin(Checked(Box::pin(span.around(run(plan, request)))))
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
        span: CallSpan::new(draft),
    }
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

async fn run(plan: Plan, request: Request<Body>) -> Result<Raw> {
    let outcome = attempts(&plan, request).await;
    match &outcome {
        Ok(raw) => plan.span.finish(&raw.meta),
        Err(error) => plan.span.fail(error),
    }
    outcome
}

async fn attempts(plan: &Plan, mut request: Request<Body>) -> Result<Raw> {
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
    // The number of retries that the budget paid for.
    let mut paid = 0;
    // The number of requests that were repeated because the server rejected a token.
    let mut renewed = 0;
    loop {
        plan.span.attempt(attempt + renewed);
        let awaited: Option<Awaited> = request.extensions_mut().remove();
        let reply = one_attempt(
            &plan.draft,
            plan.timeout,
            request,
            awaited.as_ref(),
            deadline,
        )
        .await;
        let can_renew = renewed == 0 && reply.refuses_token() && plan.draft.is_repeatable();
        if let Some(awaited) = awaited.filter(|_| can_renew) {
            awaited.refused();
            renewed = 1;
            request = prepare(&plan.draft)?;
            continue;
        }
        let failed = match plan.judge(reply, attempt + renewed) {
            Ok(raw) => {
                plan.draft.client.inner.retries.refund(paid);
                return Ok(raw);
            }
            Err(failed) => failed,
        };
        let Some(delay) = plan.delay(&failed.again, attempt, deadline) else {
            return Err(failed.error);
        };
        paid += u32::from(plan.is_paid(&failed.again));
        plan.span.retry(attempt, delay, &failed.error);
        if !delay.is_zero() {
            sleep(delay).await;
        }
        request = plan.repeat(attempt)?;
        attempt += 1;
    }
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

    fn judge(&self, reply: Reply, attempt: u32) -> Result<Raw, Failed> {
        let meta = reply.head.map(|parts| Meta {
            status: parts.status,
            headers: parts.headers,
            attempts: attempt,
        });
        let scrubbed = |meta: Meta| Box::new(meta.scrubbed(&mut secrets(&self.draft)));
        let never = |error| Failed {
            error,
            again: Again::Never,
        };
        match (reply.outcome, meta) {
            (Outcome::Full(body), Some(meta)) => match self.draft.reading.at(meta.status) {
                Some(_) => Ok(self.raw(meta, body, None)),
                None => Err(self.refused(meta, body)),
            },
            (Outcome::Open(body), Some(meta)) => Ok(self.raw(meta, Bytes::new(), Some(body))),
            (Outcome::TooLarge, Some(meta)) => {
                let limit = self.draft.client.inner.max_response_bytes;
                let meta = *scrubbed(meta);
                Err(never(Error::TooLarge(Box::new(TooLargeError {
                    meta,
                    limit,
                }))))
            }
            (Outcome::NoToken(source), _) => Err(never(match source.downcast_ref() {
                Some(PlainHttp) => PlainHttp.into(),
                None => Error::Token(TokenError { source }),
            })),
            (Outcome::Lost(error), meta) => Err(self.lost(error, meta.map(scrubbed), attempt)),
            (Outcome::TimedOut(kind), meta) => Err(Failed {
                error: timeout(kind, None, meta.map(scrubbed), attempt),
                again: match kind {
                    TimeoutKind::Attempt | TimeoutKind::Stalled if self.repeatable => {
                        Again::Backoff
                    }
                    _ => Again::Never,
                },
            }),
            // Not without a head.
            (Outcome::Full(_) | Outcome::Open(_) | Outcome::TooLarge, None) => {
                Err(never(Error::Config("the response has no status".into())))
            }
        }
    }

    fn raw(&self, meta: Meta, body: Bytes, rest: Option<Body>) -> Raw {
        Raw {
            meta,
            body,
            rest,
            draft: self.draft.clone(),
        }
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
    fn lost(&self, error: TransportError, meta: Option<Box<Meta>>, attempts: u32) -> Failed {
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
        let error = broken(error, meta, attempts);
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
            Again::After(delay) => retry::spread(delay),
        };
        let next = Instant::now().checked_add(delay)?;
        let is_late = deadline.is_some_and(|deadline| next >= deadline);
        let budget = &self.draft.client.inner.retries;
        (!is_late && (!self.is_paid(again) || budget.pay())).then_some(delay)
    }

    /// Returns whether a retry counts against the budget: not if the server asks for it.
    fn is_paid(&self, again: &Again) -> bool {
        self.retry.budget && !matches!(again, Again::After(_))
    }
}

/// Reads the rest of the body.
#[cfg(feature = "cli")]
pub(crate) async fn whole(mut raw: Raw) -> Result<Raw> {
    let limit = raw.draft.client.inner.max_response_bytes;
    let mut all = Vec::new();
    while let Some(body) = &mut raw.rest {
        let chunk = body.chunk().await;
        let broken = |error| broken(error, Some(Box::new(raw.meta.clone())), raw.meta.attempts);
        match chunk.map_err(broken)? {
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
pub(crate) fn broken(error: TransportError, meta: Option<Box<Meta>>, attempts: u32) -> Error {
    match error.kind() {
        TransportErrorKind::ConnectTimeout => {
            timeout(TimeoutKind::Connect, Some(error), meta, attempts)
        }
        TransportErrorKind::Timeout => timeout(TimeoutKind::Attempt, Some(error), meta, attempts),
        TransportErrorKind::Connect
        | TransportErrorKind::Io
        | TransportErrorKind::Request
        | TransportErrorKind::Tls => Error::Connection(Box::new(ConnectionError {
            source: error,
            meta,
            attempts,
        })),
    }
}

pub(crate) fn timeout(
    kind: TimeoutKind,
    source: Option<TransportError>,
    meta: Option<Box<Meta>>,
    attempts: u32,
) -> Error {
    Error::Timeout(Box::new(TimeoutError {
        kind,
        source,
        meta,
        attempts,
    }))
}
