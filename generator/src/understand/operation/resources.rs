//! What needs all operations: clashes of names, and the descriptions of resources.
//!
//! In: [`Draft`]s. Out: the same with names that differ, and [`ResourceDoc`]s. Not here: Rust words (see `plan`).

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;

use super::Draft;
use crate::document::Doc;
use crate::model::api::{Doc as Text, ResourceDoc};
use crate::report::Code;
use crate::understand::client;
use crate::understand::schema::annotations;
use crate::understand::schema::cx::Cx;

/// Where methods of a resource would have the same name, those that were not given one are named after their ids.
pub(super) fn settle_names(cx: &mut Cx, drafts: &mut [Draft]) {
    let key = |draft: &Draft| (draft.op.resource.clone(), draft.op.name.clone());
    let mut groups: HashMap<_, Vec<usize>> = HashMap::new();
    for (index, draft) in drafts.iter().enumerate() {
        groups.entry(key(draft)).or_default().push(index);
    }
    let clashes: HashSet<usize> = groups
        .into_values()
        .filter(|group| group.len() > 1)
        .flatten()
        .collect();
    let mut given = HashSet::new();
    for (_, draft) in drafts
        .iter_mut()
        .enumerate()
        .filter(|(index, _)| clashes.contains(index))
    {
        if !draft.given {
            draft.op.name = draft.op.id.clone();
        } else if !given.insert(key(draft)) {
            let text = format!(
                "there is another method `{}` of {}",
                draft.op.name,
                draft.op.resource.join(".")
            );
            cx.report
                .add(Code::DuplicateMethod, &draft.op.at.child(client::KEY), text);
        }
    }
}

/// Descriptions of resources at the top: of a tag that all of their operations have.
pub(super) fn resources(doc: &Doc, drafts: &[Draft]) -> Vec<ResourceDoc> {
    let mut tags: IndexMap<&str, Option<&str>> = IndexMap::new();
    for draft in drafts {
        let Some(first) = draft.op.resource.first() else {
            continue;
        };
        tags.entry(first)
            .and_modify(|known| *known = known.filter(|known| draft.tag == Some(known)))
            .or_insert(draft.tag);
    }
    tags.into_iter()
        .filter_map(|(resource, tag)| {
            let tag = doc
                .openapi
                .tags
                .iter()
                .find(|stated| Some(stated.name.as_str()) == tag)?;
            let summary = tag.extensions.get("summary").and_then(|text| text.as_str());
            let doc = Text {
                summary: Some(summary.unwrap_or(&tag.name).to_owned()),
                description: tag.description.clone(),
                more: tag.external_docs.as_ref().map(annotations::elsewhere),
                deprecated: false,
            };
            Some(ResourceDoc {
                path: vec![resource.into()],
                doc,
            })
        })
        .collect()
}
