//! Annotations: titles, descriptions, links to documentation elsewhere.
//!
//! In: positions, merged constraints. Out: [`Text`]. Not here: constraints (see `limits`).

use openapiv3::ExternalDocumentation;

use super::cx::Cx;
use super::merge::merged;
use super::merged::Merged;
use super::uses::Use;
use crate::document::{Entry, Pos};
use crate::model::api::Doc as Text;
use crate::model::note::{Note, See};

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

/// Returns the annotations of these positions; the first one with a text wins.
pub fn of_chain(cx: &Cx, chain: &[Pos]) -> Text {
    let mut text = Text::default();
    for &pos in chain {
        if let Entry::Schema(view) = cx.entry(pos) {
            let data = &view.data;
            text.summary = text.summary.or_else(|| data.title.clone());
            text.description = text.description.or_else(|| data.description.clone());
            if text.notes.is_empty() {
                text.notes
                    .extend(data.external_docs.as_ref().map(elsewhere));
            }
            text.deprecated |= data.deprecated;
        }
    }
    text
}

/// Returns the annotations of a key.
pub fn annotated(cx: &Cx, all: &Merged) -> Text {
    Text {
        summary: all.title.map(String::from),
        description: all.description.map(String::from),
        notes: see(cx, all).map(Note::See).into_iter().collect(),
        deprecated: all.deprecated,
    }
}

/// Returns the link to external documentation of a key.
pub fn see(cx: &Cx, all: &Merged) -> Option<See> {
    let mut parts = all.parts.iter().rev();
    let docs = parts.find_map(|&pos| match cx.entry(pos) {
        Entry::Schema(view) => view.data.external_docs.as_ref(),
        Entry::Reference(_) => None,
    });
    docs.map(link)
}

/// `externalDocs` as a note.
pub fn elsewhere(docs: &ExternalDocumentation) -> Note {
    Note::See(link(docs))
}

fn link(docs: &ExternalDocumentation) -> See {
    See {
        text: docs.description.clone(),
        url: docs.url.clone(),
    }
}
