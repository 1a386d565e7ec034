//! One entry of the table of schemas.
//!
//! In: an entry. Out: a [`SchemaView`]. Not here: what its keywords mean together (see `understand`).

use openapiv3::ExternalDocumentation;
use serde_json::{Map, Value};

use super::info::external_docs;
use super::json_type::JsonType;
use super::position::Child;
use super::reader::{Extensions, Reader};
use crate::maps::IndexMap;
use crate::report::Code;

/// The keywords of schemas.
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

/// An entry of the table of schemas.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    Reference(Child),
    Schema(Box<SchemaView>),
}

/// The keywords of a schema in any combination. `openapiv3` accepts certain combinations only.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SchemaView {
    pub data: Annotations,
    pub keywords: Keywords,
    /// `examples`, by their keys or indices.
    pub examples: Vec<(String, Value)>,
    /// `prefixItems` of a list that has just these.
    pub tuple: Vec<Child>,
}

impl SchemaView {
    /// Returns the schemas that this one consists of.
    pub fn children(&self) -> impl Iterator<Item = Child> {
        let own = &self.keywords;
        let additional = match &own.additional_properties {
            Some(AdditionalProperties::Schema(child)) => Some(child),
            Some(AdditionalProperties::Any(_)) | None => None,
        };
        let single = own.properties.values().chain(additional).chain(&own.items);
        let lists = [&own.all_of, &own.one_of, &own.any_of, &self.tuple];
        single.chain(lists.into_iter().flatten()).copied()
    }

    /// Returns [`children`](Self::children), to replace them.
    pub(super) fn children_mut(&mut self) -> impl Iterator<Item = &mut Child> {
        let own = &mut self.keywords;
        let additional = match &mut own.additional_properties {
            Some(AdditionalProperties::Schema(child)) => Some(child),
            Some(AdditionalProperties::Any(_)) | None => None,
        };
        let single = (own.properties.values_mut())
            .chain(additional)
            .chain(&mut own.items);
        let lists = [
            &mut own.all_of,
            &mut own.one_of,
            &mut own.any_of,
            &mut self.tuple,
        ];
        single.chain(lists.into_iter().flatten())
    }
}

/// Keywords that describe a value, and the discriminator of its variants.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Annotations {
    pub title: Option<String>,
    pub description: Option<String>,
    pub nullable: bool,
    pub read_only: bool,
    pub write_only: bool,
    pub deprecated: bool,
    pub default: Option<Box<Value>>,
    pub example: Option<Box<Value>>,
    pub discriminator: Option<Box<Discriminator>>,
    pub external_docs: Option<ExternalDocumentation>,
    pub extensions: Extensions,
}

/// Keywords that constrain a value.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Keywords {
    pub json_type: Option<JsonType>,
    pub format: Option<String>,
    /// `contentMediaType` of a text.
    pub media_type: Option<String>,
    pub enumeration: Vec<Value>,
    pub properties: IndexMap<String, Child>,
    pub required: Vec<String>,
    pub additional_properties: Option<AdditionalProperties>,
    /// `additionalProperties` describes only the properties that match a pattern; others have any value.
    pub has_open_patterns: bool,
    pub items: Option<Child>,
    pub all_of: Vec<Child>,
    pub one_of: Vec<Child>,
    pub any_of: Vec<Child>,
    pub pattern: Option<String>,
    pub multiple_of: Option<f64>,
    pub minimum: Option<f64>,
    pub maximum: Option<f64>,
    pub exclusive_minimum: Option<bool>,
    pub exclusive_maximum: Option<bool>,
    pub min_length: Option<usize>,
    pub max_length: Option<usize>,
    pub min_items: Option<usize>,
    pub max_items: Option<usize>,
    pub unique_items: bool,
    pub min_properties: Option<usize>,
    pub max_properties: Option<usize>,
}

/// `additionalProperties`.
#[derive(Clone, Debug, PartialEq)]
pub enum AdditionalProperties {
    Any(bool),
    Schema(Child),
}

/// The property that selects the variant of a union.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Discriminator {
    pub property_name: String,
    /// Pointers or names of schemas, by the value of the property.
    pub mapping: IndexMap<String, String>,
    /// The variant of a value without the property (OpenAPI 3.2).
    pub default_mapping: Option<String>,
}

/// Decodes an entry at `reader.at`.
pub(super) fn read(reader: &mut Reader, value: Value) -> Entry {
    let Value::Object(map) = value else {
        let text = "a schema must be an object";
        (reader.report).lose(Code::UnreadableSchema, &reader.at, text);
        return Entry::Schema(Box::default());
    };
    match map.get("$ref").and_then(|target| child(reader, target)) {
        Some(target) => Entry::Reference(target),
        None => Entry::Schema(Box::new(view(reader, map))),
    }
}

/// Returns a schema by the pointer that replaces it.
pub(super) fn child(reader: &Reader, value: &Value) -> Option<Child> {
    Some(reader.places.get_index_of(value.as_str()?))
}

fn children(reader: &mut Reader, value: Value) -> Vec<Child> {
    reader.list(value, |reader, value| child(reader, &value))
}

fn view(reader: &mut Reader, map: Map<String, Value>) -> SchemaView {
    let mut view = SchemaView::default();
    view.data.extensions = reader.object(map, |reader, key, value| {
        let value = annotation(reader, &mut view.data, key, value)?;
        let value = constraint(reader, &mut view.keywords, key, value)?;
        match key {
            "prefixItems" => view.tuple = children(reader, value),
            "examples" => view.examples = examples(value),
            // About XML, or about how schemas refer to each other, which is settled.
            "xml" | "$id" | "$anchor" | "$dynamicAnchor" | "$recursiveAnchor" | "$vocabulary"
            | "id" => {}
            _ => return Some(value),
        }
        None
    });
    view
}

/// Reads a keyword of [`Annotations`]; gives the value of another one back.
fn annotation(
    reader: &mut Reader,
    data: &mut Annotations,
    key: &str,
    value: Value,
) -> Option<Value> {
    match key {
        "title" => data.title = reader.string(value),
        "description" => data.description = reader.string(value),
        "nullable" => data.nullable = reader.flag(value).unwrap_or_default(),
        "readOnly" => data.read_only = reader.flag(value).unwrap_or_default(),
        "writeOnly" => data.write_only = reader.flag(value).unwrap_or_default(),
        "deprecated" => data.deprecated = reader.flag(value).unwrap_or_default(),
        // `null` is an example and a default like any other.
        "example" => data.example = Some(value.into()),
        "default" => data.default = Some(value.into()),
        "discriminator" => data.discriminator = discriminator(reader, value),
        "externalDocs" => data.external_docs = external_docs(reader, value),
        _ => return Some(value),
    }
    None
}

/// Reads a keyword of [`Keywords`]; gives the value of another one back.
fn constraint(
    reader: &mut Reader,
    keywords: &mut Keywords,
    key: &str,
    value: Value,
) -> Option<Value> {
    match key {
        "type" => {
            let name = reader.string(value);
            keywords.json_type = name.as_deref().and_then(JsonType::named);
        }
        "format" => keywords.format = reader.string(value),
        "contentMediaType" => keywords.media_type = reader.string(value),
        "enum" => keywords.enumeration = reader.list(value, |_, value| Some(value)),
        "properties" => {
            keywords.properties = reader.map(value, |reader, value| child(reader, &value));
        }
        "required" => keywords.required = required(reader, value),
        "additionalProperties" => {
            keywords.additional_properties = additional_properties(reader, &value);
        }
        "patternProperties" => keywords.has_open_patterns = value == true,
        "items" => keywords.items = child(reader, &value),
        "allOf" => keywords.all_of = children(reader, value),
        "oneOf" => keywords.one_of = children(reader, value),
        "anyOf" => keywords.any_of = children(reader, value),
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
        "uniqueItems" => keywords.unique_items = reader.flag(value).unwrap_or_default(),
        "minLength" => keywords.min_length = reader.count(value),
        "maxLength" => keywords.max_length = reader.count(value),
        _ => return Some(value),
    }
    None
}

/// Returns a list of names. A flag is draft 3 of JSON Schema, where it was about the property that
/// it stands in.
fn required(reader: &mut Reader, value: Value) -> Vec<String> {
    match value {
        Value::Bool(_) => {
            reader.report.lose(
                Code::IgnoredKeyword,
                &reader.at,
                "`required` must be a list of names",
            );
            Vec::new()
        }
        value => reader.strings(value),
    }
}

/// Returns a list of values. Named values are in objects, like those of media types.
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

fn additional_properties(reader: &Reader, value: &Value) -> Option<AdditionalProperties> {
    match value {
        Value::Bool(any) => Some(AdditionalProperties::Any(*any)),
        value => child(reader, value).map(AdditionalProperties::Schema),
    }
}

fn discriminator(reader: &mut Reader, value: Value) -> Option<Box<Discriminator>> {
    let mut discriminator = Discriminator::default();
    reader.fields(value, |reader, key, value| {
        match key {
            "propertyName" => {
                discriminator.property_name = reader.string(value).unwrap_or_default()
            }
            "mapping" => discriminator.mapping = reader.map(value, Reader::string),
            "defaultMapping" => discriminator.default_mapping = reader.string(value),
            _ => return Some(value),
        }
        None
    })?;
    if discriminator.property_name.is_empty() {
        reader.report.lose(
            Code::IgnoredKeyword,
            &reader.at,
            "a discriminator must name a property",
        );
        return None;
    }
    Some(discriminator.into())
}
