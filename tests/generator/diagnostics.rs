//! Tests of diagnostics.
//!
//! In: documents with faults. Out: nothing. Not here: a fixture for each code (see `snapshots.rs`).

use std::fs;

use generator::report::Code;
use generator::{Options, Source, generate};

use crate::setup::{rendered, root};

const DIAGNOSTICS: &str = "generator/docs/diagnostics.md";

/// The table of diagnostics in the manual is the table of codes.
#[test]
fn manual_lists_every_code() {
    let manual = fs::read_to_string(root().join(DIAGNOSTICS)).expect(DIAGNOSTICS);
    let table: String = Code::ALL
        .iter()
        .map(|code| {
            format!(
                "| `{}` | {} | {} |\n",
                code.id(),
                code.level(),
                code.meaning()
            )
        })
        .collect();
    assert!(
        manual.contains(&table),
        "{DIAGNOSTICS} must hold this table:\n{table}"
    );
}

/// A fault in an overlay is located in the overlay, regardless of where it affects the document.
#[test]
fn faults_of_overlays_are_located_there() {
    let document = "openapi: 3.1.0
info: { title: T, version: '1' }
paths:
  /a:
    get: { operationId: a, responses: { '204': { description: d } } }
";
    let overlay = "overlay: 1.0.0
info: { title: O, version: '1' }
actions:
  - target: $.paths['/a'].get
    update:
      x-client:
        nmae: list
";
    let source = Source::from_text("a.yaml", document).overlay("o.yaml", overlay);
    let failure = generate(&source, &Options::default()).expect_err("the key is unknown");
    let text = rendered(&failure.diagnostics, &source);
    let line = "--> o.yaml:7:9 (#/paths/~1a/get/x-client/nmae)";
    assert!(text.contains(line), "{line} is not in\n{text}");
}
