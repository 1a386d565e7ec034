//! The text of a sample body that is not JSON.
//!
//! In: the JSON of a body, and its content. Out: pairs of a form or parts of a multipart body, as the runtime makes them, and their
//! text. Not here: commands that send it.

use serde_json::{Map, Value};

use super::fit;
use super::runtime::escape::{Kept, QUERY_VALUE, kept, push_escaped};
use crate::model::api::{Api, Body, BodyContent, Encoding, EncodingStyle, Field, Ty};
use crate::model::files::is_file_for;
use crate::model::json::sorted;
use crate::model::ty::{fields, non_null, resolve};
use crate::plan::outline::Outline;

/// Stands for the boundary, which is random.
pub const BOUNDARY: &str = "BOUNDARY";
/// The name of a file without one.
const NAME: &str = "upload";
/// The bytes that are not escaped in a form with `allowReserved`.
static RESERVED: Kept = kept(b"-._~:/?#[]@!$'()*,;");

/// A pair of a form, or a part of a multipart body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// Empty for a part without one.
    pub name: String,
    /// More than one if they are joined.
    texts: Vec<String>,
    /// What joins them. `None` if there is only one.
    separator: Option<char>,
    /// Empty for a text without one.
    pub content_type: String,
    allow_reserved: bool,
    /// Headers of the part.
    pub headers: Vec<(String, String)>,
    pub is_file: bool,
}

impl Pair {
    /// Returns the value, not escaped.
    pub fn text(&self) -> String {
        let separator = self.separator.map(String::from);
        self.texts.join(&separator.unwrap_or_default())
    }

    /// Returns whether the runtime sends it: texts must not have their separator, unless that is
    /// escaped.
    fn is_sendable(&self, escapes: Option<char>) -> bool {
        let separator = self.separator.filter(|_| self.separator != escapes);
        separator.is_none_or(|it| !self.texts.iter().any(|text| text.contains(it)))
    }
}

/// Returns whether the runtime sends a body.
pub(super) fn is_sendable(api: &Api, outline: &Outline, body: &Body, value: &Value) -> bool {
    let escapes = match &body.content {
        BodyContent::Form(_) => Some(','),
        BodyContent::MultipartObject(_) | BodyContent::MultipartArray(_) => None,
        BodyContent::Json
        | BodyContent::JsonLines
        | BodyContent::JsonSequence
        | BodyContent::Text
        | BodyContent::File => return true,
    };
    let pairs = pairs(api, outline, body, value);
    pairs.iter().all(|pair| pair.is_sendable(escapes))
}

/// Returns the text of a body that is not JSON; `None` for JSON.
pub fn text(api: &Api, outline: &Outline, body: &Body, value: &Value) -> Option<String> {
    Some(match &body.content {
        BodyContent::Json => return None,
        BodyContent::JsonLines => {
            let lines = value.as_array().into_iter().flatten();
            lines.map(|item| format!("{item}\n")).collect()
        }
        BodyContent::JsonSequence => {
            let texts = value.as_array().into_iter().flatten();
            texts.map(|item| format!("\u{1e}{item}\n")).collect()
        }
        BodyContent::Form(_) => form(&pairs(api, outline, body, value)),
        BodyContent::MultipartObject(_) | BodyContent::MultipartArray(_) => {
            multipart(&pairs(api, outline, body, value), body.is_form_data())
        }
        BodyContent::Text | BodyContent::File => plain(value),
    })
}

/// Returns the properties of a body as they are written, in the order of its fields, or its parts without names.
pub fn pairs(api: &Api, outline: &Outline, body: &Body, value: &Value) -> Vec<Pair> {
    if let BodyContent::MultipartArray(encodings) = &body.content {
        return parts(api, outline, encodings, &body.ty, value);
    }
    let encodings = body.content.encodings();
    let fields = written_fields(api, outline, &body.ty, value);
    let entry = match resolve(api, non_null(&body.ty).0) {
        Ty::Map(entry) => Some(&**entry),
        Ty::Scalar(_)
        | Ty::Named(_)
        | Ty::List(_)
        | Ty::Tuple(_)
        | Ty::Nullable(_)
        | Ty::Any(_) => None,
    };
    let members = value.as_object().into_iter().flatten();
    let mut members: Vec<(usize, &String, &Value)> = members
        .map(|(name, value)| {
            let index = fields.iter().position(|field| field.wire == *name);
            (index.unwrap_or(fields.len()), name, value)
        })
        .collect();
    members.sort_by_key(|(index, name, _)| (*index, *name));
    let mut pairs = Vec::new();
    for (index, name, value) in members {
        let encoding = encodings.iter().find(|encoding| encoding.property == *name);
        let ty = fields.get(index).map(|field| &field.ty).or(entry);
        let is_file = ty.is_some_and(|ty| is_file(api, outline, ty, value));
        add(
            &mut pairs,
            PartEncoding { encoding, is_file },
            name.clone(),
            value,
        );
    }
    pairs
}

/// Returns the fields of a struct, or of the variant of a union, in whose order the properties of a value are written.
fn written_fields<'a>(api: &'a Api, outline: &Outline, ty: &'a Ty, value: &Value) -> &'a [Field] {
    let Ty::Named(id) = resolve(api, non_null(ty).0) else {
        return &[];
    };
    let shape = &api.types[id.0].shape;
    match fit::variant(api, outline, shape, value) {
        Some(variant) => written_fields(api, outline, &variant.ty, value),
        None => fields(shape),
    }
}

/// Returns the items of a list as parts without names.
fn parts(
    api: &Api,
    outline: &Outline,
    encodings: &[Encoding],
    ty: &Ty,
    value: &Value,
) -> Vec<Pair> {
    let ty = resolve(api, non_null(ty).0);
    let items = value.as_array().into_iter().flatten().enumerate();
    let part = |(index, item)| {
        let ty = match ty {
            Ty::List(ty) => Some(&**ty),
            Ty::Tuple(items) => items.get(index),
            Ty::Scalar(_) | Ty::Named(_) | Ty::Map(_) | Ty::Nullable(_) | Ty::Any(_) => None,
        };
        let how = PartEncoding {
            encoding: encodings.get(index).or(encodings.last()),
            is_file: ty.is_some_and(|ty| is_file(api, outline, ty, item)),
        };
        content(how, String::new(), item)
    };
    items.map(part).collect()
}

/// Returns whether a value is a file, or a list of files.
fn is_file(api: &Api, outline: &Outline, ty: &Ty, value: &Value) -> bool {
    let variant = |shape, value: &Value| fit::variant(api, outline, shape, value);
    is_file_for(api, ty, value, &variant)
}

/// How a property or an item is encoded, and whether it is a file.
#[derive(Clone, Copy)]
struct PartEncoding<'a> {
    encoding: Option<&'a Encoding>,
    is_file: bool,
}

fn add(pairs: &mut Vec<Pair>, how: PartEncoding, name: String, value: &Value) {
    match (how.encoding.map(|encoding| &encoding.style), value) {
        (None | Some(EncodingStyle::Content(_) | EncodingStyle::Exploded), Value::Array(items)) => {
            pairs.extend(items.iter().map(|item| content(how, name.clone(), item)));
        }
        (Some(EncodingStyle::Exploded), Value::Object(members)) => {
            let members = in_order(members);
            pairs.extend(members.map(|(key, value)| content(how, key.clone(), value)));
        }
        (None | Some(EncodingStyle::Content(_) | EncodingStyle::Exploded), value) => {
            pairs.push(content(how, name, value));
        }
        (Some(EncodingStyle::Joined(separator)), value) => {
            let texts = match value {
                Value::Array(items) => items.iter().map(plain).collect(),
                Value::Object(members) => in_order(members)
                    .flat_map(|(key, value)| [key.clone(), plain(value)])
                    .collect(),
                value => {
                    pairs.push(pair(how, name, plain(value)));
                    return;
                }
            };
            let pair = pair(how, name, String::new());
            pairs.push(Pair {
                texts,
                separator: Some(*separator),
                ..pair
            });
        }
        (Some(EncodingStyle::Deep), Value::Array(items)) => {
            for (index, item) in items.iter().enumerate() {
                add(pairs, how, format!("{name}[{index}]"), item);
            }
        }
        (Some(EncodingStyle::Deep), Value::Object(members)) => {
            for (key, value) in in_order(members) {
                add(pairs, how, format!("{name}[{key}]"), value);
            }
        }
        (Some(EncodingStyle::Deep), value) => pairs.push(pair(how, name, plain(value))),
    }
}

/// Returns the members of an object by their keys: the order of the document means nothing.
fn in_order(members: &Map<String, Value>) -> impl Iterator<Item = (&String, &Value)> {
    let mut members: Vec<(&String, &Value)> = members.iter().collect();
    members.sort_by_key(|(key, _)| *key);
    members.into_iter()
}

fn pair(how: PartEncoding, name: String, text: String) -> Pair {
    let content_type = match how.encoding.map(|encoding| &encoding.style) {
        Some(EncodingStyle::Content(media_type)) => media_type.as_str(),
        Some(EncodingStyle::Exploded | EncodingStyle::Joined(_) | EncodingStyle::Deep) | None => "",
    };
    Pair {
        name,
        texts: vec![text],
        separator: None,
        content_type: content_type.to_owned(),
        allow_reserved: how.encoding.is_some_and(|encoding| encoding.allow_reserved),
        headers: how
            .encoding
            .map_or_else(Vec::new, |encoding| encoding.headers.clone()),
        is_file: how.is_file,
    }
}

/// Returns a value as its media type has it: an object is JSON unless the document says something
/// else.
fn content(how: PartEncoding, name: String, value: &Value) -> Pair {
    let mut pair = pair(how, name, String::new());
    if pair.content_type.is_empty() && (value.is_array() || value.is_object()) {
        pair.content_type = "application/json".to_owned();
    }
    let is_json = pair.content_type.ends_with("json") && !how.is_file;
    pair.texts = vec![if is_json { sorted(value) } else { plain(value) }];
    pair
}

/// Returns a value as text. Null is empty.
fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => sorted(value),
    }
}

fn form(pairs: &[Pair]) -> String {
    let mut form = String::new();
    for pair in pairs {
        form.push_str(if form.is_empty() { "" } else { "&" });
        push_escaped(&mut form, &pair.name, &QUERY_VALUE);
        form.push('=');
        let kept = match pair.allow_reserved {
            true => &RESERVED,
            false => &QUERY_VALUE,
        };
        if pair.separator != Some(',') {
            push_escaped(&mut form, &pair.text(), kept);
            continue;
        }
        let mut kept = *kept;
        kept[usize::from(b',')] = false;
        for (index, text) in pair.texts.iter().enumerate() {
            form.push_str(if index == 0 { "" } else { "," });
            push_escaped(&mut form, text, &kept);
        }
    }
    form
}

fn multipart(pairs: &[Pair], is_form_data: bool) -> String {
    let mut text = String::new();
    let mut all: Vec<&Pair> = pairs.iter().collect();
    // As the runtime does.
    if is_form_data {
        all.sort_by_key(|pair| pair.is_file);
    }
    for pair in all {
        text.push_str(&format!("--{BOUNDARY}\r\n"));
        head(&mut text, pair);
        text.push_str(&format!("\r\n{}\r\n", pair.text()));
    }
    text.push_str(&format!("--{BOUNDARY}--\r\n"));
    text
}

/// Writes the headers of a part.
fn head(text: &mut String, pair: &Pair) {
    let name = pair
        .name
        .replace('"', "%22")
        .replace('\r', "%0D")
        .replace('\n', "%0A");
    match (name.as_str(), pair.is_file) {
        ("", false) => {}
        ("", true) => text.push_str(&format!(
            "Content-Disposition: attachment; filename=\"{NAME}\"\r\n"
        )),
        (name, is_file) => {
            text.push_str(&format!("Content-Disposition: form-data; name=\"{name}\""));
            if is_file {
                text.push_str(&format!("; filename=\"{NAME}\""));
            }
            text.push_str("\r\n");
        }
    }
    let content_type = match (pair.is_file, pair.content_type.as_str()) {
        (true, "") => "application/octet-stream",
        (_, content_type) => content_type,
    };
    if !content_type.is_empty() {
        text.push_str(&format!("Content-Type: {content_type}\r\n"));
    }
    for (name, value) in &pair.headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
}
