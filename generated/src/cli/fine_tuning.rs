// @generated from "Fine-tuning checkpoint permissions" 1.0.0. Do not edit: change the document or its overlay, and generate again.
//! The commands of the resource `fine-tuning` and of the resources below it.

use crate::runtime::cli::table::*;

pub(super) static RESOURCES: &[Resource] = &[
    Resource {
        name: "fine-tuning:checkpoints:permissions",
        about: "",
        commands: &[
            Command {
                name: "retrieve",
                operation: || &crate::fine_tuning::checkpoints::permissions::RETRIEVE_OPERATION,
                about: "Retrieve one page of checkpoint permissions as the server sends it",
                notes: "NOTE: This endpoint requires an admin API key.\n\nOrganization owners can use this endpoint to view all permissions for a fine-tuned model checkpoint.",
                deprecated: false,
                params: &[
                    param(Place::Path, "fine-tuned-model-checkpoint", "fine_tuned_model_checkpoint", Kind::String, "The ID of the fine-tuned model checkpoint to get permissions for.").required(),
                    param(Place::Query, "after", "after", Kind::String, "Identifier for the last permission ID from the previous pagination request."),
                    param(Place::Query, "limit", "limit", Kind::Integer, "Number of permissions to retrieve.").default("10"),
                    param(Place::Query, "order", "order", Kind::String, "The order in which to retrieve permissions.").default("descending").values(&["ascending", "descending"]),
                    param(Place::Query, "project-id", "project_id", Kind::String, "The ID of the project to get permissions for."),
                ],
                body: Body::None,
                reply: Reply::Json,
            },
            Command {
                name: "list",
                operation: || &crate::fine_tuning::checkpoints::permissions::LIST_OPERATION,
                about: "List checkpoint permissions",
                notes: "NOTE: This endpoint requires an admin API key.\n\nOrganization owners can use this endpoint to view all permissions for a fine-tuned model checkpoint.",
                deprecated: false,
                params: &[
                    param(Place::Path, "fine-tuned-model-checkpoint", "fine_tuned_model_checkpoint", Kind::String, "The ID of the fine-tuned model checkpoint to get permissions for.").required(),
                    param(Place::Query, "after", "after", Kind::String, "Identifier for the last permission ID from the previous pagination request."),
                    param(Place::Query, "limit", "limit", Kind::Integer, "Number of permissions to retrieve.").default("10"),
                    param(Place::Query, "order", "order", Kind::String, "The order in which to retrieve permissions.").default("descending").values(&["ascending", "descending"]),
                    param(Place::Query, "project-id", "project_id", Kind::String, "The ID of the project to get permissions for."),
                ],
                body: Body::None,
                reply: Reply::Page,
            },
            Command {
                name: "create",
                operation: || &crate::fine_tuning::checkpoints::permissions::CREATE_OPERATION,
                about: "Create checkpoint permissions",
                notes: "NOTE: Calling this endpoint requires an admin API key.\n\nThis enables organization owners to share fine-tuned models with other projects in their organization.",
                deprecated: false,
                params: &[
                    param(Place::Path, "fine-tuned-model-checkpoint", "fine_tuned_model_checkpoint", Kind::String, "The ID of the fine-tuned model checkpoint to create a permission for.").required(),
                ],
                body: Body::Members {
                    send: |call, body| call.json(body),
                    required: true,
                    members: &[
                        member("project-id", "project_ids", Kind::String, "The project identifiers to grant access to.").repeated().required(),
                    ],
                },
                reply: Reply::Page,
            },
            Command {
                name: "delete",
                operation: || &crate::fine_tuning::checkpoints::permissions::DELETE,
                about: "Delete checkpoint permission",
                notes: "NOTE: This endpoint requires an admin API key.\n\nOrganization owners can use this endpoint to delete a permission for a fine-tuned model checkpoint.",
                deprecated: false,
                params: &[
                    param(Place::Path, "fine-tuned-model-checkpoint", "fine_tuned_model_checkpoint", Kind::String, "The ID of the fine-tuned model checkpoint to delete a permission for.").required(),
                    param(Place::Path, "permission-id", "permission_id", Kind::String, "The ID of the fine-tuned model checkpoint permission to delete.").required(),
                ],
                body: Body::None,
                reply: Reply::Json,
            },
        ],
    },
];
