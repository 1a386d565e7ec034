//! The folder in which a document may name files.
//!
//! In: relative paths out of the document. Out: texts, or the reason why one cannot be read. Nothing outside the folder is ever
//! read.

use std::io;
use std::path::{Path, PathBuf};

use super::text;
use crate::maps::IndexMap;
use crate::report::Code;

/// The source of files.
#[derive(Clone, Debug)]
pub(super) enum Folder {
    Disk(PathBuf),
    Memory(IndexMap<String, String>),
}

/// The reason why a file cannot be read.
#[derive(Debug)]
pub(super) enum FolderError {
    /// It is not in the folder, regardless of the spelling of its path.
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
    /// Reads a file by a path inside of the folder.
    pub(super) fn read(&self, path: &str) -> Result<String, FolderError> {
        let root = match self {
            Self::Memory(files) => {
                let missing = || FolderError::Io(io::ErrorKind::NotFound.into());
                return files.get(path).cloned().ok_or_else(missing);
            }
            Self::Disk(root) => root.canonicalize().map_err(FolderError::Io)?,
        };
        // Links are followed before the check, so they don't lead out of the folder.
        let file = root.join(path).canonicalize().map_err(FolderError::Io)?;
        if !file.starts_with(&root) {
            return Err(FolderError::Outside);
        }
        text::read(&file).map_err(FolderError::Io)
    }
}

/// Returns the path from `root` to a folder inside of it, with a slash at its end; empty if both
/// are the same.
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
