//! One schema for the payloads of all webhooks.
//!
//! In: webhooks, the table of schemas. Out: the position of a `oneOf` that the document does not spell out. Not here: types.

use indexmap::{IndexMap, IndexSet};

use super::media_type;
use super::parts::{Operation, PathItem};
use super::position::Pos;
use super::schema::{Annotations, Entry, Keywords, SchemaView};
use crate::maps;
use crate::report::Pointer;

/// The place of the schema that [`event`] adds.
const AT: &str = "webhooks";

/// Its description.
const ABOUT: &str = "The payload of any webhook.";

/// Adds the schema of what any webhook sends. With one payload only, that is its own schema.
pub(super) fn event(
    webhooks: &IndexMap<String, PathItem>,
    places: &mut maps::IndexSet<Pointer>,
    schemas: &mut Vec<Entry>,
) -> Option<Pos> {
    let operations = webhooks.values().flat_map(|item| &item.operations);
    let payloads: IndexSet<Pos> = operations.filter_map(payload).collect();
    if payloads.len() < 2 {
        return payloads.first().copied();
    }
    let view = SchemaView {
        keywords: Keywords {
            one_of: payloads.into_iter().map(Some).collect(),
            ..Keywords::default()
        },
        data: Annotations {
            description: Some(ABOUT.into()),
            ..Annotations::default()
        },
        ..SchemaView::default()
    };
    let (pos, _) = places.insert_full(Pointer::root().child(AT));
    schemas.push(Entry::Schema(Box::new(view)));
    Some(pos)
}

/// Returns the schema of the JSON that an operation sends.
fn payload(operation: &Operation) -> Option<Pos> {
    let body = operation.body.as_ref()?.as_ref().ok()?;
    let (_, media) = media_type::json(&body.content)?;
    media.schema?
}
