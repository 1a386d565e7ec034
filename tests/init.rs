//! The overlay of `generator init`: it changes nothing, and each of its comments that looks like an action is one.
//!
//! In: the home document, `fixtures/`, and the documents of the folder in `OPENAPI_CORPUS`, if it is set. Out: nothing. Not here: the
//! command line (see `cli.rs`).

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{env, fs, thread};

use generator::render::{self, Style};
use generator::report::{Code, Level, Pointer};
use generator::{File, Options, Output, Source, generate, starting_overlay};
use tests::corpus::{Document, documents};

/// The marks of a comment that begins an action, and of its other lines.
const ACTION: &str = "  # - ";
const REST: &str = "  #   ";

fn root() -> PathBuf {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    tests.parent().expect("the workspace").to_path_buf()
}

fn options() -> Options {
    Options {
        no_tests: true,
        ..Options::default()
    }
}

/// An overlay, and which of its comments are actions.
struct Overlay {
    lines: Vec<String>,
    actions: Vec<Action>,
}

/// A comment that looks like an action.
struct Action {
    /// Its first line, and the one after its last.
    lines: (usize, usize),
}

impl Overlay {
    fn new(text: &str) -> Self {
        let lines: Vec<String> = text.lines().map(String::from).collect();
        let mut actions: Vec<Action> = Vec::new();
        for (index, line) in lines.iter().enumerate() {
            if line.starts_with(ACTION) {
                actions.push(Action {
                    lines: (index, index + 1),
                });
            } else if let Some(last) = actions.last_mut()
                && last.lines.1 == index
                && line.starts_with(REST)
            {
                last.lines.1 += 1;
            }
        }
        Self { lines, actions }
    }

    /// The text with some actions that are no longer comments.
    fn with<'a>(&self, actions: impl IntoIterator<Item = &'a Action>) -> String {
        let mut lines = self.lines.clone();
        for action in actions {
            for line in &mut lines[action.lines.0..action.lines.1] {
                *line = line.replacen("# ", "", 1);
            }
        }
        lines.join("\n")
    }

    /// The actions in groups that do not contradict each other: where names come from has several answers, and what is removed has
    /// no settings.
    fn groups(&self) -> Vec<Vec<&Action>> {
        let is_alone = |action: &&Action| self.text(action).contains("{ names: ");
        let (alone, others): (Vec<_>, Vec<_>) = self.actions.iter().partition(is_alone);
        let is_removal = |action: &&Action| self.text(action).contains("remove: true");
        let (removals, others): (Vec<_>, Vec<_>) = others.into_iter().partition(is_removal);
        let groups = alone.into_iter().map(|action| vec![action]);
        let (statements, others) = others.into_iter().partition(|it| self.says_what_is(it));
        let groups = groups.chain([removals, statements, others]);
        groups.filter(|group| !group.is_empty()).collect()
    }

    /// Whether an action says what is recognised without it, so that it changes nothing.
    fn says_what_is(&self, action: &Action) -> bool {
        let text = self.text(action);
        let changes = ["{ names: ", "remove: true", "pagination: false"];
        !changes.iter().any(|part| text.contains(part))
    }

    fn text(&self, action: &Action) -> String {
        self.lines[action.lines.0..action.lines.1].join("\n")
    }
}

/// The warnings of a run.
fn warnings(output: &Output) -> BTreeSet<(Code, Pointer, String)> {
    let all = output.diagnostics.iter();
    let warnings = all.filter(|it| it.level >= Level::Warning);
    warnings
        .map(|it| (it.code, it.at.clone(), it.text.clone()))
        .collect()
}

/// Whether a file is code, and not documentation, which says where a setting comes from.
fn is_code(path: &str) -> bool {
    path.starts_with("src/")
}

fn different(one: &[File], other: &[File]) -> Vec<String> {
    let other: BTreeSet<(&str, &str)> = other.iter().map(|it| (&*it.path, &*it.text)).collect();
    let new = one.iter();
    let new = new.filter(|it| !other.contains(&(&*it.path, &*it.text)));
    new.map(|file| file.path.clone()).collect()
}

/// Says what is wrong with the overlay of a document, and counts its actions. A document with errors has none.
fn judged(source: &Source, is_each_alone: bool) -> (Vec<String>, usize) {
    let Ok(plain) = generate(source, &options()) else {
        return (Vec::new(), 0);
    };
    let text = starting_overlay(source, &options()).expect("the document has no errors");
    let with = |text: &str| {
        let source = source.clone().overlay("overlay.yaml", text);
        let result = generate(&source, &options());
        result.map_err(|failure| render::text(&failure.diagnostics, &source, Style::Plain))
    };
    let mut wrong = Vec::new();
    match with(&text) {
        Err(said) => wrong.push(said),
        Ok(output) => {
            let differs = different(&output.files, &plain.files);
            if output.files.len() != plain.files.len() || !differs.is_empty() {
                wrong.push(format!("the overlay changes {}", differs.join(", ")));
            }
            let said = |output: &Output| render::text(&output.diagnostics, source, Style::Plain);
            if said(&output) != said(&plain) {
                wrong.push(format!("the overlay is reported: {}", said(&output)));
            }
        }
    }
    let overlay = Overlay::new(&text);
    let known = warnings(&plain);
    let alone = || overlay.actions.iter().map(|action| vec![action]).collect();
    let tried: Vec<Vec<&Action>> = match is_each_alone {
        true => alone(),
        false => overlay.groups(),
    };
    for actions in tried {
        let shown = || overlay.text(actions[0]);
        match with(&overlay.with(actions.iter().copied())) {
            Err(said) => wrong.push(format!("{}\n{said}", shown())),
            Ok(output) => {
                let new: Vec<_> = warnings(&output).difference(&known).cloned().collect();
                if !new.is_empty() {
                    wrong.push(format!("{}\nwarns: {new:?}", shown()));
                }
                let differs = different(&output.files, &plain.files);
                let differs: Vec<&String> = differs.iter().filter(|it| is_code(it)).collect();
                if !differs.is_empty() && actions.iter().all(|it| overlay.says_what_is(it)) {
                    wrong.push(format!("{}\nchanges {differs:?}", shown()));
                }
            }
        }
    }
    (wrong, overlay.actions.len())
}

/// Judges documents on all cores.
fn judge(sources: &[(String, Source)], is_each_alone: bool) -> usize {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut found = (Vec::new(), 0);
        while let Some((name, source)) = sources.get(next.fetch_add(1, Ordering::Relaxed)) {
            let (wrong, count) = judged(source, is_each_alone);
            eprintln!("{name}: {count} actions");
            found
                .0
                .extend(wrong.into_iter().map(|it| format!("==> {name}: {it}")));
            found.1 += count;
        }
        found
    };
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let found = thread::scope(|scope| {
        let workers: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        let done = workers.into_iter().map(|it| it.join().expect("no panic"));
        done.collect::<Vec<(Vec<String>, usize)>>()
    });
    let wrong: Vec<&String> = found.iter().flat_map(|(wrong, _)| wrong).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    found.iter().map(|(_, count)| count).sum()
}

#[test]
fn home_document() {
    let open = |overlays: &[PathBuf]| {
        let source = Source::open(&root().join("spec/permissions.yaml"), overlays);
        source.expect("the home document")
    };
    let sources = [
        ("alone".to_owned(), open(&[])),
        (
            "with its overlay".to_owned(),
            open(&[root().join("spec/overlay.yaml")]),
        ),
    ];
    assert!(judge(&sources, true) > 20);
}

#[test]
fn fixtures() {
    let folder = root().join("tests/fixtures");
    let mut sources = Vec::new();
    for folder in [folder.clone(), folder.join("codes")] {
        for entry in fs::read_dir(folder).expect("fixtures") {
            let path = entry.expect("readable").path();
            let name = path.display().to_string();
            if name.ends_with(".yaml") && !name.ends_with(".overlay.yaml") {
                sources.push((name, Source::open(&path, &[]).expect("a fixture")));
            }
        }
    }
    assert!(judge(&sources, false) > 1000);
}

#[test]
#[ignore = "slow: --release -- --include-ignored"]
fn real_documents() {
    let Some(folder) = env::var_os("OPENAPI_CORPUS") else {
        return;
    };
    let open = |document: Document| {
        let source = Source::open(&document.path, &[]).expect("readable");
        let source = match &document.root {
            Some(root) => source.within(root).expect("it is below its root"),
            None => source,
        };
        (document.name, source)
    };
    let all = documents(Path::new(&folder)).expect("a folder of documents");
    let sources: Vec<_> = all.into_iter().map(open).collect();
    judge(&sources, false);
}
