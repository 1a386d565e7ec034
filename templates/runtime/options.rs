// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Options of a client and of a single call.
//!
//! Comes in: what the caller sets. Goes out: plain settings that `request` and `send` read. Must not be here: checks,
//! which belong to where the settings are used.

use std::fmt::{self, Formatter};
use std::time::Duration;

use serde_json::Value;

/// Options of one call, beyond the parameters of its operation. They win over everything else that is set.
///
/// `{:?}` shows the names of headers, query parameters and body properties, never their values.
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
    /// Names and JSON texts.
    pub(crate) body: Vec<(String, String)>,
    pub(crate) timeout: Option<Duration>,
    pub(crate) deadline: Option<Duration>,
    pub(crate) retry: Option<RetryPolicy>,
    pub(crate) max_retries: Option<u32>,
    pub(crate) idempotency_key: Option<String>,
}

impl CallOptions {
    /// No options.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sends a header, in place of any other of its name; `authorization` replaces the client's credential.
    /// A name or value that HTTP does not allow is an [`InvalidArgument`](crate::Error::InvalidArgument).
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), Some(value.into())));
        self
    }

    /// Does not send a header that the client would send otherwise.
    pub fn remove_header(mut self, name: impl Into<String>) -> Self {
        self.headers.push((name.into(), None));
        self
    }

    /// Sends a query parameter, in place of the operation's own if it has one of that name. A name that is given
    /// more than once is sent as often. Name and value are escaped.
    pub fn query(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.query.push((name.into(), value.into()));
        self
    }

    /// Sends a property in the JSON body, in place of the operation's own if it has one of that name. A call without
    /// a body gets one.
    pub fn body(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        let name = name.into();
        self.body.retain(|(other, _)| *other != name);
        self.body.push((name, value.into().to_string()));
        self
    }

    /// How long each attempt may take, the body of its reply included. Default: that of the client.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// How long the call may take, all attempts and the delays between them included. Where the next delay would
    /// pass it, the last error comes back at once. Default: that of the client.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = Some(deadline);
        self
    }

    /// What to try again, and when. Default: that of the client.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = Some(policy);
        self
    }

    /// How often to try again, in place of [`RetryPolicy::max_retries`].
    pub fn max_retries(mut self, max_retries: u32) -> Self {
        self.max_retries = Some(max_retries);
        self
    }

    /// Sends this key with each attempt, so that the server can tell a repeated request from a second one. It also
    /// allows a request to be sent again after its reply was lost, whatever its method.
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

/// What to try again, and when.
///
/// A request is sent again
/// - after a reply with status 408, 409, 429 or 500 and above; the reply's header `x-should-retry`, `true` or
///   `false`, decides if it is there;
/// - if no connection came about: nothing was sent;
/// - if the reply was lost (the time ran out, the connection failed, the body broke off), but only where sending
///   twice does no harm: the method is idempotent (RFC 9110, section 9.2.2), or the request has an idempotency key,
///   or [`retry_non_idempotent`](Self::retry_non_idempotent) is set.
///
/// The delay is what the server asks for (`retry-after-ms`, else `retry-after`), else it doubles from
/// [`initial_delay`](Self::initial_delay) to [`max_delay`](Self::max_delay), shortened by up to a quarter at random.
/// Retries have the header `x-retry-count`: 1, 2 and so on.
///
/// ```
/// # use std::time::Duration;
#[doc = concat!("use ", env!("CARGO_CRATE_NAME"), "::RetryPolicy;")]
///
/// let policy = RetryPolicy::new().max_retries(5).max_server_delay(Duration::from_secs(10));
/// ```
#[derive(Clone, Debug)]
pub struct RetryPolicy {
    pub(crate) max_retries: u32,
    pub(crate) initial_delay: Duration,
    pub(crate) max_delay: Duration,
    pub(crate) max_server_delay: Duration,
    pub(crate) retry_non_idempotent: bool,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            max_retries: 2,
            initial_delay: Duration::from_millis(500),
            max_delay: Duration::from_secs(8),
            max_server_delay: Duration::from_secs(60),
            retry_non_idempotent: false,
        }
    }
}

impl RetryPolicy {
    /// The defaults: two retries after about 0.5 and 1 seconds.
    pub fn new() -> Self {
        Self::default()
    }

    /// Never tries again.
    pub fn none() -> Self {
        Self::default().max_retries(0)
    }

    /// How often to try again. Default: 2, so 3 attempts.
    pub fn max_retries(mut self, max_retries: u32) -> Self {
        self.max_retries = max_retries;
        self
    }

    /// The delay before the first retry, where the server says nothing. Default: 0.5 seconds.
    pub fn initial_delay(mut self, delay: Duration) -> Self {
        self.initial_delay = delay;
        self
    }

    /// The longest delay, where the server says nothing. Default: 8 seconds.
    pub fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay;
        self
    }

    /// The longest delay that the server may ask for. If it asks for more, the error comes back at once, with
    /// [`retry_after`](crate::Error::retry_after). Default: 60 seconds.
    pub fn max_server_delay(mut self, delay: Duration) -> Self {
        self.max_server_delay = delay;
        self
    }

    /// Whether to send any request again after its reply was lost. The server may then do its work twice.
    /// Default: `false`.
    pub fn retry_non_idempotent(mut self, retry: bool) -> Self {
        self.retry_non_idempotent = retry;
        self
    }
}
