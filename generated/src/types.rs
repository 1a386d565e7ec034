// @generated from "Fine-tuning checkpoint permissions" 1.0.0. Do not edit: change the document or its overlay, and generate again.
//! All types of requests and replies.
//!
//! A field that may be missing or null is an `Option`. One that may be both is an `Option<Option<_>>`: `None` is missing,
//! `Some(None)` is null.

pub use crate::fine_tuning::checkpoints::permissions::{
    CheckpointPermissionObject, ListObject, Order, Permission, PermissionCreate,
    PermissionDeleted, PermissionList, PermissionPage,
};
