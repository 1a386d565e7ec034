// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Responses: status, headers and raw body, and the decoded value.
//!
//! In: a raw response from `send`. Out: [`Response`], or a decode error with its location. Not here: I/O.

use std::fmt::{self, Formatter};
use std::ops::Deref;
use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use super::api_error::ApiError;
use super::decode::{Decoded, Unreadable, from_json};
use super::decode_error::DecodeError;
use super::draft::Draft;
use super::error::{Error, Result};
use super::error_body;
use super::headers;
use super::json::without_bom;
use super::meta::Meta;
use super::request::secrets;
use super::sending::Body;
use crate::service::SERVICE;

/// The largest body of an error, in bytes.
pub(crate) const ERROR_BODY: usize = 1024 * 1024;

/// A response before decoding.
pub(crate) struct Raw {
    pub(crate) meta: Meta,
    pub(crate) body: Bytes,
    /// The rest of the body, if the caller reads it.
    pub(crate) rest: Option<Body>,
    /// The request.
    pub(crate) draft: Arc<Draft>,
}

/// A decoded response with its status, headers and raw body. It dereferences to the value.
#[derive(Clone)]
pub struct Response<T> {
    pub(crate) value: T,
    meta: Meta,
    body: Bytes,
}

impl<T> Response<T> {
    /// Returns the status, which is always a success that the document describes, or another 2xx.
    pub fn status(&self) -> StatusCode {
        self.meta.status
    }

    /// Returns the headers, which may contain rate limits, for example.
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

    /// Returns the id that the server gave the request, if any. Support teams ask for it.
    pub fn request_id(&self) -> Option<&str> {
        self.meta.request_id()
    }

    /// Returns the raw body.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// Returns the number of attempts to send the request.
    pub fn attempts(&self) -> u32 {
        self.meta.attempts
    }

    /// Converts the response into its value.
    pub fn into_inner(self) -> T {
        self.value
    }
}

impl<T> Response<T> {
    /// Converts the value.
    pub(crate) fn map<U>(self, convert: impl FnOnce(T) -> U) -> Response<U> {
        Response {
            value: convert(self.value),
            meta: self.meta,
            body: self.body,
        }
    }
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("meta", &self.meta)
            .field("value", &self.value)
            .finish_non_exhaustive()
    }
}

/// Turns a raw response into the value of a call.
pub(crate) type Decode<T> = fn(Raw) -> Result<Response<T>>;

impl Raw {
    /// Adds a decoded value to the response.
    pub(crate) fn with<T>(self, value: T) -> Response<T> {
        Response {
            value,
            meta: self.meta,
            body: self.body,
        }
    }

    /// Adds the decoded value to the response, or returns an error with the location where decoding
    /// failed.
    pub(crate) fn read<T>(self, value: Decoded<T>) -> Result<Response<T>> {
        match value {
            Ok(value) => Ok(self.with(value)),
            Err(error) => Err(self.unreadable(error)),
        }
    }

    /// Returns whether there is no content, or the document describes none for the status.
    pub(crate) fn is_bare(&self) -> bool {
        self.body.is_empty() || self.draft.bare.contains(&self.meta.status.as_u16())
    }

    /// Returns a copy without the body.
    pub(crate) fn head(&self) -> Self {
        Self {
            meta: self.meta.clone(),
            body: Bytes::new(),
            rest: None,
            draft: self.draft.clone(),
        }
    }

    /// Returns the error for a response that does not match the document.
    pub(crate) fn unlike(self, message: &str) -> Error {
        let Self {
            meta, body, draft, ..
        } = self;
        let error = DecodeError::at("$".to_owned(), message, meta, body, &mut secrets(&draft));
        Error::Decode(Box::new(error))
    }

    /// Returns the error for a body that does not decode. If the body is the service's error
    /// object, it is that error.
    pub(crate) fn unreadable(self, error: Unreadable) -> Error {
        let Self {
            meta, body, draft, ..
        } = self;
        let mut secrets = secrets(&draft);
        match body.len() <= ERROR_BODY && error_body::says_failure(&body, &SERVICE.errors) {
            true => Error::Api(Box::new(ApiError::new(meta, body, secrets))),
            false => Error::Decode(Box::new(DecodeError::of(meta, body, error, &mut secrets))),
        }
    }
}

/// Decodes a response whose body is JSON.
pub(crate) fn decode<T: DeserializeOwned>(raw: Raw) -> Result<Response<T>> {
    let value = from_json(&raw.body);
    raw.read(value)
}

/// Decodes a response without content. A body is ignored.
pub(crate) fn nothing(raw: Raw) -> Result<Response<()>> {
    Ok(raw.with(()))
}

/// Decodes a response whose body is JSON or empty.
pub(crate) fn optional<T: DeserializeOwned>(raw: Raw) -> Result<Response<Option<T>>> {
    if raw.is_bare() {
        return Ok(raw.with(None));
    }
    let value = from_json(&raw.body).map(Some);
    raw.read(value)
}

/// Decodes UTF-8. Invalid bytes become U+FFFD; the raw body keeps them.
pub(crate) fn text_of(body: &[u8]) -> String {
    String::from_utf8_lossy(without_bom(body)).into_owned()
}

/// Returns the string that is the body, as JSON or as it is.
pub(crate) fn string_of(body: &[u8]) -> String {
    from_json(body).unwrap_or_else(|_| text_of(body))
}

/// Returns whether a media type is JSON.
pub(crate) fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    let essence = essence.to_ascii_lowercase();
    matches!(essence.as_str(), "application/json" | "text/json") || essence.ends_with("+json")
}
