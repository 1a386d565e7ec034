//! The other representations of a success, beside the one that a call returns.
//!
//! In: the representations of a success, and the chosen one. Out: the media types that are read like the chosen one, the other
//! representations that a call can ask for, and the media types that are lost. Not here: the choice (see `replies`), types.

use super::content_class::{has_same_type, key};
use super::media::essence;
use super::response_format::{Representation, ResponseFormat};
use crate::document::media_type::MediaClass;
use crate::document::{JsonType, Media};
use crate::understand::schema::cx::Cx;
use crate::understand::schema::merge::merged;
use crate::understand::schema::scalar::effective_type;
use crate::understand::schema::uses::used;

/// Adds the other representations to `others`, one of each format. Returns the chosen representation with all media types that
/// are read alike, and the media types that are lost.
pub(super) fn others_of<'a>(
    cx: &mut Cx<'a>,
    taken: &Representation<'a>,
    all: &[Representation<'a>],
    others: &mut Vec<Representation<'a>>,
) -> (Representation<'a>, Vec<&'a str>) {
    let text = all.iter().find(|one| one.format == ResponseFormat::Text);
    let (said, text) = text.map_or((Vec::new(), None), |text| said(cx, taken, text));
    let (mut taken, mut lost) = alike(cx, taken);
    if !said.is_empty() && is_plain_json(cx, &taken) {
        // The content type of the response says which of them it is.
        taken.format = ResponseFormat::Text;
        taken.media.extend(said);
    }
    for one in all {
        let is_stream = |kind| matches!(kind, ResponseFormat::Sequence | ResponseFormat::Events);
        let is_known = |known: &Representation| {
            known.format == one.format || (is_stream(known.format) && is_stream(one.format))
        };
        match one.format {
            kind if all_of(&taken, one)
                || (kind == taken.format && kind != ResponseFormat::Text) => {}
            ResponseFormat::Json => lost.extend(one.names()),
            ResponseFormat::Text if text.is_none() => {}
            ResponseFormat::Text
            | ResponseFormat::Binary
            | ResponseFormat::Sequence
            | ResponseFormat::Events => {
                let one = text
                    .as_ref()
                    .filter(|text| text.format == one.format)
                    .unwrap_or(one);
                if is_known(&taken) || others.iter().any(is_known) {
                    let is_new = !others.iter().any(|known| known.format == one.format);
                    lost.extend(one.names().into_iter().filter(|_| is_new));
                } else {
                    let (one, unlike) = alike(cx, one);
                    others.push(one);
                    lost.extend(unlike);
                }
            }
        }
    }
    let kept = taken.names();
    lost.retain(|name| !kept.contains(name));
    lost.dedup();
    (taken, lost)
}

/// Returns whether `one` has all media types of `other`.
fn all_of(one: &Representation, other: &Representation) -> bool {
    let has = |name: &&str| one.names().contains(name);
    other.names().iter().all(has)
}

/// Media types with their names.
type MediaTypes<'a> = Vec<(&'a str, &'a Media)>;

/// Splits text into the media types that have the same value as the chosen JSON, and the rest, if there is any. YAML and XML
/// always belong to the rest, because their syntax differs.
fn said<'a>(
    cx: &mut Cx<'a>,
    taken: &Representation<'a>,
    text: &Representation<'a>,
) -> (MediaTypes<'a>, Option<Representation<'a>>) {
    let own = taken.first().and_then(|first| key(cx, first.media));
    let is_json = taken.format == ResponseFormat::Json;
    let is_string = is_plain_json(cx, taken);
    let (said, rest): (MediaTypes, MediaTypes) =
        text.media.iter().copied().partition(|(name, media)| {
            let is_same = media.schema.is_some() && key(cx, media) == own
                || is_string && is_plain_string(cx, media);
            is_json && is_same && !has_syntax(name)
        });
    let rest = (!rest.is_empty()).then_some(Representation {
        format: ResponseFormat::Text,
        media: rest,
    });
    (said, rest)
}

/// Returns whether a media type is XML or YAML, which write structured values in their own syntax.
fn has_syntax(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence.ends_with("yaml") || MediaClass::of(&essence) == MediaClass::Xml
}

/// Returns a representation with only the media types that are read like its first one, and the names of the others. Text and
/// bytes are always read alike.
pub(super) fn alike<'a>(
    cx: &mut Cx<'a>,
    one: &Representation<'a>,
) -> (Representation<'a>, Vec<&'a str>) {
    let first = one.media.first().copied();
    let parts = one.media.iter().copied();
    let (media, unlike): (MediaTypes, MediaTypes) =
        parts.partition(|media| first.is_none_or(|first| is_alike(cx, one.format, first, *media)));
    let alike = Representation {
        format: one.format,
        media,
    };
    (alike, unlike.into_iter().map(|(name, _)| name).collect())
}

fn is_alike<'a>(
    cx: &mut Cx<'a>,
    format: ResponseFormat,
    (one, first): (&str, &'a Media),
    (two, second): (&str, &'a Media),
) -> bool {
    let item = |cx: &mut Cx<'a>, media: &'a Media| {
        let pos = media.item.flatten()?;
        used(cx, &[pos]).key
    };
    let is_sequence = |name: &str| MediaClass::of(&essence(name)) == MediaClass::JsonSequence;
    match format {
        ResponseFormat::Text | ResponseFormat::Binary => true,
        ResponseFormat::Json => has_same_type(cx, first, second),
        ResponseFormat::Sequence | ResponseFormat::Events => {
            is_sequence(one) == is_sequence(two)
                && key(cx, first) == key(cx, second)
                && item(cx, first) == item(cx, second)
        }
    }
}

/// Returns whether a representation is JSON that contains a plain string.
fn is_plain_json(cx: &mut Cx, taken: &Representation) -> bool {
    let first = taken.media.first();
    taken.format == ResponseFormat::Json
        && first.is_some_and(|(_, media)| is_plain_string(cx, media))
}

/// Returns whether a value is a string without a format, listed values or alternatives.
fn is_plain_string(cx: &mut Cx, media: &Media) -> bool {
    key(cx, media).is_some_and(|key| {
        let all = merged(cx, &key);
        let is_string = effective_type(&all) == Some(JsonType::String);
        is_string && all.values.is_none() && all.format.is_none() && all.unions.is_empty()
    })
}
