//! Why a run ends early.
//!
//! In: what went wrong. Out: an exit code and a message. Not here: messages about parts of a document, which are diagnostics.

use std::path::{Path, PathBuf};

use generator::{Failure, Options, Output, Source, generate};

use super::console::Console;

/// Success, or nothing breaks.
pub const EXIT_SUCCESS: u8 = 0;
/// A document has errors, the folder is not up to date, or something breaks.
pub const EXIT_FAILURE: u8 = 1;
/// The arguments are wrong, or a file is missing.
pub const EXIT_USAGE: u8 = 2;

/// The reason why the program ends early.
pub struct ExitError {
    pub code: u8,
    pub message: String,
}

pub fn exit_error(code: u8, message: impl ToString) -> ExitError {
    ExitError {
        code,
        message: message.to_string(),
    }
}

/// Opens a document with its overlays, which can name files of its folder, or of `root`.
pub fn opened(spec: &Path, overlays: &[PathBuf], root: Option<&Path>) -> Result<Source, ExitError> {
    let source = Source::open(spec, overlays);
    let source = source.and_then(|source| match root {
        Some(root) => source.within(root),
        None => Ok(source),
    });
    source.map_err(|error| exit_error(EXIT_USAGE, error))
}

/// Generates a crate, or reports why there is none.
pub fn generated(
    source: &Source,
    options: &Options,
    console: &mut Console,
) -> Result<Output, ExitError> {
    finished(generate(source, options), source, console)
}

/// Returns what was made of a document, or reports why nothing was.
pub fn finished<T>(
    result: Result<T, Failure>,
    source: &Source,
    console: &mut Console,
) -> Result<T, ExitError> {
    result.map_err(|failure| {
        console.report(&failure.diagnostics, source);
        let file = source
            .text(failure.input(), "")
            .map(|text| text.name.clone());
        let file = file.unwrap_or_default();
        let message = format!("{file}: {failure}; nothing was generated");
        exit_error(EXIT_FAILURE, message)
    })
}
