//! The files that make the code a crate: `Cargo.toml`, `README.md`, `src/lib.rs`, the runtime, and the examples in the folder of
//! the document.
//!
//! In: the model, the plan, templates. Out: files. Not here: modules of resources (`rust`).

mod cut;
mod dependencies;
mod examples;
mod features;
pub mod manifest;
pub mod needs;
pub mod readme;
mod root;
pub mod runtime;

use super::{EmitCx, File};

/// Emits all files of this folder.
pub fn files(cx: &EmitCx) -> Vec<File> {
    let mut files = vec![
        manifest::file(cx),
        manifest::rustfmt(),
        readme::file(cx),
        root::file(cx),
    ];
    files.extend(examples::files(cx));
    files.extend(runtime::files(cx));
    files
}
