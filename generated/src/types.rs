// @generated from "Fine-tuning checkpoint permissions" 1.0.0. Do not edit: change the document or its overlay, and generate again.
//! All types of requests and responses.
//!
//! A field that is optional or nullable is an `Option`. A field that is both is an `Option<Option<_>>`: `None` means that it is
//! missing, and `Some(None)` that it is null.

pub use crate::fine_tuning::checkpoints::permissions::{
    CheckpointPermissionObject, ListObject, Order, Permission, PermissionCreate,
    PermissionDeleted, PermissionList, PermissionPage,
};
