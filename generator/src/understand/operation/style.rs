//! Styles: how the value of a parameter is written.
//!
//! In: the keywords of parameters, and the forms of their values. Out: [`ParamStyle`]. Not here: types, escaping.

use openapiv3::Parameter::{Cookie, Header, Path, Query};
use openapiv3::{PathStyle, QueryStyle};

use super::value_form::{Members, ValueForm};
use crate::document::Parameter;
use crate::model::api::{
    Empty, Explode, Naming, NestedList, ParamLocation, ParamStyle, Reserved, Syntax,
};

/// Returns the style of a single value. Most styles affect only lists and objects. A string can always be empty.
pub(super) fn of_one(parameter: &Parameter, is_text: bool) -> ParamStyle {
    let style = declared(parameter);
    let usual = usual(parameter);
    ParamStyle {
        syntax: match style.syntax {
            Syntax::Label | Syntax::Matrix | Syntax::Cookie => style.syntax,
            Syntax::Simple
            | Syntax::Form
            | Syntax::SpaceDelimited
            | Syntax::PipeDelimited
            | Syntax::DeepObject(_)
            | Syntax::Json => usual.syntax,
        },
        explode: match style.syntax {
            Syntax::Cookie => Explode::Exploded,
            Syntax::Label | Syntax::Matrix => Explode::Joined,
            Syntax::Simple
            | Syntax::Form
            | Syntax::SpaceDelimited
            | Syntax::PipeDelimited
            | Syntax::DeepObject(_)
            | Syntax::Json => usual.explode,
        },
        empty: match is_text {
            true => Empty::NotSent,
            false => style.empty,
        },
        ..style
    }
}

/// Returns the style of a list.
pub(super) fn of_list(parameter: &Parameter, lists: NestedList) -> ParamStyle {
    let style = declared(parameter);
    let exploded = style.explode == Explode::Exploded;
    let (syntax, explode) = match (style.syntax, exploded) {
        // In this style, a list looks the same whether it is exploded or not.
        (Syntax::Simple, _) => (Syntax::Simple, Explode::Joined),
        // The specification does not define the exploded form of these styles. It is written like that of `form`.
        (Syntax::SpaceDelimited | Syntax::PipeDelimited, true) => (Syntax::Form, style.explode),
        (Syntax::DeepObject(_), _) => (Syntax::DeepObject(lists), style.explode),
        (syntax, _) => (syntax, style.explode),
    };
    ParamStyle {
        syntax,
        explode,
        ..style
    }
}

/// Returns the style of an object.
pub(super) fn of_object(parameter: &Parameter, lists: NestedList) -> ParamStyle {
    let style = declared(parameter);
    match style.syntax {
        // In this style, an exploded object looks different, unlike a list.
        Syntax::Simple => style,
        Syntax::Label
        | Syntax::Matrix
        | Syntax::Form
        | Syntax::SpaceDelimited
        | Syntax::PipeDelimited
        | Syntax::DeepObject(_)
        | Syntax::Cookie
        | Syntax::Json => of_list(parameter, lists),
    }
}

/// Returns the style of a list of lists or objects: JSON if no style can write it.
pub(super) fn of_parts(parameter: &Parameter, lists: NestedList) -> ParamStyle {
    let style = of_object(parameter, lists);
    match style.syntax {
        Syntax::DeepObject(_) => style,
        Syntax::Simple
        | Syntax::Label
        | Syntax::Matrix
        | Syntax::Form
        | Syntax::SpaceDelimited
        | Syntax::PipeDelimited
        | Syntax::Cookie
        | Syntax::Json => json(parameter),
    }
}

/// Returns the style of JSON, for `content` or for a value that no style can write.
pub(super) fn json(parameter: &Parameter) -> ParamStyle {
    ParamStyle {
        syntax: Syntax::Json,
        explode: Explode::Joined,
        reserved: Reserved::Escaped,
        empty: Empty::NotSent,
        ..declared(parameter)
    }
}

/// Returns the declared style of a parameter, or the default of the specification.
fn declared(parameter: &Parameter) -> ParamStyle {
    let newer = &parameter.declared.newer;
    let (syntax, empty) = match &parameter.declared.value {
        Path { style, .. } => match style {
            PathStyle::Matrix => (Syntax::Matrix, None),
            PathStyle::Label => (Syntax::Label, None),
            PathStyle::Simple => (Syntax::Simple, None),
        },
        Query {
            style,
            allow_empty_value,
            ..
        } => match style {
            QueryStyle::Form => (Syntax::Form, *allow_empty_value),
            QueryStyle::SpaceDelimited => (Syntax::SpaceDelimited, *allow_empty_value),
            QueryStyle::PipeDelimited => (Syntax::PipeDelimited, *allow_empty_value),
            QueryStyle::DeepObject => (
                Syntax::DeepObject(NestedList::default()),
                *allow_empty_value,
            ),
        },
        Header { .. } => (Syntax::Simple, None),
        Cookie { .. } if newer.cookie_style => (Syntax::Cookie, None),
        Cookie { .. } => (Syntax::Form, None),
    };
    let explode = match (parameter.declared.parameter_data_ref().explode, syntax) {
        // `explode` has no effect on this style.
        (_, Syntax::DeepObject(_)) => Explode::Exploded,
        (Some(true), _) | (None, Syntax::Form | Syntax::Cookie) => Explode::Exploded,
        (Some(false) | None, _) => Explode::Joined,
    };
    let is_escaped = match &parameter.declared.value {
        Header { .. } => false,
        Path { .. } | Query { .. } => true,
        Cookie { .. } => !newer.cookie_style,
    };
    ParamStyle {
        syntax,
        explode,
        reserved: match newer.allow_reserved && is_escaped {
            true => Reserved::Kept,
            false => Reserved::Escaped,
        },
        empty: match (empty, syntax) {
            (Some(true), Syntax::Form) => Empty::Sent,
            (Some(_) | None, _) => Empty::NotSent,
        },
        naming: match newer.querystring {
            true => Naming::Bare,
            false => Naming::Named,
        },
    }
}

fn usual(parameter: &Parameter) -> ParamStyle {
    ParamStyle::of(match &parameter.declared.value {
        Path { .. } => ParamLocation::Path,
        Query { .. } => ParamLocation::Query,
        Header { .. } => ParamLocation::Header,
        Cookie { .. } => ParamLocation::Cookie,
    })
}

/// Describes how the client sends a value whose style the specification does not define. Returns `None` if it does.
pub(super) fn undefined_style(style: &ParamStyle, form: &ValueForm) -> Option<&'static str> {
    let is_deep = matches!(style.syntax, Syntax::DeepObject(_));
    let is_json = "uses JSON for values that its style cannot express";
    match form {
        ValueForm::ListOfParts if !is_deep => Some(is_json),
        ValueForm::Object(Members::Nested) if !is_deep => Some(is_json),
        ValueForm::Object(Members::Lists) if !is_deep && style.explode == Explode::Joined => {
            Some(is_json)
        }
        ValueForm::Object(_)
        | ValueForm::ListOfParts
        | ValueForm::Scalar
        | ValueForm::List
        | ValueForm::LooseScalar
        | ValueForm::LooseList
        | ValueForm::None(_) => None,
    }
}
