//! From one tree to the model of `openapiv3`: lowered to OpenAPI 3.0, references followed, decoded part by part.
//!
//! In: a [`Tree`]. Out: a [`Document`]; what can't be decoded is a diagnostic, and only that keyword or item is missing.
//! Not here: texts and files (see `read`), meaning (see `understand`).
//!
//! `openapiv3` derives its decoding with flattened and untagged types, which copy each value at each level, and fails a
//! whole item for one odd keyword. Here each value is moved once, and each keyword stands for itself.

mod content;
mod info;
mod json_type;
mod log;
mod lower;
pub mod media_type;
mod method;
mod operation;
mod parameter;
mod parts;
mod pattern;
mod position;
mod reader;
mod schema;
mod security;
mod webhooks;

use indexmap::IndexMap;
use openapiv3::{Info, OpenAPI, Tag};
use serde_json::{Map, Value};

use crate::maps;
use crate::read::Tree;
use crate::report::{Pointer, Report};
pub use json_type::JsonType;
use log::Log;
pub use log::Lost;
use lower::Flat;
pub use method::Method;
pub use parts::{
    At, Body, Content, Encoding, Header, Media, Operation, Parameter, PathItem, Response, Server,
};
pub use pattern::is_numeric;
pub use position::{Child, Pos};
use reader::{Extensions, Reader};
pub use schema::{AdditionalProperties, Annotations, Discriminator, Entry, Keywords, SchemaView};
pub use security::{Flow, KeyPlace, SecurityKind, SecurityScheme, Tokens};

/// A document that is decoded item by item.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// All parts that have no field of their own here.
    pub openapi: OpenAPI,
    pub info: At<Info>,
    pub servers: Vec<Server>,
    pub tags: Vec<At<Tag>>,
    pub paths: IndexMap<String, PathItem>,
    /// `webhooks` of OpenAPI 3.1, which `openapiv3` does not know.
    pub webhooks: IndexMap<String, PathItem>,
    /// What any of them sends.
    pub webhook_event: Option<Pos>,
    pub security_schemes: IndexMap<String, SecurityScheme>,
    /// The pointers of the schemas, in the order of `schemas`.
    pub places: maps::IndexSet<Pointer>,
    /// Every schema, each one level deep. `{ $ref, ..siblings }` stands as `{ allOf: [$ref], ..siblings }`.
    pub schemas: Vec<Entry>,
    /// References that are not to schemas, and what they lead to, in order.
    pub links: Vec<(Pointer, Pointer)>,
    /// Parts of the document that are lost, in the order of the report.
    pub lost: Vec<Lost>,
    /// Texts of the files that `x-client` names at the root of the document, by the names used there.
    pub files: maps::IndexMap<String, String>,
}

#[cfg(test)]
impl Document {
    /// Decodes a document whose schemas are in a table already. For tests that need no lowering.
    pub fn of(root: Value, schemas: maps::IndexMap<Pointer, Value>, report: &mut Report) -> Self {
        let files = maps::IndexMap::default();
        decode(
            Flat {
                root,
                schemas,
                links: Vec::new(),
                lost: Vec::new(),
                files,
            },
            report,
        )
    }
}

/// Lowers a document, follows its references, and decodes it.
pub fn run(tree: Tree, report: &mut Report) -> Document {
    decode(lower::run(tree, report), report)
}

fn decode(flat: Flat, report: &mut Report) -> Document {
    let Flat {
        root,
        schemas,
        links,
        lost,
        files,
    } = flat;
    let (places, schemas): (maps::IndexSet<Pointer>, Vec<Value>) = schemas.into_iter().unzip();
    let mut doc = Document {
        files,
        ..Document::default()
    };
    let mut losses = maps::HashMap::default();
    for (index, lost) in lost.iter().enumerate() {
        losses.entry(lost.at.clone()).or_insert(index);
    }
    let reader = &mut Reader {
        at: Pointer::root(),
        report: Log::new(report, lost),
        keywords: operation::KEYWORDS,
        places: &places,
        links: &links,
        losses,
    };
    if let Value::Object(root) = root {
        document(reader, root, &mut doc);
    }
    reader.keywords = schema::KEYWORDS;
    doc.schemas.reserve_exact(schemas.len());
    for (at, entry) in places.iter().zip(schemas) {
        reader.at.clone_from(at);
        doc.schemas.push(schema::read(reader, entry));
    }
    doc.lost = std::mem::take(&mut reader.report.lost);
    doc.places = places;
    doc.links = links;
    doc.webhook_event = webhooks::event(&doc.webhooks, &mut doc.places, &mut doc.schemas);
    doc
}

fn document(reader: &mut Reader, root: Map<String, Value>, doc: &mut Document) {
    let mut openapi = OpenAPI::default();
    openapi.extensions = reader.object(root, |reader, key, value| {
        match key {
            "openapi" => openapi.openapi = reader.string(value).unwrap_or_default(),
            "info" => doc.info = info::info(reader, value),
            "servers" => doc.servers = reader.list(value, operation::server),
            "paths" => openapi.paths.extensions = paths(reader, value, &mut doc.paths),
            "webhooks" => {
                doc.webhooks = reader.map(value, operation::path_item);
                // The order of keys means nothing.
                doc.webhooks.sort_unstable_keys();
            }
            "components" => doc.security_schemes = components(reader, value),
            "security" => openapi.security = operation::security(reader, value),
            "tags" => doc.tags = reader.list(value, info::tag),
            "externalDocs" => openapi.external_docs = info::external_docs(reader, value),
            // Lowering has used them.
            "jsonSchemaDialect" | "$self" => {}
            _ => return Some(value),
        }
        None
    });
    doc.openapi = openapi;
}

fn paths(reader: &mut Reader, value: Value, paths: &mut IndexMap<String, PathItem>) -> Extensions {
    let extensions = reader.fields(value, |reader, key, value| {
        if !key.starts_with('/') {
            return Some(value);
        }
        paths.extend(operation::path_item(reader, value).map(|item| (key.to_owned(), item)));
        None
    });
    extensions.unwrap_or_default()
}

/// Returns the security schemes: nothing refers to them by a `$ref`. Lowering put the other
/// components where they are used.
fn components(reader: &mut Reader, value: Value) -> IndexMap<String, SecurityScheme> {
    let mut schemes = IndexMap::new();
    reader.fields(value, |reader, key, value| {
        match key {
            "schemas" => {}
            "securitySchemes" => schemes = reader.map(value, security::scheme),
            _ => return Some(value),
        }
        None
    });
    schemes
}
