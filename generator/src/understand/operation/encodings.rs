//! How the properties of forms and the parts of multipart bodies are written.
//!
//! In: the encodings of a media type. Out: [`Encoding`]s that differ from the default. Not here: which bodies have parts.

use openapiv3::QueryStyle;

use crate::document::{self, Header, Media};
use crate::model::api::{Encoding, EncodingStyle};
use crate::report::Code;
use crate::understand::schema::cx::Cx;
use crate::understand::schema::merge::merged;
use crate::understand::schema::uses::used;

/// What the properties or items of a body become.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pieces {
    Pairs,
    NamedParts,
    /// Parts without names.
    Parts,
}

/// The header that the specification has `headers` ignore.
const CONTENT_TYPE: &str = "content-type";

/// Returns the encodings of properties, sorted by them.
pub(super) fn by_property(cx: &mut Cx, pieces: Pieces, media: &Media) -> Vec<Encoding> {
    let declared = media.encoding.iter();
    let mut found: Vec<Encoding> = declared
        .filter_map(|(property, encoding)| read(cx, pieces, property, encoding))
        .collect();
    found.sort_by(|a, b| a.property.cmp(&b.property));
    found
}

/// Returns the encodings of parts without names. The last one applies to all further parts. The list
/// is empty if all are the default.
pub(super) fn by_position(cx: &mut Cx, media: &Media) -> Vec<Encoding> {
    let declared = media.prefix_encoding.iter().map(Some);
    let all = declared.chain([media.item_encoding.as_ref()]);
    let all: Vec<Option<Encoding>> =
        (all.map(|encoding| read(cx, Pieces::Parts, "", encoding?))).collect();
    if all.iter().all(Option::is_none) {
        return Vec::new();
    }
    let usual = || Encoding {
        property: String::new(),
        style: EncodingStyle::Content(String::new()),
        allow_reserved: false,
        headers: Vec::new(),
    };
    all.into_iter()
        .map(|encoding| encoding.unwrap_or_else(usual))
        .collect()
}

/// Returns an encoding unless it is the default.
fn read(
    cx: &mut Cx,
    pieces: Pieces,
    property: &str,
    declared: &document::Encoding,
) -> Option<Encoding> {
    let headers: Vec<(String, String)> = (declared.headers.iter())
        .filter(|(name, _)| pieces != Pieces::Pairs && !name.eq_ignore_ascii_case(CONTENT_TYPE))
        .filter_map(|(name, header)| Some((name.clone(), value(cx, name, header)?)))
        .collect();
    let style = style(declared);
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

/// Returns the value of a header if its schema allows only one value, or if the header is required
/// and has a default.
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

/// Returns whether a text is one line of visible ASCII. Anything else could add headers of its own.
fn is_line(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|c| matches!(c, b' '..=b'~'))
}

/// Returns the style of an encoding. `contentType` counts only without the keywords of query parameters (OpenAPI 3.0.4, 4.7.15.1.2).
fn style(encoding: &document::Encoding) -> Option<EncodingStyle> {
    let document::Encoding {
        content_type,
        style,
        explode,
        allow_reserved,
        ..
    } = encoding;
    if style.is_none() && explode.is_none() && allow_reserved.is_none() {
        // Among several, the caller chooses.
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

/// Reports keywords of encodings without effect.
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
            true => "this is about parts with names and has no effect",
            false => "this is about parts without names and has no effect",
        };
        ignored.push((encoding.at.clone(), text.to_owned()));
    }
    for encoding in all {
        for key in &encoding.unread {
            let text = "a part within a part is not generated".to_owned();
            ignored.push((encoding.at.child(key), text));
        }
        // `contentType` is about it.
        let headers = encoding.headers.iter();
        for (name, header) in headers.filter(|(name, _)| !name.eq_ignore_ascii_case(CONTENT_TYPE)) {
            let required = if header.required { "required " } else { "" };
            let text = match pieces {
                Pieces::Pairs => format!("a pair of a form has no headers: `{name}` is not sent"),
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
