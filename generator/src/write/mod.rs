//! From files in memory to a folder.
//!
//! In: [`File`]s and a folder. Out: the folder holds exactly these of ours, or a diff that says how it would have to change.
//! Unchanged files keep their modification time, files from earlier runs that are no longer emitted are deleted, and other
//! files stay. Paths are confined here, regardless of earlier checks. Not here: the contents of files.

mod confined;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use similar::TextDiff;

pub use confined::Layout;
use confined::{FOLDERS, MANIFEST, TOP, is_confined, is_plain};

use crate::emit::File;

/// The beginnings of generated files.
const MARKERS: [&str; 5] = [
    "// @generated ",
    "/* @generated ",
    "# @generated",
    "<!-- @generated ",
    "{\n  \"@generated\": ",
];

/// Why a file is not replaced.
const NOT_OURS: &str = "is not a generated file, and is not overwritten: choose a new folder, or delete it if it may go";

/// The differences between a folder and the emitted files. Paths are as in [`File::path`], in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// New, or with another text.
    pub written: Vec<String>,
    /// Ours, and no longer emitted.
    pub deleted: Vec<String>,
    /// The earlier texts of those that had one.
    pub earlier: Vec<File>,
}

impl Changes {
    /// Returns whether the folder is up to date.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the number of files that differ.
    pub fn len(&self) -> usize {
        self.written.len() + self.deleted.len()
    }
}

/// The reason why a folder could not be read or written.
#[derive(Debug)]
pub struct WriteError {
    /// The file or folder.
    pub path: PathBuf,
    cause: Cause,
}

#[derive(Debug)]
enum Cause {
    Refused(Cow<'static, str>),
    Io(&'static str, io::Error),
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.cause {
            Cause::Refused(reason) => write!(f, "{} {reason}", self.path.display()),
            Cause::Io(what, error) => write!(f, "cannot {what} {}: {error}", self.path.display()),
        }
    }
}

impl std::error::Error for WriteError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.cause {
            Cause::Refused(_) => None,
            Cause::Io(_, error) => Some(error),
        }
    }
}

fn refused(path: &Path, reason: impl Into<Cow<'static, str>>) -> WriteError {
    WriteError {
        path: path.into(),
        cause: Cause::Refused(reason.into()),
    }
}

fn io_error(what: &'static str, path: &Path) -> impl FnOnce(io::Error) -> WriteError {
    let path = path.to_owned();
    move |error| WriteError {
        path,
        cause: Cause::Io(what, error),
    }
}

/// Makes the folder hold these files.
pub fn write(files: &[File], folder: &Path, layout: Layout) -> Result<Changes, WriteError> {
    let plan = plan(files, folder, layout)?;
    for (file, _) in &plan.written {
        replace(&folder.join(&file.path), &file.text)?;
    }
    for (path, _) in &plan.deleted {
        let path = folder.join(path);
        fs::remove_file(&path).map_err(io_error("delete", &path))?;
        remove_empty(path.parent(), folder);
    }
    Ok(plan.changes())
}

/// Writes a file that is the user's own from then on, so that there must be none yet.
pub fn create(path: &Path, text: &str) -> Result<(), WriteError> {
    let options = OpenOptions::new().write(true).create_new(true).open(path);
    let mut file = options.map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => refused(path, "exists, and is not overwritten"),
        _ => io_error("create", path)(error),
    })?;
    file.write_all(text.as_bytes())
        .map_err(io_error("write", path))
}

/// Compares the folder with the files, and returns a unified diff. Nothing is written.
pub fn check(
    files: &[File],
    folder: &Path,
    layout: Layout,
) -> Result<(Changes, String), WriteError> {
    let plan = plan(files, folder, layout)?;
    let mut diff = String::new();
    for (file, old) in &plan.written {
        diff.push_str(&unified(&file.path, old.as_deref(), Some(&file.text)));
    }
    for (path, old) in &plan.deleted {
        diff.push_str(&unified(path, Some(old), None));
    }
    Ok((plan.changes(), diff))
}

/// The pending changes, with the current texts.
struct Pending<'a> {
    written: Vec<(&'a File, Option<String>)>,
    deleted: Vec<(String, String)>,
}

impl Pending<'_> {
    fn changes(&self) -> Changes {
        Changes {
            written: self
                .written
                .iter()
                .map(|(file, _)| file.path.clone())
                .collect(),
            deleted: self.deleted.iter().map(|(path, _)| path.clone()).collect(),
            earlier: self.earlier(),
        }
    }

    fn earlier(&self) -> Vec<File> {
        let replaced = self.written.iter();
        let replaced = replaced.filter_map(|(file, old)| Some((&file.path, old.as_ref()?)));
        let deleted = self.deleted.iter().map(|(path, old)| (path, old));
        let file = |(path, text): (&String, &String)| File {
            path: path.clone(),
            text: text.clone().into(),
        };
        replaced.chain(deleted).map(file).collect()
    }
}

/// Everything is checked before anything is written.
fn plan<'a>(files: &'a [File], folder: &Path, layout: Layout) -> Result<Pending<'a>, WriteError> {
    let mut plan = Pending {
        written: Vec::new(),
        deleted: Vec::new(),
    };
    if folder.exists() && !folder.is_dir() {
        return Err(refused(folder, "is not a folder"));
    }
    let mut paths = BTreeSet::new();
    for file in files {
        let path = folder.join(&file.path);
        if !is_confined(&file.path, layout) {
            return Err(refused(&path, "is not a path that a client may have"));
        }
        if !paths.insert(file.path.to_lowercase()) {
            return Err(refused(&path, "is emitted twice"));
        }
        check_parents(folder, &file.path)?;
        match read(&path)? {
            Some(old) if old == file.text => {}
            Some(old) if !is_ours(&old) => return Err(refused(&path, NOT_OURS)),
            Some(old) if file.path == MANIFEST && package(&old) != package(&file.text) => {
                return Err(another_crate(folder, &old, &file.text));
            }
            old => plan.written.push((file, old)),
        }
    }
    for path in candidates(folder, layout)? {
        if paths.contains(&path.to_lowercase()) {
            continue;
        }
        if let Some(text) = read(&folder.join(&path))?.filter(|text| is_ours(text)) {
            plan.deleted.push((path, text));
        }
    }
    plan.deleted.sort();
    Ok(plan)
}

/// Returns the name of the crate in an emitted manifest.
fn package(manifest: &str) -> &str {
    let mut lines = manifest.lines();
    let name = lines.find_map(|line| line.strip_prefix("name = \"")?.strip_suffix('"'));
    name.unwrap_or_default()
}

/// A folder whose crate has another name is probably the folder of another client.
fn another_crate(folder: &Path, old: &str, new: &str) -> WriteError {
    let (old, new) = (package(old), package(new));
    refused(
        folder,
        format!(
            "contains the crate `{old}`, not `{new}`: pass --name {old}, or another folder with --out; to rename the crate, delete \
            its Cargo.toml first"
        ),
    )
}

/// No link below the folder is followed, since it could lead out of it.
fn check_parents(folder: &Path, path: &str) -> Result<(), WriteError> {
    let mut at = folder.to_owned();
    let parts: Vec<&str> = path.split('/').collect();
    for (index, part) in parts.iter().enumerate() {
        at.push(part);
        let Ok(meta) = fs::symlink_metadata(&at) else {
            return Ok(());
        };
        if meta.is_symlink() {
            return Err(refused(&at, "is a symbolic link, which is not followed"));
        }
        let is_last = index + 1 == parts.len();
        if is_last && !meta.is_file() {
            return Err(refused(&at, "is in the way: a file belongs here"));
        }
        if !is_last && !meta.is_dir() {
            return Err(refused(&at, "is in the way: a folder belongs here"));
        }
    }
    Ok(())
}

/// Returns the text of a file, if there is one.
fn read(path: &Path) -> Result<Option<String>, WriteError> {
    match fs::read(path) {
        // Almost always it is UTF-8, which is sooner checked than mended.
        Ok(bytes) => Ok(Some(String::from_utf8(bytes).unwrap_or_else(|error| {
            String::from_utf8_lossy(error.as_bytes()).into_owned()
        }))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(io_error("read", path)(error)),
    }
}

fn is_ours(text: &str) -> bool {
    MARKERS.iter().any(|marker| text.starts_with(marker))
}

/// Finds the files in the folders of generated files, as paths from the output folder. Links are not followed.
fn candidates(folder: &Path, layout: Layout) -> Result<Vec<String>, WriteError> {
    let (mut found, mut next) = (Vec::new(), Vec::new());
    match layout {
        Layout::Crate => {
            let files = TOP.into_iter().filter(|name| is_file(&folder.join(name)));
            found.extend(files.map(str::to_owned));
            next.extend(FOLDERS.into_iter().map(|name| format!("{name}/")));
        }
        Layout::Site => next.push(String::new()),
    }
    while let Some(inner) = next.pop() {
        let path = folder.join(&inner);
        if !fs::symlink_metadata(&path).is_ok_and(|meta| meta.is_dir()) {
            continue;
        }
        for entry in fs::read_dir(&path).map_err(io_error("read", &path))? {
            let entry = entry.map_err(io_error("read", &path))?;
            let name = entry.file_name();
            let Some(name) = name.to_str().filter(|name| is_plain(name)) else {
                continue;
            };
            let inner = format!("{inner}{name}");
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => next.push(inner + "/"),
                Ok(kind) if kind.is_file() && is_confined(&inner, layout) => found.push(inner),
                Ok(_) | Err(_) => {}
            }
        }
    }
    Ok(found)
}

fn is_file(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|meta| meta.is_file())
}

/// A reader sees the old text or the new one, never half of it.
fn replace(path: &Path, text: &str) -> Result<(), WriteError> {
    let (Some(parent), Some(name)) = (
        path.parent(),
        path.file_name().and_then(|name| name.to_str()),
    ) else {
        return Err(refused(path, "has no name"));
    };
    fs::create_dir_all(parent).map_err(io_error("create", parent))?;
    let temporary = parent.join(format!(".{name}.{}.tmp", std::process::id()));
    let written = fs::File::create(&temporary)
        .and_then(|mut file| file.write_all(text.as_bytes()))
        .and_then(|()| fs::rename(&temporary, path));
    written.map_err(|error| {
        // The temporary file is useless, and the first error is the one to report.
        let _ = fs::remove_file(&temporary);
        io_error("write", path)(error)
    })
}

/// Removes empty folders, up to the folder of the crate.
fn remove_empty(from: Option<&Path>, folder: &Path) {
    let mut at = from;
    while let Some(path) = at.filter(|path| *path != folder && path.starts_with(folder)) {
        if fs::remove_dir(path).is_err() {
            return;
        }
        at = path.parent();
    }
}

fn unified(path: &str, old: Option<&str>, new: Option<&str>) -> String {
    let (from, to) = match (old, new) {
        (None, _) => ("/dev/null".to_owned(), format!("b/{path}")),
        (_, None) => (format!("a/{path}"), "/dev/null".to_owned()),
        (Some(_), Some(_)) => (format!("a/{path}"), format!("b/{path}")),
    };
    TextDiff::configure()
        .timeout(Duration::from_secs(2))
        .diff_lines(old.unwrap_or_default(), new.unwrap_or_default())
        .unified_diff()
        .header(&from, &to)
        .to_string()
}
