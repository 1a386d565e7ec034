// @generated from "Fine-tuning checkpoint permissions" 1.0.0. Do not edit: change the document or its overlay, and generate again.
//! The code that the tests of calls share.

#![allow(dead_code, reason = "features decide which parts are used")]

#[path = "testing/check.rs"]
pub mod check;
#[path = "../common/json.rs"]
mod json;
#[path = "../common/stack.rs"]
mod stack;

use ::openai_permissions as client;

/// Sets all credentials.
fn with_credentials(builder: client::ClientBuilder) -> client::ClientBuilder {
    builder.admin_api_key("test-admin_api_key").api_key("test-api_key")
}
