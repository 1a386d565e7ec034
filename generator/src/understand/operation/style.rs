//! Styles: how the value of a parameter is written as text.
//!
//! In: schemas and styles of parameters. Out: [`TextForm`], [`ParamStyle`]. Not here: types, escaping.

use openapiv3::Parameter::{Cookie, Header, Path, Query};
use openapiv3::{PathStyle, QueryStyle};
use serde_json::Value;

use crate::document::{JsonType, Parameter, Pos};
use crate::model::api::ParamStyle;
use crate::understand::schema::cx::Cx;
use crate::understand::schema::merge::merged;
use crate::understand::schema::merged::Merged;
use crate::understand::schema::scalar::{effective_type, listed_type};
use crate::understand::schema::uses::used;

/// The depth to which unions and lists are examined, so that recursive schemas end.
const MAX_NESTING: usize = 3;

/// The text that the values of a schema make in a URL or a header.
pub(super) enum TextForm {
    Scalar,
    List,
    /// As text that is not looked into.
    LooseScalar,
    LooseList,
    None(&'static str),
}

pub(super) fn text_form(cx: &mut Cx, all: &Merged, nesting: usize) -> TextForm {
    if nesting > MAX_NESTING {
        return TextForm::None("a union or list that is nested too deep");
    }
    let kind = match (&all.values, all.unions.first()) {
        (Some((_, values)), _) => match effective_type(all).or_else(|| listed_type(values)) {
            None if values.iter().any(|value| is_nested(value)) => {
                return TextForm::None("an enum of lists or objects");
            }
            kind => kind,
        },
        (None, Some(union)) if all.properties.is_empty() => {
            return union_form(cx, &union.variants, nesting);
        }
        (None, _) => effective_type(all),
    };
    match kind {
        Some(JsonType::String | JsonType::Integer | JsonType::Number | JsonType::Boolean) => {
            TextForm::Scalar
        }
        Some(JsonType::Object) => TextForm::None("an object"),
        Some(JsonType::Null) => TextForm::None("null"),
        None => TextForm::LooseScalar,
        Some(JsonType::Array) => {
            let is_tuple = all.tuple.is_some();
            let Some(key) = all.items.as_ref().and_then(|items| used(cx, items).key) else {
                return TextForm::LooseList;
            };
            let item = merged(cx, &key);
            match text_form(cx, &item, nesting + 1) {
                TextForm::Scalar if !is_tuple => TextForm::List,
                TextForm::Scalar => TextForm::LooseList,
                TextForm::LooseScalar => TextForm::LooseList,
                TextForm::List | TextForm::LooseList => TextForm::None("a list of lists"),
                TextForm::None(_) => TextForm::None("a list of objects"),
            }
        }
    }
}

fn is_nested(value: &Value) -> bool {
    value.is_array() || value.is_object()
}

/// A union is written as text, or as a list of texts if one variant is a list: a list of one is written like one alone.
fn union_form(cx: &mut Cx, variants: &[Pos], nesting: usize) -> TextForm {
    let (mut list, mut strings, mut count) = (false, true, 0);
    for &variant in variants {
        let Some(key) = used(cx, &[variant]).key else {
            continue;
        };
        let all = merged(cx, &key);
        if all.kind == Some(JsonType::Null) {
            continue;
        }
        count += 1;
        strings &= effective_type(&all) == Some(JsonType::String);
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

/// The style of a single value. Fails with the end of a sentence that starts with the parameter.
pub(super) fn of_one(parameter: &Parameter) -> Result<ParamStyle, String> {
    match &parameter.declared.value {
        Path {
            style: PathStyle::Matrix,
            ..
        } => Err("has the style `matrix`, which is not supported".into()),
        Path {
            style: PathStyle::Label,
            ..
        } => Err("has the style `label`, which is not supported".into()),
        Cookie { .. } if parameter.declared.newer.cookie_style => {
            Err("has the style `cookie`, which is not supported".into())
        }
        // The other styles differ for lists and objects only.
        Path {
            style: PathStyle::Simple,
            ..
        }
        | Query { .. }
        | Header { .. }
        | Cookie { .. } => Ok(ParamStyle::Plain),
    }
}

/// The differences between the declared and the supported style of a value that can be written.
pub(super) fn difference(parameter: &Parameter, all: &Merged) -> Option<&'static str> {
    let (is_escaped, may_be_empty) = match &parameter.declared.value {
        Query {
            allow_empty_value, ..
        } => (true, *allow_empty_value == Some(true)),
        Path { .. } | Cookie { .. } => (true, false),
        // Their values are as they are.
        Header { .. } => (false, false),
    };
    if is_escaped && parameter.declared.newer.allow_reserved {
        return Some(
            "is sent with reserved characters percent-encoded, although `allowReserved` is set",
        );
    }
    let is_text = effective_type(all) == Some(JsonType::String);
    (may_be_empty && !is_text)
        .then_some("is not sent if it is empty, although `allowEmptyValue` is set")
}

/// The style of a list (OpenAPI 3.1, 4.8.12.3).
pub(super) fn of_list(parameter: &Parameter) -> Result<ParamStyle, String> {
    let explode = parameter.declared.parameter_data_ref().explode;
    match &parameter.declared.value {
        Query {
            style: QueryStyle::Form,
            ..
        } => Ok(if explode.unwrap_or(true) {
            ParamStyle::Repeated
        } else {
            ParamStyle::Joined(',')
        }),
        // Lists that are exploded look the same in all styles.
        Query {
            style: QueryStyle::SpaceDelimited | QueryStyle::PipeDelimited,
            ..
        } if explode == Some(true) => Ok(ParamStyle::Repeated),
        Query {
            style: QueryStyle::SpaceDelimited,
            ..
        } => Ok(ParamStyle::Joined(' ')),
        Query {
            style: QueryStyle::PipeDelimited,
            ..
        } => Ok(ParamStyle::Joined('|')),
        Query {
            style: QueryStyle::DeepObject,
            ..
        } => Err(
            "is a list in the style `deepObject`, which the specification does not define".into(),
        ),
        Path { .. } => of_one(parameter).map(|_| ParamStyle::Joined(',')),
        Header { .. } => Ok(ParamStyle::Joined(',')),
        Cookie { .. } if explode == Some(false) => {
            of_one(parameter).map(|_| ParamStyle::Joined(','))
        }
        Cookie { .. } => Err("is an exploded list in a cookie, which is not supported".into()),
    }
}
