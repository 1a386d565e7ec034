//! Decode errors of emitted crates name the place of the fault.
//!
//! In: an emitted crate with its tests, which have valid samples. Out: the same tests with faults in their samples (see
//! `tests/faults/`), and what they found. Not here: running them.

use std::path::Path;
use std::{fs, io};

/// The variable that names the file of the results.
pub const RESULTS: &str = "FAULTS";

/// An overlay with which a union never keeps what it should read, so that every fault is an error.
pub const OVERLAY: &str = "overlay: 1.0.0
info: { title: misfits, version: '1' }
actions: [{ target: $, update: { x-client: { misfits: refuse } } }]
";

/// The files of the tests. Where a crate has no such tests, the file is not used.
const FILES: [(&str, &str); 4] = [
    ("common/json.rs", "//! Nothing is compared here.\n"),
    ("common/faults.rs", include_str!("../faults/faults.rs")),
    (
        "operations/testing/check.rs",
        include_str!("../faults/calls.rs"),
    ),
    ("examples/check.rs", include_str!("../faults/types.rs")),
];

/// Replaces what the tests of a crate check. The folder has the name of the crate.
pub fn lay_out(folder: &Path) -> io::Result<()> {
    let package = folder.file_name().unwrap_or_default().to_string_lossy();
    let library = package.replace('-', "_");
    for (path, text) in FILES {
        let text = text.replace("LIBRARY", &library);
        let path = folder.join("tests").join(path);
        fs::create_dir_all(path.parent().expect("it is in a folder"))?;
        fs::write(path, text)?;
    }
    Ok(())
}

/// The errors that faults caused.
#[derive(Default)]
pub struct Found {
    /// The number of errors.
    pub errors: usize,
    /// The errors at a union around the fault.
    pub around: usize,
    /// The errors whose path is not the place of the fault.
    pub wrong: Vec<String>,
}

/// Reads what the tests found.
pub fn found(results: &Path) -> io::Result<Found> {
    let mut found = Found::default();
    for line in fs::read_to_string(results)?.lines() {
        found.errors += 1;
        found.around += usize::from(line == "right around");
        if let Some(wrong) = line.strip_prefix("wrong ") {
            found.wrong.push(wrong.to_owned());
        }
    }
    Ok(found)
}
