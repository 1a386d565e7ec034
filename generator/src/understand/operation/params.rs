//! Parameters of the path, the query, headers and cookies.
//!
//! In: the parameters of an operation and its path. Out: [`Param`]s, or the reason why the operation cannot be called. Not here:
//! escaping.

use indexmap::IndexMap;
use openapiv3::ParameterData;
use serde_json::Value;

use super::declared::{Declared, LeftOut};
use super::encodings;
use super::media::{essence, first_example, is_json_media};
use super::security::is_cookie;
use super::separators;
use super::style;
use super::value_form::{ValueForm, value_form};
use crate::document::{JsonType, Parameter, Pos, is_token};
use crate::model::api::{
    Doc as Text, Naming, NestedList, Omitted, Owner, Param, ParamLocation, ParamStyle, Piece,
    Presence, Role, Scalar, Ty, UntypedReason,
};
use crate::report::{Code, Pointer};
use crate::understand::schema::cx::Cx;
use crate::understand::schema::merge::merged;
use crate::understand::schema::merged::Merged;
use crate::understand::schema::scalar::{effective_type, literal};
use crate::understand::schema::uses::used;
use crate::understand::schema::{note, types};
use crate::understand::x_client;

/// A parameter that the client can write.
pub(super) struct Planned<'a> {
    parameter: &'a Parameter,
    location: ParamLocation,
    style: ParamStyle,
    schema: Option<Pos>,
    /// The type that replaces that of the schema.
    instead: Option<Ty>,
}

/// Returns the parameters of an operation, and those that the client omits. Path parameters come first.
pub(super) fn plan<'a>(
    cx: &mut Cx<'a>,
    declared: &Declared<'a>,
    path: &[Piece],
) -> Result<(Vec<Planned<'a>>, Vec<Omitted>), LeftOut> {
    let (mut planned, mut omitted) = (Vec::new(), Vec::new());
    for parameter in effective(cx, declared) {
        if !is_sent(cx, parameter, path) {
            continue;
        }
        let at = parameter.declared.at.clone();
        let (location, data) = placed(parameter);
        let code = Code::UnsupportedParameter;
        match written(cx, parameter) {
            Ok((style, schema, instead)) => planned.push(Planned {
                parameter,
                location,
                style,
                schema,
                instead,
            }),
            Err(reason) if data.required || location == ParamLocation::Path => {
                let text = format!(
                    "its {} parameter `{}` {reason}",
                    location.as_str(),
                    data.name
                );
                return Err(LeftOut { code, at, text });
            }
            Err(reason) => omitted.push(Omitted {
                at,
                named: Some((location, data.name.clone())),
                code,
                reason,
            }),
        }
    }
    for Omitted {
        at,
        named,
        code,
        reason,
    } in &omitted
    {
        let Some((location, wire)) = named else {
            continue;
        };
        let location = location.as_str();
        let text = format!("the {location} parameter `{wire}` {reason} and is left out");
        if let Some(diagnostic) = cx.report.once(*code, at, text) {
            let help = "an overlay can give the parameter another schema or style, or remove it";
            diagnostic.help(help.to_owned());
        }
    }
    omitted.extend(lost(declared));
    check_whole(cx, &planned);
    Ok((planned, omitted))
}

/// Reports query parameters that are declared beside one that is the whole query (OpenAPI 3.2, "Parameter Locations").
fn check_whole(cx: &mut Cx, planned: &[Planned]) {
    let is_whole = |planned: &&Planned| planned.style.naming == Naming::Bare;
    let Some(whole) = planned.iter().find(is_whole) else {
        return;
    };
    let beside = planned
        .iter()
        .filter(|it| it.location == ParamLocation::Query && !is_whole(it));
    for other in beside {
        let name = |planned: &Planned| planned.parameter.declared.parameter_data_ref().name.clone();
        let text = format!(
            "`{}` is the whole query, but the query parameter `{}` is sent beside it",
            name(whole),
            name(other)
        );
        cx.report
            .once(Code::LooserParameter, &other.parameter.declared.at, text);
    }
}

/// Returns the parameters that could not be read. They have been reported.
fn lost(declared: &Declared) -> impl Iterator<Item = Omitted> {
    let of_path = declared.item.lost_parameters.iter();
    let all = of_path.chain(&declared.parts.lost_parameters);
    all.map(|lost| Omitted {
        at: lost.at.clone(),
        named: None,
        code: lost.code,
        reason: lost.text.clone(),
    })
}

/// Returns the parameters of an operation. Its own replace those of its path.
fn effective<'a>(cx: &mut Cx<'a>, declared: &Declared<'a>) -> Vec<&'a Parameter> {
    let mut found: IndexMap<(ParamLocation, &str), &'a Parameter> = IndexMap::new();
    for list in [&declared.item.parameters, &declared.parts.parameters] {
        let mut here = Vec::new();
        for parameter in list {
            let (location, data) = placed(parameter);
            let key = (location, data.name.as_str());
            if here.contains(&key) {
                let name = &data.name;
                let text =
                    format!("`{name}` is declared twice in this list; this declaration counts");
                cx.report
                    .once(Code::DuplicateParameter, &parameter.declared.at, text);
            }
            here.push(key);
            found.insert(key, parameter);
        }
    }
    found.into_values().collect()
}

fn placed(parameter: &Parameter) -> (ParamLocation, &ParameterData) {
    let location = match &parameter.declared.value {
        openapiv3::Parameter::Query { .. } => ParamLocation::Query,
        openapiv3::Parameter::Header { .. } => ParamLocation::Header,
        openapiv3::Parameter::Path { .. } => ParamLocation::Path,
        openapiv3::Parameter::Cookie { .. } => ParamLocation::Cookie,
    };
    (location, parameter.declared.parameter_data_ref())
}

/// Returns whether the client sends a parameter. OpenAPI ignores some header parameters, and a path parameter must occur in the
/// path.
fn is_sent(cx: &mut Cx, parameter: &Parameter, path: &[Piece]) -> bool {
    let at = &parameter.declared.at;
    let (location, data) = placed(parameter);
    let name = &data.name;
    let is_in_path = |piece: &Piece| matches!(piece, Piece::Param(param) if param == name);
    if location == ParamLocation::Path && !path.iter().any(is_in_path) {
        let text = format!("`{name}` does not occur in the path and is left out");
        cx.report.once(Code::UnusedPathParameter, at, text);
        return false;
    }
    let setter = match location {
        ParamLocation::Header => set_by(name),
        ParamLocation::Path | ParamLocation::Query | ParamLocation::Cookie => None,
    };
    if let Some(setter) = setter {
        let text = format!("the header `{name}` is set by {setter}, so the parameter is ignored");
        cx.report.once(Code::ReservedHeader, at, text);
    }
    setter.is_none()
}

/// Returns what sets a header that parameters cannot set. A wrong length or host would change how the server reads the request
/// (RFC 9112, section 6).
fn set_by(header: &str) -> Option<&'static str> {
    match header.to_ascii_lowercase().as_str() {
        "accept" | "content-type" | "authorization" => Some("security and bodies"),
        "connection" | "content-length" | "host" | "transfer-encoding" => Some("HTTP itself"),
        _ => None,
    }
}

type Written = (ParamStyle, Option<Pos>, Option<Ty>);

/// Decides how the value is written. The error is the end of a sentence whose subject is the parameter.
fn written(cx: &mut Cx, parameter: &Parameter) -> Result<Written, String> {
    let (location, data) = placed(parameter);
    let is_allowed = match location {
        ParamLocation::Header => is_token(&data.name),
        ParamLocation::Cookie => is_cookie(&data.name),
        ParamLocation::Path | ParamLocation::Query => true,
    };
    if !is_allowed {
        return Err("has a name that HTTP does not allow".into());
    }
    let unreadable = "has a schema that cannot be read";
    let Some(schema) = parameter.schema else {
        return of_content(cx, parameter);
    };
    let schema = schema.ok_or(unreadable)?;
    let key = used(cx, &[schema]).key.ok_or(unreadable)?;
    let all = merged(cx, &key);
    let lists = lists(cx, parameter);
    let text = || Ty::Scalar(Scalar::String);
    let form = value_form(cx, &all, 0);
    let (style, instead) = match form {
        ValueForm::Scalar => (style::of_one(parameter, is_text(&all)), None),
        ValueForm::List => (style::of_list(parameter, lists), None),
        ValueForm::LooseScalar => (style::of_one(parameter, true), Some(text())),
        ValueForm::LooseList => {
            let list = Ty::List(Box::new(text()));
            (style::of_list(parameter, lists), Some(list))
        }
        ValueForm::Object(_) => (style::of_object(parameter, lists), None),
        ValueForm::ListOfParts => (style::of_parts(parameter, lists), None),
        ValueForm::None(what) => {
            return Err(format!("is {what}, which is not supported in parameters"));
        }
    };
    let loose = instead.is_some().then_some("accepts any text");
    let looser: Vec<&str> = loose
        .into_iter()
        .chain(style::undefined_style(&style, &form))
        .collect();
    if !looser.is_empty() {
        let (location, looser) = (location.as_str(), looser.join(", and "));
        let text = format!("the {location} parameter `{}` {looser}", data.name);
        cx.report
            .once(Code::LooserParameter, &parameter.declared.at, text);
    }
    Ok((style, Some(schema), instead))
}

/// Returns whether the schema accepts any string.
fn is_text(all: &Merged) -> bool {
    effective_type(all) == Some(JsonType::String) && all.values.is_none()
}

/// Decides how a value of a media type is written (OpenAPI 3.2, "Fixed Fields for use with `content`").
fn of_content(cx: &mut Cx, parameter: &Parameter) -> Result<Written, String> {
    let (media_type, media) = match parameter.content.iter().next() {
        Some(found) if parameter.content.len() == 1 => found,
        Some(_) => return Err("has several media types, which the specification forbids".into()),
        None => return Err("has no media type".into()),
    };
    x_client::unread(&media.declared.extensions, &media.declared.at, cx.report);
    let schema = match media.schema {
        Some(schema) => Some(schema.ok_or("has a schema that cannot be read")?),
        None => None,
    };
    if is_json_media(media_type) {
        let instead = schema.is_none().then_some(Ty::Any(UntypedReason::FreeForm));
        return Ok((style::json(parameter), schema, instead));
    }
    let key = schema.and_then(|schema| used(cx, &[schema]).key);
    let form = key.map(|key| {
        let all = merged(cx, &key);
        value_form(cx, &all, 0)
    });
    let is_form = essence(media_type) == "application/x-www-form-urlencoded";
    let is_whole = parameter.declared.newer.querystring;
    let text = || Some(Ty::Scalar(Scalar::String));
    let lists = lists(cx, parameter);
    match form {
        Some(ValueForm::Object(_)) if is_form && is_whole => {
            encodings::check_query(cx, media);
            Ok((style::of_object(parameter, lists), schema, None))
        }
        Some(ValueForm::Scalar) => Ok((style::of_one(parameter, true), schema, None)),
        Some(ValueForm::LooseScalar) | None => Ok((style::of_one(parameter, true), schema, text())),
        Some(
            ValueForm::List
            | ValueForm::LooseList
            | ValueForm::Object(_)
            | ValueForm::ListOfParts
            | ValueForm::None(_),
        ) => Err(format!(
            "is a value of the media type `{media_type}`, which is not supported in parameters"
        )),
    }
}

/// Returns how nested lists are written if the style does not define it.
fn lists(cx: &Cx, parameter: &Parameter) -> NestedList {
    let data = parameter.declared.parameter_data_ref();
    x_client::lists(&data.extensions)
        .or_else(|| x_client::lists(&cx.doc.openapi.extensions))
        .unwrap_or_default()
}

/// Builds the parameters, including the undeclared ones of the path.
pub(super) fn build(
    cx: &mut Cx,
    planned: Vec<Planned>,
    owner: Owner,
    at: &Pointer,
    path: &[Piece],
) -> Vec<Param> {
    let mut params: Vec<Param> = planned
        .into_iter()
        .map(|one| param(cx, one, owner))
        .collect();
    for piece in path {
        let Piece::Param(name) = piece else { continue };
        if params
            .iter()
            .any(|param| param.location == ParamLocation::Path && param.wire == *name)
        {
            continue;
        }
        let text =
            format!("the path parameter `{name}` is not declared and is generated as a string");
        cx.report.add(Code::UndeclaredPathParameter, at, text);
        params.push(Param {
            at: at.clone(),
            wire: name.clone(),
            name: None,
            location: ParamLocation::Path,
            style: ParamStyle::of(ParamLocation::Path),
            ty: Ty::Scalar(Scalar::String),
            presence: Presence::Required,
            doc: Text::default(),
            example: None,
        });
    }
    separators::check(cx, path, &params);
    params
}

/// Replaces numbers in strings with numbers, because parameters are always text.
fn unquoted(ty: Ty) -> Ty {
    match ty {
        Ty::Scalar(Scalar::QuotedI64) => Ty::Scalar(Scalar::I64),
        Ty::Scalar(Scalar::QuotedU64) => Ty::Scalar(Scalar::U64),
        Ty::List(item) => Ty::List(Box::new(unquoted(*item))),
        Ty::Scalar(_) | Ty::Named(_) | Ty::Map(_) | Ty::Tuple(_) | Ty::Nullable(_) | Ty::Any(_) => {
            ty
        }
    }
}

fn param(cx: &mut Cx, planned: Planned, owner: Owner) -> Param {
    let Planned {
        parameter,
        location,
        style,
        schema,
        instead,
    } = planned;
    let (at, data) = (
        &parameter.declared.at,
        parameter.declared.parameter_data_ref(),
    );
    let used = used(cx, schema.as_slice());
    let ty = instead.unwrap_or_else(|| {
        // A null parameter is omitted, because no text stands for null.
        match types::of_use(cx, &used, owner, Role::Parameter(data.name.clone())) {
            Ty::Nullable(inner) => unquoted(*inner),
            ty @ (Ty::Scalar(_)
            | Ty::Named(_)
            | Ty::List(_)
            | Ty::Map(_)
            | Ty::Tuple(_)
            | Ty::Any(_)) => unquoted(ty),
        }
    });
    let of_schema = note::of_use(cx, &used, &ty, data.description.as_deref());
    let presence = match data.required || location == ParamLocation::Path {
        true => Presence::Required,
        false => note::absent(cx, &used),
    };
    let example = example(parameter);
    let of_key = used.key.and_then(|key| merged(cx, &key).example.cloned());
    let name = data
        .extensions
        .get(x_client::KEY)
        .and_then(|value| x_client::parameter_name(value, at, cx.report));
    Param {
        wire: data.name.clone(),
        name,
        location,
        style,
        ty,
        presence,
        doc: Text {
            summary: None,
            description: of_schema.description,
            notes: of_schema.notes,
            deprecated: data.deprecated.unwrap_or(of_schema.deprecated),
        },
        example: example.or(of_key).as_ref().map(literal),
        at: at.clone(),
    }
}

/// Returns the first example of a parameter, or of its media type.
fn example(parameter: &Parameter) -> Option<Value> {
    let own = parameter.declared.parameter_data_ref().example.clone();
    let own = own.or_else(|| first_example(&parameter.examples));
    own.or_else(|| {
        let media = parameter.content.values().next()?;
        let example = media.declared.example.clone();
        example.or_else(|| first_example(&media.examples))
    })
}
