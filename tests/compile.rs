//! Checks that the crates of the fixtures compile without a warning, and that samples survive a round trip through their types.
//!
//! In: `fixtures/*.yaml`; the JSON next to some (`<name>.samples.json`: values by their Rust type), and the Rust next to some
//! (`<name>.rs`: tests of the emitted crate, which they call `fixture`); `applications/`. Out: one workspace below the target
//! directory. One `cargo` tests it, another documents it, and a third checks it feature by feature, all offline. Its dependencies
//! are built once. Not here: the text of the crates (see `generator/`), the home crate.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use generator::{Options, Source, generate, write};
use serde_json::Value;
use tests::{divided, payments};

/// The crates whose documentation is compiled, too: those with hostile texts, and with operations of every kind.
const DOCUMENTED: &[&str] = &[
    "bodies",
    "cli",
    "downloads",
    "empty_values",
    "hostile",
    "names",
    "pages",
    "pagination",
    "parameters",
    "replies",
    "streams",
    "uploads_choice",
];

/// The emitted crate of a fixture.
struct Member {
    fixture: String,
    package: String,
    /// The features with which it is tested.
    features: Vec<String>,
}

/// The recording of another client, which the test of a fixture includes.
const RECORDING: &str = "wire_multipart.json";

/// The crates whose command line is compiled, too: those with hostile texts, and with flags of every kind.
const WITH_COMMAND_LINE: &[&str] = &[
    "bodies",
    "cli",
    "downloads",
    "empty_values",
    "hostile",
    "listings",
    "listings_ends",
    "names",
    "replies_by_status",
    "servers_credentials",
    "streams",
    "uploads",
    "uploads_choice",
];

#[test]
fn fixtures_compile_and_samples_round_trip() {
    let workspace = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fixtures");
    let members = lay_out(&workspace);
    assert!(
        members.len() >= 10,
        "only {} fixtures are generated",
        members.len()
    );
    let features = members.iter().flat_map(|it| &it.features);
    let features: Vec<&str> = features.map(String::as_str).collect();
    let features = features.join(",");
    run(
        &workspace,
        "RUSTFLAGS",
        &[
            "test",
            "--workspace",
            "--features",
            &features,
            "--tests",
            "--no-fail-fast",
        ],
    );
    let documented: Vec<&str> = members
        .iter()
        .filter(|member| DOCUMENTED.contains(&member.fixture.as_str()))
        .flat_map(|member| ["--package", &member.package])
        .collect();
    assert_eq!(documented.len(), 2 * DOCUMENTED.len());
    let with = |arguments: &[&'static str]| [arguments, &documented[..]].concat();
    let features_of_documented = |is_used: fn(&str) -> bool| {
        let documented = members
            .iter()
            .filter(|member| DOCUMENTED.contains(&member.fixture.as_str()));
        let features = documented.flat_map(|it| &it.features);
        let features: Vec<&str> = features
            .map(String::as_str)
            .filter(|it| is_used(it))
            .collect();
        features.join(",")
    };
    let features = features_of_documented(|_| true);
    let mut arguments = with(&["test", "--doc", "--no-fail-fast", "--features"]);
    arguments.insert(4, &features);
    run(&workspace, "RUSTFLAGS", &arguments);
    // Without the features of the runtime, so that few dependencies are compiled again. Links are checked if all resources are there.
    let resources = features_of_documented(|feature| feature.ends_with("/all"));
    assert!(!resources.is_empty());
    let mut arguments = with(&["doc", "--no-deps", "--no-default-features", "--features"]);
    arguments.insert(4, &resources);
    run(&workspace, "RUSTDOCFLAGS", &arguments);
    features_compile_alone(&workspace, "features", &OF_FEATURES);
    features_compile_alone(&workspace, "divided", &OF_DIVIDED);
    // The docs of the crate call a method of `customers`.
    let arguments = [
        "test",
        "--doc",
        "--package",
        "features",
        "--no-default-features",
        "--features",
        "orders",
    ];
    run(&workspace, "RUSTFLAGS", &arguments);
    commands_are_those_of_features(&workspace);
}

/// The types that each feature compiles.
type Resources<const N: usize> = [(&'static str, &'static [&'static str]); N];

const OF_FEATURES: Resources<5> = [
    ("", &[]),
    (
        "customers",
        &["Address", "AddressKind", "Customer", "Money"],
    ),
    (
        "orders",
        &["Address", "AddressKind", "Money", "Note", "Order"],
    ),
    ("test_util_", &["Money"]),
    ("all", &["Shipped", "ShippedBy"]),
];

/// A type that several features below a resource use comes with each of them.
const OF_DIVIDED: Resources<4> = [
    ("repos", &["Issue", "Label", "Pull", "Repo"]),
    ("repos_issues", &["Issue", "Label", "Repo"]),
    ("repos_pulls", &["Label", "Pull", "Repo"]),
    ("users", &["User"]),
];

/// Each resource compiles without the others and with exactly the types that it reaches. The crate also compiles without any. The
/// compiler checks this with programs that name all types.
fn features_compile_alone<const N: usize>(
    workspace: &Path,
    package: &str,
    resources: &Resources<N>,
) {
    let all: BTreeSet<&str> = resources
        .iter()
        .flat_map(|(_, types)| *types)
        .copied()
        .collect();
    for (feature, types) in resources {
        let reached = |name: &&&str| *feature == "all" || types.contains(*name);
        let (present, absent): (Vec<&str>, Vec<&str>) = all.iter().partition(reached);
        put(
            &workspace.join(package).join("examples/types.rs"),
            &types_program(package, &present, &absent),
        );
        let arguments = [
            "check",
            "--package",
            package,
            "--examples",
            "--test",
            "operations",
            "--no-default-features",
            "--features",
            feature,
        ];
        run(workspace, "RUSTFLAGS", &arguments);
    }
}

/// The command line has the commands of the resources that are compiled.
fn commands_are_those_of_features(workspace: &Path) {
    let arguments = [
        "run",
        "--package",
        "features",
        "--no-default-features",
        "--features",
        "cli,customers",
        "--",
        "--help",
    ];
    let help = run(workspace, "RUSTFLAGS", &arguments);
    assert!(help.contains("\n  customers "), "{help}");
    assert!(!help.contains("orders"), "{help}");
}

/// A program that compiles if `types` has the first list of types and none of the second: they would be defined twice.
fn types_program(package: &str, present: &[&str], absent: &[&str]) -> String {
    let stand_ins: String = absent
        .iter()
        .map(|name| format!("    pub struct {name};\n"))
        .collect();
    let present = present
        .iter()
        .map(|name| format!("    let _: Option<{package}::types::{name}> = None;\n"));
    let absent = absent
        .iter()
        .map(|name| format!("    let _: Option<{name}> = None;\n"));
    let names: String = present.chain(absent).collect();
    format!(
        "//! Names types.\n#![allow(unused_imports)]\n\nmod absent {{\n{stand_ins}}}\n\nuse absent::*;\nuse {package}::types::*;\n\nfn main() {{\n{names}}}\n"
    )
}

/// Emits every fixture without errors to a workspace, and removes the crates of deleted fixtures.
fn lay_out(workspace: &Path) -> Vec<Member> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("tests/ is in the workspace");
    let mut members = Vec::new();
    let mut fixtures = yaml_files(&root.join("tests/fixtures"));
    fixtures.sort();
    for path in fixtures {
        let fixture = path
            .file_stem()
            .expect("a file")
            .to_string_lossy()
            .into_owned();
        let source = Source::open(&path, &[]).expect("a fixture is readable");
        let Ok(output) = generate(&source, &Options::default()) else {
            continue;
        };
        let folder = workspace.join(&fixture);
        write::write(&output.files, &folder, write::Layout::Crate)
            .unwrap_or_else(|error| panic!("{fixture}: {error}"));
        let samples = read_if_exists(&path.with_extension("samples.json"));
        let samples = samples.map(|it| samples_test(&output.package, &it));
        put_if_some(&folder.join("tests/samples.rs"), samples.as_deref());
        let calls = read_if_exists(&path.with_extension("rs"));
        // A program has the name of its package.
        let calls = calls.map(|it| {
            it.replace("_EXE_fixture", &format!("_EXE_{}", output.package))
                .replace("fixture", &output.package.replace('-', "_"))
        });
        put_if_some(&folder.join("tests/calls.rs"), calls.as_deref());
        if calls.is_some_and(|it| it.contains(RECORDING)) {
            let recording = fs::read_to_string(root.join("tests/fixtures").join(RECORDING));
            let recording = recording.expect("the recording is text");
            put(&folder.join("tests").join(RECORDING), &recording);
        }
        members.push(Member {
            features: features(&output, WITH_COMMAND_LINE.contains(&fixture.as_str())),
            fixture,
            package: output.package,
        });
    }
    members.extend(applications(workspace, root));
    members.push(made(workspace, "payments", payments::document()));
    put(
        &workspace.join("payments/tests/stack.rs"),
        &payments::test("payments"),
    );
    members.push(made(workspace, "divided", divided::document()));
    let names: Vec<&str> = members
        .iter()
        .map(|member| member.fixture.as_str())
        .collect();
    let manifest = format!(
        "[workspace]\nresolver = \"3\"\nmembers = {names:?}\n\n[profile.dev]\ndebug = false\nincremental = false\nstrip = true\n"
    );
    put(&workspace.join("Cargo.toml"), &manifest);
    // Cargo removes the packages that are not needed here, so only a newer lock file is copied.
    if !workspace.join("Cargo.lock").exists() || lock_is_older(workspace, root) {
        fs::copy(root.join("Cargo.lock"), workspace.join("Cargo.lock"))
            .expect("Cargo.lock can be copied");
    }
    members
}

/// Emits the clients of real applications, each with recorded calls.
fn applications(workspace: &Path, root: &Path) -> Vec<Member> {
    let folder = root.join("tests/applications");
    let text = |path: &Path| {
        fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    };
    let tape = text(&folder.join("tape.rs"));
    let applications = ["field_reports"];
    let emit = |name: &&str| {
        let application = folder.join(name);
        let source = Source::open(&application.join("openapi.json"), &[]).expect("a document");
        let output = generate(&source, &Options::default());
        let output = output.unwrap_or_else(|failure| panic!("{:?}", failure.diagnostics));
        let (target, library) = (workspace.join(name), output.package.replace('-', "_"));
        write::write(&output.files, &target, write::Layout::Crate)
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        for file in ["openapi.json", "recording.json"] {
            put(
                &target.join("tests").join(file),
                &text(&application.join(file)),
            );
        }
        let calls = text(&application.join("calls.rs"));
        put(
            &target.join("tests/calls.rs"),
            &calls.replace("fixture", &library),
        );
        put(
            &target.join("tests/tape/mod.rs"),
            &tape.replace("fixture", &library),
        );
        Member {
            features: features(&output, false),
            fixture: (*name).into(),
            package: output.package,
        }
    };
    applications.iter().map(emit).collect()
}

/// Emits the crate of a document that a program wrote.
fn made(workspace: &Path, name: &str, document: String) -> Member {
    let source = Source::from_text(format!("{name}.yaml"), document);
    let output = generate(&source, &Options::default());
    let output = output.unwrap_or_else(|failure| panic!("{:?}", failure.diagnostics));
    write::write(&output.files, &workspace.join(name), write::Layout::Crate)
        .unwrap_or_else(|error| panic!("{name}: {error}"));
    Member {
        features: features(&output, false),
        fixture: name.into(),
        package: output.package,
    }
}

/// All features of a crate, in the syntax for members of a workspace. Only the command line takes long to compile.
fn features(output: &generator::Output, has_command_line: bool) -> Vec<String> {
    let manifest = output.files.iter().find(|file| file.path == "Cargo.toml");
    let lines = manifest.map_or("", |file| &file.text).lines();
    let features = lines
        .skip_while(|line| *line != "[features]")
        .take_while(|line| *line != "[dependencies]")
        .filter_map(|line| line.split_once(" = [").map(|(name, _)| name))
        .filter(|name| has_command_line || *name != "cli");
    let features: Vec<String> = features
        .map(|name| format!("{}/{name}", output.package))
        .collect();
    assert!(features.len() >= 5, "{features:?}");
    features
}

fn lock_is_older(workspace: &Path, root: &Path) -> bool {
    let time = |folder: &Path| {
        folder
            .join("Cargo.lock")
            .metadata()
            .and_then(|data| data.modified())
            .ok()
    };
    time(workspace) < time(root)
}

fn yaml_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder)
        .expect("fixtures")
        .map(|entry| entry.expect("readable").path());
    entries
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "yaml")
        })
        .collect()
}

/// A test that decodes each sample, encodes it again, and compares.
fn samples_test(package: &str, samples: &str) -> String {
    let Ok(Value::Object(samples)) = serde_json::from_str(samples) else {
        panic!("the samples of {package} are not an object of lists");
    };
    let mut calls = String::new();
    for (name, values) in &samples {
        for value in values
            .as_array()
            .unwrap_or_else(|| panic!("the samples of {name} are a list"))
        {
            let json = value.to_string();
            let _ = writeln!(
                calls,
                "    round_trip::<{name}>({name:?}, {json:?}, &mut wrong);"
            );
        }
    }
    format!(
        r#"//! The samples beside the fixture round-trip.
#![allow(unused_imports)]
use {}::types::*;
use serde_json::Value;

fn round_trip<T: serde::de::DeserializeOwned + serde::Serialize>(name: &str, json: &str, wrong: &mut Vec<String>) {{
    let expected: Value = serde_json::from_str(json).unwrap();
    match serde_json::from_str::<T>(json) {{
        Err(error) => wrong.push(format!("{{name}} does not decode {{json}}: {{error}}")),
        Ok(value) => match serde_json::to_value(&value) {{
            Ok(found) if same(&found, &expected) => {{}}
            Ok(found) => wrong.push(format!("{{name}} turns {{json}} into {{found}}")),
            Err(error) => wrong.push(format!("{{name}} does not encode {{json}}: {{error}}")),
        }},
    }}
}}

/// Numbers are compared by value, regardless of notation.
fn same(one: &Value, other: &Value) -> bool {{
    match (one, other) {{
        (Value::Number(one), Value::Number(other)) => one == other || (one.is_f64() != other.is_f64() && one.as_f64() == other.as_f64()),
        (Value::Array(one), Value::Array(other)) => one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other)),
        (Value::Object(one), Value::Object(other)) => one.len() == other.len() && one.iter().all(|(key, one)| other.get(key).is_some_and(|other| same(one, other))),
        (one, other) => one == other,
    }}
}}

#[test]
fn samples_round_trip() {{
    let mut wrong = Vec::new();
{calls}    assert!(wrong.is_empty(), "{{}}", wrong.join("\n"));
}}
"#,
        package.replace('-', "_"),
    )
}

/// Writes a file if it differs, so that nothing is compiled again unnecessarily.
fn put(path: &Path, text: &str) {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return;
    }
    fs::create_dir_all(path.parent().expect("a file is in a folder"))
        .expect("the folder can be made");
    fs::write(path, text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}

/// Returns the text of a file, or `None` if there is none. A file that cannot be read is not skipped.
fn read_if_exists(path: &Path) -> Option<String> {
    match fs::read_to_string(path) {
        Ok(text) => Some(text),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => panic!("{}: {error}", path.display()),
    }
}

/// Writes a file, or removes the one of an earlier run: each test is a program, which takes time to link.
fn put_if_some(path: &Path, text: Option<&str>) {
    match text {
        Some(text) => put(path, text),
        None => match fs::remove_file(path) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                panic!("{}: {error}", path.display())
            }
            Ok(()) | Err(_) => {}
        },
    }
}

/// Runs cargo in the workspace, with all warnings of one kind as errors, and returns its output. It uses a separate target
/// directory: ours is locked while this test runs, and has dependencies with other flags.
fn run(workspace: &Path, flags: &str, arguments: &[&str]) -> String {
    let mut command =
        Command::new(std::env::var_os("CARGO").unwrap_or_else(|| env!("CARGO").into()));
    for name in [
        "CARGO_TARGET_DIR",
        "CARGO_ENCODED_RUSTFLAGS",
        "CARGO_ENCODED_RUSTDOCFLAGS",
        "RUSTFLAGS",
        "RUSTDOCFLAGS",
    ] {
        command.env_remove(name);
    }
    let target = workspace.with_file_name("fixtures-target");
    let (cargo, program) = match arguments.iter().position(|argument| *argument == "--") {
        Some(at) => arguments.split_at(at),
        None => (arguments, &[][..]),
    };
    let Output {
        status,
        stdout,
        stderr,
    } = command
        .current_dir(workspace)
        .args(cargo)
        .args(["--offline", "--quiet"])
        .arg("--target-dir")
        .arg(target)
        .args(program)
        .env(flags, "-D warnings")
        .output()
        .expect("cargo can be run");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    // The list of the features of all crates is long.
    let shown: Vec<&str> = (arguments.iter().copied())
        .filter(|it| it.len() < 100)
        .collect();
    assert!(
        status.success(),
        "cargo {}:\n{}\n{}",
        shown.join(" "),
        text(&stderr),
        text(&stdout)
    );
    text(&stdout)
}
