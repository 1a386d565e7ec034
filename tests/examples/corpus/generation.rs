//! Generates one document.
//!
//! In: a document. Out: its crate, and counts of it. Not here: the process that is measured (see `workspace`).

use std::fs;
use std::path::Path;
use std::time::Instant;

use generator::{Options, Source, generate, render, write};
use serde_json::{Value, json};
use tests::corpus::Document;
use tests::faults;

use super::{Fault, fault};

/// Generates one document and returns the counts of its crate.
pub fn generated(document: &Document, out: &Path, has_faults: bool) -> Result<Value, Fault> {
    let mut overlays = Vec::new();
    if has_faults {
        let overlay = out.join("misfits.yaml");
        fs::write(&overlay, faults::OVERLAY).map_err(fault(overlay.display()))?;
        overlays.push(overlay);
    }
    let mut source = Source::open(&document.path, &overlays).map_err(fault(&document.name))?;
    if let Some(root) = &document.root {
        source = source.within(root).map_err(fault(&document.name))?;
    }
    let package = package(document);
    let options = Options {
        crate_name: Some(package.clone()),
        ..Options::default()
    };
    let start = Instant::now();
    let output = generate(&source, &options).map_err(|failure| {
        let said = render::text(&failure.diagnostics, &source, render::Style::Plain);
        format!("{}: {said}", document.name)
    })?;
    let ms = start.elapsed().as_secs_f64() * 1000.0;
    write::write(&output.files, &out.join(&package), write::Layout::Crate)
        .map_err(fault(&document.name))?;
    let rust = output
        .files
        .iter()
        .filter(|file| file.path.ends_with(".rs"));
    Ok(json!({
        "operations": output.summary.operations,
        "types": output.summary.types,
        "lines": rust.map(|file| file.text.lines().count()).sum::<usize>(),
        "ms": ms,
    }))
}

/// The name of a document's package, which no other document has.
pub fn package(document: &Document) -> String {
    let name = document
        .name
        .rsplit_once('.')
        .map_or(document.name.as_str(), |(stem, _)| stem);
    let plain = |c: char| {
        if c.is_ascii_alphanumeric() {
            c.to_ascii_lowercase()
        } else {
            '-'
        }
    };
    format!("corpus-{}", name.chars().map(plain).collect::<String>())
}
