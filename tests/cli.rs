//! Tests of the generator as a process: its files, messages and exit codes.
//!
//! In: the binary, the home document, small documents made here. Out: nothing outside temporary folders.
//! Not here: the content of the output (see `generator/`).

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::SystemTime;

use serde_json::Value;
use tempfile::TempDir;

const SMALL: &str = r#"
openapi: 3.1.0
info: { title: Small, version: "0.1" }
paths:
  /things:
    get: { operationId: listThings, responses: { "204": { description: OK } } }
"#;

const DANGLING: &str = r##"
openapi: 3.1.0
info: { title: Dangling, version: "1" }
paths: {}
components:
  schemas:
    Permission: { type: string }
    Holder:
      type: object
      properties:
        permission: { $ref: "#/components/schemas/Persmission" }
"##;

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the generator is in the workspace")
        .to_path_buf()
}

/// The generator, started in `folder`.
fn generator(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_generator"))
        .args(args)
        .current_dir(folder)
        .env_remove("NO_COLOR")
        .env_remove("CLICOLOR_FORCE")
        .output()
        .expect("the generator starts")
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

#[track_caller]
fn assert_code(output: &Output, code: i32) {
    assert_eq!(
        output.status.code(),
        Some(code),
        "stdout:\n{}\nstderr:\n{}",
        stdout(output),
        stderr(output)
    );
}

/// The bytes of every file below `folder`, by path.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fn walk(root: &Path, folder: &Path, found: &mut BTreeMap<String, Vec<u8>>) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("readable").path();
            if path.is_dir() {
                walk(root, &path, found);
            } else {
                let name = path
                    .strip_prefix(root)
                    .expect("below")
                    .to_string_lossy()
                    .replace('\\', "/");
                found.insert(name, fs::read(&path).expect("readable"));
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(folder, folder, &mut found);
    found
}

fn modified(folder: &Path) -> BTreeMap<String, SystemTime> {
    let time = |name: &String| {
        fs::metadata(folder.join(name))
            .and_then(|m| m.modified())
            .expect("a file")
    };
    files(folder)
        .into_keys()
        .map(|name| (name.clone(), time(&name)))
        .collect()
}

/// A folder with a document, and in `out` the crate that is generated from it.
fn generated(document: &str) -> TempDir {
    let folder = TempDir::new().expect("a temporary folder");
    fs::write(folder.path().join("api.yaml"), document).expect("writable");
    assert_code(&generator(folder.path(), &["api.yaml", "--out", "out"]), 0);
    folder
}

#[test]
fn home_is_the_default_wherever_it_starts() {
    for folder in ["", "spec", "generator/src"] {
        let output = generator(&workspace().join(folder), &["--check"]);
        assert_code(&output, 0);
    }
}

#[test]
fn an_empty_folder_gets_the_committed_bytes() {
    let folder = TempDir::new().expect("a temporary folder");
    let out = folder.path().join("made/by/the/generator");
    assert_code(
        &generator(&workspace(), &["--out", out.to_str().expect("UTF-8")]),
        0,
    );
    // A site and what Cargo builds may stand beside them.
    let committed: BTreeMap<_, _> = files(&workspace().join("generated"))
        .into_iter()
        .filter(|(name, _)| !name.starts_with("target/") && !name.starts_with("site/"))
        .collect();
    let made = files(&out);
    assert_eq!(
        made.keys().collect::<Vec<_>>(),
        committed.keys().collect::<Vec<_>>()
    );
    for (name, bytes) in committed {
        assert!(made[&name] == bytes, "{name} differs");
    }
}

#[test]
fn deleted_files_come_back() {
    let folder = generated(SMALL);
    let out = folder.path().join("out");
    let before = files(&out);
    fs::remove_dir_all(out.join("src")).expect("removable");
    fs::remove_file(out.join("README.md")).expect("removable");
    // A workspace with this member must still load, or `cargo run -p generator` could not bring the files back.
    let metadata = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--no-deps",
            "--offline",
            "--format-version",
            "1",
        ])
        .current_dir(&out)
        .output()
        .expect("Cargo starts");
    assert_code(&metadata, 0);
    assert_code(&generator(folder.path(), &["api.yaml", "--out", "out"]), 0);
    assert_eq!(files(&out), before);
}

#[test]
fn unchanged_files_keep_their_time() {
    let folder = generated(SMALL);
    let out = folder.path().join("out");
    let before = modified(&out);
    std::thread::sleep(std::time::Duration::from_millis(20));
    assert_code(&generator(folder.path(), &["api.yaml", "--out", "out"]), 0);
    assert_eq!(modified(&out), before);
}

#[test]
fn stale_files_of_ours_go_and_others_stay() {
    let folder = generated(SMALL);
    let out = folder.path().join("out");
    let ours = out.join("src/things.rs");
    assert!(
        ours.exists(),
        "a resource has a file: {:?}",
        files(&out).keys()
    );
    fs::write(out.join("src/mine.rs"), "// mine\n").expect("writable");
    fs::write(out.join("NOTES.md"), "mine\n").expect("writable");
    fs::write(
        folder.path().join("api.yaml"),
        SMALL.replace("/things", "/others"),
    )
    .expect("writable");
    assert_code(&generator(folder.path(), &["api.yaml", "--out", "out"]), 0);
    assert!(!ours.exists());
    assert!(out.join("src/others.rs").exists());
    assert!(out.join("src/mine.rs").exists());
    assert!(out.join("NOTES.md").exists());
}

#[test]
fn check_prints_a_diff_and_writes_nothing() {
    let folder = generated(SMALL);
    let out = folder.path().join("out");
    assert_code(
        &generator(folder.path(), &["api.yaml", "--out", "out", "--check"]),
        0,
    );

    let file = out.join("src/things.rs");
    let text = fs::read_to_string(&file).expect("readable");
    fs::write(&file, text.replacen("pub struct", "pub  struct", 1)).expect("writable");
    fs::remove_file(out.join("README.md")).expect("removable");
    let before = files(&out);
    let output = generator(folder.path(), &["api.yaml", "--out", "out", "--check"]);
    assert_code(&output, 1);
    assert_eq!(files(&out), before);
    let diff = stdout(&output);
    assert!(
        diff.contains("src/things.rs")
            && diff.contains("-pub  struct")
            && diff.contains("+pub struct"),
        "{diff}"
    );
    assert!(diff.contains("README.md"), "{diff}");
}

#[test]
fn check_of_a_missing_folder_writes_nothing() {
    let folder = TempDir::new().expect("a temporary folder");
    fs::write(folder.path().join("api.yaml"), SMALL).expect("writable");
    assert_code(
        &generator(folder.path(), &["api.yaml", "--out", "none", "--check"]),
        1,
    );
    assert!(!folder.path().join("none").exists());
}

#[test]
fn a_document_with_errors_exits_1_and_says_where() {
    let folder = TempDir::new().expect("a temporary folder");
    fs::write(folder.path().join("api.yaml"), DANGLING).expect("writable");
    let output = generator(folder.path(), &["api.yaml", "--out", "out"]);
    let said = stderr(&output);
    assert!(said.contains("api.yaml:11"), "{said}");
    assert!(said.contains("#/components/schemas/Permission"), "{said}");

    for broken in [
        "",
        "openapi: [",
        "swagger: '2.0'",
        "{\"openapi\": \"3.1.0\"",
        "- a list",
        "openapi: 3.1.0\n---\nopenapi: 3.1.0\n",
    ] {
        fs::write(folder.path().join("api.yaml"), broken).expect("writable");
        let output = generator(folder.path(), &["api.yaml", "--out", "other"]);
        assert_code(&output, 1);
        assert!(
            stderr(&output).contains("api.yaml"),
            "{broken:?}: {}",
            stderr(&output)
        );
        assert!(!folder.path().join("other").exists());
    }
}

/// Generates `api.yaml` of a folder to `out`, with more arguments.
fn generate_with(folder: &Path, extra: &[&str]) -> Output {
    generator(folder, &[&["api.yaml", "--out", "out"], extra].concat())
}

/// A folder with a document that is not generated yet.
fn folder_with(document: &str) -> TempDir {
    let folder = TempDir::new().expect("a temporary folder");
    fs::write(folder.path().join("api.yaml"), document).expect("writable");
    folder
}

#[test]
fn denied_diagnostics_are_errors_and_allowed_ones_are_not_said() {
    let folder = folder_with(DANGLING);
    let run = |extra: &[&str]| {
        let output = generate_with(folder.path(), extra);
        let written = folder.path().join("out").exists();
        let _ = fs::remove_dir_all(folder.path().join("out"));
        (output.status.code(), written, stderr(&output))
    };
    let errors = |extra: &[&str]| {
        let (code, written, said) = run(extra);
        assert_eq!((code, written), (Some(1), false), "{extra:?}: {said}");
        assert!(said.contains("error[dangling-ref]"), "{extra:?}: {said}");
        assert!(
            said.contains("api.yaml: the document has 1 error; nothing"),
            "{extra:?}: {said}"
        );
        assert!(said.contains("denied by `--deny "), "{extra:?}: {said}");
    };
    errors(&["--deny", "dangling-ref"]);
    errors(&["--deny", "webhooks,dangling-ref"]);
    errors(&["--deny", "notes", "--deny", "warnings"]);
    errors(&["--allow", "dangling-ref", "--deny", "dangling-ref"]);
    errors(&["--deny", "dangling-ref", "--allow", "warnings"]);

    let silent = |extra: &[&str]| {
        let (code, written, said) = run(extra);
        assert_eq!((code, written), (Some(0), true), "{extra:?}: {said}");
        assert!(!said.contains("dangling-ref"), "{extra:?}: {said}");
    };
    silent(&["--allow", "dangling-ref"]);
    silent(&["--deny", "dangling-ref", "--allow", "dangling-ref"]);
    silent(&["--allow", "dangling-ref", "--deny", "warnings"]);

    let (code, _, said) = run(&["--deny", "notes"]);
    assert_eq!(code, Some(0));
    assert!(said.contains("warning[dangling-ref]"), "{said}");
}

#[test]
fn lints_that_make_no_sense_are_wrong_usage() {
    let folder = folder_with(DANGLING);
    for (args, hint) in [
        (["--deny", "dangling-refs"], "did you mean `dangling-ref`?"),
        (["--allow", "warning"], "did you mean `warnings`?"),
        (["--allow", "syntax"], "cannot be allowed"),
    ] {
        let output = generator(
            folder.path(),
            &[&["api.yaml", "--out", "out"], &args[..]].concat(),
        );
        assert_code(&output, 2);
        assert!(
            stderr(&output).contains(hint),
            "{args:?}: {}",
            stderr(&output)
        );
        assert!(!folder.path().join("out").exists());
    }
}

const TWO: &str = r#"
openapi: 3.1.0
info: { title: Two, version: "1" }
paths:
  /things/{id}:
    get: { operationId: getThing, tags: [Things], responses: { "200": { description: OK, content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } } } }
  /others:
    get: { operationId: listOthers, tags: [Others], responses: { "204": { description: OK } } }
components:
  schemas:
    Thing: { type: object, properties: { id: { type: string } } }
    Unused: { type: object, properties: { id: { type: string } } }
"#;

#[test]
fn selected_operations_are_generated_with_what_they_need() {
    let folder = folder_with(TWO);
    let run = |extra: &[&str]| {
        let _ = fs::remove_dir_all(folder.path().join("out"));
        let args = [&["api.yaml", "--out", "out"], extra].concat();
        let output = generator(folder.path(), &args);
        assert_code(&output, 0);
        let has = |text: &str| {
            files(&folder.path().join("out/src"))
                .values()
                .any(|file| String::from_utf8_lossy(file).contains(text))
        };
        [
            "pub struct Things",
            "pub struct Others",
            "pub struct Thing ",
            "pub struct Unused",
        ]
        .map(has)
    };
    assert_eq!(run(&[]), [true, true, true, true]);
    for things in [
        &["--include", "tag:Things"][..],
        &["--include", "path:/things/*"],
        &["--include", "id:*Thing"],
        &["--exclude", "tag:Others"],
        &["--include", "path:*", "--exclude", "path:/others"],
        &[
            "--include",
            "id:getThing",
            "--include",
            "tag:Others",
            "--exclude",
            "id:list*",
        ],
    ] {
        assert_eq!(run(things), [true, false, true, false], "{things:?}");
    }
    assert_eq!(
        run(&["--include", "id:listOthers"]),
        [false, true, false, false]
    );
    assert_eq!(run(&["--exclude", "path:*"]), [false, false, false, false]);
}

#[test]
fn selectors_that_make_no_sense_are_said() {
    let folder = folder_with(TWO);
    let run = |extra: &[&str], code: i32, hint: &str| {
        let output = generator(
            folder.path(),
            &[&["api.yaml", "--out", "out"], extra].concat(),
        );
        assert_code(&output, code);
        assert!(
            stderr(&output).contains(hint),
            "{extra:?}: {}",
            stderr(&output)
        );
        assert!(!folder.path().join("out").exists());
    };
    run(&["--include", "things"], 2, "tag:NAME");
    run(&["--include", "tag:Thing"], 1, "did you mean `tag:Things`?");
    run(
        &["--exclude", "path:/thing/{id}"],
        1,
        "did you mean `path:/things/{id}`?",
    );
    run(&["--exclude", "id:nothing"], 1, "error[unmatched-selector]");
}

#[test]
fn json_messages_are_lines_of_standard_output() {
    let json = |value: &Value| serde_json::to_string_pretty(value).expect("a value is JSON");
    let as_json = json(&serde_yaml::from_str(DANGLING).expect("it is YAML"));
    for (document, line, column) in [(DANGLING, 11, 9), (as_json.as_str(), 16, 11)] {
        let folder = folder_with(document);
        let args = ["api.yaml", "--out", "out", "--message-format", "json"];
        let output = generator(folder.path(), &args);
        assert_code(&output, 0);
        let said = stderr(&output);
        assert!(
            said.contains("Generated") && !said.contains("Persmission"),
            "{said}"
        );
        let lines: Vec<Value> = stdout(&output)
            .lines()
            .map(|line| serde_json::from_str(line).expect("each line is JSON"))
            .collect();
        let expected = serde_json::json!({
            "code": "dangling-ref",
            "level": "warning",
            "message": "#/components/schemas/Persmission does not exist",
            "help": "did you mean #/components/schemas/Permission?",
            "pointer": "#/components/schemas/Holder/properties/permission",
            "file": "api.yaml",
            "line": line,
            "column": column,
        });
        assert!(lines.contains(&expected), "{lines:#?}");

        // The diff of --check is not a message.
        let output = generator(
            folder.path(),
            &[&args[..], &["--check", "--no-tests"]].concat(),
        );
        assert_code(&output, 1);
        let text = stderr(&output);
        assert!(text.lines().any(|line| line.starts_with("--- ")), "{text}");
        assert!(stdout(&output).lines().all(|line| line.starts_with('{')));
    }
}

/// The process that reads the messages may close the pipe.
#[test]
fn a_closed_pipe_ends_cleanly() {
    let folder = folder_with(DANGLING);
    for format in ["json", "human"] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_generator"))
            .args(["api.yaml", "--out", "out", "--message-format", format])
            .current_dir(folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the generator starts");
        drop((child.stdout.take(), child.stderr.take()));
        let status = child.wait().expect("it ends");
        assert_eq!(status.code(), Some(0), "{format}");
    }
}

#[test]
fn refs_lead_as_far_as_root() {
    let folder = TempDir::new().expect("a temporary folder");
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("in a folder")).expect("a folder");
        fs::write(path, text).expect("writable");
    };
    let document = SMALL.to_owned()
        + "components: { schemas: { Pet: { $ref: '../common/pets.yaml#/Pet' } } }\n";
    write("api/api.yaml", &document);
    write(
        "common/pets.yaml",
        "Pet: { type: object, properties: { pet_name: { type: strin } } }\n",
    );
    let args = ["api/api.yaml", "--out", "out"];
    let output = generator(folder.path(), &args);
    assert_code(&output, 0);
    let said = stderr(&output);
    assert!(
        said.contains("ref-outside") && said.contains("--root"),
        "{said}"
    );

    let output = generator(folder.path(), &[&args[..], &["--root", "."]].concat());
    assert_code(&output, 0);
    let said = stderr(&output);
    assert!(!said.contains("ref-outside"), "{said}");
    assert!(said.contains("common/pets.yaml:1:"), "{said}");
    let types = fs::read_to_string(folder.path().join("out/src/types.rs")).expect("readable");
    assert!(types.contains("pet_name"), "{types}");

    for root in ["common", "missing"] {
        let output = generator(folder.path(), &[&args[..], &["--root", root]].concat());
        assert_code(&output, 2);
        assert!(stderr(&output).contains(root), "{}", stderr(&output));
    }
}

#[test]
fn wrong_usage_exits_2() {
    let folder = TempDir::new().expect("a temporary folder");
    for args in [
        &["--nonsense"][..],
        &["a.yaml", "b.yaml"],
        &["--color", "maybe"],
        &["--overlay"],
    ] {
        assert_code(&generator(folder.path(), args), 2);
    }
}

#[test]
fn a_named_document_needs_a_folder() {
    let folder = TempDir::new().expect("a temporary folder");
    fs::write(folder.path().join("api.yaml"), SMALL).expect("writable");
    let output = generator(folder.path(), &["api.yaml"]);
    assert_code(&output, 2);
    assert!(stderr(&output).contains("--out"), "{}", stderr(&output));
    assert!(!folder.path().join("generated").exists());
}

#[test]
fn standard_input_is_a_document() {
    let folder = TempDir::new().expect("a temporary folder");
    let mut child = Command::new(env!("CARGO_BIN_EXE_generator"))
        .args(["-", "--out", "out"])
        .current_dir(folder.path())
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the generator starts");
    let mut stdin = child.stdin.take().expect("piped");
    let faulty = SMALL.replace("openapi: ", "openapi: 9");
    stdin.write_all(faulty.as_bytes()).expect("it reads");
    drop(stdin);
    let output = child.wait_with_output().expect("it ends");
    assert_code(&output, 1);
    assert!(stderr(&output).contains("<stdin>:"), "{}", stderr(&output));

    let file = fs::write(folder.path().join("api.yaml"), SMALL).map(|()| "api.yaml");
    let file = fs::File::open(folder.path().join(file.expect("writable"))).expect("readable");
    let output = Command::new(env!("CARGO_BIN_EXE_generator"))
        .args(["-", "--out", "out"])
        .current_dir(folder.path())
        .stdin(file)
        .output()
        .expect("the generator starts");
    assert_code(&output, 0);
    let by_name = generator(folder.path(), &["api.yaml", "--out", "out", "--check"]);
    assert_code(&by_name, 0);
}

#[test]
fn urls_are_not_documents() {
    let folder = TempDir::new().expect("a temporary folder");
    let output = generator(folder.path(), &["https://a.test/api.yaml", "--out", "out"]);
    assert_code(&output, 2);
    let text = stderr(&output);
    assert!(text.contains("curl -L https://a.test/api.yaml"), "{text}");
}

#[test]
fn a_folder_with_another_crate_stays() {
    let folder = generated(SMALL);
    let before = files(&folder.path().join("out"));
    let output = generate_with(folder.path(), &["--name", "other"]);
    assert_code(&output, 1);
    assert!(stderr(&output).contains("`other`"), "{}", stderr(&output));
    assert_eq!(files(&folder.path().join("out")), before);

    fs::remove_file(folder.path().join("out/Cargo.toml")).expect("it is there");
    assert_code(&generate_with(folder.path(), &["--name", "other"]), 0);
}

#[test]
fn missing_and_unwritable_paths_are_said() {
    let folder = TempDir::new().expect("a temporary folder");
    let missing = generator(folder.path(), &["missing.yaml", "--out", "out"]);
    assert!(!missing.status.success());
    assert!(
        stderr(&missing).contains("missing.yaml"),
        "{}",
        stderr(&missing)
    );

    fs::write(folder.path().join("api.yaml"), SMALL).expect("writable");
    fs::write(folder.path().join("file"), "in the way").expect("writable");
    let blocked = generator(folder.path(), &["api.yaml", "--out", "file"]);
    assert_code(&blocked, 1);
    assert!(stderr(&blocked).contains("file"), "{}", stderr(&blocked));
}

#[test]
fn quiet_timings_and_color() {
    let folder = generated(SMALL);
    let run = |extra: &[&str]| {
        let output = generate_with(folder.path(), extra);
        assert_code(&output, 0);
        (stdout(&output), stderr(&output))
    };
    let (out, said) = run(&[]);
    assert_eq!(out, "");
    assert!(said.contains("Generated"), "{said}");
    assert!(
        !said.contains('\u{1b}'),
        "no color off a terminal: {said:?}"
    );
    assert_eq!(run(&["--quiet"]), (String::new(), String::new()));
    assert!(run(&["--color", "always"]).1.contains('\u{1b}'));
    let (_, said) = run(&["--timings"]);
    for stage in ["read", "document", "understand", "plan", "emit", "write"] {
        assert!(said.contains(stage), "{stage} is timed: {said}");
    }
}

#[test]
fn name_renames_the_crate() {
    let folder = TempDir::new().expect("a temporary folder");
    fs::write(folder.path().join("api.yaml"), SMALL).expect("writable");
    assert_code(
        &generator(
            folder.path(),
            &["api.yaml", "--out", "out", "--name", "my-client"],
        ),
        0,
    );
    let manifest = fs::read_to_string(folder.path().join("out/Cargo.toml")).expect("readable");
    assert!(manifest.contains("name = \"my-client\""), "{manifest}");
    for bad in ["../evil", "a b", "", "9lives", "std"] {
        let output = generator(folder.path(), &["api.yaml", "--out", "out", "--name", bad]);
        assert!(!output.status.success(), "{bad:?} is no crate name");
    }
}

#[test]
fn no_tests_leaves_the_examples_out() {
    let folder = TempDir::new().expect("a temporary folder");
    let out = folder.path().to_str().expect("UTF-8");
    let tests = || {
        let paths = files(folder.path()).into_keys();
        paths.filter(|path| path.starts_with("tests/")).count()
    };
    assert_code(&generator(&workspace(), &["--out", out]), 0);
    assert!(tests() > 0, "the home document has examples");
    assert_code(&generator(&workspace(), &["--out", out, "--no-tests"]), 0);
    assert_eq!(tests(), 0, "files of ours that are no longer emitted go");
}

/// Names of files, features, dependencies and calls that a crate does not have without its parts.
const OF_PARTS: &[&str] = &[
    "clap",
    "docs/",
    "feature = \"blocking\"",
    "feature = \"cli\"",
    "saphyr",
    "send_blocking",
    "serde_json_path",
];

/// The most lines of a crate of one operation without command line, reference and blocking calls.
const MOST_LINES: usize = 11_600;

/// A document can leave out what the options leave out. An earlier crate loses the files, and `--check` expects none of them.
#[test]
fn parts_are_left_out() {
    let document = fs::read_to_string(workspace().join("tests/fixtures/lean.yaml"));
    let document = document.expect("a fixture");
    let (setting, rest): (Vec<&str>, Vec<&str>) = document
        .lines()
        .partition(|line| line.starts_with("x-client: "));
    assert_eq!(setting.len(), 1);
    let folder = generated(&rest.join("\n"));
    let out = folder.path().join("out");
    let whole = files(&out);
    for path in ["docs/index.md", "src/main.rs", "src/runtime/blocking.rs"] {
        assert!(whole.contains_key(path), "{path}");
    }
    let options = ["--no-cli", "--no-docs", "--no-blocking"];
    let checked = [&options[..], &["--check"]].concat();
    assert_code(&generate_with(folder.path(), &checked), 1);
    assert_code(&generate_with(folder.path(), &options), 0);
    assert_code(&generate_with(folder.path(), &checked), 0);
    let lean = files(&out);
    for (path, text) in &lean {
        let text = format!("{path}\n{}", String::from_utf8_lossy(text));
        for part in OF_PARTS {
            assert!(!text.contains(part), "{path}: {part}");
        }
        let of_cli = ["src/main.rs", "src/cli", "src/runtime/cli/"];
        assert!(!of_cli.iter().any(|it| path.starts_with(it)), "{path}");
    }
    assert_eq!(files(&generated(&document).path().join("out")), lean);

    let lines = |text: &Vec<u8>| text.iter().filter(|byte| **byte == b'\n').count();
    let count = |files: &BTreeMap<String, Vec<u8>>| files.values().map(lines).sum::<usize>();
    println!("{} lines, of {}", count(&lean), count(&whole));
    assert!(count(&lean) <= MOST_LINES, "{} lines", count(&lean));
}

/// A client that loses a feature breaks those who enable it.
#[test]
fn diff_knows_the_features_of_parts() {
    let folder = folder_with(SMALL);
    let without = "\nx-client: { cli: false, docs: false, blocking: false }";
    fs::write(folder.path().join("new.yaml"), format!("{SMALL}{without}")).expect("writable");
    let output = generator(folder.path(), &["diff", "api.yaml", "new.yaml"]);
    assert_code(&output, 1);
    for feature in ["blocking", "cli"] {
        assert!(stdout(&output).contains(&format!("`{feature}`")));
    }
    assert_code(
        &generator(folder.path(), &["diff", "new.yaml", "api.yaml"]),
        0,
    );
}

#[test]
fn a_site_needs_the_reference() {
    let folder = folder_with(SMALL);
    let both = ["--no-docs", "--docs", "html"];
    assert_code(&generate_with(folder.path(), &both), 2);
    let document = format!("{SMALL}\nx-client: {{ docs: false }}");
    fs::write(folder.path().join("api.yaml"), document).expect("writable");
    assert_code(&generate_with(folder.path(), &["--docs", "html"]), 0);
    assert!(folder.path().join("out/site/index.html").exists());
}

/// The site has a separate folder, which contains exactly the generated files of the site.
#[test]
fn docs_html_writes_a_site() {
    let folder = folder_with(SMALL);
    let site = folder.path().join("out/site");
    let html =
        |extra: &[&str]| generate_with(folder.path(), &[&["--docs", "html"], extra].concat());
    assert_code(&html(&["--check"]), 1);
    assert!(!site.exists());
    assert_code(&html(&[]), 0);
    let written = files(&site);
    let names: Vec<&str> = written.keys().map(String::as_str).collect();
    let expected = [
        "errors.html",
        "index.html",
        "page.js",
        "search-index.js",
        "search.js",
        "style.css",
        "things.html",
        "untyped.html",
    ];
    assert_eq!(names, expected);
    assert_code(&html(&["--check"]), 0);

    // A page of an earlier run is deleted. Other files stay, and a run without the site does not touch it.
    fs::write(site.join("old.html"), "<!-- @generated from x -->").expect("writable");
    fs::write(site.join("other.html"), "<p>").expect("writable");
    assert_code(&html(&["--check"]), 1);
    assert_code(&generate_with(folder.path(), &[]), 0);
    assert!(site.join("old.html").exists());
    assert_code(&html(&[]), 0);
    assert!(!site.join("old.html").exists() && site.join("other.html").exists());

    assert_code(&html(&["--docs-dir", "elsewhere"]), 0);
    assert_eq!(files(&folder.path().join("elsewhere")), written);
    let output = generate_with(folder.path(), &["--docs-dir", "elsewhere"]);
    assert_code(&output, 2);
    assert!(stderr(&output).contains("--docs-dir requires --docs html"));
}

#[test]
fn overlays_apply_in_order() {
    let folder = TempDir::new().expect("a temporary folder");
    let write =
        |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("writable");
    let overlay = |actions: &str| {
        format!("overlay: 1.1.0\ninfo: {{ title: T, version: '1' }}\nactions:\n{actions}")
    };
    write("api.yaml", SMALL);
    write(
        "one.yaml",
        &overlay("  - { target: $.info, update: { title: First } }\n"),
    );
    write(
        "two.yaml",
        &overlay("  - { target: $.info, update: { title: Second } }\n"),
    );
    write(
        "none.yaml",
        &overlay("  - { target: $.nothing.here, remove: true }\n"),
    );
    write(
        "wrong.yaml",
        &overlay("  - { target: '$..[', remove: true }\n"),
    );
    let run = |overlays: &[&str]| {
        let mut args = vec!["api.yaml", "--out", "out"];
        overlays
            .iter()
            .for_each(|overlay| args.extend(["--overlay", overlay]));
        generator(folder.path(), &args)
    };
    assert_code(&run(&["one.yaml", "two.yaml"]), 0);
    let readme = fs::read_to_string(folder.path().join("out/src/lib.rs")).expect("readable");
    assert!(
        readme.contains("Second") && !readme.contains("First"),
        "{readme}"
    );
    let output = run(&["one.yaml", "two.yaml", "none.yaml"]);
    assert_code(&output, 0);
    let said = stderr(&output);
    assert!(said.contains("warning[overlay-no-match]"), "{said}");
    let output = run(&["wrong.yaml"]);
    assert_code(&output, 1);
    let said = stderr(&output);
    assert!(said.contains("wrong.yaml:4"), "{said}");
    let sum = "wrong.yaml: the overlay has 1 error; nothing was generated";
    assert!(said.contains(sum), "{said}");
    let denied = ["api.yaml", "--out", "out", "--overlay", "none.yaml"];
    let denied = [&denied[..], &["--deny", "overlay-no-match"]].concat();
    let output = generator(folder.path(), &denied);
    assert_code(&output, 1);
    let said = stderr(&output);
    assert!(said.contains("none.yaml:4"), "{said}");
}

/// Faults of a document without its overlay are not reported: the overlay may repair them.
#[test]
fn a_faulty_overlay_ends_the_run() {
    let folder = folder_with(DANGLING);
    let wrong = "overlay: 1.1.0\ninfo: { title: T, version: '1' }\nactions: []\n";
    fs::write(folder.path().join("wrong.yaml"), wrong).expect("writable");
    let args = ["api.yaml", "--out", "out", "--overlay", "wrong.yaml"];
    let said = stderr(&generator(folder.path(), &args));
    assert!(said.contains("error[overlay-invalid]"), "{said}");
    assert!(!said.contains("dangling-ref"), "{said}");
}

#[test]
fn init_writes_an_overlay_once() {
    let folder = folder_with(SMALL);
    let run = |args: &[&str]| generator(folder.path(), args);
    let output = run(&["init", "api.yaml"]);
    assert_code(&output, 0);
    assert!(
        stderr(&output).contains("Wrote overlay.yaml"),
        "{}",
        stderr(&output)
    );
    let overlay = folder.path().join("overlay.yaml");
    let text = fs::read_to_string(&overlay).expect("the overlay");
    assert!(text.contains("extends: api.yaml"), "{text}");
    fs::write(&overlay, "precious").expect("writable");
    let output = run(&["init", "api.yaml"]);
    assert_code(&output, 1);
    let said = stderr(&output);
    assert!(
        said.contains("overlay.yaml exists, and is not overwritten"),
        "{said}"
    );
    assert_eq!(fs::read_to_string(&overlay).expect("readable"), "precious");

    let args = [
        "init", "api.yaml", "--out", "o.yaml", "--name", "mine", "--quiet",
    ];
    let output = run(&args);
    assert_code(&output, 0);
    assert_eq!(stderr(&output), "");
    let text = fs::read_to_string(folder.path().join("o.yaml")).expect("the overlay");
    assert!(text.contains("crate: { name: mine }"), "{text}");
    let args = ["api.yaml", "--overlay", "o.yaml", "--out", "out"];
    assert_code(&run(&args), 0);
    let manifest = fs::read_to_string(folder.path().join("out/Cargo.toml")).expect("readable");
    assert!(manifest.contains("name = \"mine\""), "{manifest}");
}

#[test]
fn init_of_no_document_writes_nothing() {
    let folder = folder_with("openapi: 3.1.0\ninfo: [");
    for (spec, code) in [
        ("api.yaml", 1),
        ("absent.yaml", 2),
        ("https://example.com/api.yaml", 2),
    ] {
        assert_code(&generator(folder.path(), &["init", spec]), code);
    }
    assert_code(&generator(folder.path(), &["init"]), 2);
    assert!(!folder.path().join("overlay.yaml").exists());
}

/// A file outside the output folder is never touched, regardless of the folder's content.
#[cfg(unix)]
#[test]
fn links_out_of_the_folder_are_not_followed() {
    let folder = generated(SMALL);
    let outside = TempDir::new().expect("a temporary folder");
    let victim = outside.path().join("lib.rs");
    fs::write(&victim, "precious").expect("writable");
    let out = folder.path().join("out");
    fs::remove_dir_all(out.join("src")).expect("removable");
    std::os::unix::fs::symlink(outside.path(), out.join("src")).expect("a link");
    let output = generator(folder.path(), &["api.yaml", "--out", "out"]);
    assert_code(&output, 1);
    assert_eq!(fs::read_to_string(&victim).expect("readable"), "precious");
    assert_eq!(files(outside.path()).len(), 1);
}

/// Three documents in a folder: the second one has another name for the operation of the first one, and the third one has another operation.
fn documents() -> TempDir {
    let folder = TempDir::new().expect("a temporary folder");
    let write = |name: &str, text: &str| {
        fs::write(folder.path().join(name), text).expect("writable");
    };
    let more = "paths:
  /things/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    get: { operationId: getThing, responses: { '204': { description: OK } } }
";
    write("old.yaml", SMALL);
    write("new.yaml", &SMALL.replace("listThings", "loadThings"));
    write("more.yaml", &SMALL.replace("paths:\n", more));
    folder
}

#[test]
fn diff_exits_with_1_if_something_breaks() {
    let folder = documents();
    let diff = |args: &[&str]| generator(folder.path(), &[&["diff"], args].concat());
    for (args, code, step) in [
        (["old.yaml", "old.yaml"], 0, "no changes"),
        (
            ["old.yaml", "more.yaml"],
            0,
            "a minor step, from 0.1.0 to 0.1.1",
        ),
        (
            ["more.yaml", "old.yaml"],
            1,
            "a major step, from 0.1.0 to 0.2.0",
        ),
        (
            ["old.yaml", "new.yaml"],
            1,
            "a major step, from 0.1.0 to 0.2.0",
        ),
    ] {
        let output = diff(&args);
        assert_code(&output, code);
        assert!(stderr(&output).contains(step), "{}", stderr(&output));
        let quiet = diff(&[&args[..], &["--quiet"]].concat());
        assert_eq!(stderr(&quiet), "");
        assert_eq!(stdout(&quiet), stdout(&output));
    }
    let args = ["more.yaml", "old.yaml"];
    let expected = "breaking[removed]: `things::Things::retrieve` is gone
  --> more.yaml:7:5 (#/paths/~1things~1{id}/get)
";
    assert_eq!(stdout(&diff(&args)), expected);
    let json = diff(&[&args[..], &["--format", "json"]].concat());
    let json: Value = serde_json::from_str(&stdout(&json)).expect("JSON");
    assert_eq!(json["changes"][0]["old"]["line"], 7);
}

#[test]
fn diff_without_two_documents_is_wrong_usage() {
    let folder = documents();
    for args in [
        &["diff"][..],
        &["diff", "old.yaml"],
        &["diff", "old.yaml", "absent.yaml"],
        &["diff", "old.yaml", "new.yaml", "--format", "xml"],
        &["diff", "old.yaml", "new.yaml", "--overlay", "absent.yaml"],
        &["--check", "diff", "old.yaml", "new.yaml"],
    ] {
        assert_code(&generator(folder.path(), args), 2);
    }
    fs::write(folder.path().join("new.yaml"), "openapi: 3.1.0\npaths: [\n").expect("writable");
    let output = generator(folder.path(), &["diff", "old.yaml", "new.yaml"]);
    assert_code(&output, 1);
    let said = stderr(&output);
    assert!(
        said.contains("new.yaml: the document has 1 error"),
        "{said}"
    );
}

/// The documents of two versions rarely have one overlay.
#[test]
fn diff_takes_an_overlay_for_each_document() {
    let folder = documents();
    let overlay = |name: &str, id: &str| {
        let text = format!(
            "overlay: 1.0.0
info: {{ title: Names, version: '1' }}
actions:
- target: $.paths['/things'].get
  update: {{ operationId: {id} }}
"
        );
        fs::write(folder.path().join(name), text).expect("writable");
    };
    overlay("load.yaml", "loadThings");
    overlay("list.yaml", "listThings");
    let diff = |args: &[&str]| {
        let args = [&["diff", "old.yaml", "new.yaml"], args].concat();
        generator(folder.path(), &args)
    };
    assert_code(&diff(&["--overlay", "list.yaml"]), 0);
    assert_code(&diff(&["--old-overlay", "load.yaml"]), 0);
    let output = diff(&["--overlay", "list.yaml", "--old-overlay", "load.yaml"]);
    assert_code(&output, 1);
}

#[test]
fn a_run_over_a_crate_says_what_it_breaks() {
    let folder = documents();
    let run = |document: &str, more: &[&str]| {
        let args = [&[document, "--out", "out", "--name", "things"], more].concat();
        generator(folder.path(), &args)
    };
    for _ in ["a new crate", "the same crate"] {
        let output = run("more.yaml", &[]);
        assert_code(&output, 0);
        assert!(!stderr(&output).contains("Changes"), "{}", stderr(&output));
    }
    let checked = run("old.yaml", &["--check"]);
    assert_code(&checked, 1);
    for output in [checked, run("old.yaml", &[])] {
        let said = stderr(&output);
        let expected = "     Changes 1 breaking: a major step, from 0.1.0 to 0.2.0
             `things::Things::retrieve` is gone
";
        assert!(said.contains(expected), "{said}");
    }
    // A crate that is no Rust any more is replaced all the same.
    let edited = folder.path().join("out/src/things.rs");
    let text = fs::read_to_string(&edited).expect("a file") + "}";
    fs::write(&edited, text).expect("writable");
    let output = run("old.yaml", &[]);
    assert_code(&output, 0);
    assert!(!stderr(&output).contains("Changes"), "{}", stderr(&output));
}

/// `UPDATE_HELP=1` writes it anew.
#[test]
fn the_help_of_diff_is_as_it_was() {
    let output = generator(&workspace(), &["diff", "--help"]);
    assert_code(&output, 0);
    let path = workspace().join("tests/snapshots/generator_diff_help.txt");
    if std::env::var_os("UPDATE_HELP").is_some() {
        fs::write(&path, stdout(&output)).expect("writable");
    }
    let expected = fs::read_to_string(&path).expect("the snapshot");
    // Features that other packages enable decide how lines are wrapped.
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(words(&stdout(&output)), words(&expected));
}
