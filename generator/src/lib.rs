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
//! let text = |path| output.files.iter().find(|file| file.path == path).unwrap().text.as_ref();
//! assert!(text("src/pets.rs").contains("pub fn retrieve(&self, id: impl AsRef<str>) -> Call<Pet>"));
//! assert!(text("src/types.rs").contains("pub name: String"));
//! # Ok::<(), generator::Failure>(())
//! ```
//!
//! # Architecture
//!
//! There are six stages. Each arrow is one function, each type is owned and complete, and nothing flows back:
//!
//! ```text
//! Source --read--> Tree --document--> Document --understand--> Api --plan--> Plan --emit--> Vec<File> --write--> disk | diff
//! ```
//!
//! - [`read`]: JSON and YAML texts become one tree, and overlays are applied.
//! - [`document`]: the tree is lowered to OpenAPI 3.0, common mistakes are repaired, references are followed,
//!   and each part is decoded by itself, so an unreadable part affects nothing else.
//! - [`understand`]: the [`model::api::Api`], the meaning of the service, without anything about Rust.
//! - [`plan`]: all decisions about the emitted crate: modules, names, arguments, boxes and
//!   sample exchanges.
//! - [`emit`]: files, formatted. It decides only how something is written, in Rust, in Markdown or in a shell.
//! - [`write`](mod@write): a folder that holds exactly these files, or the diff to it.
//!
//! Apart from them, [`surface`] reads what users of a crate can name from its files, and [`diff`] compares that of two crates.
//!
//! Stages share two vocabularies: [`model`], for the stages after the document, and [`report`], the diagnostics for the user. A bad
//! operation or schema affects nothing else, and a diagnostic describes the effect. Only `document` and `understand` use
//! `openapiv3`, only `read` and `write` touch files, no stage prints, and there is no global state.

#![allow(
    rustdoc::private_intra_doc_links,
    reason = "the architecture page is for those who work on the generator, too"
)]
#![cfg_attr(
    not(test),
    warn(
        clippy::expect_used,
        clippy::iter_over_hash_type,
        clippy::panic,
        clippy::print_stderr,
        clippy::print_stdout,
        clippy::unreachable,
        clippy::unwrap_used,
    )
)]

mod clock;
pub mod diff;
mod document;
mod emit;
mod maps;
mod model;
mod options;
mod output;
mod plan;
pub mod read;
pub mod render;
pub mod report;
mod surface;
mod understand;
pub mod write;

use std::collections::{BTreeMap, BTreeSet};
use std::{panic, thread};

use clock::Clock;
use diff::Diff;
pub use emit::File;
use model::api::Api;
use model::census::Census;
pub use options::{Docs, LeftOut, Options};
pub use output::{Failure, Output, SchemaType, Summary};
pub use plan::names::is_package_name;
pub use read::Source;
use report::{Diagnostics, Report};
use serde_json::Value;
use surface::Surface;
pub use surface::{Places, Unreadable};
pub use understand::select;
use write::Changes;

/// Generates the crate of a document.
///
/// # Errors
///
/// Fails if there are errors: the crate would be wrong or would not compile, or [`Options::lints`] deny a diagnostic.
pub fn generate(source: &Source, options: &Options) -> Result<Output, Failure> {
    on_large_stack(|| run(source, options))
}

/// Returns an overlay to begin with: what was recognised in the document as comments, and actions that say otherwise once they are no
/// comments. It changes nothing as it is.
///
/// # Errors
///
/// Fails as [`generate`] does.
pub fn starting_overlay(source: &Source, options: &Options) -> Result<String, Failure> {
    on_large_stack(|| overlay(source, options))
}

fn on_large_stack<T: Send>(work: impl Fn() -> T + Sync) -> T {
    thread::scope(|scope| {
        let large = thread::Builder::new().stack_size(STACK);
        match large.spawn_scoped(scope, &work) {
            Ok(thread) => thread
                .join()
                .unwrap_or_else(|panic| panic::resume_unwind(panic)),
            Err(_) => work(),
        }
    })
}

/// The size of the stack, in bytes. It is enough for the deepest schema that is not cut off: `syn` needs 20 KiB for each nested list.
const STACK: usize = 64 << 20;

/// Runs all stages except [`write`](mod@write), which the caller runs with a folder.
fn run(source: &Source, options: &Options) -> Result<Output, Failure> {
    let mut clock = Clock::default();
    let (api, census, diagnostics) = understood(source, options, &mut clock)?;
    let plan = clock.time("plan", || plan::run(&api, options.crate_name.as_deref()));
    let places = options
        .places
        .then(|| clock.time("places", || surface::places(&api, &plan)));
    let left_out = options.left_out(api.client.left_out);
    let input = emit::EmitCx::new(&api, &plan, &census, !options.no_tests, left_out);
    let files = clock.time("emit", || emit::run(&input));
    let site = match options.docs {
        Docs::Markdown => Vec::new(),
        Docs::Html => clock.time("site", || emit::site(&input, &files)),
    };
    Ok(Output {
        types: output::schema_types(&input),
        package: plan.names.package,
        files,
        site,
        diagnostics,
        summary: Summary::new(&api, &census),
        places: places.unwrap_or_default(),
        timings: clock.timings,
    })
}

/// Runs the stages that write the overlay. `document` takes the tree, so the targets of actions are looked up in another one.
fn overlay(source: &Source, options: &Options) -> Result<String, Failure> {
    let (api, census, _) = understood(source, options, &mut Clock::default())?;
    let plan = plan::run(&api, options.crate_name.as_deref());
    let left_out = options.left_out(api.client.left_out);
    let input = emit::EmitCx::new(&api, &plan, &census, !options.no_tests, left_out);
    let tree = read::run(source, &mut Report::default()).unwrap_or_default();
    let takes_key =
        |target: &str, key: &str, new: &Value| read::takes_key(&tree.value, target, key, new);
    Ok(emit::overlay(&input, source.file_name(), &takes_key))
}

/// Runs the stages up to the model, which has no errors then.
fn understood(
    source: &Source,
    options: &Options,
    clock: &mut Clock,
) -> Result<(Api, Census, Diagnostics), Failure> {
    let mut report = Report::default();
    let tree = clock.time("read", || read::run(source, &mut report));
    let Some(tree) = tree else {
        return Err(Failure {
            diagnostics: report.settle(&options.lints),
        });
    };
    let document = clock.time("document", || document::run(tree, &mut report));
    let (api, census, scope) = clock.time("understand", || {
        understand::run(&document, &options.selection, &mut report)
    });
    // The later stages need its memory.
    drop(document);
    report.limit(|at| scope.contains(at));
    let diagnostics = report.settle(&options.lints);
    match diagnostics.has_errors() {
        true => Err(Failure { diagnostics }),
        false => Ok((api, census, diagnostics)),
    }
}

/// Compares what users of two generated crates can name. With [`Options::places`], it is known where the documents have it, and types
/// with another name are recognized by their schemas.
///
/// # Errors
///
/// Fails if a file is no Rust.
pub fn compare(old: &Output, new: &Output) -> Result<Diff, Unreadable> {
    let located = |output: &Output| {
        let surface = surface_of(&output.files)?;
        Ok(Surface {
            places: output.places.clone(),
            ..surface
        })
    };
    Ok(diff::run(located(old)?, located(new)?))
}

/// Compares what users of a crate could name before a run wrote its files with what they can name now.
///
/// # Errors
///
/// Fails if an earlier file is no Rust.
pub fn compare_update(files: &[File], changes: &Changes) -> Result<Diff, Unreadable> {
    let texts: BTreeMap<&str, &str> = files
        .iter()
        .map(|file| (file.path.as_str(), &*file.text))
        .collect();
    let is_same = |old: &&File| {
        let new = texts.get(old.path.as_str());
        new.is_some_and(|new| without_header(new) == without_header(&old.text))
    };
    let same: BTreeSet<&str> = changes
        .earlier
        .iter()
        .filter(is_same)
        .map(|file| file.path.as_str())
        .collect();
    let written = changes.written.iter().map(String::as_str);
    let written: BTreeSet<&str> = written.filter(|path| !same.contains(path)).collect();
    let is_written = |file: &&File| written.contains(file.path.as_str());
    // What is the same needs no comparison, unless other files depend on it.
    let is_needed = |file: &&File| is_written(file) || surface::is_shared(&file.path);
    let new: Vec<File> = files.iter().filter(is_needed).cloned().collect();
    let earlier = changes.earlier.iter();
    let earlier = earlier.filter(|old| !same.contains(old.path.as_str()));
    let shared = new.iter().filter(|file| !is_written(file));
    let old: Vec<File> = earlier.chain(shared).cloned().collect();
    Ok(diff::run(surface_of(&old)?, surface_of(&new)?))
}

/// Returns a text without its first line, which has the version of the document.
fn without_header(text: &str) -> &str {
    text.split_once('\n').map_or(text, |(_, rest)| rest)
}

fn surface_of(files: &[File]) -> Result<Surface, Unreadable> {
    let files = files.iter();
    surface::read(files.map(|file| (file.path.as_str(), &*file.text)))
}
