// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Constant strings, such as the `object` or `type` property of an object.
//!
//! In: the strings that emitted code lists in `constants!`. Out: a type for each, which also keeps any other string
//! that a server sends. Not here: enums of several values.
//!
//! This is one generic type because many objects have such a property: an enum for each would take as long to compile
//! as the objects themselves.

use std::fmt::{self, Debug, Display, Formatter};
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::fit;
use super::string_enum::read_string;

/// The documented string of a [`Constant`].
pub trait ConstantValue {
    /// The string.
    const VALUE: &'static str;
}

/// A string with a single documented value. Other values that the server sends are kept and written
/// back.
///
/// `Default` and constructors set the documented value.
pub struct Constant<T>(Option<Box<str>>, PhantomData<fn() -> T>);

impl<T: ConstantValue> Constant<T> {
    /// Returns the value in the form in which it is sent.
    pub fn as_str(&self) -> &str {
        self.other().unwrap_or(T::VALUE)
    }
}

impl<T> Constant<T> {
    /// Returns the value, if it differs from the documented one.
    pub fn other(&self) -> Option<&str> {
        self.0.as_deref()
    }
}

impl<T> Default for Constant<T> {
    fn default() -> Self {
        Self(None, PhantomData)
    }
}

impl<T> Clone for Constant<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone(), PhantomData)
    }
}

impl<T> PartialEq for Constant<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<T> Eq for Constant<T> {}

impl<T> Hash for Constant<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl<T: ConstantValue> PartialEq<str> for Constant<T> {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl<T: ConstantValue> PartialEq<&str> for Constant<T> {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl<T: ConstantValue> From<&str> for Constant<T> {
    fn from(value: &str) -> Self {
        Self((value != T::VALUE).then(|| value.into()), PhantomData)
    }
}

impl<T: ConstantValue> From<String> for Constant<T> {
    fn from(value: String) -> Self {
        Self::from(value.as_str())
    }
}

impl<T: ConstantValue> Debug for Constant<T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        Debug::fmt(self.as_str(), f)
    }
}

impl<T: ConstantValue> Display for Constant<T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        Display::fmt(self.as_str(), f)
    }
}

impl<'de, T: ConstantValue> Deserialize<'de> for Constant<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let constant: Self = read_string(deserializer)?;
        if constant.other().is_some() {
            fit::miss(fit::NOT_ALLOWED);
        }
        Ok(constant)
    }
}

impl<T: ConstantValue> Serialize for Constant<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// Defines the strings of constants, each as a type:
///
/// ```text
/// constants!({ "list" => List });
///
/// pub struct Permissions { pub object: Constant<literals::List> }
/// ```
macro_rules! constants {
    ({ $($value:literal => $name:ident),* $(,)? }) => {
        /// The strings that [`Constant`](crate::Constant)s stand for.
        pub mod literals {
            $(
                pub enum $name {}

                impl $crate::runtime::ConstantValue for $name {
                    const VALUE: &'static str = $value;
                }
            )*
        }
    };
}

pub(crate) use constants;
