// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Options of a client and of a single call.
//!
//! In: the caller's settings. Out: plain data that `request` and `send` read. Not here: checks, which belong to the
//! modules that use the settings.

use std::fmt::{self, Formatter};
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;

use super::retry::ErrorResponse;

/// How long connecting may take, unless the builder says otherwise.
pub(crate) const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// Options of one call, beyond the parameters of its operation. They override all other settings.
///
/// `Debug` shows the names of headers, query parameters and body properties, never their values.
///
/// ```
/// # use std::time::Duration;
#[doc = concat!("use ", env!("CARGO_CRATE_NAME"), "::CallOptions;")]
///
/// let options = CallOptions::new()
///     .header("x-trace", "on")
///     .query("debug", "1")
///     .timeout(Duration::from_secs(20))
///     .max_retries(5)
///     .idempotency_key("3fa85f64");
/// ```
#[derive(Clone, Default)]
pub struct CallOptions {
    /// `None` removes a header.
    pub(crate) headers: Vec<(String, Option<String>)>,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) removed_query: Vec<String>,
    /// Names and JSON texts.
    pub(crate) body: Vec<(String, String)>,
    pub(crate) timeout: Option<Duration>,
    pub(crate) deadline: Option<Duration>,
    pub(crate) retry: Option<RetryPolicy>,
    pub(crate) max_retries: Option<u32>,
    pub(crate) idempotency_key: Option<String>,
    pub(crate) base_url: Option<String>,
}

impl CallOptions {
    /// Creates empty options.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sends a header. It replaces any other header with that name, including a credential of the
    /// client. A cookie replaces the client's cookie with the same name.
    ///
    /// The call fails with [`InvalidArgument`](crate::Error::InvalidArgument) if HTTP does not allow the name or value.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), Some(value.into())));
        self
    }

    /// Removes a header that the client would otherwise send.
    pub fn remove_header(mut self, name: impl Into<String>) -> Self {
        self.headers.push((name.into(), None));
        self
    }

    /// Sends a query parameter. Name and value are escaped.
    ///
    /// It replaces a parameter of the operation, or the client's credential, with that name. Call
    /// this method several times to send a name several times.
    pub fn query(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.query.push((name.into(), value.into()));
        self
    }

    /// Removes a query parameter that the client would otherwise send, including a credential.
    pub fn remove_query(mut self, name: impl Into<String>) -> Self {
        let name = name.into();
        self.query.retain(|(other, _)| *other != name);
        self.removed_query.push(name);
        self
    }

    pub(crate) fn removes_query(&self, name: &str) -> bool {
        let is_set = self.query.iter().any(|(other, _)| other == name);
        !is_set && self.removed_query.iter().any(|other| other == name)
    }

    /// Sends a property in the JSON body. It replaces a property of the operation with that name. If the call has no
    /// body, it gets one.
    pub fn body(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        let name = name.into();
        self.body.retain(|(other, _)| *other != name);
        self.body.push((name, value.into().to_string()));
        self
    }

    /// Limits the time of each attempt, including the response body. Default: the client's.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Limits the time of the call, including all attempts and the delays between them. If the next
    /// delay would exceed the limit, the call fails immediately with the last error. Default: the
    /// client's.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = Some(deadline);
        self
    }

    /// Sets the retry policy. Default: the client's.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = Some(policy);
        self
    }

    /// Sets the number of retries. Overrides [`RetryPolicy::max_retries`].
    pub fn max_retries(mut self, max_retries: u32) -> Self {
        self.max_retries = Some(max_retries);
        self
    }

    /// Sends the request to another base URL, with the client's headers and credentials. See
    /// [`ClientBuilder::base_url`](crate::ClientBuilder::base_url).
    ///
    /// The call fails with [`InvalidArgument`](crate::Error::InvalidArgument) if the URL is not a base URL.
    pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
        self.base_url = Some(base_url.into());
        self
    }

    /// Sends an idempotency key with each attempt, which lets the server recognize retries. With a
    /// key, the client retries any method after a response was lost.
    pub fn idempotency_key(mut self, key: impl Into<String>) -> Self {
        self.idempotency_key = Some(key.into());
        self
    }
}

impl fmt::Debug for CallOptions {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let headers: Vec<&str> = self.headers.iter().map(|(name, _)| name.as_str()).collect();
        f.debug_struct("CallOptions")
            .field("headers", &headers)
            .field("query", &names(&self.query))
            .field("body", &names(&self.body))
            .field("timeout", &self.timeout)
            .field("deadline", &self.deadline)
            .field("retry", &self.retry)
            .field("max_retries", &self.max_retries)
            .finish_non_exhaustive()
    }
}

fn names(pairs: &[(String, String)]) -> Vec<&str> {
    pairs.iter().map(|(name, _)| name.as_str()).collect()
}

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
/// The delay is the one that the server asks for (`retry-after-ms`, else `retry-after`). If it asks for none, the delay
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
