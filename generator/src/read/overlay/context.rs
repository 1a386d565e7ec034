//! The context of all actions of an overlay.
//!
//! In: diagnostics at pointers into the overlay. Out: the same in the report, under the overlay's name.

use crate::report::{Code, InputFile, Level, Pointer, Report};

pub(super) struct Context<'a> {
    pub(super) report: &'a mut Report,
    pub(super) input: InputFile,
    /// The number of values that the actions added.
    pub(super) added: usize,
    /// False if there is an error.
    pub(super) is_valid: bool,
}

impl Context<'_> {
    /// Remembers that the value at a pointer of the document comes from this one of the overlay.
    pub(super) fn overlaid(&mut self, at: Pointer, from: &Pointer) {
        self.report.overlaid(at, self.input, from.clone());
    }

    pub(super) fn add(&mut self, code: Code, at: &Pointer, text: impl Into<String>) {
        self.add_with_help(code, at, text, None);
    }

    pub(super) fn add_with_help(
        &mut self,
        code: Code,
        at: &Pointer,
        text: impl Into<String>,
        help: Option<String>,
    ) {
        self.is_valid &= code.level() != Level::Error;
        self.report.add(code, at, text).input(self.input).help(help);
    }
}
