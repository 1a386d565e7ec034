// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Bodies of the type `application/x-www-form-urlencoded`.
//!
//! In: the JSON of an object, and how the document encodes its properties. Out: the body. Not here: which pairs a property
//! becomes (see `encoding`).

use http::HeaderValue;
use serde::Serialize;

use super::call::Call;
use super::encoding::{Encoding, Pair, pairs};
use super::escape::{Kept, QUERY_VALUE, kept, push_escaped};
use super::payload::{Encode, Payload};
use super::transport::Body;
use super::url::push_pair;

/// The bytes that `allowReserved` keeps: all except the separators of pairs (RFC 3986, section
/// 2.2).
static RESERVED: Kept = kept(b"-._~:/?#[]@!$'()*,;");

const MEDIA_TYPE: &str = "application/x-www-form-urlencoded";

impl<T> Call<T> {
    pub(crate) fn form(self, encodings: &'static [Encoding], body: &impl Serialize) -> Self {
        let json = serde_json::to_vec(body).map_err(|error| error.to_string());
        self.payload(Payload::encoded(json, Form(encodings)))
    }
}

/// Writes a form.
struct Form(&'static [Encoding]);

impl Encode for Form {
    fn encode(&self, json: &[u8]) -> Result<(HeaderValue, Body), String> {
        let mut form = String::new();
        for pair in pairs(json, self.0)? {
            push(&mut form, &pair);
        }
        Ok((HeaderValue::from_static(MEDIA_TYPE), Body::from(form)))
    }
}

/// Appends a pair in query syntax. Texts are joined by a separator, which is escaped inside them.
fn push(form: &mut String, pair: &Pair) {
    push_pair(form, &pair.name, "");
    let kept = match pair.allow_reserved {
        true => &RESERVED,
        false => &QUERY_VALUE,
    };
    for (index, text) in pair.texts.iter().enumerate() {
        match pair.separator {
            _ if index == 0 => {}
            ',' => form.push(','),
            separator => push_escaped(form, separator.encode_utf8(&mut [0; 4]), &QUERY_VALUE),
        }
        push_escaped(form, text, kept);
    }
}
