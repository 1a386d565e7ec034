//! Compares the time to generate with the time to parse.
//!
//! In: the YAML and JSON files of the folder in `OPENAPI_CORPUS`, else the home document. Out: a line per document, and a failure
//! if a ratio is above [`LIMIT`]. Time is the CPU time of all threads of this process. Both sides take turns in one run, and the
//! medians are compared. Not here: writing to a disk.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;
use std::{env, fmt, fs, thread};

use cpu_time::ProcessTime;
use generator::{Options, Source, generate};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

/// The allocator of the generator's binary, which parsing uses, too.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The intended ratio of generating to parsing.
const GOAL: f64 = 3.0;
/// The ratio is 3.8 and 5.1 today for the largest YAML documents of the corpus. A regression is far higher.
const LIMIT: f64 = 8.0;
const ROUNDS: usize = 15;

fn main() -> ExitCode {
    let mut fine = true;
    for path in documents() {
        let text = fs::read_to_string(&path).expect("a document is text");
        let (parsing, generating) = rounds(&path, &text);
        let ratio = generating.as_secs_f64() / parsing.as_secs_f64();
        let verdict = match ratio <= GOAL {
            true => format!("within {GOAL}"),
            false => format!("ABOVE {GOAL}"),
        };
        // In small documents, the fixed cost of a crate dominates. The goal applies to large ones, and to YAML, which is slow to
        // parse.
        let judged = is_yaml(&path) && text.len() > 1 << 20;
        fine &= !judged || ratio <= LIMIT;
        println!(
            "{:<28} {:>8} bytes  parse {:>7.1} ms  generate {:>8.1} ms  {:>7.1} ns/byte  ratio {ratio:.2}{}",
            path.file_name().expect("a file").to_string_lossy(),
            text.len(),
            parsing.as_secs_f64() * 1e3,
            generating.as_secs_f64() * 1e3,
            generating.as_secs_f64() * 1e9 / text.len() as f64,
            if judged {
                format!(" ({verdict})")
            } else {
                String::new()
            },
        );
    }
    if fine {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn documents() -> Vec<PathBuf> {
    let Some(folder) = env::var_os("OPENAPI_CORPUS") else {
        return vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec/permissions.yaml")];
    };
    let mut found: Vec<PathBuf> = fs::read_dir(folder)
        .expect("OPENAPI_CORPUS is a folder")
        .map(|entry| entry.expect("readable").path())
        .filter(|path| {
            is_yaml(path)
                || path
                    .extension()
                    .is_some_and(|extension| extension == "json")
        })
        .collect();
    found.sort();
    found
}

fn is_yaml(path: &Path) -> bool {
    path.extension()
        .is_some_and(|extension| extension == "yaml" || extension == "yml")
}

/// The medians of parsing and of generating.
fn rounds(path: &Path, text: &str) -> (Duration, Duration) {
    let (mut parsing, mut generating) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        parsing.push(cpu(|| parse(path, text)));
        generating.push(cpu(|| {
            let source = Source::open(path, &[]).expect("a readable document");
            let output = generate(&source, &Options::default()).expect("no errors");
            assert!(!output.files.is_empty());
        }));
    }
    parsing.sort();
    generating.sort();
    (parsing[ROUNDS / 2], generating[ROUNDS / 2])
}

/// Parses a text to a tree.
fn parse(path: &Path, text: &str) {
    let tree: Tree = match is_yaml(path) {
        true => serde_yaml::from_str(text).expect("YAML"),
        false => serde_json::from_str(text).expect("JSON"),
    };
    assert!(matches!(tree, Tree::Object(members) if !members.is_empty()));
}

/// The simplest tree that accepts every document: `serde_yaml::Value` rejects integers with more than 64 bits.
#[expect(dead_code, reason = "it is built and dropped")]
enum Tree {
    Scalar,
    Number(f64),
    Text(String),
    Array(Vec<Tree>),
    Object(Vec<(String, Tree)>),
}

struct TreeVisitor;

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TreeVisitor)
    }
}

impl<'de> Visitor<'de> for TreeVisitor {
    type Value = Tree;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E>(self) -> Result<Tree, E> {
        Ok(Tree::Scalar)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Tree, E> {
        Ok(Tree::Scalar)
    }

    fn visit_i64<E>(self, value: i64) -> Result<Tree, E> {
        Ok(Tree::Number(value as f64))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Tree, E> {
        Ok(Tree::Number(value as f64))
    }

    fn visit_i128<E>(self, value: i128) -> Result<Tree, E> {
        Ok(Tree::Number(value as f64))
    }

    fn visit_u128<E>(self, value: u128) -> Result<Tree, E> {
        Ok(Tree::Number(value as f64))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Tree, E> {
        Ok(Tree::Number(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Tree, E> {
        Ok(Tree::Text(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Tree, A::Error> {
        let mut array = Vec::new();
        while let Some(item) = items.next_element()? {
            array.push(item);
        }
        Ok(Tree::Array(array))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Tree, A::Error> {
        let mut object = Vec::new();
        while let Some(member) = members.next_entry()? {
            object.push(member);
        }
        Ok(Tree::Object(object))
    }
}

/// The CPU time of a function. It runs in a new thread, so that both sides start without allocated memory, as in a new process.
fn cpu(run: impl FnOnce() + Send) -> Duration {
    let start = ProcessTime::now();
    thread::scope(|scope| drop(scope.spawn(run)));
    start.elapsed()
}
