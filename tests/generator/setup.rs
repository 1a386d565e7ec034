//! The shared code of the tests: fixtures, and runs of the generator.
//!
//! In: paths of fixtures. Out: sources, outputs and texts. Not here: tests.

use std::fs;
use std::path::{Path, PathBuf};

use generator::render::{self, Style};
use generator::report::Diagnostics;
use generator::select::Selection;
use generator::{File, Options, Output, Source, generate};

/// The root of the workspace.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("tests/ is in the workspace")
        .to_path_buf()
}

/// The printed form of a report, without colors.
pub fn rendered(diagnostics: &Diagnostics, source: &Source) -> String {
    render::text(diagnostics, source, Style::Plain)
}

/// The files of `output` that are not copies of the runtime.
pub fn own_files(output: &Output) -> impl Iterator<Item = (&str, &str)> {
    output
        .files
        .iter()
        .filter(|file| !file.path.starts_with("src/runtime/"))
        .filter(|file| !file.path.ends_with("/check.rs") && file.path != "tests/common/json.rs")
        .map(|file| (file.path.as_str(), &*file.text))
}

/// The text of a file.
pub fn file<'a>(output: &'a Output, path: &str) -> &'a str {
    let found = output.files.iter().find(|file| file.path == path);
    &found.unwrap_or_else(|| panic!("no {path}")).text
}

/// The files of a document in memory.
pub fn files(source: &Source) -> Vec<File> {
    let output = generate(source, &Options::default());
    output
        .unwrap_or_else(|failure| panic!("{}", rendered(&failure.diagnostics, source)))
        .files
}

/// Lines such as `# --include tag:files` in a fixture.
pub fn selection(path: &Path) -> Selection {
    let text = fs::read_to_string(path).expect("a fixture is text");
    let given = |option: &str| {
        let lines = text.lines().filter_map(|line| line.strip_prefix(option));
        lines
            .map(|selector| selector.parse().expect("a selector"))
            .collect()
    };
    Selection {
        include: given("# --include "),
        exclude: given("# --exclude "),
    }
}

/// The YAML and JSON files of a folder.
pub fn texts_in(folder: &Path) -> Vec<PathBuf> {
    let entries =
        fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let paths = entries.map(|entry| entry.expect("readable").path());
    paths
        .filter(|path| {
            is_yaml(path)
                || path
                    .extension()
                    .is_some_and(|extension| extension == "json")
        })
        .collect()
}

pub fn is_yaml(path: &Path) -> bool {
    path.extension()
        .is_some_and(|extension| extension == "yaml")
}

pub fn is_overlay(path: &Path) -> bool {
    path.to_string_lossy().ends_with(".overlay.yaml")
}

pub fn stem(path: &Path) -> String {
    path.file_stem()
        .expect("a file")
        .to_string_lossy()
        .into_owned()
}

/// Adds all files below `files` of a folder, by their paths in the folder.
pub fn with_files(mut source: Source, folder: &Path) -> Source {
    let mut folders = vec![folder.join("files")];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).expect("a folder of files") {
            let path = entry.expect("readable").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let inside = path.strip_prefix(folder).expect("it is below the folder");
            let keys: Vec<_> = inside.iter().map(|key| key.to_string_lossy()).collect();
            let text = fs::read_to_string(&path).expect("a file of a fixture is text");
            source = source.file(keys.join("/"), text);
        }
    }
    source
}
