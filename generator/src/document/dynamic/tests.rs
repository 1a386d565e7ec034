//! Tests of dynamic references, in documents.

use serde_json::{Value, json};

use crate::document::{self, Document, Entry, Pos};
use crate::read::{self, Source};
use crate::report::{Pointer, Report};

/// Returns a document with these schemas, and the codes of its diagnostics.
fn document(schemas: &Value) -> (Document, Vec<&'static str>) {
    let text = json!({
        "openapi": "3.1.1",
        "info": { "title": "a", "version": "1" },
        "paths": {},
        "components": { "schemas": schemas },
    });
    let mut report = Report::default();
    let source = Source::from_text("a.json", text.to_string());
    let tree = read::run(&source, &mut report).expect("a document");
    let doc = document::run(tree, &mut report);
    let codes = report.iter().map(|found| found.code.id()).collect();
    (doc, codes)
}

/// Returns the position at the end of references, and of schemas that only extend another one.
fn end(doc: &Document, mut pos: Pos) -> Option<Pos> {
    for _ in 0..10 {
        match &doc.schemas[pos] {
            Entry::Reference(target) => pos = (*target)?,
            Entry::Schema(view) if view.keywords.properties.is_empty() => {
                match view.keywords.all_of[..] {
                    [Some(only)] => pos = only,
                    _ => return Some(pos),
                }
            }
            Entry::Schema(_) => return Some(pos),
        }
    }
    None
}

/// Goes down from a component through properties and, by `*`, items. Returns the pointer of what is there.
fn find<'a>(doc: &'a Document, way: &[&str]) -> Option<&'a str> {
    let at = Pointer::canonical(format!("#/components/schemas/{}", way[0]));
    let mut pos = end(doc, doc.places.get_index_of(&at)?)?;
    for key in &way[1..] {
        pos = end(doc, child(doc, pos, key)?)?;
    }
    Some(doc.places[pos].as_str())
}

/// Returns a property, or the items, of a schema or of one that it extends.
fn child(doc: &Document, pos: Pos, key: &str) -> Option<Pos> {
    let Entry::Schema(view) = &doc.schemas[end(doc, pos)?] else {
        return None;
    };
    let own = match key {
        "*" => view.keywords.items.flatten(),
        key => view.keywords.properties.get(key).copied().flatten(),
    };
    let extended = view.keywords.all_of.iter().flatten();
    own.or_else(|| extended.copied().find_map(|pos| child(doc, pos, key)))
}

fn list_of(anchor: &str) -> Value {
    let items = json!({ "type": "array", "items": { "$dynamicRef": format!("#{anchor}") } });
    json!({ "type": "object", "properties": { "items": items } })
}

fn with(template: &str, anchor: &str, target: &str) -> Value {
    json!({
        "$ref": format!("#/components/schemas/{template}"),
        "$defs": { "own": { "$dynamicAnchor": anchor, "$ref": format!("#/components/schemas/{target}") } },
    })
}

fn object(property: &str) -> Value {
    json!({ "type": "object", "properties": { property: { "type": "string" } } })
}

#[test]
fn each_extension_has_its_own_items() {
    let mut page = list_of("item");
    page["$defs"] = json!({ "item": { "$dynamicAnchor": "item", "not": {} } });
    let (doc, codes) = document(&json!({
        "Pet": object("name"),
        "User": object("email"),
        "Page": page,
        "Pets": with("Page", "item", "Pet"),
        "Users": with("Page", "item", "User"),
    }));
    assert!(codes.is_empty(), "{codes:?}");
    let items = |page| find(&doc, &[page, "items", "*"]);
    assert_eq!(items("Pets"), Some("#/components/schemas/Pet"));
    assert_eq!(items("Users"), Some("#/components/schemas/User"));
    assert_eq!(items("Page"), Some("#/components/schemas/Page/$defs/item"));
}

#[test]
fn the_outermost_extension_counts() {
    let (doc, codes) = document(&json!({
        "Pet": object("name"),
        "Dog": object("bark"),
        "Page": list_of("item"),
        "Pets": with("Page", "item", "Pet"),
        "Dogs": with("Pets", "item", "Dog"),
        "Holder": { "type": "object", "properties": { "pets": { "$ref": "#/components/schemas/Pets" }, "dogs": { "$ref": "#/components/schemas/Dogs" } } },
    }));
    assert_eq!(
        codes,
        ["dynamic-ref"],
        "only the template alone has no items"
    );
    let pet = Some("#/components/schemas/Pet");
    assert_eq!(find(&doc, &["Pets", "items", "*"]), pet);
    assert_eq!(find(&doc, &["Holder", "pets", "items", "*"]), pet);
    let dog = Some("#/components/schemas/Dog");
    assert_eq!(find(&doc, &["Dogs", "items", "*"]), dog);
    assert_eq!(find(&doc, &["Holder", "dogs", "items", "*"]), dog);
}

#[test]
fn a_page_of_pages_is_not_endless() {
    let (doc, codes) = document(&json!({
        "Pet": object("name"),
        "Page": list_of("item"),
        "Pets": with("Page", "item", "Pet"),
        "Pages": with("Page", "item", "Pets"),
    }));
    assert_eq!(codes, ["dynamic-ref"; 2]);
    let inner = find(&doc, &["Pages", "items", "*", "items", "*"]);
    assert_eq!(inner, Some("#/components/schemas/Pet"));
}

#[test]
fn recursive_schemas_extend() {
    for (anchor, name, keyword, text) in [
        ("$dynamicAnchor", json!("node"), "$dynamicRef", "#node"),
        ("$recursiveAnchor", json!(true), "$recursiveRef", "#"),
    ] {
        let (doc, codes) = document(&json!({
            "Tree": { anchor: name, "type": "object", "properties": { "left": { keyword: text } } },
            "Fancy": { anchor: name, "$ref": "#/components/schemas/Tree", "properties": { "label": { "type": "string" } } },
            "Forest": { "type": "object", "properties": { "tree": { "$ref": "#/components/schemas/Tree" } } },
        }));
        assert!(codes.is_empty(), "{codes:?}");
        let tree = Some("#/components/schemas/Tree");
        assert_eq!(find(&doc, &["Tree", "left"]), tree);
        assert_eq!(find(&doc, &["Forest", "tree", "left"]), tree);
        let fancy = Some("#/components/schemas/Fancy");
        assert_eq!(find(&doc, &["Fancy", "left"]), fancy);
    }
}

#[test]
fn without_a_dynamic_anchor_it_is_a_reference() {
    let (doc, codes) = document(&json!({
        "A": { "type": "object", "properties": { "path": { "$dynamicRef": "#/components/schemas/B" }, "name": { "$dynamicRef": "#b" } } },
        "B": { "$anchor": "b", "type": "object", "properties": { "x": { "$dynamicRef": "#none" } } },
    }));
    assert_eq!(codes, ["dangling-ref"]);
    let b = Some("#/components/schemas/B");
    assert_eq!(find(&doc, &["A", "path"]), b);
    assert_eq!(find(&doc, &["B", "x"]), None);
    let (doc, _) = document(&json!({
        "A": { "$id": "a", "type": "object", "properties": { "name": { "$dynamicRef": "#b" } }, "$defs": { "B": { "$anchor": "b", "type": "object", "properties": { "x": {} } } } },
        "C": { "$id": "c", "$ref": "a", "$defs": { "D": { "$dynamicAnchor": "b", "type": "string" } } },
    }));
    let b = Some("#/components/schemas/A/$defs/B");
    assert_eq!(
        find(&doc, &["C", "name"]),
        b,
        "the anchor of its resource is not dynamic"
    );
}

#[test]
fn what_no_reference_needs_is_not_copied() {
    let mut page = list_of("item");
    page["properties"]["kind"] = json!({ "enum": ["a", "b"] });
    page["properties"]["plain"] = json!({ "$ref": "#/components/schemas/Plain" });
    let (doc, _) = document(&json!({
        "Plain": object("x"),
        "Page": page,
        "Pages": with("Page", "item", "Plain"),
    }));
    let copied = |at: &&Pointer| {
        at.as_str()
            .starts_with("#/components/schemas/Pages/properties")
    };
    let copied: Vec<&str> = doc
        .places
        .iter()
        .filter(copied)
        .map(Pointer::as_str)
        .collect();
    let at = "#/components/schemas/Pages/properties/items";
    assert_eq!(copied, [at.to_owned(), format!("{at}/items")]);
    let kind = find(&doc, &["Pages", "kind"]);
    assert_eq!(kind, Some("#/components/schemas/Page/properties/kind"));
}

/// `n` schemas, each of which leads to the next one in two ways: with 2 to the power of `n` ways in total.
#[test]
fn work_is_bounded() {
    let n = 16;
    let mut schemas = json!({});
    for i in 0..n {
        let next = |kind: &str| json!({ "$ref": format!("#/components/schemas/T{}", i + 1), "$defs": { "a": { "$dynamicAnchor": format!("a{i}"), "type": kind } } });
        schemas[format!("T{i}")] = json!({ "type": "object", "properties": { "l": next("string"), "r": next("integer") } });
    }
    let last = (0..n).map(|i| (format!("p{i}"), json!({ "$dynamicRef": format!("#a{i}") })));
    let last: serde_json::Map<String, Value> = last.collect();
    schemas[format!("T{n}")] = json!({ "type": "object", "properties": last });
    let (doc, codes) = document(&schemas);
    assert!(codes.contains(&"too-large"), "{codes:?}");
    assert!(doc.schemas.len() < 15_000, "{}", doc.schemas.len());
}

#[test]
fn depth_is_bounded() {
    let n = 100;
    let mut schemas = json!({ "First": with("T0", "a", "End"), "Other": with("T0", "a", "T0"), "End": object("x") });
    for i in 0..n {
        schemas[format!("T{i}")] = json!({ "type": "object", "properties": { "next": { "$ref": format!("#/components/schemas/T{}", i + 1) } } });
    }
    schemas[format!("T{n}")] = list_of("a");
    let (_, codes) = document(&schemas);
    assert!(codes.contains(&"too-deep"), "{codes:?}");
}

/// A schema that extends itself with itself.
#[test]
fn circles_end() {
    let (_, codes) = document(&json!({
        "A": with("B", "x", "A"),
        "B": with("A", "x", "B"),
        "C": { "$dynamicAnchor": "c", "$dynamicRef": "#c" },
        "D": { "type": "object", "properties": { "d": with("D", "x", "D"), "x": { "$dynamicRef": "#x" } } },
    }));
    assert!(codes.iter().all(|code| *code == "dynamic-ref"), "{codes:?}");
}
