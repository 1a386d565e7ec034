// @generated runtime. Do not edit: it is copied from the generator's templates.
//! A bound on the effort of decoding unions that nest in each other.
//!
//! In: the value of a union. Out: an error if all attempts so far have read too much. Not here: the attempts (see `union`).
//!
//! A variant may turn out not to match only after its members were read, unions among them, each with attempts of its own. The
//! effort then multiplies from level to level, so that a short reply of a hostile server could keep a thread busy for years.

use std::cell::Cell;

use serde_json::Value;

/// The number of times that each part of a large union may be read: once for each of the levels that JSON may have.
const READS: usize = 128;
/// The number of values that may be read in any union, in addition.
const FREE: usize = 100_000;

thread_local! {
    /// The number of values that unions within the outermost one may still read. `None` if no union is being read.
    // Decoders are called by `serde`, which has no room for a parameter.
    static LEFT: Cell<Option<usize>> = const { Cell::new(None) };
}

/// The time in which a union is read.
pub(crate) struct Effort {
    is_outermost: bool,
}

impl Effort {
    /// Begins to read a union with this value. `None` if its part of the effort is spent.
    pub(crate) fn begin(value: &Value) -> Option<Self> {
        let size = size(value);
        match LEFT.get() {
            None => LEFT.set(Some(size.saturating_mul(READS) + FREE)),
            Some(left) => {
                let left = left.saturating_sub(size);
                LEFT.set(Some(left));
                if left == 0 {
                    return None;
                }
                return Some(Self {
                    is_outermost: false,
                });
            }
        }
        Some(Self { is_outermost: true })
    }

    /// Returns whether an attempt was given up, so that the result means nothing.
    pub(crate) fn is_spent(&self) -> bool {
        LEFT.get() == Some(0)
    }
}

impl Drop for Effort {
    fn drop(&mut self) {
        if self.is_outermost {
            LEFT.set(None);
        }
    }
}

/// Returns the number of values in a value, itself included.
fn size(value: &Value) -> usize {
    let parts: usize = match value {
        Value::Array(items) => items.iter().map(size).sum(),
        Value::Object(members) => members.values().map(size).sum(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 0,
    };
    parts + 1
}
