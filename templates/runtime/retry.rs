// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Decides whether and when a request is sent again.
//!
//! In: the policy of the caller, and responses. Out: decisions and durations. Not here: sleeping.

use std::fmt::{self, Formatter};
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use http::header::RETRY_AFTER;
use http::{HeaderMap, HeaderValue, Method, StatusCode};

/// Decides which failures are retried, and when.
///
/// A request is sent again
/// - after a response with status 408, 409, 429 or 500 and above, unless its header `x-should-retry` is `false`; with
///   `x-should-retry: true`, after any other error status, too;
/// - if the client could not connect: nothing was sent;
/// - if the response was lost (a timeout, a failed connection, an incomplete body), but only if a second request does
///   no harm: the operation is idempotent, as most methods are (RFC 9110, section 9.2.2), or the request has an
///   idempotency key. [`retry_non_idempotent`](Self::retry_non_idempotent) sends any request again.
///
/// The delay is the one that the server asks for (`retry-after-ms`, else `retry-after`), plus a random tenth (at most 5 seconds), so that
/// clients do not come back all at once. If it asks for none, the delay
/// doubles from [`initial_delay`](Self::initial_delay) to [`max_delay`](Self::max_delay), minus a random quarter at most.
/// Retries carry the header `x-retry-count`: 1, 2 and so on.
///
/// ```
/// # use std::time::Duration;
#[doc = concat!("use ", env!("CARGO_CRATE_NAME"), "::RetryPolicy;")]
///
/// let policy = RetryPolicy::new().max_retries(5).max_server_delay(Duration::from_secs(10));
/// ```
#[derive(Clone)]
pub struct RetryPolicy {
    pub(crate) max_retries: u32,
    pub(crate) initial_delay: Duration,
    pub(crate) max_delay: Duration,
    pub(crate) max_server_delay: Duration,
    pub(crate) retry_non_idempotent: bool,
    pub(crate) budget: bool,
    pub(crate) statuses: Option<Vec<u16>>,
    pub(crate) wanted: Option<Arc<dyn Fn(&ErrorResponse<'_>) -> bool + Send + Sync>>,
}

impl fmt::Debug for RetryPolicy {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("RetryPolicy")
            .field("max_retries", &self.max_retries)
            .field("initial_delay", &self.initial_delay)
            .field("max_delay", &self.max_delay)
            .field("max_server_delay", &self.max_server_delay)
            .field("retry_non_idempotent", &self.retry_non_idempotent)
            .field("budget", &self.budget)
            .field("statuses", &self.statuses)
            .finish_non_exhaustive()
    }
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            max_retries: 2,
            initial_delay: Duration::from_millis(500),
            max_delay: Duration::from_secs(8),
            max_server_delay: Duration::from_secs(60),
            retry_non_idempotent: false,
            budget: true,
            statuses: None,
            wanted: None,
        }
    }
}

impl RetryPolicy {
    /// Creates the default policy: two retries, after about 0.5 and 1 seconds.
    pub fn new() -> Self {
        Self::default()
    }

    /// Creates a policy that never retries.
    pub fn none() -> Self {
        Self::default().max_retries(0)
    }

    /// Sets the number of retries. Default: 2, which makes 3 attempts.
    pub fn max_retries(mut self, max_retries: u32) -> Self {
        self.max_retries = max_retries;
        self
    }

    /// Sets the delay before the first retry, if the server asks for none. Default: 0.5 seconds.
    pub fn initial_delay(mut self, delay: Duration) -> Self {
        self.initial_delay = delay;
        self
    }

    /// Sets the longest delay, if the server asks for none. Default: 8 seconds.
    pub fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay;
        self
    }

    /// Sets the longest delay that the server may ask for. If it asks for more, the call fails
    /// immediately, and [`retry_after`](crate::Error::retry_after) returns the delay. Default: 60
    /// seconds.
    pub fn max_server_delay(mut self, delay: Duration) -> Self {
        self.max_server_delay = delay;
        self
    }

    /// Sets whether to retry any method after a response was lost. The server may then process a request twice.
    /// Default: `false`.
    pub fn retry_non_idempotent(mut self, retry: bool) -> Self {
        self.retry_non_idempotent = retry;
        self
    }

    /// Sets whether retries count against the budget that all calls of a client share. The budget of a new client is 100 retries. A
    /// call that succeeds gives back its retries, or a fifth of one if it had none. Without a budget left, calls fail at their first
    /// failure, so a service that is down does not get several times its usual requests. Retries that the server asks for with a
    /// delay do not count. Default: `true`.
    pub fn budget(mut self, budget: bool) -> Self {
        self.budget = budget;
        self
    }

    /// Sets the statuses after which a request is sent again, instead of 408, 409, 429 and 500 and
    /// above. The header `x-should-retry` takes precedence if the server sends it.
    pub fn statuses(mut self, statuses: impl IntoIterator<Item = u16>) -> Self {
        self.statuses = Some(statuses.into_iter().collect());
        self
    }

    /// Sets a predicate that decides after which responses a request is sent again. It replaces the
    /// statuses and `x-should-retry`.
    ///
    /// ```
    #[doc = concat!("use ", env!("CARGO_CRATE_NAME"), "::RetryPolicy;")]
    ///
    /// let policy = RetryPolicy::new().retry_if(|response| match response.status().as_u16() {
    ///     // A gateway may have lost the response to a request that was processed.
    ///     502 | 504 => response.is_idempotent(),
    ///     // A limit, if it says when it ends.
    ///     403 => response.retry_after().is_some(),
    ///     _ => response.is_retried_by_default(),
    /// });
    /// ```
    pub fn retry_if(
        mut self,
        wanted: impl Fn(&ErrorResponse<'_>) -> bool + Send + Sync + 'static,
    ) -> Self {
        self.wanted = Some(Arc::new(wanted));
        self
    }
}

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
    delay - delay / 4096 * random()
}

/// Returns the delay that a server asks for, plus a random tenth at most, and at most 5 seconds.
pub(crate) fn spread(delay: Duration) -> Duration {
    let most = (delay / 10).min(Duration::from_secs(5));
    delay.saturating_add(most / 1024 * random())
}

/// Returns a random number below 1024.
fn random() -> u32 {
    // The standard library's hasher has a random seed: enough for jitter, without a dependency.
    (RandomState::new().hash_one(0_u8) % 1024) as u32
}
