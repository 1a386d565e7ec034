//! The library tells which types the schemas have.

use generator::report::Pointer;
use generator::{Options, SchemaType, Source, generate};

const DOCUMENT: &str = r##"
openapi: 3.1.0
info: { title: t, version: "1" }
paths:
  /users:
    post:
      operationId: createUser
      requestBody: { content: { application/json: { schema: { $ref: "#/components/schemas/user" } } } }
      responses:
        "200": { description: ok, content: { application/json: { schema: { $ref: "#/components/schemas/user" } } } }
components:
  schemas:
    user:
      type: object
      required: [id]
      properties: { id: { type: string, readOnly: true }, home: { type: object, properties: { street: { type: string } } } }
    User: { type: string }
    a/b: { type: integer }
"##;

#[test]
fn schemas_have_the_paths_of_their_types() {
    let source = Source::from_text("users.yaml", DOCUMENT);
    let output = generate(&source, &Options::default()).unwrap();
    let of = |at: &str, path: &str, request: Option<&str>| SchemaType {
        at: Pointer::canonical(format!("#/components/schemas/{at}")),
        path: path.into(),
        request: request.map(Into::into),
    };
    let types = &output.types;
    assert!(
        types[0].request.is_some(),
        "requests have no id: {:?}",
        types[0]
    );
    let expected = [
        of("user", &types[0].path, types[0].request.as_deref()),
        of("User", &types[1].path, None),
        of("a~1b", "types::AB", None),
        of("user/properties/home", &types[3].path, None),
    ];
    assert_eq!(*types, expected);
    // Both ask for the same name: the crate has the paths that the library tells.
    for path in types
        .iter()
        .flat_map(|it| [Some(&it.path), it.request.as_ref()])
        .flatten()
    {
        let name = path.strip_prefix("types::").unwrap();
        let is_defined = |file: &generator::File| {
            ["struct", "type"].iter().any(|kind| {
                [" ", ";", " {"]
                    .iter()
                    .any(|end| file.text.contains(&format!("pub {kind} {name}{end}")))
            })
        };
        assert!(output.files.iter().any(is_defined), "{name}");
    }
}
