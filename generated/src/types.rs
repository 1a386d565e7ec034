// Generated from "Fine-tuning checkpoint permissions" 1.0.0. Do not edit: change the document or its overlay and generate again. @generated
//! Every type of the document.

pub use crate::fine_tuning::checkpoints::permissions::{
    Order, Permission, PermissionCreate, PermissionDeleted, PermissionList, PermissionListObject, PermissionObject,
    PermissionPage,
};
