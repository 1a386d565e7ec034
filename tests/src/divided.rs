//! A document of an API that is large enough for features below its top-level resources.
//!
//! In: nothing. Out: a document whose resource `repos` has most operations, in `pulls` and `issues`. Not here: compiling its crate
//! (see `tests/compile/`).

use std::fmt::Write;

/// The number of resources below `repos.pulls`, and below `repos.issues`.
const RESOURCES: usize = 26;

/// The document. Each resource has a type of its own, and `Label` is one that all below `repos` use.
pub fn document() -> String {
    let mut text = String::from(
        "openapi: 3.1.0\ninfo: { title: divided, version: '1' }\nservers: [{ url: 'https://a.test' }]\npaths:\n",
    );
    get(&mut text, "/users/{id}", "User");
    get(&mut text, "/repos/{id}", "Repo");
    for index in 0..RESOURCES {
        let letter = char::from(b'a' + u8::try_from(index).expect("a letter"));
        get(&mut text, &format!("/repos/pulls/{letter}s/{{id}}"), "Pull");
        get(
            &mut text,
            &format!("/repos/issues/{letter}s/{{id}}"),
            "Issue",
        );
    }
    text.push_str("components:\n  schemas:\n    Label: { type: object, properties: { name: { type: string } } }\n");
    for name in ["User", "Repo", "Pull", "Issue"] {
        let label = match name {
            "User" => "",
            _ => ", label: { $ref: '#/components/schemas/Label' }",
        };
        let _ = writeln!(
            text,
            "    {name}: {{ type: object, properties: {{ id: {{ type: string }}{label} }} }}"
        );
    }
    text
}

fn get(text: &mut String, path: &str, schema: &str) {
    let _ = writeln!(
        text,
        "  {path}: {{ get: {{ parameters: [{{ name: id, in: path, required: true, schema: {{ type: string }} }}], responses: {{ '200': {{ description: ok, content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/{schema}' }} }} }} }} }} }} }}"
    );
}
