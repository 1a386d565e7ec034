//! One entry of the table of schemas.

use openapiv3::{AdditionalProperties, Discriminator, ReferenceOr};
use serde_json::{Map, Value};

use super::SchemaView;
use super::reader::Reader;
use crate::diag::Code;

/// What stands in schemas.
pub(super) const KEYWORDS: &[&str] = &[
    "additionalProperties",
    "allOf",
    "anyOf",
    "const",
    "contains",
    "contentEncoding",
    "contentMediaType",
    "contentSchema",
    "default",
    "defaultMapping",
    "dependentRequired",
    "dependentSchemas",
    "deprecated",
    "description",
    "discriminator",
    "enum",
    "example",
    "examples",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "externalDocs",
    "format",
    "items",
    "mapping",
    "maxContains",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minContains",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "nullable",
    "oneOf",
    "pattern",
    "patternProperties",
    "prefixItems",
    "properties",
    "propertyName",
    "propertyNames",
    "readOnly",
    "required",
    "title",
    "type",
    "unevaluatedItems",
    "unevaluatedProperties",
    "uniqueItems",
    "writeOnly",
];

/// A keyword of a discriminator (OpenAPI 3.2) that `openapiv3` does not know.
pub const DEFAULT_MAPPING: &str = "defaultMapping";

/// Decodes an entry at `reader.at`.
pub(super) fn read(reader: &mut Reader, value: Value) -> Option<ReferenceOr<SchemaView>> {
    let Value::Object(map) = value else {
        reader
            .report
            .add(Code::UnreadableSchema, &reader.at, "a schema is an object");
        return None;
    };
    if let Some(Value::String(reference)) = map.get("$ref") {
        return Some(ReferenceOr::Reference {
            reference: reference.clone(),
        });
    }
    Some(ReferenceOr::Item(view(reader, map)))
}

/// A child schema, which stands as its pointer.
pub(super) fn reference<T>(value: Value) -> Option<ReferenceOr<T>> {
    match value {
        Value::String(reference) => Some(ReferenceOr::Reference { reference }),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
            None
        }
    }
}

fn view(reader: &mut Reader, map: Map<String, Value>) -> SchemaView {
    let mut view = SchemaView::default();
    let SchemaView {
        data,
        keywords,
        examples,
        tuple,
    } = &mut view;
    let extensions = reader.object(map, |reader, key, value| {
        match key {
            "type" => keywords.typ = reader.string(value),
            "format" => keywords.format = reader.string(value),
            "enum" => keywords.enumeration = reader.list(value, |_, value| Some(value)),
            "properties" => keywords.properties = reader.map(value, |_, value| reference(value)),
            "required" => keywords.required = required(reader, value),
            "additionalProperties" => keywords.additional_properties = additional_properties(value),
            "items" => keywords.items = reference(value),
            "prefixItems" => *tuple = reader.list(value, |_, value| reference(value)),
            "allOf" => keywords.all_of = reader.list(value, |_, value| reference(value)),
            "oneOf" => keywords.one_of = reader.list(value, |_, value| reference(value)),
            "anyOf" => keywords.any_of = reader.list(value, |_, value| reference(value)),
            "pattern" => keywords.pattern = reader.string(value),
            "multipleOf" => keywords.multiple_of = reader.number(value),
            "minimum" => keywords.minimum = reader.number(value),
            "maximum" => keywords.maximum = reader.number(value),
            "exclusiveMinimum" => keywords.exclusive_minimum = reader.flag(value),
            "exclusiveMaximum" => keywords.exclusive_maximum = reader.flag(value),
            "minProperties" => keywords.min_properties = reader.count(value),
            "maxProperties" => keywords.max_properties = reader.count(value),
            "minItems" => keywords.min_items = reader.count(value),
            "maxItems" => keywords.max_items = reader.count(value),
            "uniqueItems" => keywords.unique_items = reader.flag(value),
            "minLength" => keywords.min_length = reader.count(value),
            "maxLength" => keywords.max_length = reader.count(value),
            "nullable" => data.nullable = reader.flag(value).unwrap_or_default(),
            "readOnly" => data.read_only = reader.flag(value).unwrap_or_default(),
            "writeOnly" => data.write_only = reader.flag(value).unwrap_or_default(),
            "deprecated" => data.deprecated = reader.flag(value).unwrap_or_default(),
            "title" => data.title = reader.string(value),
            "description" => data.description = reader.string(value),
            // `null` is an example and a default like any other.
            "example" => data.example = Some(value),
            "examples" => *examples = self::examples(value),
            "default" => data.default = Some(value),
            "discriminator" => data.discriminator = discriminator(reader, value),
            "externalDocs" => data.external_docs = reader.serde(value),
            // About XML, or about how schemas refer to each other, which is settled.
            "xml" | "$id" | "$anchor" | "$dynamicAnchor" | "$recursiveAnchor" | "$vocabulary"
            | "id" => {}
            _ => return Some(value),
        }
        None
    });
    data.extensions = extensions;
    view
}

/// A list of names. A flag is draft 3 of JSON Schema, where it was about the property that it stands in.
fn required(reader: &mut Reader, value: Value) -> Vec<String> {
    match value {
        Value::Bool(_) => {
            reader.report.add(
                Code::IgnoredKeyword,
                &reader.at,
                "`required` is a list of names",
            );
            Vec::new()
        }
        value => reader.strings(value),
    }
}

/// A list of values; named ones stand in objects, as those of media types do.
fn examples(value: Value) -> Vec<(String, Value)> {
    match value {
        Value::Array(list) => {
            let list = list.into_iter().enumerate();
            list.map(|(index, value)| (index.to_string(), value))
                .collect()
        }
        Value::Object(named) => {
            let inner = |(name, value)| match value {
                Value::Object(mut example) if example.contains_key("value") => {
                    (name, example.shift_remove("value").unwrap_or_default())
                }
                value => (name, value),
            };
            named.into_iter().map(inner).collect()
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    }
}

fn additional_properties(value: Value) -> Option<AdditionalProperties> {
    match value {
        Value::Bool(any) => Some(AdditionalProperties::Any(any)),
        value => Some(AdditionalProperties::Schema(Box::new(reference(value)?))),
    }
}

fn discriminator(reader: &mut Reader, value: Value) -> Option<Discriminator> {
    let mut discriminator = Discriminator::default();
    let mut default = None;
    discriminator.extensions = reader.fields(value, |reader, key, value| {
        match key {
            "propertyName" => {
                discriminator.property_name = reader.string(value).unwrap_or_default()
            }
            "mapping" => discriminator.mapping = reader.map(value, Reader::string),
            "defaultMapping" => default = reader.string(value),
            _ => return Some(value),
        }
        None
    })?;
    if let Some(default) = default {
        let extensions = &mut discriminator.extensions;
        extensions.insert(DEFAULT_MAPPING.into(), default.into());
    }
    if discriminator.property_name.is_empty() {
        reader.report.add(
            Code::IgnoredKeyword,
            &reader.at,
            "a discriminator names a property",
        );
        return None;
    }
    Some(discriminator)
}
