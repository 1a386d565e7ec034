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
//! # Stages
//!
//! Each arrow is one function, each type is owned and complete, nothing flows back:
//!
//! ```text
//! Source --load--> Tree --normalize--> Flat --decode--> Doc --build--> Api --facts--> Facts --names--> Names
//!                                                                       \________________|______________/
//!                                                                    emit --> Vec<File> --write--> disk | diff
//! ```
//!
//! - [`load`]: texts, JSON or YAML, to one tree; [`overlay`]s apply here.
//! - [`normalize`]: the tree in the shape of OpenAPI 3.0, repaired where the wild gets it wrong, with every schema at its own
//!   pointer and one level deep.
//! - [`decode`]: the model of `openapiv3`, part by part, so that an unreadable part costs only itself.
//! - [`build`] and [`paging`]: the [`api::Api`], which is what the service means, without a word of Rust.
//! - [`prune`], [`views`] and [`share`]: the same with the operations that are wanted and what they need; what is sent apart
//!   from what is received; one definition for what is said several times.
//! - [`census`]: what has no type of its own, and why.
//! - [`facts`]: what follows from the whole: who uses a type, where it lives, what needs a box.
//! - [`samples`]: for each operation, a request that could be sent and a reply that could come back.
//! - [`names`]: every identifier of the output, assigned once, by scopes that alone can make one.
//! - [`emit`]: files, formatted. No decisions are left at this point.
//! - [`write`](mod@write): a folder that holds exactly these files, or the diff to it.
//!
//! What is found on the way is a [`diag::Report`] of diagnostics, which [`render`] prints. One bad operation or schema degrades
//! alone; a diagnostic says how. `openapiv3` occurs in `decode` and `build` alone, files are touched by `load` and `write` alone,
//! no stage prints, and there is no global state.

#![allow(
    rustdoc::private_intra_doc_links,
    reason = "the architecture page is for those who work on the generator, too"
)]

mod api;
mod build;
mod census;
mod decode;
pub mod diag;
mod emit;
mod facts;
mod graph;
mod json;
pub mod load;
mod maps;
mod names;
mod normalize;
mod overlay;
mod paging;
mod prune;
pub mod render;
mod samples;
pub mod select;
mod share;
mod views;
mod words;
pub mod write;

use std::collections::BTreeMap;
use std::fmt;
use std::time::{Duration, Instant};

use diag::{Level, Lints, Report};
pub use emit::File;
pub use load::Source;
pub use names::is_package_name;
use select::Selection;

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
    let Some(tree) = clock.time("load", || load::run(source, &mut report)) else {
        report.settle(&options.lints);
        return Err(Failure { report });
    };
    let flat = clock.time("normalize", || normalize::run(tree, &mut report));
    let doc = clock.time("decode", || decode::run(flat, &mut report));
    let api = clock.time("build", || {
        build::run(&doc, &options.selection, &mut report)
    });
    let api = clock.time("paging", || paging::run(api, &mut report));
    let api = clock.time("prune", || {
        let reached = |roots: &[&diag::Pointer]| build::reached(&doc, roots);
        let shared = |roots: &[&diag::Pointer]| build::shared(&doc, roots);
        prune::run(api, &options.selection, reached, shared, &mut report)
    });
    let api = clock.time("views", || views::run(api));
    let api = clock.time("share", || share::run(api));
    let census = clock.time("census", || census::run(&api, &report));
    report.settle(&options.lints);
    if report.has_errors() {
        return Err(Failure { report });
    }
    let facts = clock.time("facts", || facts::run(&api));
    let samples = clock.time("samples", || samples::run(&api, &facts));
    let names = clock.time("names", || {
        names::run(&api, &facts, options.crate_name.as_deref())
    });
    let cx = emit::Cx {
        api: &api,
        names: &names,
        facts: &facts,
        samples: &samples,
        census: &census,
        tests: !options.no_tests,
    };
    let files = clock.time("emit", || emit::run(&cx));
    let site = match options.docs {
        Docs::Markdown => Vec::new(),
        Docs::Html => clock.time("site", || emit::site(&cx, &files)),
    };
    Ok(Output {
        package: names.package,
        files,
        site,
        report,
        summary: summary(&api, &census),
        timings: clock.timings,
    })
}

fn summary(api: &api::Api, census: &census::Census) -> Summary {
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
