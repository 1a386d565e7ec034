//! From the model to files.
//!
//! In: a [`Cx`], which is the [`Api`] with its [`Names`] and [`Facts`]. Out: [`File`]s, formatted. Each kind of output has a
//! file of its own. Not here: decisions (`build`, `facts`, `names`), disks (`write`). Strings of the document get into code
//! as literals, as sanitised docs or as [`Name`](crate::plan::names::Name)s, and in no other way.
//!
//! - `print` knows how Rust looks, `text` how a text of the document is made safe; neither knows what is said where.
//! - `rust` writes the modules of the client, `cli` its command line, `tests` its tests, `docs` its reference, `package` the rest.

mod cli;
mod docs;
mod package;
mod print;
mod rust;
mod tests;
mod text;

use std::thread;

use rust::{resource, service, types};
use text::markdown::visible;

use crate::model::api::Api;
use crate::plan::facts::{Facts, PartId, ResourceId};
use crate::plan::names::Names;
use crate::plan::samples::Samples;
use crate::understand::census::Census;

/// A file of the emitted crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// From the crate's folder, with `/` between folders.
    pub path: String,
    /// What is in it.
    pub text: String,
}

/// What all emitters see.
pub struct Cx<'a> {
    pub api: &'a Api,
    pub names: &'a Names,
    pub facts: &'a Facts,
    pub samples: &'a Samples,
    pub census: &'a Census,
    /// Whether the crate has tests.
    pub tests: bool,
}

impl Cx<'_> {
    /// The first line of each emitted Rust file, by which `write` knows it again.
    fn banner(&self) -> String {
        format!("// {}\n", self.marker())
    }

    fn marker(&self) -> String {
        let line = |text: &str| {
            let words: Vec<&str> = text.split_whitespace().collect();
            visible(&words.join(" "))
                .chars()
                .take(120)
                .collect::<String>()
        };
        let (title, version) = (line(&self.api.info.title), line(&self.api.info.version));
        format!(
            "@generated from \"{title}\" {version}. \
             Do not edit: change the document or its overlay, and generate again."
        )
    }
}

/// Emits all files, in the order of their paths.
pub fn run(cx: &Cx) -> Vec<File> {
    let mut files = vec![service::file(cx), docs::untyped(cx), docs::index(cx)];
    files.extend(modules(cx));
    files.extend(cli::files(cx));
    files.extend(tests::files(cx));
    files.extend(package::files(cx));
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

/// The reference among these files, as a static site.
pub fn site(cx: &Cx, files: &[File]) -> Vec<File> {
    docs::site(cx, files)
}

/// A file with types or operations.
enum Job {
    Types,
    Resource(ResourceId),
    Part(PartId),
    Page(docs::Site),
}

/// Below this many operations and types, threads cost more than they save.
const WORTH_THREADS: usize = 200;

/// One file per resource, and those with types. Tokens stay in the thread that makes them; text comes out.
fn modules(cx: &Cx) -> Vec<File> {
    let resources = cx.facts.resources().map(|(id, _)| Job::Resource(id));
    let parts = cx.facts.parts().map(|(id, _)| Job::Part(id));
    let jobs: Vec<Job> = [Job::Types]
        .into_iter()
        .chain(resources)
        .chain(parts)
        .chain(docs::sites(cx).map(Job::Page))
        .collect();
    let emit = |job: &Job| match job {
        Job::Types => Some(types::shared(cx)),
        Job::Resource(id) => Some(resource::file(cx, *id)),
        Job::Part(id) => Some(types::part(cx, *id)),
        Job::Page(site) => docs::file(cx, *site),
    };
    if cx.api.ops.len() + cx.api.types.len() < WORTH_THREADS {
        return jobs.iter().filter_map(emit).collect();
    }
    let workers = thread::available_parallelism()
        .map_or(1, usize::from)
        .min(8);
    thread::scope(|scope| {
        let work = |worker: usize| {
            let mine = jobs.iter().skip(worker).step_by(workers);
            mine.filter_map(emit).collect::<Vec<File>>()
        };
        let handles: Vec<_> = (0..workers)
            .map(|worker| scope.spawn(move || work(worker)))
            .collect();
        handles
            .into_iter()
            .flat_map(|handle| handle.join().unwrap_or_default())
            .collect()
    })
}
