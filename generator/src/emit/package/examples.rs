//! `examples/*.rs`: programs that the document brings along.
//!
//! In: texts that `load` read. Out: the same, with the marker by which `write` knows them again. Not here: examples in docs
//! (see `rust::call`).

use crate::emit::{Cx, File};

/// The files. `load` has checked their names; `write` checks them again.
pub fn files(cx: &Cx) -> Vec<File> {
    let examples = cx.api.client.examples.iter();
    examples
        .map(|example| File {
            path: format!("examples/{}", example.name),
            text: format!("{}{}", cx.banner(), example.text.replace("\r\n", "\n")),
        })
        .collect()
}
