//! From the model to files.
//!
//! In: a [`Cx`], which is the [`Api`] with its [`Names`] and [`Facts`]. Out: [`File`]s, formatted. Each kind of output has a
//! file of its own. Not here: decisions (`build`, `facts`, `names`), disks (`write`). Strings of the document get into code
//! as literals, as sanitised docs or as [`Name`](crate::plan::names::Name)s, and in no other way.
//!
//! Most code is [`Code`](code::Code), which `layout` breaks into lines; what is rare is written as tokens, which `prettyplease`
//! prints. Both look the same, so that an emitter may take either.

mod argument;
mod call;
mod cli;
mod code;
mod doc;
mod example;
mod gate;
mod item;
mod layout;
mod literal;
mod manifest;
pub mod markdown;
mod module;
mod operations;
mod pages;
mod plain;
mod prose;
mod readme;
mod resource;
mod root;
mod round_trips;
mod runtime;
mod service;
mod times;
mod ty;
mod types;
mod untyped;
mod usage;

use std::thread;

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
            markdown::visible(&words.join(" "))
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
    let mut files = vec![
        manifest::file(cx),
        readme::file(cx),
        manifest::rustfmt(),
        root::file(cx),
        service::file(cx),
        untyped::file(cx),
        pages::index(cx),
    ];
    files.extend(modules(cx));
    files.extend(cli::files(cx));
    files.extend(example::files(cx));
    files.extend(round_trips::files(cx));
    files.extend(operations::files(cx));
    files.extend(json(cx));
    files.extend(runtime::files());
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

/// The reference among these files, as a static site.
pub fn site(cx: &Cx, files: &[File]) -> Vec<File> {
    pages::site(cx, files)
}

/// What the tests have in common.
fn json(cx: &Cx) -> Option<File> {
    cx.tests.then(|| File {
        path: "tests/common/json.rs".into(),
        text: include_str!("../../../templates/tests/json.rs").into(),
    })
}

/// A file with types or operations.
enum Job {
    Types,
    Resource(ResourceId),
    Part(PartId),
    Page(pages::Site),
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
        .chain(pages::sites(cx).map(Job::Page))
        .collect();
    let emit = |job: &Job| match job {
        Job::Types => Some(types::shared(cx)),
        Job::Resource(id) => Some(resource::file(cx, *id)),
        Job::Part(id) => Some(types::part(cx, *id)),
        Job::Page(site) => pages::file(cx, *site),
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
