//! Parameters.
//!
//! In: JSON. Out: [`Parameter`]s. Not here: how their values are written (see `understand`).

use openapiv3::{CookieStyle, HeaderStyle, ParameterData, PathStyle, QueryStyle};
use serde_json::Value;

use super::content::{data, query_style, unknown_style};
use super::log::Lost;
use super::parts::{At, NewerKeywords, Parameter};
use super::reader::Reader;
use crate::report::Code;

/// The fields that parameters have and headers lack.
#[derive(Default)]
struct ParameterFields {
    location: Option<String>,
    style: Option<String>,
    allow_empty_value: Option<bool>,
    newer: NewerKeywords,
}

/// Parameters, and the losses of those that cannot be read.
#[derive(Default)]
pub(super) struct Parameters {
    pub(super) found: Vec<Parameter>,
    pub(super) lost: Vec<Lost>,
}

pub(super) fn parameters(reader: &mut Reader, value: Value) -> Parameters {
    if value.is_null() {
        let lost = reader.loss_at(reader.at.clone()).into_iter().collect();
        return Parameters {
            lost,
            ..Parameters::default()
        };
    }
    let mut lost = Vec::new();
    let found = reader.list(value, |reader, value| {
        let known = reader.report.lost.len();
        let found = parameter(reader, value);
        if found.is_none() {
            let here = reader.report.lost[known..].last().cloned();
            lost.extend(here.or_else(|| reader.loss_at(reader.at.clone())));
        }
        found
    });
    Parameters { found, lost }
}

fn parameter(reader: &mut Reader, value: Value) -> Option<Parameter> {
    let mut own = ParameterFields::default();
    let mut data = data(reader, value, |reader, key, value| {
        match key {
            "in" => own.location = reader.string(value),
            "style" => own.style = reader.string(value),
            "allowReserved" => own.newer.allow_reserved = reader.flag(value).unwrap_or_default(),
            "allowEmptyValue" => own.allow_empty_value = reader.flag(value),
            _ => return Some(value),
        }
        None
    })?;
    if data.value.name.is_empty() {
        let text = "the parameter has no name and is not generated";
        reader.report.lose(Code::UnreadableItem, &reader.at, text);
        return None;
    }
    if own.allow_empty_value.is_some() && own.location.as_deref() != Some("query") {
        let at = reader.at.child("allowEmptyValue");
        let text = "this applies only to query parameters and is ignored";
        reader.report.add(Code::UnknownKeyword, &at, text);
    }
    // The whole of a query, which only a media type can say how to write (OpenAPI 3.2).
    if own.location.as_deref() == Some("querystring") {
        data.schema = None;
        own.newer.querystring = true;
    }
    let value = located(reader, data.value, &mut own)?;
    Some(Parameter {
        declared: At::new(reader, value, own.newer),
        schema: data.schema,
        content: data.content,
        examples: data.examples,
    })
}

/// Returns the parameter at its location, in its style.
fn located(
    reader: &mut Reader,
    parameter_data: ParameterData,
    own: &mut ParameterFields,
) -> Option<openapiv3::Parameter> {
    let style = own.style.take();
    Some(match own.location.as_deref() {
        Some(location @ ("query" | "querystring")) => openapiv3::Parameter::Query {
            parameter_data,
            allow_reserved: own.newer.allow_reserved,
            style: match location {
                "query" => query_style(reader, style).unwrap_or_default(),
                _ => QueryStyle::default(),
            },
            allow_empty_value: own.allow_empty_value,
        },
        Some("header") => {
            only_style(reader, style, "simple");
            openapiv3::Parameter::Header {
                parameter_data,
                style: HeaderStyle::Simple,
            }
        }
        Some("path") => openapiv3::Parameter::Path {
            parameter_data,
            style: path_style(reader, style),
        },
        Some("cookie") => {
            own.newer.cookie_style = style.as_deref() == Some("cookie");
            if !own.newer.cookie_style {
                only_style(reader, style, "form");
            }
            openapiv3::Parameter::Cookie {
                parameter_data,
                style: CookieStyle::Form,
            }
        }
        other => {
            let text = match other {
                Some(other) => {
                    format!(
                        "OpenAPI 3 has no parameters in `{other}`; the parameter is not generated"
                    )
                }
                None => "the parameter has no `in` and is not generated".into(),
            };
            reader.report.lose(Code::UnreadableItem, &reader.at, text);
            return None;
        }
    })
}

fn path_style(reader: &mut Reader, style: Option<String>) -> PathStyle {
    match style.as_deref() {
        Some("matrix") => PathStyle::Matrix,
        Some("label") => PathStyle::Label,
        Some("simple") | None => PathStyle::Simple,
        Some(other) => {
            unknown_style(reader, other);
            PathStyle::Simple
        }
    }
}

fn only_style(reader: &mut Reader, style: Option<String>, known: &str) {
    if let Some(other) = style.filter(|style| style != known) {
        unknown_style(reader, &other);
    }
}
