// Generated from "Fine-tuning checkpoint permissions" 1.0.0. Do not edit: change the document or its overlay and generate again. @generated
//! `fine_tuning/checkpoints/permissions`

use std::time::SystemTime;

use crate::runtime::{Call, Client, Extra, Method, Next, Operation, Page, call, object, paged_call, string_enum, unix_time};
use crate::service::API_KEY_AUTH;

/// `fine_tuning/checkpoints/permissions`
#[derive(Clone, Debug)]
pub struct Permissions {
    client: Client,
}

impl Permissions {
    pub(crate) fn new(client: Client) -> Self {
        Self { client }
    }

    /// List checkpoint permissions
    ///
    /// **NOTE:** This endpoint requires an [admin API key](../admin-api-keys).
    ///
    /// Organization owners can use this endpoint to view all permissions for a fine-tuned model checkpoint.
    ///
    /// `GET /fine_tuning/checkpoints/{fine_tuned_model_checkpoint}/permissions`
    pub fn retrieve(&self, fine_tuned_model_checkpoint: impl AsRef<str>) -> Retrieve {
        let call = Call::new(&self.client, &RETRIEVE);
        Retrieve(call.path("fine_tuned_model_checkpoint", fine_tuned_model_checkpoint.as_ref()))
    }

    /// List checkpoint permissions
    ///
    /// **NOTE:** This endpoint requires an [admin API key](../admin-api-keys).
    ///
    /// Organization owners can use this endpoint to view all permissions for a fine-tuned model checkpoint.
    ///
    /// `GET /fine_tuning/checkpoints/{fine_tuned_model_checkpoint}/permissions`
    ///
    /// # Arguments
    ///
    /// - `fine_tuned_model_checkpoint`: The ID of the fine-tuned model checkpoint to get permissions for.
    ///
    /// # Errors
    ///
    /// See [`Error`](crate::Error).
    ///
    /// # Examples
    ///
    /// ```no_run
    /// # async fn run() -> openai_permissions::Result<()> {
    /// # let client = openai_permissions::Client::from_env()?;
    /// let permissions = client.fine_tuning().checkpoints().permissions();
    /// let page = permissions.list("ft-AF1WoRqd3aJAHsqc9NY7iL8F").await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn list(&self, fine_tuned_model_checkpoint: impl AsRef<str>) -> List {
        let call = Call::new(&self.client, &LIST);
        List(call.path("fine_tuned_model_checkpoint", fine_tuned_model_checkpoint.as_ref()))
    }

    /// Create checkpoint permissions
    ///
    /// **NOTE:** Calling this endpoint requires an [admin API key](../admin-api-keys).
    ///
    /// This enables organization owners to share fine-tuned models with other projects in their organization.
    ///
    /// `POST /fine_tuning/checkpoints/{fine_tuned_model_checkpoint}/permissions`
    pub fn create(
        &self,
        fine_tuned_model_checkpoint: impl AsRef<str>,
        project_ids: impl IntoIterator<Item = impl Into<String>>,
    ) -> Create {
        let body = PermissionCreate::new(project_ids);
        let call = Call::new(&self.client, &CREATE);
        Create(call.path("fine_tuned_model_checkpoint", fine_tuned_model_checkpoint.as_ref()).json(&body))
    }

    /// Delete checkpoint permission
    ///
    /// **NOTE:** This endpoint requires an [admin API key](../admin-api-keys).
    ///
    /// Organization owners can use this endpoint to delete a permission for a fine-tuned model checkpoint.
    ///
    /// `DELETE /fine_tuning/checkpoints/{fine_tuned_model_checkpoint}/permissions/{permission_id}`
    pub fn delete(&self, fine_tuned_model_checkpoint: impl AsRef<str>, permission_id: impl AsRef<str>) -> Delete {
        let call = Call::new(&self.client, &DELETE);
        let call = call.path("fine_tuned_model_checkpoint", fine_tuned_model_checkpoint.as_ref());
        Delete(call.path("permission_id", permission_id.as_ref()))
    }
}

static RETRIEVE: Operation = Operation {
    id: "listFineTuningCheckpointPermissions",
    method: Method::GET,
    path: "/fine_tuning/checkpoints/{fine_tuned_model_checkpoint}/permissions",
    query: &["after", "limit", "order", "project_id"],
    auth: &[&[&API_KEY_AUTH]],
    cursor: None,
};

static LIST: Operation = Operation {
    id: "listFineTuningCheckpointPermissions",
    method: Method::GET,
    path: "/fine_tuning/checkpoints/{fine_tuned_model_checkpoint}/permissions",
    query: &["after", "limit", "order", "project_id"],
    auth: &[&[&API_KEY_AUTH]],
    cursor: Some("after"),
};

static CREATE: Operation = Operation {
    id: "createFineTuningCheckpointPermission",
    method: Method::POST,
    path: "/fine_tuning/checkpoints/{fine_tuned_model_checkpoint}/permissions",
    query: &[],
    auth: &[&[&API_KEY_AUTH]],
    cursor: None,
};

static DELETE: Operation = Operation {
    id: "deleteFineTuningCheckpointPermission",
    method: Method::DELETE,
    path: "/fine_tuning/checkpoints/{fine_tuned_model_checkpoint}/permissions/{permission_id}",
    query: &[],
    auth: &[&[&API_KEY_AUTH]],
    cursor: None,
};

/// A call of [`Permissions::retrieve`].
#[derive(Clone, Debug)]
#[must_use = "a call does nothing until it is awaited"]
pub struct Retrieve(Call<PermissionList>);

impl Retrieve {
    /// Identifier for the last permission ID from the previous pagination request.
    pub fn after(self, after: impl Into<String>) -> Self {
        Self(self.0.query("after", after.into()))
    }

    /// Number of permissions to retrieve. Default: 10.
    pub fn limit(self, limit: i64) -> Self {
        Self(self.0.query("limit", limit))
    }

    /// The order in which to retrieve permissions. Default: `descending`.
    pub fn order(self, order: impl Into<Order>) -> Self {
        Self(self.0.query("order", order.into()))
    }

    /// The ID of the project to get permissions for.
    pub fn project_id(self, project_id: impl Into<String>) -> Self {
        Self(self.0.query("project_id", project_id.into()))
    }
}

call!(Retrieve => PermissionList);

/// A call of [`Permissions::list`]: await it for one page, or take its `items` or `pages`.
#[derive(Clone, Debug)]
#[must_use = "a call does nothing until it is awaited"]
pub struct List(Call<PermissionPage>);

impl List {
    /// Identifier for the last permission ID from the previous pagination request.
    pub fn after(self, after: impl Into<String>) -> Self {
        Self(self.0.query("after", after.into()))
    }

    /// Number of permissions to retrieve. Default: 10.
    pub fn limit(self, limit: i64) -> Self {
        Self(self.0.query("limit", limit))
    }

    /// The order in which to retrieve permissions. Default: `descending`.
    pub fn order(self, order: impl Into<Order>) -> Self {
        Self(self.0.query("order", order.into()))
    }

    /// The ID of the project to get permissions for.
    pub fn project_id(self, project_id: impl Into<String>) -> Self {
        Self(self.0.query("project_id", project_id.into()))
    }
}

paged_call!(List => PermissionPage);

/// A call of [`Permissions::create`].
#[derive(Clone, Debug)]
#[must_use = "a call does nothing until it is awaited"]
pub struct Create(Call<PermissionPage>);

paged_call!(Create => PermissionPage);

/// A call of [`Permissions::delete`].
#[derive(Clone, Debug)]
#[must_use = "a call does nothing until it is awaited"]
pub struct Delete(Call<PermissionDeleted>);

call!(Delete => PermissionDeleted);

/// The `checkpoint.permission` object represents a permission for a fine-tuned model checkpoint.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Permission {
    /// The permission identifier, which can be referenced in the API endpoints.
    pub id: String,
    /// The Unix timestamp (in seconds) for when the permission was created.
    pub created_at: i64,
    /// The project identifier that the permission is for.
    pub project_id: String,
    /// The object type, which is always "checkpoint.permission".
    pub object: PermissionObject,
    /// Properties that the document does not name, kept as they came and written back.
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
    /// `created_at` as a [`SystemTime`]; `None` where the platform cannot represent it.
    pub fn created_at_time(&self) -> Option<SystemTime> {
        unix_time(self.created_at)
    }

    /// `created_at` as a [`jiff::Timestamp`]; `None` where it is out of range.
    #[cfg(feature = "jiff")]
    pub fn created_at_timestamp(&self) -> Option<jiff::Timestamp> {
        jiff::Timestamp::from_second(self.created_at).ok()
    }
}

/// The object type, which is always "checkpoint.permission".
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PermissionObject {
    /// `checkpoint.permission`
    CheckpointPermission,
    /// A value that the document does not name.
    Other(String),
}

string_enum!(PermissionObject { "checkpoint.permission" => CheckpointPermission });

/// The envelope of a listing.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct PermissionList {
    /// `data`
    pub data: Vec<Permission>,
    /// `object`
    pub object: PermissionListObject,
    /// `first_id`
    pub first_id: Option<String>,
    /// `last_id`
    pub last_id: Option<String>,
    /// `has_more`
    pub has_more: bool,
    /// Properties that the document does not name, kept as they came and written back.
    pub extra: Extra,
}

object!(PermissionList {
    "data" => data: required,
    "object" => object: required,
    "first_id" => first_id: optional,
    "last_id" => last_id: optional,
    "has_more" => has_more: required;
    extra
});

/// `object` of a listing.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PermissionListObject {
    /// `list`
    List,
    /// A value that the document does not name.
    Other(String),
}

string_enum!(PermissionListObject { "list" => List });

/// One page of permissions.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct PermissionPage {
    /// `data`
    pub data: Vec<Permission>,
    /// `object`
    pub object: PermissionListObject,
    /// `first_id`
    pub first_id: Option<String>,
    /// `last_id`
    pub last_id: Option<String>,
    /// `has_more`
    pub has_more: Option<bool>,
    /// Properties that the document does not name, kept as they came and written back.
    pub extra: Extra,
}

object!(PermissionPage {
    "data" => data: required,
    "object" => object: required,
    "first_id" => first_id: optional,
    "last_id" => last_id: optional,
    "has_more" => has_more: optional;
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

    fn next(&self) -> Option<Next> {
        Next::cursor(self.has_more, self.last_id.as_deref())
    }
}

/// Projects to share a checkpoint with.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct PermissionCreate {
    /// The project identifiers to grant access to.
    pub project_ids: Vec<String>,
}

object!(PermissionCreate { "project_ids" => project_ids: required });

impl PermissionCreate {
    /// With its required properties.
    pub fn new(project_ids: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self { project_ids: project_ids.into_iter().map(Into::into).collect() }
    }
}

/// What is left of a deleted permission.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct PermissionDeleted {
    /// The ID of the fine-tuned model checkpoint permission that was deleted.
    pub id: String,
    /// The object type, which is always "checkpoint.permission".
    pub object: PermissionObject,
    /// Whether the fine-tuned model checkpoint permission was successfully deleted.
    pub deleted: bool,
    /// Properties that the document does not name, kept as they came and written back.
    pub extra: Extra,
}

object!(PermissionDeleted {
    "id" => id: required,
    "object" => object: required,
    "deleted" => deleted: required;
    extra
});

/// The order in which to retrieve permissions.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Order {
    /// `ascending`
    Ascending,
    /// `descending`
    Descending,
    /// A value that the document does not name.
    Other(String),
}

string_enum!(Order { "ascending" => Ascending, "descending" => Descending });
