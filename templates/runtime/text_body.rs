// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Bodies that are text or JSON lines.
//!
//! In: texts and values. Out: bodies in memory. Not here: text in responses (see `text`).

use serde::Serialize;

use super::call::Call;
use super::payload::Payload;

impl<T> Call<T> {
    /// Sends the items of a list, each as JSON on its own line.
    pub(crate) fn json_lines(
        self,
        media_type: &'static str,
        items: impl IntoIterator<Item: Serialize>,
    ) -> Self {
        let mut text = Ok(Vec::new());
        for item in items {
            text = text.and_then(|mut text| {
                serde_json::to_writer(&mut text, &item).map_err(|error| error.to_string())?;
                text.push(b'\n');
                Ok(text)
            });
        }
        self.payload(Payload::new(media_type, text))
    }

    pub(crate) fn text_body(self, media_type: &'static str, body: impl Into<String>) -> Self {
        self.payload(Payload::new(media_type, Ok(body.into().into_bytes())))
    }
}
