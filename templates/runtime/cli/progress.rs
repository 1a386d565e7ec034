// @generated runtime. Do not edit: it is copied from the generator's templates.
//! How far a long listing has come, for those who wait for it at a terminal.
//!
//! Comes in: the sizes of pages. Goes out: one line on standard error, which goes away again. Must not be here: anything that
//! is written where no one watches.

use std::io::{IsTerminal, Write, stderr, stdout};

use super::output::Output;

/// The line.
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

    /// Another page came, and one more may.
    pub(crate) fn add(&mut self, items: u64) {
        self.items += items;
        if self.watched {
            self.shown = true;
            // It is no loss where it cannot be written.
            let _ = write!(stderr(), "\r{} items so far ...", self.items);
            let _ = stderr().flush();
        }
    }

    /// Takes the line away, so that something else can be written.
    pub(crate) fn clear(&mut self) {
        if std::mem::take(&mut self.shown) {
            let _ = write!(stderr(), "\r\x1b[K");
        }
    }
}
