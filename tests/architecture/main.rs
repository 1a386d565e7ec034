//! Tests of the generator's architecture: dependencies between stages, sizes and opening comments of files.
//!
//! In: the source of the generator and of the runtime. Out: nothing. Not here: the behavior of the generator.
//!
//! `known.txt` lists today's violations. It only shrinks: an entry that is no longer true fails the test, and
//! `ARCHITECTURE=shrink cargo test -p tests --test architecture` removes such entries.

mod circles;
mod limits;
mod source;
mod syntax;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{LazyLock, Mutex};
use std::{env, fs};

use source::Tree;

/// The stages and the other modules, each with the modules that it may depend on.
const STAGES: &[(&str, &[&str])] = &[
    ("maps", &[]),
    ("report", &[]),
    ("model", &["report"]),
    ("read", &["maps", "report"]),
    ("document", &["maps", "read", "report"]),
    ("understand", &["document", "maps", "model", "report"]),
    ("plan", &["maps", "model", "report"]),
    ("emit", &["model", "plan", "report"]),
    ("write", &["emit"]),
    ("surface", &["model", "plan", "report"]),
    ("diff", &["surface"]),
    ("render", &["diff", "read", "report", "surface"]),
    ("options", &["model", "report", "understand"]),
    ("output", &["emit", "model", "report", "surface"]),
    ("clock", &[]),
    // The root of the crate, which joins the stages.
    (
        "lib",
        &[
            "clock",
            "diff",
            "document",
            "emit",
            "model",
            "options",
            "output",
            "plan",
            "read",
            "report",
            "surface",
            "understand",
            "write",
        ],
    ),
    // The program, which uses the library.
    ("command", &[]),
    ("main", &["command"]),
];

/// Crates and modules that only some files may use.
const TOOLS: &[(&str, &[&str])] = &[
    ("annotate_snippets", &["render/"]),
    ("clap", &["command/arguments.rs"]),
    ("deunicode", &["model/words.rs"]),
    ("openapiv3", &["document/", "understand/"]),
    ("prettyplease", &["emit/"]),
    ("proc_macro2", &["emit/", "plan/names/scope.rs", "surface/"]),
    ("quote", &["emit/", "plan/names/scope.rs", "surface/"]),
    ("serde_json_path", &["read/"]),
    ("serde_yaml", &["read/"]),
    ("std::env", &["command/paths.rs"]),
    ("std::fs", &["read/", "write/mod.rs"]),
    ("std::io", &["command/console.rs", "read/", "write/mod.rs"]),
    (
        "std::process",
        &["command/mod.rs", "main.rs", "write/mod.rs"],
    ),
    ("syn", &["emit/", "surface/"]),
];

/// Macros that no stage may call, because stages neither print nor have global state.
const FORBIDDEN: &[&str] = &["eprint", "eprintln", "print", "println", "thread_local"];

static GENERATOR: LazyLock<Tree> = LazyLock::new(|| Tree::read(&root().join("generator/src")));
static RUNTIME: LazyLock<Tree> = LazyLock::new(|| Tree::read(&root().join("templates/runtime")));

fn root() -> PathBuf {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    tests
        .parent()
        .expect("tests/ is in the workspace")
        .to_path_buf()
}

#[test]
fn stages_see_only_what_is_listed() {
    let wrong = unlisted(&GENERATOR, STAGES);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let files: BTreeSet<&str> = GENERATOR.files.iter().map(|file| file.stage()).collect();
    let gone: Vec<&str> = STAGES
        .iter()
        .map(|(stage, _)| *stage)
        .filter(|stage| !files.contains(stage))
        .collect();
    assert!(
        gone.is_empty(),
        "there are no such stages or modules: {gone:?}"
    );
}

/// Dependencies between stages or modules that are not in the table.
fn unlisted(tree: &Tree, stages: &[(&str, &[&str])]) -> Vec<String> {
    let mut wrong = Vec::new();
    for file in &tree.files {
        let Some((_, sees)) = stages.iter().find(|(stage, _)| *stage == file.stage()) else {
            wrong.push(format!("{} is not listed: add it to STAGES", file.path));
            continue;
        };
        for target in tree.dependencies(file) {
            if target.stage() != file.stage() && !sees.contains(&target.stage()) {
                wrong.push(format!(
                    "{} depends on {}; {} sees {sees:?}",
                    file.path,
                    target.path,
                    file.stage()
                ));
            }
        }
    }
    wrong
}

/// The table itself has no circle.
#[test]
fn stages_are_in_order() {
    let mut done: BTreeSet<&str> = BTreeSet::new();
    while done.len() < STAGES.len() {
        let ready = STAGES
            .iter()
            .filter(|(_, sees)| sees.iter().all(|stage| done.contains(stage)));
        let ready: Vec<&str> = ready
            .map(|(stage, _)| *stage)
            .filter(|stage| !done.contains(stage))
            .collect();
        assert!(!ready.is_empty(), "a circle among all stages but {done:?}");
        done.extend(ready);
    }
}

#[test]
fn tools_stay_where_they_belong() {
    let wrong = misplaced(&GENERATOR);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Files that use a tool of other files, or a forbidden macro.
fn misplaced(tree: &Tree) -> Vec<String> {
    let mut wrong = Vec::new();
    for file in &tree.files {
        let paths: BTreeSet<String> = Tree::paths(file).map(|path| path.join("::")).collect();
        for (tool, places) in TOOLS {
            let is_allowed = places.iter().any(|place| file.path.starts_with(place));
            let is_it = |path: &String| path == tool || path.starts_with(&format!("{tool}::"));
            if let Some(path) = paths.iter().find(|path| !is_allowed && is_it(path)) {
                wrong.push(format!(
                    "{} uses {path}, which belongs to {places:?}",
                    file.path
                ));
            }
        }
        for name in &file.macros {
            if FORBIDDEN.contains(&name.as_str()) {
                wrong.push(format!("{} calls {name}!", file.path));
            }
        }
    }
    wrong
}

#[test]
fn files_have_no_circles() {
    let mut found = circles::circles(&GENERATOR);
    // In an emitted crate, the runtime is a module.
    let files = RUNTIME.files.iter();
    let files: Vec<(String, &str)> = files
        .map(|file| (format!("runtime/{}", file.path), file.text.as_str()))
        .collect();
    let files = files.iter().map(|(path, text)| (path.as_str(), *text));
    found.extend(circles::circles(&Tree::of(files)));
    check("circle", found);
}

/// Emitted crates need Rust 1.85. Clippy checks the functions of the standard library that they use, but not the syntax.
#[test]
fn the_runtime_has_no_let_chains() {
    let chained = RUNTIME
        .files
        .iter()
        .filter(|file| syntax::has_let_chain(&file.text));
    let chained: Vec<&str> = chained.map(|file| file.path.as_str()).collect();
    assert!(chained.is_empty(), "let chains need 1.88: {chained:?}");
}

#[test]
fn functions_are_short() {
    let mut found = BTreeSet::new();
    for (folder, tree) in [
        ("generator/src", &GENERATOR),
        ("templates/runtime", &RUNTIME),
    ] {
        for file in &tree.files {
            let long = limits::long_functions(&file.text);
            found.extend(
                long.into_iter()
                    .map(|(name, _)| format!("{folder}/{} {name}", file.path)),
            );
        }
    }
    check("long-function", found);
}

#[test]
fn files_are_short() {
    let mut found = BTreeSet::new();
    for (folder, tree) in [
        ("generator/src", &GENERATOR),
        ("templates/runtime", &RUNTIME),
    ] {
        let long = tree
            .files
            .iter()
            .filter(|file| limits::is_long_file(&file.text));
        found.extend(long.map(|file| format!("{folder}/{}", file.path)));
    }
    check("long-file", found);
}

/// Each file has an opening comment. The comment of a folder names its input, its output, and what must not be in it.
#[test]
fn files_and_folders_introduce_themselves() {
    let mut found = BTreeSet::new();
    let mut folders = BTreeSet::new();
    for file in &GENERATOR.files {
        let opening = limits::opening(&file.text);
        if opening.is_empty() {
            found.insert(format!("{} does not begin with `//!`", file.path));
        }
        let is_complete = ["In:", "Out:", "Not here:"]
            .iter()
            .all(|part| opening.contains(part));
        if file.path.ends_with("/mod.rs") && !is_complete {
            found.insert(format!("{} does not give In, Out and Not here", file.path));
        }
        let parts = file
            .path
            .match_indices('/')
            .map(|(end, _)| &file.path[..end]);
        folders.extend(parts);
    }
    for folder in folders {
        let has_page = GENERATOR
            .files
            .iter()
            .any(|file| file.path == format!("{folder}/mod.rs"));
        if !has_page {
            found.insert(format!("{folder}/ has no mod.rs"));
        }
        assert!(
            !folder.ends_with("build"),
            "{folder}: ignore lists take `build` for output"
        );
    }
    check("introduction", found);
}

/// Compares the violations of a rule with the known ones.
fn check(rule: &str, found: BTreeSet<String>) {
    static FILE: Mutex<()> = Mutex::new(());
    let _one_at_a_time = FILE.lock();
    let path = root().join("tests/architecture/known.txt");
    let text = fs::read_to_string(&path).expect("known.txt");
    let (own, others): (Vec<_>, Vec<_>) = text
        .lines()
        .partition(|line| line.starts_with(&format!("{rule}: ")));
    let known: BTreeSet<String> = own.into_iter().map(String::from).collect();
    let found: BTreeSet<String> = found
        .into_iter()
        .map(|found| format!("{rule}: {found}"))
        .collect();
    let kept: Vec<&String> = match env::var("ARCHITECTURE").as_deref() {
        Ok("shrink") => known.intersection(&found).collect(),
        Ok("update") => found.iter().collect(),
        Ok(_) | Err(_) => known.iter().collect(),
    };
    let mut lines: Vec<&str> = others
        .into_iter()
        .chain(kept.iter().map(|line| line.as_str()))
        .collect();
    lines.sort_unstable();
    let lines: String = lines.into_iter().map(|line| format!("{line}\n")).collect();
    if lines != text {
        fs::write(&path, lines).expect("known.txt can be written");
    }
    let kept: BTreeSet<String> = kept.into_iter().cloned().collect();
    let new: Vec<_> = found.difference(&kept).cloned().collect();
    assert!(
        new.is_empty(),
        "new, so mend it (if files were only renamed, run with ARCHITECTURE=update):\n{}",
        new.join("\n")
    );
    let gone: Vec<_> = kept.difference(&found).cloned().collect();
    assert!(
        gone.is_empty(),
        "no longer true, so run with ARCHITECTURE=shrink:\n{}",
        gone.join("\n")
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `b` may use `a`, and nothing may use `b`.
    const TWO: &[(&str, &[&str])] = &[("a", &[]), ("b", &["a"])];

    fn wrong(a: &str, b: &str) -> usize {
        let tree = Tree::of([
            ("a/mod.rs", a),
            ("a/one.rs", ""),
            ("b/mod.rs", b),
            ("b/two/mod.rs", ""),
            ("b/two/three.rs", ""),
        ]);
        unlisted(&tree, TWO).len()
    }

    #[test]
    fn every_form_of_a_path_is_seen() {
        for path in [
            "use crate::b::X;",
            "use crate::{b::X};",
            "use crate::b;",
            "use crate::b as c;",
            "use crate::b::*;",
            "use super::b::X;",
            "pub use super::{self as root, b::two::three::{X, Y}};",
            "fn f() { crate::b::two::g() }",
            "fn f(x: super::b::X) {}",
            "fn f() -> Vec<crate::b::X> { vec![] }",
            "fn f() { format!(\"{}\", crate::b::g()) }",
            "mod inline { fn f() { super::super::b::g() } }",
            "mod inline { use super::super::b::X; }",
            "use crate as root; fn f() { root::b::g() }",
        ] {
            assert_eq!(wrong(path, ""), 1, "{path}");
        }
        assert_eq!(wrong("", "use crate::a::one::X;"), 0);
    }

    #[test]
    fn emitted_code_and_unit_tests_do_not_count() {
        for path in [
            "fn f() { quote! { crate::b::X } }",
            "#[cfg(test)] mod tests { use crate::b::X; }",
            "#[cfg(test)]\n#[allow(dead_code)]\nuse crate::b::X;",
            "// crate::b::X\n/// [`crate::b`]\nfn f() { \"crate::b::X\"; }",
            "use std::b::X;",
        ] {
            assert_eq!(wrong(path, ""), 0, "{path}");
        }
    }

    #[test]
    fn a_stage_that_is_not_listed_is_seen() {
        assert_eq!(unlisted(&Tree::of([("c.rs", "")]), TWO).len(), 1);
        assert_eq!(
            unlisted(
                &Tree::of([("a/deep/er.rs", "use crate::lib_item;"), ("lib.rs", "")]),
                TWO
            )
            .len(),
            2
        );
    }

    #[test]
    fn a_path_leads_to_the_file_that_defines_its_end() {
        let exported = [
            ("a/mod.rs", "mod one; mod two; pub use one::X;"),
            ("a/one.rs", ""),
            ("a/two.rs", "use super::X;"),
        ];
        let tree = Tree::of(exported);
        let targets = |path: &str| {
            let file = tree
                .files
                .iter()
                .find(|file| file.path == path)
                .expect("a file");
            tree.dependencies(file)
                .iter()
                .map(|file| file.path.clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(targets("a/two.rs"), ["a/one.rs"]);
        assert!(targets("a/mod.rs").is_empty());
    }

    #[test]
    fn circles_are_found() {
        let found =
            |files: &[(&str, &str)]| circles::circles(&Tree::of(files.iter().copied())).len();
        assert_eq!(
            found(&[
                ("a.rs", "use crate::b::X;"),
                ("b.rs", "fn f() { super::a::g() }")
            ]),
            2
        );
        assert_eq!(
            found(&[
                ("a.rs", "use crate::b::X;"),
                ("b.rs", "use crate::c::X;"),
                ("c.rs", "fn f() { crate::a::g() }")
            ]),
            3
        );
        // A folder that calls a file in it, which uses a definition of the folder.
        let folder = [
            ("a/mod.rs", "mod one; struct X; fn f() { one::g() }"),
            ("a/one.rs", "use super::X;"),
        ];
        assert_eq!(found(&folder), 2);
        let declared = [
            ("a/mod.rs", "mod one; pub use one::Y; struct X;"),
            ("a/one.rs", "use super::X;"),
        ];
        assert_eq!(found(&declared), 0);
    }

    #[test]
    fn misplaced_tools_are_found() {
        for code in [
            "use openapiv3::Schema;",
            "fn f(x: &openapiv3::Schema) {}",
            "use std::{fmt, fs};",
            "use std::fs::read; ",
            "use quote::quote;",
            "fn f() { println!(\"\") }",
        ] {
            assert_eq!(
                misplaced(&Tree::of([("plan/a.rs", code)])).len(),
                1,
                "{code}"
            );
        }
        assert!(misplaced(&Tree::of([("read/a.rs", "use std::fs;")])).is_empty());
    }
}
