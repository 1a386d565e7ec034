//! All diagnostics of a run, to read.
//!
//! In: a [`Report`](super::Report) that is complete. Out: [`Diagnostics`], for rendering and for programs. Not here: adding to
//! them. The stages cannot read what they reported; they pass decisions on as data.

use super::{Diagnostic, InputFile, Level, Overlaid, Pointer};

/// All diagnostics, in the order in which they were reported.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Diagnostics {
    pub(super) list: Vec<Diagnostic>,
    pub(super) overlaid: Overlaid,
}

impl Diagnostics {
    /// Returns whether there is an error, so nothing is generated.
    pub fn has_errors(&self) -> bool {
        self.count(Level::Error) > 0
    }

    /// Returns the number of diagnostics of this level.
    pub fn count(&self, level: Level) -> usize {
        self.iter()
            .filter(|diagnostic| diagnostic.level == level)
            .count()
    }

    /// Returns the diagnostics.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.list.iter()
    }

    /// Returns the file that a diagnostic is about, and the pointer there: an overlay's own if the
    /// value comes from one.
    pub fn origin(&self, diagnostic: &Diagnostic) -> (InputFile, Pointer) {
        match diagnostic.input {
            InputFile::Document => self.origin_of(&diagnostic.at),
            InputFile::Overlay(_) => (diagnostic.input, diagnostic.at.clone()),
        }
    }

    /// Returns the file that a value of the document comes from, and the pointer there.
    pub fn origin_of(&self, at: &Pointer) -> (InputFile, Pointer) {
        let overlay = self.overlaid.origin(at);
        overlay.unwrap_or_else(|| (InputFile::Document, at.clone()))
    }

    /// Returns whether there are no diagnostics of any level.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
