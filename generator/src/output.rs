//! The result of a run.
//!
//! In: what the stages return. Out: [`Output`] or [`Failure`]. Not here: files on disk (see [`write`](mod@crate::write)).

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::time::Duration;

use crate::emit::{EmitCx, File};
use crate::model::api::{Api, NameOrigin, Role, TypeDef, TypeId};
use crate::model::census::Census;
use crate::report::{Diagnostic, Diagnostics, InputFile, Level, Pointer};
use crate::surface::Places;

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
    /// The types of the schemas. Those of `components.schemas` come first, in the order of the document.
    pub types: Vec<SchemaType>,
    /// Where the document has the items of the crate; empty unless [`Options::places`](crate::Options::places) is set.
    pub places: Places,
    /// The duration of each stage, in order.
    pub timings: Vec<(&'static str, Duration)>,
}

/// A schema, and its types in the crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchemaType {
    /// The pointer of the schema: `#/components/schemas/Pet`.
    pub at: Pointer,
    /// The path of its type in the crate: `types::Pet`.
    pub path: String,
    /// The path of the type that requests have, if it is another: `types::PetRequest`.
    pub request: Option<String>,
}

/// Returns the schemas that have a type with a name, unless a selection left it out.
pub(crate) fn schema_types<'a>(cx: &EmitCx<'a>) -> Vec<SchemaType> {
    let path = |index: usize| format!("types::{}", cx.names.ty(TypeId(index)).name);
    let mut requests = BTreeMap::new();
    for (index, def) in cx.api.types.iter().enumerate() {
        if let NameOrigin::View(of) = def.name_origin {
            requests.insert(of, path(index));
        }
    }
    let mut seen = BTreeSet::new();
    let schema_type = |(index, def): (usize, &'a TypeDef)| {
        let is_schema = match &def.name_origin {
            NameOrigin::View(_)
            | NameOrigin::Errors(_)
            | NameOrigin::Under(_, Role::Headers(..)) => false,
            NameOrigin::Given(_) | NameOrigin::Component(_) | NameOrigin::Under(..) => true,
        };
        // What follows at the same place is a part of the first one: the struct of a base, the constant of a tag.
        let is_named = !cx.outline.ty(TypeId(index)).is_unnamed;
        (is_schema && is_named && seen.insert(&def.at)).then(|| SchemaType {
            at: def.at.clone(),
            path: path(index),
            request: requests.remove(&TypeId(index)),
        })
    };
    let types = cx.api.types.iter().enumerate();
    types.filter_map(schema_type).collect()
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
    pub fn input(&self) -> InputFile {
        let is_error = |diagnostic: &&Diagnostic| diagnostic.level == Level::Error;
        let first = self.diagnostics.iter().find(is_error);
        first.map_or(InputFile::Document, |error| error.input)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.input() {
            InputFile::Overlay(_) => "the overlay",
            InputFile::Document => "the document",
        };
        match self.diagnostics.count(Level::Error) {
            1 => write!(f, "{what} has 1 error"),
            many => write!(f, "{what} has {many} errors"),
        }
    }
}

impl std::error::Error for Failure {}
