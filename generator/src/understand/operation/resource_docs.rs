//! Descriptions of resources.
//!
//! In: [`Declared`] operations with the names of their methods. Out: [`ResourceDoc`]s. Not here: operations, types.

use indexmap::IndexMap;

use super::declared::Declared;
use crate::document::Document;
use crate::model::api::{Doc as Text, ResourceDoc};
use crate::understand::schema::annotations;

/// Returns the descriptions of top-level resources. A resource gets the description of a tag that all of its operations have.
pub(super) fn resources(doc: &Document, declared: &[Declared]) -> Vec<ResourceDoc> {
    let mut tags: IndexMap<&str, Option<&str>> = IndexMap::new();
    for declared in declared {
        let tag = declared.operation.tags.first().map(String::as_str);
        for method in &declared.methods {
            let Some(first) = method.resource.iter().flatten().next() else {
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
