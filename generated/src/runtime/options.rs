// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Options of a client and of a single call.
//!
//! In: the caller's settings. Out: plain data that `request` and `send` read. Not here: checks, which belong to the
//! modules that use the settings.

use std::fmt::{self, Formatter};
use std::time::Duration;

use serde_json::Value;

use super::retry::RetryPolicy;

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
    /// client. A cookie replaces the client's cookie with the same name. Call this method several times to send a header
    /// several times, if its values form a list.
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
