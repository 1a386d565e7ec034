//! JSON in bodies and responses.
//!
//! In: the media types of a body or a response. Out: the one that is JSON, its type and its example. Not here: other parts of
//! bodies and responses.

use indexmap::IndexMap;
use openapiv3::Example;
use serde_json::Value;

use super::content_class::{SchemaClass, has_same_type};
use crate::document::media_type::MediaClass;
pub(super) use crate::document::media_type::{essence, is_json};
use crate::document::{Content, Media, Pos, media_type};
use crate::model::api::{Owner, Role, Ty, UntypedReason};
use crate::report::{Code, Pointer};
use crate::understand::schema::cx::Cx;
use crate::understand::schema::merge::merged;
use crate::understand::schema::types;
use crate::understand::schema::uses::used;
use crate::understand::x_client;

/// A JSON media type.
#[derive(Clone, Debug)]
pub(super) struct Json<'a> {
    pub media_type: &'a str,
    pub media: &'a Media,
}

/// Returns the JSON media type of a body or response.
pub(super) fn json<'a>(cx: &mut Cx<'a>, content: &'a Content) -> Option<Json<'a>> {
    let any = |cx: &mut Cx| {
        let mut all: Vec<(&String, &Media)> = content.iter().collect();
        all.sort_by_key(|(name, _)| *name);
        let mut all = all.into_iter();
        let found = all.find(|(name, media)| may_be_json(cx, name, media))?;
        Some((found.0.as_str(), found.1))
    };
    let (media_type, media) = media_type::json(content).or_else(|| any(cx))?;
    Some(Json { media_type, media })
}

/// Returns the same as [`json`], and reports the media types that are left out.
pub(super) fn noted_json<'a>(
    cx: &mut Cx<'a>,
    content: &'a Content,
    at: &Pointer,
) -> Option<Json<'a>> {
    let chosen = json(cx, content)?;
    let Json { media_type, media } = chosen;
    let at = at.child("content");
    for media in content.values() {
        let declared = &media.declared;
        x_client::unread(&declared.extensions, &declared.at, cx.report);
    }
    if media.declared.newer.item_schema {
        let place = media.declared.at.child("itemSchema");
        let text = format!("`{media_type}` is not a sequence, so `itemSchema` has no effect");
        cx.report.once(Code::IgnoredKeyword, &place, text);
    }
    let mut ignored: Vec<&str> = Vec::new();
    for (name, other) in content {
        // Other names of JSON lose nothing.
        let is_same = is_json_media(name) && has_same_type(cx, media, other);
        if name != media_type && !is_same {
            ignored.push(name);
        }
    }
    if !ignored.is_empty() {
        cx.report.once(
            Code::IgnoredMedia,
            &at,
            format!(
                "`{media_type}` is generated; ignored: {}",
                ignored.join(", ")
            ),
        );
    }
    Some(chosen)
}

/// Returns whether a range of media types has a schema that only JSON can match.
fn may_be_json(cx: &mut Cx, media_type: &str, media: &Media) -> bool {
    MediaClass::of(&essence(media_type)) == MediaClass::Any
        && SchemaClass::of(cx, media).has_values()
}

pub fn is_json_media(media_type: &str) -> bool {
    is_json(&essence(media_type))
}

pub(super) fn content(cx: &mut Cx, json: &Json, owner: Owner, role: Role) -> (Ty, Option<Pos>) {
    match json.media.schema {
        None => (Ty::Any(UntypedReason::FreeForm), None),
        Some(None) => (Ty::Any(UntypedReason::Broken), None),
        Some(Some(pos)) => (types::of(cx, &[pos], owner, role), Some(pos)),
    }
}

/// Returns the example of a media type, or else of its schema.
pub(super) fn example(cx: &mut Cx, json: &Json, schema: Option<Pos>) -> Option<Value> {
    let declared = json
        .media
        .declared
        .example
        .clone()
        .or_else(|| first_example(&json.media.examples));
    declared.or_else(|| {
        let key = used(cx, &[schema?]).key?;
        merged(cx, &key).example.cloned()
    })
}

/// Returns the first example with a value, in the order of their names. The order of keys has no meaning.
pub(super) fn first_example(examples: &IndexMap<String, Example>) -> Option<Value> {
    let values = examples.iter();
    let values = values.filter_map(|(name, example)| Some((name, example.value.as_ref()?)));
    let first = values.min_by_key(|(name, _)| *name);
    first.map(|(_, value)| value.clone())
}
