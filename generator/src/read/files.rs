//! The other files that a document names.
//!
//! In: a document and its references. Out: the files as values, or the reason why one cannot be read, which is reported at each
//! reference.

use serde_json::Value;

use super::base::{Base, Target};
use super::folder::FolderError;
use super::parse;
use super::source::Source;
use super::uri::join;
use crate::maps::IndexMap;
use crate::report::{Code, InputFile, Pointer, Report};

/// The most files that a document consists of.
const MAX_FILES: usize = 10_000;

/// A file that a reference leads to and that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// The code of the diagnostic at each reference to it.
    pub code: Code,
    /// The text of the diagnostic.
    pub text: String,
}

/// The files by their paths in the folder.
pub type Files = IndexMap<String, Result<Value, Unreadable>>;

/// A reference in a file; the empty path is the document.
struct Reference {
    file: String,
    text: String,
}

/// Returns the files that the document refers to, directly or through other files.
pub(super) fn read(
    source: &Source,
    base: &mut Base,
    references: Vec<String>,
    report: &mut Report,
) -> Files {
    let mut files = Files::default();
    let of = |file: &str, references: Vec<String>| {
        let file = file.to_owned();
        let references = references.into_iter();
        references.map(move |text| Reference {
            file: file.clone(),
            text,
        })
    };
    let mut waiting: Vec<Reference> = of("", references).collect();
    while let Some(Reference { file, text }) = waiting.pop() {
        let Target::File(path, _) = base.target(&file, &text) else {
            continue;
        };
        if path == source.path || files.contains_key(&path) || files.len() >= MAX_FILES {
            continue;
        }
        let read = read_one(source, &path, report);
        let value = read.map(|(value, references)| {
            base.add(&path, &value);
            waiting.extend(of(&path, references));
            value
        });
        files.insert(path, value);
    }
    files
}

/// Returns a file, and its references to other files.
fn read_one(
    source: &Source,
    path: &str,
    report: &mut Report,
) -> Result<(Value, Vec<String>), Unreadable> {
    let unreadable = |code, text| Unreadable { code, text };
    let text = source.folder.read(path).map_err(|error| match error {
        FolderError::Outside => unreadable(Code::RefOutside, error.text(path)),
        FolderError::Io(_) => unreadable(Code::DanglingRef, error.text(path)),
    })?;
    if is_prose(path) {
        return Ok((Value::String(text), Vec::new()));
    }
    match parse::run(&text, path, InputFile::Document, report) {
        Ok(parsed) => Ok((parsed.value, parsed.external)),
        Err(error) => {
            let text = format!("{path} cannot be parsed: {}", error.text);
            Err(unreadable(Code::DanglingRef, text))
        }
    }
}

/// Returns whether a file contains text and not an object, since a description may be a file of its
/// own.
fn is_prose(path: &str) -> bool {
    let extension = path.rsplit_once('.').map(|(_, extension)| extension);
    let extension = extension.map(str::to_ascii_lowercase);
    matches!(
        extension.as_deref(),
        Some("md" | "markdown" | "mdx" | "txt" | "rst" | "adoc" | "html")
    )
}

/// Returns the texts of `x-client: { examples: [..] }`.
pub(super) fn examples(
    source: &Source,
    document: &Value,
    report: &mut Report,
) -> IndexMap<String, String> {
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
