//! Checks that all operations of the fixtures are in their clients.
//!
//! In: `fixtures/*.yaml`. Out: nothing. Not here: how operations are counted (see `operations.rs`), real documents (see `corpus.rs`).

use generator::{Options, Source, generate};

use crate::operations;
use crate::setup::{is_yaml, root, selection, stem, texts_in};

/// Each operation of a fixture is in its client, with its parameters, its body and its reply, or is listed as left out.
#[test]
fn no_operation_is_lost() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for path in texts_in(&root().join("tests/fixtures")) {
        if !selection(&path).is_empty() || !is_yaml(&path) {
            continue;
        }
        let source = Source::open(&path, &[]).expect("a fixture is readable");
        let Ok(output) = generate(&source, &Options::default()) else {
            continue;
        };
        count += operations::declared(&path).len();
        let missing = operations::missing(&path, &output);
        wrong.extend(
            missing
                .iter()
                .map(|text| format!("{}: {text}", stem(&path))),
        );
    }
    assert!(count > 70, "only {count} operations were found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
