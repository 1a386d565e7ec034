// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Replies with a status other than success: what the body says of them, whatever form it has.
//!
//! Comes in: status, headers and body, and the form of errors from `crate::service`. Goes out: [`ApiError`]. Must not
//! be here: the decision to try again.

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
/// Its fields are read from the body: from the object that the document calls the error, else from the body itself
/// where it is an object, else the text of the body is the message. The body itself is there as well.
pub struct ApiError {
    pub(crate) meta: Meta,
    body: Bytes,
    message: Option<String>,
    error_type: Option<String>,
    code: Option<String>,
    param: Option<String>,
}

/// What a status means for the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ApiErrorKind {
    /// 400: the request is malformed.
    BadRequest,
    /// 401: the credential is missing or wrong.
    Authentication,
    /// 403: the credential is not allowed to do this.
    PermissionDenied,
    /// 404: there is no such thing.
    NotFound,
    /// 409: the request contradicts the current state.
    Conflict,
    /// 422: the request is well-formed, but cannot be processed.
    UnprocessableEntity,
    /// 429: too many requests.
    RateLimit,
    /// 500 and above: the server failed.
    InternalServer,
    /// Any other status, redirects among them.
    Other,
}

/// What the body of an error says.
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

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.meta.status
    }

    /// What the status means.
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

    /// What the server says went wrong, at most 1 KiB of it: the message of the error object, else the text of the
    /// body. `None` where the body is empty or a web page.
    pub fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }

    /// The code of the error, for programs. A number becomes its digits.
    pub fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// The parameter that the error is about.
    pub fn param(&self) -> Option<&str> {
        self.param.as_deref()
    }

    /// The type of the error, in the words of the server.
    pub fn error_type(&self) -> Option<&str> {
        self.error_type.as_deref()
    }

    /// What the server calls the request, where it said so. Support will ask for it.
    pub fn request_id(&self) -> Option<&str> {
        self.meta.request_id()
    }

    /// The headers of the reply.
    pub fn headers(&self) -> &HeaderMap {
        &self.meta.headers
    }

    /// The body as it came, at most its first mebibyte. It may hold what the server should not have sent.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// How often the request was sent: 1, and one more for each retry.
    pub fn attempts(&self) -> u32 {
        self.meta.attempts
    }

    /// How long the server asks to wait, from now, before the next request: its header `retry-after-ms`
    /// (milliseconds), else `retry-after` (seconds or a date; RFC 9110, section 10.2.3).
    ///
    /// The client has waited that long itself before each retry; but where the wait is longer than
    /// [`RetryPolicy::max_server_delay`](crate::RetryPolicy::max_server_delay), the error comes at once.
    pub fn retry_after(&self) -> Option<Duration> {
        self.meta.retry_after()
    }
}

/// Reads the body of an error: the envelope, else the object itself, else the text.
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
