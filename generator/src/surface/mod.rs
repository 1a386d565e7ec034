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
mod places;
mod service;
mod tables;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

pub use code::Code;
pub use places::{Places, places};

/// What users of a crate can name.
#[derive(Clone, Debug, Default)]
pub struct Surface {
    /// The name of the package.
    pub package: String,
    pub version: String,
    /// The features of Cargo.
    pub features: BTreeSet<String>,
    /// What the runtime exports at the root of the crate.
    pub exports: BTreeSet<String>,
    /// The environment variables that the client reads.
    pub variables: BTreeSet<String>,
    /// By path: `types::Pet`, `pets::Pets`, `Client`.
    pub items: BTreeMap<String, Item>,
    /// The strings of constants, by the names of their types, which no code names otherwise.
    pub constants: BTreeMap<String, String>,
    /// Where the document has the items, as far as it is known.
    pub places: Places,
}

/// A type of the crate, or one of the runtime to which the crate adds methods.
#[derive(Clone, Debug, Default)]
pub struct Item {
    pub kind: ItemKind,
    /// The modules that it is in: `pets`. Empty: the root of the crate.
    pub module: String,
    pub name: String,
    pub facts: Facts,
    /// Whether code outside of the crate can list all of its members.
    pub is_exhaustive: bool,
    /// The traits that it implements, and the conversions: `From<User>`.
    pub traits: BTreeSet<Code>,
    /// What awaiting a call of its own type returns.
    pub reply: Option<Code>,
    /// By name: `.field`, `::Variant`, `::method`.
    pub members: BTreeMap<String, Member>,
}

/// The kind of an item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ItemKind {
    /// A type of the runtime.
    #[default]
    Foreign,
    /// The struct of a resource.
    Resource,
    Struct,
    Enum,
    Alias(Code),
}

/// What any item and any member has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Its documentation without examples.
    pub docs: String,
    pub is_deprecated: bool,
}

/// A field, a variant or a method.
#[derive(Clone, Debug, Default)]
pub struct Member {
    pub facts: Facts,
    /// Its name or its value in JSON, or the statuses that select it.
    pub wire: Option<String>,
    pub signature: Signature,
    /// What a method of an operation sends.
    pub request: Option<Request>,
}

/// The types of a member.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signature {
    /// The arguments of a method after `self`, in order.
    pub arguments: Vec<(String, Code)>,
    /// The type of a field, of a variant's value, or of what a method returns.
    pub ty: Option<Code>,
}

/// What a method of an operation sends.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    pub method: String,
    /// The path template.
    pub path: String,
    /// Alternatives, of which one must be satisfied: in each, the credentials that are needed at the same time. `a or b`: one of them.
    pub auth: BTreeSet<BTreeSet<String>>,
}

impl Request {
    /// Returns the path without the names of its parameters, and their number.
    pub fn shape(&self) -> (String, usize) {
        let mut pieces = self.path.split('{');
        let first = pieces.next().unwrap_or_default().to_owned();
        let rest: Vec<&str> = pieces
            .map(|piece| piece.split_once('}').map_or(piece, |(_, rest)| rest))
            .collect();
        let count = rest.len();
        (
            rest.into_iter()
                .fold(first, |shape, piece| shape + "{}" + piece),
            count,
        )
    }
}

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
        let public = module
            .strip_prefix("types::")
            .map_or(&**module, |_| "types");
        items::read(&mut surface, public, &settings, &file.items);
    }
    let Surface {
        items, constants, ..
    } = &mut surface;
    for item in items.values_mut() {
        if let ItemKind::Alias(target) = &mut item.kind {
            *target = target.with_strings(constants);
        }
    }
    Ok(surface)
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

/// Returns the path of an item in a module.
fn path_of(module: &str, name: &str) -> String {
    match module.is_empty() {
        true => name.to_owned(),
        false => format!("{module}::{name}"),
    }
}
