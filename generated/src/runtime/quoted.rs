// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Numbers in strings.
//!
//! In: JSON strings. Out: the integers that they contain. Not here: any other value.

use std::fmt::{self, Display, Formatter};
use std::str::FromStr;

use serde::de::{Error, Unexpected, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An integer that JSON carries as a string, because many JSON parsers lack 64-bit integers:
/// `"9007199254740993"`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Quoted<T>(pub T);

impl<T> From<T> for Quoted<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl<T: Display> Display for Quoted<T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<T: Display> Serialize for Quoted<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

/// Accepts only the text that serializing would produce, so a value survives a round trip.
impl<'de, T: FromStr + Display> Deserialize<'de> for Quoted<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Digits<T>(std::marker::PhantomData<T>);

        impl<T: FromStr + Display> Visitor<'_> for Digits<T> {
            type Value = Quoted<T>;

            fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
                f.write_str("an integer in a string")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Quoted<T>, E> {
                let value: Option<T> = text.parse().ok();
                value
                    .filter(|value| value.to_string() == text)
                    .map(Quoted)
                    .ok_or_else(|| E::invalid_value(Unexpected::Str(text), &self))
            }
        }

        deserializer.deserialize_str(Digits(std::marker::PhantomData))
    }
}
