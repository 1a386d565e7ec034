//! Finds the operations of a document, independently of the generator.
//!
//! In: a document on disk, and the crate that was emitted for it. Out: the losses: operations that are neither in the client nor
//! in the list of those that are left out, or that lost all of their parameters, their body or their reply. Not here: whether the
//! emitted operations are correct.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::{Component, Path, PathBuf};

use generator::Output;
use generator::report::Code;
use serde_json::{Value, json};

/// The maximum number of references that are followed.
const MOST_REFERENCES: usize = 32;

/// An operation of the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declared {
    /// Its location: `#/paths/~1pets/get`.
    pub pointer: String,
    pub method: String,
    pub path: String,
    /// The names of its parameters, except headers that the specification ignores as parameters.
    pub parameters: Vec<String>,
    pub has_body: bool,
    /// True if a successful reply has JSON with a schema.
    pub has_reply: bool,
}

/// An operation of the client.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Emitted {
    has_parameters: bool,
    has_body: bool,
    has_reply: bool,
}

/// The parts of the document at `path` that the crate lacks.
pub fn missing(path: &Path, output: &Output) -> Vec<String> {
    let emitted = emitted(output);
    let left_out = text(output, "docs/untyped.md");
    let mut missing = Vec::new();
    for operation in declared(path) {
        // Fragments are not sent.
        let sent = operation.path.split('#').next().unwrap_or_default();
        let key = (operation.method.clone(), sent.to_owned());
        let at = &operation.pointer;
        let Some(found) = emitted.get(&key) else {
            if !left_out.contains(&format!("`{at}`")) {
                missing.push(format!("{at} is neither in the client nor left out"));
            }
            continue;
        };
        let parameters = &operation.parameters;
        let lacks_parameters =
            !found.has_parameters && !parameters.iter().all(|name| is_reported(output, name));
        for (is_hollow, part) in [
            (lacks_parameters, "parameters"),
            (
                operation.has_body && !found.has_body && !has_unsupported_body(output, at),
                "body",
            ),
            (operation.has_reply && !found.has_reply, "reply"),
        ] {
            if is_hollow {
                missing.push(format!("{at} has lost its {part}"));
            }
        }
    }
    missing
}

/// Returns true if a diagnostic reports that a parameter is left out.
fn is_reported(output: &Output, name: &str) -> bool {
    let name = format!("`{name}`");
    let mut found = output.diagnostics.iter();
    found.any(|found| found.code.id().contains("parameter") && found.text.contains(&name))
}

/// Returns true if a diagnostic reports that an optional body is left out.
fn has_unsupported_body(output: &Output, at: &str) -> bool {
    let mut found = output.diagnostics.iter();
    found.any(|found| {
        found.code == Code::UnsupportedBody && found.at.as_str().starts_with(&format!("{at}/"))
    })
}

fn text<'a>(output: &'a Output, path: &str) -> &'a str {
    let found = output.files.iter().find(|file| file.path == path);
    found.map_or("", |file| &file.text)
}

/// The methods of the client, by HTTP method and path.
fn emitted(output: &Output) -> BTreeMap<(String, String), Emitted> {
    let is_own = |path: &str| {
        path.starts_with("src/")
            && !path.starts_with("src/runtime/")
            && !path.starts_with("src/cli/")
    };
    let files = output.files.iter().filter(|file| is_own(&file.path));
    files.flat_map(|file| in_file(&file.text)).collect()
}

/// The methods in a file. Each operation has a `static NAME`, functions that create a call of it, and the type of that call.
fn in_file(text: &str) -> Vec<((String, String), Emitted)> {
    let text = &on_one_line(text);
    let mut found = Vec::new();
    for (start, statics) in text.match_indices("pub(crate) static ") {
        let item = &text[start + statics.len()..];
        let item = &item[..item.find("};").unwrap_or(item.len())];
        let Some((name, item)) = item.split_once(": ") else {
            continue;
        };
        let Some(path) = between(item, "path: \"", "\",") else {
            continue;
        };
        let method = between(item, "method: Method::", ",");
        let method = method.or_else(|| between(item, "method: method(\"", "\")"));
        let path =
            serde_json::from_str(&format!("\"{path}\"")).expect("a string of Rust as of JSON");
        let mut emitted = Emitted::default();
        for (at, call) in text.match_indices(&format!("&{name})")) {
            emitted.add(text, at, at + call.len());
        }
        found.push(((method.unwrap_or_default().to_owned(), path), emitted));
    }
    found
}

/// Rust code without line breaks and comments.
fn on_one_line(text: &str) -> String {
    let lines = text.lines().map(str::trim);
    let lines: Vec<&str> = lines.filter(|line| !line.starts_with("//")).collect();
    let text = lines.join(" ");
    (text.replace("( ", "(").replace(", )", ")")).replace(" .", ".")
}

impl Emitted {
    /// Adds the parts that the code at a call of the operation shows: the functions called there, those of its type, and its reply.
    fn add(&mut self, text: &str, start: usize, end: usize) {
        let chain = &text[end..];
        let chain = &chain[..chain.find(';').unwrap_or(chain.len())];
        let kind = text[..start].rsplit("-> ").next().unwrap_or_default();
        let kind: String = (kind.chars())
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect();
        let methods = between(text, &format!(" impl {kind} {{"), " } } ").unwrap_or_default();
        let reply = between(text, &format!("call!({kind} => "), ";").unwrap_or_default();
        let calls = |name: &str| {
            let call = format!(".{name}");
            chain.contains(&call) || methods.contains(&call)
        };
        self.has_parameters |= ["path", "query", "header", "cookie"]
            .into_iter()
            .any(|place| calls(&format!("{place}(")) || calls(&format!("{place}_as(")));
        let bodies = [
            "json",
            "form(",
            "multipart",
            "parts(",
            "text_body(",
            "file(",
        ];
        self.has_body |= bodies.into_iter().any(calls) || reply.contains(" body");
        self.has_reply |= !reply.starts_with("()");
    }
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(start)?;
    rest.split_once(end).map(|(inside, _)| inside)
}

/// The operations of a document and the files that it refers to.
pub fn declared(path: &Path) -> Vec<Declared> {
    let files = Files::default();
    let mut operations = Vec::new();
    let Some(root) = files.read(path) else {
        return operations;
    };
    let root = At {
        file: path.to_owned(),
        value: root,
    };
    for (path, item) in files
        .field(&root, "paths")
        .into_iter()
        .flat_map(|paths| files.members(&paths))
    {
        if path.starts_with("x-") {
            continue;
        }
        let shared = files.field(&item, "parameters");
        for (method, operation) in methods(&files, &item) {
            let keys = match method.strip_prefix("+") {
                Some(method) => format!("additionalOperations/{method}"),
                None => method.clone(),
            };
            let escaped = path.replace('~', "~0").replace('/', "~1");
            let lists = shared
                .iter()
                .cloned()
                .chain(files.field(&operation, "parameters"));
            operations.push(Declared {
                pointer: format!("#/paths/{escaped}/{keys}"),
                method: match method.strip_prefix("+") {
                    Some(method) => method.to_owned(),
                    None => method.to_ascii_uppercase(),
                },
                path: path.clone(),
                parameters: lists.flat_map(|list| parameters(&files, &list)).collect(),
                has_body: has_body(&files, &operation),
                has_reply: has_reply(&files, &operation),
            });
        }
    }
    operations
}

/// The operations of a path. The methods of `additionalOperations` have the prefix `+`.
fn methods(files: &Files, item: &At) -> Vec<(String, At)> {
    const METHODS: [&str; 9] = [
        "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
    ];
    let own = files.members(item).into_iter();
    let mut found: Vec<_> = own
        .filter(|(key, value)| METHODS.contains(&key.as_str()) && value.value.is_object())
        .collect();
    let others = files.field(item, "additionalOperations");
    let others = others.into_iter().flat_map(|map| files.members(&map));
    found.extend(others.map(|(method, value)| (format!("+{method}"), value)));
    found
}

fn parameters(files: &Files, list: &At) -> Vec<String> {
    let list = files.follow(list.clone());
    let Some((list, Value::Array(items))) = list.as_ref().map(|list| (list, list.value)) else {
        return Vec::new();
    };
    let items = items.iter().filter_map(|value| {
        let item = files.follow(At {
            file: list.file.clone(),
            value,
        })?;
        let text = |key: &str| Some(item.value.get(key)?.as_str()?.to_owned());
        let name = text("name")?;
        let is_header = text("in").is_some_and(|place| place == "header");
        let ignored = [
            "accept",
            "authorization",
            "connection",
            "content-length",
            "content-type",
            "host",
            "transfer-encoding",
        ];
        let is_ignored = is_header && ignored.contains(&name.to_ascii_lowercase().as_str());
        (!is_ignored).then_some(name)
    });
    items.collect()
}

fn has_body(files: &Files, operation: &At) -> bool {
    let body = files.field(operation, "requestBody");
    let content = body.and_then(|body| files.field(&body, "content"));
    content.is_some_and(|content| !files.members(&content).is_empty())
}

fn has_reply(files: &Files, operation: &At) -> bool {
    let responses = files.field(operation, "responses");
    let responses = responses.into_iter().flat_map(|map| files.members(&map));
    let mut successful = responses.filter(|(status, _)| {
        status.starts_with('2') && !["204", "205"].contains(&status.as_str())
    });
    successful.any(|(_, response)| {
        let content = files.field(&response, "content");
        let media = content
            .into_iter()
            .flat_map(|content| files.members(&content));
        let mut json = media.filter(|(name, _)| name.contains("json"));
        json.any(|(_, media)| {
            let schema = files
                .field(&media, "schema")
                .and_then(|schema| files.follow(schema));
            // A reply that is always null counts as empty.
            schema.is_some_and(|schema| schema.value.get("enum") != Some(&json!([null])))
        })
    })
}

/// A value and the file that it is in.
#[derive(Clone, Debug)]
struct At {
    file: PathBuf,
    value: &'static Value,
}

/// The files that have been read. They are kept until the tests end.
#[derive(Default)]
struct Files(RefCell<HashMap<PathBuf, Option<&'static Value>>>);

impl Files {
    fn read(&self, path: &Path) -> Option<&'static Value> {
        let mut files = self.0.borrow_mut();
        let read = || -> Option<&'static Value> {
            let text = fs::read_to_string(path).ok()?;
            let text = text.trim_start_matches('\u{feff}');
            let value = match serde_json::from_str(text) {
                Ok(value) => value,
                Err(_) => merged(text)?,
            };
            Some(Box::leak(Box::new(value)))
        };
        *files.entry(path.to_owned()).or_insert_with(read)
    }

    /// The target of a value, if it is a reference.
    fn follow(&self, mut at: At) -> Option<At> {
        for _ in 0..MOST_REFERENCES {
            let Some(Value::String(reference)) = at.value.get("$ref") else {
                return Some(at);
            };
            at = self.target(&at.file, reference)?;
        }
        None
    }

    fn target(&self, from: &Path, reference: &str) -> Option<At> {
        let (path, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let file = match path {
            "" => from.to_owned(),
            path => plain(&from.parent()?.join(decoded(path))),
        };
        let mut at = At {
            value: self.read(&file)?,
            file,
        };
        for key in decoded(fragment).split('/').skip(1) {
            let key = key.replace("~1", "/").replace("~0", "~");
            if at.value.get(&key).is_none() {
                at = self.follow(at)?;
            }
            at.value = match at.value {
                Value::Array(list) => list.get(key.parse::<usize>().ok()?)?,
                value => value.get(&key)?,
            };
        }
        Some(at)
    }

    /// A field of an object, or of its target if it is a reference.
    fn field(&self, at: &At, key: &str) -> Option<At> {
        let members = self.members(at).into_iter();
        let mut fields = members.filter(|(name, _)| name == key);
        fields.next().map(|(_, value)| value)
    }

    /// The fields of an object, before those of its target if it is a reference.
    fn members(&self, at: &At) -> Vec<(String, At)> {
        let mut found: Vec<(String, At)> = Vec::new();
        let mut next = Some(at.clone());
        for _ in 0..MOST_REFERENCES {
            let Some(At { file, value }) = next.take() else {
                break;
            };
            for (key, value) in value.as_object().into_iter().flatten() {
                let is_new = key != "$ref" && !found.iter().any(|(other, _)| other == key);
                let value = At {
                    file: file.clone(),
                    value,
                };
                if is_new {
                    found.push((key.clone(), value));
                }
            }
            let reference = value.get("$ref").and_then(Value::as_str);
            next = reference.and_then(|reference| self.target(&file, reference));
        }
        found
    }
}

/// Parses YAML and applies its merge keys.
fn merged(text: &str) -> Option<Value> {
    if !text.contains("<<:") {
        return serde_yaml::from_str(text).ok();
    }
    let mut value: serde_yaml::Value = serde_yaml::from_str(text).ok()?;
    value.apply_merge().ok()?;
    serde_json::to_value(value).ok()
}

/// A path without `.` and `..`.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => drop(plain.pop()),
            Component::CurDir => {}
            Component::Prefix(_) | Component::RootDir | Component::Normal(_) => plain.push(part),
        }
    }
    plain
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [byte, tail @ ..] = rest {
        let digits = tail
            .get(..2)
            .and_then(|digits| std::str::from_utf8(digits).ok());
        let escaped = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match (byte, escaped) {
            (b'%', Some(escaped)) => {
                bytes.push(escaped);
                rest = &tail[2..];
            }
            (byte, _) => {
                bytes.push(*byte);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
