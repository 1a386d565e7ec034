// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Delays between attempts.
//!
//! In: response headers and the policy. Out: durations. Not here: sleeping.

use std::hash::{BuildHasher, RandomState};
use std::time::{Duration, SystemTime};

use http::header::RETRY_AFTER;
use http::{HeaderMap, Method, StatusCode};

use super::options::RetryPolicy;

/// Returns true if a request can be sent again after this response. The server decides with `x-should-retry`.
pub(crate) fn wanted(status: StatusCode, headers: &HeaderMap) -> bool {
    match headers.get("x-should-retry").map(|value| value.as_bytes()) {
        Some(b"true") => true,
        Some(b"false") => false,
        Some(_) | None => matches!(status.as_u16(), 408 | 409 | 429 | 500..),
    }
}

/// Returns true if repeating a request of this method has no further effect (RFC 9110, section 9.2.2; RFC 10008 for `QUERY`).
pub(crate) fn is_idempotent(method: &Method) -> bool {
    matches!(
        method.as_str(),
        "GET" | "HEAD" | "OPTIONS" | "TRACE" | "PUT" | "DELETE" | "QUERY"
    )
}

/// The delay that a server asks for, if it is valid. A delay that overflows is `Duration::MAX`.
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

/// Parses a number of `1 / per_second` seconds. Refuses negative numbers and the words that Rust parses as floats.
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

/// The delay before retry number `retry`, from 1: it doubles up to the maximum, times a random factor of 0.75 to 1.
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
