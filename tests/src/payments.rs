//! A document in the style of a large payments API, and the limits for its types and the stack.
//!
//! In: nothing. Out: a document with 30 large objects that contain each other, and a test of the crate that is emitted for it. Not
//! here: running them (see `tests/compile/`).

use std::fmt::Write;

/// The number of objects.
const OBJECTS: usize = 30;
/// The number of objects that are variants of the union.
const VARIANTS: usize = 20;

/// The document.
pub fn document() -> String {
    let mut text = String::from(
        "openapi: 3.0.2\ninfo: { title: payments, version: '1' }\nservers: [{ url: 'https://a.test' }]\npaths:\n",
    );
    for index in 0..OBJECTS {
        let _ = writeln!(
            text,
            "  /objects{index}/{{id}}:\n    get:\n      operationId: get{index}\n      parameters: [{{ name: id, in: path, required: true, schema: {{ type: string }} }}]\n      responses: {{ '200': {{ description: ok, content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/Object{index}' }} }} }} }} }}"
        );
    }
    text.push_str("components:\n  schemas:\n    Source:\n      anyOf:\n");
    for index in 0..VARIANTS {
        let _ = writeln!(text, "        - $ref: '#/components/schemas/Object{index}'");
    }
    for index in 0..OBJECTS {
        object(&mut text, index);
        details(&mut text, index);
    }
    text
}

/// An object with 60 to 100 properties: scalars, other objects, objects or their ids, and lists of them.
fn object(text: &mut String, index: usize) {
    let _ = writeln!(
        text,
        "    Object{index}:\n      type: object\n      required: [id, object, details]\n      properties:\n        id: {{ type: string }}\n        object: {{ type: string, enum: [object{index}] }}\n        details: {{ $ref: '#/components/schemas/Details{index}' }}\n        source: {{ $ref: '#/components/schemas/Source' }}\n        sources: {{ type: array, items: {{ $ref: '#/components/schemas/Source' }} }}"
    );
    for step in 1..10 {
        let other = format!(
            "$ref: '#/components/schemas/Object{}'",
            (index + step) % OBJECTS
        );
        let _ = writeln!(
            text,
            "        nested{step}: {{ {other} }}\n        expandable{step}: {{ anyOf: [{{ type: string, maxLength: 5000 }}, {{ {other} }}] }}\n        list{step}: {{ type: object, required: [data], properties: {{ data: {{ type: array, items: {{ {other} }} }}, has_more: {{ type: boolean }} }} }}"
        );
    }
    plain(text, 30 + index);
}

/// The type of an object's property `details`, which refers back to the object.
fn details(text: &mut String, index: usize) {
    let _ = writeln!(
        text,
        "    Details{index}:\n      type: object\n      properties:\n        owner: {{ $ref: '#/components/schemas/Object{index}' }}"
    );
    plain(text, 40);
}

fn plain(text: &mut String, count: usize) {
    let types = ["string", "integer", "boolean", "number"];
    for index in 0..count {
        let ty = types[index % types.len()];
        let _ = writeln!(
            text,
            "        plain{index}: {{ type: {ty}, nullable: true }}"
        );
    }
}

/// Tests of the crate: no type is larger than 2 KiB, and the deepest nesting that can be read needs at most 256 KiB of stack.
pub fn test(library: &str) -> String {
    let sizes: String = (0..OBJECTS)
        .map(|index| format!("    size_of::<Object{index}>(), size_of::<Details{index}>(),\n"))
        .collect();
    format!(
        r####"//! Types are small, and nesting needs little stack.

use std::thread;

use {library}::types::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

const SIZES: &[usize] = &[
    size_of::<Source>(),
{sizes}];

#[test]
fn no_type_is_large() {{
    assert!(SIZES.iter().all(|size| *size <= 2048), "{{SIZES:?}}");
}}

/// Nests an object in itself: `property` is its name, and `open` and `close` surround it.
fn nested(object: usize, property: &str, open: &str, close: &str, times: usize) -> String {{
    let start = format!(r##"{{{{"id":"a","object":"object{{object}}","details":{{{{}}}},"{{property}}":{{open}}"##);
    let end = format!("{{close}}}}}}");
    let leaf = r##"{{"id":"a","object":"object0","details":{{}}}}"##;
    format!("{{}}{{leaf}}{{}}", start.repeat(times), end.repeat(times))
}}

fn round_trip<T: DeserializeOwned + Serialize>(json: &str) {{
    let value: Box<T> = Box::new(serde_json::from_str(json).unwrap());
    let written = serde_json::to_string(&value).unwrap();
    assert_eq!(written.len(), json.len());
}}

fn on_small_stack(run: impl FnOnce() + Send + 'static) {{
    let thread = thread::Builder::new().stack_size(256 << 10).spawn(run);
    thread.unwrap().join().unwrap();
}}

#[test]
fn nesting_needs_little_stack() {{
    on_small_stack(|| round_trip::<Object0>(&nested(0, "source", "", "", 120)));
    on_small_stack(|| round_trip::<Source>(&nested(7, "source", "", "", 120)));
    on_small_stack(|| round_trip::<Source>(&nested(19, "sources", "[", "]", 60)));
    on_small_stack(|| round_trip::<Object0>(&nested(0, "sources", "[", "]", 60)));
}}
"####
    )
}
