// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Bodies that do not match their documented type.
//!
//! In: a body, and why `serde_json` refused it. Out: [`Unreadable`] and [`DecodeError`], with the location. Not here: decoding.

use std::fmt::{self, Display, Formatter};

use bytes::Bytes;
use http::StatusCode;

use super::auth::scrub;
use super::decode::Unreadable;
use super::json;
use super::meta::Meta;

/// The body of a response does not match its documented type. The response is a success, or an
/// error that [`ApiError::decode`](crate::ApiError::decode) reads.
///
/// This includes empty bodies, `204 No Content` and bodies that are not JSON, if the operation returns a value.
pub struct DecodeError {
    pub(crate) meta: Meta,
    pub(crate) path: String,
    pub(crate) message: String,
    pub(crate) length: usize,
    pub(crate) body: Bytes,
}

/// The largest part of a body that a decode error keeps, in bytes.
const KEPT_BODY: usize = 64 * 1024;

impl DecodeError {
    /// Creates the error for a body that could not be read.
    pub(crate) fn of(meta: Meta, body: Bytes, error: Unreadable, secrets: &mut [String]) -> Self {
        if body.is_empty() {
            let message = format!("the body is empty (status {})", meta.status);
            return Self::at("$".to_owned(), &message, meta, body, secrets);
        }
        if let Some(encoding) = meta.compression() {
            let message = format!(
                "the body is compressed ({encoding}), which the client did not ask for: enable the feature of that name"
            );
            return Self::at("$".to_owned(), &message, meta, body, secrets);
        }
        Self::at(error.path, &error.message, meta, body, secrets)
    }

    /// Creates the error for a location in the body.
    pub(crate) fn at(
        path: String,
        message: &str,
        meta: Meta,
        body: Bytes,
        secrets: &mut [String],
    ) -> Self {
        let kept = if body.len() > KEPT_BODY {
            Bytes::copy_from_slice(&body[..KEPT_BODY])
        } else {
            body.clone()
        };
        Self {
            path: scrub(path, secrets),
            message: scrub(json::shorten(message), secrets),
            length: body.len(),
            body: kept,
            meta: meta.scrubbed(secrets),
        }
    }

    /// Returns the status of the response.
    pub fn status(&self) -> StatusCode {
        self.meta.status
    }

    /// Returns the id that the server gave the request, if any.
    pub fn request_id(&self) -> Option<&str> {
        self.meta.request_id()
    }

    /// Returns the headers of the response.
    pub fn headers(&self) -> &http::HeaderMap {
        &self.meta.headers
    }

    /// Returns the value of the `Content-Type` header.
    pub fn content_type(&self) -> Option<&str> {
        self.meta.content_type()
    }

    /// Returns the location in the body that failed to decode, as a JSONPath (RFC 9535):
    /// `$.data[3].created_at`. `$` means the whole body. If several variants of a union could be meant
    /// and none matches, it is the location of the union.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns a description of the problem at this location.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Returns the raw body, limited to its first 64 KiB.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// Returns the number of attempts to send the request.
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
