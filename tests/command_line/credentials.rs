//! Tests of credentials: which key is sent, and that no output shows it.

use serde_json::json;
use tests::{Answer, FakeServer, Keys};

use crate::setup::{CHECKPOINT, KEY, PERMISSIONS, RETRIEVE, Service, cli};

#[test]
fn debug_tells_all_but_credentials() {
    let answers = [
        Answer::error(503)
            .header("retry-after-ms", "1")
            .header("set-cookie", "session=abc"),
        Answer::page(&["cp_1"], Some("cp_1"), false).header("x-echo", KEY),
    ];
    let service = Service::answering(answers);
    let arguments = [
        "--debug",
        "create",
        CHECKPOINT,
        "--project-id",
        KEY,
        "--project-id",
        "proj_a",
    ];
    let done = service
        .permissions(&arguments)
        .env("OPENAI_CUSTOM_HEADERS", "x-auth-token: tok-1")
        .done()
        .code(0);
    done.json();
    let told = &done.stderr;
    for part in [
        "> POST http://",
        "/permissions\n",
        "> content-type: application/json",
        "> authorization: ***",
        "proj_a",
        "< 503 Service Unavailable",
        "* request 2",
        "< 200 OK",
        "> x-retry-count: 1",
    ] {
        assert!(told.contains(part), "no {part:?} in\n{told}");
    }
    for secret in [KEY, "session=abc", "tok-1"] {
        assert!(!told.contains(secret), "{told}");
    }
}

#[test]
fn a_key_that_the_server_repeats_is_not_shown() {
    let answer = Answer::json(
        401,
        json!({ "error": { "message": format!("no such key: {KEY}"), "param": KEY } }),
    );
    let service = Service::answering([answer]);
    let done = service.permissions(&RETRIEVE).done().code(4);
    assert!(
        !done.stderr.contains(KEY) && done.stderr.contains("***"),
        "{done:?}"
    );
}

#[test]
fn a_key_on_the_command_line_wins_over_the_environment() {
    let service = Service::new();
    for (flags, key) in [
        (&["--api-key", "flag"][..], "Bearer flag"),
        (&["--admin-api-key", "flag"], "Bearer flag"),
        (&["--api-key", "a", "--admin-api-key", "b"], "Bearer b"),
        (&[], "Bearer sk-admin"),
    ] {
        let command = service.permissions(&[&RETRIEVE, flags].concat());
        command.env("OPENAI_API_KEY", "sk-env").done().well();
        let request = service.server.requests().pop().expect("a request");
        assert_eq!(request.header("authorization"), Some(key));
    }
}

#[test]
fn the_server_decides_which_key_is_right() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let keys = Keys::Admin("sk-right".to_owned());
    let server = runtime
        .block_on(FakeServer::start_on(0, keys))
        .expect("a port");
    let url = server.base_url();
    let with = |key| {
        cli(&[
            PERMISSIONS,
            "retrieve",
            "x",
            "--base-url",
            &url,
            "--api-key",
            key,
        ])
        .done()
    };
    with("sk-right").well();
    let status = with("sk-wrong").code(4).error()["status"].clone();
    assert!([json!(401), json!(403)].contains(&status), "{status}");
}
