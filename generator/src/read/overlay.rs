//! OpenAPI Overlay 1.0 and 1.1: what is changed in the document before it is read.
//!
//! In: a document and an overlay, both as values. Out: the document, changed in place.
//! Not here: files, what the document means. Pointers of findings are into the overlay.

use serde_json::{Map, Value};
use serde_json_path::{JsonPath, LocatedNodeList, NormalizedPath, PathElement};

use crate::report::{Code, Input, Pointer, Report, nearest};

/// Values do not nest deeper than this after an action, as they do not in a text.
const MAX_DEPTH: usize = 128;
/// All actions together do not add more values than this.
const MAX_ADDED: usize = 4 << 20;
/// Targets are neither longer nor nest deeper than this.
const MAX_TARGET: (usize, usize) = (4096, 64);

/// Applies the actions of an overlay, in their order. An action that can't be applied is reported and changes nothing.
/// The document's path is compared with `extends`; the index is that of the overlay.
pub fn apply(document: &mut Value, overlay: &Value, path: &str, index: usize, report: &mut Report) {
    let mut cx = Context {
        report,
        input: Input::Overlay(index),
        added: 0,
    };
    let root = Pointer::root();
    let Value::Object(map) = overlay else {
        cx.add(Code::OverlayInvalid, &root, "an overlay must be an object");
        return;
    };
    if !check_version(map, &root, &mut cx) {
        return;
    }
    known_keys(
        map,
        &["overlay", "info", "extends", "actions"],
        &root,
        &mut cx,
    );
    check_info(map.get("info"), &root.child("info"), &mut cx);
    check_extends(map.get("extends"), path, &root.child("extends"), &mut cx);
    let at = root.child("actions");
    match map.get("actions") {
        Some(Value::Array(actions)) if !actions.is_empty() => {
            for (n, action) in actions.iter().enumerate() {
                apply_action(document, action, &at.child(&n.to_string()), &mut cx);
            }
        }
        _ => cx.add(
            Code::OverlayInvalid,
            &root,
            "`actions` must be a list of at least one action",
        ),
    }
}

struct Context<'a> {
    report: &'a mut Report,
    input: Input,
    added: usize,
}

impl Context<'_> {
    /// Remembers that the value at a pointer of the document comes from this one of the overlay.
    fn overlaid(&mut self, at: Pointer, from: &Pointer) {
        self.report.overlaid(at, self.input, from.clone());
    }

    fn add(&mut self, code: Code, at: &Pointer, text: impl Into<String>) {
        self.add_with_help(code, at, text, None);
    }

    fn add_with_help(
        &mut self,
        code: Code,
        at: &Pointer,
        text: impl Into<String>,
        help: Option<String>,
    ) {
        self.report.add(code, at, text).input(self.input).help(help);
    }
}

fn check_version(map: &Map<String, Value>, root: &Pointer, cx: &mut Context) -> bool {
    let text = match map.get("overlay") {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => {
            cx.add(
                Code::OverlayInvalid,
                root,
                "the field `overlay` is missing: this is not an OpenAPI Overlay",
            );
            return false;
        }
    };
    let at = root.child("overlay");
    match text
        .split('.')
        .map(|part| part.parse().ok())
        .collect::<Vec<Option<u32>>>()[..]
    {
        [Some(1), Some(0 | 1), ..] => true,
        [Some(1), ..] => {
            cx.add(
                Code::NewerVersion,
                &at,
                format!("overlay version {text} is read as 1.1"),
            );
            true
        }
        _ => {
            cx.add(
                Code::OverlayInvalid,
                &at,
                format!("overlay version {text} is not supported; 1.0 and 1.1 are"),
            );
            false
        }
    }
}

fn check_info(info: Option<&Value>, at: &Pointer, cx: &mut Context) {
    let Some(Value::Object(info)) = info else {
        cx.add(
            Code::OverlayInvalid,
            at,
            "`info` must be an object with a `title` and a `version`",
        );
        return;
    };
    known_keys(info, &["title", "version", "description"], at, cx);
    for key in ["title", "version"] {
        if !info.contains_key(key) {
            cx.add(Code::OverlayInvalid, at, format!("`info` has no `{key}`"));
        }
    }
}

/// `extends` is a URI, and the document a file: they are compared by their last segments.
fn check_extends(extends: Option<&Value>, path: &str, at: &Pointer, cx: &mut Context) {
    let uri = match extends {
        None => return,
        Some(Value::String(uri)) => uri,
        Some(_) => return cx.add(Code::OverlayInvalid, at, "`extends` must be a URI"),
    };
    let last = |text: &str| {
        text.rsplit(['/', '\\'])
            .next()
            .unwrap_or_default()
            .to_owned()
    };
    let wanted = last(uri.split(['?', '#']).next().unwrap_or_default()).replace("%20", " ");
    if wanted != last(path) {
        cx.add(
            Code::OverlayExtends,
            at,
            format!(
                "the overlay extends {uri}, but is applied to {}",
                last(path)
            ),
        );
    }
}

fn known_keys(map: &Map<String, Value>, known: &[&str], at: &Pointer, cx: &mut Context) {
    for key in map
        .keys()
        .filter(|key| !known.contains(&key.as_str()) && !key.starts_with("x-"))
    {
        let nearest = crate::report::nearest(key, known.iter().copied());
        let text = format!("the key `{key}` is unknown here and is ignored");
        let help = nearest.map(|known| format!("did you mean `{known}`?"));
        cx.add_with_help(Code::OverlayUnknownKey, &at.child(key), text, help);
    }
}

fn apply_action(document: &mut Value, action: &Value, at: &Pointer, cx: &mut Context) {
    let Value::Object(action) = action else {
        return cx.add(Code::OverlayInvalid, at, "an action must be an object");
    };
    known_keys(
        action,
        &["target", "description", "update", "remove", "copy"],
        at,
        cx,
    );
    let Some(target) = query(action.get("target"), &at.child("target"), cx) else {
        return;
    };
    let nodes = locations(target.query_located(document));
    if nodes.is_empty() {
        let text = format!("{} selects nothing", display(action.get("target")));
        let help = misspelled(document, display(action.get("target")));
        return cx.add_with_help(Code::OverlayNoMatch, &at.child("target"), text, help);
    }
    match (
        action.get("remove"),
        action.get("update"),
        action.get("copy"),
    ) {
        (Some(Value::Bool(true)), _, _) => remove(document, nodes, at, cx),
        (None | Some(Value::Bool(false)), Some(update), None) => {
            merge_all(document, &nodes, update, &at.child("update"), cx);
        }
        (None | Some(Value::Bool(false)), None, Some(copy)) => {
            let at = at.child("copy");
            if let Some(value) = copied(document, copy, &at, cx) {
                merge_all(document, &nodes, &value, &at, cx);
            }
        }
        (None | Some(Value::Bool(false)), Some(_), Some(_)) => {
            cx.add(
                Code::OverlayInvalid,
                at,
                "an action must not have both `update` and `copy`",
            );
        }
        (None | Some(Value::Bool(false)), None, None) => {
            cx.add(
                Code::OverlayInvalid,
                at,
                "an action must have `update`, `copy` or `remove: true`",
            );
        }
        (Some(_), _, _) => cx.add(
            Code::OverlayInvalid,
            &at.child("remove"),
            "`remove` must be a boolean",
        ),
    }
}

fn display(target: Option<&Value>) -> &str {
    target.and_then(Value::as_str).unwrap_or_default()
}

/// The first name of a query that the document lacks, if another one there is close.
fn misspelled(document: &Value, query: &str) -> Option<String> {
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

/// The names that a query begins with: `$.info['title']`. What else it can select by is not looked at.
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
fn query(text: Option<&Value>, at: &Pointer, cx: &mut Context) -> Option<JsonPath> {
    let Some(Value::String(text)) = text else {
        cx.add(Code::OverlayInvalid, at, "expected a JSONPath query");
        return None;
    };
    // The parser is recursive.
    if text.len() > MAX_TARGET.0 || text.matches(['(', '[', '!']).count() > MAX_TARGET.1 {
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

/// One step down: in an object or in a list.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Index(usize),
    Key(String),
}

type Location = Vec<Step>;

fn locations(nodes: LocatedNodeList) -> Vec<Location> {
    nodes
        .dedup()
        .iter()
        .map(|node| location(node.location()))
        .collect()
}

fn location(path: &NormalizedPath) -> Location {
    path.iter()
        .map(|element| match element {
            PathElement::Name(name) => Step::Key((*name).to_owned()),
            PathElement::Index(index) => Step::Index(*index),
        })
        .collect()
}

fn pointer(location: &[Step]) -> Pointer {
    location
        .iter()
        .fold(Pointer::root(), |pointer, step| match step {
            Step::Key(key) => pointer.child(key),
            Step::Index(index) => pointer.child(&index.to_string()),
        })
}

fn get_mut<'a>(document: &'a mut Value, location: &[Step]) -> Option<&'a mut Value> {
    location
        .iter()
        .try_fold(document, |value, step| match step {
            Step::Key(key) => value.as_object_mut()?.get_mut(key),
            Step::Index(index) => value.as_array_mut()?.get_mut(*index),
        })
}

/// Removes nodes, from the last to the first: so indices stay true, and what is inside goes before what is around it.
fn remove(document: &mut Value, mut nodes: Vec<Location>, at: &Pointer, cx: &mut Context) {
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
            (Some(Value::Object(map)), Step::Key(key)) => drop(map.shift_remove(key)),
            (Some(Value::Array(list)), Step::Index(index)) if *index < list.len() => {
                drop(list.remove(*index))
            }
            _ => {}
        }
    }
}

/// The one value that `copy` selects.
fn copied(document: &Value, copy: &Value, at: &Pointer, cx: &mut Context) -> Option<Value> {
    let path = query(Some(copy), at, cx)?;
    match path.query(document).all()[..] {
        [value] => Some(value.clone()),
        [] => {
            let text = format!("{} selects nothing", display(Some(copy)));
            let help = misspelled(document, display(Some(copy)));
            cx.add_with_help(Code::OverlayNoMatch, at, text, help);
            None
        }
        ref many => {
            let text = format!(
                "{} selects {} values instead of one",
                display(Some(copy)),
                many.len()
            );
            cx.add(Code::OverlayInvalid, at, text);
            None
        }
    }
}

/// What can be merged with what.
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
fn merge_all(
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
            // What is not a list is one entry of it.
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

/// How many values there are in a value, and how deep it nests.
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

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// Applies actions to a document; gives it back with the findings' codes.
    fn apply_to(mut document: Value, actions: Value) -> (Value, Vec<&'static str>) {
        let overlay = json!({ "overlay": "1.1.0", "info": { "title": "t", "version": "1" }, "actions": actions });
        let mut report = Report::default();
        apply(&mut document, &overlay, "api.yaml", 0, &mut report);
        (
            document,
            report
                .iter()
                .map(|diagnostic| diagnostic.code.id())
                .collect(),
        )
    }

    #[test]
    fn update_merges_appends_and_replaces() {
        let document = json!({ "a": { "b": 1, "l": [1] }, "l": [1], "p": "old" });
        let actions = json!([
            { "target": "$.a", "update": { "b": 2, "c": { "d": 3 }, "l": [2, 3] } },
            { "target": "$.l", "update": [2, 3] },
            { "target": "$.l", "update": { "x": 1 } },
            { "target": "$.p", "update": "new" },
        ]);
        let expected = json!({ "a": { "b": 2, "l": [1, 2, 3], "c": { "d": 3 } }, "l": [1, 2, 3, { "x": 1 }], "p": "new" });
        assert_eq!(apply_to(document, actions), (expected, vec![]));
    }

    #[test]
    fn remove_takes_every_match_and_beats_update() {
        let document = json!({ "l": [1, 2, 1, 3], "m": { "x": 1, "y": 2, "z": 3 } });
        let actions = json!([
            { "target": "$.l[?@ == 1]", "remove": true, "update": 5 },
            { "target": "$.m.y", "remove": true },
        ]);
        assert_eq!(
            apply_to(document, actions),
            (json!({ "l": [2, 3], "m": { "x": 1, "z": 3 } }), vec![])
        );
    }

    #[test]
    fn copy_merges_one_value() {
        let document = json!({ "a": { "x": 1 }, "b": { "y": 2 }, "l": [1, 2] });
        let (value, codes) = apply_to(
            document,
            json!([{ "target": "$.b", "copy": "$.a" }, { "target": "$.b", "copy": "$.none" }, { "target": "$.b", "copy": "$.l[*]" }]),
        );
        assert_eq!(value["b"], json!({ "y": 2, "x": 1 }));
        assert_eq!(codes, ["overlay-no-match", "overlay-invalid"]);
    }

    #[test]
    fn what_cannot_be_applied_is_named() {
        let document = json!({ "a": { "b": 1 }, "l": [] });
        let code = |action: Value| apply_to(document.clone(), json!([action])).1;
        assert_eq!(
            code(json!({ "target": "$.x", "remove": true })),
            ["overlay-no-match"]
        );
        assert_eq!(
            code(json!({ "target": "$.a[", "remove": true })),
            ["overlay-target"]
        );
        assert_eq!(
            code(json!({ "target": "$.a", "update": 1 })),
            ["overlay-mismatch"]
        );
        assert_eq!(
            code(json!({ "target": "$.a", "update": { "b": [1] } })),
            ["overlay-mismatch"]
        );
        assert_eq!(
            code(json!({ "target": "$.*", "update": {} })),
            ["overlay-mismatch"]
        );
        assert_eq!(
            code(json!({ "target": "$", "remove": true })),
            ["overlay-invalid"]
        );
        assert_eq!(code(json!({ "target": "$.a" })), ["overlay-invalid"]);
        assert_eq!(
            code(json!({ "target": "$.a", "updat": {}, "update": {} })),
            ["overlay-unknown-key"]
        );
    }

    #[test]
    fn copies_cannot_grow_without_bound() {
        let copy = json!({ "target": "$.a", "copy": "$" });
        let (_, codes) = apply_to(json!({ "a": {} }), Value::Array(vec![copy; 300]));
        assert!(codes.contains(&"too-large"));
    }
}
