// @generated runtime. Do not edit: it is copied from the generator's templates.
//! How well a value fits a type.
//!
//! In: readers that meet something the document does not declare. Out: the misfits of an attempt to read a variant of a
//! union, so the variant with the fewest counts. Not here: the attempts (see `choice`).

use std::cell::Cell;

/// A property that the type does not declare, or a null that is read as a missing property.
pub(crate) const UNDECLARED: u32 = 1;
/// A value that the type does not allow, but keeps: another value of a constant or an enum, an
/// undeclared property of a closed object. It weighs more than any number of undeclared properties.
pub(crate) const NOT_ALLOWED: u32 = 1 << 16;

thread_local! {
    // `serde` calls the decoders and cannot pass a parameter.
    static MISFITS: Cell<u32> = const { Cell::new(0) };
}

/// Records a misfit.
pub(crate) fn miss(weight: u32) {
    MISFITS.set(MISFITS.get().saturating_add(weight));
}

/// Reads something, and returns the weight of its misfits.
pub(crate) fn during<R>(read: impl FnOnce() -> R) -> (R, u32) {
    let before = MISFITS.replace(0);
    let result = read();
    (result, MISFITS.replace(before))
}
