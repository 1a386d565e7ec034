//! Checks that emitted Rust looks like the output of `prettyplease`, although it prints only rare code.
//!
//! In: `fixtures/*.yaml` and the home document. Out: nothing. Not here: the content of the code (see `generator/`), whether it
//! compiles (see `compile/`).

use std::fs;
use std::path::Path;

use generator::{Options, Source, generate};

/// Code with a different layout: imports fill lines, the tables of the runtime have a row on each line, and types in calls of
/// macros look as they do elsewhere.
const OUR_OWN: &[&str] = &[
    "use ",
    "by_status!(",
    "errors!(",
    "call!(",
    "paged_call!(",
    "constant_union!(",
    "constants!(",
    "integer_enum!(",
    "heap_object!(",
    "object!(",
    "conversions!(",
    "string_enum!(",
    "tagged_union!(",
    "union!(",
    "// @generated",
];

#[test]
fn emitted_items_are_formatted() {
    let mut compared = 0;
    for (name, source) in sources() {
        // Some fixtures have errors.
        let Ok(output) = generate(&source, &Options::default()) else {
            continue;
        };
        // The table of commands has an entry on each line, regardless of its length.
        let is_emitted = |path: &str| {
            path.ends_with(".rs")
                && !path.starts_with("src/runtime/")
                && !path.starts_with("src/cli")
                && !path.starts_with("examples/")
                && !path.starts_with("tests/")
        };
        for file in output.files.iter().filter(|file| is_emitted(&file.path)) {
            for block in blocks(&file.text) {
                let parsed = syn::parse_file(&block);
                let parsed = parsed
                    .unwrap_or_else(|error| panic!("{name}: {}: {error}\n{block}", file.path));
                if OUR_OWN.iter().any(|start| block.starts_with(start)) {
                    continue;
                }
                let printed = prettyplease::unparse(&parsed);
                assert_eq!(
                    without_blank_lines(&block),
                    without_blank_lines(&printed),
                    "{name}: {}",
                    file.path
                );
                compared += 1;
            }
        }
    }
    assert!(compared > 500, "only {compared} blocks");
}

/// The fixtures and the home document, with their names.
fn sources() -> Vec<(String, Source)> {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    let fixtures = fs::read_dir(tests.join("fixtures")).expect("fixtures/ is a folder");
    let mut paths: Vec<_> = fixtures
        .map(|entry| entry.expect("readable").path())
        .filter(|path| path.extension().is_some_and(|end| end == "yaml"))
        .collect();
    paths.sort();
    let spec = tests.join("../spec");
    let open = |path: &Path, overlays: &[_]| Source::open(path, overlays).expect("readable");
    let mut sources: Vec<(String, Source)> = paths
        .iter()
        .map(|path| (path.display().to_string(), open(path, &[])))
        .collect();
    let home = open(&spec.join("permissions.yaml"), &[spec.join("overlay.yaml")]);
    sources.push(("home".to_owned(), home));
    sources
}

/// The blocks between blank lines, except those inside of items.
fn blocks(text: &str) -> Vec<String> {
    let mut blocks: Vec<String> = Vec::new();
    let mut after_blank = true;
    for line in text.lines() {
        let starts = after_blank && !line.starts_with([' ', '}']);
        after_blank = line.is_empty();
        match blocks.last_mut() {
            Some(block) if !starts || line.is_empty() => {
                block.push_str(line);
                block.push('\n');
            }
            Some(_) | None => blocks.push(format!("{line}\n")),
        }
    }
    blocks
}

fn without_blank_lines(text: &str) -> String {
    let lines = text.lines().filter(|line| !line.is_empty());
    lines.flat_map(|line| [line, "\n"]).collect()
}
