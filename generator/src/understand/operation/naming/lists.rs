//! Decides whether the response of an operation is a list.
//!
//! In: the responses of an operation, as the document declares them. Out: a [`Listed`]. Not here: pagination (see
//! `passes::paging`).
//!
//! It reads the document and not the model, so operations that are not generated have the same names.

use crate::document::{Child, Document, Entry, JsonType, Operation, SchemaView, media_type};
use crate::model::api::Outcome;
use crate::model::words::{Words, singular};
use crate::understand::operation::answers::declared_responses;

/// The role of a list in a response.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Listed {
    /// The response has no list.
    #[default]
    No,
    /// The response is not JSON: nothing, a stream of events, text.
    Unknown,
    /// The response is an object that has a list among other properties.
    Among,
    /// The response is an object that exists to hold a list.
    Whole,
    /// The response is a list.
    Bare,
}

/// Returns the role of the list in the first success that has JSON. `last` is the last literal segment of the path. The list may
/// have its name.
pub(super) fn listed(doc: &Document, operation: &Operation, last: Option<&Words>) -> Listed {
    let responses = declared_responses(operation).into_iter();
    let mut successes = responses.filter(|declared| declared.outcome == Outcome::Success);
    let json = successes.find_map(|declared| media_type::json(&declared.response.content));
    json.map_or(Listed::Unknown, |(_, media)| {
        of_schema(doc, media.schema.flatten(), last, true)
    })
}

/// Properties that contain the actual response, if the object around them is an envelope.
const ENVELOPES: &[&str] = &["data", "meta", "payload", "response", "result"];

/// Common names of properties with the items of a list.
const ITEMS: &[&str] = &[
    "data",
    "docs",
    "edges",
    "elements",
    "entries",
    "hits",
    "items",
    "list",
    "nodes",
    "objects",
    "records",
    "resources",
    "result",
    "results",
    "rows",
    "values",
];

/// Lists of metadata about the call.
const ASIDE: &[&str] = &["errors", "included", "links", "messages", "warnings"];

fn of_schema(doc: &Document, schema: Child, last: Option<&Words>, may_be_envelope: bool) -> Listed {
    let parts = parts(doc, schema);
    if parts.iter().any(|part| is_list(doc, part)) {
        return Listed::Bare;
    }
    let properties = parts.iter().flat_map(|part| &part.keywords.properties);
    let is_named =
        |words: &Words| last.is_some_and(|last| ends_with(last, words) || ends_with(words, last));
    let is_aside = |name: &str| ASIDE.contains(&name) && !is_named(&Words::of(name));
    let properties = properties.filter(|(name, _)| !is_aside(name));
    let (lists, others): (Vec<_>, Vec<_>) = properties.partition(|(_, property)| {
        self::parts(doc, **property)
            .iter()
            .any(|part| is_list(doc, part))
    });
    let is_about = |(name, _): &(&String, &Child)| {
        let words = Words::of(name);
        has_items(&words, last) || is_named(&words)
    };
    let own = match lists.iter().any(is_about) {
        true => Listed::Whole,
        false if lists.is_empty() => Listed::No,
        false => Listed::Among,
    };
    let is_envelope = |name: &str| ENVELOPES.contains(&name) || is_named(&Words::of(name));
    let inner = others
        .into_iter()
        .filter(|(name, _)| may_be_envelope && is_envelope(name));
    let inner = inner
        .map(|(_, property)| of_schema(doc, *property, last, false))
        .max();
    own.max(inner.unwrap_or_default())
}

/// Returns whether a list has a common name such as `items`, alone or after the name of the path's last segment.
fn has_items(list: &Words, last: Option<&Words>) -> bool {
    let Some((end, before)) = list
        .text()
        .rsplit_once(' ')
        .map(|(before, end)| (end, before))
    else {
        return ITEMS.contains(&list.text());
    };
    let is_same = |last: &Words| singular(last.text()) == singular(before);
    ITEMS.contains(&end) && last.is_some_and(is_same)
}

/// Returns whether `words` end with `end`, regardless of singular and plural.
fn ends_with(words: &Words, end: &Words) -> bool {
    let (words, end) = (singular(words.text()), singular(end.text()));
    let before = words.strip_suffix(&*end);
    before.is_some_and(|before| before.is_empty() || before.ends_with(' '))
}

/// Returns whether all values of a schema are lists.
fn is_list(doc: &Document, part: &SchemaView) -> bool {
    let own = &part.keywords;
    let is_array = |part: &&SchemaView| {
        part.keywords.json_type == Some(JsonType::Array) || part.keywords.items.is_some()
    };
    let unions = [&own.one_of, &own.any_of];
    let mut unions = unions.iter().filter(|list| !list.is_empty());
    is_array(&part) || unions.any(|list| list.iter().all(|it| parts(doc, *it).iter().any(is_array)))
}

/// Returns the parts of a schema: itself, the members of `allOf`, and the only alternative beside null.
fn parts(doc: &Document, schema: Child) -> Vec<&SchemaView> {
    const MOST: usize = 32;
    let mut left: Vec<usize> = schema.into_iter().collect();
    let mut found = Vec::new();
    let mut steps = 0..MOST;
    while let (Some(pos), Some(_)) = (left.pop(), steps.next()) {
        match doc.schemas.get(pos) {
            Some(Entry::Reference(target)) => left.extend(target),
            Some(Entry::Schema(view)) => {
                let own = &view.keywords;
                let unions = [&own.one_of, &own.any_of].into_iter();
                let single = unions.filter(|list| list.len() == 1).flatten();
                left.extend(own.all_of.iter().chain(single).flatten());
                found.push(view.as_ref());
            }
            None => {}
        }
    }
    found
}
