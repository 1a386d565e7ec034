// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Bodies of requests before they are written.
//!
//! In: JSON, and what writes it in another format. Out: a content type and a body. Not here: the formats.

use std::sync::Arc;

use bytes::Bytes;
use http::HeaderValue;

use super::json;
use super::sending::Body;

/// A body that is written when the request is built.
#[derive(Clone)]
pub(crate) struct Payload {
    media_type: &'static str,
    /// JSON or another text, or the error of encoding it.
    text: Result<Bytes, String>,
    /// Writes the JSON in another format.
    encoder: Option<Arc<dyn Encode>>,
}

impl Payload {
    pub(crate) fn new(media_type: &'static str, text: Result<impl Into<Bytes>, String>) -> Self {
        Self {
            media_type,
            text: text.map(Into::into),
            encoder: None,
        }
    }

    /// Creates a payload that writes its JSON in another format.
    pub(crate) fn encoded(json: Result<Vec<u8>, String>, encoder: impl Encode + 'static) -> Self {
        Self {
            encoder: Some(Arc::new(encoder)),
            ..Self::new("", json)
        }
    }

    /// Returns the JSON or other text, unless encoding it failed.
    pub(crate) fn text(&self) -> Option<&Bytes> {
        self.text.as_ref().ok()
    }

    /// Returns whether the body can be written more than once.
    pub(crate) fn is_repeatable(&self) -> bool {
        let encoder = self.encoder.as_ref();
        encoder.is_none_or(|encoder| encoder.is_repeatable())
    }

    /// Returns the content type and the body, after adding these properties, each of which is JSON.
    pub(crate) fn write(&self, extra: &[(String, String)]) -> Result<(HeaderValue, Body), String> {
        let mut text = self.text.clone()?;
        if !extra.is_empty() {
            let merged = json::merge(&text, extra).map(Bytes::from);
            text = merged.ok_or("a property can only be added to an object")?;
        }
        match &self.encoder {
            Some(encoder) => encoder.encode(&text),
            None => Ok((HeaderValue::from_static(self.media_type), Body::from(text))),
        }
    }
}

/// Writes a body in a format other than JSON.
pub(crate) trait Encode: Send + Sync {
    /// Returns the content type and the body, from the JSON of the value.
    fn encode(&self, json: &[u8]) -> Result<(HeaderValue, Body), String>;

    /// Returns whether the body can be written more than once, which a retry requires.
    fn is_repeatable(&self) -> bool {
        true
    }
}
