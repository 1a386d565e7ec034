// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Delays between attempts.
//!
//! Comes in: headers of replies and the policy. Goes out: durations. Must not be here: sleeping.

use std::hash::{BuildHasher, RandomState};
use std::time::{Duration, SystemTime};

use http::header::RETRY_AFTER;
use http::{HeaderMap, Method, StatusCode};

use super::options::RetryPolicy;

/// Whether a reply asks for another attempt.
pub(crate) fn wanted(status: StatusCode, headers: &HeaderMap) -> bool {
    match headers.get("x-should-retry").map(|value| value.as_bytes()) {
        Some(b"true") => true,
        Some(b"false") => false,
        Some(_) | None => matches!(status.as_u16(), 408 | 409 | 429 | 500..),
    }
}

/// Whether a method can be sent twice with the effect of once (RFC 9110, section 9.2.2; RFC 10008 of `QUERY`).
pub(crate) fn is_idempotent(method: &Method) -> bool {
    matches!(
        method.as_str(),
        "GET" | "HEAD" | "OPTIONS" | "TRACE" | "PUT" | "DELETE" | "QUERY"
    )
}

/// The delay that a server asks for, if it makes sense. One beyond all bounds is `Duration::MAX`.
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

/// A number of `1 / per_second` seconds. Not negative, and not one of the words that Rust takes for a number.
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

/// The delay before retry number `retry`, from 1: doubled each time, up to the maximum, times 0.75 to 1.
pub(crate) fn backoff(policy: &RetryPolicy, retry: u32) -> Duration {
    let factor = 2_u32.saturating_pow(retry - 1);
    let delay = policy
        .initial_delay
        .saturating_mul(factor)
        .min(policy.max_delay);
    // The hasher of the standard library is seeded at random: enough for jitter, and no dependency.
    let random = RandomState::new().hash_one(0_u8) % 1024;
    delay - delay / 4096 * random as u32
}
