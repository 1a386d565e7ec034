//! Where reference pages stand.
//!
//! In: the names of modules. Out: [`DocPaths`], paths below `docs` without an extension: those of the modules' own files, so
//! that whoever knows one knows the other. On a page, what is described has its Rust name as its anchor. Not here: what
//! is on a page.

use super::resources::ResourceNames;
use super::scope::Name;
use crate::plan::modules::{Home, PartId};
use crate::plan::outline::Outline;
use crate::plan::resources::ResourceId;

/// Pages that are there whatever the document says. A resource of such a name gives way to them.
const FIXED: &[&str] = &["index", "types", "untyped"];

/// The paths of pages.
#[derive(Clone, Debug)]
pub struct DocPaths {
    /// By resource.
    resources: Vec<String>,
    /// By part.
    parts: Vec<String>,
}

impl DocPaths {
    /// The page of a module.
    pub fn of_home(&self, home: Home) -> &str {
        match home {
            Home::Shared => "types",
            Home::Resource(id) => self.of_resource(id),
        }
    }

    /// The page of a resource.
    pub fn of_resource(&self, id: ResourceId) -> &str {
        &self.resources[id.0]
    }

    /// The page of a part of a module.
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

/// No module has a hyphen in its name, so none can be meant by two.
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
