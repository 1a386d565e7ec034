//! What the schemas say of dynamic references (JSON Schema Core, 7.7.2.2 and 8.2.3.2).
//!
//! In: nothing. Out: [`Dynamic`]: anchors, resources and references, by their pointers. Not here: finding them (see `anchors`), and
//! what the references lead to (see `document::dynamic`).

use crate::maps::IndexMap;
use crate::report::Pointer;

/// What is known of dynamic references once all schemas are in the table.
#[derive(Clone, Debug, Default)]
pub struct Dynamic {
    /// In the order of the walk.
    pub anchors: Vec<Anchor>,
    /// The schemas with a `$id`.
    pub resources: Vec<Pointer>,
    /// The references, each an entry of the table that is nothing but a reference to where it would lead if nothing extended
    /// its schema.
    pub references: IndexMap<Pointer, Declared>,
    /// Schemas that have taken the place of a component, by the place where they stood before.
    pub moved: IndexMap<Pointer, Pointer>,
}

/// A schema that has a name.
#[derive(Clone, Debug)]
pub struct Anchor {
    pub at: Pointer,
    /// [`RECURSIVE`] for `$recursiveAnchor`.
    pub name: String,
    /// The URI of its resource, or its file.
    pub resource: String,
    /// Whether the name is that of a `$dynamicAnchor`, and not of an `$anchor`.
    pub is_dynamic: bool,
}

/// What a dynamic reference looks for.
#[derive(Clone, Debug)]
pub struct Declared {
    pub name: String,
    /// The canonical pointer of the reference.
    pub target: Pointer,
}

/// The name that all schemas with `$recursiveAnchor` share. No other anchor has it.
pub const RECURSIVE: &str = "";

impl Declared {
    /// Returns what a reference looks for, if its keyword and its target make it a dynamic one.
    pub(super) fn of(keyword: &str, text: &str, target: &Pointer) -> Option<Self> {
        let name = match keyword {
            "$recursiveRef" if text == "#" => RECURSIVE,
            "$dynamicRef" => target.as_str().split_once('#')?.1,
            _ => return None,
        };
        // A path leads to one schema, whatever that is named.
        let is_path = keyword == "$dynamicRef" && (name.is_empty() || name.starts_with('/'));
        (!is_path).then(|| Self {
            name: name.to_owned(),
            target: target.clone(),
        })
    }
}
