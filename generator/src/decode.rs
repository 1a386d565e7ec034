//! From the flat document to the model of `openapiv3`.
//!
//! In: a [`Flat`]. Out: a [`Doc`]; what can't be decoded is a finding, and only that keyword or item is missing.
//! Not here: lowering, repairs of structure (see `normalize`), meaning (see `build`).
//!
//! `openapiv3` derives its decoding with flattened and untagged types, which copy each value at each level, and fails a
//! whole item for one odd keyword. Here each value is moved once, and each keyword stands for itself.

mod operation;
mod reader;
mod schema;

use indexmap::IndexMap;
use openapiv3::{
    AnySchema, Components, Info, OpenAPI, PathItem, Paths, ReferenceOr, Schema, SchemaData,
    SecurityScheme, Tag,
};
use serde_json::{Map, Value};

use crate::diag::{Code, Pointer, Report};
use crate::normalize::Flat;
use reader::Reader;

/// A document that is decoded item by item.
#[derive(Clone, Debug, Default)]
pub struct Doc {
    /// Everything but schemas: each stands as a reference to its own pointer, a key of `schemas`. No other references
    /// are left. Of `components`, only `security_schemes` and `schemas` (references, too) are filled in.
    ///
    /// What `openapiv3` has no field for stands among the extensions: `summary` of `info` as `x-summary`, the pointer
    /// of `itemSchema` of a media type as `x-item-schema`.
    pub openapi: OpenAPI,
    /// `webhooks` of OpenAPI 3.1, which `openapiv3` does not know.
    pub webhooks: IndexMap<String, PathItem>,
    /// Every schema by its pointer, each one level deep: a child is a reference to its pointer.
    /// `{ $ref, ..siblings }` stands as `{ allOf: [$ref], ..siblings }`. A reference to a pointer that is not a key
    /// here dangles, or its target could not be read: that has been reported, and the value is of unknown type.
    pub schemas: IndexMap<Pointer, ReferenceOr<SchemaView>>,
    /// Texts of the files that `x-client` names at the root of the document, by the names used there.
    pub files: IndexMap<String, String>,
}

/// A schema as its keywords, whatever their combination ([`openapiv3::SchemaKind`] wants exact sets of them).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SchemaView {
    /// Annotations, `nullable`, `default`, `discriminator`, extensions.
    pub data: SchemaData,
    /// What constrains the value.
    pub keywords: AnySchema,
    /// `examples`, by their keys or indices.
    pub examples: Vec<(String, Value)>,
    /// `prefixItems` of a list that has just these.
    pub tuple: Vec<ReferenceOr<Schema>>,
}

/// Decodes what `normalize` made.
pub fn run(flat: Flat, report: &mut Report) -> Doc {
    let Flat {
        root,
        schemas,
        files,
    } = flat;
    let mut doc = Doc {
        files,
        ..Doc::default()
    };
    let reader = &mut Reader {
        at: Pointer::root(),
        report,
        keywords: operation::KEYWORDS,
    };
    if let Value::Object(root) = root {
        document(reader, root, &mut doc);
    }
    reader.keywords = schema::KEYWORDS;
    doc.schemas.reserve(schemas.len());
    for (at, entry) in schemas {
        reader.at = at.clone();
        if let Some(entry) = schema::read(reader, entry) {
            doc.schemas.insert(at, entry);
        }
    }
    doc
}

fn document(reader: &mut Reader, root: Map<String, Value>, doc: &mut Doc) {
    let mut openapi = OpenAPI::default();
    openapi.extensions = reader.object(root, |reader, key, value| {
        match key {
            "openapi" => openapi.openapi = reader.string(value).unwrap_or_default(),
            "info" => openapi.info = info(reader, value),
            "servers" => openapi.servers = reader.list(value, operation::server),
            "paths" => openapi.paths = paths(reader, value),
            "webhooks" => doc.webhooks = reader.map(value, operation::path_item),
            "components" => openapi.components = Some(components(reader, value)),
            "security" => openapi.security = operation::security(reader, value),
            "tags" => openapi.tags = reader.list(value, tag),
            "externalDocs" => openapi.external_docs = reader.serde(value),
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
            "contact" => info.contact = reader.serde(value),
            "license" => info.license = reader.serde(value),
            _ => return Some(value),
        }
        None
    });
    info.extensions = extensions.unwrap_or_default();
    if let Some(summary) = summary {
        info.extensions.insert("x-summary".into(), summary.into());
    }
    info
}

fn paths(reader: &mut Reader, value: Value) -> Paths {
    let mut paths = Paths::default();
    let extensions = reader.fields(value, |reader, key, value| {
        if !key.starts_with('/') {
            return Some(value);
        }
        if let Some(item) = operation::path_item(reader, value) {
            paths.paths.insert(key.into(), ReferenceOr::Item(item));
        }
        None
    });
    paths.extensions = extensions.unwrap_or_default();
    paths
}

fn components(reader: &mut Reader, value: Value) -> Components {
    let mut components = Components::default();
    let extensions = reader.fields(value, |reader, key, value| {
        match key {
            "schemas" => {
                components.schemas = reader.map(value, |_, value| schema::reference(value))
            }
            "securitySchemes" => {
                components.security_schemes = reader.map(value, |reader, value| {
                    // `null` is what a dangling reference left.
                    let value = (!value.is_null()).then_some(value)?;
                    reader.serde::<SecurityScheme>(value).map(ReferenceOr::Item)
                });
            }
            _ => return Some(value),
        }
        None
    });
    components.extensions = extensions.unwrap_or_default();
    components
}

fn tag(reader: &mut Reader, value: Value) -> Option<Tag> {
    if let Value::String(name) = value {
        reader.report.add(
            Code::RepairedType,
            &reader.at,
            "a tag is an object; this is taken as its name",
        );
        return Some(Tag {
            name,
            ..Tag::default()
        });
    }
    let mut tag = Tag::default();
    tag.extensions = reader.fields(value, |reader, key, value| {
        match key {
            "name" => tag.name = reader.string(value).unwrap_or_default(),
            "description" => tag.description = reader.string(value),
            "externalDocs" => tag.external_docs = reader.serde(value),
            // New in 3.2.
            "summary" | "parent" | "kind" => {}
            _ => return Some(value),
        }
        None
    })?;
    Some(tag)
}
