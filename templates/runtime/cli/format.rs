// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Output formats.
//!
//! In: a word. Out: [`Format`]. Not here: writing.

use std::io::{IsTerminal, stdout};

use clap::ValueEnum;
use clap::builder::PossibleValue;

/// The format in which responses are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// `Pretty` on a terminal, else `Json`.
    Auto,
    /// One JSON document.
    Json,
    /// One line of JSON for each item of a listing, or for the whole response.
    Jsonl,
    Yaml,
    /// A layout for people.
    Pretty,
    /// The bytes that the server sent.
    Raw,
}

impl Format {
    /// Replaces `Auto` with the format for standard output.
    pub(crate) fn settled(self) -> Self {
        match self {
            Self::Auto if stdout().is_terminal() => Self::Pretty,
            Self::Auto => Self::Json,
            Self::Json | Self::Jsonl | Self::Yaml | Self::Pretty | Self::Raw => self,
        }
    }
}

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Self] {
        &[
            Self::Auto,
            Self::Json,
            Self::Jsonl,
            Self::Yaml,
            Self::Pretty,
            Self::Raw,
        ]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(match self {
            Self::Auto => "auto",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Yaml => "yaml",
            Self::Pretty => "pretty",
            Self::Raw => "raw",
        }))
    }
}
