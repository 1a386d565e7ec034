//! Paths of reference pages.
//!
//! In: the names of modules. Out: [`DocPaths`], paths below `docs` without an extension: those of the modules' own files, so
//! that one can be derived from the other. On a page, the anchor of an item is its Rust name. Not here: the contents of pages.

use super::resources::ResourceNames;
use super::scope::Name;
use crate::plan::modules::PartId;
use crate::plan::resources::ResourceId;

/// Pages of every reference. A resource of such a name gets another path.
const FIXED: &[&str] = &[
    DocPaths::CREDENTIALS,
    DocPaths::ERRORS,
    "index",
    "pagination",
    DocPaths::TYPES,
    "untyped",
];

/// The paths of pages.
#[derive(Clone, Debug)]
pub struct DocPaths {
    /// By resource.
    resources: Vec<String>,
    /// By part.
    parts: Vec<String>,
}

impl DocPaths {
    /// The page of the credentials.
    pub const CREDENTIALS: &str = "credentials";
    /// The page of the client's own errors.
    pub const ERRORS: &str = "errors";
    /// The page of the types in the main file of their module.
    pub const TYPES: &str = "types";

    /// Returns the page of a resource.
    pub fn of_resource(&self, id: ResourceId) -> &str {
        &self.resources[id.0]
    }

    /// Returns the page of a part of the module of types.
    pub fn of_part(&self, id: PartId) -> &str {
        &self.parts[id.0]
    }
}

pub(super) fn run(resources: &[ResourceNames], parts: &[Name]) -> DocPaths {
    let of_part = |name: &Name| format!("{}/{}", DocPaths::TYPES, name.plain());
    DocPaths {
        resources: resources.iter().map(of_resource).collect(),
        parts: parts.iter().map(of_part).collect(),
    }
}

/// Module names have no hyphen, so paths with one are unambiguous.
fn of_resource(names: &ResourceNames) -> String {
    let mut path: Vec<&str> = names.path.iter().map(Name::plain).collect();
    let moved = path.first().map(|first| format!("{first}-resource"));
    if let (Some(first), Some(moved)) = (path.first_mut(), &moved)
        && FIXED.contains(first)
    {
        *first = moved;
    }
    path.join("/")
}
