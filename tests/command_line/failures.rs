//! Tests of exit codes, and of errors as text and as JSON.

use serde_json::json;
use tests::Answer;

use crate::setup::{CHECKPOINT, Cli, PERMISSIONS, RETRIEVE, Service, cli};

#[test]
fn wrong_usage_is_2() {
    let url = ["--base-url", "http://127.0.0.1:9"];
    for arguments in [
        &["nothing"][..],
        &[PERMISSIONS, "nothing"],
        &[PERMISSIONS],
        &[],
        &[PERMISSIONS, "retrieve"],
        &[PERMISSIONS, "retrieve", "x", "--nothing"],
        &[PERMISSIONS, "retrieve", "x", "--format", "nothing"],
        &[PERMISSIONS, "retrieve", "x", "--timeout", "0"],
        &[PERMISSIONS, "retrieve", "x", "--max-retries", "-1"],
        &[PERMISSIONS, "retrieve", "x", "--max-items", "1"],
        &[PERMISSIONS, "retrieve", ".."],
        &["completions", "nothing"],
        &["man", "nothing"],
    ] {
        let arguments = [arguments, &url, &["--api-key", "k"]].concat();
        let done = cli(&arguments).done().code(2);
        assert_eq!(done.stdout, "", "{arguments:?}");
        assert_ne!(done.stderr, "", "{arguments:?}");
    }
    let bad = [
        &[PERMISSIONS][..],
        &RETRIEVE,
        &["--api-key", "k", "--base-url", "ftp://x"],
    ];
    assert_eq!(cli(&bad.concat()).done().code(2).error()["kind"], "usage");
}

/// As in a container without CA certificates.
#[test]
fn without_certificates_only_https_fails() {
    let service = Service::new();
    service.server.grant(CHECKPOINT, ["proj_a"]);
    let bare = |command: Cli| {
        command
            .env("SSL_CERT_FILE", "/nonexistent")
            .env("SSL_CERT_DIR", "/nonexistent")
    };
    for _ in 0..2 {
        bare(service.permissions(&RETRIEVE)).done().well();
    }
    let command = bare(service.permissions(&RETRIEVE));
    let done = command.env("OPENAI_BASE_URL", "https://127.0.0.1:9").done();
    let error = done.code(5).error();
    assert_eq!(error["kind"], "connection");
    let message = error["message"].as_str().expect("a text");
    for word in ["SSL_CERT_FILE", "No CA certificates"] {
        assert_eq!(message.matches(word).count(), 1, "{message}");
    }
}

#[test]
fn no_credentials_is_3_and_sends_nothing() {
    let service = Service::new();
    for value in [None, Some(""), Some("  ")] {
        let command = service
            .permissions(&RETRIEVE)
            .without_env("OPENAI_ADMIN_KEY");
        let command = match value {
            Some(value) => command.env("OPENAI_ADMIN_KEY", value),
            None => command,
        };
        let error = command.done().code(3).error();
        assert_eq!(error["kind"], "credentials");
        let message = error["message"].as_str().expect("a text");
        for word in [
            "--admin-api-key",
            "--api-key",
            "OPENAI_ADMIN_KEY",
            "OPENAI_API_KEY",
        ] {
            assert!(message.contains(word), "{message}");
        }
    }
    assert!(service.requests().is_empty());
}

#[test]
fn a_refusal_is_4_with_what_the_server_said() {
    let service = Service::new();
    let error = service
        .permissions(&["delete", "x", "cp_9"])
        .done()
        .code(4)
        .error();
    assert_eq!(error["kind"], "api");
    assert_eq!(error["status"], 404);
    assert_eq!(error["attempts"], 1);
    assert_eq!(error["body"]["error"]["code"], "not_found");
    assert!(
        error["message"]
            .as_str()
            .is_some_and(|it| it.starts_with("404 Not Found: ")),
        "{error}"
    );
    let text = Answer::bytes(429, "slow down")
        .header("retry-after", "90")
        .header("x-request-id", "req_7");
    let service = Service::answering([text]);
    let error = service.permissions(&RETRIEVE).done().code(4).error();
    assert_eq!(error["body"], "slow down");
    assert_eq!(
        (&error["retry_after"], &error["request_id"]),
        (&json!(90.0), &json!("req_7"))
    );
}

#[test]
fn no_reply_or_not_in_time_is_5() {
    let nowhere = [
        &[PERMISSIONS][..],
        &RETRIEVE,
        &["--api-key", "k", "--max-retries", "0"],
    ]
    .concat();
    let refused = [&nowhere[..], &["--base-url", "http://127.0.0.1:9"]].concat();
    let error = cli(&refused).done().code(5).error();
    assert_eq!(error["kind"], "connection");
    let message = error["message"].as_str().expect("a text");
    assert!(message.contains("Connection refused"), "{message}");
    let service = Service::answering([Answer::silence()]);
    let flags = [&RETRIEVE[..], &["--timeout", "0.2", "--max-retries", "0"]].concat();
    let error = service.permissions(&flags).done().code(5).error();
    assert_eq!(error["kind"], "timeout");
    assert_eq!(service.requests().len(), 1);
}

#[test]
fn no_proxy_for_any_host() {
    let service = Service::with_permissions();
    let through = |hosts: &str| {
        service
            .permissions(&[&RETRIEVE[..], &["--max-retries", "0"]].concat())
            .env("HTTP_PROXY", "http://127.0.0.1:9")
            .env("NO_PROXY", hosts)
    };
    through("*").done().code(0);
    through("example.com, *").done().code(0);
    through("example.com").done().code(5);
}

#[test]
fn a_reply_that_cannot_be_read_is_1() {
    for body in ["", "<html>", "{\"object\"", "[]", "{}", "{\"data\": 1}"] {
        let service = Service::answering([Answer::bytes(200, body)]);
        let done = service.permissions(&["list", CHECKPOINT]).done().code(1);
        assert_eq!(
            (done.error()["kind"].as_str(), done.stdout.as_str()),
            (Some("reply"), ""),
            "{body}"
        );
    }
    let service = Service::answering([Answer::bytes(200, "")]);
    service.permissions(&RETRIEVE).done().code(1);
    let strange = [
        Answer::page(&["cp_1"], Some("cp_1"), true),
        Answer::json(200, json!({})),
    ];
    let service = Service::answering(strange);
    let done = service.permissions(&["list", CHECKPOINT]).done().code(1);
    assert_eq!(done.json()["last_id"], "cp_1");
}

#[test]
fn retries_are_counted() {
    let answers = || (0..4).map(|_| Answer::error(500).header("retry-after-ms", "1"));
    for (flags, requests) in [
        (&[][..], 3),
        (&["--max-retries", "0"], 1),
        (&["--max-retries", "3"], 4),
    ] {
        let service = Service::answering(answers());
        let error = service
            .permissions(&[&RETRIEVE, flags].concat())
            .done()
            .code(4)
            .error();
        assert_eq!(error["attempts"], requests);
        assert_eq!(service.requests().len(), requests);
    }
}

/// If a page fails, the output so far is a complete document with the cursor to continue from.
#[test]
fn a_listing_that_fails_ends_well() {
    let answers = || {
        [
            Answer::page(&["cp_1"], Some("cp_1"), true),
            Answer::error(404),
        ]
    };
    let service = Service::answering(answers());
    let done = service.permissions(&["list", CHECKPOINT]).done().code(4);
    assert_eq!(done.json()["data"][0]["id"], "cp_1");
    assert_eq!(
        (&done.json()["has_more"], &done.json()["last_id"]),
        (&json!(true), &json!("cp_1"))
    );
    assert_eq!(done.error()["status"], 404);
    let service = Service::answering([
        Answer::page(&["cp_1"], Some("cp_1"), true),
        Answer::page(&["cp_1"], Some("cp_1"), true),
    ]);
    let done = service
        .permissions(&["list", CHECKPOINT, "--format", "jsonl"])
        .done()
        .code(1);
    assert_eq!(done.values().len(), 2);
    assert!(
        done.error()["message"]
            .as_str()
            .is_some_and(|it| it.contains("repeated the cursor")),
        "{done:?}"
    );
}

#[test]
fn errors_are_text_where_people_are_asked_for() {
    let service = Service::new();
    let text = |format| {
        let arguments = ["delete", "x", "cp_9", "--format", format];
        service.permissions(&arguments).done().code(4).stderr
    };
    for format in ["pretty", "yaml"] {
        assert!(
            text(format).starts_with("error: 404 Not Found: "),
            "{}",
            text(format)
        );
    }
    for format in ["json", "JSONL", "raw", "auto"] {
        assert!(
            text(format).starts_with("{\"error\":{\"kind\":\"api\""),
            "{}",
            text(format)
        );
    }
    let usage = service
        .permissions(&["create", "--project-ids", "a", "--format=pretty"])
        .done()
        .code(2)
        .stderr;
    insta::assert_snapshot!(usage);
    let missing = service
        .permissions(&["delete", "--format=pretty"])
        .done()
        .code(2)
        .stderr;
    insta::assert_snapshot!(missing);
    let colored = service
        .permissions(&[
            "delete",
            "x",
            "cp_9",
            "--format=pretty",
            "--color",
            "always",
        ])
        .done();
    assert!(
        colored
            .stderr
            .starts_with("\u{1b}[1m\u{1b}[31merror:\u{1b}[0m 404"),
        "{colored:?}"
    );
}

/// The format of standard error is independent of that of standard output.
#[test]
fn errors_have_a_form_of_their_own() {
    let service = Service::new();
    let said = |flags: &[&str]| {
        let arguments = [&["delete", "x", "cp_9"], flags].concat();
        service.permissions(&arguments).done().code(4).stderr
    };
    let text = said(&["--format", "json", "--format-error", "pretty"]);
    assert!(text.starts_with("error: 404 Not Found: "), "{text}");
    let json = said(&["--format=pretty", "--format-error=JSON"]);
    assert!(json.starts_with("{\"error\":{\"kind\":\"api\""), "{json}");
    let yaml = said(&["--format-error", "yaml"]);
    assert!(yaml.starts_with("error:\n  kind: api\n"), "{yaml}");
    let raw = said(&["--format-error", "raw"]);
    assert!(
        raw.starts_with("{\"error\":{\"message\":\"No permission"),
        "{raw}"
    );
    let code = ["--transform-error", "$.error.body.error.code"];
    assert_eq!(said(&code), "\"not_found\"\n");
    let bare = [&code[..], &["--format-error", "pretty"]].concat();
    assert_eq!(said(&bare), "not_found\n");
    assert_eq!(said(&["--transform-error", "$..status"]), "[404]\n");
    let sent = service.requests().len();
    let unreadable = ["delete", "x", "cp_9", "--transform-error", "$["];
    let error = service.permissions(&unreadable).done().code(2).error();
    let message = error["message"].as_str().expect("a text");
    assert!(message.contains("--transform-error"), "{message}");
    assert_eq!(service.requests().len(), sent);
}
