//! Names are stable: `OPENAPI_CORPUS=DIR cargo test --release -p tests --test names -- --include-ignored`.
//!
//! In: ten real documents of the folder, the large ones only with the last flag. Out: on failure, the public paths that a change
//! took away, and those that are something else now. Not here: whether names are good.
//!
//! Each document is changed in ways that take nothing from a caller: operations, properties, schemas and users of enums are added,
//! keys have another order. All paths that were there before must be there after it. So must those of a part of the API, generated with
//! `--include`, be in the whole.

mod additions;

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io, thread};

use generator::diff::{Change, Kind};
use generator::select::Selection;
use generator::{Options, Output, Source, generate, render};
use serde_json::Value;
use tests::corpus::documents;
use tests::surface;

/// Documents of one file each.
const DOCUMENTS: &[&str] = &[
    "discord.json",
    "figma.yaml",
    "mistral.yaml",
    "oxide.json",
    "qdrant.json",
];
const LARGE_DOCUMENTS: &[&str] = &[
    "box.json",
    "github.json",
    "kittycad.json",
    "svix.json",
    "twilio-api-v2010.json",
];

fn generated(document: &Value, selection: Selection) -> Output {
    let source = Source::from_text("document.json", document.to_string());
    let options = Options {
        no_tests: true,
        selection,
        ..Options::default()
    };
    generate(&source, &options).unwrap_or_else(|failure| {
        let errors = render::text(&failure.diagnostics, &source, render::Style::Plain);
        let errors = errors.lines().filter(|line| line.starts_with("error"));
        panic!("{}", errors.collect::<Vec<_>>().join("\n"))
    })
}

fn paths(output: &Output) -> BTreeSet<String> {
    let files = output
        .files
        .iter()
        .map(|file| (file.path.as_str(), &*file.text));
    surface::surface(files).paths
}

fn read(path: &Path) -> Value {
    let text = fs::read_to_string(path).expect("a document");
    serde_json::from_str(&text).unwrap_or_else(|_| serde_yaml::from_str(&text).expect("YAML"))
}

/// The public paths that a change took away, and the types that it changed, as sentences.
fn lost(name: &str, document: &Value) -> Vec<String> {
    let before = generated(document, Selection::default());
    let whole = paths(&before);
    assert!(whole.len() > 100, "{name} has {} paths", whole.len());
    let mut lost = Vec::new();
    let gone = |change: &str, before: &BTreeSet<String>, after: &BTreeSet<String>| -> Vec<String> {
        let gone = before.difference(after);
        gone.map(|path| format!("{name}: {change}: {path} is gone"))
            .collect()
    };
    for change in additions::CHANGES {
        let changed = (change.apply)(document.clone());
        assert_ne!(
            changed.to_string(),
            document.to_string(),
            "{name}: {} changes nothing",
            change.name
        );
        let after = generated(&changed, Selection::default());
        lost.extend(gone(change.name, &whole, &paths(&after)));
        if change.keeps_types {
            let diff = generator::compare(&before, &after).expect("emitted files are Rust");
            let breaking = diff.changes.iter().filter(|it| it.kind == Kind::Breaking);
            let text = |it: &Change| format!("{name}: {}: {} {}", change.name, it.path, it.text);
            lost.extend(breaking.map(text));
        }
    }
    for tag in additions::tags(document) {
        let selection = Selection {
            include: vec![format!("tag:{tag}").parse().expect("a selector")],
            exclude: Vec::new(),
        };
        let part = paths(&generated(document, selection));
        lost.extend(gone(&format!("--include tag:{tag}"), &part, &whole));
    }
    lost
}

#[test]
fn additions_rename_nothing() {
    assert_nothing_is_lost(DOCUMENTS);
}

#[test]
#[ignore = "takes minutes"]
fn additions_rename_nothing_in_large_documents() {
    assert_nothing_is_lost(LARGE_DOCUMENTS);
}

fn assert_nothing_is_lost(names: &[&str]) {
    let Some(folder) = env::var_os("OPENAPI_CORPUS").map(PathBuf::from) else {
        let _ = io::stderr().write_all(
            b"skipped: OPENAPI_CORPUS names no folder, so no real document is changed\n",
        );
        return;
    };
    let all = documents(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let chosen = all
        .into_iter()
        .filter(|document| names.contains(&document.name.as_str()));
    let chosen: Vec<_> = chosen.collect();
    assert_eq!(
        chosen.len(),
        names.len(),
        "{} lacks documents",
        folder.display()
    );
    let lost: Vec<String> = thread::scope(|scope| {
        let halves = chosen.chunks(chosen.len().div_ceil(2));
        let work = |half: &[tests::corpus::Document]| -> Vec<String> {
            half.iter()
                .flat_map(|document| lost(&document.name, &read(&document.path)))
                .collect()
        };
        let threads: Vec<_> = halves.map(|half| scope.spawn(move || work(half))).collect();
        threads
            .into_iter()
            .flat_map(|thread| thread.join().expect("no panic"))
            .collect()
    });
    assert!(
        lost.is_empty(),
        "{} paths changed:\n{}",
        lost.len(),
        lost.join("\n")
    );
}
