//! From files to one tree.
//!
//! In: a [`Source`]. Out: a [`Tree`] with overlays applied, and with the files that the document names. Not here: the meaning of a
//! document, writing. Only this stage and `write` touch files.

mod base;
mod files;
mod folder;
pub mod lines;
mod overlay;
mod parse;
mod plain;
mod source;
mod text;
mod uri;
mod value;
mod version;

use serde_json::Value;

use crate::maps::IndexMap;
use crate::report::{InputFile, Report};
pub use base::{Base, Target};
pub use files::{Files, Unreadable};
pub(crate) use overlay::takes_key;
use parse::Parsed;
pub use source::Source;
pub use text::{LoadError, Text};
pub use uri::within;

/// A document as a value, with overlays applied.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    /// The main document.
    pub value: Value,
    /// The path of the document, and the bases of its references.
    pub base: Base,
    /// The other files that the document refers to.
    pub others: Files,
    /// The texts of the files that `x-client` names at the root of the document.
    pub files: IndexMap<String, String>,
}

/// Parses the document, applies the overlays, and reads the files that the document names. Returns `None` if there is no
/// document, or if an overlay has an error. The reason has then been reported.
pub fn run(source: &Source, report: &mut Report) -> Option<Tree> {
    let Parsed {
        mut value,
        mut external,
    } = parse(&source.document, InputFile::Document, report)?;
    if let Err(unsupported) = version::support(&value) {
        unsupported.report(report);
        return None;
    }
    for (index, text) in source.overlays.iter().enumerate() {
        let input = InputFile::Overlay(index);
        let parsed = parse(text, input, report)?;
        external.extend(parsed.external);
        // Without the overlay, diagnostics would be about a document that the user does not mean.
        if !overlay::apply(&mut value, &parsed.value, &source.path, input, report) {
            return None;
        }
    }
    match version::support(&value) {
        Ok(support) => support.report(report),
        Err(unsupported) => {
            unsupported.report(report);
            return None;
        }
    }
    let files = files::examples(source, &value, report);
    let mut base = Base::of(&source.path, &value);
    let others = files::read(source, &mut base, external, report);
    Some(Tree {
        value,
        base,
        others,
        files,
    })
}

fn parse(text: &Text, input: InputFile, report: &mut Report) -> Option<Parsed> {
    match parse::run(&text.text, "", input, report) {
        Ok(parsed) => Some(parsed),
        Err(error) => {
            error.report(input, report);
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(source: &Source) -> Vec<&'static str> {
        let mut report = Report::default();
        run(source, &mut report);
        report
            .iter()
            .map(|diagnostic| diagnostic.code.id())
            .collect()
    }

    #[test]
    fn versions() {
        let of = |text: &str| codes(&Source::from_text("a.yaml", text));
        assert!(of("openapi: 3.0.3").is_empty());
        assert!(of("openapi: 3.1").is_empty());
        assert!(of("openapi: 3.2.0").is_empty());
        assert_eq!(of("openapi: 3.3.0"), ["newer-version"]);
        assert_eq!(of("swagger: '2.0'"), ["unsupported-version"]);
        assert_eq!(of("openapi: 4.0.0"), ["unsupported-version"]);
        assert_eq!(of("- a"), ["not-an-object"]);
        assert_eq!(of(" \n# nothing\n"), ["empty-document"]);
        assert_eq!(of("a: [1"), ["syntax"]);
        assert_eq!(of("openapi: 3.0.0\n---\nopenapi: 3.0.0"), ["syntax"]);
    }

    #[test]
    fn files_stay_in_the_folder() {
        let text = |name: &str| format!("openapi: 3.1.0\nx-client: {{ examples: ['{name}'] }}");
        let source = |name| {
            Source::from_text("spec/a.yaml", text(name)).file("examples/a.rs", "fn main() {}")
        };
        assert!(codes(&source("examples/a.rs")).is_empty());
        assert!(codes(&source("./examples/../examples/a.rs")).is_empty());
        assert_eq!(codes(&source("examples/b.rs")), ["file-unreadable"]);
        assert_eq!(codes(&source("../a.rs")), ["file-outside"]);
        assert_eq!(codes(&source("/etc/passwd")), ["file-outside"]);
        assert_eq!(codes(&source("C:\\a.rs")), ["file-outside"]);
    }
}
