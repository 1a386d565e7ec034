//! Checks that documents with random mistakes make the generator neither panic, nor fail without a message, nor write invalid Rust.
//!
//! In: the fixtures, or the documents of the folder in `OPENAPI_CORPUS`. Out: the failures, with the number of the mutant, which is
//! the same in each run. Not here: the compilation of the output.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::{env, fs};

use generator::report::Level;
use generator::{Options, Source, generate};
use serde_json::{Value, json};
use tests::corpus::documents;

/// The number of mutants of the fixtures.
const MUTANTS: u64 = 400;
/// The number of mutants of a folder's documents.
const MUTANTS_OF_FOLDER: u64 = 2000;
/// The maximum size of a document. Larger ones take too long.
const MAX_BYTES: usize = 400_000;

#[test]
fn mutated_fixtures() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let entries = fs::read_dir(folder).expect("fixtures");
    let paths = entries.map(|entry| entry.expect("readable").path());
    let mut fixtures: Vec<PathBuf> = paths
        .filter(|path| path.extension().is_some_and(|end| end == "yaml"))
        .collect();
    fixtures.sort();
    check(&fixtures, MUTANTS);
}

/// `OPENAPI_CORPUS=DIR cargo test --release -p tests --test mutations -- --ignored`
#[test]
#[ignore = "it takes minutes"]
fn mutated_documents() {
    let folder = env::var_os("OPENAPI_CORPUS").expect("OPENAPI_CORPUS names a folder");
    let documents = documents(Path::new(&folder)).expect("the folder can be read");
    let paths: Vec<PathBuf> = documents
        .into_iter()
        .map(|document| document.path)
        .collect();
    check(&paths, MUTANTS_OF_FOLDER);
}

fn check(paths: &[PathBuf], mutants: u64) {
    let documents: Vec<(&PathBuf, Value)> = paths
        .iter()
        .filter_map(|path| {
            let text = fs::read_to_string(path)
                .ok()
                .filter(|text| text.len() <= MAX_BYTES)?;
            Some((path, serde_yaml::from_str(&text).ok()?))
        })
        .collect();
    assert!(!documents.is_empty(), "there are no documents");
    let (mut wrong, mut written) = (Vec::new(), 0);
    for number in 0..mutants {
        let mut random = Random::new(number);
        let (path, document) = &documents[random.below(documents.len())];
        let mut mutant = document.clone();
        for _ in 0..=random.below(4) {
            mutate(&mut mutant, &mut random);
        }
        match outcome(&mutant) {
            Ok(is_written) => written += u64::from(is_written),
            Err(reason) => wrong.push(format!("mutant {number}, of {}: {reason}", path.display())),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // Otherwise, the mistakes are so large that later stages are not reached.
    assert!(
        written > mutants / 2,
        "only {written} of {mutants} were generated"
    );
}

/// Whether a crate was written, or a description of what is wrong with the crate or the failure.
fn outcome(document: &Value) -> Result<bool, String> {
    let source = Source::from_text("mutant.json", document.to_string());
    let result = catch_unwind(AssertUnwindSafe(|| generate(&source, &Options::default())));
    match result.map_err(|_| "it panics".to_owned())? {
        Err(failure) => {
            let says_why = failure
                .diagnostics
                .iter()
                .any(|found| found.level == Level::Error && !found.text.is_empty());
            says_why
                .then_some(false)
                .ok_or_else(|| "it fails without an error".to_owned())
        }
        Ok(output) => {
            let own = output
                .files
                .iter()
                .filter(|file| !file.path.starts_with("src/runtime/"));
            for file in own.filter(|file| file.path.ends_with(".rs")) {
                syn::parse_file(&file.text)
                    .map_err(|error| format!("{} is no Rust: {error}", file.path))?;
            }
            Ok(true)
        }
    }
}

/// Makes a mistake somewhere.
fn mutate(document: &mut Value, random: &mut Random) {
    let places = places(document);
    let place = &places[random.below(places.len())];
    let other = document
        .pointer(&places[random.below(places.len())])
        .cloned()
        .unwrap_or_default();
    let odd = [
        Value::Null,
        json!(true),
        json!(0),
        json!(-1.5),
        json!(1e300),
        json!(u64::MAX),
        json!(""),
        json!("a/../b {c} \u{202e}"),
        json!([]),
        json!({}),
        json!([null]),
        json!({ "$ref": "#" }),
        json!({ "$ref": place.as_str() }),
        json!({ "$ref": format!("#{place}") }),
        json!({ "type": ["null"], "allOf": [{ "$ref": format!("#{place}") }] }),
    ];
    let (parent, key) = place.rsplit_once('/').unwrap_or_default();
    let key = key.replace("~1", "/").replace("~0", "~");
    let Some(parent) = document.pointer_mut(parent) else {
        return;
    };
    let new = match random.below(4) {
        0 => None,
        1 => Some(other),
        _ => Some(odd[random.below(odd.len())].clone()),
    };
    match (parent, new) {
        (Value::Object(map), None) => drop(map.shift_remove(&key)),
        (Value::Object(map), Some(new)) if random.below(8) == 0 => {
            // Another name, possibly that of another value.
            let keys: Vec<String> = map.keys().cloned().collect();
            let name = format!(
                "{}{}",
                keys[random.below(keys.len())],
                ["", " ", "\u{0}", "-1", "/{x}"][random.below(5)]
            );
            map.insert(name, new);
        }
        (Value::Object(map), Some(new)) => drop(map.insert(key, new)),
        (Value::Array(list), new) => {
            let index = key.parse().unwrap_or(0).min(list.len().saturating_sub(1));
            match new {
                None => drop(list.remove(index)),
                Some(new) => list[index] = new,
            }
        }
        (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_), _) => {}
    }
}

/// The pointers of all values but the root.
fn places(document: &Value) -> Vec<String> {
    fn walk(value: &Value, at: &str, found: &mut Vec<String>) {
        let mut child = |key: &str, value: &Value| {
            let at = format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"));
            walk(value, &at, found);
            found.push(at);
        };
        match value {
            Value::Object(map) => map.iter().for_each(|(key, value)| child(key, value)),
            Value::Array(list) => list
                .iter()
                .enumerate()
                .for_each(|(index, value)| child(&index.to_string(), value)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    let mut found = Vec::new();
    walk(document, "", &mut found);
    found
}

/// SplitMix64 (Steele, Lea and Flood, 2014): the same numbers from the same seed.
struct Random(u64);

impl Random {
    fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        usize::try_from(mixed % bound as u64).unwrap_or_default()
    }
}
