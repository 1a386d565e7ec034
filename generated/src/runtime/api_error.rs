// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Responses with a status other than success.
//!
//! In: status, headers and body, and the shape of errors from `crate::service`. Out: [`ApiError`]. Not here: the
//! decision to retry.

use std::fmt::{self, Display, Formatter};
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde_json::{Map, Value};

use super::auth::scrub;
use super::client::ErrorShape;
use super::json;
use super::response::Meta;

/// The server answered with a status other than success.
///
/// Message, code, type and parameter are read from the error object in the body, or else from the body itself if it is
/// an object. If it is neither, its text is the message. [`body`](Self::body) has the raw body.
pub struct ApiError {
    pub(crate) meta: Meta,
    body: Bytes,
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

/// The fields of an error body.
#[derive(Default)]
struct Fields {
    message: Option<String>,
    kind: Option<String>,
    code: Option<String>,
    param: Option<String>,
}

impl ApiError {
    pub(crate) fn new(meta: Meta, body: Bytes, shape: &ErrorShape, secrets: &mut [String]) -> Self {
        let fields = read(&body, meta.content_type(), shape);
        let mut clean =
            |text: Option<String>| text.map(|text| scrub(json::shorten(&text), secrets));
        Self {
            message: clean(fields.message),
            error_type: clean(fields.kind),
            code: clean(fields.code),
            param: clean(fields.param),
            meta: meta.scrubbed(secrets),
            body,
        }
    }

    /// The status of the response.
    pub fn status(&self) -> StatusCode {
        self.meta.status
    }

    /// The meaning of the status.
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

    /// The server's error message, at most 1 KiB of it: the message of the error object, or else the text of the body.
    /// `None` if the body is empty or a web page.
    pub fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }

    /// The machine-readable code of the error. A number is returned as its digits.
    pub fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// The parameter that caused the error.
    pub fn param(&self) -> Option<&str> {
        self.param.as_deref()
    }

    /// The type of the error, as the server names it.
    pub fn error_type(&self) -> Option<&str> {
        self.error_type.as_deref()
    }

    /// The id that the server gave the request, if any. Support teams ask for it.
    pub fn request_id(&self) -> Option<&str> {
        self.meta.request_id()
    }

    /// The headers of the response.
    pub fn headers(&self) -> &HeaderMap {
        &self.meta.headers
    }

    /// The raw body, at most its first MiB. It is not masked, so it may contain secrets that the server echoed.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The number of attempts to send the request.
    pub fn attempts(&self) -> u32 {
        self.meta.attempts
    }

    /// The time that the server asks to wait before the next request: its header `retry-after-ms` (milliseconds), or else
    /// `retry-after` (seconds or a date; RFC 9110, section 10.2.3).
    ///
    /// The client itself waits that long before a retry. If it is longer than
    /// [`RetryPolicy::max_server_delay`](crate::RetryPolicy::max_server_delay), the call fails at once instead.
    pub fn retry_after(&self) -> Option<Duration> {
        self.meta.retry_after()
    }
}

/// Reads an error body: from the envelope, else from the object itself, else from the text.
fn read(body: &[u8], content_type: Option<&str>, shape: &ErrorShape) -> Fields {
    let text = String::from_utf8_lossy(body);
    let text = text.trim();
    let fields = match serde_json::from_slice(body) {
        Ok(Value::Object(mut whole)) => match shape.envelope.and_then(|name| whole.remove(name)) {
            Some(Value::Object(inner)) => from_object(inner, shape),
            Some(Value::String(message)) => Fields {
                message: Some(message),
                ..from_object(whole, shape)
            },
            Some(_) | None => from_object(whole, shape),
        },
        Ok(Value::String(message)) => Fields {
            message: Some(message),
            ..Fields::default()
        },
        Ok(_) | Err(_) => Fields::default(),
    };
    let page =
        content_type.is_some_and(|media_type| media_type.contains("html")) || text.starts_with('<');
    match fields.message {
        None if !page && !text.is_empty() => Fields {
            message: Some(text.to_owned()),
            ..fields
        },
        Some(_) | None => fields,
    }
}

fn from_object(mut object: Map<String, Value>, shape: &ErrorShape) -> Fields {
    let mut take = |name: &str| match object.remove(name)? {
        Value::String(text) => Some(text),
        number @ Value::Number(_) => Some(number.to_string()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    };
    Fields {
        message: take(shape.message).filter(|message| !message.trim().is_empty()),
        kind: take(shape.kind),
        code: take(shape.code),
        param: take(shape.param),
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
