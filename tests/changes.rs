//! Tests of what is said about the changes between two documents.
//!
//! In: `fixtures/changes/*.yaml`, each with an old document and a new one. Out: `snapshots/`. Not here: the command line (see `cli.rs`).

use std::collections::BTreeSet;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::{env, fs};

use generator::diff::{Diff, Kind, Step};
use generator::render::changes::{self, Document};
use generator::render::{self, Style};
use generator::{File, Options, Output, Source, compare, compare_update, generate, write};
use tests::divided;
use tests::surface::surface;

fn source(name: &str, text: &str) -> Source {
    Source::from_text(name, text)
}

fn generated(source: &Source) -> Output {
    let options = Options {
        no_tests: true,
        places: true,
        ..Options::default()
    };
    generate(source, &options).unwrap_or_else(|failure| {
        panic!(
            "{}",
            render::text(&failure.diagnostics, source, Style::Plain)
        )
    })
}

/// The two documents of a fixture.
fn pair(text: &str) -> (Source, Source) {
    let (old, new) = text.split_once("\n---\n").expect("two documents");
    (source("old.yaml", old), source("new.yaml", new))
}

/// The changes of a fixture, and the two texts about them.
fn compared(text: &str) -> (Diff, String, String) {
    let (old, new) = pair(text);
    let outputs = (generated(&old), generated(&new));
    let diff = compare(&outputs.0, &outputs.1).expect("emitted files are Rust");
    let document = |source, diagnostics| Document {
        source,
        diagnostics,
    };
    let old = document(&old, &outputs.0.diagnostics);
    let new = document(&new, &outputs.1.diagnostics);
    let text = changes::text(&diff, old, new, Style::Plain);
    let json = changes::json(&diff, old, new);
    let text = format!("{text}{}\n", changes::summary(&diff));
    (diff, text, json)
}

fn fixture(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/changes");
    fs::read_to_string(folder.join(name)).expect("a fixture")
}

#[test]
fn fixtures() {
    insta::with_settings!({ snapshot_path => "snapshots", prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::glob!("fixtures/changes", "*.yaml", |path| {
            let text = fs::read_to_string(path).expect("a fixture is text");
            assert!(text.starts_with("# "), "the first line says what must hold");
            assert!(text.lines().count() <= 40, "a fixture is small");
            let first = text.lines().next().expect("a line");
            insta::assert_snapshot!("changes", format!("{first}\n\n{}", compared(&text).1));
        });
    });
}

/// The paths that a caller can name, found in the lines of the files and not in their syntax. Arguments have other tests.
fn paths(output: &Output) -> BTreeSet<String> {
    let files = output.files.iter();
    let files = files.map(|file| (file.path.as_str(), &*file.text));
    let paths = surface(files).paths.into_iter();
    paths
        .map(|path| path.split('(').next().unwrap_or_default().to_owned())
        .collect()
}

#[track_caller]
fn assert_that_lost_paths_break(name: &str, old: &Output, new: &Output) -> Diff {
    let diff = compare(old, new).expect("emitted files are Rust");
    let (before, after) = (paths(old), paths(new));
    let lost: Vec<&String> = before.difference(&after).collect();
    assert!(
        lost.is_empty() || diff.step() == Step::Major,
        "{name}: {} is called {}, but these are gone: {lost:?}",
        changes::summary(&diff),
        diff.step().as_str(),
    );
    diff
}

#[test]
fn lost_paths_break() {
    insta::glob!("fixtures/changes", "*.yaml", |path| {
        let text = fs::read_to_string(path).expect("a fixture is text");
        let (old, new) = pair(&text);
        let name = path.display().to_string();
        assert_that_lost_paths_break(&name, &generated(&old), &generated(&new));
    });
}

/// `OPENAPI_VERSIONS=DIR`: a folder with a folder for each API, with its documents in the order of their names.
#[test]
fn lost_paths_break_in_real_versions() {
    let Some(folder) = env::var_os("OPENAPI_VERSIONS").map(PathBuf::from) else {
        return;
    };
    let sorted = |folder: &Path| {
        let entries = fs::read_dir(folder).expect("a folder");
        let mut paths: Vec<PathBuf> = entries.map(|it| it.expect("readable").path()).collect();
        paths.sort();
        paths
    };
    for api in sorted(&folder) {
        let read = |path: &PathBuf| generated(&Source::open(path, &[]).expect("a document"));
        let outputs: Vec<Output> = sorted(&api).iter().map(read).collect();
        for (at, pair) in outputs.windows(2).enumerate() {
            let name = format!("{} {at}", api.display());
            let diff = assert_that_lost_paths_break(&name, &pair[0], &pair[1]);
            let line = format!("{name}: {}\n", changes::summary(&diff));
            io::stderr().write_all(line.as_bytes()).expect("a terminal");
        }
    }
}

/// A document has no changes from itself, whatever is in it.
#[test]
fn nothing_changes_without_a_change() {
    insta::glob!("fixtures", "*.yaml", |path| {
        let text = fs::read_to_string(path).expect("a fixture is text");
        let output = generate(&source("a.yaml", &text), &Options::default());
        let Ok(output) = output else { return };
        let diff = compare(&output, &output).expect("emitted files are Rust");
        assert_eq!(diff.changes, [], "{}", path.display());
    });
}

/// A resource with a feature of its own has its accessor in its own file.
#[test]
fn a_removed_resource_is_named_by_its_path() {
    let old = divided::document();
    let is_kept = |line: &&str| !line.contains("/repos/issues/");
    let new: Vec<&str> = old.lines().filter(is_kept).collect();
    let [old, new] = [&old, &new.join("\n")].map(|text| generated(&source("divided.yaml", text)));
    let diff = compare(&old, &new).expect("emitted files are Rust");
    let mut paths = diff.changes.iter().map(|change| change.path.as_str());
    assert!(
        paths
            .clone()
            .any(|path| path == "repos::issues::bs::Bs::retrieve"),
        "{diff:?}"
    );
    assert_eq!(paths.find(|path| path.contains("super")), None);
}

#[test]
fn json_has_a_pointer_a_line_and_a_path() {
    let (_, _, json) = compared(&fixture("field_required.yaml"));
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json["step"], "major");
    assert_eq!(json["versions"]["next"], "2.0.0");
    let changes = json["changes"].as_array().expect("a list");
    assert_eq!(json["breaking"], changes.len());
    let change = |path: &str| {
        let mut found = changes.iter().filter(|change| change["path"] == path);
        found.next().expect("a change")
    };
    let field = change("types::Pet.kind");
    assert_eq!(field["kind"], "breaking");
    assert_eq!(field["aspect"], "type");
    let at = "#/components/schemas/Pet/properties/kind";
    assert_eq!(field["old"]["pointer"], at);
    assert_eq!(field["new"]["pointer"], at);
    assert_eq!(field["old"]["file"], "old.yaml");
    assert_eq!(field["old"]["line"], 18);
    let argument = change("types::Pet::new(kind)");
    assert_eq!(argument["old"], serde_json::Value::Null);
    assert_eq!(argument["new"]["pointer"], at);
}

/// What a run does that replaces the files of a crate.
fn update(old: &[File], new: &[File]) -> write::Changes {
    let is_in = |files: &[File], path: &str| files.iter().any(|file| file.path == path);
    let written = new.iter().filter(|file| !old.contains(file));
    let earlier = old.iter().filter(|file| !new.contains(file));
    let earlier: Vec<File> = earlier.cloned().collect();
    let deleted = earlier.iter().filter(|file| !is_in(new, &file.path));
    write::Changes {
        written: written.map(|file| file.path.clone()).collect(),
        deleted: deleted.map(|file| file.path.clone()).collect(),
        earlier,
    }
}

/// What a run says about a crate that it replaces is what the comparison of the documents says, although unchanged files are not read.
#[test]
fn an_update_breaks_what_the_documents_break() {
    insta::glob!("fixtures/changes", "*.yaml", |path| {
        let text = fs::read_to_string(path).expect("a fixture is text");
        let (old, new) = pair(&text);
        let (old, new) = (generated(&old), generated(&new));
        let update = compare_update(&new.files, &update(&old.files, &new.files));
        let update = update.expect("emitted files are Rust");
        let whole = compare(&old, &new).expect("emitted files are Rust");
        assert_eq!(update.step(), whole.step(), "{}", path.display());
        // Without the documents, nothing says which type has another name.
        let is_known = |diff: &Diff| {
            diff.changes
                .iter()
                .all(|it| !it.path.starts_with("types::") || it.aspect.as_str() != "renamed")
        };
        if is_known(&whole) {
            assert_eq!(update.changes, whole.changes, "{}", path.display());
        }
    });
}

#[test]
fn kinds_come_in_the_order_of_their_importance() {
    let (diff, ..) = compared(&fixture("enum_values.yaml"));
    let kinds: Vec<Kind> = diff.changes.iter().map(|change| change.kind).collect();
    assert_eq!(kinds, [Kind::Breaking, Kind::Additive]);
}
