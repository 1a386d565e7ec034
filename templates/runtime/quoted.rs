// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Numbers in strings.
//!
//! In: JSON strings. Out: the integers that they contain, or the strings. Not here: any other value.

use std::fmt::{self, Display, Formatter};
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::read::{Read, small};
use super::string_enum::read_string;

/// An integer that JSON carries as a string, because many JSON parsers lack 64-bit integers:
/// `"9007199254740993"`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Quoted<T> {
    /// The integer.
    Value(T),
    /// Any string that writing an integer would not give, such as `""` or `"007"`. It is written back as it is.
    Other(String),
}

impl<T: Copy + FromStr> Quoted<T> {
    /// Returns the integer. `None` if the string does not contain one.
    pub fn value(&self) -> Option<T> {
        match self {
            Self::Value(value) => Some(*value),
            Self::Other(text) => text.parse().ok(),
        }
    }
}

impl<T: Default> Default for Quoted<T> {
    fn default() -> Self {
        Self::Value(T::default())
    }
}

impl<T> From<T> for Quoted<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

impl<T: Display> Display for Quoted<T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value(value) => value.fmt(f),
            Self::Other(text) => text.fmt(f),
        }
    }
}

impl<T: Display> Serialize for Quoted<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A text, which `string_enum` reads.
struct Text<T>(Quoted<T>);

impl<T: FromStr + Display> From<&str> for Text<T> {
    fn from(text: &str) -> Self {
        let value: Option<T> = text.parse().ok();
        Self(match value.filter(|value| value.to_string() == text) {
            Some(value) => Quoted::Value(value),
            None => Quoted::Other(text.to_owned()),
        })
    }
}

impl<'de, T: FromStr + Display> Deserialize<'de> for Quoted<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read_string(deserializer).map(|Text(quoted)| quoted)
    }
}

impl<'de, T: FromStr + Display> Read<'de> for Quoted<T> {
    fn read<D: Deserializer<'de>>(
        deserializer: D,
        place: &mut Option<Self>,
    ) -> Result<(), D::Error> {
        small(deserializer, place)
    }

    fn is_listed(&self) -> bool {
        matches!(self, Self::Value(_))
    }
}
