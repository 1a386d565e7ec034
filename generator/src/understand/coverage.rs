//! The part of the document that the output covers.
//!
//! In: the document and the selected operations. Out: a [`Coverage`], which tells the report which diagnostics to leave out
//! because they are about other parts. Not here: the report.

use std::collections::{BTreeMap, BTreeSet};

use super::reach;
use super::select::Unselected;
use crate::document::Document;
use crate::model::api::Api;
use crate::model::origin::{Origin, Section};
use crate::report::Pointer;

/// A set of locations in the document.
pub enum Coverage {
    Whole,
    Selected(Selected),
}

/// The parts of the document that the selected operations need.
pub struct Selected {
    /// The selection of each operation, by its path and its pointer.
    operations: BTreeMap<String, BTreeMap<String, bool>>,
    /// The keys of the component schemas.
    schemas: BTreeSet<String>,
    /// The other components.
    shared: BTreeSet<(Section, String)>,
    /// Whether the client has types for webhooks.
    webhooks: bool,
}

impl Coverage {
    /// Returns the parts that the operations and types of a model need. The other operations of the document are excluded.
    pub fn selected(doc: &Document, api: &Api, others: &[Unselected]) -> Self {
        let ops = api.ops.iter().map(|op| &op.at);
        let own: Vec<&Pointer> = (ops.clone())
            .chain(api.skipped.iter().map(|op| &op.at))
            .chain(api.webhooks.requests.iter().map(|webhook| &webhook.at))
            .collect();
        let roots: Vec<&Pointer> = ops.chain(api.types.iter().map(|def| &def.at)).collect();
        let mut selected = Selected {
            operations: BTreeMap::new(),
            schemas: BTreeSet::new(),
            shared: BTreeSet::new(),
            webhooks: !api.webhooks.requests.is_empty(),
        };
        for at in reach::shared(doc, &own).iter().filter(|at| is_here(at)) {
            if let Origin::Shared(section, key) = Origin::of(at) {
                selected.shared.insert((section, key));
            }
        }
        for at in reach::reached(doc, &roots).iter().filter(|at| is_here(at)) {
            if let Origin::Schema(key) = Origin::of(at) {
                selected.schemas.insert(key);
            }
        }
        let others = others.iter().map(|op| (&op.at, false));
        for (at, is_selected) in others.chain(own.into_iter().map(|at| (at, true))) {
            let (path, operation) = match Origin::of(at) {
                Origin::Operation { path, operation } => (path, operation),
                Origin::Path(path) => (path, String::new()),
                Origin::Schema(_) | Origin::Shared(..) | Origin::Webhook | Origin::Document => {
                    continue;
                }
            };
            let operations = selected.operations.entry(path).or_default();
            operations.insert(operation, is_selected);
        }
        Self::Selected(selected)
    }

    /// Returns whether a location belongs to the client. Every location outside of operations, components and webhooks does.
    pub fn contains(&self, at: &Pointer) -> bool {
        let Self::Selected(selected) = self else {
            return true;
        };
        if !is_here(at) {
            return true;
        }
        match Origin::of(at) {
            Origin::Schema(key) => selected.schemas.contains(&key),
            Origin::Shared(section, key) => selected.shared.contains(&(section, key)),
            Origin::Webhook => selected.webhooks,
            Origin::Document => true,
            Origin::Path(path) => is_any_selected(selected.operations.get(&path)),
            Origin::Operation { path, operation } => {
                let operations = selected.operations.get(&path);
                match operations.and_then(|known| known.get(&operation)) {
                    Some(is_selected) => *is_selected,
                    // The location is the path itself.
                    None => is_any_selected(operations),
                }
            }
        }
    }
}

fn is_any_selected(operations: Option<&BTreeMap<String, bool>>) -> bool {
    operations.is_none_or(|known| known.values().any(|is_selected| *is_selected))
}

/// Returns whether a location is in the main document and not in another file.
fn is_here(at: &Pointer) -> bool {
    at.file().is_empty()
}
