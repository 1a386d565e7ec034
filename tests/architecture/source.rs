//! The files of a crate, and the paths in their code.
//!
//! In: Rust source. Out: [`File`]s with every path in their code, in `use` or elsewhere. Not here: which paths are allowed.
//!
//! Paths are read from the tokens, so paths in macros count, too. Two kinds of code do not: unit tests, which may use anything,
//! and the bodies of `quote!`, which are emitted code.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// Macros whose bodies are code of the emitted crate.
const QUOTES: &[&str] = &["quote", "quote_spanned", "parse_quote"];

/// The segments of a path from the root of this or another crate.
pub type Segments = Vec<String>;

pub struct File {
    /// The path in the folder of the crate's root: `understand/merge.rs`.
    pub path: String,
    pub text: String,
    pub module: Segments,
    /// The imports of the file, by local name.
    pub imports: BTreeMap<String, Import>,
    /// Modules that are imported with `*`.
    globs: Vec<Segments>,
    /// The paths in the code, spelled out from the root.
    pub paths: Vec<Segments>,
    /// The macros that the code calls.
    pub macros: Vec<String>,
    /// The modules that the file declares for unit tests.
    test_modules: Vec<String>,
}

#[derive(Clone)]
pub struct Import {
    pub target: Segments,
    /// True if other files can import the name from this file.
    pub is_public: bool,
}

impl File {
    /// The stage of a file: the first part of its path.
    pub fn stage(&self) -> &str {
        self.module.first().map_or("lib", String::as_str)
    }

    fn read(path: &str, text: &str) -> Self {
        let mut file = Self {
            path: path.to_owned(),
            text: text.to_owned(),
            module: module_of(path),
            imports: BTreeMap::new(),
            globs: Vec::new(),
            paths: Vec::new(),
            macros: Vec::new(),
            test_modules: Vec::new(),
        };
        let tokens: TokenStream = text
            .parse()
            .unwrap_or_else(|error| panic!("{path} is no Rust: {error}"));
        let module = file.module.clone();
        walk(&tokens.into_iter().collect::<Vec<_>>(), &module, &mut file);
        file
    }
}

/// `a/mod.rs` and `a.rs` are the module `a`.
fn module_of(path: &str) -> Segments {
    let path = path.strip_suffix(".rs").unwrap_or(path);
    let path = path.strip_suffix("mod").unwrap_or(path);
    let segments = path.split('/').filter(|segment| !segment.is_empty());
    segments
        .filter(|segment| *segment != "lib")
        .map(String::from)
        .collect()
}

fn walk(tokens: &[TokenTree], module: &[String], file: &mut File) {
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        match token {
            TokenTree::Punct(punct) if punct.as_char() == '#' => at = attribute(tokens, at, file),
            TokenTree::Ident(ident) if ident == "use" && !is_punct(tokens, at + 1, '<') => {
                at = import(tokens, at, module, file)
            }
            TokenTree::Ident(ident) if ident == "mod" => at = inline(tokens, at, module, file),
            TokenTree::Ident(_) => at = path(tokens, at, module, file),
            TokenTree::Group(group) => {
                walk(&inside(group), module, file);
                at += 1;
            }
            TokenTree::Punct(_) | TokenTree::Literal(_) => at += 1,
        }
    }
}

fn inside(group: &Group) -> Vec<TokenTree> {
    group.stream().into_iter().collect()
}

fn ident(tokens: &[TokenTree], at: usize) -> Option<String> {
    match tokens.get(at) {
        Some(TokenTree::Ident(ident)) => Some(ident.to_string()),
        _ => None,
    }
}

fn is_punct(tokens: &[TokenTree], at: usize, wanted: char) -> bool {
    matches!(tokens.get(at), Some(TokenTree::Punct(punct)) if punct.as_char() == wanted)
}

fn is_colons(tokens: &[TokenTree], at: usize) -> bool {
    is_punct(tokens, at, ':') && is_punct(tokens, at + 1, ':')
}

/// `#[..]`. An item for unit tests is left out.
fn attribute(tokens: &[TokenTree], at: usize, file: &mut File) -> usize {
    let Some(TokenTree::Group(group)) = tokens.get(at + 1) else {
        return at + 1;
    };
    if group.delimiter() != Delimiter::Bracket {
        return at + 1;
    }
    if group.stream().to_string().replace(' ', "") != "cfg(test)" {
        return at + 2;
    }
    let mut end = at + 2;
    while let Some(token) = tokens.get(end) {
        end += 1;
        let is_body =
            matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
        if is_body || is_punct(tokens, end - 1, ';') {
            break;
        }
    }
    let declared = (at..end).find(|&index| ident(tokens, index).is_some_and(|name| name == "mod"));
    file.test_modules
        .extend(declared.and_then(|index| ident(tokens, index + 1)));
    end
}

/// `mod name { .. }`
fn inline(tokens: &[TokenTree], at: usize, module: &[String], file: &mut File) -> usize {
    if let (Some(name), Some(TokenTree::Group(group))) = (ident(tokens, at + 1), tokens.get(at + 2))
    {
        let module = [module, &[name]].concat();
        walk(&inside(group), &module, file);
        return at + 3;
    }
    at + 1
}

/// `a::b::c`, and `name!(..)`.
fn path(tokens: &[TokenTree], at: usize, module: &[String], file: &mut File) -> usize {
    let mut segments = Vec::new();
    let mut end = at;
    while let Some(name) = ident(tokens, end) {
        segments.push(name);
        end += 1;
        if !is_colons(tokens, end) {
            break;
        }
        end += 2;
    }
    if segments.len() > 1 {
        file.paths.push(absolute(&segments, module));
    }
    let is_call =
        is_punct(tokens, end, '!') && matches!(tokens.get(end + 1), Some(TokenTree::Group(_)));
    if let Some(name) = segments.pop().filter(|_| is_call) {
        let is_quote = QUOTES.contains(&name.as_str());
        file.macros.push(name);
        return if is_quote { end + 2 } else { end };
    }
    end
}

/// `use a::{b, c as d, e::*};`
fn import(tokens: &[TokenTree], at: usize, module: &[String], file: &mut File) -> usize {
    let is_public = match at.checked_sub(1).map(|before| &tokens[before]) {
        Some(TokenTree::Ident(ident)) => ident == "pub",
        Some(TokenTree::Group(group)) => group.delimiter() == Delimiter::Parenthesis,
        _ => false,
    };
    let end = (at..tokens.len()).find(|&index| is_punct(tokens, index, ';'));
    let end = end.unwrap_or(tokens.len());
    let mut names = Vec::new();
    tree(&tokens[at + 1..end], &[], &mut names);
    for (path, name) in names {
        let target = absolute(&path, module);
        match name {
            Some(name) => drop(file.imports.insert(name, Import { target, is_public })),
            None => file.globs.push(target),
        }
    }
    end
}

/// The paths of a tree of imports, each with its local name. A glob has none.
fn tree(tokens: &[TokenTree], prefix: &[String], names: &mut Vec<(Segments, Option<String>)>) {
    for tokens in tokens.split(|token| matches!(token, TokenTree::Punct(p) if p.as_char() == ',')) {
        let mut path = prefix.to_vec();
        let mut at = if is_colons(tokens, 0) { 2 } else { 0 };
        loop {
            match tokens.get(at) {
                Some(TokenTree::Ident(_)) => {
                    path.extend(ident(tokens, at).filter(|name| name != "self" || path.is_empty()));
                    at += 1;
                }
                Some(TokenTree::Group(group)) => {
                    tree(&inside(group), &path, names);
                    break;
                }
                Some(TokenTree::Punct(_)) => {
                    names.push((path, None));
                    break;
                }
                Some(TokenTree::Literal(_)) | None => break,
            }
            if is_colons(tokens, at) {
                at += 2;
                continue;
            }
            let renamed = ident(tokens, at).filter(|name| name == "as");
            let name = renamed.and_then(|_| ident(tokens, at + 1));
            let name = name.or_else(|| path.last().cloned());
            names.push((path, name));
            break;
        }
    }
}

/// A path with `crate`, `self` and `super` spelled out. Other paths begin with a crate, a name of this file or a module below it.
fn absolute(path: &[String], module: &[String]) -> Segments {
    let mut base = module.to_vec();
    let mut rest = path;
    match path.first().map(String::as_str) {
        Some("crate") => {
            base = vec!["crate".into()];
            rest = &path[1..];
        }
        Some("self" | "super") => {
            while let Some(first) = rest.first() {
                match first.as_str() {
                    "self" => {}
                    "super" => drop(base.pop()),
                    _ => break,
                }
                rest = &rest[1..];
            }
            base.insert(0, "crate".into());
        }
        Some(_) | None => base.clear(),
    }
    base.extend(rest.iter().cloned());
    base
}

/// The files of a crate.
pub struct Tree {
    pub files: Vec<File>,
}

impl Tree {
    pub fn read(folder: &Path) -> Self {
        let mut texts = Vec::new();
        texts_below(folder, "", &mut texts);
        Self::of(
            texts
                .iter()
                .map(|(path, text)| (path.as_str(), text.as_str())),
        )
    }

    /// A tree in memory.
    pub fn of<'a>(texts: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let texts = texts.into_iter();
        let mut files: Vec<File> = texts.map(|(path, text)| File::read(path, text)).collect();
        let tests: Vec<Segments> = files
            .iter()
            .flat_map(|file| {
                file.test_modules
                    .iter()
                    .map(|name| [&file.module[..], std::slice::from_ref(name)].concat())
            })
            .collect();
        files.retain(|file| !tests.iter().any(|test| file.module.starts_with(test)));
        files.sort_by(|one, other| one.path.cmp(&other.path));
        Self { files }
    }

    /// The files that a file depends on. A declaration or an export of a module is not a dependency: a path leads to the file
    /// that defines its last segment.
    pub fn dependencies<'a>(&'a self, file: &'a File) -> Vec<&'a File> {
        let own = file.imports.values().filter(|import| {
            let target = import.target.strip_prefix(&["crate".to_owned()][..]);
            let is_below = target.is_some_and(|target| {
                target.len() > file.module.len() && target.starts_with(&file.module)
            });
            let is_child = self.child(file, &import.target).is_some();
            !(import.is_public && (is_below || is_child))
        });
        let own = own.map(|import| &import.target);
        let mut found: Vec<&File> = own
            .chain(&file.paths)
            .chain(&file.globs)
            .filter_map(|path| self.target(file, path, 8))
            .filter(|target| target.path != file.path)
            .collect();
        found.sort_by(|one, other| one.path.cmp(&other.path));
        found.dedup_by(|one, other| one.path == other.path);
        found
    }

    /// The file that defines the end of a path. `None` for other crates and local names.
    fn target(&self, file: &File, path: &[String], depth: usize) -> Option<&File> {
        if depth == 0 {
            return None;
        }
        let (first, rest) = path.split_first()?;
        if first != "crate" {
            if let Some(import) = file.imports.get(first) {
                let is_itself = import.target == path;
                let path = [&import.target[..], rest].concat();
                return if is_itself {
                    self.child(file, &path)
                        .and_then(|path| self.target(file, &path, depth - 1))
                } else {
                    self.target(file, &path, depth - 1)
                };
            }
            let path = self.child(file, path)?;
            return self.target(file, &path, depth - 1);
        }
        let home = (0..=rest.len()).rev().find_map(|length| {
            let found = self.files.iter().find(|file| file.module == rest[..length]);
            found.map(|file| (file, &rest[length..]))
        });
        let (home, items) = home?;
        let is_visible =
            |import: &&Import| import.is_public || file.module.starts_with(&home.module);
        let import = items.first().and_then(|item| home.imports.get(item));
        let exported = import
            .filter(|import| import.target != path && is_visible(import))
            .and_then(|import| {
                let path = [&import.target[..], &items[1..]].concat();
                self.target(home, &path, depth - 1)
            });
        Some(exported.unwrap_or(home))
    }

    /// The path of a module below that of the file, named without `self`.
    fn child(&self, file: &File, path: &[String]) -> Option<Segments> {
        let module = [&file.module[..], path.get(..1)?].concat();
        let is_module = self.files.iter().any(|other| other.module == module);
        is_module.then(|| [&["crate".to_owned()], &file.module[..], path].concat())
    }

    /// The full path, with imports replaced: `fs::read` is `std::fs::read`.
    pub fn spelled_out(file: &File, path: &[String]) -> Segments {
        match path.split_first() {
            Some((first, rest)) => match file.imports.get(first) {
                Some(import) => [&import.target[..], rest].concat(),
                None => path.to_vec(),
            },
            None => Vec::new(),
        }
    }

    /// Every path of a file, in `use` or in code, spelled out.
    pub fn paths<'a>(file: &'a File) -> impl Iterator<Item = Segments> + 'a {
        let imports = file.imports.values().map(|import| import.target.clone());
        let code = file.paths.iter().map(|path| Self::spelled_out(file, path));
        imports.chain(code).chain(file.globs.iter().cloned())
    }
}

fn texts_below(folder: &Path, prefix: &str, texts: &mut Vec<(String, String)>) {
    let entries =
        fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    for entry in entries {
        let entry = entry.expect("readable");
        let name = entry.file_name().into_string().expect("UTF-8");
        let (path, name) = (entry.path(), format!("{prefix}{name}"));
        if path.is_dir() {
            texts_below(&path, &format!("{name}/"), texts);
        } else if name.ends_with(".rs") {
            let text = fs::read_to_string(&path).expect("a file is text");
            texts.push((name, text));
        }
    }
}
