//! Tests of the requests of calls: paths, queries, bodies, headers, and the options of a call. `wire.rs` tests the rest.

use openai_permissions::types::Order;
use openai_permissions::{CallOptions, Client, Error};
use serde_json::json;
use tests::Answer;

use super::{CHECKPOINT, builder, permissions, server};

#[tokio::test]
async fn path_values_that_would_change_the_path_are_refused() {
    let server = server().await;
    let permissions = permissions(builder(&server));
    for value in ["", ".", ".."] {
        for (outcome, name) in [
            (
                permissions.list(value).await.map(drop),
                "fine_tuned_model_checkpoint",
            ),
            (
                permissions.retrieve(value).await.map(drop),
                "fine_tuned_model_checkpoint",
            ),
            (
                permissions.create(value, ["p"]).await.map(drop),
                "fine_tuned_model_checkpoint",
            ),
            (
                permissions.delete(value, "cp_1").await.map(drop),
                "fine_tuned_model_checkpoint",
            ),
            (
                permissions.delete(CHECKPOINT, value).await.map(drop),
                "permission_id",
            ),
        ] {
            let error = outcome.expect_err("it is refused");
            let Error::InvalidArgument { parameter, .. } = &error else {
                panic!("{error:?}")
            };
            assert_eq!(&**parameter, name, "{value:?}");
            assert_eq!(error.attempts(), 0);
            assert!(error.to_string().contains(name), "{error}");
        }
    }
    assert_eq!(server.requests(), []);
}

/// No URL library between the client and the socket may resolve or escape the URL again.
#[tokio::test]
async fn path_values_reach_the_server_as_they_are() {
    let server = server().await;
    let permissions = permissions(builder(&server));
    let values = [
        "...",
        "..%2f..",
        "%2e%2e",
        "a/../b",
        "a\\..\\b",
        "//host",
        "a\r\nb",
        "\u{0}",
        "|^`{}[]\"<>",
        "ü",
        "a;b,c",
    ];
    for value in values {
        assert_eq!(server.projects(value).len(), 0);
        permissions.create(value, ["proj_a"]).await.expect(value);
        assert_eq!(
            server.projects(value),
            ["proj_a"],
            "{value:?} arrived as something else"
        );
    }
    assert!(
        server
            .requests()
            .iter()
            .all(|request| !request.target.contains("/../"))
    );
}

#[tokio::test]
async fn the_order_of_setters_does_not_matter_and_the_last_value_counts() {
    let server = server().await;
    let permissions = permissions(builder(&server));
    let call = permissions
        .retrieve("c")
        .project_id("p")
        .order(Order::Descending)
        .limit(3)
        .after("")
        .limit(7);
    let call = call.order(Order::Ascending);
    call.await.expect("the server answers");
    let target = &server.requests()[0].target;
    assert_eq!(
        target,
        "/v1/fine_tuning/checkpoints/c/permissions?after=&limit=7&order=ascending&project_id=p"
    );
}

#[tokio::test]
async fn build_gives_the_request_that_is_sent_and_sends_nothing() {
    let server = server().await;
    let call = permissions(builder(&server))
        .create("c", ["p", "ü"])
        .options(CallOptions::new().query("q", "a b"));
    let built = call.build().expect("the request is complete");
    assert_eq!(server.requests(), []);
    call.await.expect("the server answers");
    let [sent] = &server.requests()[..] else {
        panic!("one request is sent")
    };
    assert_eq!(sent.method, built.method().as_str());
    assert_eq!(
        Some(sent.target.as_str()),
        built.uri().path_and_query().map(|target| target.as_str())
    );
    assert_eq!(sent.body, built.body().as_bytes().unwrap().as_ref());
    for (name, value) in built.headers() {
        assert_eq!(sent.header(name.as_str()), value.to_str().ok(), "{name}");
    }
    assert_eq!(sent.header("content-type"), Some("application/json"));
    assert_eq!(sent.header("accept"), Some("application/json"));
    assert!(
        sent.header("user-agent")
            .is_some_and(|agent| agent.starts_with("openai-permissions/"))
    );
    assert_eq!(sent.text(), r#"{"project_ids":["p","ü"]}"#);
}

#[tokio::test]
async fn requests_without_a_body_do_not_describe_one() {
    let server = server().await;
    let [id] = &server.grant("c", ["p"])[..] else {
        panic!("one permission is granted")
    };
    let permissions = permissions(builder(&server));
    permissions.list("c").await.expect("the server answers");
    permissions.delete("c", id).await.expect("it is there");
    for request in server.requests() {
        assert_eq!(
            (
                request.header("content-type"),
                request.header("content-length")
            ),
            (None, None),
            "{request:?}"
        );
    }
}

#[tokio::test]
async fn options_win_over_everything_else() {
    let server = server().await;
    let client = builder(&server)
        .header("x-mine", "client")
        .header("x-gone", "client")
        .organization("org-client");
    let options = CallOptions::new()
        .header("X-Mine", "call")
        .remove_header("X-Gone")
        .header("openai-organization", "org-call")
        .query("limit", "9")
        .query("flag", "a&b")
        .idempotency_key("key-1");
    server.always(Answer::page(&["cp_1"], None, false));
    let permissions = permissions(client);
    permissions
        .list("c")
        .limit(2)
        .options(options.clone())
        .await
        .expect("the server answers");
    let extra = options
        .body("project_ids", json!(["z"]))
        .body("note", "x")
        .header("authorization", "Bearer other");
    permissions
        .create("c", ["a"])
        .options(extra)
        .await
        .expect("the server answers");
    let [list, create] = &server.requests()[..] else {
        panic!("two requests are sent")
    };
    assert_eq!(
        list.target,
        "/v1/fine_tuning/checkpoints/c/permissions?limit=9&flag=a%26b"
    );
    assert_eq!(list.header("x-mine"), Some("call"));
    assert_eq!(list.header("x-gone"), None);
    assert_eq!(list.header("openai-organization"), Some("org-call"));
    assert_eq!(list.header("idempotency-key"), Some("key-1"));
    assert_eq!(create.text(), r#"{"project_ids":["z"],"note":"x"}"#);
    assert_eq!(create.header("authorization"), Some("Bearer other"));
}

#[test]
fn broken_options_are_arguments_that_are_refused() {
    let client = Client::builder()
        .admin_api_key("k")
        .build()
        .expect("the settings are valid");
    let call = client.fine_tuning().checkpoints().permissions().list("c");
    for options in [
        CallOptions::new().header("a b", "c"),
        CallOptions::new().header("x-a", "b\r\nx-c: d"),
        CallOptions::new().idempotency_key("a\nb"),
    ] {
        let error = call
            .clone()
            .options(options)
            .build()
            .expect_err("it is refused");
        assert!(matches!(error, Error::InvalidArgument { .. }), "{error:?}");
    }
}

#[test]
fn base_urls_are_checked() {
    for url in [
        "",
        "   ",
        "https://api.example.com/v1/",
        "http://[::1]:8080",
        "https://h/a/b?tenant=1",
    ] {
        let client = Client::builder().admin_api_key("k").base_url(url).build();
        assert!(client.is_ok(), "{url}: {client:?}");
    }
    for url in [
        "api.example.com",
        "ftp://h",
        "https://",
        "https://u:hush@h",
        "https://h#f",
        "https://h:99999",
        "https://h/../x",
    ] {
        let error = Client::builder()
            .admin_api_key("k")
            .base_url(url)
            .build()
            .expect_err(url);
        assert!(matches!(error, Error::Config(_)), "{error:?}");
        assert!(!error.to_string().contains("hush"), "{error}");
    }
}
