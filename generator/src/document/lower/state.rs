//! The state of the walk through the document and its files.
//!
//! In: nothing. Out: the types that the other files of this folder fill and read. Not here: any decision.

use serde_json::Value;

use super::dynamic::Dynamic;
use super::objects::Expected;
use super::table::Table;
use crate::document::log::Log;
use crate::maps::{HashMap, IndexMap};
use crate::read::Base;
use crate::report::Pointer;

/// The state of the walk.
pub(super) struct Walk<'a> {
    pub(super) at: Pointer,
    pub(super) report: Log<'a>,
    pub(super) schemas: Table,
    /// References outside of schemas, by their location.
    pub(super) sites: IndexMap<Pointer, Site>,
    /// References in place of keywords of schemas.
    pub(super) keywords: Vec<KeywordSite>,
    /// The roots of walks, each with its shapes. Everything below them that `objects` describes was visited, too.
    pub(super) walked: HashMap<Pointer, Vec<Expected>>,
    /// `$anchor`s as `file#name`, and `$id`s as `uri#`.
    pub(super) anchors: HashMap<String, Pointer>,
    /// The schemas with a `$id`, and their URIs, or paths in the folder.
    pub(super) identified: IndexMap<Pointer, String>,
    /// The target of a reference in a schema with a `$id` if no schema has the URI that the reference stands for: many
    /// documents have a `$id`, and references that ignore it.
    pub(super) otherwise: HashMap<Pointer, Pointer>,
    /// The target of a reference if its percent signs are keys' own, and encode nothing.
    pub(super) undecoded: HashMap<Pointer, Pointer>,
    pub(super) dynamic: Dynamic,
    /// The base of references.
    pub(super) base: Base,
    pub(super) version: Version,
    /// The enclosing schemas, as lengths of `at`, and if they have a `$recursiveAnchor`.
    pub(super) enclosing: Vec<(usize, bool)>,
}

/// A reference outside of schemas.
#[derive(Clone, Debug)]
pub(super) struct Site {
    /// The shape that is expected there.
    pub(super) shape: Expected,
    /// `None` if the failure has been reported.
    pub(super) target: Option<Pointer>,
}

/// A reference in place of the value of a keyword: `properties: { $ref: .. }`.
#[derive(Clone, Debug)]
pub(super) struct KeywordSite {
    pub(super) schema: Pointer,
    pub(super) keyword: String,
    pub(super) shape: Expected,
    pub(super) target: Pointer,
}

/// The version of the specification that a document follows. It decides which keys are required; optional keys are honoured
/// in all versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Version {
    UpTo3_1,
    V3_2,
}

impl Version {
    pub(super) fn of(document: &Value) -> Self {
        let text = document.get("openapi").and_then(Value::as_str);
        let minor = text.and_then(|text| {
            let minor = text.trim().strip_prefix("3.")?.split('.').next()?;
            minor.parse().ok()
        });
        match minor {
            Some(2u32..) => Self::V3_2,
            Some(0 | 1) | None => Self::UpTo3_1,
        }
    }
}

impl<'a> Walk<'a> {
    pub(super) fn new(base: Base, version: Version, report: Log<'a>) -> Self {
        Self {
            at: Pointer::root(),
            report,
            schemas: Table::default(),
            sites: IndexMap::default(),
            keywords: Vec::new(),
            walked: HashMap::default(),
            anchors: HashMap::default(),
            identified: IndexMap::default(),
            otherwise: HashMap::default(),
            undecoded: HashMap::default(),
            dynamic: Dynamic::default(),
            base,
            version,
            enclosing: Vec::new(),
        }
    }
}
