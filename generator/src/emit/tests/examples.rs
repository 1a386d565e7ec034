//! `tests/examples.rs` of the emitted crate: the document's examples decode, and encode to what they were.
//!
//! In: the examples of the model, which fit their schemas. Out: a table of types with their checks, and the examples themselves
//! as JSON, one file per part of the module of types and one line per example. Not here: examples in docs (see `rust::call`).

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use crate::emit::print::code::{RustCode, code, string};
use crate::emit::print::item::Item;
use crate::emit::rust::feature_gate;
use crate::emit::rust::module::{Module, ModuleFile};
use crate::emit::rust::ty::scalar_name;
use crate::emit::text::json::{one_line, quoted};
use crate::emit::{EmitCx, File};
use crate::model::api::{Scalar, Ty, TypeId};
use crate::plan::names::LITERALS;

/// The code that is the same in all crates.
const CHECK: &str = include_str!("../../../../templates/tests/examples.rs");

/// The examples of a type: the location of each, and its JSON.
type Examples<'a> = BTreeMap<&'a str, &'a str>;

/// Returns the table and the files with the examples.
pub fn files(cx: &EmitCx) -> Vec<File> {
    if cx.api.examples.is_empty() {
        return Vec::new();
    }
    let modules = by_module(cx);
    let data = modules.iter().map(|(module, types)| File {
        path: format!("tests/examples/{module}.json"),
        text: data(cx, types).into(),
    });
    let table = File {
        path: "tests/examples.rs".into(),
        text: table(cx, &modules).into(),
    };
    let check = File {
        path: "tests/examples/check.rs".into(),
        text: CHECK.into(),
    };
    [table, check].into_iter().chain(data).collect()
}

/// Returns the examples by the part of their types, and by type. The same value twice is one example.
fn by_module<'a>(cx: &EmitCx<'a>) -> BTreeMap<&'a str, BTreeMap<String, Examples<'a>>> {
    let mut checked = BTreeSet::new();
    let mut modules: BTreeMap<&str, BTreeMap<String, Examples>> = BTreeMap::new();
    let mut sorted: Vec<_> = cx.api.examples.iter().collect();
    sorted.sort_by_key(|example| &example.at);
    for example in sorted {
        let name = path(cx, &example.ty, "").text().to_owned();
        if checked.insert((name.clone(), example.json.as_str())) {
            let types = modules.entry(module(cx, &example.ty)).or_default();
            let examples = types.entry(name).or_default();
            examples.insert(example.at.as_str(), &example.json);
        }
    }
    modules
}

/// Returns the part with a type. Types without a definition count as those of the main file.
fn module<'a>(cx: &EmitCx<'a>, ty: &Ty) -> &'a str {
    match ty {
        Ty::Scalar(_) | Ty::Any(_) => "types",
        Ty::List(inner) | Ty::Map(inner) | Ty::Nullable(inner) => module(cx, inner),
        Ty::Tuple(items) => items.first().map_or("types", |item| module(cx, item)),
        Ty::Named(id) => match cx.outline.ty(*id).part {
            Some(part) => cx.names.part(part).plain(),
            None => "types",
        },
    }
}

/// Returns a type with the path to it, which begins with `root`.
fn path(cx: &EmitCx, ty: &Ty, root: &'static str) -> RustCode {
    match ty {
        Ty::Scalar(scalar @ (Scalar::QuotedI64 | Scalar::QuotedU64)) => {
            code!(root, scalar_name(*scalar))
        }
        Ty::Scalar(scalar) => code!(scalar_name(*scalar)),
        Ty::Any(_) => code!("Value"),
        Ty::List(item) => code!("Vec<", path(cx, item, root), ">"),
        Ty::Map(value) => code!("BTreeMap<String, ", path(cx, value, root), ">"),
        Ty::Tuple(items) => {
            let mut tuple = code!("(");
            for (index, item) in items.iter().enumerate() {
                let blank = (index > 0).then_some(" ");
                tuple = code!(tuple, blank, path(cx, item, root), ",");
            }
            code!(tuple, ")")
        }
        Ty::Nullable(inner) => code!("Option<", path(cx, inner, root), ">"),
        Ty::Named(id) => named(cx, *id, root),
    }
}

fn named(cx: &EmitCx, id: TypeId, root: &'static str) -> RustCode {
    let name = &cx.names.ty(id).name;
    match cx.outline.ty(id).is_unnamed {
        true => {
            let literals = code!(root, "types::", LITERALS, "::", name);
            code!(root, "Constant<", literals, ">")
        }
        false => code!(root, "types::", name),
    }
}

/// Returns a line per example.
fn data(cx: &EmitCx, types: &BTreeMap<String, Examples>) -> String {
    let marker = cx.marker();
    let marker = marker.strip_prefix("@generated ").unwrap_or(&marker);
    let mut text = format!("{{\n  \"@generated\": {}", quoted(marker));
    for (name, examples) in types {
        let _ = write!(text, ",\n  {}: {{", quoted(name));
        for (index, (at, json)) in examples.iter().enumerate() {
            let comma = if index == 0 { "" } else { "," };
            let _ = write!(text, "{comma}\n    {}: {}", quoted(at), one_line(json));
        }
        text.push_str("\n  }");
    }
    text.push_str("\n}\n");
    text
}

/// Returns a row per type.
fn table(cx: &EmitCx, modules: &BTreeMap<&str, BTreeMap<String, Examples>>) -> String {
    let docs = "Examples of the document decode, and encode to the same JSON.";
    let mut module = Module::new(cx, ModuleFile::Elsewhere, vec![docs.to_owned()]);
    let mut attributes = Item::default();
    if !cx.outline.features().resources().is_empty() {
        attributes.line(code!("#![cfg(feature = ", string(feature_gate::ALL), ")]"));
    }
    attributes.line("#![allow(deprecated, reason = \"examples use deprecated types, too\")]");
    module.item(attributes);
    let mut files = Item::default();
    files.line("#[path = \"examples/check.rs\"]");
    files.line("mod check;");
    files.line("#[path = \"common/json.rs\"]");
    files.line("mod json;");
    files.line("#[path = \"common/stack.rs\"]");
    files.line("mod stack;");
    module.item(files);
    module.item(imports(cx, modules.values().flat_map(BTreeMap::keys)));
    let mut types: BTreeMap<String, RustCode> = BTreeMap::new();
    for example in &cx.api.examples {
        let name = path(cx, &example.ty, "").text().to_owned();
        types
            .entry(name)
            .or_insert_with(|| path(cx, &example.ty, "client::"));
    }
    let mut test = Item::default();
    test.line("#[test]");
    test.block("fn examples_round_trip()", |item| {
        item.line("let mut wrong = Vec::new();");
        for (module, examples) in modules {
            item.nest("check(", ");", |item| {
                let file = string(&format!("examples/{module}.json"));
                item.line(code!("include_str!(", file, "),"));
                item.nest("&[", "],", |item| {
                    for name in examples.keys() {
                        let path = types.get(name);
                        item.line(code!("(", string(name), ", round_trip::<", path, ">),"));
                    }
                });
                item.line("&mut wrong,");
            });
        }
        item.line("assert!(wrong.is_empty(), \"{}\", wrong.join(\"\\n\"));");
    });
    module.item(test);
    module.finish()
}

/// Returns the imports of a table of types with these names.
fn imports<'a>(cx: &EmitCx, names: impl Iterator<Item = &'a String>) -> Item {
    let words = names.flat_map(|name| name.split(['<', '>', '(', ')', ',', ' ']));
    let words: BTreeSet<&str> = words.collect();
    let mut item = Item::default();
    if words.contains("BTreeMap") {
        item.line("use std::collections::BTreeMap;");
        item.gap();
    }
    item.line("use check::{check, round_trip};");
    if words
        .iter()
        .any(|word| *word == "Quoted" || word.contains("::"))
    {
        item.line(code!("use ", &cx.names.library, " as client;"));
    }
    if words.contains("Value") {
        item.line("use serde_json::Value;");
    }
    item
}
