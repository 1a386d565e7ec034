//! Emits the crates of all fixtures and applications to one workspace, whose dependencies are built once.
//!
//! In: `fixtures/*.yaml` and the files beside them; `applications/`. Out: the members of the workspace, each with the features with
//! which it is tested. Not here: what is run in it.

use std::fs;
use std::path::{Path, PathBuf};

use generator::{Options, Source, generate, write};
use tests::{divided, payments};

use crate::files::{put, put_if_some, read_if_exists};
use crate::samples::samples_test;

/// The emitted crate of a fixture.
pub struct Member {
    pub fixture: String,
    pub package: String,
    /// The features with which it is tested.
    features: Vec<String>,
}

impl Member {
    /// The features with which it is tested, in the syntax for members of a workspace.
    pub fn features(&self) -> impl Iterator<Item = &str> {
        self.features.iter().map(String::as_str)
    }
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

/// Emits every fixture without errors to a workspace, and removes the crates of deleted fixtures.
pub fn lay_out(workspace: &Path) -> Vec<Member> {
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
    members.push(walk_through(workspace, root));
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
        let member = emitted(workspace, name, &source, &Options::default());
        let (target, library) = (workspace.join(name), member.package.replace('-', "_"));
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
        member
    };
    applications.iter().map(emit).collect()
}

/// Emits the crate of a document that a program wrote.
fn made(workspace: &Path, name: &str, document: String) -> Member {
    let source = Source::from_text(format!("{name}.yaml"), document);
    emitted(workspace, name, &source, &Options::default())
}

fn emitted(workspace: &Path, name: &str, source: &Source, options: &Options) -> Member {
    let output = generate(source, options);
    let output = output.unwrap_or_else(|failure| panic!("{:?}", failure.diagnostics));
    write::write(&output.files, &workspace.join(name), write::Layout::Crate)
        .unwrap_or_else(|error| panic!("{name}: {error}"));
    Member {
        features: features(&output, false),
        fixture: name.into(),
        package: output.package,
    }
}

/// Emits the client of the walk-through, with its program as a test.
fn walk_through(workspace: &Path, root: &Path) -> Member {
    let page = fs::read_to_string(root.join("generator/docs/walk-through.md"));
    let page = page.expect("the walk-through is text");
    let block = |language: &str| {
        let (_, block) = page
            .split_once(&format!("```{language}\n"))
            .expect("a block");
        block.split_once("```").expect("its end").0
    };
    let overlay = workspace.join("walk_through.yaml");
    // The page corrects its overlay with `sed`.
    put(
        &overlay,
        &block("yaml").replace("items: book ", "items: books "),
    );
    let document = root.join("tests/fixtures/bookshop.yaml");
    let source = Source::open(&document, &[overlay]).expect("a document and its overlay");
    let options = Options {
        crate_name: Some("walk-through".into()),
        ..Options::default()
    };
    let member = emitted(workspace, "walk_through", &source, &options);
    let program = block("rust").replace("bookshop::", "walk_through::");
    put(
        &workspace.join("walk_through/tests/program.rs"),
        &format!(
            "//! The program of the walk-through compiles.\n\n#[test]\nfn compiles() {{\n    let _ = program;\n}}\n\nasync fn program() -> walk_through::Result<()> {{\n{program}    Ok(())\n}}\n"
        ),
    );
    member
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
