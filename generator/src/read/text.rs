//! Texts and their names.
//!
//! In: paths. Out: texts of limited size. Not here: the files that may be read (see `folder`).

use std::fmt;
use std::io::{self, Read, stdin};
use std::path::{Path, PathBuf};

/// The size of the largest file that is read.
const MAX_BYTES: u64 = 256 << 20;
/// The path that stands for standard input.
const STDIN: &str = "-";

/// A text, and its name in messages.
#[derive(Clone, Debug)]
pub struct Text {
    /// The name, usually a path.
    pub name: String,
    /// The text.
    pub text: String,
}

impl Text {
    /// Reads a file, or standard input if the path is `-`.
    pub(super) fn read(path: &Path) -> Result<Self, LoadError> {
        let (name, text) = match path == Path::new(STDIN) {
            true => ("<stdin>".to_owned(), limited(stdin().lock(), Vec::new())),
            false => (path.display().to_string(), read(path)),
        };
        let error = |cause| LoadError {
            path: name.clone().into(),
            cause,
        };
        let text = text.map_err(error)?;
        Ok(Self { name, text })
    }
}

/// Reads a text that is not too large.
pub(super) fn read(path: &Path) -> io::Result<String> {
    let file = std::fs::File::open(path)?;
    let length = file.metadata()?.len().min(MAX_BYTES);
    // One byte more, so the end is found without a reallocation.
    limited(file, Vec::with_capacity(length as usize + 1))
}

fn limited(source: impl Read, mut bytes: Vec<u8>) -> io::Result<String> {
    source.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(io::Error::new(
            io::ErrorKind::FileTooLarge,
            format!("larger than {} MiB", MAX_BYTES >> 20),
        ));
    }
    String::from_utf8(bytes).map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "not UTF-8"))
}

/// A file that could not be read.
#[derive(Debug)]
pub struct LoadError {
    /// The file.
    pub path: PathBuf,
    /// The cause.
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
