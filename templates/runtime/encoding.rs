// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Converts the properties of a body to names and texts, for forms and multipart bodies.
//!
//! In: the JSON of an object, and how the document encodes its properties. Out: [`Pair`]s in the order of the object. Not
//! here: how pairs are written.

use std::collections::BTreeMap;
use std::fmt::{self, Formatter};

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;

/// 2^53. A float represents every integer below it exactly.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// How a property is written (OpenAPI 3.1.1, 4.8.15). A property without one is written as its content.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Encoding {
    name: &'static str,
    style: Style,
    /// The media type. If it is empty, the value determines it.
    content_type: &'static str,
    allow_reserved: bool,
    /// The headers of the part.
    headers: &'static [(&'static str, &'static str)],
}

#[derive(Clone, Copy, Debug)]
enum Style {
    /// Text unchanged, objects as JSON. A list has a pair for each item.
    Content,
    /// A pair for each item of a list, or for each property of an object.
    Exploded,
    /// All items in one text.
    Joined(char),
    /// A pair for each scalar, with its path in brackets: `a[b]`, `a[0][b]`.
    Deep,
}

impl Encoding {
    const fn new(name: &'static str, style: Style) -> Self {
        Self {
            name,
            style,
            content_type: "",
            allow_reserved: false,
            headers: &[],
        }
    }

    /// Creates an encoding with a `contentType`.
    pub(crate) const fn content(name: &'static str, content_type: &'static str) -> Self {
        Self {
            content_type,
            ..Self::new(name, Style::Content)
        }
    }

    /// Creates an encoding for `style: form, explode: true`.
    pub(crate) const fn exploded(name: &'static str) -> Self {
        Self::new(name, Style::Exploded)
    }

    /// Creates an encoding for `style: form`, `spaceDelimited` or `pipeDelimited`, with
    /// `explode: false`.
    pub(crate) const fn joined(name: &'static str, separator: char) -> Self {
        Self::new(name, Style::Joined(separator))
    }

    /// Creates an encoding for `style: deepObject`.
    pub(crate) const fn deep(name: &'static str) -> Self {
        Self::new(name, Style::Deep)
    }

    /// Sets `allowReserved: true`.
    pub(crate) const fn reserved(self) -> Self {
        Self {
            allow_reserved: true,
            ..self
        }
    }

    /// Sets the headers whose values the document gives.
    pub(crate) const fn headers(self, headers: &'static [(&'static str, &'static str)]) -> Self {
        Self { headers, ..self }
    }
}

/// A name with its value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Pair {
    pub(crate) name: String,
    /// The texts of the value. There is more than one if they are joined.
    pub(crate) texts: Vec<String>,
    /// What joins them. `None` if there is only one.
    pub(crate) separator: Option<char>,
    /// The media type. Empty if the text has none.
    pub(crate) content_type: &'static str,
    pub(crate) allow_reserved: bool,
    pub(crate) headers: &'static [(&'static str, &'static str)],
}

impl Pair {
    /// Returns the texts in one, as they are.
    ///
    /// # Errors
    ///
    /// Fails if a text has the separator: the server would read other texts.
    pub(crate) fn joined(&self) -> Result<String, String> {
        let separator = self.separator.unwrap_or(',');
        if self.separator.is_some() && self.texts.iter().any(|text| text.contains(separator)) {
            let name = &self.name;
            return Err(format!(
                "a value of `{name}` has a `{separator}`, which separates values"
            ));
        }
        Ok(self.texts.join(separator.encode_utf8(&mut [0; 4])))
    }
}

/// Returns the pairs of an object.
///
/// # Errors
///
/// Fails if the JSON is not an object, with a message that says why.
pub(crate) fn pairs(json: &[u8], encodings: &[Encoding]) -> Result<Vec<Pair>, String> {
    let Members(members) = serde_json::from_slice(json).map_err(|error| error.to_string())?;
    let mut pairs = Vec::with_capacity(members.len());
    for (name, value) in members {
        let value = sorted(value);
        let encoding = encodings.iter().find(|encoding| encoding.name == name);
        let encoding = encoding.copied();
        add(
            &mut pairs,
            encoding.unwrap_or(Encoding::content("", "")),
            name,
            value,
        );
    }
    Ok(pairs)
}

/// Returns the items of a list as pairs without names. The last encoding applies to all further items.
///
/// # Errors
///
/// Fails if the JSON is not a list, with a message that says why.
pub(crate) fn items(json: &[u8], encodings: &[Encoding]) -> Result<Vec<Pair>, String> {
    let items: Vec<Value> = serde_json::from_slice(json).map_err(|error| error.to_string())?;
    let items = items.into_iter().enumerate().map(|(index, item)| {
        let encoding = encodings.get(index).or(encodings.last()).copied();
        let encoding = encoding.unwrap_or(Encoding::content("", ""));
        content(encoding, String::new(), sorted(item))
    });
    Ok(items.collect())
}

fn add(pairs: &mut Vec<Pair>, encoding: Encoding, name: String, value: Value) {
    match (encoding.style, value) {
        (Style::Content | Style::Exploded, Value::Array(items)) => {
            for item in items {
                pairs.push(content(encoding, name.clone(), item));
            }
        }
        (Style::Exploded, Value::Object(members)) => {
            for (name, value) in members {
                pairs.push(content(encoding, name, value));
            }
        }
        (Style::Content | Style::Exploded, value) => pairs.push(content(encoding, name, value)),
        (Style::Joined(separator), value) => {
            let texts = match value {
                Value::Array(items) => items.into_iter().map(text).collect(),
                Value::Object(members) => {
                    let members = members.into_iter();
                    members
                        .flat_map(|(key, value)| [key, text(value)])
                        .collect()
                }
                value => {
                    pairs.push(pair(encoding, name, text(value)));
                    return;
                }
            };
            let pair = pair(encoding, name, String::new());
            pairs.push(Pair {
                texts,
                separator: Some(separator),
                ..pair
            });
        }
        (Style::Deep, Value::Array(items)) => {
            for (index, item) in items.into_iter().enumerate() {
                add(pairs, encoding, format!("{name}[{index}]"), item);
            }
        }
        (Style::Deep, Value::Object(members)) => {
            for (key, value) in members {
                add(pairs, encoding, format!("{name}[{key}]"), value);
            }
        }
        (Style::Deep, value) => pairs.push(pair(encoding, name, text(value))),
    }
}

fn pair(encoding: Encoding, name: String, text: String) -> Pair {
    Pair {
        name,
        texts: vec![text],
        separator: None,
        content_type: encoding.content_type,
        allow_reserved: encoding.allow_reserved,
        headers: encoding.headers,
    }
}

/// Returns a value in its media type. Objects are JSON unless the document declares another type.
fn content(encoding: Encoding, name: String, value: Value) -> Pair {
    let is_json = |media_type: &str| media_type.ends_with("json");
    let content_type = match (&value, encoding.content_type) {
        (Value::Array(_) | Value::Object(_), "") => "application/json",
        (_, content_type) => content_type,
    };
    let text = match is_json(content_type) {
        true => value.to_string(),
        false => text(value),
    };
    Pair {
        content_type,
        ..pair(encoding, name, text)
    }
}

/// Sorts the keys of all objects in a value, because `serde_json` keeps their order only with some
/// of its features.
fn sorted(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let members = members.into_iter().map(|(key, value)| (key, sorted(value)));
            let members: BTreeMap<String, Value> = members.collect();
            Value::Object(members.into_iter().collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(sorted).collect()),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value,
    }
}

/// Returns a value as text. Null is empty.
fn text(value: Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text,
        // `1` for `1.0`, as in a query.
        Value::Number(number) => match number.as_f64() {
            Some(float) if number.is_f64() && float.fract() == 0.0 && float.abs() < EXACT => {
                (float as i64).to_string()
            }
            _ => number.to_string(),
        },
        Value::Bool(_) | Value::Array(_) | Value::Object(_) => value.to_string(),
    }
}

/// The members of an object in their order, which a map of `serde_json` does not keep.
struct Members(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Ordered;

        impl<'de> Visitor<'de> for Ordered {
            type Value = Members;

            fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
                f.write_str("an object, whose properties are sent one by one")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }

        deserializer.deserialize_map(Ordered)
    }
}
