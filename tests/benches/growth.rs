//! Checks that the time of generating grows in proportion to the document.
//!
//! In: pairs of documents that are built here. Both have elements of one kind, and the second has twice as many. Out: a line per
//! kind, and a failure if the second takes more than [`LIMIT`] times as long. Time is the CPU time, with all threads, of a process
//! that generates once: in a longer process, it would depend on the memory that is already allocated. Both sizes take turns in
//! one run, and the medians are compared. Not here: real documents (see `generation.rs`).

use std::env;
use std::process::{Command, ExitCode};
use std::time::Duration;

use generator::{Options, Source, generate};
use wait4::Wait4;

/// The allocator of the generator's binary.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The limit for the ratio of both times. Linear time gives less than 2, because each crate has a runtime; code that compares each
/// pair of elements gives almost 4.
const LIMIT: f64 = 2.6;
const ROUNDS: usize = 5;

/// The name of a kind of element, a number of elements that outweighs all other work, and a function that returns a document with
/// any number of them.
type Kind = (&'static str, usize, fn(usize) -> String);

const KINDS: &[Kind] = &[
    ("operations", 400, operations),
    ("parameters", 1000, parameters),
    ("schemas", 1000, schemas),
    ("properties", 3000, properties),
    ("values of an enum", 8000, values),
    ("variants by tag", 1500, tagged),
    ("variants by shape", 1500, shapes),
    ("heirs of a base", 1500, heirs),
    ("examples", 8000, examples),
    ("inline schemas that say the same", 400, inline),
    ("references to nothing", 2000, dangling),
];

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    if let [kind, count] = arguments.as_slice() {
        return once(kind, count.parse().expect("a number"));
    }
    let mut fine = true;
    for (kind, count, _) in KINDS {
        let (once, twice) = rounds(kind, *count);
        let ratio = twice.as_secs_f64() / once.as_secs_f64();
        fine &= ratio <= LIMIT;
        println!(
            "{count:>6} {kind:<34} {:>7.1} ms  twice as many {:>7.1} ms  ratio {ratio:.2}{}",
            once.as_secs_f64() * 1e3,
            twice.as_secs_f64() * 1e3,
            if ratio <= LIMIT { "" } else { "  ABOVE" },
        );
    }
    match fine {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    }
}

/// Generates one document, in the process that is measured.
fn once(kind: &str, count: usize) -> ExitCode {
    let (_, _, document) = KINDS
        .iter()
        .find(|(name, ..)| *name == kind)
        .expect("a kind");
    let source = Source::from_text("grown.json", document(count));
    match generate(&source, &Options::default()) {
        Ok(output) if !output.files.is_empty() => ExitCode::SUCCESS,
        Ok(_) | Err(_) => ExitCode::FAILURE,
    }
}

/// The medians for this number of elements and for twice as many.
fn rounds(kind: &str, count: usize) -> (Duration, Duration) {
    let mut times = [Vec::new(), Vec::new()];
    for _ in 0..ROUNDS {
        for (count, times) in [count, 2 * count].into_iter().zip(&mut times) {
            times.push(measured(kind, count));
        }
    }
    times.iter_mut().for_each(|times| times.sort());
    let [small, large] = times.map(|times| times[ROUNDS / 2]);
    (small, large)
}

/// The CPU time of a process that generates.
fn measured(kind: &str, count: usize) -> Duration {
    let this = env::current_exe().expect("this program");
    let mut child = Command::new(this)
        .args([kind, &count.to_string()])
        .spawn()
        .expect("a process");
    let used = child.wait4().expect("its end");
    assert!(used.status.success(), "{kind}");
    used.rusage.utime + used.rusage.stime
}

/// A document with these members of `paths` and of `components.schemas`.
fn document(paths: &str, schemas: &str) -> String {
    format!(
        r#"{{ "openapi": "3.1.0", "info": {{ "title": "Grown", "version": "1.0.0" }},
            "servers": [{{ "url": "https://grown.example" }}],
            "paths": {{ {paths} }}, "components": {{ "schemas": {{ {schemas} }} }} }}"#
    )
}

fn each(count: usize, member: impl Fn(usize) -> String) -> String {
    (0..count).map(member).collect::<Vec<_>>().join(",\n")
}

/// An operation with these parameters and a reply of this media type.
fn reads(parameters: &str, media: &str) -> String {
    format!(
        r#"{{ "get": {{ "parameters": [{parameters}], "responses": {{
            "200": {{ "description": "Done.", "content": {{ "application/json": {{ {media} }} }} }} }} }} }}"#
    )
}

/// A document whose only operation returns the component `T`.
fn about(schemas: &str) -> String {
    let read = reads("", r##""schema": { "$ref": "#/components/schemas/T" }"##);
    document(&format!(r#""/things": {read}"#), schemas)
}

fn operations(count: usize) -> String {
    let operation = |index: usize| {
        let parameters = r#"{ "name": "id", "in": "path", "required": true, "schema": { "type": "string" } },
            { "name": "limit", "in": "query", "schema": { "type": "integer" } }"#;
        let media = format!(
            r#""schema": {{ "type": "object", "properties": {{ "a{index}": {{ "type": "string" }} }} }}"#
        );
        let read = reads(parameters, &media);
        format!(r#""/rooms{}/things{index}/{{id}}": {read}"#, index / 10)
    };
    document(&each(count, operation), "")
}

fn parameters(count: usize) -> String {
    let parameter = |index| {
        format!(r#"{{ "name": "p{index}", "in": "query", "schema": {{ "type": "string" }} }}"#)
    };
    let read = reads(&each(count, parameter), r#""schema": { "type": "string" }"#);
    document(&format!(r#""/things": {read}"#), "")
}

fn schemas(count: usize) -> String {
    let schema = |index| {
        let name = if index == 0 {
            "T".to_owned()
        } else {
            format!("T{index}")
        };
        let next = (index + 1) % count;
        let next = if next == 0 {
            "T".to_owned()
        } else {
            format!("T{next}")
        };
        format!(
            r##""{name}": {{ "type": "object", "description": "The thing {index}.", "required": ["id"], "properties": {{
                "id": {{ "type": "string" }}, "next": {{ "$ref": "#/components/schemas/{next}" }},
                "kind": {{ "enum": ["a{index}", "b"] }} }} }}"##
        )
    };
    about(&each(count, schema))
}

fn properties(count: usize) -> String {
    let property =
        |index| format!(r#""p{index}": {{ "type": "string", "description": "Number {index}." }}"#);
    let required = |index| format!(r#""p{}""#, 2 * index);
    about(&format!(
        r#""T": {{ "type": "object", "required": [{}], "properties": {{ {} }} }}"#,
        each(count / 2, required),
        each(count, property)
    ))
}

fn values(count: usize) -> String {
    let value = |index| format!(r#""value_{index}""#);
    let description = |index| format!(r#""Number {index}.""#);
    about(&format!(
        r#""T": {{ "type": "string", "enum": [{}], "x-enum-descriptions": [{}] }}"#,
        each(count, value),
        each(count, description)
    ))
}

/// Variants that each have one property and one constant.
fn variants(count: usize, kind: fn(usize) -> String) -> String {
    each(count, |index| {
        format!(
            r#""V{index}": {{ "type": "object", "required": ["p{index}"],
                "properties": {{ {} "p{index}": {{ "type": "string" }} }} }}"#,
            kind(index)
        )
    })
}

fn references(count: usize) -> String {
    each(count, |index| {
        format!(r##"{{ "$ref": "#/components/schemas/V{index}" }}"##)
    })
}

fn mapping(count: usize) -> String {
    each(count, |index| {
        format!(r##""v{index}": "#/components/schemas/V{index}""##)
    })
}

fn tagged(count: usize) -> String {
    let variants = variants(count, |index| {
        format!(r#""kind": {{ "const": "v{index}" }},"#)
    });
    about(&format!(
        r#"{variants}, "T": {{ "oneOf": [{}],
            "discriminator": {{ "propertyName": "kind", "mapping": {{ {} }} }} }}"#,
        references(count),
        mapping(count)
    ))
}

fn shapes(count: usize) -> String {
    let variants = variants(count, |_| String::new());
    about(&format!(
        r#"{variants}, "T": {{ "anyOf": [{}] }}"#,
        references(count)
    ))
}

fn heirs(count: usize) -> String {
    let heir = |index| {
        format!(
            r##""V{index}": {{ "allOf": [{{ "$ref": "#/components/schemas/T" }},
                {{ "type": "object", "properties": {{ "p{index}": {{ "type": "string" }} }} }}] }}"##
        )
    };
    about(&format!(
        r#"{}, "T": {{ "type": "object", "required": ["kind"], "properties": {{ "kind": {{ "type": "string" }} }},
            "discriminator": {{ "propertyName": "kind", "mapping": {{ {} }} }} }}"#,
        each(count, heir),
        mapping(count)
    ))
}

fn examples(count: usize) -> String {
    let example =
        |index| format!(r#""e{index}": {{ "value": {{ "a": "{index}", "b": [{index}] }} }}"#);
    let media = format!(
        r##""schema": {{ "$ref": "#/components/schemas/T" }}, "examples": {{ {} }}"##,
        each(count, example)
    );
    let schema = r#""T": { "type": "object", "properties": { "a": { "type": "string" },
        "b": { "type": "array", "items": { "type": "integer" } } } }"#;
    document(&format!(r#""/things": {}"#, reads("", &media)), schema)
}

fn inline(count: usize) -> String {
    let letters = each(8, |index| {
        format!(r#""p{index}": {{ "enum": ["a", "b", "c"] }}"#)
    });
    let media = format!(
        r#""schema": {{ "type": "object", "properties": {{
            "state": {{ "type": "object", "properties": {{ {letters} }} }} }} }}"#
    );
    let path = |index| format!(r#""/things{index}": {}"#, reads("", &media));
    document(&each(count, path), "")
}

fn dangling(count: usize) -> String {
    let schema = |index| {
        format!(
            r##""V{index}": {{ "type": "object", "properties": {{
                "a": {{ "$ref": "#/components/schemas/Missing{index}" }} }} }}"##
        )
    };
    about(&format!(
        r#"{}, "T": {{ "type": "string" }}"#,
        each(count, schema)
    ))
}
