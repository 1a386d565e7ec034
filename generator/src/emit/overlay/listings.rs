//! Listings, and operations that look like one.
//!
//! In: the listings of the model. Out: a section, unless there are none.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::names::call;
use super::writer::Writer;
use crate::emit::EmitCx;
use crate::emit::rust::paging;
use crate::emit::text::{self, request};
use crate::model::api::{
    Api, End, Listing, NextPage, Op, OpId, Paging, PagingSource, Param, ParamLocation, Position,
    Unclear,
};

pub fn write(cx: &EmitCx, writer: &mut Writer) {
    let ops = cx.api.ops.iter().enumerate();
    let ops: Vec<(OpId, &Op)> = ops.map(|(index, op)| (OpId(index), op)).collect();
    if ops.iter().all(|(_, op)| op.listing == Listing::No) {
        return;
    }
    writer.heading("Listings");
    writer.say(
        "The calls of listings have `items()` and `pages()`, which request all pages. `pagination: false` says that an \
         operation is none.",
    );
    // Methods of one operation share its settings.
    let mut seen = BTreeSet::new();
    for (id, op) in ops {
        if op.listing != Listing::No && seen.insert(&op.at) {
            listing(cx, id, op, writer);
        }
    }
}

fn listing(cx: &EmitCx, id: OpId, op: &Op, writer: &mut Writer) {
    let about = |how: &str| format!("{}, {}: {how}.", call(cx, id), request::code(op));
    match &op.listing {
        Listing::No => {}
        Listing::Unclear(unclear) => {
            let reason = text::paging::unclear_reason(unclear);
            writer.say(&about(&format!("its pages are not followed: {reason}")));
            if *unclear != Unclear::Forbidden {
                writer.set(&op.at, "pagination", json!(false));
            }
        }
        Listing::Pages(pages) => {
            writer.say(&about(&text::paging::reason(pages)));
            if pages.source == PagingSource::Recognised
                && let Some(keys) = declaration(cx.api, op, pages)
            {
                writer.set(&op.at, "pagination", json!(keys));
            }
        }
    }
}

/// Returns the keys that declare a pagination, if there are some for it.
fn declaration(api: &Api, op: &Op, pages: &Paging) -> Option<Value> {
    let mut keys = Map::new();
    let mut add = |key: &str, value: Value| drop(keys.insert(key.to_owned(), value));
    let items = paging::items(api, &pages.items);
    if !items.is_empty() {
        add("items", items.join(".").into());
    }
    let (to, from) = match &pages.next {
        NextPage::Header { .. } => return None,
        NextPage::Single | NextPage::Link(_) => (None, None),
        NextPage::Url { from } => (None, Some(("url", from))),
        NextPage::Token { from, to } => (Some(("cursor", to)), Some(("next", from))),
        NextPage::LastItem { key, to } => (Some(("cursor", to)), Some(("last", key))),
        NextPage::Page { to, .. } => (Some(("page", to)), None),
        NextPage::Offset { to, .. } => (Some(("offset", to)), None),
    };
    if let NextPage::Link(_) = pages.next {
        add("link", true.into());
    }
    match to {
        None => {}
        Some((key, Position::Body(path))) => {
            add("inBody", true.into());
            add(key, path.join(".").into());
        }
        Some((key, Position::Query(wire))) => {
            // A property of a parameter has no name of its own.
            let is_it = |it: &&Param| it.location == ParamLocation::Query && it.wire == *wire;
            add(key, op.params.iter().find(is_it)?.wire.as_str().into());
        }
    }
    if let Some((key, path)) = from {
        add(key, path.join(".").into());
    }
    match &pages.end {
        End::Unknown => {}
        End::Last(_) => return None,
        End::More(path) => add("more", path.join(".").into()),
        End::Items(path) => add("total", path.join(".").into()),
        End::Pages(path) => add("pages", path.join(".").into()),
    }
    Some(Value::Object(keys))
}
