//! Tests of documents that cannot be fixtures: they have several files, or are too large.
//!
//! In: texts in memory. Out: nothing. Not here: reading files (see `cli.rs`).

use std::collections::BTreeSet;

use generator::{Options, Source, generate};

use crate::setup::{file, rendered};

/// A reply of many required values can be made up, too, so that its call has a test.
#[test]
fn large_replies_are_made_up() {
    let object = |of: &str| {
        let members: Vec<String> = ('a'..='i').map(|name| format!("{name}: {of}")).collect();
        let names: Vec<String> = ('a'..='i').map(String::from).collect();
        let (members, names) = (members.join(", "), names.join(", "));
        format!("{{ type: object, required: [{names}], properties: {{ {members} }} }}")
    };
    let document = format!(
        "openapi: 3.1.0
info: {{ title: large, version: '1' }}
servers: [{{ url: 'https://large.example' }}]
paths:
  /things:
    get:
      operationId: list
      responses: {{ '200': {{ description: d, content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/A' }} }} }} }} }}
components:
  schemas: {{ A: {}, B: {}, C: {} }}
",
        object("{ $ref: '#/components/schemas/B' }"),
        object("{ $ref: '#/components/schemas/C' }"),
        object("{ type: string }"),
    );
    let output = generate(
        &Source::from_text("large.yaml", document),
        &Options::default(),
    )
    .expect("a document without errors");
    let tests = file(&output, "tests/operations/things.rs");
    assert!(tests.contains("things.retrieve"), "{tests}");
}

/// A definition of another file that extends a base is one of its variants. Its tag is the value that the base maps to it, or that
/// its own schema allows.
#[test]
fn subtypes_in_other_files() {
    let animal = r##"
openapi: 3.1.0
info: { title: T, version: "1" }
paths: {}
components:
  schemas:
    Animal:
      type: object
      required: [kind]
      properties: { kind: { type: string } }
      discriminator: { propertyName: kind, mapping: { cat: "more/cats.yaml#/Cat", kitten: "more/cats.yaml#/Kitten", rock: "#/components/schemas/Rock" } }
    Dog: { allOf: [{ $ref: "#/components/schemas/Animal" }] }
    Bird: { $ref: "more/cats.yaml#/Bird" }
    Rock: { type: object }
"##;
    let cats = r##"
Cat: { allOf: [{ $ref: "../animal.yaml#/components/schemas/Animal" }, { properties: { lives: { type: integer } } }] }
Kitten: { allOf: [{ $ref: "#/Cat" }, { properties: { age: { type: integer } } }] }
Bird: { allOf: [{ $ref: "../animal.yaml#/components/schemas/Animal" }], properties: { kind: { const: bird } } }
"##;
    let source = Source::from_text("animal.yaml", animal).file("more/cats.yaml", cats);
    let output = generate(&source, &Options::default()).expect("there are no errors");
    assert_eq!(
        rendered(&output.diagnostics, &source).lines().next(),
        Some(
            "note[discriminator]: `rock` maps to #/components/schemas/Rock, which does not extend this schema; such values are not typed"
        )
    );
    let types = output.files.iter().find(|file| file.path == "src/types.rs");
    let types = &types.expect("there are types").text;
    let table = types.split("tagged_union!(Animal by \"kind\" {").nth(1);
    let rows: BTreeSet<&str> = table
        .and_then(|table| table.split('}').next())
        .expect("Animal is a union")
        .split(',')
        .map(str::trim)
        .filter(|row| !row.is_empty())
        .collect();
    let expected = [
        r#""Dog" => Dog"#,
        r#""bird" => Bird"#,
        r#""cat" => Cat"#,
        r#""kitten" => Kitten"#,
    ];
    assert_eq!(rows, BTreeSet::from(expected));
}

/// Once a reference leads to a file, the URI that the file declares identifies it, and is the base of its own references.
#[test]
fn files_have_uris() {
    let document = r##"
openapi: 3.2.0
$self: https://a.example/api/openapi.yaml
info: { title: T, version: "1" }
paths: {}
components:
  schemas:
    ByPath: { $ref: "types.yaml#/components/schemas/Shared" }
    ByUri: { $ref: "https://a.example/common/types.yaml#/components/schemas/Shared" }
    ByRelativeUri: { $ref: "../common/types.yaml#/components/schemas/Shared" }
    Own: { type: object, properties: { a: { type: string } } }
"##;
    let types = r##"
openapi: 3.2.0
$self: https://a.example/common/types.yaml
info: { title: T, version: "1" }
components:
  schemas:
    Shared: { type: object, properties: { own: { $ref: "../api/openapi.yaml#/components/schemas/Own" }, again: { $ref: "types.yaml#/components/schemas/Shared" } } }
"##;
    let source = Source::from_text("api.yaml", document).file("types.yaml", types);
    let output = generate(&source, &Options::default()).expect("there are no errors");
    assert_eq!(rendered(&output.diagnostics, &source), "");
    let types = output.files.iter().find(|file| file.path == "src/types.rs");
    let types = &types.expect("there are types").text;
    for line in [
        "pub type ByUri = Shared;",
        "pub type ByRelativeUri = Shared;",
        "    pub own: Option<Own>,",
        "    pub again: Option<Box<Shared>>,",
    ] {
        assert!(types.contains(line), "{line} is not in\n{types}");
    }
}
