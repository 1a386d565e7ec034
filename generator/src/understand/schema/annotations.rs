//! Annotations: titles, descriptions, links to external documentation, and who sends a value.
//!
//! In: positions, merged constraints. Out: [`Text`], [`Access`]. Not here: constraints (see `limits`).

use openapiv3::ExternalDocumentation;

use super::cx::Cx;
use super::merge::merged;
use super::merged::Merged;
use super::uses::Use;
use crate::document::{Entry, Pos, SchemaView};
use crate::model::api::{Access, Doc as Text};
use crate::model::note::{ExternalDocs, Note};

/// Returns the positions whose annotations apply to a use, the nearest one first.
pub fn positions(cx: &mut Cx, used: &Use) -> Vec<Pos> {
    let parts = used
        .key
        .as_ref()
        .map(|key| merged(cx, key).parts.clone())
        .unwrap_or_default();
    used.chain
        .iter()
        .copied()
        .chain(parts.into_iter().rev())
        .collect()
}

/// Returns the annotations of these positions. The first text wins.
pub fn of_chain(cx: &Cx, chain: &[Pos]) -> Text {
    let mut text = Text::default();
    for &pos in chain {
        if let Entry::Schema(view) = cx.entry(pos) {
            let data = &view.data;
            text.summary = text.summary.or_else(|| data.title.clone());
            text.description = text.description.or_else(|| data.description.clone());
            if text.notes.is_empty() {
                text.notes
                    .extend(data.external_docs.as_ref().map(external_docs_note));
            }
            text.deprecated |= data.deprecated;
        }
    }
    text
}

/// Returns who sends a value at these positions.
pub fn access(cx: &Cx, positions: &[Pos]) -> Access {
    let marked = |mark: fn(&SchemaView) -> bool| is_any(cx, positions, mark);
    match (
        marked(|view| view.data.read_only),
        marked(|view| view.data.write_only),
    ) {
        (true, false) => Access::ReadOnly,
        (false, true) => Access::WriteOnly,
        (true, true) | (false, false) => Access::ReadWrite,
    }
}

/// Returns whether a value at these positions is a password.
pub fn is_password(cx: &Cx, positions: &[Pos]) -> bool {
    let is_it = |view: &SchemaView| view.keywords.format.as_deref() == Some("password");
    is_any(cx, positions, is_it)
}

fn is_any(cx: &Cx, positions: &[Pos], is_it: impl Fn(&SchemaView) -> bool) -> bool {
    let mut positions = positions.iter();
    positions.any(|&pos| matches!(cx.entry(pos), Entry::Schema(view) if is_it(view)))
}

/// Returns the annotations of a key.
pub fn annotated(cx: &Cx, all: &Merged) -> Text {
    Text {
        summary: all.title.map(String::from),
        description: all.description.map(String::from),
        notes: external_docs(cx, all)
            .map(Note::ExternalDocs)
            .into_iter()
            .collect(),
        deprecated: all.deprecated,
    }
}

/// Returns the external documentation of a key.
pub fn external_docs(cx: &Cx, all: &Merged) -> Option<ExternalDocs> {
    let mut parts = all.parts.iter().rev();
    let docs = parts.find_map(|&pos| match cx.entry(pos) {
        Entry::Schema(view) => view.data.external_docs.as_ref(),
        Entry::Reference(_) => None,
    });
    docs.map(link)
}

/// Returns external documentation as a note.
pub fn external_docs_note(docs: &ExternalDocumentation) -> Note {
    Note::ExternalDocs(link(docs))
}

fn link(docs: &ExternalDocumentation) -> ExternalDocs {
    ExternalDocs {
        text: docs.description.clone(),
        url: docs.url.clone(),
    }
}
