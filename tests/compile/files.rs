//! Files of the workspace, written so that nothing is compiled again unnecessarily.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

/// Writes a file if it differs, so that nothing is compiled again unnecessarily.
pub fn put(path: &Path, text: &str) {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return;
    }
    fs::create_dir_all(path.parent().expect("a file is in a folder"))
        .expect("the folder can be made");
    fs::write(path, text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}

/// Returns the text of a file, or `None` if there is none. A file that cannot be read is not skipped.
pub fn read_if_exists(path: &Path) -> Option<String> {
    match fs::read_to_string(path) {
        Ok(text) => Some(text),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => panic!("{}: {error}", path.display()),
    }
}

/// Writes a file, or removes the one of an earlier run: each test is a program, which takes time to link.
pub fn put_if_some(path: &Path, text: Option<&str>) {
    match text {
        Some(text) => put(path, text),
        None => match fs::remove_file(path) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                panic!("{}: {error}", path.display())
            }
            Ok(()) | Err(_) => {}
        },
    }
}
