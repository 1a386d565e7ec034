//! Collects the diagnostics about a document.
//!
//! In: what the stages report, each with a [`Code`] and a [`Pointer`]. Out: [`Diagnostics`], which are rendered.
//! Not here: rendering (see [`render`](crate::render)), files, decisions.

mod code;
mod diagnostic;
mod diagnostics;
mod lints;
mod nearest;
mod overlaid;
mod pointer;

use std::collections::HashSet;

pub use code::{Code, Level};
pub use diagnostic::{Diagnostic, InputFile};
pub use diagnostics::Diagnostics;
pub use lints::{Lint, Lints, NotAllowed, UnknownLint};
pub use nearest::nearest;
pub use overlaid::Overlaid;
pub use pointer::Pointer;

/// Collects diagnostics. Stages only add to it.
#[derive(Debug, Default)]
pub struct Report {
    diagnostics: Vec<Diagnostic>,
    /// The diagnostics that [`Report::once`] will not add again.
    once: HashSet<(Code, Pointer)>,
    overlaid: Overlaid,
}

impl Report {
    /// Adds a diagnostic about the document.
    pub fn add(&mut self, code: Code, at: &Pointer, text: impl Into<String>) -> &mut Diagnostic {
        self.diagnostics.push(Diagnostic {
            code,
            level: code.level(),
            denied_by: None,
            at: at.clone(),
            input: InputFile::Document,
            position: None,
            text: text.into(),
            help: None,
        });
        let last = self.diagnostics.len() - 1;
        &mut self.diagnostics[last]
    }

    /// Adds a diagnostic about a part that many others share. Returns `None` if there already is one with this code and pointer.
    pub fn once(
        &mut self,
        code: Code,
        at: &Pointer,
        text: impl Into<String>,
    ) -> Option<&mut Diagnostic> {
        let is_new = self.once.insert((code, at.clone()));
        is_new.then(|| self.add(code, at, text))
    }

    /// Records that a value of the document comes from an overlay, and its location there.
    pub fn overlaid(&mut self, at: Pointer, overlay: InputFile, from: Pointer) {
        self.overlaid.add(at, overlay, from);
    }

    /// Removes warnings and notes about other parts of the document. Errors stay.
    pub(crate) fn limit(&mut self, is_inside: impl Fn(&Pointer) -> bool) {
        self.diagnostics.retain(|diagnostic| {
            diagnostic.level == Level::Error
                || diagnostic.input != InputFile::Document
                || is_inside(&diagnostic.at)
        });
    }

    /// Ends the report: denied diagnostics become errors, and allowed and repeated ones are removed.
    pub fn settle(self, lints: &Lints) -> Diagnostics {
        let mut seen = HashSet::new();
        let levels = self.diagnostics.into_iter().filter_map(|diagnostic| {
            let level = lints.level(diagnostic.code)?;
            let is_new = seen.insert((
                diagnostic.code,
                diagnostic.at.clone(),
                diagnostic.text.clone(),
            ));
            if !is_new {
                return None;
            }
            Some(Diagnostic {
                level,
                denied_by: lints.denied_by(diagnostic.code),
                ..diagnostic
            })
        });
        Diagnostics {
            list: levels.collect(),
            overlaid: self.overlaid,
        }
    }

    #[cfg(test)]
    pub(crate) fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.diagnostics.iter()
    }

    #[cfg(test)]
    pub(crate) fn is_empty(&self) -> bool {
        self.diagnostics.is_empty()
    }
}
