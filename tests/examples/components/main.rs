//! Generates the crate of a document with a program that reads and writes the types of its components:
//! `cargo run -p tests --example components -- DIR NAME --out DIR`.
//!
//! In: a folder of documents, and a name in it. Out: the crate, in which `cargo run --example components` is that program; and
//! on standard output, JSON with the document's path, its components and unions, and the numbers of their types. Not here: values,
//! and what is right (see `../judges/components.py`).
//!
//! The program reads lines, `NUMBER JSON`, and answers each with a line of JSON: `{"encoded": .., "other": .., "variant": ..}`, or
//! `{"error": ..}`. `other` says that a union kept a value that none of its variants matches. The number of a constructor gives
//! what `new()` makes of the required fields of the value.

mod source;

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use generator::write::{self, Layout};
use generator::{Options, Output, Source, generate};
use serde_json::{Value, json};
use tests::corpus::documents;

use source::{Code, Union};

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
#![allow(deprecated)]

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
        Err(error) => return serde_json::json!({"error": error}).to_string(),
    };
    let mut finder = Finder::default();
    write!(finder, "{value:?}").unwrap();
    let variant = finder.code.split('(').next().unwrap_or_default();
    match serde_json::to_string(&value) {
        Ok(encoded) => format!("{{\"encoded\":{encoded},\"other\":{},\"variant\":{variant:?}}}", finder.found()),
        Err(error) => serde_json::json!({"error": format!("not encoded: {error}")}).to_string(),
    }
}

fn made<T: DeserializeOwned + Serialize>(json: &str, new: fn(T) -> T) -> String {
    match judged::from_json(json.as_bytes()).map(new) {
        Ok(value) => format!("{{\"encoded\":{}}}", serde_json::to_string(&value).unwrap()),
        Err(error) => serde_json::json!({"error": error}).to_string(),
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
        "\npub fn from_json<T: serde::de::DeserializeOwned>(json: &[u8]) -> std::result::Result<T, String> {\n    decode::from_json(json).map_err(|error| format!(\"{} at {}\", error.message, error.path))\n}\n",
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
    let code = Code::read(&output.files).map_err(|error| error.to_string())?;
    for (path, door) in DOORS {
        let file = output.files.iter_mut().find(|file| file.path == path);
        file.ok_or_else(|| format!("the crate has no {path}"))?
            .text
            .to_mut()
            .push_str(door);
    }
    write::write(&output.files, &arguments.out, Layout::Crate)
        .map_err(|error| error.to_string())?;
    let program = arguments.out.join("examples/components.rs");
    let mut checks = Checks::default();
    let described = json!({
        "name": document.name,
        "path": document.path,
        "root": document.root.as_deref().or(document.path.parent()),
        "components": components(&output, &mut checks),
        "unions": unions(&output, &code, &mut checks),
    });
    fs::create_dir_all(arguments.out.join("examples"))
        .and_then(|()| fs::write(&program, format!("{PROGRAM}{}", checks.table())))
        .map_err(|error| format!("{}: {error}", program.display()))?;
    println!("{described}");
    Ok(())
}

/// What the program calls, by number.
#[derive(Default)]
struct Checks(Vec<String>);

impl Checks {
    fn add(&mut self, check: String) -> usize {
        self.0.push(check);
        self.0.len() - 1
    }

    /// Returns the table in Rust.
    fn table(&self) -> String {
        let rows: String = self.0.iter().map(|row| format!("    {row},\n")).collect();
        let length = self.0.len();
        format!("const CHECKS: [fn(&str) -> String; {length}] = [\n{rows}];\n")
    }
}

/// Returns the types of `components.schemas`, by the keys of these.
fn components(output: &Output, checks: &mut Checks) -> Value {
    let mut found = serde_json::Map::new();
    for schema in &output.types {
        let keys: Vec<String> = schema.at.keys().collect();
        if schema.at.file().is_empty()
            && let [components, schemas, key] = keys.as_slice()
            && components == "components"
            && schemas == "schemas"
        {
            let paths = [Some(&schema.path), schema.request.as_ref()];
            let numbers = paths.into_iter().flatten();
            let numbers = numbers.map(|path| checks.add(format!("check::<{path}>")));
            found.insert(key.clone(), numbers.collect());
        }
    }
    found.into()
}

/// Returns the unions, with the numbers of the constructors of their variants.
fn unions(output: &Output, code: &Code, checks: &mut Checks) -> Value {
    let mut found = Vec::new();
    for schema in &output.types {
        let Some(name) = schema.path.strip_prefix("types::") else {
            continue;
        };
        let Some(Union { tag, variants }) = code.unions.get(name) else {
            continue;
        };
        let variants: serde_json::Map<String, Value> = variants
            .iter()
            .map(|(variant, ty)| {
                let new = ty.as_ref().and_then(|ty| code.constructor(ty));
                let number = new.map(|new| checks.add(format!("|json| made(json, {new})")));
                (variant.clone(), json!(number))
            })
            .collect();
        found.push(json!({
            "at": schema.at.as_str(),
            "name": name,
            "number": checks.add(format!("check::<{}>", schema.path)),
            "tag": tag,
            "variants": variants,
        }));
    }
    found.into()
}
