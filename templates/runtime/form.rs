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
use super::finite;
use super::payload::{Encode, Payload};
use super::sending::Body;
use super::url::push_pair;

/// The bytes that `allowReserved` keeps: all except the separators of pairs (RFC 3986, section
/// 2.2).
static RESERVED: Kept = kept(b"-._~:/?#[]@!$'()*,;");

const MEDIA_TYPE: &str = "application/x-www-form-urlencoded";

impl<T> Call<T> {
    pub(crate) fn form(self, encodings: &'static [Encoding], body: &impl Serialize) -> Self {
        let json = finite::to_json(body);
        self.payload(Payload::encoded(json, Form(encodings)))
    }
}

/// Writes a form.
struct Form(&'static [Encoding]);

impl Encode for Form {
    fn encode(&self, json: &[u8]) -> Result<(HeaderValue, Body), String> {
        let mut form = String::new();
        for pair in pairs(json, self.0)? {
            push(&mut form, &pair)?;
        }
        Ok((HeaderValue::from_static(MEDIA_TYPE), Body::from(form)))
    }
}

/// Appends a pair in query syntax. A comma between texts is not escaped, so those in them are.
fn push(form: &mut String, pair: &Pair) -> Result<(), String> {
    push_pair(form, &pair.name, "");
    let kept = match pair.allow_reserved {
        true => &RESERVED,
        false => &QUERY_VALUE,
    };
    if pair.separator != Some(',') {
        push_escaped(form, &pair.joined()?, kept);
        return Ok(());
    }
    let mut kept = *kept;
    kept[usize::from(b',')] = false;
    for (index, text) in pair.texts.iter().enumerate() {
        form.push_str(if index == 0 { "" } else { "," });
        push_escaped(form, text, &kept);
    }
    Ok(())
}
