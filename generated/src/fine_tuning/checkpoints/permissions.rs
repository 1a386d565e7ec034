// @generated from "Fine-tuning checkpoint permissions" 1.0.0. Do not edit: change the document or its overlay, and generate again.

use crate::runtime::{Call, Client, Method, Operation, Paging, call, paged_call};
use crate::service::API_KEY_AUTH;
use crate::types::{Order, PermissionCreate, PermissionDeleted, PermissionList, PermissionPage};

/// Returned by `client.fine_tuning().checkpoints().permissions()`.
#[derive(Clone, Debug)]
pub struct Permissions {
    client: Client,
}

impl Permissions {
    pub(crate) fn new(client: Client) -> Self {
        Self { client }
    }

    /// Retrieve one page of checkpoint permissions as the server sends it.
    ///
    /// **NOTE:** This endpoint requires an admin API key.
    ///
    /// Organization owners can use this endpoint to view all permissions for a fine-tuned model checkpoint.
    ///
    /// `GET /fine_tuning/checkpoints/{fine_tuned_model_checkpoint}/permissions`
    ///
    /// Requires the credential [`admin_api_key`](crate::ClientBuilder::admin_api_key) or [`api_key`](crate::ClientBuilder::api_key).
    ///
    /// # Arguments
    ///
    /// - `fine_tuned_model_checkpoint`: The ID of the fine-tuned model checkpoint to get permissions for.
    ///
    /// # Examples
    ///
    /// ```no_run
    /// # async fn example() -> openai_permissions::Result<()> {
    /// use openai_permissions::Client;
    ///
    /// let client = Client::from_env()?;
    /// let permissions = client.fine_tuning().checkpoints().permissions();
    /// let reply = permissions.retrieve("ft-AF1WoRqd3aJAHsqc9NY7iL8F").await?;
    /// println!("{reply:?}");
    /// # Ok(())
    /// # }
    /// ```
    pub fn retrieve(&self, fine_tuned_model_checkpoint: impl AsRef<str>) -> Retrieve {
        let call = Call::new(&self.client, &RETRIEVE_OPERATION)
            .path("fine_tuned_model_checkpoint", fine_tuned_model_checkpoint.as_ref());
        Retrieve(call)
    }

    /// List checkpoint permissions.
    ///
    /// **NOTE:** This endpoint requires an admin API key.
    ///
    /// Organization owners can use this endpoint to view all permissions for a fine-tuned model checkpoint.
    ///
    /// `GET /fine_tuning/checkpoints/{fine_tuned_model_checkpoint}/permissions`
    ///
    /// Requires the credential [`admin_api_key`](crate::ClientBuilder::admin_api_key) or [`api_key`](crate::ClientBuilder::api_key).
    ///
    /// # Arguments
    ///
    /// - `fine_tuned_model_checkpoint`: The ID of the fine-tuned model checkpoint to get permissions for.
    ///
    /// # Examples
    ///
    /// ```no_run
    /// # async fn example() -> openai_permissions::Result<()> {
    /// use openai_permissions::Client;
    ///
    /// let client = Client::from_env()?;
    /// let permissions = client.fine_tuning().checkpoints().permissions();
    /// let mut items = permissions.list("ft-AF1WoRqd3aJAHsqc9NY7iL8F").items();
    /// while let Some(item) = items.next().await {
    ///     let item = item?;
    ///     println!("{item:?}");
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn list(&self, fine_tuned_model_checkpoint: impl AsRef<str>) -> List {
        let call = Call::new(&self.client, &LIST_OPERATION)
            .path("fine_tuned_model_checkpoint", fine_tuned_model_checkpoint.as_ref());
        List(call)
    }

    /// Create checkpoint permissions.
    ///
    /// **NOTE:** Calling this endpoint requires an admin API key.
    ///
    /// This enables organization owners to share fine-tuned models with other projects in their organization.
    ///
    /// `POST /fine_tuning/checkpoints/{fine_tuned_model_checkpoint}/permissions`
    ///
    /// Requires the credential [`admin_api_key`](crate::ClientBuilder::admin_api_key) or [`api_key`](crate::ClientBuilder::api_key).
    ///
    /// # Arguments
    ///
    /// - `fine_tuned_model_checkpoint`: The ID of the fine-tuned model checkpoint to create a permission for.
    /// - `project_ids`: The project identifiers to grant access to.
    ///
    /// # Examples
    ///
    /// ```no_run
    /// # async fn example() -> openai_permissions::Result<()> {
    /// use openai_permissions::Client;
    ///
    /// let client = Client::from_env()?;
    /// let permissions = client.fine_tuning().checkpoints().permissions();
    /// let reply = permissions
    ///     .create(
    ///         "ft:gpt-4o-mini-2024-07-18:org:weather:B7R9VjQd",
    ///         ["proj_abGMw1llN8IrBb6SvvY5A1iH"],
    ///     )
    ///     .await?;
    /// println!("{reply:?}");
    /// # Ok(())
    /// # }
    /// ```
    pub fn create(
        &self,
        fine_tuned_model_checkpoint: impl AsRef<str>,
        project_ids: impl IntoIterator<Item = impl Into<String>>,
    ) -> Create {
        let call = Call::new(&self.client, &CREATE_OPERATION)
            .path("fine_tuned_model_checkpoint", fine_tuned_model_checkpoint.as_ref())
            .json(&PermissionCreate::new(project_ids));
        Create(call)
    }

    /// Delete checkpoint permission.
    ///
    /// **NOTE:** This endpoint requires an admin API key.
    ///
    /// Organization owners can use this endpoint to delete a permission for a fine-tuned model checkpoint.
    ///
    /// `DELETE /fine_tuning/checkpoints/{fine_tuned_model_checkpoint}/permissions/{permission_id}`
    ///
    /// Requires the credential [`admin_api_key`](crate::ClientBuilder::admin_api_key) or [`api_key`](crate::ClientBuilder::api_key).
    ///
    /// # Arguments
    ///
    /// - `fine_tuned_model_checkpoint`: The ID of the fine-tuned model checkpoint to delete a permission for.
    /// - `permission_id`: The ID of the fine-tuned model checkpoint permission to delete.
    ///
    /// # Examples
    ///
    /// ```no_run
    /// # async fn example() -> openai_permissions::Result<()> {
    /// use openai_permissions::Client;
    ///
    /// let client = Client::from_env()?;
    /// let permissions = client.fine_tuning().checkpoints().permissions();
    /// let reply = permissions
    ///     .delete(
    ///         "ft:gpt-4o-mini-2024-07-18:org:weather:B7R9VjQd",
    ///         "cp_zc4Q7MP6XxulcVzj4MZdwsAB",
    ///     )
    ///     .await?;
    /// println!("{reply:?}");
    /// # Ok(())
    /// # }
    /// ```
    pub fn delete(
        &self,
        fine_tuned_model_checkpoint: impl AsRef<str>,
        permission_id: impl AsRef<str>,
    ) -> Call<PermissionDeleted> {
        Call::new(&self.client, &DELETE)
            .path("fine_tuned_model_checkpoint", fine_tuned_model_checkpoint.as_ref())
            .path("permission_id", permission_id.as_ref())
    }
}

pub(crate) static RETRIEVE_OPERATION: Operation = Operation {
    id: "listFineTuningCheckpointPermissions",
    method: Method::GET,
    server: None,
    path: "/fine_tuning/checkpoints/{fine_tuned_model_checkpoint}/permissions",
    query: &["after", "limit", "order", "project_id"],
    auth: &[&[&API_KEY_AUTH]],
    paging: None,
    accept: "application/json",
    idempotent: true,
};

/// The call that [`Permissions::retrieve`] returns.
#[derive(Clone, Debug)]
#[must_use = "a call does nothing until it is awaited"]
pub struct Retrieve(Call<PermissionList>);

impl Retrieve {
    /// Identifier for the last permission ID from the previous pagination request.
    pub fn after(self, after: impl Into<String>) -> Self {
        Self(self.0.query("after", after.into()))
    }

    /// Number of permissions to retrieve.
    /// Default: `10`.
    pub fn limit(self, limit: i64) -> Self {
        Self(self.0.query("limit", limit))
    }

    /// The order in which to retrieve permissions.
    /// Default: `descending`.
    pub fn order(self, order: impl Into<Order>) -> Self {
        Self(self.0.query("order", order.into()))
    }

    /// The ID of the project to get permissions for.
    pub fn project_id(self, project_id: impl Into<String>) -> Self {
        Self(self.0.query("project_id", project_id.into()))
    }
}

call!(Retrieve => PermissionList);

pub(crate) static LIST_OPERATION: Operation = Operation {
    id: "listFineTuningCheckpointPermissions",
    method: Method::GET,
    server: None,
    path: "/fine_tuning/checkpoints/{fine_tuned_model_checkpoint}/permissions",
    query: &["after", "limit", "order", "project_id"],
    auth: &[&[&API_KEY_AUTH]],
    paging: Some(
        &Paging::token(&["data"], &["last_id"]).query("after").more(&["has_more"]),
    ),
    accept: "application/json",
    idempotent: true,
};

/// The call that [`Permissions::list`] returns. Await it for one page, or use [`items`](Self::items) or [`pages`](Self::pages).
#[derive(Clone, Debug)]
#[must_use = "a call does nothing until it is awaited"]
pub struct List(Call<PermissionPage>);

impl List {
    /// Identifier for the last permission ID from the previous pagination request.
    pub fn after(self, after: impl Into<String>) -> Self {
        Self(self.0.query("after", after.into()))
    }

    /// Number of permissions to retrieve.
    /// Default: `10`.
    pub fn limit(self, limit: i64) -> Self {
        Self(self.0.query("limit", limit))
    }

    /// The order in which to retrieve permissions.
    /// Default: `descending`.
    pub fn order(self, order: impl Into<Order>) -> Self {
        Self(self.0.query("order", order.into()))
    }

    /// The ID of the project to get permissions for.
    pub fn project_id(self, project_id: impl Into<String>) -> Self {
        Self(self.0.query("project_id", project_id.into()))
    }
}

paged_call!(List => PermissionPage);

pub(crate) static CREATE_OPERATION: Operation = Operation {
    id: "createFineTuningCheckpointPermission",
    method: Method::POST,
    server: None,
    path: "/fine_tuning/checkpoints/{fine_tuned_model_checkpoint}/permissions",
    query: &[],
    auth: &[&[&API_KEY_AUTH]],
    paging: Some(&Paging::single(&["data"])),
    accept: "application/json",
    idempotent: false,
};

/// The call that [`Permissions::create`] returns. Await it for one page, or use [`items`](Self::items) or [`pages`](Self::pages).
#[derive(Clone, Debug)]
#[must_use = "a call does nothing until it is awaited"]
pub struct Create(Call<PermissionPage>);

paged_call!(Create => PermissionPage);

pub(crate) static DELETE: Operation = Operation {
    id: "deleteFineTuningCheckpointPermission",
    method: Method::DELETE,
    server: None,
    path: "/fine_tuning/checkpoints/{fine_tuned_model_checkpoint}/permissions/{permission_id}",
    query: &[],
    auth: &[&[&API_KEY_AUTH]],
    paging: None,
    accept: "application/json",
    idempotent: true,
};
