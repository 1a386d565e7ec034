//! Annotations: what is said of a value, and what its absence means.
//!
//! In: uses of schemas. Out: [`Text`], [`Presence`]. Not here: types.

use openapiv3::ExternalDocumentation;
use serde_json::Value;

use super::cx::Cx;
use super::keys::Key;
use super::limits;
use super::merge::{Merged, merged};
use super::scalar::{fits, literal};
use super::types::Use;
use crate::document::Entry;
use crate::document::Pos;
use crate::model::api::{Doc as Text, Presence, Ty, TypeId, Wanted};
use crate::report::Code;
use crate::understand::place;

/// How long to look whether a default fits. Unions of unions can take forever.
const MAX_STEPS: usize = 1000;
/// How many schemas inside of each other are asked for their text.
const MAX_INNER: usize = 10;

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

/// What it means that something is left out: the default, if there is one and it fits.
pub fn absent(cx: &mut Cx, used: &Use) -> Presence {
    let stated = used.chain.iter().find_map(|&pos| match cx.entry(pos) {
        Entry::Schema(view) => view.data.default.as_deref().map(|value| (pos, value)),
        Entry::Reference(_) => None,
    });
    let Some(key) = used.key.clone() else {
        return Presence::Optional;
    };
    let all = merged(cx, &key);
    let Some((pos, value)) = stated.or(all.default.map(|value| (key.at(), value))) else {
        return Presence::Optional;
    };
    if (value.is_null() && used.nullable) || fits(cx, value, &all, &mut { MAX_STEPS }) {
        return Presence::Default(literal(value));
    }
    if !cx.unfit.insert(pos) {
        return Presence::Optional;
    }
    let at = cx.pointer(pos).child("default");
    let text = format!(
        "the default {} is not a value of this schema; it is left out",
        brief(value)
    );
    cx.report.add(Code::DefaultDoesNotFit, &at, text);
    Presence::Optional
}

/// A JSON value for a message.
pub fn brief(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("`{}...`", &text[..end]),
        None => format!("`{text}`"),
    }
}

/// What is said of a use: its own annotations, and those of its schema if that has no definition to say them. A
/// description from outside of the schema counts most.
pub fn of_use(cx: &mut Cx, used: &Use, ty: &Ty, described: Option<&str>) -> Text {
    let mut own = of_chain(cx, &used.chain);
    own.description = described.map(String::from).or(own.description);
    let own_schema = match ty {
        Ty::Named(id) => inline(cx, *id),
        Ty::Nullable(inner) => !matches!(**inner, Ty::Named(id) if !inline(cx, id)),
        Ty::Scalar(_) | Ty::List(_) | Ty::Map(_) | Ty::Tuple(_) | Ty::Any(_) => true,
    };
    let Some(key) = used.key.clone().filter(|_| own_schema) else {
        return own;
    };
    let under = of_key(cx, key);
    Text {
        summary: own.summary.or(under.summary),
        description: own.description.or(under.description),
        more: joined(own.more, under.more),
        deprecated: own.deprecated || under.deprecated,
    }
}

/// What a schema says, or what says the only alternative that it leaves: the other one is often `null`.
fn of_key(cx: &mut Cx, mut key: Key) -> Text {
    let mut text = of_schema(cx, &key);
    for _ in 0..MAX_INNER {
        let is_silent = text.summary.is_none() && text.description.is_none();
        let Some(inner) = cx.same.get(&key).filter(|_| is_silent) else {
            break;
        };
        key = inner.clone();
        text = of_schema(cx, &key);
    }
    text
}

/// Whether a definition stands where it is used, so that its text speaks of the use, too.
fn inline(cx: &Cx, id: TypeId) -> bool {
    let def = &cx.types[id.0];
    let is_elsewhere =
        || place::defs_key(&def.at).is_some() || place::definition_name(&def.at).is_some();
    matches!(def.wanted, Wanted::Under(..)) && !is_elsewhere()
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

/// The annotations of a key, and its constraints.
pub fn of_schema(cx: &mut Cx, key: &Key) -> Text {
    let all = merged(cx, key);
    let text = annotated(cx, &all);
    Text {
        more: joined(text.more, limits::paragraph(cx, &all)),
        ..text
    }
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
