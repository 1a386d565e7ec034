//! Changes: nodes are removed, or values are merged into them.
//!
//! In: a document, and the locations that a target selects. Out: the document, changed in place.

use serde_json::Value;

use super::context::Context;
use super::target::{Location, Segment, get_mut, pointer};
use crate::report::{Code, Pointer};

/// The greatest depth of values after an action, which is that of parsed texts.
const MAX_DEPTH: usize = 128;
/// The most values that all actions add together.
const MAX_ADDED: usize = 4 << 20;

/// Removes nodes from the last to the first, so indices stay valid and a node goes before its
/// parent.
pub(super) fn remove(
    document: &mut Value,
    mut nodes: Vec<Location>,
    at: &Pointer,
    cx: &mut Context,
) {
    nodes.sort_by(|a, b| b.cmp(a));
    for node in &nodes {
        let Some((last, parent)) = node.split_last() else {
            return cx.add(
                Code::OverlayInvalid,
                at,
                "the whole document cannot be removed",
            );
        };
        match (get_mut(document, parent), last) {
            (Some(Value::Object(map)), Segment::Key(key)) => drop(map.shift_remove(key)),
            (Some(Value::Array(list)), Segment::Index(index)) if *index < list.len() => {
                drop(list.remove(*index))
            }
            _ => {}
        }
    }
}

/// The forms of values, which decide if they can be merged.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Object,
    List,
    Primitive,
}

impl Form {
    fn of(value: &Value) -> Self {
        match value {
            Value::Object(_) => Self::Object,
            Value::Array(_) => Self::List,
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Self::Primitive,
        }
    }

    fn as_str(self) -> &'static str {
        match self {
            Self::Object => "an object",
            Self::List => "a list",
            Self::Primitive => "a primitive value",
        }
    }
}

/// Merges a value into every node.
pub(super) fn merge_all(
    document: &mut Value,
    nodes: &[Location],
    value: &Value,
    at: &Pointer,
    cx: &mut Context,
) {
    let forms: Vec<Form> = nodes
        .iter()
        .filter_map(|node| get_mut(document, node).map(|node| Form::of(node)))
        .collect();
    if forms.windows(2).any(|pair| pair[0] != pair[1]) {
        return cx.add(
            Code::OverlayMismatch,
            at,
            "the target selects values of different kinds",
        );
    }
    let (count, depth) = measure(value);
    cx.added = cx.added.saturating_add(count.saturating_mul(nodes.len()));
    let deepest = nodes.iter().map(Vec::len).max().unwrap_or_default() + depth;
    if cx.added > MAX_ADDED || deepest > MAX_DEPTH {
        return cx.add(
            Code::TooLarge,
            at,
            "the overlay makes the document too large",
        );
    }
    for node in nodes {
        let Some(target) = get_mut(document, node) else {
            continue;
        };
        match (Form::of(target), Form::of(value)) {
            // A value that is not a list is one entry.
            (Form::List, Form::Object | Form::Primitive) => {
                if let Value::Array(list) = target {
                    cx.overlaid(pointer(node).child(&list.len().to_string()), at);
                    list.push(value.clone());
                }
            }
            (target_form, form) if target_form == form => {
                merge(target, &pointer(node), value, at, cx);
            }
            (target_form, form) => {
                let text = format!(
                    "{} cannot be merged with {}",
                    form.as_str(),
                    target_form.as_str()
                );
                return cx.add(Code::OverlayMismatch, at, text);
            }
        }
    }
}

/// Objects are merged, lists joined, primitives replaced. `to` and `at` point to the target and to the value.
fn merge(target: &mut Value, to: &Pointer, value: &Value, at: &Pointer, cx: &mut Context) {
    match (target, value) {
        (Value::Object(target), Value::Object(value)) => {
            for (key, value) in value {
                let (to, at) = (to.child(key), at.child(key));
                match target.get_mut(key) {
                    Some(old) => merge(old, &to, value, &at, cx),
                    None => {
                        cx.overlaid(to, &at);
                        target.insert(key.clone(), value.clone());
                    }
                }
            }
        }
        (Value::Array(target), Value::Array(value)) => {
            for (index, value) in value.iter().enumerate() {
                let to = to.child(&target.len().to_string());
                cx.overlaid(to, &at.child(&index.to_string()));
                target.push(value.clone());
            }
        }
        // A key without a value, as in the example of the specification, changes nothing.
        (Value::Object(_) | Value::Array(_), Value::Null) => {}
        (target, value) if Form::of(target) == Form::of(value) => {
            cx.overlaid(to.clone(), at);
            *target = value.clone();
        }
        (target, value) => {
            let text = format!(
                "{} cannot be merged with {}",
                Form::of(value).as_str(),
                Form::of(target).as_str()
            );
            let help = "remove the old value in an earlier action".to_owned();
            cx.add_with_help(Code::OverlayMismatch, at, text, Some(help));
        }
    }
}

/// Returns the number of values in a value, and its depth.
fn measure(value: &Value) -> (usize, usize) {
    let add = |(count, depth): (usize, usize), value| {
        let (more, deep) = measure(value);
        (count + more, depth.max(deep))
    };
    let (count, depth) = match value {
        Value::Object(map) => map.values().fold((0, 0), add),
        Value::Array(list) => list.iter().fold((0, 0), add),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => (0, 0),
    };
    (count + 1, depth + 1)
}
