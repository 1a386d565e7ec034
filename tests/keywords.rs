//! Checks that no keyword of the specifications is ignored silently.
//!
//! In: `keywords/*.yaml`, the objects of OpenAPI 3.0 to 3.2 and of JSON Schema with all of their keywords. Out: an error for
//! each keyword that neither changes the output nor gives a diagnostic, unless the table has a reason why it has no meaning for
//! a client. Not here: the output (see `generator/`).
//!
//! Each case is a document with and without a keyword. A reason that no longer holds is an error, too, so that the table stays
//! correct.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::Path;
use std::rc::Rc;
use std::thread;

use generator::{Options, Source, generate};
use serde::Deserialize;
use serde_json::{Map, Value, json};

/// The versions of the specification with which each case is tested.
const VERSIONS: [&str; 3] = ["3.0.4", "3.1.1", "3.2.0"];

/// One file: locations in documents, and the objects at these locations.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    places: BTreeMap<String, Place>,
    objects: Vec<Object>,
}

/// The location of an object.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Place {
    /// A JSON pointer into the document.
    at: String,
    document: Value,
    /// The diagnostic for everything at this location, if it is not generated.
    #[serde(default)]
    left_out: Option<String>,
}

/// An object, and its keywords.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Object {
    places: Vec<String>,
    /// The keywords that all cases have.
    #[serde(default)]
    object: Map<String, Value>,
    /// The cases: keywords with their siblings.
    cases: Vec<Case>,
    /// As in [`Place`].
    #[serde(default)]
    left_out: Option<String>,
}

#[derive(Deserialize)]
struct Case {
    /// The siblings that give the keyword a meaning.
    #[serde(default)]
    beside: Map<String, Value>,
    /// The reason why the keyword has no meaning for a client.
    #[serde(default)]
    silent: Option<String>,
    /// The locations at which it has no meaning. All, if none is listed.
    #[serde(default)]
    silent_in: Vec<String>,
    #[serde(flatten)]
    keyword: Map<String, Value>,
}

impl Case {
    fn silent(&self, place: &str) -> bool {
        let here = self.silent_in.is_empty() || self.silent_in.iter().any(|name| name == place);
        self.silent.is_some() && here
    }
}

/// The result of a document.
#[derive(PartialEq)]
struct Outcome {
    files: Vec<(String, String)>,
    /// Code, location and text of each diagnostic.
    findings: Vec<(&'static str, String, String)>,
}

#[test]
fn no_keyword_is_ignored_in_silence() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("keywords");
    let tables: Vec<Table> = ["document", "operations", "schemas"]
        .map(|name| folder.join(name).with_extension("yaml"))
        .map(|path| read(&fs::read_to_string(path).expect("a table is text")).expect("a table"))
        .into();
    // Each version accepts the keywords of all versions.
    let wrong: Vec<String> = thread::scope(|scope| {
        let tables = &tables;
        let runs = VERSIONS.map(|version| scope.spawn(move || wrong(version, tables)));
        let found = runs.map(|run| run.join().expect("no panic"));
        found.into_iter().flatten().collect()
    });
    assert!(
        wrong.is_empty(),
        "{} cases:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// The faults of the cases of all tables.
fn wrong(version: &str, tables: &[Table]) -> Vec<String> {
    let mut wrong = Vec::new();
    for table in tables {
        for object in &table.objects {
            for name in &object.places {
                let place = table.places.get(name);
                let place = place.unwrap_or_else(|| panic!("there is no place {name}"));
                // Many cases start from the same document.
                let mut known = HashMap::new();
                for case in &object.cases {
                    let mut outcome = |said| {
                        let document = document(version, place, said);
                        let text = document.to_string();
                        Rc::clone(
                            known
                                .entry(text)
                                .or_insert_with_key(|text| Rc::new(generated(text))),
                        )
                    };
                    let found = check((name, place), object, case, &mut outcome);
                    wrong.extend(found.map(|found| format!("{name}, {version}: {found}")));
                }
            }
        }
    }
    wrong
}

/// Parses a table, in which `<<` merges the common part of several objects.
fn read(text: &str) -> Result<Table, serde_yaml::Error> {
    let mut value: serde_yaml::Value = serde_yaml::from_str(text)?;
    value.apply_merge()?;
    serde_yaml::from_value(value)
}

/// The fault of a case.
fn check(
    (name, place): (&str, &Place),
    object: &Object,
    case: &Case,
    outcome: &mut dyn FnMut(Map<String, Value>) -> Rc<Outcome>,
) -> Option<String> {
    let mut said = object.object.clone();
    said.extend(case.beside.clone());
    let without = outcome(said.clone());
    said.extend(case.keyword.clone());
    let keyword = Value::Object(case.keyword.clone());
    if let Some(code) = object.left_out.as_ref().or(place.left_out.as_ref()) {
        let is_said =
            |(found, at, _): &(&str, String, String)| found == code && is_around(at, &place.at);
        let text = || {
            format!(
                "{keyword} is not under a `{code}`, but {:?}",
                without.findings
            )
        };
        return (!without.findings.iter().any(is_said)).then(text);
    }
    let text = match (*outcome(said) == *without, case.silent(name)) {
        (true, false) => "is ignored in silence",
        (false, true) => "is not ignored in silence",
        (true, true) | (false, false) => return None,
    };
    Some(format!(
        "{keyword} in {} {text}",
        Value::Object(object.object.clone())
    ))
}

/// Returns true if `outer` equals `inner` or is the location of an object around it.
fn is_around(outer: &str, inner: &str) -> bool {
    let rest = inner.strip_prefix(outer.trim_start_matches('#'));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// A complete document with the object at its location.
fn document(version: &str, place: &Place, object: Map<String, Value>) -> Value {
    let mut document =
        json!({ "openapi": version, "info": { "title": "T", "version": "1" }, "paths": {} });
    let (Value::Object(all), Value::Object(own)) = (&mut document, &place.document) else {
        panic!("a document is an object");
    };
    all.extend(own.clone());
    let here = place
        .at
        .split('/')
        .skip(1)
        .fold(&mut document, |value, key| {
            let key = key.replace("~1", "/").replace("~0", "~");
            match value {
                Value::Array(list) => {
                    let index: usize = key.parse().expect("an index");
                    if index == list.len() {
                        list.push(json!({}));
                    }
                    &mut list[index]
                }
                value => value
                    .as_object_mut()
                    .expect("an object")
                    .entry(key)
                    .or_insert_with(|| json!({})),
            }
        });
    let here = here
        .as_object_mut()
        .unwrap_or_else(|| panic!("there is no object at {}", place.at));
    here.extend(object);
    document
}

fn generated(document: &str) -> Outcome {
    let source = Source::from_text("api.json", document);
    let (files, report) = match generate(&source, &Options::default()) {
        Ok(output) => (output.files, output.diagnostics),
        Err(failure) => (Vec::new(), failure.diagnostics),
    };
    Outcome {
        files: files
            .into_iter()
            .map(|file| (file.path, file.text.into_owned()))
            .collect(),
        findings: report
            .iter()
            .map(|found| (found.code.id(), found.at.to_string(), found.text.clone()))
            .collect(),
    }
}
