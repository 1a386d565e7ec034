//! Tests of this stage.
//!
//! In: tables of schemas written by hand, one level deep, as `lower` produces them. Out: models and diagnostics. Not here: whole
//! documents (see `tests/fixtures`).

use serde_json::{Value, json};

use super::*;
use crate::model::api::{
    Access, Explode, Field, Literal, NestedList, Owner, Presence, Reply, Repr, Rest, Role, Scalar,
    Signature, Syntax, Tag,
};
use crate::model::api::{NameOrigin, Shape, Ty, TypeId, UntypedReason};

/// Builds the component schemas from JSON by key. A key with a `/` is a position inside a component.
fn build(schemas: Value) -> (Api, Report) {
    build_document(
        json!({ "openapi": "3.0.3", "info": { "title": "", "version": "" }, "paths": {} }),
        schemas,
    )
}

fn build_document(openapi: Value, schemas: Value) -> (Api, Report) {
    let Value::Object(schemas) = schemas else {
        panic!("an object of schemas")
    };
    let entry = |(key, schema)| {
        let at = Pointer::canonical(format!("#/components/schemas/{key}"));
        let schema = expanded(&schema);
        let alias = schema.get("$ref").is_some();
        (at, if alias { schema } else { marked(schema) })
    };
    let schemas = schemas.into_iter().map(entry).collect();
    let mut report = Report::default();
    let doc = Document::of(marked(expanded(&openapi)), schemas, &mut report);
    (
        super::build(&doc, &Selection::default(), &mut report).0,
        report,
    )
}

/// Replaces each schema that is a reference by its pointer.
fn marked(value: Value) -> Value {
    match value {
        Value::Object(mut map) => match map.shift_remove("$ref") {
            Some(target) => target,
            None => map
                .into_iter()
                .map(|(key, value)| (key, marked(value)))
                .collect(),
        },
        Value::Array(list) => list.into_iter().map(marked).collect(),
        scalar => scalar,
    }
}

/// Expands `@A` to the pointer of a component.
fn expanded(value: &Value) -> Value {
    let text = value.to_string();
    serde_json::from_str(&text.replace("\"@", "\"#/components/schemas/")).unwrap()
}

fn codes(report: &Report) -> Vec<&'static str> {
    report
        .iter()
        .map(|diagnostic| diagnostic.code.id())
        .collect()
}

fn fields(api: &Api, index: usize) -> &[Field] {
    match &api.types[index].shape {
        Shape::Struct { fields, .. } => fields,
        other => panic!("not a struct: {other:?}"),
    }
}

type Told<'a> = (&'a str, &'a Ty, &'a [String]);

fn variants(api: &Api, index: usize) -> (&Tag, Vec<Told<'_>>) {
    match &api.types[index].shape {
        Shape::Union { tag, variants } => (
            tag,
            variants
                .iter()
                .map(|v| (v.name.as_str(), &v.ty, v.tags.as_slice()))
                .collect(),
        ),
        other => panic!("not a union: {other:?}"),
    }
}

const STRING: Ty = Ty::Scalar(Scalar::String);

#[test]
fn objects() {
    let (api, report) = build(json!({
        "A": { "type": "object", "required": ["id", "gone"], "properties": { "id": { "$ref": "@A/properties/id" },
               "b": { "$ref": "@A/properties/b" }, "self": { "$ref": "@A/properties/self" }, "n": { "$ref": "@A/properties/n" } } },
        "A/properties/id": { "type": "string", "description": "Its id.", "readOnly": true },
        "A/properties/b": { "type": "object", "properties": { "x": { "$ref": "@A/properties/b/properties/x" } }, "additionalProperties": false },
        "A/properties/b/properties/x": { "type": "boolean", "default": "no" },
        "A/properties/self": { "$ref": "@A" },
        "A/properties/n": { "type": "integer", "nullable": true, "default": 3 },
        "M": { "type": "object", "additionalProperties": { "$ref": "@M/additionalProperties" } },
        "M/additionalProperties": { "type": "number" },
    }));
    let names: Vec<_> = fields(&api, 0)
        .iter()
        .map(|f| (f.wire.as_str(), f.presence.clone(), f.ty.clone()))
        .collect();
    let int = Ty::Nullable(Box::new(Ty::Scalar(Scalar::I64)));
    assert_eq!(names[0], ("id", Presence::Required, STRING));
    assert_eq!(names[1], ("b", Presence::Optional, Ty::Named(TypeId(2))));
    assert_eq!(names[2], ("self", Presence::Optional, Ty::Named(TypeId(0))));
    assert_eq!(names[3], ("n", Presence::Default(Literal::Integer(3)), int));
    assert_eq!(fields(&api, 0)[0].access, Access::ReadOnly);
    assert_eq!(
        api.types[2].name_origin,
        NameOrigin::Under(Owner::Type(TypeId(0)), Role::Property("b".into()))
    );
    assert!(matches!(
        api.types[2].shape,
        Shape::Struct {
            rest: Rest::Closed,
            ..
        }
    ));
    assert_eq!(
        api.types[1].shape,
        Shape::Alias(Ty::Map(Box::new(Ty::Scalar(Scalar::F64))))
    );
    assert_eq!(
        codes(&report),
        ["required-without-property", "default-does-not-fit"]
    );
}

#[test]
fn aliases() {
    let (api, report) = build(json!({
        "A": { "$ref": "@B" },
        "B": { "allOf": [{ "$ref": "@B/allOf/0" }], "description": "B.", "nullable": true },
        "B/allOf/0": { "$ref": "@C" },
        "C": { "type": "object", "properties": { "a": { "$ref": "@C/properties/a" } } },
        "C/properties/a": { "$ref": "@A" },
        "X": { "$ref": "@Y" },
        "Y": { "$ref": "@X" },
        "L": { "type": "array", "items": { "$ref": "@L/items" } },
        "L/items": { "$ref": "@L" },
    }));
    assert_eq!(api.types[0].shape, Shape::Alias(Ty::Named(TypeId(2))));
    assert_eq!(api.types[1].shape, Shape::Alias(Ty::Named(TypeId(2))));
    assert_eq!(
        fields(&api, 2)[0].ty,
        Ty::Nullable(Box::new(Ty::Named(TypeId(2))))
    );
    assert_eq!(fields(&api, 2)[0].doc.description.as_deref(), Some("B."));
    assert_eq!(
        api.types[3].shape,
        Shape::Alias(Ty::Any(UntypedReason::Broken))
    );
    assert_eq!(
        variants(&api, 5).1,
        [(
            "list",
            &Ty::List(Box::new(Ty::Named(TypeId(5)))),
            [].as_slice()
        )]
    );
    assert_eq!(codes(&report), ["alias-cycle"]);
}

#[test]
fn all_of_merges() {
    let (api, report) = build(json!({
        "Base": { "type": "object", "required": ["id"], "properties": { "id": { "$ref": "@Base/properties/id" }, "kind": { "$ref": "@Base/properties/kind" } } },
        "Base/properties/id": { "type": "string" },
        "Base/properties/kind": { "type": "string" },
        "Child": { "allOf": [{ "$ref": "@Child/allOf/0" }, { "$ref": "@Child/allOf/1" }], "required": ["x"] },
        "Child/allOf/0": { "$ref": "@Base" },
        "Child/allOf/1": { "type": "object", "description": "A child.", "properties": { "x": { "$ref": "@Child/allOf/1/properties/x" }, "kind": { "$ref": "@Child/allOf/1/properties/kind" } } },
        "Child/allOf/1/properties/x": { "type": "integer" },
        "Child/allOf/1/properties/kind": { "enum": ["child"] },
        "Odd": { "allOf": [{ "$ref": "@Odd/allOf/0" }, { "$ref": "@Odd/allOf/1" }] },
        "Odd/allOf/0": { "type": "string" },
        "Odd/allOf/1": { "type": "integer" },
    }));
    let found: Vec<_> = fields(&api, 1)
        .iter()
        .map(|f| (f.wire.as_str(), f.presence.is_required()))
        .collect();
    assert_eq!(found, [("id", true), ("kind", false), ("x", true)]);
    assert_eq!(fields(&api, 1)[1].ty, Ty::Named(TypeId(3)));
    assert!(
        matches!(&api.types[3].shape, Shape::Enum { repr: Repr::String, values, .. } if values.len() == 1)
    );
    assert_eq!(api.types[1].doc.description.as_deref(), Some("A child."));
    assert_eq!(codes(&report), ["contradiction"]);
}

#[test]
fn unions() {
    let (api, report) = build(json!({
        "Cat": { "type": "object", "required": ["t"], "properties": { "t": { "$ref": "@Cat/properties/t" } } },
        "Cat/properties/t": { "type": "string", "enum": ["cat"] },
        "Dog": { "type": "object", "required": ["t"], "properties": { "t": { "$ref": "@Dog/properties/t" } } },
        "Dog/properties/t": { "type": "string", "enum": ["dog", "hound"] },
        "Pet": { "oneOf": [{ "$ref": "@Pet/oneOf/0" }, { "$ref": "@Pet/oneOf/1" }], "nullable": true },
        "Pet/oneOf/0": { "$ref": "@Cat" },
        "Pet/oneOf/1": { "$ref": "@Dog" },
        "Named": { "oneOf": [{ "$ref": "@Named/oneOf/0" }, { "$ref": "@Named/oneOf/1" }],
                   "discriminator": { "propertyName": "t", "mapping": { "c": "#/components/schemas/Cat", "d": "Dog" } } },
        "Named/oneOf/0": { "$ref": "@Cat" },
        "Named/oneOf/1": { "$ref": "@Dog" },
        "Open": { "anyOf": [{ "$ref": "@Open/anyOf/0" }, { "$ref": "@Open/anyOf/1" }] },
        "Open/anyOf/0": { "type": "string" },
        "Open/anyOf/1": { "type": "string", "enum": ["a", "b", "a"] },
        "Loose": { "anyOf": [{ "$ref": "@Loose/anyOf/0" }, { "$ref": "@Loose/anyOf/1" }, { "$ref": "@Loose/anyOf/2" }] },
        "Loose/anyOf/0": { "type": "number" },
        "Loose/anyOf/1": { "type": "integer" },
        "Loose/anyOf/2": { "type": "array", "items": { "$ref": "@Loose/anyOf/2/items" } },
        "Loose/anyOf/2/items": { "$ref": "@Pet" },
        "One": { "oneOf": [{ "$ref": "@One/oneOf/0" }], "nullable": true },
        "One/oneOf/0": { "type": "boolean" },
        "Null": { "anyOf": [{ "$ref": "@Null/anyOf/0" }, { "$ref": "@Null/anyOf/1" }] },
        "Null/anyOf/0": { "$ref": "@Cat" },
        "Null/anyOf/1": { "nullable": true },
        "UseNull": { "type": "array", "items": { "$ref": "@UseNull/items" } },
        "UseNull/items": { "$ref": "@Null" },
    }));
    let (tag, found) = variants(&api, 2);
    assert_eq!(*tag, Tag::Property("t".into()));
    assert_eq!(found[0].0, "cat");
    assert_eq!(
        (found[1].0, found[1].2),
        ("Dog", ["dog".to_owned(), "hound".into()].as_slice())
    );
    assert_eq!(
        variants(&api, 3)
            .1
            .iter()
            .map(|v| v.2[0].as_str())
            .collect::<Vec<_>>(),
        ["c", "d"]
    );
    let Shape::Enum { values, .. } = &api.types[4].shape else {
        panic!("an open enum: {:?}", api.types[4]);
    };
    assert_eq!(values.len(), 2);
    let (tag, found) = variants(&api, 5);
    assert_eq!(*tag, Tag::ByShape);
    assert_eq!(
        found.iter().map(|v| v.0).collect::<Vec<_>>(),
        ["integer", "list", "number"]
    );
    let pet = Ty::Nullable(Box::new(Ty::Named(TypeId(2))));
    assert_eq!(*found[1].1, Ty::List(Box::new(pet)));
    assert_eq!(api.types[6].shape, Shape::Alias(Ty::Scalar(Scalar::Bool)));
    assert_eq!(api.types[7].shape, Shape::Alias(Ty::Named(TypeId(0))));
    let null = Ty::Nullable(Box::new(Ty::Named(TypeId(7))));
    assert_eq!(api.types[8].shape, Shape::Alias(Ty::List(Box::new(null))));
    assert_eq!(codes(&report), ["duplicate-enum-value"]);
}

#[test]
fn unions_beside_properties_and_inheritance() {
    let (api, report) = build(json!({
        "Shape": { "type": "object", "required": ["id"], "properties": { "id": { "$ref": "@Shape/properties/id" } },
                   "oneOf": [{ "$ref": "@Shape/oneOf/0" }, { "$ref": "@Shape/oneOf/1" }] },
        "Shape/properties/id": { "type": "string" },
        "Shape/oneOf/0": { "title": "Round", "type": "object", "required": ["r"], "properties": { "r": { "$ref": "@Shape/oneOf/0/properties/r" } } },
        "Shape/oneOf/0/properties/r": { "type": "number" },
        "Shape/oneOf/1": { "title": "Square", "type": "object", "required": ["a"], "properties": { "a": { "$ref": "@Shape/oneOf/1/properties/a" } } },
        "Shape/oneOf/1/properties/a": { "type": "number" },
        "Animal": { "type": "object", "properties": { "kind": { "$ref": "@Animal/properties/kind" } }, "discriminator": { "propertyName": "kind" } },
        "Animal/properties/kind": { "type": "string" },
        "Bird": { "allOf": [{ "$ref": "@Bird/allOf/0" }] },
        "Bird/allOf/0": { "$ref": "@Animal" },
        "Either": { "type": "object", "properties": { "a": { "$ref": "@Either/properties/a" } }, "anyOf": [{ "$ref": "@Either/anyOf/0" }, { "$ref": "@Either/anyOf/1" }] },
        "Either/properties/a": { "type": "string" },
        "Either/anyOf/0": { "required": ["a"] },
        "Either/anyOf/1": { "required": ["b"] },
    }));
    let (tag, found) = variants(&api, 0);
    assert_eq!(*tag, Tag::ByShape);
    assert_eq!(
        found.iter().map(|v| v.0).collect::<Vec<_>>(),
        ["Round", "Square"]
    );
    let Ty::Named(round) = found[0].1 else {
        panic!("a struct")
    };
    assert_eq!(
        fields(&api, round.0)
            .iter()
            .map(|f| f.wire.as_str())
            .collect::<Vec<_>>(),
        ["id", "r"]
    );
    assert_eq!(
        variants(&api, 1).1,
        [
            (
                "Bird",
                &Ty::Named(TypeId(2)),
                ["Bird".to_owned()].as_slice()
            ),
            (
                "base",
                &Ty::Named(TypeId(6)),
                ["Animal".to_owned()].as_slice()
            )
        ]
    );
    assert_eq!(fields(&api, 2)[0].wire, "kind");
    assert_eq!(fields(&api, 6)[0].wire, "kind");
    assert_eq!(fields(&api, 3).len(), 1);
    assert_eq!(codes(&report), ["looser-union"]);
}

#[test]
fn operations() {
    let json = |schema: &str| json!({ "application/json": { "schema": { "$ref": schema } } });
    let ok = json!({ "200": { "description": "", "content": json("@Pet") } });
    let (api, report) = build_document(
        json!({
            "openapi": "3.0.3", "info": { "title": "", "version": "" },
            "servers": [{ "url": "https://{host}/v1/", "variables": { "host": { "default": "a.b" } } }],
            "security": [{ "Key": [] }, {}],
            "components": { "securitySchemes": { "Key": { "type": "apiKey", "in": "header", "name": "X-Key" } } },
            "paths": { "/pets/{id}": {
                "parameters": [{ "name": "gone", "in": "path", "required": true, "schema": { "$ref": "@Text" } }],
                "get": { "operationId": "a", "responses": ok, "security": [], "parameters": [
                    { "name": "tags", "in": "query", "explode": false, "style": "form", "schema": { "$ref": "@Texts" } },
                    { "name": "deep", "in": "query", "style": "deepObject", "schema": { "$ref": "@Pet" } },
                ], "x-client": { "methods": [{ "name": "get" }, { "name": "list", "returns": "@Texts", "resource": "cats" }], "spred": true } },
                "put": { "operationId": "b", "responses": { "204": { "description": "" } },
                    "requestBody": { "required": true, "content": json("@Pet") } },
                "patch": { "operationId": "c", "responses": ok,
                    "requestBody": { "content": { "multipart/mixed": {} } } },
            } },
        }),
        json!({
            "Pet": { "type": "object", "required": ["name"], "properties": { "name": { "$ref": "@Text" } } },
            "Text": { "type": "string" },
            "Texts": { "type": "array", "items": { "$ref": "@Text" } },
        }),
    );
    assert_eq!(api.base_url(), "https://a.b/v1");
    let told: Vec<_> = api
        .ops
        .iter()
        .map(|op| (op.resource.join("."), op.name.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ("pets".into(), "get"),
            ("cats".into(), "list"),
            ("pets".into(), "update")
        ]
    );
    let params: Vec<_> = api.ops[0]
        .params
        .iter()
        .map(|p| (p.wire.as_str(), p.style.syntax, p.style.explode))
        .collect();
    assert_eq!(
        params,
        [
            ("tags", Syntax::Form, Explode::Joined),
            (
                "deep",
                Syntax::DeepObject(NestedList::Brackets),
                Explode::Exploded
            ),
            ("id", Syntax::Simple, Explode::Joined)
        ]
    );
    assert_eq!(api.ops[0].auth, Vec::<Vec<usize>>::new());
    assert_eq!(api.ops[2].auth, [vec![0], vec![]]);
    let body = api.ops[2].body.as_ref();
    let spread = body.map(|body| (body.ty.clone(), body.spread));
    assert_eq!(spread, Some((Ty::Named(TypeId(0)), true)));
    assert_eq!(api.ops[2].reply, Reply::Empty);
    assert!(matches!(
        &api.ops[1].reply,
        Reply::Json {
            ty: Ty::Named(TypeId(2)),
            ..
        }
    ));
    let expected = [
        "unknown-client-key",
        "unused-path-parameter",
        "undeclared-path-parameter",
        "undeclared-path-parameter",
        "unsupported-body",
    ];
    assert_eq!(codes(&report), expected);
}

#[test]
fn nullability_stands_at_uses() {
    let (api, _) = build(json!({
        "Name": { "type": "string", "nullable": true },
        "Same": { "$ref": "@Name" },
        "Again": { "allOf": [{ "$ref": "@Again/allOf/0" }], "nullable": true },
        "Again/allOf/0": { "$ref": "@Name" },
        "Pet": { "type": "object", "properties": { "same": { "$ref": "@Pet/properties/same" }, "again": { "$ref": "@Pet/properties/again" } } },
        "Pet/properties/same": { "$ref": "@Same" },
        "Pet/properties/again": { "$ref": "@Again" },
    }));
    for def in &api.types {
        let is_nullable = matches!(def.shape, Shape::Alias(Ty::Nullable(_)));
        assert!(!is_nullable, "{def:?}");
    }
    for field in fields(&api, 3) {
        let Ty::Nullable(inner) = &field.ty else {
            panic!("{field:?}")
        };
        assert_eq!(**inner, Ty::Named(TypeId(0)));
    }
}

#[test]
fn signatures_of_webhooks() {
    let signature = |client: Value, header: &str| {
        let webhook = json!({ "parameters": [{ "name": header, "in": "header" }] });
        let document = json!({
            "openapi": "3.1.0",
            "info": { "title": "", "version": "" },
            "webhooks": { "born": { "post": webhook } },
            "x-client": client,
        });
        let (api, _) = build_document(document, json!({}));
        assert_eq!(api.webhooks.requests.len(), 1);
        api.webhooks.signature
    };
    let standard = Some(Signature::StandardWebhooks);
    let client = json!({ "webhooks": { "signature": "standard-webhooks" } });
    assert_eq!(signature(client, "X-Other"), standard);
    assert_eq!(signature(json!({}), "Webhook-Signature"), standard);
    assert_eq!(signature(json!({}), "svix-signature"), standard);
    assert_eq!(signature(json!({}), "X-Hub-Signature-256"), None);
}
