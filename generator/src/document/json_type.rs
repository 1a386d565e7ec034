//! The types of JSON Schema.
//!
//! In: the word after `type`. Out: a [`JsonType`]. Not here: what other keywords imply (see `understand`).

/// `type`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JsonType {
    String,
    Integer,
    Number,
    Boolean,
    Object,
    Array,
    Null,
}

impl JsonType {
    /// Returns the type with this name. `lower` leaves no other names.
    pub(super) fn named(name: &str) -> Option<Self> {
        match name {
            "string" => Some(Self::String),
            "integer" => Some(Self::Integer),
            "number" => Some(Self::Number),
            "boolean" => Some(Self::Boolean),
            "object" => Some(Self::Object),
            "array" => Some(Self::Array),
            "null" => Some(Self::Null),
            _ => None,
        }
    }

    /// Returns the type of values that have both types, if there are any.
    pub fn and(self, other: Self) -> Option<Self> {
        match (self, other) {
            (one, two) if one == two => Some(one),
            (Self::Integer, Self::Number) | (Self::Number, Self::Integer) => Some(Self::Integer),
            (
                Self::String
                | Self::Integer
                | Self::Number
                | Self::Boolean
                | Self::Object
                | Self::Array
                | Self::Null,
                _,
            ) => None,
        }
    }

    /// Returns the type with its article, for messages.
    pub fn phrase(self) -> &'static str {
        match self {
            Self::String => "a string",
            Self::Integer => "an integer",
            Self::Number => "a number",
            Self::Boolean => "a boolean",
            Self::Object => "an object",
            Self::Array => "an array",
            Self::Null => "null",
        }
    }
}
