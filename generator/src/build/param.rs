//! Parameters: what a path, a query, a header or a cookie carries.
//!
//! In: the parameters of an operation and its path. Out: [`Param`]s, or why the operation cannot be called. Not here: escaping.

use indexmap::IndexMap;
use openapiv3::{Operation, Parameter, ParameterData, ParameterSchemaOrContent, PathItem, PathStyle, QueryStyle, ReferenceOr};

use super::merge::{Merged, merged};
use super::scalar::{Kind, effective_kind, literal};
use super::{Cx, Pos, body, client, schema};
use crate::api::{Doc as Text, Owner, Param, ParamPlace, ParamStyle, Piece, Presence, Role, Scalar, Ty};
use crate::diag::{Code, Pointer};

/// How deep unions and lists are looked into.
const MAX_NESTING: usize = 3;

/// A parameter that can be written.
pub(super) struct Planned<'a> {
    at: Pointer,
    data: &'a ParameterData,
    place: ParamPlace,
    style: ParamStyle,
    schema: Pos,
    /// A type to take instead of that of the schema.
    instead: Option<Ty>,
}

/// The parameters of an operation; those of its path come first. `None`: one is needed that cannot be written.
pub(super) fn plan<'a>(cx: &mut Cx<'a>, item: &'a PathItem, operation: &'a Operation, at: &Pointer, path: &[Piece]) -> Option<Vec<Planned<'a>>> {
    let above = at.split().map_or_else(Pointer::root, |(above, _)| above);
    let mut found: IndexMap<(ParamPlace, String), (Pointer, &'a Parameter)> = IndexMap::new();
    for (list, owner) in [(&item.parameters, &above), (&operation.parameters, at)] {
        let mut here = Vec::new();
        for (index, parameter) in list.iter().enumerate() {
            let ReferenceOr::Item(parameter) = parameter else { continue };
            let (place, data) = placed(parameter);
            let at = pointer(data).unwrap_or_else(|| owner.child("parameters").child(&index.to_string()));
            let key = (place, data.name.clone());
            if here.contains(&key) && cx.said.insert(at.clone()) {
                cx.report.add(Code::DuplicateParameter, &at, format!("`{}` is declared before in the same list", data.name));
            }
            here.push(key.clone());
            found.insert(key, (at, parameter));
        }
    }
    let mut planned = Vec::with_capacity(found.len());
    for (at, parameter) in found.into_values() {
        match one(cx, &at, parameter, path) {
            Ok(one) => planned.push(one),
            Err(Obstacle::Ignored) => {}
            Err(Obstacle::Fatal) => return None,
        }
    }
    Some(planned)
}

/// Why a parameter is not generated; it has been reported.
enum Obstacle {
    Ignored,
    /// It must be given, so the operation is left out, too.
    Fatal,
}

fn placed(parameter: &Parameter) -> (ParamPlace, &ParameterData) {
    let place = match parameter {
        Parameter::Query { .. } => ParamPlace::Query,
        Parameter::Header { .. } => ParamPlace::Header,
        Parameter::Path { .. } => ParamPlace::Path,
        Parameter::Cookie { .. } => ParamPlace::Cookie,
    };
    (place, parameter.parameter_data_ref())
}

/// Where a parameter stands: a shared one is known by the place of its schema only.
fn pointer(data: &ParameterData) -> Option<Pointer> {
    match &data.format {
        ParameterSchemaOrContent::Schema(ReferenceOr::Reference { reference }) => {
            reference.strip_suffix("/schema").map(Pointer::canonical)
        }
        ParameterSchemaOrContent::Schema(ReferenceOr::Item(_)) => None,
        ParameterSchemaOrContent::Content(content) => match &content.values().next()?.schema {
            Some(ReferenceOr::Reference { reference }) => reference.rsplit_once("/content/").map(|(at, _)| Pointer::canonical(at)),
            Some(ReferenceOr::Item(_)) | None => None,
        },
    }
}

fn one<'a>(cx: &mut Cx<'a>, at: &Pointer, parameter: &'a Parameter, path: &[Piece]) -> Result<Planned<'a>, Obstacle> {
    let (place, data) = placed(parameter);
    if place == ParamPlace::Path && !path.iter().any(|piece| matches!(piece, Piece::Param(name) if *name == data.name)) {
        if cx.said.insert(at.clone()) {
            cx.report.add(Code::UnusedPathParameter, at, format!("`{}` does not occur in the path", data.name));
        }
        return Err(Obstacle::Ignored);
    }
    let reserved = ["accept", "content-type", "authorization"];
    if place == ParamPlace::Header && reserved.contains(&data.name.to_ascii_lowercase().as_str()) {
        if cx.said.insert(at.clone()) {
            cx.report.add(Code::ReservedHeader, at, format!("`{}` is not a parameter, but what bodies and security say", data.name));
        }
        return Err(Obstacle::Ignored);
    }
    match written(cx, at, parameter) {
        Ok((style, schema, instead)) => Ok(Planned { at: at.clone(), data, place, style, schema, instead }),
        Err(reason) => {
            let needed = data.required || place == ParamPlace::Path;
            let what = if needed { "so that no operation that needs it is generated" } else { "and is left out" };
            if cx.said.insert(at.clone()) {
                cx.report.add(Code::UnsupportedParameter, at, format!("`{}` {reason}, {what}", data.name));
            }
            Err(if needed { Obstacle::Fatal } else { Obstacle::Ignored })
        }
    }
}

type Written = (ParamStyle, Pos, Option<Ty>);

/// How the value is written, or why it cannot be.
fn written(cx: &mut Cx, at: &Pointer, parameter: &Parameter) -> Result<Written, String> {
    let (place, data) = placed(parameter);
    let schema = match &data.format {
        ParameterSchemaOrContent::Schema(schema) => cx.child(schema).ok_or("has a schema that could not be read")?,
        ParameterSchemaOrContent::Content(content) => {
            let media = content.keys().next().map_or("nothing", String::as_str);
            return Err(format!("is a value of the media type `{media}`, which is not supported in parameters"));
        }
    };
    let key = schema::used(cx, &[schema]).key.ok_or("has a schema that could not be read")?;
    let all = merged(cx, &key);
    match text_form(cx, &all, 0) {
        TextForm::Scalar => {
            single_style(parameter)?;
            Ok((ParamStyle::Plain, schema, None))
        }
        TextForm::List => Ok((list_style(parameter)?, schema, None)),
        TextForm::LooseScalar => {
            single_style(parameter)?;
            note_once(cx, at, place, data);
            Ok((ParamStyle::Plain, schema, Some(Ty::Scalar(Scalar::String))))
        }
        TextForm::LooseList => {
            let style = list_style(parameter)?;
            note_once(cx, at, place, data);
            Ok((style, schema, Some(Ty::List(Box::new(Ty::Scalar(Scalar::String))))))
        }
        TextForm::None(what) => Err(format!("is {what}, which is not supported in parameters")),
    }
}

fn note_once(cx: &mut Cx, at: &Pointer, place: ParamPlace, data: &ParameterData) {
    if cx.said.insert(at.clone()) {
        let place = format!("{place:?}").to_lowercase();
        cx.report.add(Code::LooserParameter, at, format!("the {place} parameter `{}` takes any text", data.name));
    }
}

/// How a schema's values can be written as text.
enum TextForm {
    Scalar,
    List,
    /// As text that is not looked into.
    LooseScalar,
    LooseList,
    None(&'static str),
}

fn text_form(cx: &mut Cx, all: &Merged, nesting: usize) -> TextForm {
    if nesting > MAX_NESTING {
        return TextForm::None("a union or list that nests too deep");
    }
    if all.values.as_ref().is_some_and(|(_, values)| values.iter().any(|value| value.is_array() || value.is_object())) {
        return TextForm::None("an enum of lists or objects");
    }
    if let Some((_, values)) = &all.values {
        let same = values.iter().all(|value| value.is_string() || value.is_null()) || all.kind.is_some();
        return if same { TextForm::Scalar } else { TextForm::LooseScalar };
    }
    if let Some(union) = all.unions.first().filter(|_| all.properties.is_empty()) {
        return union_form(cx, &union.variants, nesting);
    }
    match effective_kind(all) {
        Some(Kind::String | Kind::Integer | Kind::Number | Kind::Boolean) => TextForm::Scalar,
        Some(Kind::Object) => TextForm::None("an object"),
        Some(Kind::Null) => TextForm::None("null"),
        Some(Kind::Unknown(_)) | None => TextForm::LooseScalar,
        Some(Kind::Array) => {
            let Some(key) = all.items.as_ref().and_then(|items| schema::used(cx, items).key) else { return TextForm::LooseList };
            let item = merged(cx, &key);
            match text_form(cx, &item, nesting + 1) {
                TextForm::Scalar => TextForm::List,
                TextForm::LooseScalar => TextForm::LooseList,
                TextForm::List | TextForm::LooseList => TextForm::None("a list of lists"),
                TextForm::None(_) => TextForm::None("a list of objects"),
            }
        }
    }
}

/// A union is written as text, or as a list of texts if one variant is a list: a list of one is written like one alone.
fn union_form(cx: &mut Cx, variants: &[Pos], nesting: usize) -> TextForm {
    let (mut list, mut strings, mut count) = (false, true, 0);
    for &variant in variants {
        let Some(key) = schema::used(cx, &[variant]).key else { continue };
        let all = merged(cx, &key);
        if all.kind == Some(Kind::Null) {
            continue;
        }
        count += 1;
        strings &= effective_kind(&all) == Some(Kind::String);
        match text_form(cx, &all, nesting + 1) {
            TextForm::Scalar => strings &= all.unions.is_empty(),
            TextForm::LooseScalar => strings = false,
            TextForm::List | TextForm::LooseList => list = true,
            TextForm::None(_) => return TextForm::None("a union with objects"),
        }
    }
    match (list, strings || count == 1) {
        (true, _) => TextForm::LooseList,
        // Strings and enums of strings become one enum.
        (false, true) => TextForm::Scalar,
        (false, false) => TextForm::LooseScalar,
    }
}

fn single_style(parameter: &Parameter) -> Result<(), String> {
    match parameter {
        Parameter::Path { style: PathStyle::Matrix, .. } => Err("is written in the style `matrix`, which is not supported".into()),
        Parameter::Path { style: PathStyle::Label, .. } => Err("is written in the style `label`, which is not supported".into()),
        // The other styles differ for lists and objects only.
        Parameter::Path { style: PathStyle::Simple, .. } | Parameter::Query { .. } | Parameter::Header { .. } | Parameter::Cookie { .. } => Ok(()),
    }
}

/// How a list is written (OpenAPI 3.1, 4.8.12.3).
fn list_style(parameter: &Parameter) -> Result<ParamStyle, String> {
    let explode = parameter.parameter_data_ref().explode;
    match parameter {
        Parameter::Query { style: QueryStyle::Form, .. } => {
            Ok(if explode.unwrap_or(true) { ParamStyle::Repeated } else { ParamStyle::Joined(',') })
        }
        // Lists that are exploded look the same in all styles.
        Parameter::Query { style: QueryStyle::SpaceDelimited | QueryStyle::PipeDelimited, .. } if explode == Some(true) => {
            Ok(ParamStyle::Repeated)
        }
        Parameter::Query { style: QueryStyle::SpaceDelimited, .. } => Ok(ParamStyle::Joined(' ')),
        Parameter::Query { style: QueryStyle::PipeDelimited, .. } => Ok(ParamStyle::Joined('|')),
        Parameter::Query { style: QueryStyle::DeepObject, .. } => {
            Err("is a list in the style `deepObject`, which the specification does not define".into())
        }
        Parameter::Path { .. } => single_style(parameter).map(|()| ParamStyle::Joined(',')),
        Parameter::Header { .. } => Ok(ParamStyle::Joined(',')),
        Parameter::Cookie { .. } if explode == Some(false) => Ok(ParamStyle::Joined(',')),
        Parameter::Cookie { .. } => Err("is a list that is exploded in a cookie, which is not supported".into()),
    }
}

/// Builds the parameters, and those of the path that nobody declared.
pub(super) fn build(cx: &mut Cx, planned: Vec<Planned>, owner: Owner, at: &Pointer, path: &[Piece]) -> Vec<Param> {
    let mut params: Vec<Param> = planned.into_iter().map(|one| param(cx, one, owner)).collect();
    for piece in path {
        let Piece::Param(name) = piece else { continue };
        if params.iter().any(|param| param.place == ParamPlace::Path && param.wire == *name) {
            continue;
        }
        if cx.said.insert(at.child("parameters").child(name)) {
            let text = format!("`{name}` stands in the path, but is not declared; it is taken for a string");
            cx.report.add(Code::UndeclaredPathParameter, at, text);
        }
        params.push(Param {
            at: at.clone(),
            wire: name.clone(),
            name: None,
            place: ParamPlace::Path,
            style: ParamStyle::Plain,
            ty: Ty::Scalar(Scalar::String),
            presence: Presence::Required,
            doc: Text::default(),
            example: None,
        });
    }
    params
}

fn param(cx: &mut Cx, planned: Planned, owner: Owner) -> Param {
    let Planned { at, data, place, style, schema, instead } = planned;
    let used = schema::used(cx, &[schema]);
    let ty = instead.unwrap_or_else(|| {
        // A parameter is there or not; there is no text for null.
        match schema::ty_of_use(cx, &used, owner, Role::Parameter(data.name.clone())) {
            Ty::Nullable(inner) => *inner,
            ty @ (Ty::Scalar(_) | Ty::Named(_) | Ty::List(_) | Ty::Map(_) | Ty::Any(_)) => ty,
        }
    });
    let of_schema = schema::doc_of_use(cx, &used, &ty);
    let presence = match data.required || place == ParamPlace::Path {
        true => Presence::Required,
        false => schema::absent(cx, &used),
    };
    let example = data.example.clone().or_else(|| body::first_example(&data.examples));
    let of_key = used.key.and_then(|key| merged(cx, &key).example.cloned());
    let name = data.extensions.get(client::KEY).and_then(|value| client::name_only(value, &at, cx.report));
    Param {
        wire: data.name.clone(),
        name,
        place,
        style,
        ty,
        presence,
        doc: Text {
            summary: None,
            description: data.description.clone().or(of_schema.description),
            deprecated: data.deprecated.unwrap_or(of_schema.deprecated),
        },
        example: example.or(of_key).as_ref().map(literal),
        at,
    }
}
