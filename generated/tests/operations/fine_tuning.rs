// @generated from "Fine-tuning checkpoint permissions" 1.0.0. Do not edit: change the document or its overlay, and generate again.
//! The calls of `client.fine_tuning()` and of the resources below it.

use std::sync::LazyLock;

use crate::testing::check::Cases;

static CASES: LazyLock<Cases> = LazyLock::new(|| Cases::read(include_str!("fine_tuning.json")));

mod checkpoints {
    mod permissions {
        use crate::fine_tuning::CASES;

        #[test]
        fn retrieve() {
            CASES.check("fine_tuning.checkpoints.permissions.retrieve", |client, _| {
                client
                    .fine_tuning()
                    .checkpoints()
                    .permissions()
                    .retrieve("ft-AF1WoRqd3aJAHsqc9NY7iL8F")
                    .after("after")
                    .limit(10)
                    .order(::openai_permissions::types::Order::Descending)
                    .project_id("project_id")
            });
        }

        #[test]
        fn list() {
            CASES.check("fine_tuning.checkpoints.permissions.list", |client, _| {
                client
                    .fine_tuning()
                    .checkpoints()
                    .permissions()
                    .list("ft-AF1WoRqd3aJAHsqc9NY7iL8F")
                    .after("after")
                    .limit(10)
                    .order(::openai_permissions::types::Order::Descending)
                    .project_id("project_id")
            });
        }

        #[test]
        fn create() {
            CASES.check("fine_tuning.checkpoints.permissions.create", |client, _| {
                client
                    .fine_tuning()
                    .checkpoints()
                    .permissions()
                    .create(
                        "ft:gpt-4o-mini-2024-07-18:org:weather:B7R9VjQd",
                        ["proj_abGMw1llN8IrBb6SvvY5A1iH"],
                    )
            });
        }

        #[test]
        fn delete() {
            CASES.check("fine_tuning.checkpoints.permissions.delete", |client, _| {
                client
                    .fine_tuning()
                    .checkpoints()
                    .permissions()
                    .delete(
                        "ft:gpt-4o-mini-2024-07-18:org:weather:B7R9VjQd",
                        "cp_zc4Q7MP6XxulcVzj4MZdwsAB",
                    )
            });
        }
    }
}
