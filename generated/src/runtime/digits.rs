// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Numbers that a server may send as strings of digits.
//!
//! In: the value of a member. Out: the same, with numbers. Not here: integers that are always strings (see `quoted`).

use serde::de::{Error, MapAccess};
use serde_json::{Number, Value};

use super::fit;
use super::free::Free;
use super::read::Read;
use super::taken::Taken;

/// Reads the next value, in which strings of digits are numbers.
pub(crate) fn next_value<'de, T: for<'a> Read<'a>, A: MapAccess<'de>>(
    map: &mut A,
    place: &mut Option<T>,
) -> Result<(), A::Error> {
    let mut value = Value::Null;
    map.next_value_seed(Free(&mut value))?;
    to_numbers(&mut value);
    T::read(Taken(&mut value), place).map_err(A::Error::custom)
}

fn to_numbers(value: &mut Value) {
    match value {
        Value::String(text) => {
            if let Some(number) = number(text) {
                fit::miss(fit::UNDECLARED);
                *value = Value::Number(number);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(to_numbers),
        Value::Object(members) => members.values_mut().for_each(to_numbers),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Returns the number that a text represents in JSON.
fn number(text: &str) -> Option<Number> {
    // JSON allows white space around a value.
    let is_trimmed = text.len() == text.trim().len();
    is_trimmed.then(|| serde_json::from_str(text).ok())?
}
