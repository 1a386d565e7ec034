// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Bounds the effort of decoding nested unions.
//!
//! In: the value of a union. Out: an error if all attempts so far have read too much. Not here: the attempts (see `union`).
//!
//! A variant may turn out not to match only after its members were read. Members may be unions,
//! too, each with its own attempts. The effort then multiplies from level to level, and a short
//! response of a hostile server could keep a thread busy for years.

use std::cell::Cell;

use serde_json::Value;

/// The number of times that each part of a large union may be read: once for each level of nesting
/// that JSON may have.
const READS: usize = 128;
/// The number of additional values that may be read in any union.
const FREE: usize = 100_000;

thread_local! {
    /// The number of values that unions within the outermost one may still read. `None` if no union is being read.
    // `serde` calls the decoders and cannot pass a parameter.
    static LEFT: Cell<Option<usize>> = const { Cell::new(None) };
}

/// A guard that exists while a union is read.
pub(crate) struct Effort {
    is_outermost: bool,
}

impl Effort {
    /// Begins to read a union with this value. Returns `None` if the effort is spent.
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

    /// Returns whether an attempt was given up, which makes the result meaningless.
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

/// Returns whether so little is left that a union takes the first variant that matches.
pub(crate) fn is_scarce() -> bool {
    LEFT.get().is_some_and(|left| left < FREE / 2)
}

/// Counts the values in a value, including itself.
fn size(value: &Value) -> usize {
    let parts: usize = match value {
        Value::Array(items) => items.iter().map(size).sum(),
        Value::Object(members) => members.values().map(size).sum(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 0,
    };
    parts + 1
}
