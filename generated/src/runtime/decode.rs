// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Reads JSON into types.
//!
//! In: a body. Out: a value, or the location where decoding failed. Not here: the error of a call (see `decode_error`).

use serde::de::DeserializeOwned;

use super::json::{self, without_bom};
use super::{trace, whole};

/// A value, or why JSON is none of its type.
pub(crate) type Decoded<T> = std::result::Result<T, Unreadable>;

/// Why JSON is no value of a type.
pub struct Unreadable {
    /// The place of the problem.
    pub(crate) path: String,
    pub(crate) message: String,
}

impl Unreadable {
    /// Adds the place in the text to an error of `serde_json`.
    #[cold]
    pub(crate) fn new(text: &[u8], error: &serde_json::Error) -> Self {
        let offset = json::offset(text, error.line(), error.column());
        let path = json::path_at(text, offset);
        let message = error.to_string();
        let position = format!(" at line {} column {}", error.line(), error.column());
        let plain = message.strip_suffix(&position).unwrap_or(&message);
        // The text has the place of a union, and the trace the place in it.
        match trace::take_of(plain).as_slice() {
            [] => Self { path, message },
            steps => Self {
                path: json::path(&path, steps),
                message: plain.to_owned(),
            },
        }
    }

    /// Converts the place to one in a part of the value. A place elsewhere becomes the part itself.
    pub(crate) fn relative_to(self, part: &str) -> Self {
        let inner = self.path.strip_prefix(part);
        let inner = inner.filter(|inner| inner.is_empty() || inner.starts_with(['.', '[']));
        Self {
            path: format!("${}", inner.unwrap_or_default()),
            message: self.message,
        }
    }
}

/// Reads one JSON value and nothing else.
pub(crate) fn from_json<T: DeserializeOwned>(body: &[u8]) -> Decoded<T> {
    // What an error of a decoder elsewhere left.
    trace::forget();
    let mut deserializer = serde_json::Deserializer::from_slice(without_bom(body));
    let read = whole::read(&mut deserializer);
    let read = read.and_then(|value| deserializer.end().map(|()| value));
    read.map_err(|error| Unreadable::new(body, &error))
}
