// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Reads error bodies in the shapes that services use.
//!
//! In: a body, and the shape of errors from `crate::service`. Out: [`Fields`]. Not here: statuses, credentials.

use serde_json::{Map, Value};

use super::json::without_bom;

/// The property names of an error body.
pub(crate) struct ErrorShape {
    /// The property that contains the others.
    pub(crate) envelope: Option<&'static str>,
    pub(crate) message: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) code: &'static str,
    pub(crate) param: &'static str,
}

/// The fields of an error body.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Fields {
    pub(crate) message: Option<String>,
    pub(crate) kind: Option<String>,
    pub(crate) code: Option<String>,
    pub(crate) param: Option<String>,
}

/// Reads an error body: from the envelope, else from the value itself, else from the text.
pub(crate) fn read(body: &[u8], content_type: Option<&str>, shape: &ErrorShape) -> Fields {
    let text = String::from_utf8_lossy(without_bom(body));
    let text = text.trim();
    let fields = match serde_json::from_slice(without_bom(body)) {
        Ok(Value::Object(whole)) => from_whole(whole, shape),
        Ok(Value::String(message)) => Fields {
            message: Some(message),
            ..Fields::default()
        },
        Ok(list @ Value::Array(_)) => from_list(&list),
        Ok(_) | Err(_) => Fields::default(),
    };
    let page =
        content_type.is_some_and(|media_type| media_type.contains("html")) || text.starts_with('<');
    match fields.message {
        None if !page && !text.is_empty() => Fields {
            message: Some(text.to_owned()),
            ..fields
        },
        Some(_) | None => fields,
    }
}

/// Returns whether a body reports an error. Some services send such bodies with a success status.
pub(crate) fn says_failure(body: &[u8], shape: &ErrorShape) -> bool {
    let Ok(Value::Object(whole)) = serde_json::from_slice(without_bom(body)) else {
        return false;
    };
    let has = |object: &Map<String, Value>, name| object.get(name).is_some_and(is_text);
    match shape.envelope.and_then(|name| whole.get(name)) {
        Some(Value::Object(inner)) => has(inner, shape.message),
        Some(error @ Value::String(_)) => is_text(error),
        Some(_) | None => {
            let is_false = |name| whole.get(name) == Some(&Value::Bool(false));
            let is_marked = is_false("success") || is_false("ok");
            let is_bare = shape.envelope.is_none()
                && has(&whole, shape.message)
                && (has(&whole, shape.code) || has(&whole, shape.kind));
            is_bare || (is_marked && from_object(whole, shape).message.is_some())
        }
    }
}

fn is_text(value: &Value) -> bool {
    matches!(value, Value::String(text) if !text.trim().is_empty())
}

fn from_whole(mut whole: Map<String, Value>, shape: &ErrorShape) -> Fields {
    match shape.envelope.and_then(|name| whole.remove(name)) {
        Some(Value::Object(inner)) => from_object(inner, shape),
        // RFC 6749, section 5.2: `error` is a code, and `error_description` is for people.
        Some(Value::String(code)) if whole.get("error_description").is_some_and(is_text) => {
            let fields = from_object(whole, shape);
            Fields {
                code: fields.code.or(Some(code)),
                ..fields
            }
        }
        Some(Value::String(message)) => {
            let fields = from_object(whole, shape);
            Fields {
                message: fields.message.or(Some(message)),
                ..fields
            }
        }
        Some(_) | None => from_object(whole, shape),
    }
}

fn from_object(mut object: Map<String, Value>, shape: &ErrorShape) -> Fields {
    let mut take = |name: &str| object.remove(name).as_ref().and_then(scalar);
    let fields = Fields {
        message: take(shape.message).filter(|message| !message.trim().is_empty()),
        kind: take(shape.kind),
        code: take(shape.code),
        param: take(shape.param),
    };
    if fields.message.is_some() {
        return fields;
    }
    // RFC 6749, section 5.2; RFC 9457, section 3.1; lists of errors.
    let text = |name: &str| object.get(name).filter(|it| is_text(it)).and_then(scalar);
    let message = text("error_description").or_else(|| text("detail"));
    let lists = ["detail", "errors"];
    let mut lists = lists.iter().filter_map(|name| object.get(*name));
    let listed = lists
        .find(|list| list.is_array() || list.is_object())
        .map(from_list)
        .unwrap_or_default();
    Fields {
        message: message.or(listed.message).or_else(|| text("title")),
        code: fields.code.or(listed.code),
        param: fields.param.or(listed.param),
        ..fields
    }
}

/// Reads a list of errors, or an object of errors by parameter. Code and parameter come from the
/// first error.
fn from_list(list: &Value) -> Fields {
    let found: Vec<Fields> = match list {
        Value::Array(items) => items.iter().map(from_item).collect(),
        Value::Object(by_param) => by_param.iter().map(of_param).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    };
    let line = |one: &Fields| match (&one.param, one.message.as_deref()?) {
        (Some(param), message) => Some(format!("{param}: {message}")),
        (None, message) => Some(message.to_owned()),
    };
    let lines: Vec<String> = found.iter().filter_map(line).collect();
    let first = found.into_iter().next().unwrap_or_default();
    Fields {
        message: (!lines.is_empty()).then(|| lines.join("; ")),
        ..first
    }
}

/// Reads the errors of a parameter: one error, or a list.
fn of_param((name, value): (&String, &Value)) -> Fields {
    let inner = match value {
        Value::Array(_) => from_list(value),
        other => from_item(other),
    };
    Fields {
        param: Some(name.clone()),
        ..inner
    }
}

/// Reads one of several errors: a text, or an object that contains one.
fn from_item(item: &Value) -> Fields {
    let Value::Object(object) = item else {
        return Fields {
            message: Some(item).filter(|it| is_text(it)).and_then(scalar),
            ..Fields::default()
        };
    };
    let names = ["message", "msg", "detail", "description", "title"];
    let mut texts = names.iter().filter_map(|name| object.get(*name));
    // The location of an error in lists of FastAPI: `["body", "name"]`.
    let location = object.get("loc").and_then(Value::as_array);
    let location = location.map(|path| {
        let words: Vec<String> = path.iter().filter_map(scalar).collect();
        words.join(".")
    });
    Fields {
        message: texts.find(|it| is_text(it)).and_then(scalar),
        code: object.get("code").and_then(scalar),
        param: location.filter(|path| !path.is_empty()),
        kind: None,
    }
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}
