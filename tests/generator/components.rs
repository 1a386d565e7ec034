//! The library tells which types the components have.

use generator::{Component, Options, Source, generate};

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
fn components_have_the_paths_of_their_types() {
    let source = Source::from_text("users.yaml", DOCUMENT);
    let output = generate(&source, &Options::default()).unwrap();
    let component = |key: &str, path: &str, request: Option<&str>| Component {
        key: key.into(),
        path: path.into(),
        request: request.map(Into::into),
    };
    let user = &output.components[0];
    assert!(user.request.is_some(), "requests have no id: {user:?}");
    let expected = [
        component("user", &user.path, user.request.as_deref()),
        component("User", &output.components[1].path, None),
        component("a/b", "types::AB", None),
    ];
    assert_eq!(output.components, expected);
    // Both ask for the same name: the crate has the paths that the library tells.
    for path in output
        .components
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
