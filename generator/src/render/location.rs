//! The location of each diagnostic.
//!
//! In: diagnostics and their source. Out: file, line and column. Not here: how a text is searched.

use std::collections::BTreeMap;

use super::lines;
use crate::read::Source;
use crate::report::{Diagnostics, Input};

/// The file, line and column of a diagnostic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// The file, as the user named it.
    pub file: String,
    /// From 1. If the value itself is not in the file, the line of the nearest value around it.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
}

/// The location of each diagnostic, in their order. Each file is scanned once.
pub fn locations(diagnostics: &Diagnostics, source: &Source) -> Vec<Option<Location>> {
    let mut by_file: BTreeMap<(Input, &str), Vec<usize>> = BTreeMap::new();
    for (index, diagnostic) in diagnostics.iter().enumerate() {
        by_file
            .entry((diagnostic.input, diagnostic.at.file()))
            .or_default()
            .push(index);
    }
    let diagnostics: Vec<_> = diagnostics.iter().collect();
    let mut locations = vec![None; diagnostics.len()];
    for ((input, file), indices) in by_file {
        let Some(text) = source.text(input, file) else {
            continue;
        };
        let lines = lines::find(
            &text.text,
            indices.iter().map(|&index| &diagnostics[index].at),
        );
        for (index, place) in indices.into_iter().zip(lines) {
            let (line, column) = diagnostics[index].position.unwrap_or(place);
            locations[index] = Some(Location {
                file: text.name.clone(),
                line,
                column,
            });
        }
    }
    locations
}
