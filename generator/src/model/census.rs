//! The census: values without a type of their own, and the reasons.
//!
//! In: nothing. Out: types only. Not here: who counts (see `understand`), names, text.

use super::api::{Owner, UntypedReason};
use super::uses::UseSite;
use crate::report::{Code, Pointer};

/// The number of values of a service, and those without a type.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Census {
    /// The number of positions of values. Undeclared properties that are kept do not count.
    pub positions: usize,
    /// In the order of the pointers.
    pub untyped: Vec<Untyped>,
}

/// A value without a type of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Untyped {
    /// The property, parameter, body, operation or definition that it is a part of.
    pub at: Pointer,
    pub owner: Owner,
    pub site: UseSite,
    pub within: Within,
    pub why: UntypedReason,
    /// The diagnostic that says more, unless the value is free-form.
    pub code: Option<Code>,
}

/// Which part of the value at a site has no type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Within {
    Whole,
    /// Each item of a list, at any depth.
    Item,
    /// Each value of a map, at any depth.
    MapValue,
}
