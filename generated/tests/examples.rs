// @generated from "Fine-tuning checkpoint permissions" 1.0.0. Do not edit: change the document or its overlay, and generate again.
//! Examples of the document decode, and encode to the same JSON.

#![allow(deprecated, reason = "examples use deprecated types, too")]

#[path = "examples/check.rs"]
mod check;
#[path = "common/json.rs"]
mod json;
#[path = "common/stack.rs"]
mod stack;

use check::{check, round_trip};
use openai_permissions as client;

#[test]
fn examples_round_trip() {
    let mut wrong = Vec::new();
    check(
        include_str!("examples/types.json"),
        &[
            ("types::Permission", round_trip::<client::types::Permission>),
            ("types::PermissionCreate", round_trip::<client::types::PermissionCreate>),
            ("types::PermissionDeleted", round_trip::<client::types::PermissionDeleted>),
            ("types::PermissionList", round_trip::<client::types::PermissionList>),
        ],
        &mut wrong,
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
