//! Targets: JSONPath queries (RFC 9535).
//!
//! In: a query and a document. Out: the locations that the query selects. Not here: changes.

use serde_json::Value;
use serde_json_path::{JsonPath, LocatedNodeList, NormalizedPath, PathElement};

use super::context::Context;
use crate::report::{Code, Pointer, nearest};

/// The greatest length and depth of a target.
const MAX_TARGET: (usize, usize) = (4096, 64);

pub(super) fn display(target: Option<&Value>) -> &str {
    target.and_then(Value::as_str).unwrap_or_default()
}

/// Returns the first name of a query that the document lacks, if another one there is close.
pub(super) fn misspelled(document: &Value, query: &str) -> Option<String> {
    let mut now = document;
    for name in names(query) {
        let map = now.as_object()?;
        now = match map.get(name) {
            Some(next) => next,
            None => {
                let near = nearest(name, map.keys().map(String::as_str))?;
                return Some(format!("did you mean `{near}` instead of `{name}`?"));
            }
        };
    }
    None
}

/// Returns the names at the beginning of a query: `$.info['title']`. Other selectors end them.
fn names(query: &str) -> Vec<&str> {
    let mut rest = query.trim().strip_prefix('$').unwrap_or_default();
    let mut found = Vec::new();
    loop {
        let name = if let Some(quoted) = rest.strip_prefix("['") {
            quoted.split_once("']")
        } else if let Some(quoted) = rest.strip_prefix("[\"") {
            quoted.split_once("\"]")
        } else {
            rest.strip_prefix('.').map(|plain| {
                let end = plain.find(|c: char| !(c.is_alphanumeric() || c == '_'));
                plain.split_at(end.unwrap_or(plain.len()))
            })
        };
        match name {
            Some((name, after)) if !name.is_empty() => {
                found.push(name);
                rest = after;
            }
            Some(_) | None => return found,
        }
    }
}

/// Parses a JSONPath query.
pub(super) fn query(text: Option<&Value>, at: &Pointer, cx: &mut Context) -> Option<JsonPath> {
    let Some(Value::String(text)) = text else {
        cx.add(Code::OverlayInvalid, at, "expected a JSONPath query");
        return None;
    };
    if is_too_long(text) {
        cx.add(Code::OverlayTarget, at, "the query is too long");
        return None;
    }
    match JsonPath::parse(text) {
        Ok(path) => Some(path),
        Err(error) => {
            let reason = match error.message() {
                "parser error" => "",
                reason => reason,
            };
            let colon = if reason.is_empty() { "" } else { ": " };
            let text = format!("{text} is not a JSONPath query{colon}{reason}");
            let help = format!("the error is after character {}", error.position());
            cx.add_with_help(Code::OverlayTarget, at, text, Some(help));
            None
        }
    }
}

/// Returns whether the parser, which is recursive, could not read a query.
fn is_too_long(query: &str) -> bool {
    query.len() > MAX_TARGET.0 || query.matches(['(', '[', '!']).count() > MAX_TARGET.1
}

/// Returns whether a query selects one object whose `x-client` can get a key by an action: an action adds to a list that is there, it
/// does not replace it, and keys beside a `$ref` do not count.
pub fn takes_key(document: &Value, query: &str, key: &str, new: &Value) -> bool {
    if is_too_long(query) {
        return false;
    }
    let Ok(path) = JsonPath::parse(query) else {
        return false;
    };
    let [Value::Object(map)] = path.query(document).all()[..] else {
        return false;
    };
    let old = map.get("x-client").and_then(|settings| settings.get(key));
    let is_primitive = |value: &Value| !value.is_object() && !value.is_array();
    let replaces =
        |old: &Value| old.is_object() && new.is_object() || is_primitive(old) && is_primitive(new);
    !map.contains_key("$ref") && old.is_none_or(replaces)
}

/// A segment of a path: in an object or in a list.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Segment {
    Index(usize),
    Key(String),
}

pub(super) type Location = Vec<Segment>;

pub(super) fn locations(nodes: LocatedNodeList) -> Vec<Location> {
    nodes
        .dedup()
        .iter()
        .map(|node| location(node.location()))
        .collect()
}

fn location(path: &NormalizedPath) -> Location {
    path.iter()
        .map(|element| match element {
            PathElement::Name(name) => Segment::Key((*name).to_owned()),
            PathElement::Index(index) => Segment::Index(*index),
        })
        .collect()
}

pub(super) fn pointer(location: &[Segment]) -> Pointer {
    location
        .iter()
        .fold(Pointer::root(), |pointer, step| match step {
            Segment::Key(key) => pointer.child(key),
            Segment::Index(index) => pointer.child(&index.to_string()),
        })
}

pub(super) fn get_mut<'a>(document: &'a mut Value, location: &[Segment]) -> Option<&'a mut Value> {
    location
        .iter()
        .try_fold(document, |value, step| match step {
            Segment::Key(key) => value.as_object_mut()?.get_mut(key),
            Segment::Index(index) => value.as_array_mut()?.get_mut(*index),
        })
}
