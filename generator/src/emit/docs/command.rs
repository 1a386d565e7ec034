//! A request as a command of the client's own command line.
//!
//! In: the sample of an operation. Out: a command that can be pasted into a POSIX shell: a flag for each value, or the body on
//! standard input where flags would hold JSON. Credentials come from the environment, as the client takes them there.
//! Not here: what flags are called (`names`), what they take (`plan`).

use serde_json::Value;

use super::shell::word;
use crate::emit::EmitCx;
use crate::emit::text::pretty;
use crate::emit::text::request::FILE;
use crate::model::api::{Body, BodyContent, OpId, Reply, Shape};
use crate::plan::commands::{Flag, FlagKind};
use crate::plan::inputs::Input;

/// Returns the command; `None` if there is no command line, or a required value is not known.
pub fn command(cx: &EmitCx, id: OpId) -> Option<String> {
    if cx.left_out.cli {
        return None;
    }
    let request = cx.exchanges.op(id).brief.as_ref()?;
    let (cli, command) = (&cx.names.cli, &cx.outline.op(id).command);
    let resource = cli.resource(cx.outline.op(id).resource?);
    let mut words = vec![format!(
        "{} {resource} {}",
        word(&cli.program),
        cli.op(id).name.as_str()
    )];
    if cx.api.ops[id.0].reply == Reply::Binary {
        words.push("--output download.bin".into());
    }
    let (params, members): (Vec<&Flag>, Vec<&Flag>) = command
        .flags
        .iter()
        .partition(|flag| matches!(flag.input, Input::Param(_)));
    for flag in params {
        let Input::Param(index) = flag.input else {
            continue;
        };
        if let Some(value) = &request.params[index] {
            words.extend(flags(cx, id, flag, value, Escape::None)?);
        }
    }
    let Some(body) = &request.body else {
        return Some(words.join(" \\\n  "));
    };
    match self::members(cx, id, &members, body) {
        Some(members) => {
            words.extend(members);
            Some(words.join(" \\\n  "))
        }
        None => {
            let declared = cx.api.ops[id.0].body.as_ref()?;
            let words = words.join(" \\\n  ");
            let flag = format!("--{}", cli.op(id).body());
            let input = match &declared.content {
                // No line of JSON is a bare word.
                BodyContent::Json
                | BodyContent::JsonLines
                | BodyContent::JsonSequence
                | BodyContent::Form(_) => pretty::json(cx.api, Some(&declared.ty), body),
                BodyContent::MultipartObject(_) | BodyContent::MultipartArray(_) => {
                    pretty::json(cx.api, Some(&declared.ty), &with_paths(cx, declared, body))
                }
                BodyContent::Text => return Some(format!("{words} {flag} @{FILE}")),
                BodyContent::File => return Some(format!("{words} {flag} {FILE}")),
            };
            Some(format!("{words} {flag} - <<'EOF'\n{input}\nEOF"))
        }
    }
}

/// Returns a body with paths in place of the files that the command opens.
fn with_paths(cx: &EmitCx, declared: &Body, body: &Value) -> Value {
    let files = declared.files(cx.api);
    let mut body = body.clone();
    match &mut body {
        Value::Object(members) => {
            for (name, value) in members.iter_mut() {
                if files.has_property(name) {
                    put_path(value, FILE);
                } else if files.may_have_property(name) {
                    put_path(value, &format!("@{FILE}"));
                }
            }
        }
        Value::Array(items) => {
            let items = items.iter_mut().enumerate();
            items
                .filter(|(index, _)| files.has_item(*index))
                .for_each(|(_, value)| put_path(value, FILE));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
    body
}

fn put_path(value: &mut Value, path: &str) {
    match value {
        Value::Array(items) => {
            items.truncate(1);
            items.iter_mut().for_each(|item| put_path(item, path));
        }
        Value::Null => {}
        Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => {
            *value = path.into();
        }
    }
}

/// Returns the flags of a body; `None` if flags cannot express it, or if it is easier to read as a
/// whole.
fn members(cx: &EmitCx, id: OpId, known: &[&Flag], body: &Value) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut flagged = 0;
    for flag in known {
        let Input::Field(ty, index) = flag.input else {
            return None;
        };
        let Shape::Struct { fields, .. } = &cx.api.types[ty.0].shape else {
            return None;
        };
        let Some(value) = body.get(&fields[index].wire) else {
            continue;
        };
        flagged += 1;
        // A constant needs no flag.
        if flag.constant.as_deref() != Some(&value.to_string()) {
            words.extend(flags(cx, id, flag, value, Escape::File)?);
        }
    }
    // Without flags there is no body, so an empty one is written as a whole.
    (flagged == body.as_object()?.len() && flagged > 0).then_some(words)
}

/// If an `@` at the start of a value would be read as the name of a file.
#[derive(Clone, Copy, PartialEq)]
enum Escape {
    None,
    File,
}

/// Returns a flag with its value, once for each item of a list.
fn flags(cx: &EmitCx, id: OpId, flag: &Flag, value: &Value, escape: Escape) -> Option<Vec<String>> {
    let name = cx.names.cli.op(id).flag(flag.input)?.as_str();
    let values = match (flag.repeated, value) {
        (true, Value::Array(items)) if !items.is_empty() => items.as_slice(),
        (true, _) => return None,
        (false, value) => std::slice::from_ref(value),
    };
    let word = |value: &Value| {
        let text = text(flag.kind, value, escape)?;
        Some(match text.starts_with('-') {
            true => format!("--{name}={}", word(&text)),
            false => format!("--{name} {}", word(&text)),
        })
    };
    values.iter().map(word).collect()
}

/// Returns a value as it is typed; `None` if it cannot be typed, or would be hard to read.
fn text(kind: FlagKind, value: &Value, escape: Escape) -> Option<String> {
    match (kind, value) {
        (FlagKind::File | FlagKind::FileOrText, _) => Some(format!("@{FILE}")),
        // A body with such members is easier to read as a whole.
        (FlagKind::Json | FlagKind::Object, value) => match escape {
            Escape::File => None,
            Escape::None => Some(value.to_string()),
        },
        (FlagKind::Text, Value::String(text)) if text.trim_start().starts_with(['{', '[', '"']) => {
            None
        }
        (FlagKind::String | FlagKind::Text, Value::String(text)) => match escape {
            Escape::File if text.starts_with("\\@") => None,
            Escape::File if text.starts_with('@') => Some(format!("\\{text}")),
            Escape::File | Escape::None => Some(text.clone()),
        },
        (
            FlagKind::Integer | FlagKind::Number | FlagKind::Boolean,
            Value::Number(_) | Value::Bool(_),
        ) => Some(value.to_string()),
        (
            FlagKind::String
            | FlagKind::Integer
            | FlagKind::Number
            | FlagKind::Boolean
            | FlagKind::Text,
            _,
        ) => None,
    }
}
