// @generated runtime. Do not edit: it is copied from the generator's templates.
//! The place of an error inside of a value that was read before it is decoded: text has no position for it.
//!
//! In: the steps to the place, which `buffered` adds while the error passes through. Out: [`Trace`], for whoever handles the error.
//! Not here: places in text (see `json`).

use std::cell::RefCell;

/// A step from a value to one of its parts.
pub(crate) enum Step {
    Key(String),
    Index(usize),
}

/// The place of an error in a value.
pub(crate) struct Trace {
    /// The steps from the value to the place, the last one first.
    pub(crate) steps: Vec<Step>,
    /// Whether the type takes lists, or objects, as the value is one.
    pub(crate) is_entered: bool,
    /// The text of the error when it left the value. Other decoders may replace an error by one of
    /// their own, whose place is another one.
    message: String,
}

thread_local! {
    // `serde` calls the decoders, and its errors carry only text.
    static LAST: RefCell<Trace> = const { RefCell::new(Trace::NONE) };
}

impl Trace {
    const NONE: Self = Self {
        steps: Vec::new(),
        is_entered: false,
        message: String::new(),
    };
}

/// Records that an error occurred in a part of a value.
#[cold]
pub(crate) fn within<E>(error: E, step: Step) -> E {
    LAST.with_borrow_mut(|last| last.steps.push(step));
    error
}

/// Records that an error occurred after parts of a value were asked for, if they were.
#[cold]
pub(crate) fn entered<E>(error: E, is_entered: bool) -> E {
    LAST.with_borrow_mut(|last| last.is_entered |= is_entered);
    error
}

/// Records the text of an error that leaves the value in which it occurred.
#[cold]
pub(crate) fn leave(message: &str) {
    LAST.with_borrow_mut(|last| message.clone_into(&mut last.message));
}

/// Forgets what was recorded, which is nothing as a rule.
pub(crate) fn forget() {
    LAST.with_borrow_mut(|last| {
        if !last.steps.is_empty() || last.is_entered || !last.message.is_empty() {
            *last = Trace::NONE;
        }
    });
}

/// Forgets what was recorded, and returns it.
pub(crate) fn take() -> Trace {
    LAST.replace(Trace::NONE)
}

/// Records the steps of an error that occurs again.
pub(crate) fn restore(steps: Vec<Step>) {
    LAST.with_borrow_mut(|last| last.steps = steps);
}

/// Forgets what was recorded, and returns the steps to the place of an error with this text.
pub(crate) fn take_of(message: &str) -> Vec<Step> {
    let last = take();
    match message.starts_with(&last.message) {
        true => last.steps,
        false => Vec::new(),
    }
}
