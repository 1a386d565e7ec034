//! From one tree to a [`Document`]: lowered to OpenAPI 3.0, references followed, decoded part by part. Objects with the shape of
//! OpenAPI 3.0 are those of `openapiv3`.
//!
//! In: a [`Tree`]. Out: a [`Document`]. A keyword or item that can't be decoded is missing, and a diagnostic reports it.
//! Not here: texts and files (see `read`), meaning (see `understand`).
//!
//! `openapiv3` derives its decoding with flattened and untagged types, which copies each value at each level and fails for a
//! whole item if one keyword is invalid. Here, each value is moved once, and each keyword is decoded by itself.

mod content;
mod dynamic;
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
pub use method::{Method, is_token};
pub use parts::{
    At, Body, Content, Encoding, Header, Media, Operation, Parameter, PathItem, Response, Server,
};
pub use pattern::is_numeric;
pub use position::{Child, Pos};
use reader::{Extensions, Reader};
pub use schema::{AdditionalProperties, Discriminator, Entry, Keywords, SchemaView};
pub use security::{Flow, KeyPlace, SecurityKind, SecurityScheme, Tokens};

/// A document that is decoded item by item.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// All parts that have no other field here.
    pub openapi: OpenAPI,
    pub info: At<Info>,
    pub servers: Vec<Server>,
    pub tags: Vec<At<Tag>>,
    pub paths: IndexMap<String, PathItem>,
    /// `webhooks` of OpenAPI 3.1, which `openapiv3` does not know.
    pub webhooks: IndexMap<String, PathItem>,
    /// The union of the payloads of all webhooks.
    pub webhook_event: Option<Pos>,
    pub security_schemes: IndexMap<String, SecurityScheme>,
    /// The pointers of the schemas, in the order of `schemas`.
    pub places: maps::IndexSet<Pointer>,
    /// Every schema, each one level deep. `{ $ref, ..siblings }` becomes `{ allOf: [$ref], ..siblings }`.
    pub schemas: Vec<Entry>,
    /// References to objects other than schemas, with their targets, in order.
    pub links: Vec<(Pointer, Pointer)>,
    /// The lost parts of the document, in the order of the report.
    pub lost: Vec<Lost>,
    /// The texts of the files that `x-client` names at the root of the document, by the names used there.
    pub files: maps::IndexMap<String, String>,
}

#[cfg(test)]
impl Document {
    /// Decodes a document whose schemas are already in a table, for tests that need no lowering.
    pub fn of(root: Value, schemas: maps::IndexMap<Pointer, Value>, report: &mut Report) -> Self {
        let files = maps::IndexMap::default();
        decode(
            Flat {
                root,
                schemas,
                links: Vec::new(),
                lost: Vec::new(),
                files,
                dynamic: lower::Dynamic::default(),
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
        dynamic,
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
    let lost = std::mem::take(&mut reader.report.lost);
    doc.places = places;
    doc.links = links;
    let mut log = Log::new(report, lost);
    dynamic::run(&mut doc.places, &mut doc.schemas, &dynamic, &mut log);
    doc.lost = log.lost;
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
            // Lowering has handled them.
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

/// Decodes the security schemes, to which requirements refer by name. Lowering has copied the other
/// components to the places where they are used.
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
