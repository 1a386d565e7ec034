// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Decodes response headers into types.
//!
//! In: headers, and a type with a member for each header that the document describes. Out: a value of that type. Header names are
//! keys in lower case, and the types of members decide how values are read (style `simple`; OpenAPI 3.1.1, 4.8.21). Not here: other
//! formats.

use std::collections::HashSet;
use std::fmt::{self, Display, Formatter};
use std::str::FromStr;

use http::header::SET_COOKIE;
use http::{HeaderMap, HeaderName};
use serde::de::value::{MapDeserializer, SeqDeserializer, StrDeserializer};
use serde::de::{
    DeserializeOwned, DeserializeSeed, IgnoredAny, IntoDeserializer, MapAccess, Visitor,
};
use serde::{Deserializer, forward_to_deserialize_any};
use serde_json::de::IoRead;

use super::error::{Error, HeaderError, Result};

/// Reads headers as a type.
pub(crate) fn decode<T: DeserializeOwned>(headers: &HeaderMap) -> Result<T> {
    let mut seen = HashSet::new();
    let names = headers.keys().filter(|name| seen.insert(*name)).collect();
    let map = Headers {
        headers,
        names,
        at: None,
    };
    T::deserialize(map).map_err(|Fault { name, reason }| {
        let name = name.map(|name| name.as_str().into());
        Error::Header(HeaderError { name, reason })
    })
}

/// The reason why a header cannot be read. It does not contain the value, which may be a secret.
#[derive(Debug)]
struct Fault {
    name: Option<HeaderName>,
    reason: Box<str>,
}

impl serde::de::Error for Fault {
    fn custom<T: Display>(reason: T) -> Self {
        Self {
            name: None,
            reason: reason.to_string().into(),
        }
    }
}

impl Display for Fault {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)
    }
}

impl std::error::Error for Fault {}

/// The headers as a map.
struct Headers<'a> {
    headers: &'a HeaderMap,
    names: Vec<&'a HeaderName>,
    at: Option<&'a HeaderName>,
}

impl<'de> Deserializer<'de> for Headers<'de> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, Fault> {
        self.names.reverse();
        visitor.visit_map(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct newtype_struct
        seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

impl<'de> MapAccess<'de> for Headers<'de> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Fault> {
        self.at = self.names.pop();
        let key = self.at.map(|name| name.as_str().into_deserializer());
        key.map(|key: StrDeserializer<'_, Fault>| seed.deserialize(key))
            .transpose()
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Fault> {
        let Some(name) = self.at else {
            return Err(serde::de::Error::custom("a value without a key"));
        };
        let named = |fault: Fault| Fault {
            name: Some(name.clone()),
            ..fault
        };
        let lines = self.headers.get_all(name).iter();
        let lines = lines.map(|value| String::from_utf8_lossy(value.as_bytes()));
        let lines: Vec<_> = lines.map(|line| line.trim().to_owned()).collect();
        // Several lines are one list (RFC 9110, 5.3), except for cookies, whose dates have commas (RFC
        // 6265, 3). No line has a line feed.
        let (joint, separator) = match *name == SET_COOKIE {
            true => ("\n", '\n'),
            false => (", ", ','),
        };
        let text = lines.join(joint);
        let text = Text {
            text: &text,
            separator,
        };
        seed.deserialize(text).map_err(named)
    }
}

/// The value of a header, or an item of it.
struct Text<'a> {
    text: &'a str,
    /// The character between the items of a list.
    separator: char,
}

impl<'a> Text<'a> {
    /// Returns the items of a list.
    fn items(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let items = self.text.split(self.separator).map(str::trim);
        items.filter(|item| !item.is_empty())
    }

    fn item(text: &'a str) -> Self {
        Self {
            text,
            separator: ',',
        }
    }

    fn parsed<T: FromStr>(&self, what: &str) -> Result<T, Fault> {
        let reason = || serde::de::Error::custom(format_args!("the value is not {what}"));
        self.text.parse().map_err(|_| reason())
    }

    /// Returns whether the text is JSON that begins with this character, instead of text in the style `simple`.
    fn is_json(&self, first: char) -> bool {
        self.text.starts_with(first) && serde_json::from_str::<IgnoredAny>(self.text).is_ok()
    }

    fn json<R>(
        &self,
        read: impl FnOnce(&mut serde_json::Deserializer<IoRead<&[u8]>>) -> serde_json::Result<R>,
    ) -> Result<R, Fault> {
        // The error of the JSON could repeat the value.
        let reason = || serde::de::Error::custom("the JSON is not as described");
        read(&mut serde_json::Deserializer::from_reader(
            self.text.as_bytes(),
        ))
        .map_err(|_| reason())
    }
}

impl<'de> IntoDeserializer<'de, Fault> for Text<'_> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

/// Methods that parse the text.
macro_rules! parse {
    ($($method:ident => $visit:ident $what:literal),* $(,)?) => {
        $(
            fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
                visitor.$visit(self.parsed($what)?)
            }
        )*
    };
}

impl<'de> Deserializer<'de> for Text<'_> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_str(self.text)
    }

    parse! {
        deserialize_bool => visit_bool "a boolean",
        deserialize_i8 => visit_i8 "an integer of its type",
        deserialize_i16 => visit_i16 "an integer of its type",
        deserialize_i32 => visit_i32 "an integer of its type",
        deserialize_i64 => visit_i64 "an integer of its type",
        deserialize_u8 => visit_u8 "an integer of its type",
        deserialize_u16 => visit_u16 "an integer of its type",
        deserialize_u32 => visit_u32 "an integer of its type",
        deserialize_u64 => visit_u64 "an integer of its type",
        deserialize_f32 => visit_f32 "a number",
        deserialize_f64 => visit_f64 "a number",
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_some(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        if self.is_json('[') {
            return self.json(|json| json.deserialize_seq(visitor));
        }
        visitor.visit_seq(SeqDeserializer::new(self.items().map(Text::item)))
    }

    /// Reads `a,1,b,2` or, with `explode`, `a=1,b=2`.
    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        if self.is_json('{') {
            return self.json(|json| json.deserialize_map(visitor));
        }
        let items: Vec<&str> = self.items().collect();
        let exploded: Option<Vec<(&str, &str)>> =
            items.iter().map(|item| item.split_once('=')).collect();
        let members = match exploded {
            Some(members) => members,
            None => {
                let pairs = items.chunks_exact(2);
                if !pairs.remainder().is_empty() {
                    return Err(serde::de::Error::custom("the value is not an object"));
                }
                pairs.map(|pair| (pair[0], pair[1])).collect()
            }
        };
        let members = members.into_iter();
        let members = members.map(|(name, value)| (Text::item(name), Text::item(value)));
        visitor.visit_map(MapDeserializer::new(members))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.deserialize_map(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! {
        i128 u128 char str string bytes byte_buf unit unit_struct tuple tuple_struct enum identifier ignored_any
    }
}
