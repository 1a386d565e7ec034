//! Changes between two crates as text for people, or as JSON for programs.
//!
//! In: a [`Diff`], and the sources of the two documents. Out: text. Not here: looking up lines.

use anstyle::{AnsiColor, Style as Color};
use serde_json::{Value, json};

use super::location::locate;
use super::{Location, Style};
use crate::diff::{Change, Diff, Kind, Step};
use crate::read::Source;
use crate::report::{Diagnostics, InputFile, Pointer};
use crate::surface::Places;

/// A document, and what its overlays put into it.
#[derive(Clone, Copy, Debug)]
pub struct Document<'a> {
    /// The document, with its overlays.
    pub source: &'a Source,
    /// The diagnostics of its crate.
    pub diagnostics: &'a Diagnostics,
}

/// The value that a change is about.
struct Place {
    at: Pointer,
    location: Option<Location>,
}

/// Returns the places of all changes in a document.
fn places<'a>(
    diff: &'a Diff,
    places: &Places,
    document: Document,
    path: impl Fn(&'a Change) -> Option<&'a String>,
) -> Vec<Option<Place>> {
    let found = diff.changes.iter();
    let found: Vec<Option<&Pointer>> = found.map(|change| places.of(path(change)?)).collect();
    let known = found.iter().flatten();
    let origins: Vec<(InputFile, Pointer)> =
        known.map(|at| document.diagnostics.origin_of(at)).collect();
    let mut locations = locate(&origins, document.source).into_iter();
    let place = |at: Option<&Pointer>| {
        at.map(|at| Place {
            at: at.clone(),
            location: locations.next().flatten(),
        })
    };
    found.into_iter().map(place).collect()
}

/// Returns the places of each change: in the old document, and in the new one.
fn both(diff: &Diff, old: Document, new: Document) -> Vec<[Option<Place>; 2]> {
    let old = places(diff, &diff.places.0, old, |change| change.old.as_ref());
    let new = places(diff, &diff.places.1, new, |change| change.new.as_ref());
    old.into_iter()
        .zip(new)
        .map(|(old, new)| [old, new])
        .collect()
}

/// Returns all changes, each with its line: in the new document, or in the old one if that alone has it.
pub fn text(diff: &Diff, old: Document, new: Document, style: Style) -> String {
    let mut text = String::new();
    for (change, [old, new]) in diff.changes.iter().zip(both(diff, old, new)) {
        text += &title(change, style);
        text.push('\n');
        if let Some(Place { at, location }) = new.or(old) {
            text += &match location {
                Some(Location { file, line, column }) => {
                    format!("  --> {file}:{line}:{column} ({at})\n")
                }
                None => format!("  --> {at}\n"),
            };
        }
    }
    text
}

fn title(change: &Change, style: Style) -> String {
    let (kind, aspect) = (change.kind.as_str(), change.aspect.as_str());
    let color = match (style, change.kind) {
        (Style::Plain, _) => Color::new(),
        (Style::Ansi, Kind::Breaking) => AnsiColor::Red.on_default().bold(),
        (Style::Ansi, Kind::Additive) => AnsiColor::Green.on_default().bold(),
        (Style::Ansi, Kind::Documentation) => AnsiColor::Cyan.on_default().bold(),
    };
    match kind == aspect {
        true => format!("{color}{kind}{color:#}: {change}"),
        false => format!("{color}{kind}[{aspect}]{color:#}: {change}"),
    }
}

/// Returns the numbers of changes, and the step that they ask for, on one line.
pub fn summary(diff: &Diff) -> String {
    if diff.changes.is_empty() {
        return "no changes".into();
    }
    let counts = Kind::ALL.map(|kind| (diff.count(kind), kind.as_str()));
    let counts = counts.into_iter().filter(|(count, _)| *count > 0);
    let counts: Vec<String> = counts
        .map(|(count, kind)| format!("{count} {kind}"))
        .collect();
    let step = diff.step();
    let (old, new) = &diff.versions;
    let mut text = format!("{}: a {} step", counts.join(", "), step.as_str());
    if let Some(next) = step.after(old) {
        text += &format!(", from {old} to {next}");
        if new != old && *new != next {
            text += &format!(" (the new one is {new})");
        }
    }
    text
}

/// Returns all changes as one JSON object.
pub fn json(diff: &Diff, old: Document, new: Document) -> String {
    let place = |place: &Option<Place>| match place {
        None => Value::Null,
        Some(Place { at, location }) => {
            let location = location.as_ref();
            json!({
                "pointer": at.as_str(),
                "file": location.map(|it| &it.file),
                "line": location.map(|it| it.line),
                "column": location.map(|it| it.column),
            })
        }
    };
    let changes = diff.changes.iter().zip(both(diff, old, new));
    let changes = changes.map(|(change, [old, new])| {
        json!({
            "kind": change.kind.as_str(),
            "aspect": change.aspect.as_str(),
            "path": change.path,
            "message": change.to_string(),
            "step": Step::of(change.kind).as_str(),
            "old": place(&old),
            "new": place(&new),
        })
    });
    let object = json!({
        "step": diff.step().as_str(),
        "breaking": diff.count(Kind::Breaking),
        "additive": diff.count(Kind::Additive),
        "documentation": diff.count(Kind::Documentation),
        "versions": { "old": diff.versions.0, "new": diff.versions.1, "next": diff.step().after(&diff.versions.0) },
        "changes": changes.collect::<Vec<_>>(),
    });
    object.to_string() + "\n"
}
