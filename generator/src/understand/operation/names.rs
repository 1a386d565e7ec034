//! The steps that need all operations: clashes of names, and descriptions of resources.
//!
//! In: [`Declared`] operations. Out: the same with names that differ, and [`ResourceDoc`]s. Not here: Rust words (see `plan`).

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;

use super::declared::Declared;
use crate::document::Document;
use crate::model::api::{Doc as Text, ResourceDoc};
use crate::report::{Code, Report};
use crate::understand::schema::annotations;
use crate::understand::x_client;

/// If methods of a resource have the same name, those that `x-client` does not name are named after their ids.
pub(super) fn settle(declared: &mut [Declared], report: &mut Report) {
    let mut count: HashMap<(Vec<String>, String), usize> = HashMap::new();
    for method in declared.iter().flat_map(|declared| &declared.methods) {
        let key = (method.resource.clone(), method.name.clone());
        *count.entry(key).or_default() += 1;
    }
    let mut given = HashSet::new();
    for declared in declared {
        for method in &mut declared.methods {
            let key = (method.resource.clone(), method.name.clone());
            if count.get(&key) == Some(&1) {
                continue;
            }
            if !method.named {
                method.name.clone_from(&declared.id);
            } else if declared.selected && !given.insert(key) {
                let resource = method.resource.join(".");
                let text = format!(
                    "another method of {resource} has the name `{}`",
                    method.name
                );
                let at = declared.at.child(x_client::KEY);
                report.add(Code::DuplicateMethod, &at, text);
            }
        }
    }
}

/// Descriptions of resources at the top: of a tag that all of their operations have.
pub(super) fn resources(doc: &Document, declared: &[Declared]) -> Vec<ResourceDoc> {
    let mut tags: IndexMap<&str, Option<&str>> = IndexMap::new();
    for declared in declared {
        let tag = declared.operation.tags.first().map(String::as_str);
        for method in &declared.methods {
            let Some(first) = method.resource.first() else {
                continue;
            };
            tags.entry(first)
                .and_modify(|known| *known = known.filter(|known| tag == Some(known)))
                .or_insert(tag);
        }
    }
    tags.into_iter()
        .filter_map(|(resource, tag)| {
            let tags = &doc.tags;
            let tag = tags.iter().find(|known| Some(known.name.as_str()) == tag)?;
            let summary = tag.newer.summary.as_deref();
            let doc = Text {
                summary: Some(summary.unwrap_or(&tag.name).to_owned()),
                description: tag.description.clone(),
                notes: tag
                    .external_docs
                    .as_ref()
                    .map(annotations::external_docs_note)
                    .into_iter()
                    .collect(),
                deprecated: false,
            };
            let path = vec![resource.into()];
            Some(ResourceDoc { path, doc })
        })
        .collect()
}
