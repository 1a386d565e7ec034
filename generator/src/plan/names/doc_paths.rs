//! Paths of reference pages.
//!
//! In: the names of modules. Out: [`DocPaths`], paths below `docs` without an extension: those of the modules' own files, so
//! that one can be derived from the other. On a page, the anchor of an item is its Rust name. Not here: the contents of pages.

use super::resources::ResourceNames;
use super::scope::Name;
use crate::plan::modules::{Home, PartId};
use crate::plan::outline::Outline;
use crate::plan::resources::ResourceId;

/// Pages of every reference. A resource of such a name gets another path.
const FIXED: &[&str] = &["index", "pagination", "types", "untyped"];

/// The paths of pages.
#[derive(Clone, Debug)]
pub struct DocPaths {
    /// By resource.
    resources: Vec<String>,
    /// By part.
    parts: Vec<String>,
}

impl DocPaths {
    /// Returns the page of a module.
    pub fn of_home(&self, home: Home) -> &str {
        match home {
            Home::Shared => "types",
            Home::Resource(id) => self.of_resource(id),
        }
    }

    /// Returns the page of a resource.
    pub fn of_resource(&self, id: ResourceId) -> &str {
        &self.resources[id.0]
    }

    /// Returns the page of a part of a module.
    pub fn of_part(&self, id: PartId) -> &str {
        &self.parts[id.0]
    }
}

pub(super) fn run(outline: &Outline, resources: &[ResourceNames], parts: &[Name]) -> DocPaths {
    let mut names = DocPaths {
        resources: resources.iter().map(of_resource).collect(),
        parts: Vec::new(),
    };
    let of_part = |((_, part), name): ((_, &crate::plan::modules::Part), &Name)| {
        format!("{}/{}", names.of_home(part.home), name.plain())
    };
    names.parts = outline.parts().zip(parts).map(of_part).collect();
    names
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
