//! Request bodies.
//!
//! In: the request body of an operation. Out: a [`Body`], or the reason why the operation cannot be called. Not here: schemas.

use super::content_class::SchemaClass;
use super::declared::{Declared, LeftOut};
use super::media::{Json, content, essence, example, is_json_media, json};
use super::request_format::{self, BodyArgument, RequestFormat};
use crate::document::{self, Content, Media, Pos};
use crate::model::api::{
    Access, Body, Doc as Text, Field, HttpMethod, Owner, Presence, Rest, Role, Scalar, Shape, Ty,
    TypeDef, TypeId,
};
use crate::model::ty::{are_many_texts, non_null};
use crate::report::Code;
use crate::understand::schema::cx::Cx;
use crate::understand::schema::uses::used;
use crate::understand::schema::{note, types};
use crate::understand::x_client;

/// The maximum number of required properties of a body that become arguments.
const MAX_SPREAD: usize = 3;

/// A request body in one media type that the client can send.
pub(super) struct PlannedBody<'a> {
    body: &'a document::Body,
    media_type: &'a str,
    media: &'a Media,
    format: RequestFormat,
    /// A word that distinguishes it from the first body of the operation: `multipart`. Empty for the first body.
    pub word: String,
}

/// Decides how the body of an operation is sent. Each type of body becomes a method. Returns `None` if the operation has no body.
pub(super) fn plan<'a>(
    cx: &mut Cx<'a>,
    declared: &Declared<'a>,
) -> Result<Vec<PlannedBody<'a>>, LeftOut> {
    let body = match &declared.parts.body {
        None => return Ok(Vec::new()),
        Some(Ok(body)) => body,
        Some(Err(_)) if is_pointless(&declared.method) => return Ok(Vec::new()),
        Some(Err(lost)) => {
            return Err(LeftOut {
                code: lost.code,
                at: lost.at.clone(),
                text: format!("its request body cannot be read: {}", lost.text),
            });
        }
    };
    let at = &body.declared.at;
    x_client::unread(&body.declared.extensions, at, cx.report);
    if body.content.is_empty() {
        return Ok(Vec::new());
    }
    let found = alternatives(cx, body);
    if !found.is_empty() {
        return Ok(found);
    }
    let code = Code::UnsupportedBody;
    let media: Vec<&str> = body.content.keys().map(String::as_str).collect();
    let text = format!("a request body of {} is not supported", media.join(" or "));
    if body.declared.required || !is_pointless(&declared.method) {
        let at = at.clone();
        return Err(LeftOut { code, at, text });
    }
    let text = format!("{text} and is left out");
    cx.report.once(code, at, text);
    Ok(Vec::new())
}

/// Returns one body for each distinct type, JSON first. The other media types send the same value as one of these, or cannot be
/// sent.
fn alternatives<'a>(cx: &mut Cx<'a>, body: &'a document::Body) -> Vec<PlannedBody<'a>> {
    let mut all: Vec<(RequestFormat, &str, &Media)> = Vec::new();
    let mut ignored: Vec<&str> = Vec::new();
    let first = preferred_json(cx, &body.content);
    for (media_type, media) in &body.content {
        let declared = &media.declared;
        x_client::unread(&declared.extensions, &declared.at, cx.report);
        let format = match first == Some(media_type) {
            true => Some(RequestFormat::Json),
            false => request_format::of(cx, media_type, media),
        };
        match format {
            Some(format) => all.push((format, media_type, media)),
            None => ignored.push(media_type),
        }
    }
    // The order of keys has no meaning.
    all.sort_by_key(|(format, media_type, _)| (*format, first != Some(*media_type), *media_type));
    let mut found: Vec<PlannedBody> = Vec::new();
    let mut arguments: Vec<BodyArgument> = Vec::new();
    for (format, media_type, media) in all {
        let argument = request_format::argument(cx, format, media);
        let is_known = |known: &BodyArgument| request_format::take_the_same(cx, known, &argument);
        if arguments.iter().any(is_known) {
            ignored.push(media_type);
            continue;
        }
        arguments.push(argument);
        request_format::report_losses(cx, format, media_type, media);
        let word = match found.is_empty() {
            true => String::new(),
            false => request_format::method_suffix(format, media_type),
        };
        found.push(PlannedBody {
            body,
            media_type,
            media,
            format,
            word,
        });
    }
    if !ignored.is_empty() && !found.is_empty() {
        ignored.sort_unstable();
        let quoted = |body: &PlannedBody| format!("`{}`", body.media_type);
        let generated: Vec<String> = found.iter().map(quoted).collect();
        let (generated, ignored) = (generated.join(" and "), ignored.join(", "));
        let verb = if found.len() == 1 { "is" } else { "are" };
        let text = format!("{generated} {verb} generated; ignored: {ignored}");
        let at = body.declared.at.child("content");
        cx.report.once(Code::IgnoredMedia, &at, text);
    }
    found
}

/// Returns the preferred JSON media type. A JSON Patch is a list (RFC 6902, 3), so a schema that is an object describes another
/// patch format, such as a merge patch (RFC 7396).
fn preferred_json<'a>(cx: &mut Cx<'a>, content: &'a Content) -> Option<&'a str> {
    let is_list_patch = |name: &str| essence(name) == "application/json-patch+json";
    let first = json(cx, content)?;
    let is_list = SchemaClass::of(cx, first.media) == SchemaClass::List;
    if is_list || !is_list_patch(first.media_type) {
        return Some(first.media_type);
    }
    let others = content.keys().map(String::as_str);
    let others = others.filter(|name| is_json_media(name) && !is_list_patch(name));
    Some(others.min().unwrap_or(first.media_type))
}

/// Returns whether HTTP defines no meaning for the body of such a request (RFC 9110, 9.3). OpenAPI 3.0 ignores such a body.
fn is_pointless(method: &HttpMethod) -> bool {
    matches!(
        method,
        HttpMethod::Get | HttpMethod::Head | HttpMethod::Delete
    )
}

pub(super) fn build(
    cx: &mut Cx,
    planned: &PlannedBody,
    owner: Owner,
    spread: Option<bool>,
) -> Body {
    let body = &planned.body.declared;
    let json = Json {
        media_type: planned.media_type,
        media: planned.media,
    };
    let (ty, schema) = ty(cx, planned, &json, owner);
    let definition = types::definition(&cx.types, &ty);
    let (media_type, range) = request_format::media_type(planned.format, planned.media_type);
    // Bodies of other JSON media types are spread only if `x-client` asks for it.
    let is_usual = match planned.format {
        RequestFormat::Json => media_type == "application/json",
        RequestFormat::Form | RequestFormat::MultipartObject => true,
        RequestFormat::MultipartArray
        | RequestFormat::JsonLines
        | RequestFormat::JsonSequence
        | RequestFormat::Text
        | RequestFormat::File => false,
    };
    let spreads = spread.unwrap_or(is_usual)
        && body.required
        && definition.is_some_and(|id| is_small(&cx.types, id));
    let doc = schema
        .map(|pos| used(cx, &[pos]))
        .map(|used| note::of_use(cx, &used, &ty, body.description.as_deref()));
    let doc = doc.unwrap_or_else(|| Text {
        description: body.description.clone(),
        ..Text::default()
    });
    if spread == Some(true) && !spreads {
        let text = "the properties of the body cannot become arguments: it must be a required object with at most three required properties, and at most two of them texts";
        cx.report.add(Code::BadClientValue, &body.at, text);
    }
    Body {
        at: body.at.clone(),
        media_type,
        range,
        content: request_format::body_content(cx, planned.format, planned.media),
        presence: if body.required {
            Presence::Required
        } else {
            Presence::Optional
        },
        doc,
        example: example(cx, &json, schema),
        ty: definition.filter(|_| spreads).map_or(ty, Ty::Named),
        spread: spreads,
    }
}

/// Returns the type and the schema of the body.
fn ty(cx: &mut Cx, planned: &PlannedBody, json: &Json, owner: Owner) -> (Ty, Option<Pos>) {
    let role = match planned.word.as_str() {
        "" => Role::Body,
        word => Role::OtherBody(format!("{word} request")),
    };
    match planned.format {
        RequestFormat::Text => (Ty::Scalar(Scalar::String), json.media.schema.flatten()),
        RequestFormat::File => (Ty::Scalar(Scalar::File), json.media.schema.flatten()),
        RequestFormat::MultipartObject if !request_format::names_parts(cx, planned.media) => {
            (Ty::Map(Box::new(Ty::Scalar(Scalar::File))), None)
        }
        RequestFormat::Json | RequestFormat::Form | RequestFormat::MultipartObject => {
            content(cx, json, owner, role)
        }
        RequestFormat::JsonLines | RequestFormat::JsonSequence | RequestFormat::MultipartArray => {
            list(cx, planned.format, json, owner, role)
        }
    }
}

/// Returns the type of all lines or parts: a list of `itemSchema` (OpenAPI 3.2) or of `schema`, or `schema` itself if that is a
/// list.
fn list(
    cx: &mut Cx,
    format: RequestFormat,
    json: &Json,
    owner: Owner,
    role: Role,
) -> (Ty, Option<Pos>) {
    if let Some(Some(item)) = json.media.item {
        let ty = types::of(cx, &[item], owner, role);
        return (Ty::List(Box::new(ty)), None);
    }
    let (ty, schema) = content(cx, json, owner, role);
    let is_list = match &ty {
        Ty::List(_) => true,
        // Each part may have its own type.
        Ty::Tuple(_) => format == RequestFormat::MultipartArray,
        Ty::Named(id) => match &cx.types[id.0].shape {
            Shape::Alias(Ty::List(_)) => true,
            Shape::Alias(Ty::Tuple(_)) => format == RequestFormat::MultipartArray,
            Shape::Struct { .. } | Shape::Enum { .. } | Shape::Union { .. } | Shape::Alias(_) => {
                false
            }
        },
        Ty::Scalar(_) | Ty::Map(_) | Ty::Nullable(_) | Ty::Any(_) => false,
    };
    let ty = match is_list {
        true => ty,
        false => Ty::List(Box::new(ty)),
    };
    (ty, schema)
}

/// Returns whether an object has few required properties and no unknown ones, so its properties can be arguments.
fn is_small(types: &[TypeDef], id: TypeId) -> bool {
    match &types[id.0].shape {
        Shape::Struct {
            fields,
            rest: Rest::Open | Rest::Closed,
        } => {
            let is_argument =
                |field: &&Field| field.presence.is_required() && field.access != Access::ReadOnly;
            let arguments = fields.iter().filter(is_argument);
            let has_many_texts = are_many_texts(types, arguments.clone().map(|field| &field.ty));
            arguments.count() <= MAX_SPREAD && !has_many_texts
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

/// Returns the name of the optional boolean property of a JSON body that asks for a stream, if the body has it. Most services
/// call it `stream`.
pub(super) fn stream_property(
    types: &[TypeDef],
    body: Option<&Body>,
    name: &str,
) -> Option<String> {
    let id = types::definition(types, &body?.ty)?;
    let Shape::Struct { fields, .. } = &types[id.0].shape else {
        return None;
    };
    let field = fields.iter().find(|field| field.wire == name)?;
    let is_flag = |ty: &Ty| *non_null(ty).0 == Ty::Scalar(Scalar::Bool);
    (is_flag(&field.ty) && !field.presence.is_required()).then(|| field.wire.clone())
}
