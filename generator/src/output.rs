//! The result of a run.
//!
//! In: what the stages return. Out: [`Output`] or [`Failure`]. Not here: files on disk (see [`write`](mod@crate::write)).

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use crate::emit::File;
use crate::model::api::Api;
use crate::model::census::Census;
use crate::report::{Diagnostic, Diagnostics, Input, Level};

/// A generated crate.
#[derive(Clone, Debug)]
pub struct Output {
    /// The name of the package.
    pub package: String,
    /// The files of the crate, sorted by path.
    pub files: Vec<File>,
    /// The files of the site, sorted by path; empty unless [`Docs::Html`](crate::Docs::Html) is set.
    pub site: Vec<File>,
    /// Warnings and notes.
    pub diagnostics: Diagnostics,
    /// The coverage of the document.
    pub summary: Summary,
    /// The duration of each stage, in order.
    pub timings: Vec<(&'static str, Duration)>,
}

/// Counts that show how much of its document a crate covers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Methods that call the API.
    pub methods: usize,
    /// Operations of the document with at least one method.
    pub operations: usize,
    /// Operations of the document without a method; `docs/untyped.md` gives the reasons.
    pub skipped: usize,
    /// Structs, enums, unions and aliases.
    pub types: usize,
    /// Positions that hold a value: properties, items, map entries, variants, parameters, bodies and replies.
    pub positions: usize,
    /// The number of positions that take any JSON value, by reason: `free-form`, `unsupported` or `broken`. Reasons that do
    /// not occur are absent.
    pub untyped: BTreeMap<&'static str, usize>,
}

impl Summary {
    pub(crate) fn new(api: &Api, census: &Census) -> Self {
        let mut untyped = BTreeMap::new();
        for position in &census.untyped {
            *untyped.entry(position.why.as_str()).or_default() += 1;
        }
        Self {
            methods: api.ops.len(),
            operations: api.operation_count(),
            skipped: api.skipped.len(),
            types: api.types.len(),
            positions: census.positions,
            untyped,
        }
    }
}

/// A document or an overlay with errors.
#[derive(Clone, Debug)]
pub struct Failure {
    /// All diagnostics, among them at least one error.
    pub diagnostics: Diagnostics,
}

impl Failure {
    /// Returns the input with the errors. An overlay that has some ends the run before the document
    /// is analyzed.
    pub fn input(&self) -> Input {
        let is_error = |diagnostic: &&Diagnostic| diagnostic.level == Level::Error;
        let first = self.diagnostics.iter().find(is_error);
        first.map_or(Input::Document, |error| error.input)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.input() {
            Input::Overlay(_) => "the overlay",
            Input::Document => "the document",
        };
        match self.diagnostics.count(Level::Error) {
            1 => write!(f, "{what} has 1 error"),
            many => write!(f, "{what} has {many} errors"),
        }
    }
}

impl std::error::Error for Failure {}
