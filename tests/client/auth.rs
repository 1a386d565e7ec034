//! Tests of credentials: which key is sent, errors for a missing or invalid key, and no output that shows a key.

use std::collections::HashMap;
use std::process::Command;

use openai_permissions::testing::MockReply;
use openai_permissions::{
    ApiErrorKind, CallOptions, Client, ClientBuilder, Error, Method, RetryPolicy,
};
use serde_json::json;
use tests::{Answer, FakeServer, Keys};

use super::{
    CHECKPOINT, KEY, builder, ok, page, permissions, scripted, scripted_with, server, shown,
};

fn with_env(builder: ClientBuilder, variables: &[(&str, &str)]) -> ClientBuilder {
    let variables: HashMap<&str, &str> = variables.iter().copied().collect();
    builder.env_from(|name| variables.get(name).map(|value| (*value).to_owned()))
}

/// The value of a header of the request that a client would send.
fn sent(builder: ClientBuilder, header: &str) -> Option<String> {
    let request = permissions(builder)
        .list(CHECKPOINT)
        .build()
        .expect("the request is complete");
    request
        .headers()
        .get(header)
        .map(|value| value.to_str().expect("it is text").to_owned())
}

#[test]
fn the_admin_key_wins_and_keys_are_trimmed() {
    let cases: [(&[(&str, &str)], &str); 5] = [
        (
            &[("OPENAI_ADMIN_KEY", "admin"), ("OPENAI_API_KEY", "plain")],
            "Bearer admin",
        ),
        (&[("OPENAI_API_KEY", "plain")], "Bearer plain"),
        (
            &[("OPENAI_ADMIN_KEY", ""), ("OPENAI_API_KEY", "plain")],
            "Bearer plain",
        ),
        (
            &[
                ("OPENAI_ADMIN_KEY", " \n"),
                ("OPENAI_API_KEY", "\tplain \r\n"),
            ],
            "Bearer plain",
        ),
        (&[("OPENAI_ADMIN_KEY", " admin\n")], "Bearer admin"),
    ];
    for (variables, expected) in cases {
        let header = sent(with_env(Client::builder(), variables), "authorization");
        assert_eq!(header.as_deref(), Some(expected), "{variables:?}");
    }
    let explicit = Client::builder().api_key(" plain ").admin_api_key("");
    assert_eq!(
        sent(explicit, "authorization").as_deref(),
        Some("Bearer plain")
    );
    let both = with_env(
        Client::builder().admin_api_key("given"),
        &[("OPENAI_ADMIN_KEY", "env")],
    );
    assert_eq!(sent(both, "authorization").as_deref(), Some("Bearer given"));
}

#[tokio::test]
async fn without_a_key_nothing_is_sent_and_the_error_names_both_variables() {
    let server = server().await;
    let permissions = permissions(
        Client::builder()
            .base_url(server.base_url())
            .admin_api_key(" "),
    );
    let error = permissions
        .retrieve(CHECKPOINT)
        .await
        .expect_err("there is no key");
    let Error::MissingCredentials(missing) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(
        missing.variables().collect::<Vec<_>>(),
        ["OPENAI_ADMIN_KEY", "OPENAI_API_KEY"]
    );
    let text = error.to_string();
    assert!(
        text.contains("OPENAI_ADMIN_KEY") && text.contains("OPENAI_API_KEY"),
        "{text}"
    );
    let first = permissions
        .list(CHECKPOINT)
        .items()
        .next()
        .await
        .expect("the stream has something to say");
    assert!(
        matches!(first, Err(Error::MissingCredentials(_))),
        "{first:?}"
    );
    assert!(matches!(
        permissions.delete(CHECKPOINT, "cp_1").build(),
        Err(Error::MissingCredentials(_))
    ));
    assert_eq!(server.requests(), []);
}

#[test]
fn a_key_with_illegal_bytes_is_refused_and_not_printed() {
    for key in ["sk-hush\u{7}bell", "sk-hush\nx: y", "sk-hushé"] {
        let error = Client::builder().admin_api_key(key).build().expect_err(key);
        assert!(matches!(error, Error::Config(_)), "{error:?}");
        assert!(error.to_string().contains("admin_api_key"), "{error}");
        assert!(!shown(&error).contains("hush"), "{error}");
    }
    let error = Client::builder()
        .header("x-trace", "hush\nx: y")
        .build()
        .expect_err("a header is injected");
    assert!(
        error.to_string().contains("x-trace") && !shown(&error).contains("hush"),
        "{error}"
    );
}

#[tokio::test]
async fn a_key_without_the_right_is_refused_by_the_server() {
    let server = FakeServer::start_on(0, Keys::Admin(KEY.to_owned()))
        .await
        .expect("loopback has a free port");
    let ordinary = permissions(
        Client::builder()
            .base_url(server.base_url())
            .api_key("sk-ordinary"),
    );
    let error = ordinary
        .retrieve(CHECKPOINT)
        .await
        .expect_err("the key is not that of an admin");
    let Error::Api(refused) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(
        (refused.kind(), refused.code()),
        (
            ApiErrorKind::PermissionDenied,
            Some("insufficient_permissions")
        )
    );
    let admin = permissions(builder(&server));
    assert_eq!(
        admin
            .retrieve(CHECKPOINT)
            .await
            .expect("the key is right")
            .data,
        []
    );
}

#[tokio::test]
async fn no_text_shows_a_key() {
    let options = CallOptions::new()
        .header("authorization", "Bearer sk-call-hush")
        .idempotency_key("idem-1");
    let client = Client::builder()
        .admin_api_key(KEY)
        .api_key("sk-plain-hush")
        .header("x-api-key", "sk-header-hush");
    let builder = format!("{client:?}");
    let client = client.build().expect("the settings are valid");
    let permissions = client.fine_tuning().checkpoints().permissions();
    let call = permissions.list(CHECKPOINT).options(options.clone());
    let create = permissions
        .create(CHECKPOINT, ["proj_a"])
        .options(options.clone());
    let request = call.build().expect("the request is complete");
    assert_eq!(
        request.headers()["authorization"],
        "Bearer sk-call-hush",
        "it is there, only not shown"
    );
    let texts = [
        builder,
        format!("{client:?} {client:#?}"),
        format!("{permissions:?} {call:?} {create:#?} {options:?}"),
        format!(
            "{:?} {:?}",
            call.clone().items(),
            call.clone().with_response()
        ),
        format!("{:?}", call.build()),
    ];
    for text in texts {
        assert!(!text.contains("hush"), "{text}");
    }
}

/// The client does not print a key that the server echoes.
#[tokio::test]
async fn no_error_shows_a_key_that_the_server_echoes() {
    let echo = json!({ "error": { "message": format!("Incorrect key: {KEY}"), "code": KEY, "param": KEY, "type": KEY } });
    let replies = || {
        [
            MockReply::json(401, echo.to_string()).header("x-request-id", KEY),
            MockReply::status(400).body(format!("Bearer {KEY}")),
            ok(json!({ "object": "list", "data": KEY })),
            ok(json!({ KEY: 1, "object": [] })),
            MockReply::status(200)
                .header("content-type", "text/plain")
                .body(KEY),
            MockReply::json(200, format!("[{KEY}")).broken(),
        ]
    };
    let (permissions, _) = scripted_with(replies(), |builder| builder.retry(RetryPolicy::none()));
    for _ in replies() {
        let error = permissions
            .retrieve(CHECKPOINT)
            .await
            .expect_err("no reply is good");
        assert!(!shown(&error).contains("hush"), "{error:?}");
    }
    let (permissions, _) = scripted([ok(page(&["cp_1"], KEY)), ok(page(&["cp_2"], KEY))]);
    let error = permissions
        .list(CHECKPOINT)
        .items()
        .try_collect()
        .await
        .expect_err("the cursor comes twice");
    assert!(
        matches!(error, Error::RepeatedCursor(_)) && !shown(&error).contains("hush"),
        "{error:?}"
    );
}

/// Servers that check no key often get a word for it. It does not mask parts of messages.
#[tokio::test]
async fn a_dummy_key_leaves_messages_alone() {
    let text = "Too many requests: not x2, x2y or any test";
    for (key, shown) in [
        ("x", text),
        ("any", text),
        ("test", text),
        ("x2", "Too many requests: not ***, x2y or any test"),
        ("requests", "Too many ***: not x2, x2y or any test"),
    ] {
        let reply = MockReply::json(429, json!({ "error": { "message": text } }).to_string());
        let (permissions, _) = scripted_with([reply], |builder| {
            builder.admin_api_key(key).retry(RetryPolicy::none())
        });
        let error = permissions
            .retrieve(CHECKPOINT)
            .await
            .expect_err("the reply is an error");
        let message = error.api().and_then(|error| error.message());
        assert_eq!(message, Some(shown), "{key}");
    }
}

/// The URL, which may contain a credential, is not printed either.
#[tokio::test]
async fn a_broken_connection_shows_no_key() {
    let server = server().await;
    server.next(Answer::reset());
    let base_url = server.base_url() + "?token=url-hush";
    let permissions = permissions(
        builder(&server)
            .base_url(base_url)
            .retry(RetryPolicy::none()),
    );
    let error = permissions
        .retrieve(CHECKPOINT)
        .await
        .expect_err("the connection is reset");
    assert!(!shown(&error).contains("hush"), "{error:?}");
}

#[test]
fn the_environment_sets_everything_but_does_not_overrule() {
    let variables = [
        ("OPENAI_ADMIN_KEY", "k"),
        ("OPENAI_BASE_URL", " http://127.0.0.1:9/prefix/ "),
        ("OPENAI_ORG_ID", "org-env"),
        ("OPENAI_PROJECT_ID", "  "),
        ("OPENAI_CUSTOM_HEADERS", "X-One: 1\n \nx-two:2\n"),
    ];
    let env = || with_env(Client::builder(), &variables);
    let request = permissions(env())
        .list("x")
        .build()
        .expect("the request is complete");
    assert_eq!(
        request.uri(),
        "http://127.0.0.1:9/prefix/fine_tuning/checkpoints/x/permissions"
    );
    for (header, value) in [
        ("openai-organization", Some("org-env")),
        ("openai-project", None), // empty means unset
        ("x-one", Some("1")),
        ("x-two", Some("2")),
        ("accept", Some("application/json")),
    ] {
        assert_eq!(sent(env(), header).as_deref(), value, "{header}");
    }
    assert_eq!(
        sent(env().organization("org-given"), "openai-organization").as_deref(),
        Some("org-given")
    );
    assert_eq!(
        sent(env().header("X-ONE", "mine"), "x-one").as_deref(),
        Some("mine")
    );
    let empty = with_env(
        Client::builder().admin_api_key("k"),
        &[("OPENAI_BASE_URL", "")],
    );
    let request = permissions(empty)
        .list("x")
        .build()
        .expect("the request is complete");
    assert_eq!(
        request.uri(),
        "https://api.openai.com/v1/fine_tuning/checkpoints/x/permissions"
    );
}

#[test]
fn a_header_without_a_colon_is_an_error_that_does_not_show_it() {
    let variables = [("OPENAI_CUSTOM_HEADERS", "x-one: 1\nhush")];
    let builder = with_env(Client::builder().admin_api_key("k"), &variables);
    let error = builder
        .build()
        .expect_err("a line has no colon")
        .to_string();
    assert!(error.contains("line 2 of OPENAI_CUSTOM_HEADERS"), "{error}");
    assert!(!error.contains("hush"), "{error}");
}

const CHILD: &str = "TESTS_SHOW_THE_ENVIRONMENTS_CLIENT";

/// A running process can't set its environment variables safely, so the test starts a second process.
#[test]
fn from_env_reads_the_variables_of_the_process() {
    let run = |variables: &[(&str, &str)]| {
        let mut child = Command::new(std::env::current_exe().expect("this test is a file"));
        child
            .args([
                "--exact",
                "auth::show_the_environments_client",
                "--nocapture",
            ])
            .env(CHILD, "1");
        for name in [
            "OPENAI_ADMIN_KEY",
            "OPENAI_API_KEY",
            "OPENAI_ORG_ID",
            "OPENAI_PROJECT_ID",
            "OPENAI_BASE_URL",
        ] {
            child.env_remove(name);
        }
        let output = child
            .envs(variables.iter().copied())
            .output()
            .expect("this test can be run");
        String::from_utf8(output.stdout).expect("it prints text")
    };
    let shown = run(&[
        ("OPENAI_API_KEY", "plain "),
        ("OPENAI_PROJECT_ID", "p"),
        ("OPENAI_BASE_URL", "https://h:1"),
    ]);
    let expected = "https://h:1/fine_tuning/checkpoints/x/permissions Bearer plain p";
    assert!(shown.contains(expected), "{shown}");
    let shown = run(&[("OPENAI_ADMIN_KEY", "admin"), ("OPENAI_API_KEY", "plain")]);
    assert!(
        shown.contains(
            "https://api.openai.com/v1/fine_tuning/checkpoints/x/permissions Bearer admin"
        ),
        "{shown}"
    );
    let shown = run(&[("OPENAI_ADMIN_KEY", " ")]);
    assert!(shown.contains("missing credentials"), "{shown}");
}

/// The second process of the test above; in the first it does nothing.
#[test]
fn show_the_environments_client() {
    if std::env::var_os(CHILD).is_none() {
        return;
    }
    let client = Client::from_env().expect("the variables are valid");
    match client
        .fine_tuning()
        .checkpoints()
        .permissions()
        .list("x")
        .build()
    {
        Ok(request) => {
            let header = |name: &str| {
                request
                    .headers()
                    .get(name)
                    .map_or("-", |value| value.to_str().unwrap_or("?"))
            };
            println!(
                "{} {} {}",
                request.uri(),
                header("authorization"),
                header("openai-project")
            );
        }
        Err(error) => println!("{error}"),
    }
}

/// Anyone on the way can read what is sent without TLS.
#[test]
fn credentials_over_plain_http_need_permission() {
    let send = |builder: ClientBuilder, url: &str| {
        let client = builder.base_url(url).build().expect("complete");
        let call = client.fine_tuning().checkpoints().permissions().list("c");
        call.build().map(|request| request.uri().to_string())
    };
    let with_key = || Client::builder().admin_api_key("secret");
    for url in [
        "http://api.test",
        "http://10.0.0.1:80/v1",
        "http://localhost.test",
    ] {
        match send(with_key(), url) {
            Err(Error::Config(text)) => {
                assert!(text.contains("https") && !text.contains("secret"), "{text}");
            }
            other => panic!("{url}: {other:?}"),
        }
        assert!(send(with_key().allow_credentials_over_http(true), url).is_ok());
        let header = Client::builder().header("authorization", "Bearer other");
        assert!(matches!(send(header, url), Err(Error::Config(_))), "{url}");
    }
    for url in [
        "https://api.test",
        "http://localhost:8080",
        "http://[::1]:1",
        "http://127.0.0.2",
        "http://a.localhost",
    ] {
        assert!(send(with_key(), url).is_ok(), "{url}");
    }
    // Without a credential, there is nothing to read.
    let client = Client::builder()
        .base_url("http://api.test")
        .build()
        .expect("complete");
    assert!(client.request(Method::GET, "/a").build().is_ok());
}
