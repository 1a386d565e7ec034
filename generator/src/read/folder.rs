//! The folder in which a document may name files.
//!
//! In: relative paths out of the document. Out: texts, or why there is none. Nothing outside the folder is ever read.

use std::io;
use std::path::{Path, PathBuf};

use crate::maps::IndexMap;
use crate::report::Code;

/// Where files come from.
#[derive(Clone, Debug)]
pub(super) enum Folder {
    Disk(PathBuf),
    Memory(IndexMap<String, String>),
}

/// Why a file can't be had.
#[derive(Debug)]
pub(super) enum FolderError {
    /// It is not in the folder, however its path is spelled.
    Outside,
    Io(io::Error),
}

impl FolderError {
    pub(super) fn code(&self) -> Code {
        match self {
            Self::Outside => Code::FileOutside,
            Self::Io(_) => Code::FileUnreadable,
        }
    }

    pub(super) fn text(&self, path: &str) -> String {
        match self {
            Self::Outside => format!("{path} is outside the document's folder and is not read"),
            Self::Io(error) => format!("cannot read {path}: {error}"),
        }
    }
}

impl Folder {
    /// Reads a file by a path that [`join`] made.
    pub(super) fn read(&self, path: &str) -> Result<String, FolderError> {
        let root = match self {
            Self::Memory(files) => {
                let missing = || FolderError::Io(io::ErrorKind::NotFound.into());
                return files.get(path).cloned().ok_or_else(missing);
            }
            Self::Disk(root) => root.canonicalize().map_err(FolderError::Io)?,
        };
        // Links are followed before the check, so that they don't lead out of the folder.
        let file = root.join(path).canonicalize().map_err(FolderError::Io)?;
        if !file.starts_with(&root) {
            return Err(FolderError::Outside);
        }
        super::read(&file).map_err(FolderError::Io)
    }
}

/// The path from `root` to a folder inside of it, with a slash at its end; empty where both are the same.
pub(super) fn inside(root: &Path, folder: &Path) -> io::Result<String> {
    let (root, folder) = (root.canonicalize()?, folder.canonicalize()?);
    let outside = || {
        io::Error::new(
            io::ErrorKind::InvalidInput,
            "the document is not in this folder",
        )
    };
    let path = folder.strip_prefix(&root).map_err(|_| outside())?;
    Ok(path
        .components()
        .map(|part| format!("{}/", part.as_os_str().to_string_lossy()))
        .collect())
}

/// Where a relative path leads from the file at `base`. `None`: out of the folder, or it is no relative path.
pub fn join(base: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = base.split('/').collect();
    parts.pop();
    if path.starts_with('/') || path.contains(['\\', ':', '\0']) {
        return None;
    }
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The file and the fragment of a reference, percent-decoded. `None`: it leads to another host, or is not valid.
pub(super) fn split_reference(reference: &str) -> Option<(String, String)> {
    let (file, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    if file.starts_with("//") || file.contains(':') {
        return None;
    }
    let file = file.split_once('?').map_or(file, |(file, _)| file);
    Some((percent_decode(file)?, percent_decode(fragment)?))
}

pub(super) fn percent_decode(text: &str) -> Option<String> {
    if !text.contains('%') {
        return Some(text.into());
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let mut digit = || char::from(rest.next()?).to_digit(16);
                u8::try_from(digit()? * 16 + digit()?).ok()?
            }
            byte => byte,
        });
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joins_inside_the_folder_only() {
        assert_eq!(join("a/b.yaml", "../c/d.yaml").as_deref(), Some("c/d.yaml"));
        assert_eq!(join("b.yaml", "./c.yaml").as_deref(), Some("c.yaml"));
        assert_eq!(join("a/b.yaml", "../../c.yaml"), None);
        assert_eq!(join("b.yaml", "/c.yaml"), None);
        assert_eq!(join("b.yaml", "file:c.yaml"), None);
    }

    #[test]
    fn splits_references() {
        let split = |reference| {
            split_reference(reference).map(|(file, fragment)| format!("{file} {fragment}"))
        };
        assert_eq!(split("#/a~1b/%7Bc%7D").as_deref(), Some(" /a~1b/{c}"));
        assert_eq!(split("a%20b.yaml").as_deref(), Some("a b.yaml "));
        assert_eq!(split("https://example.com/a.yaml#/b"), None);
        assert_eq!(split("#/%zz"), None);
    }
}
