//! Counts what is odd about the names of emitted crates.
//!
//! In: documents. Out: a table, with a line for all documents. Not here: how names are made.

use std::collections::BTreeMap;
use std::fs;

use generator::report::Report;
use generator::{Options, Source, generate, read};
use serde_json::Value;
use tests::corpus::Document;
use tests::surface::{Surface, surface};

use super::code::Code;
use super::{Fault, fault};

/// The counts of a document.
#[derive(Default)]
struct Counts {
    methods: usize,
    /// Methods by name.
    names: BTreeMap<String, usize>,
    resources: usize,
    /// Resources with one operation.
    single: usize,
    lists: usize,
    /// Methods that are called `list` and return none.
    hollow: usize,
    paths: usize,
    /// Names with a number or an underscore at the end that the document does not have.
    odd: usize,
    /// The longest name of a file.
    longest: usize,
    code: Code,
}

/// Prints a table of all documents.
pub fn print(documents: &[Document]) -> Result<(), Fault> {
    println!(
        "{:<24}{:>9}{:>10}{:>11}{:>9}{:>9}{:>9}{:>9}{:>7}{:>9}{:>9}{:>9}{:>9}",
        "document",
        "methods",
        "top five",
        "resources",
        "single",
        "lists",
        "no list",
        "names",
        "odd",
        "longest",
        "made up",
        "nested",
        "long new"
    );
    let mut all = Counts::default();
    for document in documents {
        let counts = counts(document)?;
        row(&document.name, &counts);
        all.add(counts);
    }
    row("all", &all);
    let mut names: Vec<(&String, &usize)> = all.names.iter().collect();
    names.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
    let shown = names
        .iter()
        .take(12)
        .map(|(name, count)| format!("{name} {count}"));
    println!("{}", shown.collect::<Vec<_>>().join(", "));
    Ok(())
}

impl Counts {
    fn add(&mut self, other: Self) {
        self.methods += other.methods;
        for (name, count) in other.names {
            *self.names.entry(name).or_default() += count;
        }
        self.resources += other.resources;
        self.single += other.single;
        self.lists += other.lists;
        self.hollow += other.hollow;
        self.paths += other.paths;
        self.odd += other.odd;
        self.longest = self.longest.max(other.longest);
        self.code.add(other.code);
    }
}

fn row(name: &str, counts: &Counts) {
    let mut most: Vec<usize> = counts.names.values().copied().collect();
    most.sort_unstable();
    let most: usize = most.iter().rev().take(5).sum();
    println!(
        "{name:<24}{:>9}{:>9}%{:>11}{:>9}{:>9}{:>9}{:>9}{:>7}{:>9}{:>9}{:>9}{:>9}",
        counts.methods,
        100 * most / counts.methods.max(1),
        counts.resources,
        counts.single,
        counts.lists,
        counts.hollow,
        counts.paths,
        counts.odd,
        counts.longest,
        counts.code.placeholders,
        counts.code.nested,
        counts.code.long,
    );
}

fn counts(document: &Document) -> Result<Counts, Fault> {
    let mut source = Source::open(&document.path, &[]).map_err(fault(&document.name))?;
    if let Some(root) = &document.root {
        source = source.within(root).map_err(fault(&document.name))?;
    }
    let options = Options {
        no_tests: true,
        ..Options::default()
    };
    let output = generate(&source, &options).map_err(|_| format!("{}: errors", document.name))?;
    let files = || {
        output
            .files
            .iter()
            .map(|file| (file.path.as_str(), &*file.text))
    };
    let Surface { paths, methods } = surface(files());
    let text = fs::read_to_string(&document.path).map_err(fault(&document.name))?;
    let tree = read::run(&source, &mut Report::default());
    let value = tree.map(|tree| tree.value).unwrap_or_default();
    let mut counts = Counts {
        methods: methods.len(),
        paths: paths.len(),
        longest: files()
            .map(|(path, _)| path.rsplit('/').next().unwrap_or_default().len())
            .max()
            .unwrap_or(0),
        ..Counts::default()
    };
    let mut by_resource: BTreeMap<&str, usize> = BTreeMap::new();
    for method in &methods {
        *counts.names.entry(method.name.clone()).or_default() += 1;
        *by_resource.entry(&method.resource).or_default() += 1;
        if method.name == "list" {
            counts.lists += 1;
            counts.hollow += usize::from(returns_list(&value, &method.request) == Some(false));
        }
    }
    counts.resources = by_resource.len();
    counts.single = by_resource.values().filter(|count| **count == 1).count();
    let words = plain(&text);
    counts.odd = paths.iter().filter(|path| is_odd(path, &words)).count();
    for (_, text) in files().filter(|(path, _)| is_own_code(path)) {
        counts.code.add(Code::of(text));
    }
    Ok(counts)
}

/// Returns whether a file is code that depends on the document.
fn is_own_code(path: &str) -> bool {
    let is_runtime = path.starts_with("src/runtime/") || path.starts_with("src/cli");
    path.starts_with("src/") && path.ends_with(".rs") && !is_runtime
}

/// Letters and digits, in lower case.
fn plain(text: &str) -> String {
    let letters = text.chars().filter(char::is_ascii_alphanumeric);
    letters.map(|c| c.to_ascii_lowercase()).collect()
}

/// Returns whether the last word of a path has a number or an underscore at its end, without which the document has it.
fn is_odd(path: &str, document: &str) -> bool {
    let path = path.split('(').next().unwrap_or_default();
    let name = path.rsplit([':', '.']).next().unwrap_or_default();
    let bare = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let capital = bare
        .rfind(|c: char| c.is_ascii_uppercase() || c == '_')
        .unwrap_or(0);
    let word = plain(&name[capital..]);
    name.ends_with('_') || bare.len() < name.len() && !document.contains(&word)
}

/// Returns whether a successful response is a list, or an object with a list among its properties. `None` if it is not described.
fn returns_list(document: &Value, request: &str) -> Option<bool> {
    let (method, path) = request.split_once(' ')?;
    let responses = &document["paths"][path][method.to_ascii_lowercase()]["responses"];
    let mut successes = responses
        .as_object()?
        .iter()
        .filter(|(status, _)| status.starts_with('2'));
    let content = successes.find_map(|(_, response)| target(document, response).get("content"))?;
    let mut schemas = content
        .as_object()?
        .values()
        .filter_map(|media| media.get("schema"));
    Some(schemas.any(|schema| has_list(document, schema, 2)))
}

fn has_list(document: &Value, schema: &Value, depth: usize) -> bool {
    let schema = target(document, schema);
    let parts = ["allOf", "oneOf", "anyOf"]
        .iter()
        .filter_map(|key| schema.get(key)?.as_array());
    let mut parts = parts.flatten();
    let properties = schema.get("properties").and_then(Value::as_object);
    let mut properties = properties.into_iter().flat_map(|map| map.values());
    schema.get("items").is_some()
        || parts.any(|part| has_list(document, part, depth))
        || depth > 0 && properties.any(|property| has_list(document, property, depth - 1))
}

fn target<'a>(document: &'a Value, mut value: &'a Value) -> &'a Value {
    for _ in 0..32 {
        let Some(reference) = value.get("$ref").and_then(Value::as_str) else {
            break;
        };
        let Some(found) = document.pointer(reference.trim_start_matches('#')) else {
            break;
        };
        value = found;
    }
    value
}
