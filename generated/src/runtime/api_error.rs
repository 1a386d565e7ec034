// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Responses with a status other than success.
//!
//! In: status, headers and body. Out: [`ApiError`]. Not here: what a body says (see `error_body`), the decision to retry.

use std::fmt::{self, Display, Formatter};
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use super::auth::scrub;
use super::decode_error::{DecodeError, Decoded, Unreadable};
use super::error::{Error, Result};
use super::headers;
use super::response::{Meta, from_json};
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
    body: Bytes,
    /// The texts that errors of `decode` mask.
    secrets: Box<[String]>,
    message: Option<String>,
    error_type: Option<String>,
    code: Option<String>,
    param: Option<String>,
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
        let fields = error_body::read(&body, meta.content_type(), &SERVICE.errors);
        let mut clean =
            |text: Option<String>| text.map(|text| scrub(json::shorten(&text), &mut secrets));
        Self {
            message: clean(fields.message),
            error_type: clean(fields.kind),
            code: clean(fields.code),
            param: clean(fields.param),
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

    /// Reads the headers as a type of your choice.
    ///
    /// The type is a struct with a field for each header, named like the header in lower case. The
    /// documentation of each method names the type that the document describes.
    ///
    /// # Errors
    ///
    /// Fails with [`Error::Header`](crate::Error::Header) if a header is missing or does not fit.
    pub fn decode_headers<H: DeserializeOwned>(&self) -> Result<H> {
        headers::decode(&self.meta.headers)
    }

    /// Returns the raw body, limited to its first MiB. It is not masked, so it may contain secrets
    /// that the server echoed.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// Reads the body as a type of your choice. The documentation of each method names the types of its errors.
    ///
    /// # Errors
    ///
    /// Fails with [`Error::Decode`] if the body does not fit.
    pub fn decode<T: ErrorBody>(&self) -> Result<T> {
        T::read(self.meta.status.as_u16(), &self.body).map_err(|error| self.unlike(error))
    }

    fn unlike(&self, error: Unreadable) -> Error {
        let secrets = &mut self.secrets.to_vec();
        DecodeError::of(self.meta.clone(), self.body.clone(), error, secrets)
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

/// A type that [`ApiError::decode`] can read: any type that implements
/// [`Deserialize`](serde::Deserialize), and the generated enums of errors by status.
pub trait ErrorBody: Sized {
    #[doc(hidden)]
    fn read(status: u16, body: &[u8]) -> Decoded<Self>;
}

impl<T: DeserializeOwned> ErrorBody for T {
    fn read(_: u16, body: &[u8]) -> Decoded<Self> {
        from_json(body)
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
