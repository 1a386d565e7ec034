//! The cost of generating, compared with that of parsing alone.
//!
//! In: the documents that `OPENAPI_CORPUS` names (its YAML and JSON files), else the home document. Out: a line per document,
//! and a failure if a ratio is above [`LIMIT`]. Time is this process's own CPU time, all threads included; both sides take
//! turns in one run, and the medians are compared. Not here: writing to a disk.

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

/// Generating takes at most this many times what parsing takes.
const GOAL: f64 = 3.0;
/// It is 3.8 and 5.1 today for the largest YAML documents at hand; a regression says more.
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
        // In small documents the fixed cost of a crate dominates; the goal is for large ones, and for YAML, which is slow to
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

/// Reads a text to a tree.
fn parse(path: &Path, text: &str) {
    let tree: Tree = match is_yaml(path) {
        true => serde_yaml::from_str(text).expect("YAML"),
        false => serde_json::from_str(text).expect("JSON"),
    };
    assert!(matches!(tree, Tree::Object(members) if !members.is_empty()));
}

/// The plainest tree, which takes all that documents hold: `serde_yaml::Value` refuses integers beyond 64 bits.
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

/// The CPU time that this process takes for something. It runs in a thread of its own, so that either side begins without
/// memory at hand, as in a process of its own.
fn cpu(run: impl FnOnce() + Send) -> Duration {
    let start = ProcessTime::now();
    thread::scope(|scope| drop(scope.spawn(run)));
    start.elapsed()
}
