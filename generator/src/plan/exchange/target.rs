//! A sample on the wire: the target of its request line, its headers and its cookies.
//!
//! In: a [`Request`] and its operation. Out: text. Not here: credentials.

use serde_json::Value;

use super::Request;
use crate::model::api::{Api, Op, Param, ParamLocation, ParamStyle, Piece, Scalar, Ty};
use crate::model::ty::{non_null, resolve};

/// Characters that are not escaped in a path value: `pchar` (RFC 3986, section 3.3).
const PATH: &[u8] = b"-._~!$&'()*+,;=:@";
/// Characters that are not escaped in a query value: `unreserved` (RFC 3986, section 2.3).
const QUERY: &[u8] = b"-._~";

impl Request {
    /// Path and query, escaped: `/models/a%20b?limit=10`. The base URL stands before it.
    pub fn target(&self, api: &Api, op: &Op) -> String {
        let mut target = String::new();
        for piece in &op.path {
            match piece {
                Piece::Text(text) => escape(&mut target, text, b"-._~!$&'()*+,;=:@/%"),
                Piece::Param(name) => {
                    let values = self.texts(api, op, ParamLocation::Path);
                    let value = values.into_iter().find(|(wire, _)| wire == name);
                    escape(&mut target, &value.unwrap_or_default().1, PATH);
                }
            }
        }
        for (index, (name, value)) in self.texts(api, op, ParamLocation::Query).iter().enumerate() {
            target.push(if index == 0 { '?' } else { '&' });
            pair(&mut target, name, value);
        }
        target
    }

    /// The headers that are parameters, in the order of the document.
    pub fn headers(&self, api: &Api, op: &Op) -> Vec<(String, String)> {
        self.texts(api, op, ParamLocation::Header)
    }

    /// The value of the `Cookie` header; empty if no cookie is sent.
    pub fn cookies(&self, api: &Api, op: &Op) -> String {
        let mut cookies = String::new();
        for (name, value) in self.texts(api, op, ParamLocation::Cookie) {
            cookies.push_str(if cookies.is_empty() { "" } else { "; " });
            cookies.push_str(&name);
            cookies.push('=');
            escape(&mut cookies, &value, QUERY);
        }
        cookies
    }

    /// The unescaped name and text of each parameter at a location; each item of a list that repeats its name.
    pub fn texts(&self, api: &Api, op: &Op, place: ParamLocation) -> Vec<(String, String)> {
        let params = op.params.iter().zip(&self.params);
        params
            .filter(|(param, _)| param.location == place)
            .filter_map(|(param, value)| Some((param, value.as_ref()?)))
            .flat_map(|(param, value)| {
                let texts = texts(api, param, value);
                texts.into_iter().map(|text| (param.wire.clone(), text))
            })
            .collect()
    }
}

/// The texts of a value: one, unless its items repeat the parameter.
fn texts(api: &Api, param: &Param, value: &Value) -> Vec<String> {
    let ty = resolve(api, non_null(&param.ty).0);
    let (item, items) = match (ty, value) {
        (Ty::List(item), Value::Array(items)) => (resolve(api, non_null(item).0), items),
        _ => return vec![text(ty, value)],
    };
    let items: Vec<String> = items.iter().map(|value| text(item, value)).collect();
    match param.style {
        ParamStyle::Plain => items,
        ParamStyle::Repeated => items,
        ParamStyle::Joined(separator) => vec![items.join(&separator.to_string())],
    }
}

/// A value as Rust's `Display` writes it.
fn text(ty: &Ty, value: &Value) -> String {
    match (ty, value) {
        (Ty::Scalar(Scalar::F32), Value::Number(number)) => number
            .as_f64()
            .map_or_else(String::new, |it| (it as f32).to_string()),
        (Ty::Scalar(Scalar::F64), Value::Number(number)) => number
            .as_f64()
            .map_or_else(String::new, |it| it.to_string()),
        (_, Value::String(text)) => text.clone(),
        (_, value) => value.to_string(),
    }
}

/// Appends `name=value`, escaped for a query.
pub fn pair(query: &mut String, name: &str, value: &str) {
    escape(query, name, QUERY);
    query.push('=');
    escape(query, value, QUERY);
}

/// Appends text with all characters as `%XX` except letters, digits and the kept ones.
fn escape(out: &mut String, text: &str, kept: &[u8]) {
    for byte in text.bytes() {
        match byte.is_ascii_alphanumeric() || kept.contains(&byte) {
            true => out.push(char::from(byte)),
            false => out.push_str(&format!("%{byte:02X}")),
        }
    }
}
