// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Bodies that are text or JSON lines.
//!
//! In: texts and values. Out: bodies in memory. Not here: text in responses (see `text`).

use serde::Serialize;

use super::call::Call;
use super::finite;
use super::payload::Payload;

impl<T> Call<T> {
    /// Sends the items of a list, each as JSON on its own line.
    pub(crate) fn json_lines(
        self,
        media_type: &'static str,
        items: impl IntoIterator<Item: Serialize>,
    ) -> Self {
        self.json_texts(media_type, b"", items)
    }

    /// Sends a sequence of JSON texts, each after a record separator (RFC 7464, section 2.2).
    pub(crate) fn json_sequence(
        self,
        media_type: &'static str,
        items: impl IntoIterator<Item: Serialize>,
    ) -> Self {
        self.json_texts(media_type, b"\x1e", items)
    }

    fn json_texts(
        self,
        media_type: &'static str,
        before: &[u8],
        items: impl IntoIterator<Item: Serialize>,
    ) -> Self {
        let mut all = Ok(Vec::new());
        for item in items {
            all = all.and_then(|mut all: Vec<u8>| {
                all.extend_from_slice(before);
                all.extend(finite::to_json(&item)?);
                all.push(b'\n');
                Ok(all)
            });
        }
        self.payload(Payload::new(media_type, all))
    }

    pub(crate) fn text_body(self, media_type: &'static str, body: impl Into<String>) -> Self {
        self.payload(Payload::new(media_type, Ok(body.into().into_bytes())))
    }
}
