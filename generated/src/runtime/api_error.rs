// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Responses with a status other than success.
//!
//! In: status, headers and body. Out: [`ApiError`]. Not here: what a body says (see `error_body`), its type (see `typed_error`), the
//! decision to retry.

use std::fmt::{self, Display, Formatter};
use std::time::Duration;

use bytes::Bytes;
use http::header::LOCATION;
use http::{HeaderMap, StatusCode};

use super::auth::scrub;
use super::meta::Meta;
use super::{error_body, json};
use crate::service::SERVICE;

/// The server answered with an error status, or with a success status and the service's error
/// object.
///
/// Message, code, type and parameter are read from the error object in the body, else from the body
/// itself. Known shapes are problem details (RFC 9457), OAuth's `error_description` (RFC 6749),
/// `detail` and lists of `errors`. If the body has none of them, its text is the message.
/// [`decode`](Self::decode) reads the body as the type that the document describes, and
/// [`body`](Self::body) returns the raw bytes.
pub struct ApiError {
    pub(crate) meta: Meta,
    pub(crate) body: Bytes,
    /// The texts that errors of `decode` mask.
    pub(crate) secrets: Box<[String]>,
    message: Option<String>,
    error_type: Option<String>,
    code: Option<String>,
    param: Option<String>,
    /// The target of a redirect.
    location: Option<String>,
}

/// The meaning of an error status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ApiErrorKind {
    /// 400: the request is malformed.
    BadRequest,
    /// 401: the credential is missing or wrong.
    Authentication,
    /// 403: the credential is not allowed to do this.
    PermissionDenied,
    /// 404: the resource does not exist.
    NotFound,
    /// 409: the request conflicts with the current state.
    Conflict,
    /// 422: the request is well-formed but cannot be processed.
    UnprocessableEntity,
    /// 429: too many requests.
    RateLimit,
    /// 500 and above: the server failed.
    InternalServer,
    /// Any other status, including redirects.
    Other,
}

impl ApiError {
    pub(crate) fn new(meta: Meta, body: Bytes, mut secrets: Vec<String>) -> Self {
        let mut fields = error_body::read(&body, meta.content_type(), &SERVICE.errors);
        if let Some(encoding) = meta.compression() {
            fields.message = Some(format!("the body is compressed ({encoding})"));
        }
        let location = meta
            .headers
            .get(LOCATION)
            .filter(|_| meta.status.is_redirection());
        let location = location.and_then(|location| location.to_str().ok());
        let mut clean =
            |text: Option<String>| text.map(|text| scrub(json::shorten(&text), &mut secrets));
        Self {
            message: clean(fields.message),
            error_type: clean(fields.kind),
            code: clean(fields.code),
            param: clean(fields.param),
            location: clean(location.map(str::to_owned)),
            meta: meta.scrubbed(&mut secrets),
            body,
            secrets: secrets.into(),
        }
    }

    /// Returns the status of the response.
    pub fn status(&self) -> StatusCode {
        self.meta.status
    }

    /// Returns the meaning of the status.
    pub fn kind(&self) -> ApiErrorKind {
        match self.meta.status.as_u16() {
            400 => ApiErrorKind::BadRequest,
            401 => ApiErrorKind::Authentication,
            403 => ApiErrorKind::PermissionDenied,
            404 => ApiErrorKind::NotFound,
            409 => ApiErrorKind::Conflict,
            422 => ApiErrorKind::UnprocessableEntity,
            429 => ApiErrorKind::RateLimit,
            500.. => ApiErrorKind::InternalServer,
            _ => ApiErrorKind::Other,
        }
    }

    /// Returns the server's error message, limited to 1 KiB: the message of the error object, else
    /// the text of the body. Returns `None` if the body is empty or a web page.
    pub fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }

    /// Returns the machine-readable code of the error. A number is returned as its digits.
    pub fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// Returns the parameter that caused the error.
    pub fn param(&self) -> Option<&str> {
        self.param.as_deref()
    }

    /// Returns the type of the error, as the server names it.
    pub fn error_type(&self) -> Option<&str> {
        self.error_type.as_deref()
    }

    /// Returns the id that the server gave the request, if any. Support teams ask for it.
    pub fn request_id(&self) -> Option<&str> {
        self.meta.request_id()
    }

    /// Returns the headers of the response.
    pub fn headers(&self) -> &HeaderMap {
        &self.meta.headers
    }

    /// Returns the raw body, limited to its first MiB. It is not masked, so it may contain secrets
    /// that the server echoed.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// Returns the number of attempts to send the request.
    pub fn attempts(&self) -> u32 {
        self.meta.attempts
    }

    /// Returns the time that the server asks to wait before the next request.
    ///
    /// It is read from the header `retry-after-ms` (milliseconds), else from `retry-after` (seconds
    /// or a date; RFC 9110, section 10.2.3).
    ///
    /// The client waits that long before a retry. If the time is longer than
    /// [`RetryPolicy::max_server_delay`](crate::RetryPolicy::max_server_delay), the call fails
    /// immediately.
    pub fn retry_after(&self) -> Option<Duration> {
        self.meta.retry_after()
    }
}

impl fmt::Debug for ApiError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "ApiError({self})")
    }
}

impl Display for ApiError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.meta.status)?;
        if let Some(location) = &self.location {
            write!(f, " to {location}, which is not followed")?;
        }
        match self.message() {
            Some(message) => write!(f, ": {message}")?,
            None if self.body.is_empty() => f.write_str(": no body")?,
            None => write!(f, ": a body of {} bytes without a message", self.body.len())?,
        }
        for (name, value) in [
            ("type", &self.error_type),
            ("code", &self.code),
            ("param", &self.param),
        ] {
            if let Some(value) = value {
                write!(f, " ({name} {value})")?;
            }
        }
        write!(f, "{}", self.meta)
    }
}
