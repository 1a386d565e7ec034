// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Shows the progress of a long listing on a terminal.
//!
//! In: the sizes of pages. Out: one line on standard error, which is erased at the end. Not here: output that is not for a
//! terminal.

use std::io::{IsTerminal, Write, stderr, stdout};

use super::output::Output;

/// The progress line.
pub(crate) struct Progress {
    watched: bool,
    items: u64,
    shown: bool,
}

impl Progress {
    pub(crate) fn new(output: &Output<'_>) -> Self {
        Self {
            watched: output.is_quiet() && stdout().is_terminal() && stderr().is_terminal(),
            items: 0,
            shown: false,
        }
    }

    /// Counts the items of another page and updates the line.
    pub(crate) fn add(&mut self, items: u64) {
        self.items += items;
        if self.watched {
            self.shown = true;
            // Progress is optional, so errors are ignored.
            let _ = write!(stderr(), "\r{} items so far ...", self.items);
            let _ = stderr().flush();
        }
    }

    /// Erases the line, so other output can follow.
    pub(crate) fn clear(&mut self) {
        if std::mem::take(&mut self.shown) {
            let _ = write!(stderr(), "\r\x1b[K");
        }
    }
}
