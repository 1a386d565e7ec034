//! `tests/examples.rs` of the emitted crate: the document's examples decode, and encode to what they were.
//!
//! In: the examples of the model, which fit their schemas. Out: a table of types with what checks them, and the examples
//! themselves as JSON, one file per module and one line per example. Not here: examples in docs (see `rust::call`).

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use crate::emit::print::code::string;
use crate::emit::rust::gate;
use crate::emit::rust::ty::scalar_name;
use crate::emit::text::json::{quoted, shown};
use crate::emit::{Cx, File};
use crate::model::api::{Scalar, Ty};
use crate::plan::modules::Home;
use crate::plan::names::Name;

/// What is the same in all crates.
const CHECK: &str = include_str!("../../../../templates/tests/examples.rs");

/// The examples of a type: where each stands, and its JSON.
type Examples<'a> = BTreeMap<&'a str, &'a str>;

/// The table and the files with the examples.
pub fn files(cx: &Cx) -> Vec<File> {
    if cx.api.examples.is_empty() {
        return Vec::new();
    }
    let modules = by_module(cx);
    let data = modules.iter().map(|(module, types)| File {
        path: format!("tests/examples/{module}.json"),
        text: data(cx, types),
    });
    let table = File {
        path: "tests/examples.rs".into(),
        text: table(cx, &modules),
    };
    let check = File {
        path: "tests/examples/check.rs".into(),
        text: CHECK.into(),
    };
    [table, check].into_iter().chain(data).collect()
}

/// The examples by top-level module and type. The same value twice is one example.
fn by_module<'a>(cx: &Cx<'a>) -> BTreeMap<&'a str, BTreeMap<String, Examples<'a>>> {
    let mut said = BTreeSet::new();
    let mut modules: BTreeMap<&str, BTreeMap<String, Examples>> = BTreeMap::new();
    let mut sorted: Vec<_> = cx.api.examples.iter().collect();
    sorted.sort_by_key(|example| &example.at);
    for example in sorted {
        let name = path(cx, &example.ty, "");
        if said.insert((name.clone(), example.json.as_str())) {
            let types = modules.entry(module(cx, &example.ty)).or_default();
            let examples = types.entry(name).or_default();
            examples.insert(example.at.as_str(), &example.json);
        }
    }
    modules
}

/// The top-level module that a type lives in. Those that every program has stand with the shared ones.
fn module<'a>(cx: &Cx<'a>, ty: &Ty) -> &'a str {
    match ty {
        Ty::Scalar(_) | Ty::Any(_) => "types",
        Ty::List(inner) | Ty::Map(inner) | Ty::Nullable(inner) => module(cx, inner),
        Ty::Tuple(items) => items.first().map_or("types", |item| module(cx, item)),
        Ty::Named(id) => match cx.outline.ty(*id).home {
            Home::Shared => "types",
            Home::Resource(id) => cx
                .names
                .resource(id)
                .path
                .first()
                .map_or("types", Name::plain),
        },
    }
}

/// A type with the path to it, which begins with `root`.
fn path(cx: &Cx, ty: &Ty, root: &str) -> String {
    match ty {
        Ty::Scalar(scalar @ (Scalar::QuotedI64 | Scalar::QuotedU64)) => {
            format!("{root}{}", scalar_name(*scalar))
        }
        Ty::Scalar(scalar) => scalar_name(*scalar).into(),
        Ty::Any(_) => "Value".into(),
        Ty::List(item) => format!("Vec<{}>", path(cx, item, root)),
        Ty::Map(value) => format!("BTreeMap<String, {}>", path(cx, value, root)),
        Ty::Tuple(items) => {
            let items = items.iter().map(|item| path(cx, item, root) + ",");
            format!("({})", items.collect::<Vec<_>>().join(" "))
        }
        Ty::Nullable(inner) => format!("Option<{}>", path(cx, inner, root)),
        Ty::Named(id) => {
            let mut path = root.to_owned();
            match cx.outline.ty(*id).home {
                Home::Shared => path += "types::",
                Home::Resource(id) => {
                    for name in &cx.names.resource(id).path {
                        path += &format!("{name}::");
                    }
                }
            }
            format!("{path}{}", cx.names.ty(*id).name)
        }
    }
}

/// A line per example.
fn data(cx: &Cx, types: &BTreeMap<String, Examples>) -> String {
    let marker = cx.marker();
    let marker = marker.strip_prefix("@generated ").unwrap_or(&marker);
    let mut text = format!("{{\n  \"@generated\": {}", quoted(marker));
    for (name, examples) in types {
        let _ = write!(text, ",\n  {}: {{", quoted(name));
        for (index, (at, json)) in examples.iter().enumerate() {
            let comma = if index == 0 { "" } else { "," };
            let _ = write!(text, "{comma}\n    {}: {}", quoted(at), shown(json));
        }
        text.push_str("\n  }");
    }
    text.push_str("\n}\n");
    text
}

/// A row per type.
fn table<'a>(cx: &Cx, modules: &'a BTreeMap<&str, BTreeMap<String, Examples>>) -> String {
    let mut text = format!(
        "{}//! Examples of the document decode, and encode to the same JSON.\n\n",
        cx.banner()
    );
    if !cx.outline.featured().is_empty() {
        let _ = writeln!(text, "#![cfg(feature = {})]", string(gate::ALL));
    }
    text.push_str("#![allow(deprecated, reason = \"examples use deprecated types, too\")]\n\n");
    text.push_str(
        "#[path = \"examples/check.rs\"]\nmod check;\n#[path = \"common/json.rs\"]\nmod json;\n\
         #[path = \"common/stack.rs\"]\nmod stack;\n\n",
    );
    let words = |name: &'a String| name.split(['<', '>', '(', ')', ',', ' ']);
    let words: BTreeSet<&str> = modules
        .values()
        .flat_map(BTreeMap::keys)
        .flat_map(words)
        .collect();
    if words.contains("BTreeMap") {
        text.push_str("use std::collections::BTreeMap;\n\n");
    }
    text.push_str("use check::{check, round_trip};\n");
    let package = cx.names.package.replace('-', "_");
    if words.contains("Quoted") || words.iter().any(|word| word.contains("::")) {
        let _ = writeln!(text, "use {package} as client;");
    }
    if words.contains("Value") {
        text.push_str("use serde_json::Value;\n");
    }
    let mut types: BTreeMap<String, String> = BTreeMap::new();
    for example in &cx.api.examples {
        let name = path(cx, &example.ty, "");
        types
            .entry(name)
            .or_insert_with(|| path(cx, &example.ty, "client::"));
    }
    text.push_str("\n#[test]\nfn examples_round_trip() {\n    let mut wrong = Vec::new();\n");
    for (module, examples) in modules {
        let file = string(&format!("examples/{module}.json"));
        let _ = writeln!(
            text,
            "    check(\n        include_str!({file}),\n        &["
        );
        for name in examples.keys() {
            let path = types.get(name).unwrap_or(name);
            let _ = writeln!(
                text,
                "            ({}, round_trip::<{path}>),",
                string(name)
            );
        }
        text.push_str("        ],\n        &mut wrong,\n    );\n");
    }
    text.push_str("    assert!(wrong.is_empty(), \"{}\", wrong.join(\"\\n\"));\n}\n");
    text
}
