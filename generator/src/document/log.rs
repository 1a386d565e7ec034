//! Diagnostics, and the lost parts of the document.
//!
//! In: a report. Out: the same with more diagnostics, and a list of [`Lost`] parts. Not here: what later stages make of a loss.

use crate::report::{Code, Diagnostic, Pointer, Report};

/// A part of the document that cannot be read, leads nowhere, or has no counterpart in OpenAPI 3.0: it is missing from the
/// [`Document`](super::Document), and this says so as data, since no stage reads the report.
///
/// - A schema that lost a keyword has a loss at its own pointer or at the pointer of the keyword. If nothing that is left
///   makes a type, the code of its first loss is the reason why it is untyped.
/// - An operation or a path item that is missing has a loss at its pointer in the document: `#/paths/~1pets`,
///   `#/paths/~1pets/get`.
/// - Parts of operations (parameters, bodies, responses) have losses where they stand, which may be in another file:
///   `links` lead there.
///
/// The order is the report's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lost {
    pub at: Pointer,
    pub code: Code,
    /// The text of the diagnostic.
    pub text: String,
}

/// A report that also keeps the losses.
pub(super) struct Log<'a> {
    report: &'a mut Report,
    pub(super) lost: Vec<Lost>,
}

impl<'a> Log<'a> {
    /// Adds to the report, and to losses that are known already.
    pub(super) fn new(report: &'a mut Report, lost: Vec<Lost>) -> Self {
        Self { report, lost }
    }

    /// Reports something that costs nothing.
    pub(super) fn add(
        &mut self,
        code: Code,
        at: &Pointer,
        text: impl Into<String>,
    ) -> &mut Diagnostic {
        self.report.add(code, at, text)
    }

    /// Reports that a part is lost.
    pub(super) fn lose(
        &mut self,
        code: Code,
        at: &Pointer,
        text: impl Into<String>,
    ) -> &mut Diagnostic {
        let text = text.into();
        self.lost.push(Lost {
            at: at.clone(),
            code,
            text: text.clone(),
        });
        self.report.add(code, at, text)
    }
}
