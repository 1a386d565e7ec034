//! Generates the crate of a document with a program that reads and writes the types of its components:
//! `cargo run -p tests --example components -- DIR NAME --out DIR`.
//!
//! In: a folder of documents, and a name in it. Out: the crate, in which `cargo run --example components` is that program; and
//! on standard output, JSON with the document's path and the components in the order of their numbers. Not here: values, and
//! what is right (see `../judges/components.py`).
//!
//! The program reads lines, `NUMBER JSON`, and answers each with a line of JSON: `{"encoded": .., "other": ..}`, or
//! `{"error": ..}`. `other` says that a union kept a value that none of its variants matches.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use generator::write::{self, Layout};
use generator::{Component, Options, Source, generate};
use serde_json::json;
use tests::corpus::documents;

/// Generates a crate whose types a judge can call.
#[derive(Debug, Parser)]
struct Arguments {
    /// The folder of the documents
    folder: PathBuf,
    /// The document whose name begins so
    name: String,
    /// The folder of the crate
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

/// An error message.
type Fault = String;

/// The program without its table.
const PROGRAM: &str = r#"//! Reads values with the types of components, and writes them again.

use std::fmt::{self, Write as _};
use std::io::{self, BufRead, Write};
use std::panic;

use judged::types;
use serde::{Serialize, de::DeserializeOwned};

/// Finds unions that keep a value, in the text of `Debug`. Texts of the value are skipped.
#[derive(Default)]
struct Finder {
    code: String,
    in_text: bool,
    is_escaped: bool,
}

impl fmt::Write for Finder {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for c in text.chars() {
            match (self.in_text, self.is_escaped, c) {
                (true, true, _) => self.is_escaped = false,
                (true, false, '\\') => self.is_escaped = true,
                (_, _, '"') => self.in_text = !self.in_text,
                (true, ..) => {}
                (false, ..) => self.code.push(c),
            }
        }
        Ok(())
    }
}

impl Finder {
    /// Open enums have `Other`, too, with a text or a number. Here texts are gone, and a `Value` shows its kind.
    fn found(&self) -> bool {
        let kinds = ["Null", "Bool(", "Number(", "String(", "Array [", "Object {"];
        let mut others = self.code.match_indices("Other(");
        others.any(|(at, other)| kinds.iter().any(|kind| self.code[at + other.len()..].starts_with(kind)))
    }
}

fn check<T: DeserializeOwned + Serialize + fmt::Debug>(json: &str) -> String {
    let value: T = match judged::from_json(json.as_bytes()) {
        Ok(value) => value,
        Err(error) => return serde_json::json!({"error": error.to_string()}).to_string(),
    };
    let mut finder = Finder::default();
    write!(finder, "{value:?}").unwrap();
    match serde_json::to_string(&value) {
        Ok(encoded) => format!("{{\"encoded\":{encoded},\"other\":{}}}", finder.found()),
        Err(error) => serde_json::json!({"error": format!("not encoded: {error}")}).to_string(),
    }
}

fn main() {
    let mut out = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let line = line.unwrap();
        let (number, json) = line.split_once(' ').unwrap();
        let check = CHECKS[number.parse::<usize>().unwrap()];
        let answer = panic::catch_unwind(|| check(json)).unwrap_or_else(|_| "{\"error\":\"panic\"}".into());
        writeln!(out, "{answer}").unwrap();
        out.flush().unwrap();
    }
}

"#;

/// The client's own way to read a reply, made public.
const DOORS: [(&str, &str); 2] = [
    (
        "src/runtime/mod.rs",
        "\npub fn from_json<T: serde::de::DeserializeOwned>(json: &[u8]) -> serde_json::Result<T> {\n    response::from_json(json)\n}\n",
    ),
    ("src/lib.rs", "\npub use runtime::from_json;\n"),
];

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("error: {fault}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<(), Fault> {
    let folder = arguments.folder.display();
    let all = documents(&arguments.folder).map_err(|error| format!("{folder}: {error}"))?;
    let document = all
        .iter()
        .find(|document| document.name.starts_with(&arguments.name))
        .ok_or_else(|| format!("no document's name begins with {}", arguments.name))?;
    let mut source = Source::open(&document.path, &[]).map_err(|error| error.to_string())?;
    if let Some(root) = &document.root {
        source = source.within(root).map_err(|error| error.to_string())?;
    }
    let options = Options {
        crate_name: Some("judged".into()),
        no_tests: true,
        ..Options::default()
    };
    let mut output = generate(&source, &options).map_err(|error| error.to_string())?;
    for (path, door) in DOORS {
        let file = output.files.iter_mut().find(|file| file.path == path);
        file.ok_or_else(|| format!("the crate has no {path}"))?
            .text
            .push_str(door);
    }
    write::write(&output.files, &arguments.out, Layout::Crate)
        .map_err(|error| error.to_string())?;
    let program = arguments.out.join("examples/components.rs");
    let checks = checks(&output.components);
    fs::create_dir_all(arguments.out.join("examples"))
        .and_then(|()| fs::write(&program, format!("{PROGRAM}{}", checks.table)))
        .map_err(|error| format!("{}: {error}", program.display()))?;
    let described = json!({ "name": document.name, "path": document.path, "types": checks.types });
    println!("{described}");
    Ok(())
}

/// The types that are called, by number.
#[derive(Default)]
struct Checks {
    /// The table in Rust.
    table: String,
    /// The key of each type's component, and its path.
    types: Vec<(String, String)>,
}

fn checks(components: &[Component]) -> Checks {
    let mut checks = Checks::default();
    for component in components {
        for path in [Some(&component.path), component.request.as_ref()] {
            checks
                .types
                .extend(path.map(|path| (component.key.clone(), path.clone())));
        }
    }
    checks.table = format!(
        "const CHECKS: [fn(&str) -> String; {}] = [\n",
        checks.types.len()
    );
    for (_, path) in &checks.types {
        let _ = writeln!(checks.table, "    check::<{path}>,");
    }
    checks.table += "];\n";
    checks
}
