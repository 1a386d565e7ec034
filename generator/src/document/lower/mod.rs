//! The document in 3.0 shape, every schema under its own pointer.
//!
//! In: a [`Tree`]. Out: a [`Flat`]: lowered from 3.1, repaired, schemas hoisted, all other references spliced.
//! Not here: decoding, meaning.
//!
//! One walk knows where what stands ([`grammar`]), so that examples, defaults, enums and extensions are never touched.
//! It repairs each object ([`repair`]) and takes each schema into the table ([`schema`]), lowered by [`rules`]. Then
//! references are followed ([`refs`]): what they lead to is walked where it was not yet, and is put in their place.

mod grammar;
mod refs;
mod repair;
mod rules;
mod schema;
mod types;

use serde_json::{Map, Value};

use super::log::{Log, Lost};
use crate::maps::{HashMap, IndexMap};
use crate::read::{Base, Tree};
use crate::report::{Pointer, Report};
use grammar::Kind;
use refs::{Documents, Site};

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

/// A JSON object.
type Object = Map<String, Value>;

/// Whether an object has any of these keys. Nearly all are small, so that a look at each key is quicker than a hash.
fn has_any(map: &Object, keys: &[&str]) -> bool {
    map.keys().any(|key| keys.contains(&key.as_str()))
}

/// Where the walk is, and what it gathers.
struct Walk<'a> {
    at: Pointer,
    report: Log<'a>,
    schemas: IndexMap<Pointer, Value>,
    /// References that are not to schemas, by where they stand.
    sites: IndexMap<Pointer, Site>,
    /// `$anchor`s as `file#name`, and `$id`s as `uri#`.
    anchors: HashMap<String, Pointer>,
    /// The schemas with a `$id`, and their URIs, or paths in the folder.
    identified: IndexMap<Pointer, String>,
    /// What a reference in a schema with a `$id` leads to if no schema has the URI that it stands for: many documents have a
    /// `$id`, and references that do not mind it.
    otherwise: HashMap<Pointer, Pointer>,
    /// Where references start.
    base: Base,
    version: Version,
    /// The enclosing schemas, as lengths of `at`, and whether they are anchors for `$recursiveRef`.
    enclosing: Vec<(usize, bool)>,
}

/// The version of the specification that a document follows. It says what must be there; what may be, may be in any.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Version {
    UpTo3_1,
    V3_2,
}

impl Version {
    fn of(document: &Value) -> Self {
        let text = document.get("openapi").and_then(Value::as_str);
        let minor = text.and_then(|text| {
            text.trim()
                .strip_prefix("3.")?
                .split('.')
                .next()?
                .parse()
                .ok()
        });
        match minor {
            Some(2u32..) => Self::V3_2,
            Some(0 | 1) | None => Self::UpTo3_1,
        }
    }
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
    let mut walk = Walk {
        at: Pointer::root(),
        report: Log::new(report, Vec::new()),
        schemas: IndexMap::default(),
        sites: IndexMap::default(),
        anchors: HashMap::default(),
        identified: IndexMap::default(),
        otherwise: HashMap::default(),
        base,
        version: Version::of(&documents.root),
        enclosing: Vec::new(),
    };
    grammar::walk(&mut walk, Kind::Document, &mut documents.root);
    refs::follow(&mut walk, &mut documents);
    schema::finish(&mut walk);
    let links = refs::links(&walk);
    let root = refs::splice(&mut walk, documents);
    Flat {
        root,
        links,
        schemas: walk.schemas,
        lost: walk.report.lost,
        files,
    }
}
