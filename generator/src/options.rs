//! The options of a run.
//!
//! In: nothing. Out: [`Options`]. Not here: arguments of the command line.

pub use crate::model::api::LeftOut;
use crate::report::Lints;
use crate::select::Selection;

/// The options of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The name of the emitted package, instead of one made from the document's title. See
    /// [`is_package_name`](crate::is_package_name).
    pub crate_name: Option<String>,
    /// The operations to generate. If it selects any, types that they do not need are left out.
    pub selection: Selection,
    /// Emit no tests.
    pub no_tests: bool,
    /// What is left out, beside what the document leaves out.
    pub left_out: LeftOut,
    /// Which diagnostics are errors, and which are left out.
    pub lints: Lints,
    /// The format of the reference.
    pub docs: Docs,
    /// Whether [`Output::places`](crate::Output::places) is wanted.
    pub places: bool,
}

impl Options {
    /// Returns what the crate is written without. A site is made from the reference.
    pub(crate) fn left_out(&self, by_document: LeftOut) -> LeftOut {
        let given = self.left_out;
        LeftOut {
            cli: given.cli || by_document.cli,
            docs: (given.docs || by_document.docs) && self.docs != Docs::Html,
            blocking: given.blocking || by_document.blocking,
        }
    }
}

/// The format of the API reference.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Docs {
    /// Markdown, in the crate's folder `docs`.
    #[default]
    Markdown,
    /// Markdown, and a static site: [`Output::site`](crate::Output::site).
    Html,
}
