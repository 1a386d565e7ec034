// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Prints responses that arrive in parts.
//!
//! In: a raw response whose body is still to be read. Out: its values, each as soon as it arrives. Not here: the formatting of a
//! value.

use std::future::Future;
use std::path::PathBuf;
use std::pin::Pin;

use serde_json::Value;

use super::super::events::texts;
use super::super::frames::Framing;
use super::super::response::Raw;
use super::failure::Failure;
use super::format::Format;
use super::output::Output;

/// A future that prints a response.
type Printing<'a> = Pin<Box<dyn Future<Output = Result<(), Failure>> + 'a>>;

/// Prints server-sent events.
pub(crate) fn events<'a>(raw: Raw, output: &'a mut Output<'_>, _: Option<PathBuf>) -> Printing<'a> {
    Box::pin(print(raw, Framing::Events, output))
}

/// Prints JSON lines.
pub(crate) fn lines<'a>(raw: Raw, output: &'a mut Output<'_>, _: Option<PathBuf>) -> Printing<'a> {
    Box::pin(print(raw, Framing::Lines, output))
}

/// Prints a sequence of JSON texts.
pub(crate) fn sequence<'a>(
    raw: Raw,
    output: &'a mut Output<'_>,
    _: Option<PathBuf>,
) -> Printing<'a> {
    Box::pin(print(raw, Framing::Sequence, output))
}

async fn print(raw: Raw, framing: Framing, output: &mut Output<'_>) -> Result<(), Failure> {
    let failed = Failure::of(&raw.draft);
    let mut texts = texts(raw, framing);
    while let Some(text) = texts.next().await {
        let text = text.map_err(&failed)?;
        match serde_json::from_slice::<Value>(&text) {
            Ok(value) if output.format() != Format::Raw => output.value(&value)?,
            Ok(_) | Err(_) => output.bytes(&text)?,
        }
    }
    Ok(())
}
