// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Successful responses that do not match the document.
//!
//! In: the head and the body of a response, and where it does not fit. Out: [`DecodeError`]. Not here: other errors (see `error`).

use std::fmt::{self, Display, Formatter};

use bytes::Bytes;
use http::StatusCode;

use super::response::Meta;

/// A successful response whose body does not match its documented type.
///
/// This includes empty bodies, `204 No Content` and bodies that are not JSON, if the operation returns a value.
pub struct DecodeError {
    pub(crate) meta: Meta,
    pub(crate) path: String,
    pub(crate) message: String,
    pub(crate) length: usize,
    pub(crate) body: Bytes,
}

impl DecodeError {
    /// The status of the response.
    pub fn status(&self) -> StatusCode {
        self.meta.status
    }

    /// The id that the server gave the request, if any.
    pub fn request_id(&self) -> Option<&str> {
        self.meta.request_id()
    }

    /// The headers of the response.
    pub fn headers(&self) -> &http::HeaderMap {
        &self.meta.headers
    }

    /// The value of the `Content-Type` header.
    pub fn content_type(&self) -> Option<&str> {
        self.meta.content_type()
    }

    /// The location in the body that failed to decode, as a JSONPath (RFC 9535): `$.data[3].created_at`. `$` is the whole
    /// body.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The problem at this location.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The raw body, at most its first 64 KiB.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The number of attempts to send the request.
    pub fn attempts(&self) -> u32 {
        self.meta.attempts
    }
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "DecodeError({self})")
    }
}

impl Display for DecodeError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let media_type = self.content_type().unwrap_or("no content type");
        write!(
            f,
            "cannot decode the response at {}: {} ({media_type}, {} bytes){}",
            self.path, self.message, self.length, self.meta
        )
    }
}
