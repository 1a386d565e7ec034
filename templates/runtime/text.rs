// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Responses that are text.
//!
//! In: a raw response. Out: a `String`. Not here: what the text means, except for a string in JSON.

use super::call::{Call, Operation};
use super::client::Client;
use super::error::Result;
use super::response::{Raw, Response, is_json, string_of, text_of};

impl Call<String> {
    /// Creates a call that returns text.
    pub(crate) fn text(client: &Client, operation: &'static Operation) -> Self {
        Self::of(client, operation, decode)
    }
}

/// Decodes a response whose body is text. Where the server says that it is JSON, a string is read.
fn decode(raw: Raw) -> Result<Response<String>> {
    let value = match raw.meta.content_type() {
        Some(media_type) if is_latin_1(media_type) => {
            raw.body.iter().copied().map(char::from).collect()
        }
        Some(media_type) if is_json(media_type) => string_of(&raw.body),
        Some(_) | None => text_of(&raw.body),
    };
    Ok(raw.with(value))
}

/// Returns whether the `charset` is ISO 8859-1. Its bytes are the first 256 characters of Unicode.
fn is_latin_1(media_type: &str) -> bool {
    media_type.split(';').skip(1).any(|parameter| {
        let (name, value) = parameter.split_once('=').unwrap_or_default();
        name.trim().eq_ignore_ascii_case("charset")
            && ["iso-8859-1", "latin1"]
                .iter()
                .any(|name| value.trim().trim_matches('"').eq_ignore_ascii_case(name))
    })
}
