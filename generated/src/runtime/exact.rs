// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Tells whether a value fits a type exactly: it has no undeclared member, and no null that is
//! read as a missing member.
//!
//! In: readers of objects that meet one of these. Out: which attempt to read a variant of a union counts. Not here: the
//! attempts (see `union`).

use std::cell::Cell;

thread_local! {
    // `serde` calls the decoders and cannot pass a parameter.
    /// Whether a value did not fit exactly.
    static MISSED: Cell<bool> = const { Cell::new(false) };
    /// Whether unions refuse variants that do not fit exactly.
    static REQUIRED: Cell<bool> = const { Cell::new(false) };
}

/// Records that a value does not fit exactly.
pub(crate) fn miss() {
    MISSED.set(true);
}

/// Returns whether a variant that does not fit exactly is refused.
pub(crate) fn is_required() -> bool {
    REQUIRED.get()
}

/// Reads something, and returns whether it did not fit exactly.
pub(crate) fn during<R>(read: impl FnOnce() -> R) -> (R, bool) {
    let before = MISSED.replace(false);
    let result = read();
    (result, MISSED.replace(before))
}

/// Attempts to read a variant of a union: first one that fits exactly, then any one.
///
/// Within an attempt that requires an exact fit, there is no second one. The effort of nested
/// unions thus grows with their depth, and not exponentially.
pub(crate) fn best(mut attempt: impl FnMut() -> bool) -> bool {
    let outer = REQUIRED.replace(true);
    let (matches, missed) = during(&mut attempt);
    REQUIRED.set(outer);
    match (matches, missed, outer) {
        (true, ..) => true,
        (false, false, _) => false,
        (false, true, true) => {
            miss();
            false
        }
        (false, true, false) => attempt(),
    }
}
