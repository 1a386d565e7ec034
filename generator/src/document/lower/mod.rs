//! The document in 3.0 shape, every schema under its own pointer.
//!
//! In: a [`Tree`]. Out: a [`Flat`]: lowered from 3.1, repaired, schemas hoisted, all other references spliced.
//! Not here: decoding, meaning.
//!
//! The files, in the order in which they use each other:
//!
//! 1. [`grammar`]: which object stands where, as data; [`state`], [`table`]: the walk's findings.
//! 2. [`resolve`]: from the text of a reference to a pointer; [`locate`]: from a pointer to a value.
//! 3. [`types`], [`dialect`], [`discriminator`], [`schema_repair`], [`unions`], [`containers`], [`rules`]: one schema; [`schema`] takes it into the table.
//! 4. [`repair`]: one other object; [`walk`]: all of a document, so that examples, defaults, enums and extensions are never touched.
//! 5. [`follow`], with [`dangling`] and [`components`]: what references lead to is walked, too; [`finish`]: what takes all schemas.
//! 6. [`links`], [`splice`]: what references lead to is put in their place.

mod components;
mod containers;
mod dangling;
mod dialect;
mod discriminator;
mod finish;
mod follow;
mod grammar;
mod links;
mod locate;
mod object;
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
use grammar::{Kind, Shape};
use locate::Documents;
use state::{Version, Walk};

/// The document in 3.0 shape, and its schemas apart from it.
#[derive(Clone, Debug, Default)]
pub struct Flat {
    /// The document, in which each schema stands as its own pointer: a string, a key of `schemas`. Of `components`,
    /// only `schemas` and `securitySchemes` are left. `null` stands for what a dangling reference was to be.
    pub root: Value,
    /// Every schema by its pointer, one level deep: child schemas stand as their pointers. One with `$ref` has nothing
    /// else; the reference is a pointer in canonical form. If it is no key here, it dangles, and that is reported.
    pub schemas: IndexMap<Pointer, Value>,
    /// References that are not to schemas, and what they lead to, in order.
    pub links: Vec<(Pointer, Pointer)>,
    /// Parts of the document that are lost, in the order of the report.
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
