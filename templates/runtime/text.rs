// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Responses that are text.
//!
//! In: a raw response. Out: a `String`. Not here: what the text means.

use super::error::Result;
use super::response::{Raw, Response};

/// The byte order mark, which is no part of the text (WHATWG Encoding, section 6).
const BOM: &[u8] = b"\xef\xbb\xbf";

/// Decodes a response whose body is text.
pub(crate) fn text(raw: Raw) -> Result<Response<String>> {
    let value = match raw.meta.content_type() {
        Some(media_type) if is_latin_1(media_type) => {
            raw.body.iter().copied().map(char::from).collect()
        }
        Some(_) | None => text_of(&raw.body),
    };
    Ok(raw.with(value))
}

/// UTF-8, with U+FFFD for what is not. The raw body has all bytes.
pub(crate) fn text_of(body: &[u8]) -> String {
    String::from_utf8_lossy(body.strip_prefix(BOM).unwrap_or(body)).into_owned()
}

/// Whether the `charset` is ISO 8859-1, whose bytes are the first 256 characters of Unicode.
fn is_latin_1(media_type: &str) -> bool {
    media_type.split(';').skip(1).any(|parameter| {
        let (name, value) = parameter.split_once('=').unwrap_or_default();
        name.trim().eq_ignore_ascii_case("charset")
            && ["iso-8859-1", "latin1"]
                .iter()
                .any(|name| value.trim().trim_matches('"').eq_ignore_ascii_case(name))
    })
}
