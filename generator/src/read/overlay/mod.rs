//! OpenAPI Overlay 1.0 and 1.1: changes to the document before it is read.
//!
//! In: a document and an overlay, both as values. Out: the document, changed in place. Diagnostics refer to the overlay.
//! Not here: files, the meaning of a document.

mod change;
mod context;
mod target;

use serde_json::{Map, Value};

use crate::report::{Code, InputFile, Pointer, Report};
use change::{merge_all, remove};
use context::Context;
pub use target::takes_key;
use target::{display, locations, misspelled, query};

/// Applies the actions of an overlay, in order. An action that can't be applied is reported and changes nothing.
/// The path of the document is compared with `extends`. Returns false if there is an error.
pub(super) fn apply(
    document: &mut Value,
    overlay: &Value,
    path: &str,
    input: InputFile,
    report: &mut Report,
) -> bool {
    let mut cx = Context {
        report,
        input,
        added: 0,
        is_valid: true,
    };
    apply_to(document, overlay, path, &mut cx);
    cx.is_valid
}

fn apply_to(document: &mut Value, overlay: &Value, path: &str, cx: &mut Context) {
    let root = Pointer::root();
    let Value::Object(map) = overlay else {
        cx.add(Code::OverlayInvalid, &root, "an overlay must be an object");
        return;
    };
    if !check_version(map, &root, cx) {
        return;
    }
    known_keys(map, &["overlay", "info", "extends", "actions"], &root, cx);
    check_info(map.get("info"), &root.child("info"), cx);
    check_extends(map.get("extends"), path, &root.child("extends"), cx);
    let at = root.child("actions");
    match map.get("actions") {
        Some(Value::Array(actions)) if !actions.is_empty() => {
            for (n, action) in actions.iter().enumerate() {
                apply_action(document, action, &at.child(&n.to_string()), cx);
            }
        }
        _ => cx.add(
            Code::OverlayInvalid,
            &root,
            "`actions` must be a list of at least one action",
        ),
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

/// Reports an `extends` that names another document. It is a URI and the document is a file, so their last segments are compared.
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
        cx.add_with_help(Code::OverlayNoMatch, &at.child("target"), text, help);
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
            // What nothing takes need not be there, either.
            if !nodes.is_empty()
                && let Some(value) = copied(document, copy, &at, cx)
            {
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

/// Returns the one value that `copy` selects.
fn copied(document: &Value, copy: &Value, at: &Pointer, cx: &mut Context) -> Option<Value> {
    let path = query(Some(copy), at, cx)?;
    match path.query(document).all()[..] {
        [value] => Some(value.clone()),
        [] => {
            let text = format!(
                "{} selects nothing instead of one value",
                display(Some(copy))
            );
            let help = misspelled(document, display(Some(copy)));
            cx.add_with_help(Code::OverlayInvalid, at, text, help);
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

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// Applies actions to a document, and returns it with the codes of the diagnostics.
    fn applied(mut document: Value, actions: Value) -> (Value, Vec<&'static str>) {
        let overlay = json!({ "overlay": "1.1.0", "info": { "title": "t", "version": "1" }, "actions": actions });
        let mut report = Report::default();
        apply(
            &mut document,
            &overlay,
            "api.yaml",
            InputFile::Overlay(0),
            &mut report,
        );
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
        assert_eq!(applied(document, actions), (expected, vec![]));
    }

    #[test]
    fn remove_takes_every_match_and_beats_update() {
        let document = json!({ "l": [1, 2, 1, 3], "m": { "x": 1, "y": 2, "z": 3 } });
        let actions = json!([
            { "target": "$.l[?@ == 1]", "remove": true, "update": 5 },
            { "target": "$.m.y", "remove": true },
        ]);
        assert_eq!(
            applied(document, actions),
            (json!({ "l": [2, 3], "m": { "x": 1, "z": 3 } }), vec![])
        );
    }

    #[test]
    fn copy_merges_one_value() {
        let document = json!({ "a": { "x": 1 }, "b": { "y": 2 }, "l": [1, 2] });
        let (value, codes) = applied(
            document,
            json!([{ "target": "$.b", "copy": "$.a" }, { "target": "$.b", "copy": "$.none" }, { "target": "$.b", "copy": "$.l[*]" }]),
        );
        assert_eq!(value["b"], json!({ "y": 2, "x": 1 }));
        assert_eq!(codes, ["overlay-invalid", "overlay-invalid"]);
    }

    #[test]
    fn what_cannot_be_applied_is_named() {
        let document = json!({ "a": { "b": 1 }, "l": [] });
        let code = |action: Value| applied(document.clone(), json!([action])).1;
        for action in [
            json!({ "target": "$.x", "remove": true }),
            json!({ "target": "$.x", "update": {} }),
            json!({ "target": "$.x", "copy": "$.y" }),
        ] {
            assert_eq!(code(action), ["overlay-no-match"]);
        }
        assert_eq!(
            code(json!({ "target": "$.x" })),
            ["overlay-no-match", "overlay-invalid"]
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
        let (_, codes) = applied(json!({ "a": {} }), Value::Array(vec![copy; 300]));
        assert!(codes.contains(&"too-large"));
    }
}
