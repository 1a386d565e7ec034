//! Parameters: what a path, a query, a header or a cookie carries.
//!
//! In: the parameters of an operation and its path. Out: [`Param`]s, or why the operation cannot be called. Not here: escaping.

use indexmap::IndexMap;
use openapiv3::{Operation, Parameter, ParameterData, ParameterSchemaOrContent, ReferenceOr};

use super::media::first_example;
use super::style::{self, TextForm};
use crate::document::PathItem;
use crate::document::Pos;
use crate::model::api::{
    Doc as Text, Owner, Param, ParamPlace, ParamStyle, Piece, Presence, Role, Scalar, Ty,
};
use crate::report::{Code, Pointer};
use crate::understand::client;
use crate::understand::schema::cx::Cx;
use crate::understand::schema::merge::merged;
use crate::understand::schema::scalar::literal;
use crate::understand::schema::uses::used;
use crate::understand::schema::{note, types};

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
pub(super) fn plan<'a>(
    cx: &mut Cx<'a>,
    item: &'a PathItem,
    operation: &'a Operation,
    at: &Pointer,
    path: &[Piece],
) -> Option<Vec<Planned<'a>>> {
    let above = at.split().map_or_else(Pointer::root, |(above, _)| above);
    let mut found: IndexMap<(ParamPlace, String), (Pointer, &'a Parameter)> = IndexMap::new();
    for (list, owner) in [(&item.parameters, &above), (&operation.parameters, at)] {
        let mut here = Vec::new();
        for (index, parameter) in list.iter().enumerate() {
            let ReferenceOr::Item(parameter) = parameter else {
                continue;
            };
            let (place, data) = placed(parameter);
            let at = pointer(data)
                .unwrap_or_else(|| owner.child("parameters").child(&index.to_string()));
            let key = (place, data.name.clone());
            if here.contains(&key) && cx.said.insert(at.clone()) {
                cx.report.add(
                    Code::DuplicateParameter,
                    &at,
                    format!(
                        "`{}` is declared before in the same list; this one counts",
                        data.name
                    ),
                );
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
            Some(ReferenceOr::Reference { reference }) => reference
                .rsplit_once("/content/")
                .map(|(at, _)| Pointer::canonical(at)),
            Some(ReferenceOr::Item(_)) | None => None,
        },
    }
}

fn one<'a>(
    cx: &mut Cx<'a>,
    at: &Pointer,
    parameter: &'a Parameter,
    path: &[Piece],
) -> Result<Planned<'a>, Obstacle> {
    let (place, data) = placed(parameter);
    if place == ParamPlace::Path
        && !path
            .iter()
            .any(|piece| matches!(piece, Piece::Param(name) if *name == data.name))
    {
        if cx.said.insert(at.clone()) {
            cx.report.add(
                Code::UnusedPathParameter,
                at,
                format!(
                    "`{}` does not occur in the path, and is left out",
                    data.name
                ),
            );
        }
        return Err(Obstacle::Ignored);
    }
    let reserved = ["accept", "content-type", "authorization"];
    if place == ParamPlace::Header && reserved.contains(&data.name.to_ascii_lowercase().as_str()) {
        if cx.said.insert(at.clone()) {
            cx.report.add(
                Code::ReservedHeader,
                at,
                format!(
                    "`{}` is what security and bodies ask for, and no parameter",
                    data.name
                ),
            );
        }
        return Err(Obstacle::Ignored);
    }
    match written(cx, at, parameter) {
        Ok((style, schema, instead)) => Ok(Planned {
            at: at.clone(),
            data,
            place,
            style,
            schema,
            instead,
        }),
        Err(reason) => {
            let needed = data.required || place == ParamPlace::Path;
            let what = if needed {
                "so that no operation that needs it is generated"
            } else {
                "and is left out"
            };
            if cx.said.insert(at.clone()) {
                cx.report.add(
                    Code::UnsupportedParameter,
                    at,
                    format!("`{}` {reason}, {what}", data.name),
                );
            }
            Err(if needed {
                Obstacle::Fatal
            } else {
                Obstacle::Ignored
            })
        }
    }
}

type Written = (ParamStyle, Pos, Option<Ty>);

/// How the value is written, or why it cannot be.
fn written(cx: &mut Cx, at: &Pointer, parameter: &Parameter) -> Result<Written, String> {
    let (place, data) = placed(parameter);
    let schema = match &data.format {
        ParameterSchemaOrContent::Schema(schema) => cx
            .child(schema)
            .ok_or("has a schema that could not be read")?,
        ParameterSchemaOrContent::Content(content) => {
            let media = content.keys().next().map_or("nothing", String::as_str);
            return Err(format!(
                "is a value of the media type `{media}`, which is not supported in parameters"
            ));
        }
    };
    let key = used(cx, &[schema])
        .key
        .ok_or("has a schema that could not be read")?;
    let all = merged(cx, &key);
    if let Some(difference) = style::difference(parameter, &all) {
        note_once(cx, at, place, data, difference);
    }
    match style::text_form(cx, &all, 0) {
        TextForm::Scalar => {
            style::of_one(parameter)?;
            Ok((ParamStyle::Plain, schema, None))
        }
        TextForm::List => Ok((style::of_list(parameter)?, schema, None)),
        TextForm::LooseScalar => {
            style::of_one(parameter)?;
            note_once(cx, at, place, data, "takes any text");
            Ok((ParamStyle::Plain, schema, Some(Ty::Scalar(Scalar::String))))
        }
        TextForm::LooseList => {
            let style = style::of_list(parameter)?;
            note_once(cx, at, place, data, "takes any text");
            Ok((
                style,
                schema,
                Some(Ty::List(Box::new(Ty::Scalar(Scalar::String)))),
            ))
        }
        TextForm::None(what) => Err(format!("is {what}, which is not supported in parameters")),
    }
}

fn note_once(cx: &mut Cx, at: &Pointer, place: ParamPlace, data: &ParameterData, difference: &str) {
    if cx.said.insert(at.clone()) {
        let place = format!("{place:?}").to_lowercase();
        cx.report.add(
            Code::LooserParameter,
            at,
            format!("the {place} parameter `{}` {difference}", data.name),
        );
    }
}

/// Builds the parameters, and those of the path that nobody declared.
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
            .any(|param| param.place == ParamPlace::Path && param.wire == *name)
        {
            continue;
        }
        if cx.said.insert(at.child("parameters").child(name)) {
            let text = format!(
                "`{name}` stands in the path, but is not declared; it is taken for a string"
            );
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

/// All parameters are text, so that a number in a string is just a number.
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
        at,
        data,
        place,
        style,
        schema,
        instead,
    } = planned;
    let used = used(cx, &[schema]);
    let ty = instead.unwrap_or_else(|| {
        // A parameter is there or not; there is no text for null.
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
    let presence = match data.required || place == ParamPlace::Path {
        true => Presence::Required,
        false => note::absent(cx, &used),
    };
    let example = data
        .example
        .clone()
        .or_else(|| first_example(&data.examples));
    let of_key = used.key.and_then(|key| merged(cx, &key).example.cloned());
    let name = data
        .extensions
        .get(client::KEY)
        .and_then(|value| client::name_only(value, &at, cx.report));
    Param {
        wire: data.name.clone(),
        name,
        place,
        style,
        ty,
        presence,
        doc: Text {
            summary: None,
            description: of_schema.description,
            more: of_schema.more,
            deprecated: data.deprecated.unwrap_or(of_schema.deprecated),
        },
        example: example.or(of_key).as_ref().map(literal),
        at,
    }
}
