//! Checks that the distribution of a large document over files is stable.
//!
//! In: documents with small differences, which are built here. Out: nothing. Not here: the content of the files (see
//! `generator/`), whether they compile (see `compile/`).

use std::collections::BTreeMap;
use std::fmt::Write;

use generator::{Options, Source, generate};

/// The files of a document with two resources. For each name in `components`, it has types that both use, that one uses, and that
/// none uses.
fn files(components: &[String]) -> BTreeMap<String, String> {
    let mut text = String::from("openapi: 3.1.0\ninfo: { title: Large, version: 1.0.0 }\npaths:\n");
    for (resource, kinds) in [("shops", &["Both", "One"][..]), ("visits", &["Both"])] {
        let _ = writeln!(
            text,
            "  /{resource}:\n    post:\n      requestBody:\n        content: {{ application/json: {{ schema: {{ properties: {{"
        );
        for kind in kinds {
            for name in components {
                let _ = writeln!(
                    text,
                    "          p{kind}{name}: {{ $ref: '#/components/schemas/{name}{kind}' }},"
                );
            }
        }
        text.push_str("        } } } }\n      responses: { '204': { description: Done. } }\n");
    }
    text.push_str("components:\n  schemas:\n");
    for name in components {
        for kind in ["Both", "One", "None"] {
            let _ = writeln!(text, "    {name}{kind}:\n      properties:");
            for field in 0..20 {
                let _ = writeln!(text, "        f{field}: {{ type: string }}");
            }
            // No two are equal, so that none is shared.
            let _ = writeln!(text, "        state: {{ enum: [idle, in{name}{kind}] }}");
        }
    }
    let output = generate(&Source::from_text("large.yaml", text), &Options::default());
    let output = output.unwrap_or_else(|failure| panic!("{:?}", failure.diagnostics));
    let files = output
        .files
        .into_iter()
        .filter(|file| !file.path.starts_with("src/runtime/"));
    files
        .map(|file| (file.path, file.text.into_owned()))
        .collect()
}

fn components() -> Vec<String> {
    let words = ["Invoice", "Order", "Parcel"];
    let large = words
        .iter()
        .flat_map(|word| (0..40).map(move |index| format!("{word}Kind{index}")));
    let small = (0..26u8).flat_map(|letter| {
        ["x", "y"].map(|end| format!("{}{end}Thing", char::from(b'A' + letter)))
    });
    large.chain(small).collect()
}

#[test]
fn no_file_is_too_large() {
    let files = files(&components());
    let lines: usize = files.values().map(|text| text.lines().count()).sum();
    assert!(lines > 20_000, "the document is not large: {lines} lines");
    for (path, text) in &files {
        let lines = text.lines().count();
        // The largest has one type, whose fields have setters.
        assert!(lines < 3500, "{path} has {lines} lines");
    }
    let home = |name: &str| {
        let definition = format!("pub struct {name} {{");
        let found = files.iter().find(|(_, text)| text.contains(&definition));
        found.map_or("", |(path, _)| path.as_str())
    };
    assert_eq!(
        home("ParcelKind7Both"),
        "src/types/shops_visits_parcel_kind.rs"
    );
    assert_eq!(home("ParcelKind7One"), "src/types/shops_parcel_kind.rs");
    assert_eq!(home("ParcelKind7None"), "src/types/parcel_kind.rs");
}

/// An inline type is in the file of its owner.
#[test]
fn inline_types_stay() {
    for text in files(&components()).values() {
        for name in text
            .lines()
            .filter_map(|line| line.strip_prefix("pub struct "))
        {
            let name = name.trim_end_matches(" {");
            if name.contains("Kind") {
                assert!(text.contains(&format!("pub enum {name}State {{")), "{name}");
            }
        }
    }
}

/// A new type changes only the file that defines it and those that list it.
#[test]
fn one_more_type_moves_no_other() {
    let before = files(&components());
    let more = ["ParcelKindNew".to_owned(), "MxNew".to_owned()];
    let after = files(&components().into_iter().chain(more).collect::<Vec<_>>());
    let changed = after
        .iter()
        .filter(|(path, text)| before.get(*path) != Some(*text));
    let changed: Vec<&str> = changed.map(|(path, _)| path.as_str()).collect();
    assert_eq!(
        before.keys().collect::<Vec<_>>(),
        after.keys().collect::<Vec<_>>()
    );
    assert_eq!(
        changed,
        [
            "docs/types/m.md",
            "docs/types/parcel_kind.md",
            "docs/types/shops_m.md",
            "docs/types/shops_parcel_kind.md",
            "docs/types/shops_post.md",
            "docs/types/shops_visits_m.md",
            "docs/types/shops_visits_parcel_kind.md",
            "docs/types/visits.md",
            "src/cli/shops.rs",
            "src/cli/visits.rs",
            "src/types.rs",
            "src/types/m.rs",
            "src/types/parcel_kind.rs",
            "src/types/shops_m.rs",
            "src/types/shops_parcel_kind.rs",
            "src/types/shops_post.rs",
            "src/types/shops_visits_m.rs",
            "src/types/shops_visits_parcel_kind.rs",
            "src/types/visits.rs",
            "tests/operations/shops.json",
            "tests/operations/visits.json",
        ]
    );
}
