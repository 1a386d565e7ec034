//! The public paths of an emitted crate.
//!
//! In: its source, which is laid out as rustfmt would. Out: a [`Surface`]: every module, type, method and member that a caller can
//! name. Not here: types of arguments, documentation.
//!
//! All data types are in `types`: that is where callers import them from, whichever private file defines them.

use std::collections::{BTreeMap, BTreeSet};

/// The public paths of a crate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Surface {
    /// `files`, `files::Files`, `files::Files::list(id)`, `types::File`, `types::File.name`, `types::Order::Asc`.
    pub paths: BTreeSet<String>,
    /// The methods of operations, with the resource they belong to.
    pub methods: Vec<Method>,
}

/// A method that makes a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Method {
    /// Modules from the root.
    pub resource: String,
    /// The name of the method.
    pub name: String,
    /// The HTTP method and the path.
    pub request: String,
}

/// Returns the public paths of the own modules of a crate, from the paths and texts of its files.
pub fn surface<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Surface {
    let is_own = |path: &str| {
        let path = path
            .strip_prefix("src/")
            .filter(|path| path.ends_with(".rs"));
        path.is_some_and(|path| {
            let first = path.split('/').next().unwrap_or_default();
            !["runtime", "cli", "cli.rs", "main.rs", "lib.rs"].contains(&first)
        })
    };
    let files = files.into_iter().filter(|(path, _)| is_own(path));
    let files: Vec<(&str, &str)> = files.collect();
    let private = private_modules(&files);
    let mut found = Surface::default();
    for (path, text) in &files {
        let mut module = module_of(path);
        // What a private module defines is exported by the one around it.
        while private.contains(&module) {
            let around = module
                .rsplit_once("::")
                .map(|(around, _)| around.to_owned());
            module = around.unwrap_or_default();
        }
        read(&mut found, &module, text);
    }
    add_members_of_aliases(&mut found, &files);
    found
}

fn module_of(path: &str) -> String {
    let path = path.trim_start_matches("src/").trim_end_matches(".rs");
    path.replace('/', "::")
}

fn private_modules(files: &[(&str, &str)]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (path, text) in files {
        let names = text
            .lines()
            .filter_map(|line| line.strip_prefix("mod ")?.strip_suffix(';'));
        found.extend(names.map(|name| format!("{}::{name}", module_of(path))));
    }
    found
}

/// An alias of an enum or a struct has its variants and fields.
fn add_members_of_aliases(found: &mut Surface, files: &[(&str, &str)]) {
    let lines = files.iter().flat_map(|(_, text)| text.lines());
    let aliases = lines.filter_map(|line| {
        let (name, target) = line.strip_prefix("pub type ")?.split_once(" = ")?;
        Some((name, target.strip_suffix(';')?))
    });
    for (name, target) in aliases {
        let members = [".", "::"].map(|between| format!("types::{target}{between}"));
        let members: Vec<String> = (found.paths.iter())
            .filter_map(|path| {
                let start = members.iter().find(|start| path.starts_with(*start))?;
                let rest = &path[start.len()..];
                Some(format!("types::{name}{}{rest}", &start[7 + target.len()..]))
            })
            .collect();
        found.paths.extend(members);
    }
}

/// The kind and the name of an item that begins on a line.
fn item(line: &str) -> Option<(&str, &str)> {
    let mut words = line
        .strip_prefix("pub ")?
        .split(|c: char| !c.is_alphanumeric() && c != '_' && c != '#');
    let kind = words
        .next()
        .filter(|word| ["enum", "mod", "struct", "type"].contains(word))?;
    Some((kind, words.next()?))
}

fn read(found: &mut Surface, module: &str, text: &str) {
    let around = module.rsplit_once("::").map_or("", |(around, _)| around);
    let home = |name: &str| match name.strip_prefix("super::") {
        Some(name) => format!("{around}::{name}"),
        None => format!("{module}::{name}"),
    };
    let requests = requests(text);
    let (mut owner, mut is_enum) = (String::new(), false);
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if let Some((kind, name)) = item(line) {
            let path = match kind {
                "mod" => format!("{module}::{name}"),
                _ => home(name),
            };
            found.paths.insert(path.clone());
            (owner, is_enum) = (path, kind == "enum");
        } else if let Some(name) = line
            .strip_prefix("impl ")
            .and_then(|rest| rest.strip_suffix(" {"))
        {
            (owner, is_enum) = (home(name), false);
        } else if let Some(field) = line.strip_prefix("    pub ") {
            if let Some((name, _)) = field
                .split_once(": ")
                .filter(|(name, _)| !name.contains(['(', ' ']))
            {
                found.paths.insert(format!("{owner}.{name}"));
            } else if field.starts_with("fn ") {
                let mut head = line.trim().to_owned();
                while !head.ends_with('{') {
                    let Some(next) = lines.next() else { break };
                    head = format!("{head} {}", next.trim());
                }
                method(found, module, &owner, &head, &mut lines, &requests);
            }
        } else if is_enum
            && line.starts_with("    ")
            && line[4..].starts_with(|c: char| c.is_ascii_uppercase())
        {
            let name = line[4..].split([',', '(', ' ']).next().unwrap_or_default();
            found.paths.insert(format!("{owner}::{name}"));
        }
    }
}

/// Adds a method with the names of its arguments. What it calls, on the next lines, says whether it is an operation.
fn method<'a>(
    found: &mut Surface,
    module: &str,
    owner: &str,
    head: &str,
    lines: &mut (impl Iterator<Item = &'a str> + Clone),
    requests: &BTreeMap<String, String>,
) {
    let Some((name, rest)) = head.trim_start_matches("pub fn ").split_once('(') else {
        return;
    };
    let names = arguments(rest).join(", ");
    found.paths.insert(format!("{owner}::{name}({names})"));
    let body = lines.clone().take_while(|line| *line != "    }");
    let body: Vec<&str> = body.collect();
    let body = body.join("\n");
    let operation = body.split('&').map(|rest| {
        rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
            .next()
            .unwrap_or_default()
    });
    let request = operation.filter_map(|name| requests.get(name)).next();
    // The head of a long method has `&self` on a line of its own.
    let is_call = head.contains("&self") && body.contains("Call::");
    if let Some(request) = request.filter(|_| is_call) {
        found.methods.push(Method {
            resource: module.to_owned(),
            name: name.trim_start_matches("r#").to_owned(),
            request: request.clone(),
        });
    }
}

/// The names of the arguments of a function, from the text behind its parenthesis.
fn arguments(text: &str) -> Vec<&str> {
    let (mut depth, mut start, mut names) = (0_i32, 0, Vec::new());
    for (at, c) in text.char_indices() {
        match c {
            ',' | ')' if depth == 0 => {
                names.extend(text[start..at].split_once(':').map(|(name, _)| name.trim()));
                start = at + 1;
                if c == ')' {
                    break;
                }
            }
            '(' | '<' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            '>' if !text[..at].ends_with('-') => depth -= 1,
            _ => {}
        }
    }
    names
}

/// The requests of the statics in a file.
fn requests(text: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for item in text.split("\npub(crate) static ").skip(1) {
        let (name, rest) = item.split_once(':').unwrap_or_default();
        let field = |key: &str| {
            let (_, rest) = rest.split_once(key)?;
            rest.split(['"', ',', '\n', ')'])
                .find(|part| !part.is_empty())
        };
        let method = field("method: Method::").or_else(|| field("method: method("));
        if let (Some(method), Some(path)) = (method, field("path: \"")) {
            found.insert(name.to_owned(), format!("{method} {path}"));
        }
    }
    found
}
