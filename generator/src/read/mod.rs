//! From files to one tree.
//!
//! In: a [`Source`]. Out: a [`Tree`], overlays applied, with the files that the document names.
//! Not here: what the document means, writing. Besides `write`, nothing else touches files.

mod base;
mod folder;
mod overlay;
mod parse;

use std::fmt;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::maps::IndexMap;

use crate::report::{Code, Input, Pointer, Report};
pub use base::{Base, Target, within};
use folder::join;
use folder::{Folder, FolderError};
use parse::Parsed;

/// No file is read beyond this size.
const MAX_BYTES: u64 = 256 << 20;
/// No document consists of more files than this.
const MAX_FILES: usize = 10_000;

/// The input: a document, overlays, and the folder in which the document may name files.
#[derive(Clone, Debug)]
pub struct Source {
    document: Text,
    overlays: Vec<Text>,
    folder: Folder,
    /// Where the document is in its folder.
    path: String,
}

/// A text and what it is called in messages.
#[derive(Clone, Debug)]
pub struct Text {
    /// The name, usually a path.
    pub name: String,
    /// The text.
    pub text: String,
}

/// A file that could not be read.
#[derive(Debug)]
pub struct LoadError {
    /// The file.
    pub path: PathBuf,
    /// Why.
    pub cause: io::Error,
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot read {}: {}", self.path.display(), self.cause)
    }
}

impl std::error::Error for LoadError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.cause)
    }
}

impl Source {
    /// Reads a document and its overlays, which apply in order. Other files that the document names are read from its
    /// folder, and from nowhere else.
    pub fn open(spec: &Path, overlays: &[PathBuf]) -> Result<Self, LoadError> {
        let folder = spec
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
            .unwrap_or(Path::new("."));
        let path = spec
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        Ok(Self {
            document: Text::read(spec)?,
            overlays: overlays
                .iter()
                .map(|path| Text::read(path))
                .collect::<Result<_, _>>()?,
            folder: Folder::Disk(folder.into()),
            path: path.unwrap_or_default(),
        })
    }

    /// Lets the document name files of a folder above its own, which holds all of them.
    ///
    /// # Errors
    ///
    /// [`LoadError`] where there is no such folder, or the document is not in it.
    pub fn within(mut self, root: &Path) -> Result<Self, LoadError> {
        let Folder::Disk(folder) = &self.folder else {
            return Ok(self);
        };
        let inside = folder::inside(root, folder).map_err(|cause| LoadError {
            path: root.into(),
            cause,
        })?;
        self.path = inside + &self.path;
        self.folder = Folder::Disk(root.into());
        Ok(self)
    }

    /// A document in memory. The name is for messages.
    pub fn from_text(name: impl Into<String>, text: impl Into<String>) -> Self {
        let name = name.into();
        let path = name.rsplit('/').next().unwrap_or_default().to_owned();
        let document = Text {
            name,
            text: text.into(),
        };
        Self {
            document,
            overlays: Vec::new(),
            folder: Folder::Memory(IndexMap::default()),
            path,
        }
    }

    /// Adds an overlay in memory.
    pub fn overlay(mut self, name: impl Into<String>, text: impl Into<String>) -> Self {
        self.overlays.push(Text {
            name: name.into(),
            text: text.into(),
        });
        self
    }

    /// Adds a file in memory, which a document in memory can name by this path, relative to its own folder.
    pub fn file(mut self, path: impl Into<String>, text: impl Into<String>) -> Self {
        if let Folder::Memory(files) = &mut self.folder {
            files.insert(path.into(), text.into());
        }
        self
    }

    /// The text that a finding is about, if it can (still) be read.
    pub fn text(&self, input: Input, file: &str) -> Option<Text> {
        match input {
            Input::Overlay(index) => self.overlays.get(index).cloned(),
            Input::Document if file.is_empty() => Some(self.document.clone()),
            Input::Document => {
                let text = self.folder.read(file).ok()?;
                Some(Text {
                    name: self.display(file),
                    text,
                })
            }
        }
    }

    /// A file of the folder as messages call it.
    fn display(&self, file: &str) -> String {
        match &self.folder {
            Folder::Disk(root) if root == Path::new(".") => file.to_owned(),
            Folder::Disk(root) => root.join(file).display().to_string(),
            Folder::Memory(_) => {
                let name = self.document.name.strip_suffix(&self.path);
                format!("{}{file}", name.unwrap_or_default())
            }
        }
    }
}

impl Text {
    fn read(path: &Path) -> Result<Self, LoadError> {
        let text = read(path).map_err(|cause| LoadError {
            path: path.into(),
            cause,
        })?;
        Ok(Self {
            name: path.display().to_string(),
            text,
        })
    }
}

/// Reads a text that is not too large.
fn read(path: &Path) -> io::Result<String> {
    let file = std::fs::File::open(path)?;
    let length = file.metadata()?.len().min(MAX_BYTES);
    // One more, so that the end is found without more room.
    let mut bytes = Vec::with_capacity(length as usize + 1);
    file.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(io::Error::new(
            io::ErrorKind::FileTooLarge,
            format!("larger than {} MiB", MAX_BYTES >> 20),
        ));
    }
    String::from_utf8(bytes).map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "not UTF-8"))
}

/// A document as a value, overlays applied.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    /// The document.
    pub value: Value,
    /// Where the document is, and where its references start.
    pub base: Base,
    /// The other files that it refers to, by their paths in the folder; where one cannot be had, why.
    pub others: IndexMap<String, Result<Value, (Code, String)>>,
    /// Texts that `x-client` names at the root of the document.
    pub files: IndexMap<String, String>,
}

/// Parses the document, applies the overlays, reads what the document names. `None`: the report says why there is no
/// document.
pub fn run(source: &Source, report: &mut Report) -> Option<Tree> {
    let Parsed {
        mut value,
        mut external,
    } = parse::run(&source.document.text, "", Input::Document, report)?;
    check_version(&value, report)?;
    for (index, text) in source.overlays.iter().enumerate() {
        let input = Input::Overlay(index);
        let Some(parsed) = parse::run(&text.text, "", input, report) else {
            continue;
        };
        external.extend(parsed.external);
        overlay::apply(&mut value, &parsed.value, &source.path, index, report);
    }
    check_version(&value, report)?;
    let files = examples(source, &value, report);
    let mut base = Base::of(&source.path, &value);
    let others = others(source, &mut base, external, report);
    Some(Tree {
        value,
        base,
        others,
        files,
    })
}

/// OpenAPI 3.0, 3.1 and 3.2 are read as they are, later ones as 3.2. The keywords of each are honoured in all, so that the
/// version is of no interest later.
fn check_version(value: &Value, report: &mut Report) -> Option<()> {
    let root = Pointer::root();
    let Value::Object(map) = value else {
        report.add(
            Code::NotAnObject,
            &root,
            "an OpenAPI document must be an object",
        );
        return None;
    };
    let text = match map.get("openapi") {
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
        None => {
            let (at, text) = match map.get("swagger") {
                Some(_) => (root.child("swagger"), "this is a Swagger 2.0 document"),
                None => (
                    root,
                    "the field `openapi` is missing: this is not an OpenAPI document",
                ),
            };
            report
                .add(Code::UnsupportedVersion, &at, text)
                .help("convert it to OpenAPI 3.0 or later".to_owned());
            return None;
        }
    };
    let at = root.child("openapi");
    match text
        .trim()
        .split('.')
        .map(|part| part.parse().ok())
        .collect::<Vec<Option<u32>>>()[..]
    {
        [Some(3), Some(0..=2), ..] | [Some(3)] => Some(()),
        [Some(3), Some(_), ..] => {
            report.once(
                Code::NewerVersion,
                &at,
                format!("version {text} is read as 3.2"),
            );
            Some(())
        }
        _ => {
            report.add(
                Code::UnsupportedVersion,
                &at,
                format!("version {text} is not supported; 3.0 and later are"),
            );
            None
        }
    }
}

/// The texts of `x-client: { examples: [..] }`.
fn examples(source: &Source, document: &Value, report: &mut Report) -> IndexMap<String, String> {
    let mut files = IndexMap::default();
    let Some(Value::Array(names)) = document.pointer("/x-client/examples") else {
        return files;
    };
    let list = Pointer::root().child("x-client").child("examples");
    for (index, name) in names.iter().enumerate() {
        let Value::String(name) = name else { continue };
        match join(&source.path, name)
            .map_or(Err(FolderError::Outside), |path| source.folder.read(&path))
        {
            Ok(text) => drop(files.insert(name.clone(), text)),
            Err(error) => {
                report.add(
                    error.code(),
                    &list.child(&index.to_string()),
                    error.text(name),
                );
            }
        }
    }
    files
}

/// The files that the document's references lead to, and theirs. What can't be had is reported where it is missed.
fn others(
    source: &Source,
    base: &mut Base,
    references: Vec<String>,
    report: &mut Report,
) -> IndexMap<String, Result<Value, (Code, String)>> {
    let mut others = IndexMap::default();
    let mut waiting: Vec<(String, String)> = references
        .into_iter()
        .map(|reference| (String::new(), reference))
        .collect();
    while let Some((file, reference)) = waiting.pop() {
        let Target::File(path, _) = base.target(&file, &reference) else {
            continue;
        };
        if path == source.path || others.contains_key(&path) || others.len() >= MAX_FILES {
            continue;
        }
        let mut findings = Report::default();
        let value = match source.folder.read(&path) {
            Ok(text) if is_prose(&path) => Ok(Value::String(text)),
            Ok(text) => match parse::run(&text, &path, Input::Document, &mut findings) {
                Some(Parsed { value, external }) => {
                    waiting.extend(
                        external
                            .into_iter()
                            .map(|reference| (path.clone(), reference)),
                    );
                    report.extend(findings);
                    base.add(&path, &value);
                    Ok(value)
                }
                None => {
                    let why = findings
                        .iter()
                        .last()
                        .map(|diagnostic| diagnostic.text.as_str())
                        .unwrap_or_default();
                    Err((Code::DanglingRef, format!("{path} cannot be parsed: {why}")))
                }
            },
            Err(FolderError::Outside) => Err((Code::RefOutside, FolderError::Outside.text(&path))),
            Err(error) => Err((Code::DanglingRef, error.text(&path))),
        };
        others.insert(path, value);
    }
    others
}

/// Whether a file holds a text, and not an object: descriptions may stand in files of their own.
fn is_prose(path: &str) -> bool {
    let extension = path.rsplit_once('.').map(|(_, extension)| extension);
    let extension = extension.map(str::to_ascii_lowercase);
    matches!(
        extension.as_deref(),
        Some("md" | "markdown" | "mdx" | "txt" | "rst" | "adoc" | "html")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(source: &Source) -> Vec<&'static str> {
        let mut report = Report::default();
        run(source, &mut report);
        report
            .iter()
            .map(|diagnostic| diagnostic.code.id())
            .collect()
    }

    #[test]
    fn versions() {
        let of = |text: &str| codes(&Source::from_text("a.yaml", text));
        assert!(of("openapi: 3.0.3").is_empty());
        assert!(of("openapi: 3.1").is_empty());
        assert!(of("openapi: 3.2.0").is_empty());
        assert_eq!(of("openapi: 3.3.0"), ["newer-version"]);
        assert_eq!(of("swagger: '2.0'"), ["unsupported-version"]);
        assert_eq!(of("openapi: 4.0.0"), ["unsupported-version"]);
        assert_eq!(of("- a"), ["not-an-object"]);
        assert_eq!(of(" \n# nothing\n"), ["empty-document"]);
        assert_eq!(of("a: [1"), ["syntax"]);
        assert_eq!(of("openapi: 3.0.0\n---\nopenapi: 3.0.0"), ["syntax"]);
    }

    #[test]
    fn files_stay_in_the_folder() {
        let text = |name: &str| format!("openapi: 3.1.0\nx-client: {{ examples: ['{name}'] }}");
        let source = |name| {
            Source::from_text("spec/a.yaml", text(name)).file("examples/a.rs", "fn main() {}")
        };
        assert!(codes(&source("examples/a.rs")).is_empty());
        assert!(codes(&source("./examples/../examples/a.rs")).is_empty());
        assert_eq!(codes(&source("examples/b.rs")), ["file-unreadable"]);
        assert_eq!(codes(&source("../a.rs")), ["file-outside"]);
        assert_eq!(codes(&source("/etc/passwd")), ["file-outside"]);
        assert_eq!(codes(&source("C:\\a.rs")), ["file-outside"]);
    }
}
