// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Decides whether and when a request is sent again.
//!
//! In: responses and the policy. Out: decisions and durations. Not here: sleeping.

use std::hash::{BuildHasher, RandomState};
use std::time::{Duration, SystemTime};

use http::header::RETRY_AFTER;
use http::{HeaderMap, HeaderValue, Method, StatusCode};

use super::options::RetryPolicy;

/// A response with an error status, for [`RetryPolicy::retry_if`].
#[derive(Debug)]
pub struct ErrorResponse<'a> {
    pub(crate) method: &'a Method,
    pub(crate) status: StatusCode,
    pub(crate) headers: &'a HeaderMap,
    pub(crate) attempt: u32,
    pub(crate) idempotent: bool,
    pub(crate) statuses: Option<&'a [u16]>,
}

impl ErrorResponse<'_> {
    /// Returns the status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Returns the headers.
    pub fn headers(&self) -> &HeaderMap {
        self.headers
    }

    /// Returns the method of the request.
    pub fn method(&self) -> &Method {
        self.method
    }

    /// Returns the number of the attempt that failed, from 1.
    pub fn attempt(&self) -> u32 {
        self.attempt
    }

    /// Returns the delay that the server asks for.
    pub fn retry_after(&self) -> Option<Duration> {
        server_delay(self.headers)
    }

    /// Returns whether a second request is harmless: the method is idempotent, the request has an
    /// idempotency key, or the policy allows it.
    pub fn is_idempotent(&self) -> bool {
        self.idempotent
    }

    /// Returns whether the default rules retry the request. The server can decide with the header
    /// `x-should-retry`.
    pub fn is_retried_by_default(&self) -> bool {
        match self
            .headers
            .get("x-should-retry")
            .map(HeaderValue::as_bytes)
        {
            Some(b"true") => true,
            Some(b"false") => false,
            Some(_) | None => match self.statuses {
                Some(statuses) => statuses.contains(&self.status.as_u16()),
                None => matches!(self.status.as_u16(), 408 | 409 | 429 | 500..),
            },
        }
    }
}

/// Returns whether a request is sent again after this response.
pub(crate) fn wanted(policy: &RetryPolicy, response: &ErrorResponse<'_>) -> bool {
    match &policy.wanted {
        Some(wanted) => wanted(response),
        None => response.is_retried_by_default(),
    }
}

/// Returns whether repeating a request of this method has no further effect (RFC 9110, section
/// 9.2.2; RFC 10008 for `QUERY`).
pub(crate) fn is_idempotent(method: &Method) -> bool {
    matches!(
        method.as_str(),
        "GET" | "HEAD" | "OPTIONS" | "TRACE" | "PUT" | "DELETE" | "QUERY"
    )
}

/// Returns the delay that a server asks for, if it is valid. An overflowing delay becomes
/// `Duration::MAX`.
pub(crate) fn server_delay(headers: &HeaderMap) -> Option<Duration> {
    let text = |name: &str| headers.get(name)?.to_str().ok().map(str::trim);
    if let Some(delay) = text("retry-after-ms").and_then(|text| number(text, 1000.0)) {
        return Some(delay);
    }
    let after = text(RETRY_AFTER.as_str())?;
    number(after, 1.0).or_else(|| {
        httpdate::parse_http_date(after)
            .ok()?
            .duration_since(SystemTime::now())
            .ok()
    })
}

/// Parses a number of `1 / per_second` seconds. Rejects negative numbers, and words such as `inf`
/// that Rust parses as floats.
fn number(text: &str, per_second: f64) -> Option<Duration> {
    if !text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'+' | b'-' | b'e' | b'E'))
    {
        return None;
    }
    let value: f64 = text.parse().ok()?;
    let positive = value >= 0.0;
    positive.then(|| Duration::try_from_secs_f64(value / per_second).unwrap_or(Duration::MAX))
}

/// Returns the delay before retry number `retry`, from 1: it doubles up to the maximum, times a
/// random factor of 0.75 to 1.
pub(crate) fn backoff(policy: &RetryPolicy, retry: u32) -> Duration {
    let factor = 2_u32.saturating_pow(retry - 1);
    let delay = policy
        .initial_delay
        .saturating_mul(factor)
        .min(policy.max_delay);
    // The standard library's hasher has a random seed: enough for jitter, without a dependency.
    let random = RandomState::new().hash_one(0_u8) % 1024;
    delay - delay / 4096 * random as u32
}
