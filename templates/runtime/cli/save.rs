// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Saves binary responses.
//!
//! In: a raw response whose body is still to be read. Out: its bytes in a file, or on standard output. Not here: other responses.

use std::future::Future;
use std::io::{IsTerminal, stdout};
use std::path::PathBuf;
use std::pin::Pin;

use super::super::download;
use super::super::response::Raw;
use super::failure::Failure;
use super::output::Output;

/// Saves the bytes to a file, or writes them to standard output if it is not a terminal.
pub(crate) fn bytes<'a>(
    raw: Raw,
    output: &'a mut Output<'_>,
    path: Option<PathBuf>,
) -> Pin<Box<dyn Future<Output = Result<(), Failure>> + 'a>> {
    Box::pin(async move {
        let failed = Failure::of(&raw.draft);
        let mut download = download::of(raw);
        if let Some(path) = path {
            return download.save(path).await.map(drop).map_err(&failed);
        }
        if stdout().is_terminal() {
            let text = "the response is binary: name a file with --output, or redirect the output";
            return Err(Failure::usage(text));
        }
        while let Some(chunk) = download.next().await {
            output.part(&chunk.map_err(&failed)?)?;
        }
        output.flush()
    })
}
