//! Request bodies.
//!
//! In: the request body of an operation. Out: a [`Body`], or why the operation can't be called. Not here: schemas.

use super::declared::{Declared, LeftOut};
use super::media::{Json, content, essence, example, is_any, noted_json};
use crate::document;
use crate::model::api::{
    Access, Body, BodyContent, Doc as Text, HttpMethod, Owner, Presence, Rest, Role, Scalar, Shape,
    Ty, TypeDef,
};
use crate::model::ty::non_null;
use crate::report::Code;
use crate::understand::client;
use crate::understand::schema::cx::Cx;
use crate::understand::schema::uses::used;
use crate::understand::schema::{note, types};

/// The most required properties of a body that are arguments of their own.
const MAX_SPREAD: usize = 3;

/// A request body that can be sent.
pub(super) struct PlannedBody<'a> {
    stated: &'a document::Body,
    json: Json<'a>,
}

/// Decides how the body of an operation is sent.
pub(super) fn plan<'a>(
    cx: &mut Cx<'a>,
    declared: &Declared<'a>,
) -> Result<Option<PlannedBody<'a>>, LeftOut> {
    let stated = match &declared.parts.body {
        None => return Ok(None),
        Some(Ok(stated)) => stated,
        Some(Err(_)) if is_pointless(&declared.method) => return Ok(None),
        Some(Err(lost)) => {
            return Err(LeftOut {
                code: lost.code,
                at: lost.at.clone(),
                text: format!("its request body cannot be read: {}", lost.text),
            });
        }
    };
    let at = &stated.declared.at;
    client::unread(&stated.declared.extensions, at, cx.report);
    if stated.content.is_empty() {
        return Ok(None);
    }
    if let Some(json) = noted_json(cx, &stated.content, at) {
        return Ok(Some(PlannedBody { stated, json }));
    }
    let code = Code::UnsupportedBody;
    let media: Vec<&str> = stated.content.keys().map(String::as_str).collect();
    let text = format!("a request body of {} is not supported", media.join(" or "));
    if stated.declared.required || !is_pointless(&declared.method) {
        let at = at.clone();
        return Err(LeftOut { code, at, text });
    }
    let text = format!("{text} and is left out");
    cx.report.once(code, at, text);
    Ok(None)
}

/// Returns true if HTTP gives no meaning to the body of such a request (RFC 9110, 9.3). OpenAPI 3.0 then ignores the body.
fn is_pointless(method: &HttpMethod) -> bool {
    matches!(
        method,
        HttpMethod::Get | HttpMethod::Head | HttpMethod::Delete
    )
}

/// Builds the body.
pub(super) fn build(cx: &mut Cx, planned: PlannedBody, owner: Owner, spread: Option<bool>) -> Body {
    let PlannedBody { stated, json } = planned;
    let stated = &stated.declared;
    let (ty, schema) = content(cx, &json, owner, Role::Body);
    let definition = types::definition(&cx.types, &ty);
    let media_type = match is_any(&essence(json.media_type)) {
        true => "application/json",
        false => json.media_type,
    };
    // Other media types of JSON are spread only if `x-client` asks for it.
    let is_wanted = spread.unwrap_or(media_type == "application/json");
    let spreads = is_wanted
        && stated.required
        && definition.is_some_and(|id| is_small(&cx.types[id.0].shape));
    let doc = schema
        .map(|pos| used(cx, &[pos]))
        .map(|used| note::of_use(cx, &used, &ty, stated.description.as_deref()));
    let doc = doc.unwrap_or_else(|| Text {
        description: stated.description.clone(),
        ..Text::default()
    });
    if spread == Some(true) && !spreads {
        let text = "the body cannot be spread: it must be required, an object, and have at most three required properties";
        cx.report.add(Code::BadClientValue, &stated.at, text);
    }
    Body {
        at: stated.at.clone(),
        presence: if stated.required {
            Presence::Required
        } else {
            Presence::Optional
        },
        doc,
        example: example(cx, &json, schema),
        content: BodyContent::Json {
            media_type: media_type.into(),
            ty: definition.filter(|_| spreads).map_or(ty, Ty::Named),
            spread: spreads,
        },
    }
}

/// Returns true if few properties are required and all are known, so that they can be arguments.
fn is_small(shape: &Shape) -> bool {
    match shape {
        Shape::Struct {
            fields,
            rest: Rest::Open | Rest::Closed,
        } => {
            fields
                .iter()
                .filter(|field| field.presence.is_required() && field.access != Access::ReadOnly)
                .count()
                <= MAX_SPREAD
        }
        Shape::Struct {
            rest: Rest::Typed(_),
            ..
        }
        | Shape::Enum { .. }
        | Shape::Union { .. }
        | Shape::Alias(_) => false,
    }
}

/// The property of a JSON body that asks for a stream if it is `true`: the one of this name, which most services call `stream`.
pub(super) fn stream_property(
    types: &[TypeDef],
    body: Option<&Body>,
    name: &str,
) -> Option<String> {
    let id = types::definition(types, body?.json()?)?;
    let Shape::Struct { fields, .. } = &types[id.0].shape else {
        return None;
    };
    let field = fields.iter().find(|field| field.wire == name)?;
    let is_flag = |ty: &Ty| *non_null(ty).0 == Ty::Scalar(Scalar::Bool);
    (is_flag(&field.ty) && !field.presence.is_required()).then(|| field.wire.clone())
}
