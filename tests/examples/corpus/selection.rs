//! The arguments of the program, and the documents that they select.
//!
//! In: the command line. Out: documents. Not here: the search for documents in a folder (see `tests::corpus`).

use std::path::PathBuf;

use clap::Parser;
use tests::corpus::{Document, documents};

use super::{Fault, fault};

/// Generates and checks a crate for each document of a folder.
#[derive(Debug, Parser)]
pub struct Arguments {
    /// The folder of the documents
    pub folder: PathBuf,
    /// Documents whose names begin with these [default: all]
    pub names: Vec<String>,
    /// Count what clippy finds
    #[arg(long)]
    pub clippy: bool,
    /// Count the warnings of rustdoc
    #[arg(long)]
    pub doc: bool,
    /// Run the emitted tests
    #[arg(long)]
    pub test: bool,
    /// Build the command line, compare its commands with the operations, and measure how long it takes to start
    #[arg(long)]
    pub cli: bool,
    /// Put values of the wrong type into the samples of the emitted tests, and compare the paths of the errors with their places
    #[arg(long)]
    pub faults: bool,
    /// Make values of the document's schemas, and count the components that keep them whole. This needs Python, and takes minutes
    #[arg(long)]
    pub judge: bool,
    /// Count odd names instead: nothing is compiled
    #[arg(long)]
    pub odd_names: bool,
    /// The folder of the crates [default: corpus, in the target directory]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Generate one document into `--out` and print its counts as JSON. This program calls itself so, to be measured
    #[arg(long, hide = true)]
    pub generate: bool,
}

pub fn chosen(arguments: &Arguments) -> Result<Vec<Document>, Fault> {
    let all = documents(&arguments.folder).map_err(fault(arguments.folder.display()))?;
    let named = |name: &String| {
        all.iter()
            .any(|document| document.name.starts_with(name.as_str()))
    };
    if let Some(unknown) = arguments.names.iter().find(|name| !named(name)) {
        return Err(format!("no document's name begins with {unknown}"));
    }
    let wanted = |document: &Document| {
        arguments.names.is_empty()
            || arguments
                .names
                .iter()
                .any(|name| document.name.starts_with(name.as_str()))
    };
    Ok(all.into_iter().filter(wanted).collect())
}
