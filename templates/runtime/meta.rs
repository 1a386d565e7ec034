// @generated runtime. Do not edit: it is copied from the generator's templates.
//! The status and the headers of a response.
//!
//! In: a response from a transport. Out: [`Meta`], which values and errors share. Not here: bodies.

use std::fmt::{self, Display, Formatter};
use std::time::Duration;

use http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use http::{HeaderMap, StatusCode};

use super::auth::scrub;
use super::retry;
use crate::service::SERVICE;

/// A response without its body.
#[derive(Clone)]
pub(crate) struct Meta {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) attempts: u32,
}

impl Meta {
    pub(crate) fn request_id(&self) -> Option<&str> {
        self.headers.get(SERVICE.request_id_header)?.to_str().ok()
    }

    pub(crate) fn content_type(&self) -> Option<&str> {
        self.headers.get(CONTENT_TYPE)?.to_str().ok()
    }

    /// Returns the compression of the body, if the client did not undo it.
    pub(crate) fn compression(&self) -> Option<&str> {
        let encoding = self.headers.get(CONTENT_ENCODING)?.to_str().ok()?.trim();
        (!encoding.is_empty() && !encoding.eq_ignore_ascii_case("identity")).then_some(encoding)
    }

    pub(crate) fn retry_after(&self) -> Option<Duration> {
        retry::server_delay(&self.headers)
    }

    /// Removes the request id if it contains a credential that the server echoes, so no error
    /// prints it.
    pub(crate) fn scrubbed(mut self, secrets: &mut [String]) -> Self {
        let leaks = |text: &str| scrub(text.to_owned(), secrets) != text;
        if self.request_id().is_some_and(leaks) {
            self.headers.remove(SERVICE.request_id_header);
        }
        self
    }
}

impl fmt::Debug for Meta {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}{self}", self.status)
    }
}

/// Shows ` (request req_1) (after 3 attempts)`, or the parts of it that apply.
impl Display for Meta {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if let Some(id) = self.request_id() {
            write!(f, " (request {id})")?;
        }
        Attempts(self.attempts).fmt(f)
    }
}

/// Shows ` (status 201 Created) (request req_1)`, or the parts of it that are known.
pub(crate) struct Head<'a>(pub(crate) Option<&'a Meta>);

impl Display for Head<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Some(meta) = self.0 else {
            return Ok(());
        };
        write!(f, " (status {})", meta.status)?;
        match meta.request_id() {
            Some(id) => write!(f, " (request {id})"),
            None => Ok(()),
        }
    }
}

/// Shows ` (after 3 attempts)`, or nothing after the first attempt.
pub(crate) struct Attempts(pub(crate) u32);

impl Display for Attempts {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.0 {
            0 | 1 => Ok(()),
            n => write!(f, " (after {n} attempts)"),
        }
    }
}
