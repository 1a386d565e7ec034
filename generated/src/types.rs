// @generated from "Fine-tuning checkpoint permissions" 1.0.0. Do not edit: change the document or its overlay, and generate again.
//! All types of requests and responses.
//!
//! A field that may be missing or null is an `Option`. If a request can contain it, and absence and null differ, it is an
//! `Option<Option<_>>`: `None` if it is missing, `Some(None)` if it is null.

use std::time::SystemTime;

use crate::runtime::{Constant, Extra, Page, constants, object, string_enum, unix_time};

#[derive(Clone)]
#[non_exhaustive]
pub enum Order {
    /// `ascending`.
    Ascending,
    /// `descending`.
    Descending,
    /// A value that the document does not list.
    Other(String),
}

string_enum!(Order { "ascending" => Ascending, "descending" => Descending });

/// The `checkpoint.permission` object represents a permission for a fine-tuned model checkpoint.
#[cfg_attr(feature = "test-util", derive(Default))]
#[non_exhaustive]
pub struct Permission {
    /// The permission identifier, which can be referenced in the API endpoints.
    pub id: String,
    /// The Unix timestamp (in seconds) for when the permission was created.
    /// See [`created_at_time`](Self::created_at_time()).
    pub created_at: i64,
    /// The project identifier that the permission is for.
    pub project_id: String,
    /// The object type, which is always "checkpoint.permission".
    pub object: Constant<literals::CheckpointPermission>,
    pub extra: Extra,
}

object!(Permission {
    "id" => id: required,
    "created_at" => created_at: required,
    "project_id" => project_id: required,
    "object" => object: required;
    extra
});

impl Permission {
    /// Returns [`created_at`](field@Self::created_at) as a [`SystemTime`], or `None` if the platform cannot represent it.
    pub fn created_at_time(&self) -> Option<SystemTime> {
        unix_time(self.created_at)
    }

    /// Returns [`created_at`](field@Self::created_at) as a [`jiff::Timestamp`], or `None` if it is out of range.
    #[cfg(feature = "jiff")]
    pub fn created_at_timestamp(&self) -> Option<jiff::Timestamp> {
        jiff::Timestamp::from_second(self.created_at).ok()
    }
}

/// The projects to share a checkpoint with.
#[non_exhaustive]
pub struct PermissionCreate {
    /// The project identifiers to grant access to.
    pub project_ids: Vec<String>,
}

object!(PermissionCreate { "project_ids" => project_ids: required });

impl PermissionCreate {
    /// Creates a value with the required fields set.
    pub fn new(project_ids: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self {
            project_ids: project_ids.into_iter().map(Into::into).collect(),
        }
    }
}

/// What came of deleting a permission.
#[cfg_attr(feature = "test-util", derive(Default))]
#[non_exhaustive]
pub struct PermissionDeleted {
    /// The ID of the fine-tuned model checkpoint permission that was deleted.
    pub id: String,
    /// The object type, which is always "checkpoint.permission".
    pub object: Constant<literals::CheckpointPermission>,
    /// Whether the fine-tuned model checkpoint permission was successfully deleted.
    pub deleted: bool,
    pub extra: Extra,
}

object!(PermissionDeleted {
    "id" => id: required,
    "object" => object: required,
    "deleted" => deleted: required;
    extra
});

/// Permissions as the server lists them, with where the list goes on.
#[cfg_attr(feature = "test-util", derive(Default))]
#[non_exhaustive]
pub struct PermissionList {
    /// The permissions.
    pub data: Vec<Permission>,
    /// The object type, which is always `list`.
    pub object: Constant<literals::List>,
    /// The identifier of the first permission in `data`.
    pub first_id: Option<String>,
    /// The identifier of the last permission in `data`, which is where the next page starts after.
    pub last_id: Option<String>,
    /// Whether there are permissions after these.
    pub has_more: bool,
    pub extra: Extra,
}

object!(PermissionList {
    "data" => data: required,
    "object" => object: required,
    "first_id" => first_id: received,
    "last_id" => last_id: received,
    "has_more" => has_more: required;
    extra
});

/// One page of permissions.
#[cfg_attr(feature = "test-util", derive(Default))]
#[non_exhaustive]
pub struct PermissionPage {
    /// The permissions.
    pub data: Vec<Permission>,
    /// The object type, which is always `list`.
    pub object: Constant<literals::List>,
    /// The identifier of the first permission in `data`.
    pub first_id: Option<String>,
    /// The identifier of the last permission in `data`, which is where the next page starts after.
    pub last_id: Option<String>,
    /// Whether there are permissions after these.
    pub has_more: Option<bool>,
    pub extra: Extra,
}

object!(PermissionPage {
    "data" => data: required,
    "object" => object: required,
    "first_id" => first_id: received,
    "last_id" => last_id: received,
    "has_more" => has_more: received;
    extra
});

impl Page for PermissionPage {
    type Item = Permission;

    fn items(&self) -> &[Permission] {
        &self.data
    }

    fn into_items(self) -> Vec<Permission> {
        self.data
    }
}

constants!({ "checkpoint.permission" => CheckpointPermission, "list" => List });
