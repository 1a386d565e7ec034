// Generated from "Fine-tuning checkpoint permissions" 1.0.0. Do not edit: change the document or its overlay and generate again. @generated
//! `fine_tuning/checkpoints`

pub mod permissions;

use crate::fine_tuning::checkpoints::permissions::Permissions;
use crate::runtime::Client;

/// `fine_tuning/checkpoints`
#[derive(Clone, Debug)]
pub struct Checkpoints {
    client: Client,
}

impl Checkpoints {
    pub(crate) fn new(client: Client) -> Self {
        Self { client }
    }

    /// `fine_tuning/checkpoints/permissions`
    pub fn permissions(&self) -> Permissions {
        Permissions::new(self.client.clone())
    }
}
