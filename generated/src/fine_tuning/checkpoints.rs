// @generated from "Fine-tuning checkpoint permissions" 1.0.0. Do not edit: change the document or its overlay, and generate again.

use crate::fine_tuning::checkpoints::permissions::Permissions;
use crate::runtime::Client;

#[cfg_attr(
    doctest,
    doc = include_str!("../../docs/fine_tuning/checkpoints/permissions.md")
)]
pub mod permissions;

/// Returned by `client.fine_tuning().checkpoints()`.
#[derive(Clone, Debug)]
pub struct Checkpoints {
    client: Client,
}

impl Checkpoints {
    pub(crate) fn new(client: Client) -> Self {
        Self { client }
    }

    pub fn permissions(&self) -> Permissions {
        Permissions::new(self.client.clone())
    }
}
