//! Lowers the document to OpenAPI 3.0 and puts its schemas in a table.
//!
//! In: a [`Tree`]. Out: a [`Flat`]: lowered from 3.1 and 3.2 and repaired, with each schema under its own pointer, and all other
//! references replaced by their targets. Not here: decoding, meaning.
//!
//! The files, in the order in which they use each other:
//!
//! 1. [`objects`]: the structure of a document, as data; [`state`], [`table`], [`dynamic`]: the results of the walk.
//! 2. [`resolve`]: from the text of a reference to a pointer; [`locate`]: from a pointer to a value.
//! 3. [`types`], [`dialect`], [`discriminator`], [`schema_repair`], [`unions`], [`containers`],
//!    [`rules`]: one schema; [`schema`] takes it into the table, and [`anchors`] its names.
//! 4. [`repair`]: one other object; [`walk`]: all of a document, which never touches
//!    examples, defaults, enums and extensions.
//! 5. [`follow`], with [`dangling`], [`anchored`] and [`components`]: walks the targets of
//!    references, too; [`finish`]: rules that need all schemas.
//! 6. [`links`], [`splice`]: replaces references by their targets.

mod anchored;
mod anchors;
mod components;
mod containers;
mod dangling;
mod dialect;
mod discriminator;
mod dynamic;
mod events;
mod finish;
mod follow;
mod links;
mod locate;
mod object;
mod objects;
mod repair;
mod resolve;
mod rules;
mod schema;
mod schema_repair;
mod splice;
mod state;
mod table;
mod types;
mod unions;
mod walk;

use serde_json::Value;

use super::log::{Log, Lost};
use crate::maps::IndexMap;
use crate::read::Tree;
use crate::report::{Pointer, Report};
pub use dynamic::{Anchor, Declared, Dynamic, RECURSIVE};
use locate::Documents;
use objects::{Expected, Kind};
use state::{Version, Walk};

/// The document as OpenAPI 3.0, with its schemas in a table.
#[derive(Clone, Debug, Default)]
pub struct Flat {
    /// The document. Its pointer, a string that is a key of `schemas`, replaces each schema. Of `components`, only `schemas` and
    /// `securitySchemes` are left. A dangling reference becomes `null`.
    pub root: Value,
    /// Every schema by its pointer, one level deep: a child schema is replaced by its pointer, as a string. A `$ref` has no siblings
    /// and is a canonical pointer. If it is not a key here, it is dangling and has been reported.
    pub schemas: IndexMap<Pointer, Value>,
    /// References outside of schemas with their targets, in order.
    pub links: Vec<(Pointer, Pointer)>,
    /// The lost parts of the document, in the order of the report.
    pub lost: Vec<Lost>,
    /// The texts of the files that the document names.
    pub files: IndexMap<String, String>,
    /// Dynamic references, which are references to where they would lead if nothing extended their schemas.
    pub dynamic: Dynamic,
}

/// Lowers and repairs a document, collects its schemas and resolves its other references.
pub fn run(tree: Tree, report: &mut Report) -> Flat {
    let Tree {
        value,
        base,
        others,
        files,
    } = tree;
    let mut documents = Documents {
        root: value,
        others,
    };
    let version = Version::of(&documents.root);
    let mut walk = Walk::new(base, version, Log::new(report, Vec::new()));
    walk::start(&mut walk, &Pointer::root(), DOCUMENT, &mut documents.root);
    follow::run(&mut walk, &mut documents);
    finish::run(&mut walk);
    components::move_schemas(&mut walk);
    let links = links::links(&walk, &documents);
    let root = splice::run(&mut walk, documents);
    Flat {
        root,
        links,
        dynamic: anchors::all(&mut walk),
        schemas: walk.schemas,
        lost: walk.report.lost,
        files,
    }
}

const DOCUMENT: Expected = Expected::One(Kind::Document);
