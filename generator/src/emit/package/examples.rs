//! `examples/*.rs`: programs from the folder of the document.
//!
//! In: texts that `read` loaded. Out: the same, with the marker that `write` recognizes. Not here: examples in docs (see
//! `rust::call`).

use crate::emit::{EmitCx, File};

/// Returns the files. `read` has checked their names; `write` checks them again.
pub fn files(cx: &EmitCx) -> Vec<File> {
    let examples = cx.api.client.examples.iter();
    examples
        .map(|example| File {
            path: format!("examples/{}", example.name),
            text: format!("{}{}", cx.banner(), example.text.replace("\r\n", "\n")).into(),
        })
        .collect()
}
