//! From one tree to the model of `openapiv3`: lowered to OpenAPI 3.0, references followed, decoded part by part.
//!
//! In: a [`Tree`]. Out: a [`Doc`]; what can't be decoded is a diagnostic, and only that keyword or item is missing.
//! Not here: texts and files (see `read`), meaning (see `understand`).
//!
//! `openapiv3` derives its decoding with flattened and untagged types, which copy each value at each level, and fails a
//! whole item for one odd keyword. Here each value is moved once, and each keyword stands for itself.

mod json_type;
mod log;
mod lower;
mod operation;
mod reader;
mod schema;
mod security;

use indexmap::IndexMap;
use openapiv3::{
    Contact, ExternalDocumentation, Info, License, OpenAPI, Operation, Parameter, ReferenceOr,
    Server, Tag,
};
use serde_json::{Map, Value};

use crate::maps;
use crate::read::Tree;
use crate::report::{Code, Pointer, Report};
pub use json_type::JsonType;
use log::Log;
pub use log::Lost;
use lower::Flat;
pub use operation::{ALLOW_RESERVED, COOKIE_STYLE};
use reader::{Extensions, Reader};
pub use schema::{
    AdditionalProperties, Annotations, Child, Discriminator, Entry, Keywords, SchemaView,
};
pub use security::{Flow, KeyPlace, SecurityKind, SecurityScheme, Tokens};

/// A document that is decoded item by item.
#[derive(Clone, Debug, Default)]
pub struct Doc {
    /// Everything but what the other fields have: each schema stands as a reference to its own pointer, a key of
    /// `schemas`. No other references are left.
    ///
    /// What `openapiv3` has no field for stands among the extensions by its own name, which none of these has: `summary` of
    /// `info` and of tags, `name` of servers, `identifier` of
    /// licenses, `itemSchema` of media types, `style` and `allowReserved` of parameters.
    pub openapi: OpenAPI,
    pub paths: IndexMap<String, PathItem>,
    /// `webhooks` of OpenAPI 3.1, which `openapiv3` does not know.
    pub webhooks: IndexMap<String, PathItem>,
    pub security_schemes: IndexMap<String, SecurityScheme>,
    /// Where the schemas stand, in the order of `schemas`.
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

/// What is at a path. (Those of `openapiv3` have the methods of OpenAPI 3.1 only.)
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PathItem {
    pub summary: Option<String>,
    pub description: Option<String>,
    pub servers: Vec<Server>,
    pub parameters: Vec<ReferenceOr<Parameter>>,
    /// The order of the document's keys does not show in theirs.
    pub operations: Vec<MethodItem>,
    pub extensions: IndexMap<String, Value>,
}

/// An operation of a path.
#[derive(Clone, Debug, PartialEq)]
pub struct MethodItem {
    /// As it is sent: `GET`.
    pub method: String,
    pub at: Pointer,
    pub operation: Operation,
}

/// Index of a schema in [`Doc::schemas`].
pub type Pos = usize;

#[cfg(test)]
impl Doc {
    /// What there is of a document and its table of schemas.
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
pub fn run(tree: Tree, report: &mut Report) -> Doc {
    decode(lower::run(tree, report), report)
}

fn decode(flat: Flat, report: &mut Report) -> Doc {
    let Flat {
        root,
        schemas,
        links,
        lost,
        files,
    } = flat;
    let (places, schemas): (maps::IndexSet<Pointer>, Vec<Value>) = schemas.into_iter().unzip();
    let mut doc = Doc {
        links,
        files,
        ..Doc::default()
    };
    let reader = &mut Reader {
        at: Pointer::root(),
        report: Log::new(report, lost),
        keywords: operation::KEYWORDS,
        places: &places,
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
    doc
}

fn document(reader: &mut Reader, root: Map<String, Value>, doc: &mut Doc) {
    let mut openapi = OpenAPI::default();
    openapi.extensions = reader.object(root, |reader, key, value| {
        match key {
            "openapi" => openapi.openapi = reader.string(value).unwrap_or_default(),
            "info" => openapi.info = info(reader, value),
            "servers" => openapi.servers = reader.list(value, operation::server),
            "paths" => openapi.paths.extensions = paths(reader, value, &mut doc.paths),
            "webhooks" => doc.webhooks = reader.map(value, operation::path_item),
            "components" => doc.security_schemes = components(reader, value),
            "security" => openapi.security = operation::security(reader, value),
            "tags" => openapi.tags = reader.list(value, tag),
            "externalDocs" => openapi.external_docs = external_docs(reader, value),
            // `normalize` is done with them.
            "jsonSchemaDialect" | "$self" => {}
            _ => return Some(value),
        }
        None
    });
    doc.openapi = openapi;
}

fn info(reader: &mut Reader, value: Value) -> Info {
    let mut info = Info::default();
    let mut summary = None;
    let extensions = reader.fields(value, |reader, key, value| {
        match key {
            "title" => info.title = reader.string(value).unwrap_or_default(),
            "version" => info.version = reader.string(value).unwrap_or_default(),
            "summary" => summary = reader.string(value),
            "description" => info.description = reader.string(value),
            "termsOfService" => info.terms_of_service = reader.string(value),
            "contact" => info.contact = contact(reader, value),
            "license" => info.license = license(reader, value),
            _ => return Some(value),
        }
        None
    });
    info.extensions = extensions.unwrap_or_default();
    if let Some(summary) = summary {
        info.extensions.insert("summary".into(), summary.into());
    }
    info
}

fn contact(reader: &mut Reader, value: Value) -> Option<Contact> {
    let mut contact = Contact::default();
    contact.extensions = reader.fields(value, |reader, key, value| {
        match key {
            "name" => contact.name = reader.string(value),
            "url" => contact.url = reader.string(value),
            "email" => contact.email = reader.string(value),
            _ => return Some(value),
        }
        None
    })?;
    Some(contact)
}

fn license(reader: &mut Reader, value: Value) -> Option<License> {
    let mut license = License::default();
    let mut identifier = None;
    license.extensions = reader.fields(value, |reader, key, value| {
        match key {
            "name" => license.name = reader.string(value).unwrap_or_default(),
            "url" => license.url = reader.string(value),
            "identifier" => identifier = reader.string(value),
            _ => return Some(value),
        }
        None
    })?;
    if let Some(identifier) = identifier {
        license
            .extensions
            .insert("identifier".into(), identifier.into());
    }
    Some(license)
}

/// Documentation elsewhere. Without a URL, it is nowhere.
fn external_docs(reader: &mut Reader, value: Value) -> Option<ExternalDocumentation> {
    let mut docs = ExternalDocumentation::default();
    docs.extensions = reader.fields(value, |reader, key, value| {
        match key {
            "url" => docs.url = reader.string(value).unwrap_or_default(),
            "description" => docs.description = reader.string(value),
            _ => return Some(value),
        }
        None
    })?;
    if docs.url.is_empty() {
        let text = "external documentation must have a `url`";
        reader.report.lose(Code::IgnoredKeyword, &reader.at, text);
        return None;
    }
    Some(docs)
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

/// What nothing refers to by a `$ref`. (`normalize` put the rest where it is used.)
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

fn tag(reader: &mut Reader, value: Value) -> Option<Tag> {
    if let Value::String(name) = value {
        reader.report.add(
            Code::RepairedType,
            &reader.at,
            "a tag must be an object; this is read as its name",
        );
        return Some(Tag {
            name,
            ..Tag::default()
        });
    }
    let mut tag = Tag::default();
    let mut summary = None;
    tag.extensions = reader.fields(value, |reader, key, value| {
        match key {
            "name" => tag.name = reader.string(value).unwrap_or_default(),
            "description" => tag.description = reader.string(value),
            "externalDocs" => tag.external_docs = external_docs(reader, value),
            "summary" => summary = reader.string(value),
            // They arrange tags for a reader; resources are arranged by paths.
            "parent" | "kind" => {}
            _ => return Some(value),
        }
        None
    })?;
    if let Some(summary) = summary {
        tag.extensions.insert("summary".into(), summary.into());
    }
    Some(tag)
}
