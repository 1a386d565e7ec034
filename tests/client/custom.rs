//! Tests of requests that the document does not describe.

use openai_permissions::testing::{MockReply, MockTransport};
use openai_permissions::{CallOptions, Client, Error, Method, Result};
use serde_json::{Value, json};

use super::KEY;

fn client(replies: impl IntoIterator<Item = MockReply>) -> (Client, MockTransport) {
    let mock = MockTransport::new();
    replies.into_iter().for_each(|reply| mock.reply(reply));
    let builder = Client::builder().base_url("https://fake.test/v1");
    let builder = builder.admin_api_key(KEY).transport(mock.clone());
    (builder.build().expect("the settings are valid"), mock)
}

#[tokio::test(start_paused = true)]
async fn a_request_is_sent_like_that_of_an_operation() -> Result<()> {
    let replies = [
        MockReply::status(503),
        MockReply::json(200, r#"{"id":"t"}"#),
    ];
    let (client, mock) = client(replies);
    let call = client.request(Method::PUT, "/things/a b?x=%2F");
    let call = call.query("q", "1&2").query("q", "3").header("x-a", "b");
    let made: Value = call.json(&json!({ "name": "n" })).decode().await?;
    assert_eq!(made, json!({ "id": "t" }));
    let sent = mock.requests();
    assert_eq!(sent.len(), 2, "one attempt more after a 503");
    let sent = &sent[1];
    assert_eq!(sent.method(), "PUT");
    assert_eq!(
        sent.uri().to_string(),
        "https://fake.test/v1/things/a%20b?x=%2F&q=1%262&q=3"
    );
    assert_eq!(sent.headers()["authorization"], format!("Bearer {KEY}"));
    assert_eq!(sent.headers()["content-type"], "application/json");
    assert_eq!(sent.headers()["x-a"], "b");
    assert_eq!(sent.body().as_ref(), br#"{"name":"n"}"#);
    Ok(())
}

#[tokio::test]
async fn bodies_are_bytes_and_errors_are_those_of_the_client() -> Result<()> {
    let error = r#"{"error":{"message":"no"}}"#;
    let replies = [
        MockReply::status(200).body("pong"),
        MockReply::json(404, error),
        MockReply::json(200, "[1]"),
    ];
    let (client, mock) = client(replies);
    let request = |method: Method| client.request(method, "/ping");
    let call = request(Method::POST).body("text/plain", "ping");
    let reply = call.with_response().await?;
    assert_eq!((reply.status().as_u16(), &reply[..]), (200, &b"pong"[..]));
    let sent = &mock.requests()[0];
    assert_eq!(sent.headers()["content-type"], "text/plain");
    assert_eq!(sent.body().as_ref(), b"ping");
    match request(Method::GET).await {
        Err(Error::Api(error)) => assert_eq!(error.message(), Some("no")),
        other => panic!("{other:?}"),
    }
    let decoded = request(Method::GET).decode::<Vec<String>>().await;
    assert!(matches!(decoded, Err(Error::Decode(_))));
    Ok(())
}

#[test]
fn paths_are_checked() {
    let (client, _) = client([]);
    let url = |path: &str| {
        let call = client.request(Method::GET, path);
        call.build().map(|request| request.uri().to_string())
    };
    assert_eq!(url("/{a}").expect("a path"), "https://fake.test/v1/%7Ba%7D");
    for path in [
        "",
        "things",
        "http://evil.test/",
        "/a/../b",
        "/a#b",
        "/%2e%2E/",
    ] {
        assert!(
            matches!(url(path), Err(Error::InvalidArgument { .. })),
            "{path}"
        );
    }
    let elsewhere = CallOptions::new().base_url("https://other.test/v2");
    let call = client.request(Method::GET, "/a").options(elsewhere);
    let request = call.build().expect("a base URL");
    assert_eq!(request.uri().to_string(), "https://other.test/v2/a");
}
