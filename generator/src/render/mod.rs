//! Diagnostics as text for people, or as JSON for programs.
//!
//! In: a [`Report`], and the [`Source`] that it is about. Out: text. Lines are looked up here, and only here.
//! Not here: printing.

mod lines;

use std::collections::BTreeMap;

use annotate_snippets::{Group, Level as Title, Origin, Renderer};

use crate::read::Source;
use crate::report::{Input, Level, Report};

/// Whether the text has ANSI colors.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Style {
    /// No escapes.
    #[default]
    Plain,
    /// Terminal colors.
    Ansi,
}

/// Where a finding is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// The file, as the user called it.
    pub file: String,
    /// From 1. Of what the finding is about, or of what is around that, where an overlay put it in.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
}

/// All diagnostics, one below the other, with a blank line after each.
pub fn report(report: &Report, source: &Source, style: Style) -> String {
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Ansi => Renderer::styled(),
    };
    let mut text = String::new();
    for (diagnostic, location) in report.iter().zip(locations(report, source)) {
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
            group = group.element(Origin::path(file).line(line).char_column(column));
        }
        if let Some(help) = &diagnostic.help {
            group = group.element(Title::HELP.message(help));
        }
        // Without a snippet, nothing tells the renderer how far to indent.
        text += &renderer.render(&[group]).replace('\n', "\n  ");
        text += "\n\n";
    }
    text
}

/// All diagnostics as JSON, an object on each line: `code`, `level`, `message`, `help`, `pointer`, `file`, `line`, `column`. What
/// is not known is `null`; lines and columns count from 1.
pub fn json(report: &Report, source: &Source) -> String {
    let mut text = String::new();
    for (diagnostic, location) in report.iter().zip(locations(report, source)) {
        let (file, line, column) = match location {
            Some(Location { file, line, column }) => (Some(file), Some(line), Some(column)),
            None => (None, None, None),
        };
        let object = serde_json::json!({
            "code": diagnostic.code.id(),
            "level": diagnostic.level.as_str(),
            "message": diagnostic.text,
            "help": diagnostic.help,
            "pointer": diagnostic.at.as_str(),
            "file": file,
            "line": line,
            "column": column,
        });
        text += &object.to_string();
        text.push('\n');
    }
    text
}

/// Where each diagnostic is, in their order. Each file is scanned once.
pub fn locations(report: &Report, source: &Source) -> Vec<Option<Location>> {
    let mut by_file: BTreeMap<(Input, &str), Vec<usize>> = BTreeMap::new();
    for (index, diagnostic) in report.iter().enumerate() {
        by_file
            .entry((diagnostic.input, diagnostic.at.file()))
            .or_default()
            .push(index);
    }
    let diagnostics: Vec<_> = report.iter().collect();
    let mut locations = vec![None; diagnostics.len()];
    for ((input, file), indices) in by_file {
        let Some(text) = source.text(input, file) else {
            continue;
        };
        let lines = lines::find(
            &text.text,
            indices.iter().map(|&index| &diagnostics[index].at),
        );
        for (index, place) in indices.into_iter().zip(lines) {
            let (line, column) = diagnostics[index].position.unwrap_or(place);
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
    use crate::report::{Code, Pointer};

    #[test]
    fn looks_like_this() {
        let source = Source::from_text(
            "spec/a.yaml",
            "openapi: 3.1.0\npaths:\n  /a:\n    get: {}\n",
        );
        let mut findings = Report::default();
        let at = Pointer::canonical("#/paths/~1a/get/responses");
        findings
            .add(
                Code::DanglingRef,
                &at,
                "#/components/schemas/Persmission does not exist",
            )
            .help("did you mean #/components/schemas/Permission?".to_owned());
        let expected = "\
warning[dangling-ref]: #/components/schemas/Persmission does not exist
  --> spec/a.yaml:4:5
   = help: did you mean #/components/schemas/Permission?

";
        assert_eq!(report(&findings, &source, Style::Plain), expected);
    }
}
