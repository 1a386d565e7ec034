// @generated from "Fine-tuning checkpoint permissions" 1.0.0. Do not edit: change the document or its overlay, and generate again.
//! Manage fine-tuning jobs and the models that come from them.

use crate::fine_tuning::checkpoints::Checkpoints;
use crate::runtime::Client;

pub mod checkpoints;

impl Client {
    /// Manage fine-tuning jobs and the models that come from them.
    pub fn fine_tuning(&self) -> FineTuning {
        FineTuning::new(self.clone())
    }
}

/// Manage fine-tuning jobs and the models that come from them.
///
/// Returned by `client.fine_tuning()`.
#[derive(Clone, Debug)]
pub struct FineTuning {
    client: Client,
}

impl FineTuning {
    pub(crate) fn new(client: Client) -> Self {
        Self { client }
    }

    pub fn checkpoints(&self) -> Checkpoints {
        Checkpoints::new(self.client.clone())
    }
}
