//! Annotations: titles, descriptions, links to documentation elsewhere.
//!
//! In: positions, merged constraints. Out: [`Text`]. Not here: constraints in words (see `limits`).

use openapiv3::ExternalDocumentation;

use super::cx::Cx;
use super::merge::merged;
use super::merged::Merged;
use super::uses::Use;
use crate::document::{Entry, Pos};
use crate::model::api::Doc as Text;

/// The positions whose annotations hold at a use, the nearest one first.
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

/// What these positions say, the first one first.
pub fn of_chain(cx: &Cx, chain: &[Pos]) -> Text {
    let mut text = Text::default();
    for &pos in chain {
        if let Entry::Schema(view) = cx.entry(pos) {
            let data = &view.data;
            text.summary = text.summary.or_else(|| data.title.clone());
            text.description = text.description.or_else(|| data.description.clone());
            text.more = text
                .more
                .or_else(|| data.external_docs.as_ref().map(elsewhere));
            text.deprecated |= data.deprecated;
        }
    }
    text
}

/// The annotations of a key.
pub fn annotated(cx: &Cx, all: &Merged) -> Text {
    let docs = all.parts.iter().rev().find_map(|&pos| match cx.entry(pos) {
        Entry::Schema(view) => view.data.external_docs.as_ref(),
        Entry::Reference(_) => None,
    });
    Text {
        summary: all.title.map(String::from),
        description: all.description.map(String::from),
        more: docs.map(elsewhere),
        deprecated: all.deprecated,
    }
}

/// Two paragraphs, where there are two.
pub fn joined(one: Option<String>, two: Option<String>) -> Option<String> {
    match (one, two) {
        (Some(one), Some(two)) => Some(format!("{}\n\n{two}", one.trim_end())),
        (one, two) => one.or(two),
    }
}

/// Where more is said, as Markdown.
pub fn elsewhere(docs: &ExternalDocumentation) -> String {
    let text = docs.description.as_deref().map(str::trim);
    let text = text.filter(|text| !text.is_empty());
    let text = text.map(|text| format!("{}: ", text.trim_end_matches(['.', ':'])));
    format!("{}<{}>", text.as_deref().unwrap_or("See "), docs.url)
}

/// Text of the document as inline code, on one line.
pub fn code(text: &str) -> String {
    let text = text.replace('\n', "\\n");
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    match longest {
        0 => format!("`{text}`"),
        some => {
            let fence = "`".repeat(some + 1);
            format!("{fence} {text} {fence}")
        }
    }
}
