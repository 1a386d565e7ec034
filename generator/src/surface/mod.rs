//! What users of an emitted crate can name: its surface.
//!
//! In: the files of a crate, of this run or of an earlier one, and the plan, which locates its items in the document. Out: a
//! [`Surface`]. Not here: comparisons (see [`diff`](crate::diff)), the runtime, which depends on the generator and not on the document.
//!
//! The surface is read from the code itself, and not derived from the plan a second time. So it is what the compiler sees, and the
//! folder of a crate needs no further file that says what an earlier run emitted.

mod code;
mod items;
mod manifest;
mod model;
mod places;
mod service;
mod tables;

use std::fmt;

pub use code::Code;
pub use model::{Facts, Item, ItemKind, Member, Request, Surface};
pub use places::{Places, places};

/// A file that is no Rust.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// The path of the file.
    pub path: String,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is no Rust that can be read", self.path)
    }
}

impl std::error::Error for Unreadable {}

/// Returns the surface of a crate, from the paths and the texts of its files. Files of the runtime, of the command line and of tests may
/// be absent.
pub fn read<'a>(
    files: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Result<Surface, Unreadable> {
    let mut surface = Surface::default();
    let mut parsed = Vec::new();
    for (path, text) in files {
        if path == "Cargo.toml" {
            manifest::read(&mut surface, text);
        }
        let Some(module) = module_of(path) else {
            continue;
        };
        let file = syn::parse_file(text).map_err(|_| Unreadable { path: path.into() })?;
        parsed.push((module, file));
    }
    let mut settings = service::Settings::default();
    for (_, file) in &parsed {
        settings.read(&file.items);
    }
    surface.variables = settings.variables();
    for (module, file) in &parsed {
        items::define(&mut surface, public(module), &file.items);
    }
    for (module, file) in &parsed {
        items::implement(&mut surface, public(module), &settings, &file.items);
    }
    let Surface {
        items, constants, ..
    } = &mut surface;
    for code in items.values_mut().flat_map(Item::types_mut) {
        code.shorten(constants);
    }
    Ok(surface)
}

/// Returns the module that exports what a module defines.
fn public(module: &str) -> &str {
    match module.starts_with("types::") {
        true => "types",
        false => module,
    }
}

/// Returns whether a file says something about the surface that other files depend on.
pub fn is_shared(path: &str) -> bool {
    ["Cargo.toml", "src/lib.rs", "src/service.rs", "src/types.rs"].contains(&path)
}

/// Returns the module of a file, if its items are a part of the surface.
fn module_of(path: &str) -> Option<String> {
    let inner = path.strip_prefix("src/")?.strip_suffix(".rs")?;
    match inner.split('/').next()? {
        "runtime" | "cli" | "main" => None,
        "lib" | "service" => Some(String::new()),
        _ => Some(inner.replace('/', "::")),
    }
}
