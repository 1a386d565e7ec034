//! The document in 3.0 shape, every schema under its own pointer.
//!
//! In: a [`Tree`]. Out: a [`Flat`]: lowered from 3.1, repaired, schemas hoisted, all other references spliced.
//! Not here: decoding, meaning.
//!
//! The files, in the order in which they use each other:
//!
//! 1. [`objects`]: the structure of a document, as data; [`state`], [`table`]: the results of the walk.
//! 2. [`resolve`]: from the text of a reference to a pointer; [`locate`]: from a pointer to a value.
//! 3. [`types`], [`dialect`], [`discriminator`], [`schema_repair`], [`unions`], [`containers`],
//!    [`rules`]: one schema; [`schema`] takes it into the table.
//! 4. [`repair`]: one other object; [`walk`]: all of a document, which never touches
//!    examples, defaults, enums and extensions.
//! 5. [`follow`], with [`dangling`] and [`components`]: walks the targets of
//!    references, too; [`finish`]: rules that need all schemas.
//! 6. [`links`], [`splice`]: replaces references by their targets.

mod components;
mod containers;
mod dangling;
mod dialect;
mod discriminator;
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
use locate::Documents;
use objects::{Kind, Shape};
use state::{Version, Walk};

/// The document in 3.0 shape, with its schemas in a table.
#[derive(Clone, Debug, Default)]
pub struct Flat {
    /// The document, in which each schema stands as its own pointer: a string, a key of `schemas`. Of `components`, only
    /// `schemas` and `securitySchemes` are left. A dangling reference becomes `null`.
    pub root: Value,
    /// Every schema by its pointer, one level deep: a child schema is its pointer, as a string. A `$ref` has no siblings and is
    /// a canonical pointer. One that is not a key here is dangling, and has been reported.
    pub schemas: IndexMap<Pointer, Value>,
    /// References outside of schemas with their targets, in order.
    pub links: Vec<(Pointer, Pointer)>,
    /// Lost parts of the document, in the order of the report.
    pub lost: Vec<Lost>,
    /// Texts of the files that the document names.
    pub files: IndexMap<String, String>,
}

/// Lowers, repairs, hoists and splices.
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
        schemas: walk.schemas,
        lost: walk.report.lost,
        files,
    }
}

const DOCUMENT: Shape = Shape::One(Kind::Document);
