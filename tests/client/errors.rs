//! Tests of errors: the status, the details from the body, and the location at which decoding a reply fails.

use openai_permissions::testing::MockReply;
use openai_permissions::{ApiError, ApiErrorKind as Kind, DecodeError, Error, Result, RetryPolicy};
use serde_json::{Value, json};
use tests::Answer;

use super::{CHECKPOINT, builder, last_page, permissions, scripted_with, server};

async fn error_of(reply: MockReply) -> Error {
    let (permissions, _) = scripted_with([reply], |builder| builder.retry(RetryPolicy::none()));
    permissions
        .retrieve(CHECKPOINT)
        .await
        .expect_err("the reply is not good")
}

async fn api_error(reply: MockReply) -> ApiError {
    match error_of(reply).await {
        Error::Api(error) => *error,
        other => panic!("{other:?}"),
    }
}

async fn decode_error(reply: MockReply) -> DecodeError {
    match error_of(reply).await {
        Error::Decode(error) => *error,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn each_status_has_its_kind() {
    for (status, kind) in [
        (301, Kind::Other),
        (304, Kind::Other),
        (400, Kind::BadRequest),
        (401, Kind::Authentication),
        (403, Kind::PermissionDenied),
        (404, Kind::NotFound),
        (408, Kind::Other),
        (409, Kind::Conflict),
        (410, Kind::Other),
        (418, Kind::Other),
        (422, Kind::UnprocessableEntity),
        (429, Kind::RateLimit),
        (500, Kind::InternalServer),
        (503, Kind::InternalServer),
        (599, Kind::InternalServer),
    ] {
        let error = api_error(MockReply::status(status)).await;
        assert_eq!((error.kind(), error.status().as_u16()), (kind, status));
    }
}

/// Message, type, code and parameter are read from the body.
#[tokio::test]
async fn bodies_of_errors_in_every_form() {
    type Fields<'a> = [Option<&'a str>; 4];
    let long = "x".repeat(5000);
    let cases: [(&str, &str, Fields<'_>); 25] = [
        (
            "application/json",
            r#"{"error":{"message":"no","type":"t","code":"c","param":"p","more":1}}"#,
            [Some("no"), Some("t"), Some("c"), Some("p")],
        ),
        (
            "application/json",
            r#"{"error":{"message":"no","code":17,"param":null}}"#,
            [Some("no"), None, Some("17"), None],
        ),
        (
            "application/json",
            r#"{"message":"flat","code":"c"}"#,
            [Some("flat"), None, Some("c"), None],
        ),
        (
            "application/json",
            r#"{"error":"oops"}"#,
            [Some("oops"), None, None, None],
        ),
        (
            "application/json",
            r#"{"error":"#,
            [Some(r#"{"error":"#), None, None, None],
        ),
        ("application/json", "[1]", [Some("[1]"), None, None, None]),
        (
            "application/json",
            r#""text""#,
            [Some("text"), None, None, None],
        ),
        (
            "text/plain",
            "upstream is down\n",
            [Some("upstream is down"), None, None, None],
        ),
        ("text/html", "<html>Bad Gateway</html>", [None; 4]),
        ("application/json", "", [None; 4]),
        (
            "application/json",
            r#"{"error":{}}"#,
            [Some(r#"{"error":{}}"#), None, None, None],
        ),
        ("text/plain", &long, [None; 4]),
        // Problem details (RFC 9457).
        (
            "application/problem+json",
            r#"{"type":"https://e.example/p","title":"Out of credit","detail":"Your balance is 30.","status":403}"#,
            [
                Some("Your balance is 30."),
                Some("https://e.example/p"),
                None,
                None,
            ],
        ),
        (
            "application/problem+json",
            r#"{"title":"Not Found","status":404}"#,
            [Some("Not Found"), None, None, None],
        ),
        // OAuth (RFC 6749, section 5.2).
        (
            "application/json",
            r#"{"error":"invalid_grant","error_description":"The code expired."}"#,
            [Some("The code expired."), None, Some("invalid_grant"), None],
        ),
        (
            "application/json",
            r#"{"statusCode":404,"error":"Not Found","message":"no such cat"}"#,
            [Some("no such cat"), None, None, None],
        ),
        (
            "application/json",
            r#"{"detail":"Not authenticated"}"#,
            [Some("Not authenticated"), None, None, None],
        ),
        (
            "application/json",
            r#"{"detail":[{"loc":["body","name"],"msg":"field required","type":"missing"},{"loc":[],"msg":"no","type":"x"}]}"#,
            [
                Some("body.name: field required; no"),
                None,
                None,
                Some("body.name"),
            ],
        ),
        (
            "application/json",
            r#"{"success":false,"errors":[{"code":7003,"message":"No route"},{"message":"more"}],"result":null}"#,
            [Some("No route; more"), None, Some("7003"), None],
        ),
        (
            "application/json",
            r#"{"errors":["first","second"]}"#,
            [Some("first; second"), None, None, None],
        ),
        (
            "application/json",
            r#"{"title":"Invalid","errors":{"name":["is short"],"age":"is low"}}"#,
            [
                Some("name: is short; age: is low"),
                None,
                None,
                Some("name"),
            ],
        ),
        (
            "application/json",
            r#"{"error":{"errors":[{"title":"T"}]}}"#,
            [Some("T"), None, None, None],
        ),
        (
            "application/json",
            r#"{"message":" ","detail":""}"#,
            [Some(r#"{"message":" ","detail":""}"#), None, None, None],
        ),
        (
            "application/json",
            r#"[{"message":"m","code":"C"}]"#,
            [Some("m"), None, Some("C"), None],
        ),
        (
            "application/json",
            r#"{"errors":[]}"#,
            [Some(r#"{"errors":[]}"#), None, None, None],
        ),
    ];
    for (content_type, body, expected) in cases {
        let reply = MockReply::status(502)
            .header("content-type", content_type)
            .body(body.to_owned());
        let error = api_error(reply).await;
        assert_eq!(error.body(), body.as_bytes());
        let read = [
            error.message(),
            error.error_type(),
            error.code(),
            error.param(),
        ];
        if body == long {
            assert!(
                error.message().is_some_and(|message| message.len() < 1100),
                "a long text is cut"
            );
        } else {
            assert_eq!(read, expected, "{body}");
        }
        assert!(error.to_string().starts_with("502 Bad Gateway"), "{error}");
    }
}

#[tokio::test]
async fn a_success_with_an_error_object_is_that_error() {
    let refused = [
        r#"{"error":{"message":"no","code":"c"}}"#,
        r#"{"ok":false,"error":"no"}"#,
        r#"{"success":false,"errors":[{"message":"no"}]}"#,
    ];
    for body in refused {
        let error = api_error(MockReply::json(200, body)).await;
        assert_eq!(error.message(), Some("no"), "{body}");
        assert_eq!((error.status().as_u16(), error.kind()), (200, Kind::Other));
        assert!(error.to_string().starts_with("200 OK: no"), "{error}");
    }
    for body in [
        r#"{"error":null}"#,
        r#"{"error":{"message":1}}"#,
        r#"{"message":"no","code":"c"}"#,
        r#"{"success":true,"errors":["no"]}"#,
    ] {
        decode_error(MockReply::json(200, body)).await;
    }
}

#[tokio::test]
async fn a_body_is_read_as_any_type() {
    let body = r#"{"error":{"message":"no","code":[1,"sk-admin"]}}"#;
    let error = error_of(MockReply::json(409, body)).await;
    let api = error.api().expect("the server answered");
    let value: Value = api.decode().expect("it is JSON");
    assert_eq!(value["error"]["code"][0], 1);
    let Err(Error::Decode(unlike)) = api.decode::<Vec<String>>() else {
        panic!("an object is no list")
    };
    assert_eq!((unlike.path(), unlike.status().as_u16()), ("$", 409));
    let empty = api_error(MockReply::status(409)).await;
    let Err(error) = empty.decode::<Value>() else {
        panic!("there is no body")
    };
    assert!(
        error.to_string().contains("the body is empty (status 409"),
        "{error}"
    );
    assert!(error_of(MockReply::json(200, "{}")).await.api().is_none());
}

#[tokio::test]
async fn errors_carry_what_the_reply_said() {
    let server = server().await;
    let permissions = permissions(builder(&server));
    let error = permissions
        .delete(CHECKPOINT, "cp_1")
        .await
        .expect_err("there is none");
    let Error::Api(api) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(
        (api.kind(), api.code(), api.param()),
        (Kind::NotFound, Some("not_found"), Some("permission_id"))
    );
    assert_eq!(api.error_type(), Some("invalid_request_error"));
    assert_eq!(api.request_id(), Some("req_fake_1"));
    assert_eq!(api.headers()["content-type"], "application/json");
    assert_eq!(
        (error.request_id(), error.attempts()),
        (Some("req_fake_1"), 1)
    );
    let text = error.to_string();
    for part in ["404", "No permission found", "not_found", "req_fake_1"] {
        assert!(text.contains(part), "{text}");
    }
    server.next(
        Answer::error(429)
            .header("retry-after", "99")
            .without_header("x-request-id"),
    );
    let error = permissions
        .retrieve(CHECKPOINT)
        .await
        .expect_err("the reply is an error");
    assert_eq!(
        (
            error.request_id(),
            error.retry_after().map(|it| it.as_secs())
        ),
        (None, Some(99))
    );
}

/// A reply that is not a page is an error, not an empty page.
#[tokio::test]
async fn replies_that_do_not_decode() {
    let mut wrong_time = last_page(&["cp_1", "cp_2"]);
    wrong_time["data"][1]["created_at"] = "today".into();
    let mut no_id = last_page(&["cp_1"]);
    no_id["data"][0]
        .as_object_mut()
        .expect("a permission is an object")
        .remove("id");
    let json = |body: Value| MockReply::json(200, body.to_string());
    let cases = [
        (MockReply::json(200, r#"{"object": "#), 200, "$.object"),
        (MockReply::json(200, ""), 200, "$"),
        (MockReply::status(204), 204, "$"),
        (
            MockReply::status(200)
                .header("content-type", "text/html")
                .body("<html>hi</html>"),
            200,
            "$",
        ),
        (json(json!([1])), 200, "$"),
        (json(json!(null)), 200, "$"),
        (json(json!({ "object": "list" })), 200, "$"),
        (
            json(json!({ "object": "list", "data": {}, "has_more": false })),
            200,
            "$.data",
        ),
        (json(wrong_time), 200, "$.data[1].created_at"),
        (json(no_id), 200, "$.data[0]"),
    ];
    for (reply, status, path) in cases {
        let shown = format!("{reply:?} {path}");
        let error = decode_error(reply.header("x-request-id", "req_1")).await;
        assert_eq!(
            (error.status().as_u16(), error.path(), error.request_id()),
            (status, path, Some("req_1")),
            "{shown}"
        );
        assert!(
            error.to_string().contains(path) && error.to_string().contains("req_1"),
            "{error}"
        );
    }
}

#[tokio::test]
async fn decode_errors_keep_a_bounded_body_and_do_not_print_it() {
    let body = format!("{{\"secret\": \"hush\"{}", " ".repeat(100_000));
    let error = decode_error(MockReply::json(200, body.clone())).await;
    assert_eq!(error.body(), &body.as_bytes()[..64 * 1024]);
    assert_eq!(error.content_type(), Some("application/json"));
    assert!(!format!("{error} {error:?}").contains("hush"), "{error}");
}

/// Listings, calls with their response and calls of the other methods fail in the same way.
#[tokio::test]
async fn every_way_to_read_a_call_reports_a_body_that_does_not_decode() {
    let server = server().await;
    server.always(Answer::bytes(200, "<html>hi</html>").header("content-type", "text/html"));
    let permissions = permissions(builder(&server));
    let outcomes: [Result<()>; 6] = [
        permissions.list("c").items().try_collect().await.map(drop),
        permissions.list("c").pages().try_collect().await.map(drop),
        permissions.list("c").with_response().await.map(drop),
        permissions.create("c", ["p"]).await.map(drop),
        permissions
            .create("c", ["p"])
            .items()
            .try_collect()
            .await
            .map(drop),
        permissions.delete("c", "cp_1").await.map(drop),
    ];
    for outcome in outcomes {
        assert!(matches!(outcome, Err(Error::Decode(_))), "{outcome:?}");
    }
    assert_eq!(
        server.requests().len(),
        6,
        "a reply that does not decode is not requested again"
    );
}

#[tokio::test]
async fn success_carries_status_headers_request_id_and_raw_body() -> Result<()> {
    let server = server().await;
    server.grant(CHECKPOINT, ["proj_a"]);
    let reply = permissions(builder(&server))
        .retrieve(CHECKPOINT)
        .with_response()
        .await?;
    assert_eq!(
        (
            reply.status().as_u16(),
            reply.request_id(),
            reply.attempts()
        ),
        (200, Some("req_fake_1"), 1)
    );
    assert_eq!(reply.headers()["content-type"], "application/json");
    let raw: Value = serde_json::from_slice(reply.body()).expect("the body is JSON");
    assert_eq!(raw["data"][0]["project_id"], "proj_a");
    assert_eq!(reply.into_inner().data[0].project_id, "proj_a");
    Ok(())
}

#[test]
fn errors_fit_in_everyones_error_types() {
    fn check<T: std::error::Error + Send + Sync + 'static>() {}
    check::<Error>();
    assert!(
        size_of::<Error>() <= 40,
        "a result should not be large: {} bytes",
        size_of::<Error>()
    );
}
