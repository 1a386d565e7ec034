//! `tests/` of the emitted crate.
//!
//! In: sample exchanges, examples of the document. Out: tests, with their expected values as JSON. Not here: the values
//! (`plan`), the comparison (`templates/tests`).

mod examples;
mod operations;

use super::{EmitCx, File};

/// Emits all files. There are none if the options exclude tests.
pub fn files(cx: &EmitCx) -> Vec<File> {
    if !cx.tests {
        return Vec::new();
    }
    let common = |name: &str, text: &'static str| File {
        path: format!("tests/common/{name}"),
        text: text.into(),
    };
    let common = [
        common(
            "json.rs",
            include_str!("../../../../templates/tests/json.rs"),
        ),
        common(
            "stack.rs",
            include_str!("../../../../templates/tests/stack.rs"),
        ),
    ];
    let tests = [examples::files(cx), operations::files(cx)].concat();
    tests.into_iter().chain(common).collect()
}
