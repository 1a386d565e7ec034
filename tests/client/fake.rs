//! Tests of the fake server itself, as programs in other languages use it: over HTTP only.

use openai_permissions::transport::ReqwestTransport;
use serde_json::{Value, json};
use tests::FakeServer;

use super::server;

struct Reply {
    status: u16,
    request_id: Option<String>,
    body: Value,
}

struct Http<'a> {
    server: &'a FakeServer,
    client: reqwest::Client,
}

impl Http<'_> {
    async fn send(
        &self,
        method: &str,
        target: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> reqwest::Result<Reply> {
        let method = reqwest::Method::from_bytes(method.as_bytes()).expect("it is a method");
        let mut request = self
            .client
            .request(method, self.server.origin() + target)
            .body(body.to_owned());
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let reply = request.send().await?;
        let request_id = reply
            .headers()
            .get("x-request-id")
            .and_then(|id| id.to_str().ok())
            .map(str::to_owned);
        let (status, body) = (reply.status().as_u16(), reply.bytes().await?);
        Ok(Reply {
            status,
            request_id,
            body: serde_json::from_slice(&body).unwrap_or_default(),
        })
    }

    async fn authorized(&self, method: &str, target: &str, body: &str) -> Reply {
        let headers = [
            ("authorization", "Bearer k"),
            ("content-type", "application/json"),
        ];
        self.send(method, target, &headers, body)
            .await
            .expect("the server answers")
    }

    async fn control(&self, method: &str, name: &str, body: &str) -> Reply {
        self.send(method, &format!("/_control/{name}"), &[], body)
            .await
            .expect("the server answers")
    }
}

const PERMISSIONS: &str = "/v1/fine_tuning/checkpoints/c/permissions";

fn http(server: &FakeServer) -> Http<'_> {
    Http {
        server,
        client: ReqwestTransport::builder().build().expect("TLS is there"),
    }
}

#[tokio::test]
async fn the_endpoints_refuse_what_the_service_refuses() {
    let server = server().await;
    let http = http(&server);
    for headers in [
        &[][..],
        &[("authorization", "Basic eDp5")],
        &[("authorization", "Bearer ")],
    ] {
        let reply = http
            .send("GET", PERMISSIONS, headers, "")
            .await
            .expect("the server answers");
        assert_eq!(reply.status, 401);
        assert!(reply.body["error"]["message"].is_string(), "{}", reply.body);
    }
    let made = http
        .authorized("POST", PERMISSIONS, r#"{"project_ids":["a","b"]}"#)
        .await;
    assert_eq!(
        (made.status, &made.body["last_id"], &made.body["has_more"]),
        (200, &json!("cp_0002"), &json!(false))
    );
    let cp_1 = format!("{PERMISSIONS}/cp_0001");
    for (method, target, body, status) in [
        ("POST", PERMISSIONS, "{", 400),
        ("POST", PERMISSIONS, "{}", 422),
        ("POST", PERMISSIONS, r#"{"project_ids":"a"}"#, 422),
        ("POST", PERMISSIONS, r#"{"project_ids":[1]}"#, 422),
        ("POST", PERMISSIONS, r#"{"project_ids":[],"more":1}"#, 422),
        ("GET", &format!("{PERMISSIONS}?after=cp_9999"), "", 400),
        ("GET", &format!("{PERMISSIONS}?limit=0"), "", 400),
        ("GET", &format!("{PERMISSIONS}?limit=x"), "", 400),
        ("GET", &format!("{PERMISSIONS}?order=sideways"), "", 400),
        ("GET", "/v1/fine_tuning/checkpoints//permissions", "", 404),
        ("PUT", PERMISSIONS, "", 404),
        ("DELETE", &cp_1, "", 200),
        ("DELETE", &cp_1, "", 404),
    ] {
        let reply = http.authorized(method, target, body).await;
        assert_eq!(
            reply.status, status,
            "{method} {target} {body}: {}",
            reply.body
        );
        assert_eq!(
            reply.body["error"].is_object(),
            status != 200,
            "{}",
            reply.body
        );
        assert!(reply.request_id.is_some(), "{method} {target}");
    }
    assert_eq!(server.projects("c"), ["b"]);
}

#[tokio::test]
async fn the_control_interface_scripts_answers_and_shows_requests() {
    let server = server().await;
    let http = http(&server);
    let script = json!([
        { "status": 503, "headers": { "retry-after": "7", "x-request-id": null } },
        { "status": 200, "body": "{broken" },
        { "fault": "drop" },
        { "fault": { "truncate": 4 } },
        { "fault": { "late": 1 } },
        { "fault": { "slow": { "chunk": 9, "delay": 0 } } },
    ]);
    assert_eq!(
        http.control("POST", "next", &script.to_string()).await.body,
        json!({ "queued": 6 })
    );
    let failed = http.authorized("GET", PERMISSIONS, "").await;
    assert_eq!((failed.status, failed.request_id), (503, None));
    assert_eq!(
        http.authorized("GET", PERMISSIONS, "").await.body,
        Value::Null
    );
    for _ in 0..2 {
        let outcome = http
            .send("GET", PERMISSIONS, &[("authorization", "Bearer k")], "")
            .await;
        assert!(outcome.is_err(), "the connection breaks");
    }
    for _ in 0..2 {
        assert_eq!(
            http.authorized("GET", PERMISSIONS, "").await.body["object"],
            "list"
        );
    }
    let seen = http.control("GET", "requests", "").await.body;
    let requests = seen["requests"].as_array().expect("a list");
    assert_eq!(
        (requests.len(), &requests[0]["target"]),
        (6, &json!(PERMISSIONS))
    );
    http.control("POST", "always", r#"{"status": 418}"#).await;
    for _ in 0..2 {
        assert_eq!(http.authorized("GET", PERMISSIONS, "").await.status, 418);
    }
    http.control("POST", "reset", "").await;
    assert_eq!(http.authorized("GET", PERMISSIONS, "").await.status, 200);
    for (name, body) in [
        ("next", "{"),
        ("next", r#"{"status": "x"}"#),
        ("next", r#"{"fault": "fire"}"#),
        ("nothing", "{}"),
    ] {
        assert_eq!(
            http.control("POST", name, body).await.status,
            400,
            "{name} {body}"
        );
    }
}
