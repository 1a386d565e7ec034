// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Parses the values of a command line.
//!
//! In: the text of a flag, a file or standard input. Out: JSON values, or the reason why the text is invalid. Not here: the
//! use of the values.

use std::ffi::OsStr;
use std::fs;
use std::time::Duration;

use clap::builder::{PossibleValue, StringValueParser, TypedValueParser};
use clap::{Arg, Command};
use serde_json::{Map, Number, Value};

use super::table::{Flag, Kind, Param, Style};

/// Returns the name of a kind in the help.
pub(crate) fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::String => "string",
        Kind::Integer => "integer",
        Kind::Number => "number",
        Kind::Boolean => "boolean",
        Kind::Text => "string or JSON",
        Kind::Json => "JSON",
        Kind::Object => "JSON or key=value",
        Kind::File => "path",
        Kind::FileOrText => "@path or string",
    }
}

/// Parses the value of a flag and rejects values of the wrong kind. Values that the document does not list are accepted.
#[derive(Clone)]
pub(crate) struct Reader {
    flag: &'static Flag,
    may_be_empty: bool,
}

impl Reader {
    pub(crate) fn new(flag: &'static Flag, may_be_empty: bool) -> Self {
        Self { flag, may_be_empty }
    }
}

impl TypedValueParser for Reader {
    type Value = String;

    fn parse_ref(
        &self,
        command: &Command,
        arg: Option<&Arg>,
        value: &OsStr,
    ) -> Result<String, clap::Error> {
        let Self { flag, may_be_empty } = *self;
        StringValueParser::new()
            .try_map(move |text| match may_be_empty && text.is_empty() {
                true => Ok(text),
                false => check(flag.kind, text),
            })
            .parse_ref(command, arg, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        if self.flag.values.is_empty() {
            return None;
        }
        Some(Box::new(self.flag.values.iter().map(PossibleValue::new)))
    }
}

/// Rejects a text of the wrong kind. JSON is parsed later, because it may be in a file.
fn check(kind: Kind, text: String) -> Result<String, &'static str> {
    let fits = match kind {
        Kind::String | Kind::Text | Kind::Json | Kind::Object | Kind::File | Kind::FileOrText => {
            true
        }
        Kind::Integer => integer(&text).is_some(),
        Kind::Number => number(&text).is_some(),
        Kind::Boolean => matches!(text.as_str(), "true" | "false"),
    };
    match (fits, kind) {
        (true, _) => Ok(text),
        (false, Kind::Integer) => Err("not an integer"),
        (false, Kind::Boolean) => Err("neither true nor false"),
        (
            false,
            Kind::Number
            | Kind::String
            | Kind::Text
            | Kind::Json
            | Kind::Object
            | Kind::File
            | Kind::FileOrText,
        ) => Err("not a number"),
    }
}

fn integer(text: &str) -> Option<Number> {
    let signed = text.parse::<i64>().map(Number::from);
    signed
        .or_else(|_| text.parse::<u64>().map(Number::from))
        .ok()
}

fn number(text: &str) -> Option<Number> {
    integer(text).or_else(|| Number::from_f64(text.parse().ok()?))
}

/// Parses a time in seconds.
pub(crate) fn seconds(text: &str) -> Result<Duration, String> {
    let seconds: f64 = text.parse().map_err(|_| "not a number of seconds")?;
    match Duration::try_from_secs_f64(seconds) {
        Ok(time) if !time.is_zero() => Ok(time),
        Ok(_) => Err("must be greater than 0".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

/// Parses the values of a parameter. Strings and numbers are sent as the user wrote them.
pub(crate) fn param(param: &Param, texts: &[&str]) -> Result<Value, String> {
    if param.kind == Kind::Object {
        let mut object = Map::new();
        for text in texts {
            object.extend(members(param.style, text)?);
        }
        return Ok(Value::Object(object));
    }
    let mut values = Vec::with_capacity(texts.len());
    for text in texts {
        values.push(match param.kind {
            _ if text.is_empty() && param.style.may_be_empty() => Value::Null,
            Kind::Json => json_or_yaml(text)?,
            Kind::Text if text.trim_start().starts_with(['{', '[']) => json_or_yaml(text)?,
            Kind::Integer | Kind::Number | Kind::Boolean if param.style.is_json() => {
                json_or_yaml(text)?
            }
            Kind::String
            | Kind::Text
            | Kind::Integer
            | Kind::Number
            | Kind::Boolean
            | Kind::Object
            | Kind::File
            | Kind::FileOrText => Value::from(*text),
        });
    }
    Ok(match param.repeated {
        true => Value::Array(values),
        false => values.pop().unwrap_or_default(),
    })
}

/// Parses members of an object: JSON, or `key=value`.
fn members(style: Style, text: &str) -> Result<Map<String, Value>, String> {
    if text.trim_start().starts_with('{') {
        return object(text);
    }
    let (key, value) = text
        .split_once('=')
        .ok_or("neither a JSON object nor key=value")?;
    let value = match serde_json::from_str(value) {
        Ok(value) if style.is_json() => value,
        Ok(_) | Err(_) => Value::from(value),
    };
    Ok(Map::from_iter([(key.to_owned(), value)]))
}

/// Parses the value of a body member. `@file` stands for the contents of a file; `\@` escapes a leading `@`.
pub(crate) fn member(flag: &Flag, text: &str) -> Result<Value, String> {
    let holds_text = match flag.kind {
        Kind::String | Kind::Text | Kind::Json | Kind::Object => true,
        Kind::Integer | Kind::Number | Kind::Boolean | Kind::File | Kind::FileOrText => false,
    };
    let text = match holds_text {
        true => text_or_file(text)?,
        false => text.to_owned(),
    };
    match flag.kind {
        Kind::Text if text.trim_start().starts_with(['{', '[', '"']) => json_or_yaml(&text),
        Kind::String | Kind::Text => Ok(Value::String(text)),
        Kind::Integer => Ok(integer(&text).map_or(Value::Null, Value::Number)),
        Kind::Number => Ok(number(&text).map_or(Value::Null, Value::Number)),
        Kind::Boolean => Ok(Value::Bool(text == "true")),
        Kind::Json | Kind::Object => json_or_yaml(&text),
        Kind::File => path(bare_path(&text)),
        // The `@` tells the path from a text when it is sent.
        Kind::FileOrText => match text.strip_prefix('@') {
            Some(file) => path(file).map(|_| text.into()),
            None => Ok(text.into()),
        },
    }
}

/// Returns the contents of the file that `@file` stands for, or else the text. `\\@` is an `@` at its start.
pub(crate) fn text_or_file(text: &str) -> Result<String, String> {
    match (text.strip_prefix('@'), text.strip_prefix("\\@")) {
        (Some(path), _) => file(path),
        (None, Some(rest)) => Ok(format!("@{rest}")),
        (None, None) => Ok(text.to_owned()),
    }
}

/// The path that means standard input.
pub(crate) const STANDARD_INPUT: &str = "-";

/// Returns a path without the leading `@`, which other flags require.
pub(crate) fn bare_path(text: &str) -> &str {
    text.strip_prefix('@').unwrap_or(text)
}

/// Checks that a file exists and returns its path. The file is opened when it is sent.
fn path(path: &str) -> Result<Value, String> {
    if path != STANDARD_INPUT {
        fs::metadata(path).map_err(|error| format!("cannot read {path:?}: {error}"))?;
    }
    Ok(path.into())
}

fn file(path: &str) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("cannot read {path:?}: {error}"))
}

/// Parses JSON or YAML 1.2. Words such as `no` are strings, and so are numbers with a leading zero.
pub(crate) fn json_or_yaml(text: &str) -> Result<Value, String> {
    if let Ok(value) = serde_json::from_str(text) {
        return Ok(value);
    }
    let options = serde_saphyr::options! {
        strict_booleans: true,
        leading_zero_numbers_as_strings: true,
        underscored_numbers_as_strings: true,
        with_snippet: false,
    };
    serde_saphyr::from_str_with_options(text, options)
        .map_err(|error| format!("neither JSON nor YAML: {error}"))
}

/// Parses JSON or YAML that must be an object.
pub(crate) fn object(text: &str) -> Result<Map<String, Value>, String> {
    match json_or_yaml(text)? {
        Value::Object(object) => Ok(object),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
            Err("not an object".to_owned())
        }
    }
}
