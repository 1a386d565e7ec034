//! Scalars, and literal values.
//!
//! In: merged constraints, JSON values. Out: [`Scalar`], [`Literal`]. Not here: definitions.

use serde_json::Value;

use super::merged::Merged;
use crate::document::JsonType;
use crate::model::api::{Literal, Scalar};

/// Returns the JSON type of all constraints together. Without a declared type, other keywords suggest one.
pub fn effective_type(all: &Merged) -> Option<JsonType> {
    let text = || {
        let known = [
            "date",
            "date-time",
            "time",
            "uuid",
            "uri",
            "url",
            "email",
            "byte",
            "binary",
            "password",
            "hostname",
            "ipv4",
            "ipv6",
        ];
        all.textual || all.format.is_some_and(|format| known.contains(&format))
    };
    let integer = || all.format.and_then(bits).is_some();
    let float = || matches!(all.format, Some("float" | "double"));
    match all.kind {
        Some(kind) => Some(kind),
        None if !all.unions.is_empty() => None,
        // Keywords for strings do not constrain numbers (JSON Schema Validation, 6.3).
        None if integer() => Some(JsonType::Integer),
        None if float() => Some(JsonType::Number),
        None if text() => Some(JsonType::String),
        None if all.numeric => Some(JsonType::Number),
        None => None,
    }
}

/// Returns the JSON type that all values except null have in common.
pub fn listed_type(values: &[&Value]) -> Option<JsonType> {
    let mut kinds = values
        .iter()
        .filter(|value| !value.is_null())
        .map(|value| match value {
            Value::String(_) => JsonType::String,
            Value::Number(number) if number.is_i64() || number.is_u64() => JsonType::Integer,
            Value::Number(_) => JsonType::Number,
            Value::Bool(_) => JsonType::Boolean,
            Value::Array(_) => JsonType::Array,
            Value::Object(_) => JsonType::Object,
            Value::Null => JsonType::Null,
        });
    let Some(first) = kinds.next() else {
        return Some(JsonType::Null);
    };
    kinds.try_fold(first, |one, two| match (one, two) {
        _ if one == two => Some(one),
        (JsonType::Integer, JsonType::Number) | (JsonType::Number, JsonType::Integer) => {
            Some(JsonType::Number)
        }
        _ => None,
    })
}

/// Returns the declared JSON type, or else that of the listed values.
pub fn values_type(all: &Merged) -> Option<JsonType> {
    let listed = || listed_type(&all.values.as_ref()?.1);
    effective_type(all).or_else(listed)
}

/// Returns the scalar for a JSON type, or `None` if the type is not scalar.
pub fn scalar(kind: JsonType, all: &Merged) -> Option<Scalar> {
    match kind {
        JsonType::String => Some(match all.format {
            Some("int64") => Scalar::QuotedI64,
            Some("uint64") => Scalar::QuotedU64,
            Some("binary") => Scalar::File,
            _ => Scalar::String,
        }),
        JsonType::Boolean => Some(Scalar::Bool),
        JsonType::Null => Some(Scalar::Null),
        JsonType::Integer => Some(integer(all)),
        JsonType::Number => Some(match all.format {
            Some("float" | "float32") => Scalar::F32,
            Some(format) if bits(format).is_some() => integer(all),
            _ => Scalar::F64,
        }),
        JsonType::Object | JsonType::Array => None,
    }
}

/// Describes the numbers that the scalar cannot represent exactly.
pub fn lost_digits(kind: JsonType, all: &Merged) -> Option<&'static str> {
    match (kind, all.format?) {
        (JsonType::Number, "decimal" | "decimal128" | "bigdecimal" | "big-decimal") => {
            Some("the number is an `f64`, which is exact for 15 decimal digits only")
        }
        (
            JsonType::Integer,
            "bigint" | "biginteger" | "big-integer" | "int128" | "uint128" | "int256" | "uint256",
        ) => Some("the integer has 64 bits; larger ones cannot be read"),
        _ => None,
    }
}

/// Returns the scalar of a variant without other constraints.
pub fn plain_scalar(all: &Merged) -> Option<Scalar> {
    if all.values.is_some() || !all.unions.is_empty() {
        return None;
    }
    effective_type(all).and_then(|kind| scalar(kind, all))
}

/// Returns the integer type that holds all values of the format and the bounds. The default has 64 bits. Bounds alone reduce it
/// to 32 bits at most.
fn integer(all: &Merged) -> Scalar {
    if matches!(all.format, Some("unixtime" | "unix-time")) {
        return Scalar::UnixTime;
    }
    let unsigned = all.minimum.is_some_and(|least| least >= 0.0)
        || all.format.is_some_and(|format| format.starts_with("uint"));
    let declared = all.format.and_then(bits);
    let (least, most) = match (unsigned, declared.unwrap_or(32)) {
        (true, 8) => (0.0, f64::from(u8::MAX)),
        (true, 16) => (0.0, f64::from(u16::MAX)),
        (true, _) => (0.0, f64::from(u32::MAX)),
        (false, 8) => (f64::from(i8::MIN), f64::from(i8::MAX)),
        (false, 16) => (f64::from(i16::MIN), f64::from(i16::MAX)),
        (false, _) => (f64::from(i32::MIN), f64::from(i32::MAX)),
    };
    let inside = |bound: f64| (least..=most).contains(&bound);
    let fits = all.minimum.is_none_or(inside) && all.maximum.is_none_or(inside);
    let bounded = all.minimum.is_some() && all.maximum.is_some();
    let bits = match declared {
        Some(bits) if fits => bits,
        None if fits && bounded => 32,
        Some(_) | None => 64,
    };
    match (unsigned, bits) {
        (true, 8) => Scalar::U8,
        (true, 16) => Scalar::U16,
        (true, 32) => Scalar::U32,
        (true, _) => Scalar::U64,
        (false, 8) => Scalar::I8,
        (false, 16) => Scalar::I16,
        (false, 32) => Scalar::I32,
        (false, _) => Scalar::I64,
    }
}

/// Returns whether a format states the width of an integer.
pub fn is_width(format: &str) -> bool {
    bits(format).is_some()
}

/// Returns the width that a format states.
fn bits(format: &str) -> Option<u8> {
    match format {
        "int8" | "uint8" => Some(8),
        "int16" | "uint16" => Some(16),
        "int32" | "uint32" => Some(32),
        "int64" | "uint64" => Some(64),
        _ => None,
    }
}

/// Converts a JSON value to a literal.
pub fn literal(value: &Value) -> Literal {
    match value {
        Value::Null => Literal::Null,
        Value::Bool(bool) => Literal::Bool(*bool),
        Value::String(text) => Literal::String(text.clone()),
        Value::Array(_) | Value::Object(_) => Literal::Json(value.clone()),
        Value::Number(number) => match (number.as_i64(), number.as_u64(), number.as_f64()) {
            (Some(integer), ..) => Literal::Integer(integer),
            (None, Some(integer), _) => Literal::Unsigned(integer),
            (None, None, float) => Literal::Float(float.unwrap_or_default()),
        },
    }
}

/// Formats a JSON value for a message.
pub fn brief(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("`{}...`", &text[..end]),
        None => format!("`{text}`"),
    }
}

/// Returns whether a schema accepts any value.
pub fn anything(all: &Merged) -> bool {
    effective_type(all).is_none()
        && all.values.is_none()
        && all.unions.is_empty()
        && all.properties.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_by_format_and_bounds() {
        let case = |format, minimum, maximum| {
            integer(&Merged {
                format,
                minimum,
                maximum,
                ..Merged::default()
            })
        };
        assert_eq!(case(None, None, None), Scalar::I64);
        assert_eq!(case(Some("int32"), None, None), Scalar::I32);
        assert_eq!(case(Some("int32"), Some(0.0), None), Scalar::U32);
        assert_eq!(case(Some("uint8"), None, None), Scalar::U8);
        assert_eq!(case(Some("int16"), Some(0.0), None), Scalar::U16);
        assert_eq!(case(Some("int8"), None, Some(1000.0)), Scalar::I64);
        assert_eq!(case(Some("int64"), Some(0.0), Some(9.0)), Scalar::U64);
        assert_eq!(case(None, Some(1.0), Some(100.0)), Scalar::U32);
        assert_eq!(case(None, Some(-1.0), Some(100.0)), Scalar::I32);
        assert_eq!(case(None, Some(1.0), None), Scalar::U64);
        assert_eq!(
            case(Some("int32"), None, Some(4_294_967_295.0)),
            Scalar::I64
        );
        assert_eq!(case(Some("unixtime"), Some(0.0), None), Scalar::UnixTime);
    }
}
