//! End-to-end tests of the emitted client. They use the fake server if sockets matter, and the mock transport with a paused clock
//! if time does.
//!
//! In: nothing. Out: one module of tests for each part of the client's contract.

mod auth;
mod blocking;
mod custom;
mod delays;
mod errors;
mod fake;
mod pages;
mod production;
mod requests;
mod retries;
mod runtimes;
mod timeouts;
mod transport;
mod types;
mod wrappers;

use std::error::Error as _;

use openai_permissions::fine_tuning::checkpoints::permissions::Permissions;
use openai_permissions::testing::{MockReply, MockTransport};
use openai_permissions::{Client, ClientBuilder, Error};
use serde_json::{Value, json};
use tests::FakeServer;

const CHECKPOINT: &str = "ft:gpt-4o-mini-2024-07-18:org:weather:B7R9VjQd";
/// The key of the client. It must not occur anywhere except in its header.
const KEY: &str = "sk-admin-hush";

async fn server() -> FakeServer {
    FakeServer::start().await.expect("loopback has a free port")
}

/// A builder for a client of the fake server. Tests add their settings to it.
fn builder(server: &FakeServer) -> ClientBuilder {
    Client::builder()
        .base_url(server.base_url())
        .admin_api_key(KEY)
}

fn permissions(builder: ClientBuilder) -> Permissions {
    builder
        .build()
        .expect("the settings are valid")
        .fine_tuning()
        .checkpoints()
        .permissions()
}

/// A client whose transport replies from a script.
fn scripted(replies: impl IntoIterator<Item = MockReply>) -> (Permissions, MockTransport) {
    scripted_with(replies, |builder| builder)
}

fn scripted_with(
    replies: impl IntoIterator<Item = MockReply>,
    prepare: impl FnOnce(ClientBuilder) -> ClientBuilder,
) -> (Permissions, MockTransport) {
    let mock = MockTransport::new();
    replies.into_iter().for_each(|reply| mock.reply(reply));
    let builder = Client::builder()
        .base_url("https://fake.test/v1")
        .admin_api_key(KEY)
        .transport(mock.clone());
    (permissions(prepare(builder)), mock)
}

fn permission(id: &str) -> Value {
    json!({ "object": "checkpoint.permission", "id": id, "created_at": 1_721_764_867, "project_id": "proj_a" })
}

/// A page with these permissions and this `last_id`, which more pages follow.
fn page(ids: &[&str], last_id: &str) -> Value {
    let data: Vec<Value> = ids.iter().map(|id| permission(id)).collect();
    json!({ "object": "list", "data": data, "first_id": ids.first(), "last_id": last_id, "has_more": true })
}

/// The last page.
fn last_page(ids: &[&str]) -> Value {
    let mut page = page(ids, ids.last().unwrap_or(&""));
    page["has_more"] = false.into();
    page
}

fn ok(body: Value) -> MockReply {
    MockReply::json(200, body.to_string())
}

/// Everything that an error shows: its `Display`, its `Debug`, and its causes.
fn shown(error: &Error) -> String {
    let mut text = format!("{error} {error:?} {error:#?}");
    let mut cause = error.source();
    while let Some(error) = cause {
        text += &format!(" {error} {error:?}");
        cause = error.source();
    }
    text
}
