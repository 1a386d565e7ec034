//! Replies that the client reads while they arrive.
//!
//! In: representations that are not JSON, and the streams that `x-client` declares. Out: their [`Reply`], and the
//! [`Alternative`]s of a call. Not here: which representation a call returns (see `replies`).

use super::bodies;
use super::content_class::SchemaClass;
use super::declared::DeclaredStream;
use super::media::essence;
use super::response_format::{Representation, ResponseFormat, accepted};
use crate::document::Media;
use crate::document::media_type::MediaClass;
use crate::model::api::{
    Alternative, Body, Field, Framing, Owner, Reply, Role, Scalar, Shape, Stream, Ty, UntypedReason,
};
use crate::report::Code;
use crate::understand::schema::cx::Cx;
use crate::understand::schema::types;

/// Builds the other representations of a reply, including the stream that `x-client` declares.
pub(super) fn alternatives(
    cx: &mut Cx,
    planned: &[Representation],
    owner: Owner,
    declared: &Option<DeclaredStream>,
    body: Option<&Body>,
) -> Vec<Alternative> {
    let property = property(cx, declared.as_ref(), body);
    let mut found: Vec<Alternative> = Vec::new();
    for media in planned {
        let reply = opened(cx, media, owner);
        let property = property.clone();
        found.push(Alternative {
            property: property.filter(|_| matches!(reply, Reply::Stream(_))),
            reply,
            accept: accepted(std::iter::once(media)),
        });
    }
    let Some(declared) = declared else {
        return found;
    };
    let has_stream = |it: &Alternative| matches!(it.reply, Reply::Stream(_));
    match (found.iter_mut().find(|it| has_stream(it)), declared.events) {
        (None, events) => {
            let item = events.map(|pos| types::of(cx, &[pos], owner, Role::Event));
            found.push(Alternative {
                reply: Reply::Stream(stream(cx, item, Framing::Events)),
                accept: vec!["text/event-stream".into()],
                property,
            });
        }
        (Some(described), Some(pos)) => {
            let item = types::of(cx, &[pos], owner, Role::Event);
            described.reply = Reply::Stream(stream(cx, Some(item), Framing::Events));
        }
        (Some(_), None) => {}
    }
    found
}

/// Returns the property of the body that asks for a stream.
fn property(cx: &mut Cx, declared: Option<&DeclaredStream>, body: Option<&Body>) -> Option<String> {
    let given = declared.and_then(|declared| Some((declared, declared.property.as_ref()?)));
    let name = given.map_or("stream", |(_, name)| name);
    let found = bodies::stream_property(&cx.types, body, name);
    if let (Some((declared, name)), None) = (given, &found) {
        let text = format!("the JSON body has no optional boolean property `{name}`");
        let at = declared.at.child("property");
        cx.report.add(Code::BadClientValue, &at, text);
    }
    found
}

/// Returns the reply of a representation that is not JSON.
pub(super) fn opened(cx: &mut Cx, media: &Representation, owner: Owner) -> Reply {
    match (media.format, framing(media)) {
        (_, Some(framing)) => Reply::Stream(of_framing(cx, media, framing, owner)),
        (ResponseFormat::Binary, None) => Reply::Binary,
        (_, None) => Reply::Text,
    }
}

/// Returns how a representation is divided into values, or `None` if it is not.
pub(super) fn framing(media: &Representation) -> Option<Framing> {
    match media.format {
        ResponseFormat::Json | ResponseFormat::Text | ResponseFormat::Binary => None,
        ResponseFormat::Events => Some(Framing::Events),
        ResponseFormat::Sequence => match media
            .first()
            .map(|first| MediaClass::of(&essence(first.media_type)))
        {
            Some(MediaClass::JsonSequence) => Some(Framing::Sequence),
            Some(_) | None => Some(Framing::Lines),
        },
    }
}

/// Builds the reply of a representation that is divided into values.
pub(super) fn of_framing(
    cx: &mut Cx,
    media: &Representation,
    framing: Framing,
    owner: Owner,
) -> Stream {
    let item = media.first().and_then(|first| item(cx, first.media, owner));
    stream(cx, item, framing)
}

fn stream(cx: &Cx, item: Option<Ty>, framing: Framing) -> Stream {
    let is_text = |ty: &Ty| matches!(ty, Ty::Scalar(Scalar::String));
    match (item, framing) {
        (Some(ty), Framing::Events) if is_text(&ty) => Stream {
            item: None,
            framing,
        },
        (Some(ty), Framing::Events) if is_event(cx, &ty, DEEPEST) => Stream {
            item: Some(ty),
            framing: Framing::EventObjects,
        },
        (None, Framing::Lines | Framing::Sequence) => Stream {
            item: Some(Ty::Any(UntypedReason::FreeForm)),
            framing,
        },
        (item, framing) => Stream { item, framing },
    }
}

/// Returns the type of a stream's values: that of `itemSchema` (OpenAPI 3.2), or that of `schema`, which describes all values
/// together if it is a list. A string describes the text of the whole stream and not its values.
fn item(cx: &mut Cx, media: &Media, owner: Owner) -> Option<Ty> {
    if media.item.is_none() && SchemaClass::of(cx, media) == SchemaClass::Text {
        return None;
    }
    let pos = media.item.or(media.schema)??;
    let ty = types::of(cx, &[pos], owner, Role::Event);
    Some(match ty {
        Ty::List(item) if media.item.is_none() => *item,
        ty => ty,
    })
}

/// The maximum depth of nested unions that are examined.
const DEEPEST: usize = 4;

/// Returns whether a type describes an event with its fields (WHATWG HTML, 9.2.6), and not just its data.
fn is_event(cx: &Cx, ty: &Ty, depth: usize) -> bool {
    let Some(id) = types::definition(&cx.types, ty) else {
        return false;
    };
    match &cx.types[id.0].shape {
        Shape::Struct { fields, .. } => {
            let is_known =
                |field: &Field| matches!(field.wire.as_str(), "data" | "event" | "id" | "retry");
            fields.iter().any(|field| field.wire == "data") && fields.iter().all(is_known)
        }
        Shape::Union { variants, .. } => {
            depth > 0
                && !variants.is_empty()
                && variants
                    .iter()
                    .all(|variant| is_event(cx, &variant.ty, depth - 1))
        }
        Shape::Enum { .. } | Shape::Alias(_) => false,
    }
}
