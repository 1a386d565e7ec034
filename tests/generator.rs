//! The generator as a library: snapshots of what it says and writes, and what must hold of its output.
//!
//! In: `fixtures/*.yaml`, one construct each, and the home document. Out: `snapshots/`.
//! Not here: the command line (see `cli.rs`), the emitted client at run time (see `client.rs`).

mod operations;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use generator::render::{self, Style};
use generator::report::{Code, Diagnostics};
use generator::select::Selection;
use generator::{Options, Output, Source, generate};
use serde_json::Value;

const MEND: &str = "generated/ is stale: run `cargo run -p generator` and commit what it writes";
const DIAGNOSTICS: &str = "generator/docs/diagnostics.md";

/// The root of the workspace.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("tests/ is in the workspace")
        .to_path_buf()
}

/// Generates the home document.
fn home() -> Output {
    let spec = root().join("spec");
    let source = Source::open(&spec.join("permissions.yaml"), &[spec.join("overlay.yaml")])
        .expect("spec/ is readable");
    generate(&source, &Options::default())
        .unwrap_or_else(|failure| panic!("{}", said(&failure.diagnostics, &source)))
}

/// Everything in `output` that is not a byte for byte copy of the runtime.
fn own_files(output: &Output) -> impl Iterator<Item = (&str, &str)> {
    output
        .files
        .iter()
        .filter(|file| !file.path.starts_with("src/runtime/"))
        .filter(|file| !file.path.ends_with("/check.rs") && file.path != "tests/common/json.rs")
        .map(|file| (file.path.as_str(), file.text.as_str()))
}

/// The text of a file.
fn file<'a>(output: &'a Output, path: &str) -> &'a str {
    let found = output.files.iter().find(|file| file.path == path);
    &found.unwrap_or_else(|| panic!("no {path}")).text
}

/// A report as it is printed, without colors.
fn said(diagnostics: &Diagnostics, source: &Source) -> String {
    render::text(diagnostics, source, Style::Plain)
}

/// One snapshot per fixture: the diagnostics, then the files that the fixture is about.
#[test]
fn fixtures() {
    settings().bind(|| {
        insta::glob!("fixtures/*.yaml", |path| {
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
    let source = with_files(
        Source::from_text(name, text),
        &root().join("tests/fixtures"),
    );
    let options = Options {
        selection: selection(path),
        ..Options::default()
    };
    match generate(&source, &options) {
        Ok(output) => {
            let shown = shown(&output, text);
            let files = shown.map(|(path, text)| format!("\n==> {path}\n{text}"));
            said(&output.diagnostics, &source) + &files.collect::<String>()
        }
        Err(failure) => said(&failure.diagnostics, &source),
    }
}

/// The files that a fixture is about: those that it names in a line such as `# --show Cargo.toml docs/`, else its types and
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

/// The home document gives no cause for complaint.
#[test]
fn home_document_is_clean() {
    let output = home();
    assert_eq!(
        output.diagnostics.iter().count(),
        0,
        "{:?}",
        output.diagnostics
    );
}

/// The runtime is copied byte for byte, and whole.
#[test]
fn runtime_is_copied() {
    let output = home();
    let templates = root().join("templates/runtime");
    let mut expected = names_in(&templates);
    let cli = names_in(&templates.join("cli"));
    expected.retain(|name| name != "cli");
    expected.extend(cli.into_iter().map(|name| format!("cli/{name}")));
    expected.sort();
    let mut copied = Vec::new();
    for file in &output.files {
        if let Some(name) = file.path.strip_prefix("src/runtime/") {
            let template =
                fs::read_to_string(templates.join(name)).expect("a template of that name");
            assert_eq!(file.text, template, "{name}");
            copied.push(name.to_owned());
        }
    }
    copied.sort();
    assert_eq!(copied, expected);
}

fn names_in(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("templates/runtime is a folder");
    let names = entries.map(|entry| entry.expect("readable").file_name());
    names
        .map(|name| name.into_string().expect("UTF-8"))
        .collect()
}

/// `generated/` holds what the generator writes now.
#[test]
fn generated_is_fresh() {
    let generated = root().join("generated");
    for file in home().files {
        let found = fs::read_to_string(generated.join(&file.path)).unwrap_or_default();
        assert!(found == file.text, "{MEND} ({} differs)", file.path);
    }
}

/// The same input gives the same bytes: twice, as JSON, and with keys in another order where order has no meaning.
#[test]
fn output_is_deterministic() {
    let (spec, overlay) = home_texts();
    let first =
        bytes(&Source::from_text("permissions.yaml", &spec).overlay("overlay.yaml", &overlay));
    let again =
        bytes(&Source::from_text("permissions.yaml", &spec).overlay("overlay.yaml", &overlay));
    assert_eq!(first, again);

    let value: Value = serde_yaml::from_str(&spec).expect("the home document is YAML");
    let reordered = serde_json::to_string(&reversed(value)).expect("a value is JSON");
    let json =
        bytes(&Source::from_text("permissions.yaml", &reordered).overlay("overlay.yaml", &overlay));
    assert_eq!(first, json);
}

/// Each operation of a fixture is in its client, with its parameters, its body and its reply, or is listed as left out.
#[test]
fn no_operation_is_lost() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for path in texts_in(&root().join("tests/fixtures")) {
        if !selection(&path).is_empty() || !is_yaml(&path) {
            continue;
        }
        let source = Source::open(&path, &[]).expect("a fixture is readable");
        let Ok(output) = generate(&source, &Options::default()) else {
            continue;
        };
        count += operations::declared(&path).len();
        let missing = operations::missing(&path, &output);
        wrong.extend(
            missing
                .iter()
                .map(|text| format!("{}: {text}", stem(&path))),
        );
    }
    assert!(count > 70, "only {count} operations were found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What both 3.0 and 3.1 can say gives the same code: of each `pairs/<name>.3.0.yaml`, there is a `.3.1.yaml`.
#[test]
fn pairs() {
    let folder = root().join("tests/fixtures/pairs");
    let mut pairs = 0;
    for old in texts_in(&folder) {
        let Some(name) = stem(&old).strip_suffix(".3.0").map(str::to_owned) else {
            continue;
        };
        let read = |path: &Path| fs::read_to_string(path).expect("a fixture is text");
        let new = folder.join(format!("{name}.3.1.yaml"));
        let old = bytes(&Source::from_text("pair.yaml", read(&old)));
        let new = bytes(&Source::from_text("pair.yaml", read(&new)));
        // Where an example stands is told, too.
        for (one, other) in old.iter().zip(&new) {
            assert!(
                one == other || one.0.starts_with("tests/"),
                "{name}: {} and {}",
                one.0,
                other.0
            );
        }
        assert_eq!(old.len(), new.len(), "{name}");
        pairs += 1;
    }
    assert!(pairs > 0, "there are no pairs");
}

/// A definition of another file that extends a base is one of its variants, by the value that the base maps to it, or that it is
/// itself confined to.
/// A reply of many required values is made up as well, so that its call has a test.
#[test]
fn large_replies_are_made_up() {
    let object = |of: &str| {
        let members: Vec<String> = ('a'..='i').map(|name| format!("{name}: {of}")).collect();
        let names: Vec<String> = ('a'..='i').map(String::from).collect();
        let (members, names) = (members.join(", "), names.join(", "));
        format!("{{ type: object, required: [{names}], properties: {{ {members} }} }}")
    };
    let document = format!(
        "openapi: 3.1.0
info: {{ title: large, version: '1' }}
servers: [{{ url: 'https://large.example' }}]
paths:
  /things:
    get:
      operationId: list
      responses: {{ '200': {{ description: d, content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/A' }} }} }} }} }}
components:
  schemas: {{ A: {}, B: {}, C: {} }}
",
        object("{ $ref: '#/components/schemas/B' }"),
        object("{ $ref: '#/components/schemas/C' }"),
        object("{ type: string }"),
    );
    let output = generate(
        &Source::from_text("large.yaml", document),
        &Options::default(),
    )
    .expect("a document without errors");
    let tests = file(&output, "tests/operations/things.rs");
    assert!(tests.contains("things.list"), "{tests}");
}

#[test]
fn heirs_in_other_files() {
    let animal = r##"
openapi: 3.1.0
info: { title: T, version: "1" }
paths: {}
components:
  schemas:
    Animal:
      type: object
      required: [kind]
      properties: { kind: { type: string } }
      discriminator: { propertyName: kind, mapping: { cat: "more/cats.yaml#/Cat", kitten: "more/cats.yaml#/Kitten", rock: "#/components/schemas/Rock" } }
    Dog: { allOf: [{ $ref: "#/components/schemas/Animal" }] }
    Bird: { $ref: "more/cats.yaml#/Bird" }
    Rock: { type: object }
"##;
    let cats = r##"
Cat: { allOf: [{ $ref: "../animal.yaml#/components/schemas/Animal" }, { properties: { lives: { type: integer } } }] }
Kitten: { allOf: [{ $ref: "#/Cat" }, { properties: { age: { type: integer } } }] }
Bird: { allOf: [{ $ref: "../animal.yaml#/components/schemas/Animal" }], properties: { kind: { const: bird } } }
"##;
    let source = Source::from_text("animal.yaml", animal).file("more/cats.yaml", cats);
    let output = generate(&source, &Options::default()).expect("there are no errors");
    assert_eq!(
        said(&output.diagnostics, &source).lines().next(),
        Some(
            "note[discriminator]: `rock` maps to #/components/schemas/Rock, which does not extend this schema; such values are not typed"
        )
    );
    let types = output.files.iter().find(|file| file.path == "src/types.rs");
    let types = &types.expect("there are types").text;
    let table = types.split("tagged_union!(Animal by \"kind\" {").nth(1);
    let rows: BTreeSet<&str> = table
        .and_then(|table| table.split('}').next())
        .expect("Animal is a union")
        .split(',')
        .map(str::trim)
        .filter(|row| !row.is_empty())
        .collect();
    let expected = [
        r#""Dog" => Dog"#,
        r#""bird" => Bird"#,
        r#""cat" => Cat"#,
        r#""kitten" => Kitten"#,
    ];
    assert_eq!(rows, BTreeSet::from(expected));
}

/// A file is known by the URI that it gives itself, once a reference has led to it, and its own references start there.
#[test]
fn files_have_uris() {
    let document = r##"
openapi: 3.2.0
$self: https://a.example/api/openapi.yaml
info: { title: T, version: "1" }
paths: {}
components:
  schemas:
    ByPath: { $ref: "types.yaml#/components/schemas/Shared" }
    ByUri: { $ref: "https://a.example/common/types.yaml#/components/schemas/Shared" }
    ByRelativeUri: { $ref: "../common/types.yaml#/components/schemas/Shared" }
    Own: { type: object, properties: { a: { type: string } } }
"##;
    let types = r##"
openapi: 3.2.0
$self: https://a.example/common/types.yaml
info: { title: T, version: "1" }
components:
  schemas:
    Shared: { type: object, properties: { own: { $ref: "../api/openapi.yaml#/components/schemas/Own" }, again: { $ref: "types.yaml#/components/schemas/Shared" } } }
"##;
    let source = Source::from_text("api.yaml", document).file("types.yaml", types);
    let output = generate(&source, &Options::default()).expect("there are no errors");
    assert_eq!(said(&output.diagnostics, &source), "");
    let types = output.files.iter().find(|file| file.path == "src/types.rs");
    let types = &types.expect("there are types").text;
    for line in [
        "pub type ByUri = Shared;",
        "pub type ByRelativeUri = Shared;",
        "    pub own: Option<Own>,",
        "    pub again: Option<Box<Shared>>,",
    ] {
        assert!(types.contains(line), "{line} is not in\n{types}");
    }
}

/// Keys in another order give the same bytes, whatever the document. (Fields follow the order of the properties.)
#[test]
fn order_of_keys_means_nothing() {
    let mut wrong = Vec::new();
    for path in texts_in(&root().join("tests/fixtures")) {
        let text = fs::read_to_string(&path).expect("a fixture is text");
        let Ok(value) = serde_yaml::from_str::<Value>(&text) else {
            continue;
        };
        let Ok(first) = generate(&Source::from_text("a.yaml", text), &Options::default()) else {
            continue;
        };
        let reordered = serde_json::to_string(&all_reversed(value)).expect("a value is JSON");
        let second = bytes(&Source::from_text("a.yaml", reordered));
        let first: Vec<_> = first.files.into_iter().map(|f| (f.path, f.text)).collect();
        for (one, other) in first
            .iter()
            .zip(&second)
            .filter(|(one, other)| one != other)
        {
            wrong.push(format!("{}: {} and {}", stem(&path), one.0, other.0));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Reverses the keys of all objects but `properties`.
fn all_reversed(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            let entries = map.into_iter().map(|(key, value)| {
                let value = match (key.as_str(), value) {
                    ("properties", Value::Object(fields)) => Value::Object(
                        fields
                            .into_iter()
                            .map(|(name, schema)| (name, all_reversed(schema)))
                            .collect(),
                    ),
                    (_, value) => all_reversed(value),
                };
                (key, value)
            });
            let entries: Vec<_> = entries.collect();
            Value::Object(entries.into_iter().rev().collect())
        }
        Value::Array(list) => Value::Array(list.into_iter().map(all_reversed).collect()),
        scalar => scalar,
    }
}

/// The texts of the home document and its overlay, which names no example file here.
fn home_texts() -> (String, String) {
    let read =
        |name: &str| fs::read_to_string(root().join("spec").join(name)).expect("spec/ is readable");
    let overlay = read("overlay.yaml").replace(
        "        examples:\n          - examples/share_model.rs\n",
        "",
    );
    assert!(
        !overlay.contains("share_model"),
        "the overlay's form has changed: mend this test"
    );
    (read("permissions.yaml"), overlay)
}

/// What is written for a document in memory.
fn bytes(source: &Source) -> Vec<(String, String)> {
    let output = generate(source, &Options::default())
        .unwrap_or_else(|failure| panic!("{}", said(&failure.diagnostics, source)));
    output
        .files
        .into_iter()
        .map(|file| (file.path, file.text))
        .collect()
}

/// Reverses the keys of each object whose order says nothing. Properties, paths, methods, schemas and
/// status codes keep theirs: what is written follows them.
fn reversed(value: Value) -> Value {
    fn walk(value: Value, ordered: bool) -> Value {
        match value {
            Value::Object(map) => {
                let mut entries: Vec<_> = map
                    .into_iter()
                    .map(|(key, value)| {
                        let children = matches!(
                            key.as_str(),
                            "properties" | "paths" | "schemas" | "responses"
                        ) || key.starts_with('/');
                        let value = walk(value, children);
                        (key, value)
                    })
                    .collect();
                if !ordered {
                    entries.reverse();
                }
                Value::Object(entries.into_iter().collect())
            }
            Value::Array(list) => {
                Value::Array(list.into_iter().map(|value| walk(value, false)).collect())
            }
            scalar => scalar,
        }
    }
    walk(value, false)
}

/// Every diagnostic code has a fixture of its name that raises it; the snapshot is what the user is told.
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
            let (id, said) = (stem(&path), said(&diagnostics, &source));
            if !diagnostics
                .iter()
                .any(|diagnostic| diagnostic.code.id() == id)
            {
                silent += &format!("==> {id} is not raised:\n{said}");
            }
            insta::with_settings!({ snapshot_suffix => id }, {
                insta::assert_snapshot!("codes", said);
            });
        }
    });
    assert!(silent.is_empty(), "{silent}");
}

/// Lines such as `# --include tag:files` in a fixture.
fn selection(path: &Path) -> Selection {
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

/// A fixture of a code in memory, with the overlay beside it, and the files that it may name.
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

/// Adds all files below `files` of a folder, by their paths in the folder.
fn with_files(mut source: Source, folder: &Path) -> Source {
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

/// The YAML and JSON files of a folder.
fn texts_in(folder: &Path) -> Vec<PathBuf> {
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

fn is_yaml(path: &Path) -> bool {
    path.extension()
        .is_some_and(|extension| extension == "yaml")
}

fn is_overlay(path: &Path) -> bool {
    path.to_string_lossy().ends_with(".overlay.yaml")
}

fn stem(path: &Path) -> String {
    path.file_stem()
        .expect("a file")
        .to_string_lossy()
        .into_owned()
}

/// The table of diagnostics in the manual is the table of codes.
#[test]
fn manual_lists_every_code() {
    let manual = fs::read_to_string(root().join(DIAGNOSTICS)).expect(DIAGNOSTICS);
    let table: String = Code::ALL
        .iter()
        .map(|code| {
            format!(
                "| `{}` | {} | {} |\n",
                code.id(),
                code.level(),
                code.meaning()
            )
        })
        .collect();
    assert!(
        manual.contains(&table),
        "{DIAGNOSTICS} must hold this table:\n{table}"
    );
}

/// Snapshots hold the text and nothing about where it came from.
fn settings() -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings
}
