// @generated from "Fine-tuning checkpoint permissions" 1.0.0. Do not edit: change the document or its overlay, and generate again.
//! All types of requests and responses.
//!
//! A field that may be missing or null is an `Option`. If a request can contain it, and absence and null differ, it is an
//! `Option<Option<_>>`: `None` if it is missing, `Some(None)` if it is null.

pub use crate::fine_tuning::checkpoints::permissions::{
    Order, Permission, PermissionCreate, PermissionDeleted, PermissionDeletedObject,
    PermissionList, PermissionListObject, PermissionObject, PermissionPage,
    PermissionPageObject,
};
