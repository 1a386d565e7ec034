//! Tests of the fixtures against their snapshots.
//!
//! In: `fixtures/*.yaml`, one construct each, and `fixtures/codes/`, one diagnostic each. Out: `snapshots/`.
//! Not here: the home crate, which is committed in `generated/` (see `home.rs`).

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use generator::report::Code;
use generator::{Options, Output, Source, generate};

use crate::setup::*;

/// One snapshot per fixture: the diagnostics, then the files that the fixture is about.
#[test]
fn fixtures() {
    settings().bind(|| {
        insta::glob!("../fixtures", "*.yaml", |path| {
            let text = fs::read_to_string(path).expect("a fixture is text");
            assert!(
                text.starts_with("# "),
                "the first line of a fixture says what must hold"
            );
            let lines = text.lines().filter(|line| !line.starts_with("# --"));
            assert!(lines.count() <= 40, "a fixture is small");
            insta::assert_snapshot!(snapshot(path, &text));
        });
    });
}

/// The diagnostics of a fixture, and the files that it is about.
fn snapshot(path: &Path, text: &str) -> String {
    let name = path.file_name().expect("a file").to_string_lossy();
    let folder = path.parent().expect("a fixture is in a folder");
    let source = with_files(Source::from_text(name, text), folder);
    let options = Options {
        selection: selection(path),
        ..Options::default()
    };
    match generate(&source, &options) {
        Ok(output) => {
            let shown = shown(&output, text);
            let files = shown.map(|(path, text)| format!("\n==> {path}\n{text}"));
            rendered(&output.diagnostics, &source) + &files.collect::<String>()
        }
        Err(failure) => rendered(&failure.diagnostics, &source),
    }
}

/// The files that a snapshot shows: those in a line such as `# --show Cargo.toml docs/` of the fixture, else its types and
/// operations.
fn shown<'a>(output: &'a Output, fixture: &str) -> impl Iterator<Item = (&'a str, &'a str)> {
    let named: Vec<&str> = fixture
        .lines()
        .filter_map(|line| line.strip_prefix("# --show "))
        .flat_map(str::split_whitespace)
        .collect();
    for name in &named {
        let is_file = own_files(output).any(|(path, _)| path.starts_with(name));
        assert!(is_file, "`--show {name}` names no file");
    }
    own_files(output).filter(move |(path, _)| match named.as_slice() {
        [] => is_types_or_operations(path),
        named => named.iter().any(|name| path.starts_with(name)),
    })
}

fn is_types_or_operations(path: &str) -> bool {
    let others = ["src/cli", "src/lib.rs", "src/main.rs", "src/service.rs"];
    path.starts_with("src/") && !others.iter().any(|other| path.starts_with(other))
}

/// Every diagnostic code has a fixture of the same name that raises it. The snapshot is the text that the user sees.
#[test]
fn codes() {
    let folder = root().join("tests/fixtures/codes");
    let mut fixtures: Vec<PathBuf> = texts_in(&folder)
        .into_iter()
        .filter(|path| !is_overlay(path))
        .collect();
    fixtures.sort();
    let named: BTreeSet<String> = fixtures.iter().map(|path| stem(path)).collect();
    let ids: BTreeSet<String> = Code::ALL.iter().map(|code| code.id().to_owned()).collect();
    let odd: Vec<_> = named.symmetric_difference(&ids).collect();
    assert!(
        odd.is_empty(),
        "a code without a fixture, or a fixture without a code: {odd:?}"
    );
    let mut silent = String::new();
    settings().bind(|| {
        for path in fixtures {
            let source = code_source(&path);
            let options = Options {
                selection: selection(&path),
                ..Options::default()
            };
            let diagnostics = match generate(&source, &options) {
                Ok(output) => output.diagnostics,
                Err(failure) => failure.diagnostics,
            };
            let (id, text) = (stem(&path), rendered(&diagnostics, &source));
            if !diagnostics
                .iter()
                .any(|diagnostic| diagnostic.code.id() == id)
            {
                silent += &format!("==> {id} is not raised:\n{text}");
            }
            insta::with_settings!({ snapshot_suffix => id }, {
                insta::assert_snapshot!("codes", text);
            });
        }
    });
    assert!(silent.is_empty(), "{silent}");
}

/// The fixture of a code, with its overlay and the files that it may name.
fn code_source(path: &Path) -> Source {
    let name = |path: &Path| {
        path.file_name()
            .expect("a file")
            .to_string_lossy()
            .into_owned()
    };
    let read = |path: &Path| fs::read_to_string(path).expect("a fixture is text");
    let text = read(path);
    assert!(
        text.starts_with("# ") || !is_yaml(path),
        "the first line of {} says what must hold",
        path.display()
    );
    assert!(text.lines().count() <= 40, "{} is small", path.display());
    let folder = path.parent().expect("a fixture is in a folder");
    let source = with_files(Source::from_text(name(path), text), folder);
    let overlay = path.with_extension("overlay.yaml");
    match overlay.exists() {
        true => source.overlay(name(&overlay), read(&overlay)),
        false => source,
    }
}

/// Snapshots contain only the text.
fn settings() -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_snapshot_path("../snapshots");
    settings
}
