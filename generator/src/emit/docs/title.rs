//! Titles of operations.
//!
//! In: an [`Op`]. Out: its summary, or the first sentence of a longer one. Not here: the rest of the summary (see `operation`).

use crate::emit::EmitCx;
use crate::model::api::{Op, OpId};

/// Returns the title of an operation, as Markdown: its summary, or the first sentence of a longer
/// one.
pub fn title(cx: &EmitCx, id: OpId) -> String {
    let title = short_summary(&cx.api.ops[id.0]).map(|title| cx.page_lines(title));
    match title.as_deref() {
        Some([line]) if !line.is_empty() => line.to_string(),
        Some(_) | None => format!("`{}`", cx.names.op(id).method),
    }
}

/// The longest title.
const TITLE: usize = 90;

/// Returns a summary or its first sentence, if it makes a title: few words on a line, without
/// links.
pub fn short_summary(op: &Op) -> Option<&str> {
    let summary = op.doc.summary.as_deref()?.trim();
    let line = summary.lines().next()?;
    let sentence = line.split_once(". ").map_or(line, |(first, _)| first);
    let sentence = sentence.strip_suffix('.').unwrap_or(sentence);
    let is_title = !sentence.is_empty()
        && sentence.chars().count() <= TITLE
        && !sentence.contains(['[', ']'])
        && !sentence.contains("://");
    is_title.then_some(sentence)
}
