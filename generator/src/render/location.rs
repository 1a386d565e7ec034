//! The location of each diagnostic, and of other values.
//!
//! In: diagnostics or pointers, and their source. Out: file, line and column. Not here: the search in a text.

use std::collections::BTreeMap;

use crate::read::{Source, lines};
use crate::report::{Diagnostics, InputFile, Pointer};

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

/// Returns the location of each diagnostic, in their order.
pub fn locations(diagnostics: &Diagnostics, source: &Source) -> Vec<Option<Location>> {
    let origins: Vec<(InputFile, Pointer)> = diagnostics
        .iter()
        .map(|diagnostic| diagnostics.origin(diagnostic))
        .collect();
    let mut locations = locate(&origins, source);
    for (location, diagnostic) in locations.iter_mut().zip(diagnostics) {
        if let (Some(location), Some(known)) = (location, diagnostic.position) {
            (location.line, location.column) = known;
        }
    }
    locations
}

/// Returns the location of each value, in their order. Each file is scanned once.
pub fn locate(origins: &[(InputFile, Pointer)], source: &Source) -> Vec<Option<Location>> {
    let mut by_file: BTreeMap<(InputFile, &str), Vec<usize>> = BTreeMap::new();
    for (index, (input, at)) in origins.iter().enumerate() {
        let file = (*input, at.file());
        by_file.entry(file).or_default().push(index);
    }
    let mut locations = vec![None; origins.len()];
    for ((input, file), indices) in by_file {
        let Some(text) = source.text(input, file) else {
            continue;
        };
        let pointers = indices.iter().map(|&index| &origins[index].1);
        let found = lines::find(&text.text, pointers);
        for (index, (line, column)) in indices.into_iter().zip(found) {
            locations[index] = Some(Location {
                file: text.name.clone(),
                line,
                column,
            });
        }
    }
    locations
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Code, Lints, Report};

    #[test]
    fn a_value_of_an_overlay_is_located_there() {
        let source = Source::from_text("a.yaml", "info:\n  title: T\n")
            .overlay("o.yaml", "actions:\n- update:\n    x: { y: 1 }\n");
        let mut report = Report::default();
        let at = Pointer::canonical("#/info/x/y");
        report.overlaid(
            Pointer::canonical("#/info/x"),
            InputFile::Overlay(0),
            Pointer::canonical("#/actions/0/update/x"),
        );
        report.add(Code::IgnoredKeyword, &at, "");
        let found = locations(&report.settle(&Lints::default()), &source);
        let expected = Location {
            file: "o.yaml".into(),
            line: 3,
            column: 10,
        };
        assert_eq!(found, [Some(expected)]);
    }
}
