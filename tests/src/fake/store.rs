//! The permissions of checkpoints, in memory.
//!
//! In: checkpoints and projects. Out: permissions. Not here: requests and replies.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::Value;

use super::answer::permission;

/// The checkpoint of the documented `create` and `delete`.
const EXAMPLE: &str = "ft:gpt-4o-mini-2024-07-18:org:weather:B7R9VjQd";

/// The permissions of the documented examples, the newest first: id, project, time.
const EXAMPLES: [(&str, &str, i64); 2] = [
    (
        "cp_zc4Q7MP6XxulcVzj4MZdwsAB",
        "proj_abGMw1llN8IrBb6SvvY5A1iH",
        1_721_764_867,
    ),
    (
        "cp_enQCFmOTGj3syEpYVhBRLTSy",
        "proj_iqGMw1llN8IrBb6SvvY5A1oF",
        1_721_764_800,
    ),
];

/// The permissions of all checkpoints.
#[derive(Debug, Default)]
pub(super) struct Grants(Mutex<Store>);

#[derive(Debug, Default)]
struct Store {
    made: i64,
    by_checkpoint: HashMap<String, Vec<Grant>>,
}

#[derive(Clone, Debug)]
pub(super) struct Grant {
    pub(super) id: String,
    pub(super) project: String,
    created_at: i64,
}

impl Grant {
    pub(super) fn to_json(&self) -> Value {
        permission(&self.id, &self.project, self.created_at)
    }
}

impl Grants {
    fn lock(&self) -> MutexGuard<'_, Store> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds permissions even if they exist, as the service does: a `create` that is sent twice leaves two permissions.
    pub(super) fn add(&self, checkpoint: &str, projects: Vec<String>) -> Vec<Grant> {
        let mut store = self.lock();
        let mut made = Vec::new();
        for project in projects {
            store.made += 1;
            let number = store.made;
            made.push(Grant {
                id: format!("cp_{number:04}"),
                project,
                created_at: 1_700_000_000 + number,
            });
        }
        store
            .by_checkpoint
            .entry(checkpoint.to_owned())
            .or_default()
            .extend(made.iter().cloned());
        made
    }

    /// Adds the permissions of the documented examples, with their ids.
    pub(super) fn add_examples(&self) {
        let mut store = self.lock();
        for (checkpoint, count) in [("ft-AF1WoRqd3aJAHsqc9NY7iL8F", 2), (EXAMPLE, 1)] {
            let grants = EXAMPLES.iter().take(count).rev();
            let grants = grants.map(|(id, project, created_at)| Grant {
                id: (*id).to_owned(),
                project: (*project).to_owned(),
                created_at: *created_at,
            });
            let all = store.by_checkpoint.entry(checkpoint.to_owned());
            all.or_default().extend(grants);
        }
    }

    /// The permissions of a checkpoint, the oldest first.
    pub(super) fn of(&self, checkpoint: &str) -> Vec<Grant> {
        let grants = self.lock().by_checkpoint.get(checkpoint).cloned();
        grants.unwrap_or_default()
    }

    /// Removes a permission. `None` if the checkpoint does not have it.
    pub(super) fn remove(&self, checkpoint: &str, id: &str) -> Option<Grant> {
        let mut store = self.lock();
        let grants = store.by_checkpoint.get_mut(checkpoint)?;
        let at = grants.iter().position(|grant| grant.id == id)?;
        Some(grants.remove(at))
    }

    pub(super) fn clear(&self) {
        *self.lock() = Store::default();
    }
}
