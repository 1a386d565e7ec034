//! Generates complete Rust client crates from OpenAPI documents.
//!
//! ```
//! use generator::{Options, Source, generate};
//!
//! let document = "
//! openapi: 3.1.0
//! info: { title: Pets, version: 1.0.0 }
//! servers: [{ url: https://pets.example }]
//! paths:
//!   /pets/{id}:
//!     get:
//!       parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
//!       responses:
//!         '200':
//!           description: A pet.
//!           content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } }
//! components:
//!   schemas:
//!     Pet: { type: object, required: [name], properties: { name: { type: string } } }
//! ";
//! let source = Source::from_text("pets.yaml", document);
//! let output = generate(&source, &Options::default())?;
//! let pets = output.files.iter().find(|file| file.path == "src/pets.rs").unwrap();
//! assert!(pets.text.contains("pub fn retrieve(&self, id: impl AsRef<str>) -> Retrieve"));
//! assert!(pets.text.contains("pub name: String"));
//! # Ok::<(), generator::Failure>(())
//! ```
//!
//! # Architecture
//!
//! Six rooms; each arrow is one function, each type is owned and complete, nothing flows back:
//!
//! ```text
//! Source --read--> Tree --document--> Doc --understand--> Api --plan--> Plan --emit--> Vec<File> --write--> disk | diff
//! ```
//!
//! - [`read`]: texts, JSON or YAML, to one tree; overlays apply here.
//! - [`document`]: the tree lowered to OpenAPI 3.0, repaired where the wild gets it wrong, references followed, and decoded part
//!   by part, so that an unreadable part costs only itself.
//! - [`understand`]: the [`model::api::Api`], which is what the service means, without a word of Rust.
//! - [`plan`]: every decision about the emitted crate: modules, names, arguments, boxes, sample exchanges.
//! - [`emit`]: files, formatted. No decisions are left at this point.
//! - [`write`](mod@write): a folder that holds exactly these files, or the diff to it.
//!
//! Beside them stand two vocabularies: [`model`], which the rooms after the document share, and [`report`], the diagnostics that
//! go to the user. One bad operation or schema degrades alone; a diagnostic says how. `openapiv3` occurs in `document` and
//! `understand` alone, files are touched by `read` and `write` alone, no room prints, and there is no global state.

#![allow(
    rustdoc::private_intra_doc_links,
    reason = "the architecture page is for those who work on the generator, too"
)]

mod document;
mod emit;
mod maps;
mod model;
mod plan;
pub mod read;
pub mod render;
pub mod report;
mod understand;
pub mod write;

use std::collections::BTreeMap;
use std::fmt;
use std::time::{Duration, Instant};

pub use emit::File;
pub use plan::names::is_package_name;
pub use read::Source;
use report::{Level, Lints, Report};
use select::Selection;
pub use understand::select;

/// What can be chosen beside the document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The name of the emitted package, in place of what the document says. See [`is_package_name`].
    pub crate_name: Option<String>,
    /// Which operations are generated. If it says anything, types that these do not need are left out, too.
    pub selection: Selection,
    /// Whether the crate goes without tests.
    pub no_tests: bool,
    /// Which findings are errors, and which are not said.
    pub lints: Lints,
    /// What the reference is written as.
    pub docs: Docs,
}

/// What the reference of the API is written as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Docs {
    /// Markdown, in `docs` of the crate.
    #[default]
    Markdown,
    /// The same, and a static site beside the crate: [`Output::site`].
    Html,
}

/// An emitted crate.
#[derive(Clone, Debug)]
pub struct Output {
    /// The name of the package.
    pub package: String,
    /// Its files, in the order of their paths.
    pub files: Vec<File>,
    /// The files of the site, in the order of their paths; none unless [`Docs::Html`] is wanted.
    pub site: Vec<File>,
    /// What was found on the way: warnings and notes.
    pub report: Report,
    /// How much there is of it.
    pub summary: Summary,
    /// How long each stage took, in their order.
    pub timings: Vec<(&'static str, Duration)>,
}

/// How much an emitted crate holds of its document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Methods that call the API.
    pub operations: usize,
    /// Operations of the document that have none; `docs/untyped.md` says why.
    pub skipped: usize,
    /// Structs, enums, unions and aliases.
    pub types: usize,
    /// Places where a value stands: properties, items, entries of maps, variants, parameters, bodies and replies.
    pub positions: usize,
    /// How many of these take any JSON value, by the reason: `free-form`, `unsupported` or `broken`. Reasons without any
    /// are not in it.
    pub untyped: BTreeMap<&'static str, usize>,
}

/// A document with errors.
#[derive(Clone, Debug)]
pub struct Failure {
    /// What was found, at least one error.
    pub report: Report,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.report.count(Level::Error) {
            1 => f.write_str("the document has 1 error"),
            many => write!(f, "the document has {many} errors"),
        }
    }
}

impl std::error::Error for Failure {}

/// Generates the crate of a document.
///
/// # Errors
///
/// [`Failure`] where the report has errors, which is to say that the crate would be wrong or would not compile, or that
/// [`Options::lints`] deny what was found.
pub fn generate(source: &Source, options: &Options) -> Result<Output, Failure> {
    std::thread::scope(|scope| {
        let large = std::thread::Builder::new().stack_size(STACK);
        let stages = || run(source, options);
        match large.spawn_scoped(scope, stages) {
            Ok(thread) => thread
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
            Err(_) => stages(),
        }
    })
}

/// Enough for the deepest schema that is not cut off: `syn` takes 20 KiB for each list in a list.
const STACK: usize = 64 << 20;

fn run(source: &Source, options: &Options) -> Result<Output, Failure> {
    let mut report = Report::default();
    let mut clock = Clock::start();
    let Some(tree) = clock.time("read", || read::run(source, &mut report)) else {
        report.settle(&options.lints);
        return Err(Failure { report });
    };
    let doc = clock.time("document", || document::run(tree, &mut report));
    let (api, census) = clock.time("understand", || {
        understand::run(&doc, &options.selection, &mut report)
    });
    report.settle(&options.lints);
    if report.has_errors() {
        return Err(Failure { report });
    }
    let plan = clock.time("plan", || plan::run(&api, options.crate_name.as_deref()));
    let cx = emit::Cx {
        api: &api,
        names: &plan.names,
        facts: &plan.facts,
        samples: &plan.samples,
        census: &census,
        tests: !options.no_tests,
    };
    let files = clock.time("emit", || emit::run(&cx));
    let site = match options.docs {
        Docs::Markdown => Vec::new(),
        Docs::Html => clock.time("site", || emit::site(&cx, &files)),
    };
    Ok(Output {
        package: plan.names.package,
        files,
        site,
        report,
        summary: summary(&api, &census),
        timings: clock.timings,
    })
}

fn summary(api: &model::api::Api, census: &understand::census::Census) -> Summary {
    let mut untyped = BTreeMap::new();
    for found in &census.untyped {
        *untyped.entry(found.why.as_str()).or_default() += 1;
    }
    Summary {
        operations: api.ops.len(),
        skipped: api.skipped.len(),
        types: api.types.len(),
        positions: census.positions,
        untyped,
    }
}

/// Takes the time of stages.
struct Clock {
    timings: Vec<(&'static str, Duration)>,
}

impl Clock {
    fn start() -> Self {
        Self {
            timings: Vec::new(),
        }
    }

    fn time<T>(&mut self, stage: &'static str, run: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let value = run();
        self.timings.push((stage, start.elapsed()));
        value
    }
}
