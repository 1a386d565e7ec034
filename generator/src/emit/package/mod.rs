//! Everything that makes the code a crate: `Cargo.toml`, `README.md`, `src/lib.rs`, the runtime, the examples of the document's
//! folder.
//!
//! In: the model, the plan, templates. Out: files. Not here: modules of resources (`rust`).

mod dependencies;
mod examples;
mod manifest;
pub mod needs;
pub mod readme;
mod root;
pub mod runtime;

use super::{Cx, File};

/// Returns all files.
pub fn files(cx: &Cx) -> Vec<File> {
    let mut files = vec![
        manifest::file(cx),
        manifest::rustfmt(),
        readme::file(cx),
        root::file(cx),
    ];
    files.extend(examples::files(cx));
    files.extend(runtime::files(cx.api));
    files
}
