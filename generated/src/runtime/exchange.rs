// @generated runtime. Do not edit: it is copied from the generator's templates.
//! One attempt: a request and its response, within the time limits.
//!
//! In: a request, a transport. Out: [`Reply`], which keeps the head of a response whose body is lost. Not here: what a reply means,
//! other attempts.

use std::error::Error as StdError;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::response::Parts;
use http::{Request, StatusCode};
use tokio::time::{Instant, timeout_at};

use super::draft::{Draft, Reading};
use super::error::TimeoutKind;
use super::received::Chunked;
use super::request::bear;
use super::response::ERROR_BODY;
use super::sending::{Body, TransportError};
use super::throughput::{Reader, Stalled};
use super::token::Awaited;

/// A duration that is longer than any meaningful timeout.
pub(crate) const FAR: Duration = Duration::from_secs(30 * 365 * 24 * 3600);

/// The outcome of an attempt.
pub(crate) struct Reply {
    /// The status and the headers, if they arrived.
    pub(crate) head: Option<Parts>,
    pub(crate) outcome: Outcome,
}

pub(crate) enum Outcome {
    Full(Bytes),
    /// The body is still to be read.
    Open(Body),
    TooLarge,
    NoToken(Arc<dyn StdError + Send + Sync>),
    Lost(TransportError),
    TimedOut(TimeoutKind),
}

impl Reply {
    /// Returns whether the status is `401 Unauthorized`: the token has expired or was revoked (RFC
    /// 6750, section 3.1).
    pub(crate) fn refuses_token(&self) -> bool {
        let mut head = self.head.iter();
        matches!(self.outcome, Outcome::Full(_))
            && head.any(|head| head.status == StatusCode::UNAUTHORIZED)
    }
}

/// Sends the request once and reads the response, within the time limits of the attempt and the call.
pub(crate) async fn one_attempt(
    draft: &Draft,
    timeout: Duration,
    request: Request<Body>,
    awaited: Option<&Awaited>,
    deadline: Option<Instant>,
) -> Reply {
    let now = Instant::now();
    let own = now.checked_add(timeout).unwrap_or(now + FAR);
    let (until, kind) = match deadline {
        Some(deadline) if deadline < own => (deadline, TimeoutKind::Deadline),
        Some(_) | None => (own, TimeoutKind::Attempt),
    };
    let mut head = None;
    let outcome = timeout_at(until, exchange(draft, request, awaited, &mut head)).await;
    let outcome = outcome.unwrap_or(Outcome::TimedOut(kind));
    Reply { head, outcome }
}

async fn exchange(
    draft: &Draft,
    mut request: Request<Body>,
    awaited: Option<&Awaited>,
    head: &mut Option<Parts>,
) -> Outcome {
    let client = &*draft.client.inner;
    if let Some(awaited) = awaited {
        let token = awaited.get().await;
        let added = token.and_then(|token| {
            bear(request.headers_mut(), &token).map_err(|error| Arc::new(error) as _)
        });
        if let Err(error) = added {
            return Outcome::NoToken(error);
        }
    }
    let (parts, mut body) = match client.transport.send(request).await {
        Ok(response) => response.into_parts(),
        Err(error) => return Outcome::Lost(error),
    };
    let reading = draft.reading.at(parts.status);
    *head = Some(parts);
    let success = match reading {
        Some(Reading::Open) => return Outcome::Open(body),
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
        return Outcome::TooLarge;
    }
    let mut reader = Reader::new(client.throughput);
    let mut text = Chunked::default();
    loop {
        match reader.chunk(&mut body).await {
            Ok(Ok(None)) => break,
            Ok(Ok(Some(chunk))) if text.len() + chunk.len() as u64 <= limit => text.push(chunk),
            Ok(Ok(Some(_))) if success => return Outcome::TooLarge,
            Ok(Ok(Some(chunk))) => {
                text.push(chunk.slice(..(limit - text.len()) as usize));
                break;
            }
            Ok(Err(error)) if success => return Outcome::Lost(error),
            Err(Stalled) if success => return Outcome::TimedOut(TimeoutKind::Stalled),
            // The status is enough for an error; a partial body may add details.
            Ok(Err(_)) | Err(Stalled) => break,
        }
    }
    Outcome::Full(text.finish())
}
