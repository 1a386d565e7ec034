//! Encodings of form properties and multipart parts.
//!
//! In: the encodings of a media type. Out: the [`Encoding`]s that differ from the default. Not here: which bodies have parts.

use std::rc::Rc;

use indexmap::IndexMap;
use openapiv3::QueryStyle;

use super::media::{essence, is_json};
use crate::document::{self, Entry, Header, JsonType, Media, Pos};
use crate::model::api::{Encoding, EncodingStyle};
use crate::report::Code;
use crate::understand::schema::cx::Cx;
use crate::understand::schema::merge::merged;
use crate::understand::schema::merged::Merged;
use crate::understand::schema::scalar::effective_type;
use crate::understand::schema::uses::used;

/// How the properties or items of a body are sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pieces {
    Pairs,
    NamedParts,
    /// Parts without names.
    Parts,
}

/// A property or an item of a body.
#[derive(Clone, Copy)]
enum Piece<'a> {
    Property(&'a str),
    Item(usize),
}

/// The header that the specification excludes from `headers`.
const CONTENT_TYPE: &str = "content-type";

/// Returns the encodings of properties, sorted by property name.
pub(super) fn by_property(cx: &mut Cx, pieces: Pieces, media: &Media) -> Vec<Encoding> {
    let declared = media.encoding.iter();
    let mut found: Vec<Encoding> = declared
        .filter_map(|(property, encoding)| {
            let is_json = is_json_only(cx, media, Piece::Property(property), encoding);
            read(cx, pieces, property, encoding, is_json)
        })
        .collect();
    let properties = match pieces {
        Pieces::NamedParts => properties(cx, media),
        Pieces::Pairs | Pieces::Parts => IndexMap::new(),
    };
    for name in properties.keys() {
        if !media.encoding.contains_key(*name)
            && let Some(encoding) = of_file(cx, media, Piece::Property(name))
        {
            let property = (*name).to_owned();
            found.push(Encoding {
                property,
                ..encoding
            });
        }
    }
    found.sort_by(|a, b| a.property.cmp(&b.property));
    found
}

/// Returns the encodings of parts without names. The last one applies to all further parts. The list is empty if every encoding
/// is the default.
pub(super) fn by_position(cx: &mut Cx, media: &Media) -> Vec<Encoding> {
    let body = media.schema.flatten().and_then(|pos| used(cx, &[pos]).key);
    let tuple = body.and_then(|key| Some(merged(cx, &key).tuple.as_ref()?.len()));
    let length = media.prefix_encoding.len().max(tuple.unwrap_or_default());
    let part = |index: usize| {
        let own = media.prefix_encoding.get(index);
        let Some(encoding) = own.or(media.item_encoding.as_ref()) else {
            return of_file(cx, media, Piece::Item(index));
        };
        let is_json = is_json_only(cx, media, Piece::Item(index), encoding);
        read(cx, Pieces::Parts, "", encoding, is_json)
    };
    let all: Vec<Option<Encoding>> = (0..=length).map(part).collect();
    if all.iter().all(Option::is_none) {
        return Vec::new();
    }
    all.into_iter()
        .map(|encoding| encoding.unwrap_or_else(|| as_content(String::new())))
        .collect()
}

/// Returns whether a value is written as JSON although another media type is declared. The declared media type has no effect.
fn is_json_only(cx: &mut Cx, media: &Media, piece: Piece, encoding: &document::Encoding) -> bool {
    let Some(EncodingStyle::Content(media_type)) = style(encoding) else {
        return false;
    };
    let essence = essence(&media_type);
    let holds_json = is_json(&essence)
        || essence.ends_with("yaml")
        || matches!(&*essence, "text/plain" | "application/octet-stream");
    !holds_json && has_members(cx, media, piece)
}

/// Returns the encoding that writes a value in a media type.
fn as_content(media_type: String) -> Encoding {
    Encoding {
        property: String::new(),
        style: EncodingStyle::Content(media_type),
        allow_reserved: false,
        headers: Vec::new(),
    }
}

/// Returns the encoding of a file whose schema states its media type (OpenAPI 3.1.1, 4.8.15.1).
fn of_file(cx: &mut Cx, media: &Media, piece: Piece) -> Option<Encoding> {
    let all = schema_of(cx, media, piece)?;
    let all = match &all.items {
        Some(items) => used(cx, items).key.map(|key| merged(cx, &key))?,
        None => all,
    };
    let mut views = all.parts.iter().filter_map(|pos| match cx.entry(*pos) {
        Entry::Schema(view) => view.keywords.media_type.as_ref(),
        Entry::Reference(_) => None,
    });
    let media_type = views.find(|text| all.is_binary() && is_line(text))?;
    Some(as_content(media_type.clone()))
}

/// Returns whether a property or item is an object or a list of objects.
fn has_members(cx: &mut Cx, media: &Media, piece: Piece) -> bool {
    let Some(all) = schema_of(cx, media, piece) else {
        return false;
    };
    match (effective_type(&all), &all.items) {
        (Some(JsonType::Object), _) => true,
        (Some(JsonType::Array), Some(items)) => used(cx, items).key.is_some_and(|key| {
            let item = merged(cx, &key);
            effective_type(&item) == Some(JsonType::Object)
        }),
        (_, _) => false,
    }
}

/// Returns the properties of a body or of its variants. If several variants have a property of the same name, the first one
/// counts.
fn properties<'a>(cx: &mut Cx<'a>, media: &Media) -> IndexMap<&'a str, Vec<Pos>> {
    let Some(key) = media.schema.flatten().and_then(|pos| used(cx, &[pos]).key) else {
        return IndexMap::new();
    };
    let all = merged(cx, &key);
    let variants = all.unions.iter().flat_map(|union| &union.variants);
    let keys: Vec<_> = variants.map(|pos| used(cx, &[*pos]).key).collect();
    let variants = keys.into_iter().flatten().map(|key| merged(cx, &key));
    let mut found = IndexMap::new();
    for part in std::iter::once(all.clone()).chain(variants) {
        for (name, uses) in &part.properties {
            found.entry(*name).or_insert_with(|| uses.clone());
        }
    }
    found
}

/// Returns the constraints of a property or an item.
fn schema_of<'a>(cx: &mut Cx<'a>, media: &Media, piece: Piece) -> Option<Rc<Merged<'a>>> {
    let body = media.schema.flatten().and_then(|pos| used(cx, &[pos]).key);
    let all = body.map(|key| merged(cx, &key));
    let uses: Vec<Pos> = match (piece, media.item.flatten(), &all) {
        (Piece::Item(_), Some(item), _) => vec![item],
        (Piece::Property(name), _, Some(_)) => properties(cx, media).swap_remove(name)?,
        (Piece::Item(index), None, Some(all)) => {
            let tuple = all.tuple.as_ref().and_then(|tuple| tuple.get(index));
            match tuple {
                Some(item) => vec![*item],
                None => all.items.clone()?,
            }
        }
        (_, _, None) => return None,
    };
    let key = used(cx, &uses).key?;
    Some(merged(cx, &key))
}

/// Returns an encoding, or `None` if it is the default.
fn read(
    cx: &mut Cx,
    pieces: Pieces,
    property: &str,
    declared: &document::Encoding,
    is_json: bool,
) -> Option<Encoding> {
    let headers: Vec<(String, String)> = (declared.headers.iter())
        .filter(|(name, _)| pieces != Pieces::Pairs && !name.eq_ignore_ascii_case(CONTENT_TYPE))
        .filter_map(|(name, header)| Some((name.clone(), value(cx, name, header)?)))
        .collect();
    let style = style(declared).filter(|_| !is_json);
    if style.is_none() && headers.is_empty() {
        return None;
    }
    Some(Encoding {
        property: property.to_owned(),
        style: style.unwrap_or(EncodingStyle::Content(String::new())),
        allow_reserved: declared.allow_reserved.unwrap_or_default(),
        headers,
    })
}

/// Returns the value of a header if its schema allows a single value, or if the header is required and has a default.
fn value(cx: &mut Cx, name: &str, header: &Header) -> Option<String> {
    let key = used(cx, &[header.schema.flatten()?]).key?;
    let all = merged(cx, &key);
    let only = match &all.values {
        Some((_, values)) if values.len() == 1 => values.first().copied(),
        _ => all.default.filter(|_| header.required),
    };
    let text = match only? {
        serde_json::Value::String(text) => text.clone(),
        serde_json::Value::Null => return None,
        value => value.to_string(),
    };
    (is_line(name) && is_line(&text)).then_some(text)
}

/// Returns whether a text is a single line of visible ASCII. Any other text could inject further headers.
fn is_line(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|c| matches!(c, b' '..=b'~'))
}

/// Returns the style of an encoding. `contentType` counts only if no keyword for query parameters is present (OpenAPI 3.0.4,
/// 4.7.15.1.2).
fn style(encoding: &document::Encoding) -> Option<EncodingStyle> {
    let document::Encoding {
        content_type,
        style,
        explode,
        allow_reserved,
        ..
    } = encoding;
    if style.is_none() && explode.is_none() && allow_reserved.is_none() {
        // If there are several media types, the caller chooses one.
        let one = content_type.as_ref()?;
        let is_one = !one.contains([',', '*']) && is_line(one);
        return is_one.then(|| EncodingStyle::Content(one.clone()));
    }
    let style = style.as_ref().unwrap_or(&QueryStyle::Form);
    let explode = explode.unwrap_or(*style == QueryStyle::Form);
    Some(match (style, explode) {
        (QueryStyle::DeepObject, _) => EncodingStyle::Deep,
        (_, true) => EncodingStyle::Exploded,
        (QueryStyle::Form, false) => EncodingStyle::Joined(','),
        (QueryStyle::SpaceDelimited, false) => EncodingStyle::Joined(' '),
        (QueryStyle::PipeDelimited, false) => EncodingStyle::Joined('|'),
    })
}

/// Reports encodings in a query that is a form. All of its properties are written in the same style.
pub(super) fn check_query(cx: &mut Cx, media: &Media) {
    for encoding in media.encoding.values() {
        let is_usual = matches!(
            style(encoding),
            None | Some(EncodingStyle::Exploded | EncodingStyle::Content(_))
        );
        if !is_usual || encoding.allow_reserved == Some(true) {
            let text = "the encoding of a single property has no effect in a query";
            cx.report.once(Code::IgnoredKeyword, &encoding.at, text);
        }
    }
}

/// Reports encoding keywords that have no effect.
pub(super) fn check(cx: &mut Cx, pieces: Pieces, media: &Media) {
    let mut ignored = Vec::new();
    let is_by_position = pieces == Pieces::Parts;
    let by_position = media.prefix_encoding.iter().chain(&media.item_encoding);
    let (all, others): (Vec<&document::Encoding>, Vec<&document::Encoding>) = match is_by_position {
        true => (by_position.collect(), media.encoding.values().collect()),
        false => (media.encoding.values().collect(), by_position.collect()),
    };
    for encoding in others {
        let text = match is_by_position {
            true => "this encoding applies to named parts, which the body does not have",
            false => "this encoding applies to parts without names, which the body does not have",
        };
        ignored.push((encoding.at.clone(), text.to_owned()));
    }
    let named = media.encoding.iter();
    let named = named.map(|(name, encoding)| (Piece::Property(name), encoding));
    let placed = media.prefix_encoding.iter().chain(&media.item_encoding);
    let placed = placed
        .enumerate()
        .map(|(index, encoding)| (Piece::Item(index), encoding));
    let counting: Vec<(Piece, &document::Encoding)> = match is_by_position {
        true => placed.collect(),
        false => named.collect(),
    };
    for (piece, encoding) in counting {
        if is_json_only(cx, media, piece, encoding) {
            let media_type = encoding.content_type.as_deref().unwrap_or_default();
            let text = format!("an object is sent as JSON, not as `{media_type}`");
            ignored.push((encoding.at.child("contentType"), text));
        }
    }
    for encoding in all {
        for key in &encoding.unread {
            let text = "encodings of nested parts are not supported".to_owned();
            ignored.push((encoding.at.child(key), text));
        }
        // `contentType` sets this header.
        let headers = encoding.headers.iter();
        for (name, header) in headers.filter(|(name, _)| !name.eq_ignore_ascii_case(CONTENT_TYPE)) {
            let required = if header.required { "required " } else { "" };
            let text = match pieces {
                Pieces::Pairs => {
                    format!("the fields of a form have no headers, so `{name}` is not sent")
                }
                Pieces::NamedParts | Pieces::Parts if value(cx, name, header).is_some() => continue,
                Pieces::NamedParts | Pieces::Parts => format!(
                    "the {required}header `{name}` is sent only if the part is a file and the caller adds the header to it"
                ),
            };
            ignored.push((header.at.clone(), text));
        }
    }
    for (at, text) in ignored {
        cx.report.once(Code::IgnoredKeyword, &at, text);
    }
}
