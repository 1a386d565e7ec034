//! Which JSON values a scalar holds.
//!
//! In: scalars, values. Out: whether they go together. Not here: what a schema allows (see `understand`).

use serde_json::Value;

use super::api::Scalar;
use super::json::integer;

impl Scalar {
    /// Returns whether a value survives a round trip through the Rust type. `1.0` is an integer
    /// (JSON Schema 2020-12, Core, 4.2.3).
    pub fn holds(self, value: &Value) -> bool {
        match self {
            // A text stands for the bytes of a file.
            Self::String | Self::File => value.is_string(),
            Self::Bool => value.is_boolean(),
            Self::Null => value.is_null(),
            Self::I8 => is_within::<i8>(value),
            Self::I16 => is_within::<i16>(value),
            Self::I32 => is_within::<i32>(value),
            Self::I64 | Self::UnixTime => is_within::<i64>(value),
            Self::U8 => is_within::<u8>(value),
            Self::U16 => is_within::<u16>(value),
            Self::U32 => is_within::<u32>(value),
            Self::U64 => is_within::<u64>(value),
            Self::QuotedI64 => is_quoted::<i64>(value),
            Self::QuotedU64 => is_quoted::<u64>(value),
            Self::F32 => value
                .as_f64()
                .is_some_and(|wide| (wide as f32).to_string().parse() == Ok(wide)),
            Self::F64 => value.is_number(),
        }
    }
}

fn is_within<T: TryFrom<i128>>(value: &Value) -> bool {
    integer(value).is_some_and(|integer| T::try_from(integer).is_ok())
}

/// Returns true for an integer in a string, if it is written the same again: `"+1"` and `"01"` are not.
fn is_quoted<T: std::str::FromStr + ToString>(value: &Value) -> bool {
    let text = value.as_str().unwrap_or_default();
    text.parse()
        .is_ok_and(|number: T| number.to_string() == text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn scalars_hold_what_they_give_back() {
        assert!(Scalar::I8.holds(&json!(-128)) && !Scalar::I8.holds(&json!(128)));
        assert!(Scalar::U64.holds(&json!(u64::MAX)) && !Scalar::I64.holds(&json!(u64::MAX)));
        assert!(Scalar::I32.holds(&json!(7.0)) && !Scalar::I32.holds(&json!(7.5)));
        assert!(Scalar::F32.holds(&json!(0.5)) && !Scalar::F32.holds(&json!(16777217)));
        assert!(Scalar::QuotedI64.holds(&json!("7")) && !Scalar::QuotedI64.holds(&json!("07")));
    }
}
