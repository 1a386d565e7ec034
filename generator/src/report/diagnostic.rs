//! One diagnostic.
//!
//! In: a code, a pointer and a text. Out: a [`Diagnostic`]. Not here: its rendering.

use std::fmt;

use super::{Code, Level, Lint, Pointer};

/// The file that a diagnostic is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum InputFile {
    /// The document, or the file of its folder that the pointer names.
    #[default]
    Document,
    /// The overlay with this index.
    Overlay(usize),
}

/// One message about the document.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnostic {
    /// Its kind.
    pub code: Code,
    /// The level of its code, unless [`Lints`](super::Lints) make it an error.
    pub level: Level,
    /// The lint that made it an error.
    pub denied_by: Option<Lint>,
    /// The value that it is about.
    pub at: Pointer,
    /// The file that the value is in.
    pub input: InputFile,
    /// Line and column, both from 1, if a parser gave them and there is no value to point at.
    pub position: Option<(usize, usize)>,
    /// The fault, in a clause or a sentence without a period.
    pub text: String,
    /// What the user can do, in the imperative. It is shown after `help:`.
    pub help: Option<String>,
}

impl Diagnostic {
    /// Adds what the user can do, if anything.
    pub fn help(&mut self, help: impl Into<Option<String>>) -> &mut Self {
        self.help = help.into();
        self
    }

    /// Moves it to this input.
    pub fn input(&mut self, input: InputFile) -> &mut Self {
        self.input = input;
        self
    }

    /// Adds line and column.
    pub fn position(&mut self, position: Option<(usize, usize)>) -> &mut Self {
        self.position = position;
        self
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            code,
            level,
            at,
            text,
            ..
        } = self;
        write!(f, "{level}[{}]: {text} ({at})", code.id())
    }
}
