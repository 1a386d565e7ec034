//! Diagnostics for people.
//!
//! In: diagnostics and their source. Out: text, with colors or without. Not here: looking up lines.

use std::collections::BTreeSet;

use annotate_snippets::{Group, Level as Title, Origin, Renderer};

use super::{Location, locations};
use crate::read::Source;
use crate::report::{Diagnostics, Level};

/// The style of the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Style {
    /// No escapes.
    #[default]
    Plain,
    /// Terminal colors.
    Ansi,
}

/// Returns all diagnostics, one below the other, with a blank line after each. The first one that a
/// lint turned into an error names the lint.
pub fn text(diagnostics: &Diagnostics, source: &Source, style: Style) -> String {
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Ansi => Renderer::styled(),
    };
    let mut text = String::new();
    let mut denials = BTreeSet::new();
    for (diagnostic, location) in diagnostics.iter().zip(locations(diagnostics, source)) {
        let title = match diagnostic.level {
            Level::Error => Title::ERROR,
            Level::Warning => Title::WARNING,
            Level::Note => Title::NOTE,
        };
        let mut group = Group::with_title(
            title
                .primary_title(&diagnostic.text)
                .id(diagnostic.code.id()),
        );
        if let Some(Location { file, line, column }) = location {
            let at = &diagnostic.at;
            group = group.element(Origin::path(format!("{file}:{line}:{column} ({at})")));
        }
        if let Some(help) = &diagnostic.help {
            group = group.element(Title::HELP.message(help));
        }
        if let Some(lint) = diagnostic.denied_by.filter(|lint| denials.insert(*lint)) {
            group = group.element(Title::NOTE.message(format!("denied by `--deny {lint}`")));
        }
        // Without a snippet, the renderer does not know how far to indent.
        text += &renderer.render(&[group]).replace('\n', "\n  ");
        text += "\n\n";
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Code, Lint, Lints, Pointer, Report};

    #[test]
    fn looks_like_this() {
        let source = Source::from_text(
            "spec/a.yaml",
            "openapi: 3.1.0\npaths:\n  /a:\n    get: {}\n",
        );
        let mut report = Report::default();
        let at = Pointer::canonical("#/paths/~1a/get/responses");
        report
            .add(
                Code::DanglingRef,
                &at,
                "#/components/schemas/Persmission does not exist",
            )
            .help("did you mean #/components/schemas/Permission?".to_owned());
        let diagnostics = report.settle(&Lints::default());
        let expected = "\
warning[dangling-ref]: #/components/schemas/Persmission does not exist
  --> spec/a.yaml:4:5 (#/paths/~1a/get/responses)
   = help: did you mean #/components/schemas/Permission?

";
        assert_eq!(text(&diagnostics, &source, Style::Plain), expected);
    }

    #[test]
    fn a_denial_is_explained_once() {
        let source = Source::from_text("a.yaml", "openapi: 3.1.0\n");
        let mut report = Report::default();
        for code in [Code::DanglingRef, Code::RemoteRef, Code::Syntax] {
            report.add(code, &Pointer::root(), "wrong");
        }
        let mut lints = Lints::default();
        lints.deny(Lint::Warnings).deny(Lint::Code(Code::Syntax));
        let expected = "\
error[dangling-ref]: wrong
  --> a.yaml:1:1 (#)
   = note: denied by `--deny warnings`

error[remote-ref]: wrong
  --> a.yaml:1:1 (#)

error[syntax]: wrong
  --> a.yaml:1:1 (#)

";
        let diagnostics = report.settle(&lints);
        assert_eq!(text(&diagnostics, &source, Style::Plain), expected);
    }
}
