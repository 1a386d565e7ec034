//! The input of the generator.
//!
//! In: paths, or texts in memory. Out: a [`Source`]. Not here: parsing.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use super::folder::{self, Folder};
use super::text::{LoadError, Text};
use crate::maps::IndexMap;
use crate::report::InputFile;

/// The input: a document, overlays, and the folder in which the document may name files.
#[derive(Clone, Debug)]
pub struct Source {
    pub(super) document: Text,
    pub(super) overlays: Vec<Text>,
    pub(super) folder: Folder,
    /// The path of the document in its folder.
    pub(super) path: String,
}

impl Source {
    /// Reads a document and its overlays, which apply in order. Other files that the document names are read from its
    /// folder, and from nowhere else. The path `-` stands for standard input, whose folder is the current one.
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

    /// Lets the document name files of a folder above its own.
    ///
    /// # Errors
    ///
    /// [`LoadError`] if there is no such folder, or the document is not in it.
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

    /// Returns a document in memory. The name is for messages.
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

    /// Returns the name of the document's file.
    pub(crate) fn file_name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or_default()
    }

    /// Returns the text that a diagnostic is about, if it can (still) be read.
    pub fn text(&self, input: InputFile, file: &str) -> Option<Cow<'_, Text>> {
        match input {
            InputFile::Overlay(index) => self.overlays.get(index).map(Cow::Borrowed),
            InputFile::Document if file.is_empty() => Some(Cow::Borrowed(&self.document)),
            InputFile::Document => {
                let text = self.folder.read(file).ok()?;
                Some(Cow::Owned(Text {
                    name: self.display(file),
                    text,
                }))
            }
        }
    }

    /// Returns the name of a file of the folder in messages.
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
