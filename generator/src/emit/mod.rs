//! From the model to files.
//!
//! In: a [`EmitCx`], which holds the model and the plan. Out: formatted [`File`]s. Each kind of output has its own module. Not here:
//! decisions (`plan`), disks (`write`). Strings of the document become literals, sanitized docs or
//! [`Name`](crate::plan::names::Name)s in the code, and nothing else.
//!
//! - `print` formats Rust, and `text` makes texts of the document safe. Neither knows the emitted files.
//! - `rust` writes the modules of the client, `cli` its command line, `tests` its tests, `docs` its reference, and `package` the rest.
//! - `overlay` writes the file that a user begins with, which is no part of a crate.

mod cli;
mod cx;
mod docs;
mod overlay;
mod package;
mod print;
mod program;
mod rust;
mod tests;
mod text;

use std::{panic, thread};

pub use cx::{EmitCx, File};
pub use overlay::text as overlay;
use rust::{resource, service, types};

use crate::plan::modules::PartId;
use crate::plan::resources::ResourceId;

/// Emits all files, in the order of their paths.
pub fn run(cx: &EmitCx) -> Vec<File> {
    let mut files = vec![service::file(cx)];
    files.extend(modules(cx));
    if !cx.left_out.docs {
        files.extend([docs::untyped(cx), docs::index(cx), docs::errors(cx)]);
        files.extend(docs::credentials(cx));
        files.extend(docs::pagination(cx));
        files.extend(docs::webhooks(cx));
    }
    if !cx.left_out.cli {
        files.extend(cli::files(cx));
    }
    files.extend(tests::files(cx));
    files.extend(package::files(cx));
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

/// Returns the reference among these files, as a static site.
pub fn site(cx: &EmitCx, files: &[File]) -> Vec<File> {
    docs::site(cx, files)
}

/// A file with types or operations.
enum Job {
    Types,
    Resource(ResourceId),
    Part(PartId),
    Page(docs::ModulePage),
}

/// The number of operations and types below which threads cost more than they save.
const WORTH_THREADS: usize = 200;

/// Emits a file for each resource, and the files with types. Tokens can't leave the thread that creates them, so threads return text.
fn modules(cx: &EmitCx) -> Vec<File> {
    let resources = cx.outline.resources().map(|(id, _)| Job::Resource(id));
    let parts = cx.outline.parts().map(|(id, _)| Job::Part(id));
    let pages = docs::sites(cx).filter(|_| !cx.left_out.docs);
    let jobs: Vec<Job> = [Job::Types]
        .into_iter()
        .chain(resources)
        .chain(parts)
        .chain(pages.map(Job::Page))
        .collect();
    let emit = |job: &Job| match job {
        Job::Types => Some(types::main(cx)),
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
            .flat_map(|handle| {
                handle
                    .join()
                    .unwrap_or_else(|panic| panic::resume_unwind(panic))
            })
            .collect()
    })
}
