//! Replaces references by their targets.
//!
//! In: the document and its files, all references followed. Out: the document, without references outside of schemas.

use serde_json::Value;

use super::locate::{Documents, MAX_DEPTH};
use super::object::Object;
use super::objects::{self, Expected, Siblings};
use super::repair;
use super::state::{Site, Walk};
use crate::document::log::Log;
use crate::maps::HashSet;
use crate::report::{Code, Pointer};

/// The most values that replace references, in total.
const MAX_SPLICED: usize = 4 << 20;

/// Replaces references by their targets in all parts that are decoded; drops the rest of the components.
pub(super) fn run(walk: &mut Walk, mut documents: Documents) -> Value {
    let mut sites: Vec<(Pointer, Site)> = std::mem::take(&mut walk.sites).into_iter().collect();
    sites.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
    let mut splicer = Splicer {
        sites: &sites,
        documents: &documents,
        report: &mut walk.report,
        budget: MAX_SPLICED,
        reported: HashSet::default(),
    };
    let decoded = sites.iter().filter(|(at, _)| objects::is_decoded(at));
    let values: Vec<(&Pointer, Value)> = outermost(decoded)
        .map(|(at, site)| {
            (
                at,
                splicer.value(at, site, documents.get(at), &mut Vec::new()),
            )
        })
        .collect();
    for (at, value) in values {
        if let Some(place) = documents.get_mut(at) {
            *place = value;
        }
    }
    let mut root = documents.root;
    if let Some(info @ Value::Null) = root.get_mut("info") {
        let mut map = Object::new();
        repair::info(&mut map, &Pointer::root().child("info"), &mut walk.report);
        *info = Value::Object(map);
    }
    if let Some(Value::Object(components)) = root.get_mut("components") {
        components.retain(|key, _| !objects::is_spliced_section(key));
    }
    root
}

/// Returns the sites that are not siblings of another site's reference. The sites must be sorted.
fn outermost<'a>(
    sites: impl Iterator<Item = &'a (Pointer, Site)>,
) -> impl Iterator<Item = &'a (Pointer, Site)> {
    let mut last: Option<&Pointer> = None;
    sites.filter(move |(at, _)| {
        let is_inside = |last: &Pointer| {
            let rest = at.as_str().strip_prefix(last.as_str());
            rest.is_some_and(|rest| rest.starts_with('/'))
        };
        let is_outer = !last.is_some_and(is_inside);
        if is_outer {
            last = Some(at);
        }
        is_outer
    })
}

struct Splicer<'a, 'r> {
    /// Sorted, so the sites inside a value are adjacent.
    sites: &'a [(Pointer, Site)],
    documents: &'a Documents,
    report: &'a mut Log<'r>,
    budget: usize,
    /// References with a diagnostic, which is reported once however often the value is copied.
    reported: HashSet<Pointer>,
}

impl<'a> Splicer<'a, '_> {
    /// Returns the target of the reference at `at`, with all references in it replaced, and with
    /// its siblings.
    fn value(
        &mut self,
        at: &Pointer,
        site: &'a Site,
        found: Option<&Value>,
        trail: &mut Vec<&'a Pointer>,
    ) -> Value {
        let mut value = match &site.target {
            Some(target) => self.target(at, target, trail),
            None => Value::Null,
        };
        if let Some(Value::Object(beside)) = found {
            let beside = beside.iter().filter(|(key, _)| *key != "$ref");
            for (key, found) in beside {
                let found = self.spliced_copy(&at.child(key), found, trail);
                self.merge_siblings(at, site.shape, &mut value, key, found);
            }
        }
        value
    }

    /// Returns a copy of the target of a reference.
    fn target(&mut self, at: &Pointer, target: &'a Pointer, trail: &mut Vec<&'a Pointer>) -> Value {
        let Some(found) = self.documents.get(target) else {
            return Value::Null;
        };
        if trail.contains(&target) || trail.len() >= MAX_DEPTH {
            if self.reported.insert(at.clone()) {
                let text = format!("{target} refers to itself");
                self.report.lose(Code::CyclicRef, at, text);
            }
            return Value::Null;
        }
        if self.budget == 0 {
            return Value::Null;
        }
        self.budget = self.budget.saturating_sub(count(found));
        if self.budget == 0 {
            let text = "the targets of references are too large in total, so this one is cut off";
            self.report.lose(Code::TooLarge, at, text);
            return Value::Null;
        }
        trail.push(target);
        let value = self.spliced_copy(target, found, trail);
        trail.pop();
        value
    }

    /// Returns a copy of a value, without references.
    fn spliced_copy(&mut self, at: &Pointer, found: &Value, trail: &mut Vec<&'a Pointer>) -> Value {
        let sites = self.sites;
        if let Ok(index) = sites.binary_search_by(|(site, _)| site.cmp(at)) {
            return self.value(at, &sites[index].1, Some(found), trail);
        }
        let mut value = found.clone();
        if !found.is_object() && !found.is_array() {
            return value;
        }
        let prefix = format!("{at}/");
        let first = sites.partition_point(|(site, _)| site.as_str() < prefix.as_str());
        let inside = sites[first..].iter();
        let inside = inside.take_while(|(site, _)| site.as_str().starts_with(&prefix));
        for (inner, site) in outermost(inside) {
            let spliced = self.value(inner, site, self.documents.get(inner), trail);
            if let Some(place) = value.pointer_mut(&inner.as_str()[at.as_str().len()..]) {
                *place = spliced;
            }
        }
        value
    }

    /// Merges the siblings of a reference into its target.
    fn merge_siblings(
        &mut self,
        at: &Pointer,
        shape: Expected,
        value: &mut Value,
        key: &str,
        beside: Value,
    ) {
        if value.is_null() && objects::siblings(shape) == Siblings::Merged {
            *value = Value::Object(Object::new());
        }
        let text = match value {
            Value::Object(map) => {
                let is_description = matches!(key, "summary" | "description");
                match map.insert(key.to_owned(), beside) {
                    Some(_) if !is_description => {
                        format!("`{key}` beside this $ref replaces the one that it leads to")
                    }
                    Some(_) | None => return,
                }
            }
            Value::Null => return,
            Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
                format!("`{key}` has no meaning beside a $ref")
            }
        };
        if self.reported.insert(at.child(key)) {
            self.report.add(Code::RefSiblings, at, text);
        }
    }
}

/// Returns the number of values in a value, itself included.
fn count(value: &Value) -> usize {
    1 + match value {
        Value::Object(map) => map.values().map(count).sum(),
        Value::Array(list) => list.iter().map(count).sum(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 0,
    }
}
