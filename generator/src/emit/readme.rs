//! `README.md` of the emitted crate.
//!
//! In: the model of the prose. Out: one file. Not here: what it says (`templates/README.md.jinja`).

use super::{Cx, File, prose};

/// `README.md`.
pub fn file(cx: &Cx) -> File {
    let marker = cx.marker().replace("--", "-");
    File {
        path: "README.md".into(),
        text: format!("<!-- {marker} -->\n\n{}", prose::readme(cx)),
    }
}
