// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Numbers that a server may send as strings of digits.
//!
//! In: a JSON value, for the visitor of a number. Out: the number, also if the value is a string. Not here: whether this is so
//! (see `whole`), integers that are always strings (see `quoted`).

use std::fmt::{self, Formatter};

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Error, MapAccess, Unexpected, Visitor};
use serde_json::Number;

use super::fit;

/// What becomes of a string of digits where a number is expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Digits {
    /// It is refused.
    Refuse,
    /// It is read as the number: the document describes numbers that may be strings.
    Read,
}

/// Visits a number with the visitor in it.
pub(crate) struct NumberVisitor<V>(pub(crate) V);

impl<'de, V: Visitor<'de>> NumberVisitor<V> {
    fn visit<E: Error>(self, number: &Number) -> Result<V::Value, E> {
        match (number.as_i64(), number.as_u64()) {
            (Some(value), _) => self.0.visit_i64(value),
            (None, Some(value)) => self.0.visit_u64(value),
            (None, None) => self.0.visit_f64(number.as_f64().unwrap_or(f64::NAN)),
        }
    }
}

impl<'de, V: Visitor<'de>> Visitor<'de> for NumberVisitor<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.0.expecting(f)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<V::Value, E> {
        self.0.visit_i64(value)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<V::Value, E> {
        self.0.visit_u64(value)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<V::Value, E> {
        self.0.visit_f64(value)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<V::Value, E> {
        let Some(number) = number(text) else {
            return Err(E::invalid_type(Unexpected::Str(text), &self));
        };
        fit::miss(fit::UNDECLARED);
        self.visit(&number)
    }

    /// With the feature `arbitrary_precision`, `serde_json` passes numbers to visitors as maps.
    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<V::Value, A::Error> {
        let number = Number::deserialize(MapAccessDeserializer::new(entries))?;
        self.visit(&number)
    }
}

/// Returns the number that a text represents in JSON.
fn number(text: &str) -> Option<Number> {
    // JSON allows white space around a value.
    let is_trimmed = text.len() == text.trim().len();
    is_trimmed.then(|| serde_json::from_str(text).ok())?
}
