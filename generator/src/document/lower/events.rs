//! The data of server-sent events.
//!
//! In: a media type object. Out: the same; where its schema says that the text in `data` is JSON, `data` has the schema of that JSON
//! (`contentSchema`; OpenAPI 3.2.0, 4.14.4). Not here: schemas of components, which may describe more than events.

use serde_json::Value;

use super::object::Object;
use crate::report::Pointer;

/// The depth to which unions of events are searched.
const MAX_NESTING: usize = 4;

/// Types the data of the events that a media type describes.
pub(super) fn run(map: &mut Object, at: &Pointer) {
    let is_events = at.split().is_some_and(|(_, name)| {
        let essence = name.split(';').next().unwrap_or_default();
        essence.trim().eq_ignore_ascii_case("text/event-stream")
    });
    if !is_events {
        return;
    }
    for key in ["itemSchema", "schema"] {
        if let Some(Value::Object(schema)) = map.get_mut(key) {
            event(schema, 0);
        }
    }
}

fn event(schema: &mut Object, nesting: usize) {
    if let Some(data) = schema
        .get_mut("properties")
        .and_then(|properties| properties.get_mut("data"))
        && let Some(content) = content_schema(data)
    {
        *data = content;
    }
    if nesting == MAX_NESTING {
        return;
    }
    for key in ["oneOf", "anyOf", "allOf"] {
        let parts = schema.get_mut(key).and_then(Value::as_array_mut);
        for part in parts.into_iter().flatten().filter_map(Value::as_object_mut) {
            event(part, nesting + 1);
        }
    }
}

/// Returns the schema of the JSON in a text.
fn content_schema(text: &mut Value) -> Option<Value> {
    let text = text.as_object_mut()?;
    let media_type = text.get("contentMediaType")?.as_str()?;
    let is_json = media_type == "application/json" || media_type.ends_with("+json");
    text.get_mut("contentSchema")
        .filter(|content| is_json && content.is_object())
        .map(Value::take)
}
