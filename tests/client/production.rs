//! Tests of what goes wrong in production: machines without certificates, services that are down, connections that die, bodies that
//! stall or break off.

use std::process::Command;
use std::time::Duration;

use futures_util::future::join_all;
use openai_permissions::testing::MockReply;
use openai_permissions::transport::TransportErrorKind;
use openai_permissions::{
    AccessToken, CallOptions, Client, Error, Result, RetryPolicy, TimeoutKind,
};
use tests::Answer;
use tests::fake::Delivery;
use tokio::runtime::Builder;

use super::retries::good;
use super::{
    CHECKPOINT, builder, last_page, ok, permissions, scripted, scripted_with, server, shown,
};

/// Runs another test of this file in a process of its own.
fn child(test: &str, variables: &[(&str, &str)]) -> String {
    let mut child = Command::new(std::env::current_exe().expect("this test is a file"));
    let name = format!("production::{test}");
    child.args(["--exact", &name, "--ignored", "--nocapture"]);
    let output = child.envs(variables.iter().copied()).output();
    let output = output.expect("this test can be run");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{text}");
    text
}

#[test]
fn without_certificates_http_works_and_https_says_what_to_set() {
    let variables = [
        ("SSL_CERT_FILE", "/nonexistent"),
        ("SSL_CERT_DIR", "/nonexistent"),
    ];
    let text = child("on_a_machine_without_certificates", &variables);
    assert!(text.contains("SSL_CERT_FILE"), "{text}");
    assert!(text.contains("No CA certificates were loaded"), "{text}");
}

#[tokio::test]
#[ignore = "another test runs it with other variables"]
async fn on_a_machine_without_certificates() {
    let server = server().await;
    let list = permissions(builder(&server)).list(CHECKPOINT).await;
    list.expect("http needs no certificates");
    let secure = Client::builder()
        .base_url("https://127.0.0.1:9")
        .admin_api_key("k");
    let error = permissions(secure).list(CHECKPOINT).await;
    let error = error.expect_err("there are no certificates");
    let Error::Connection(failed) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(failed.kind(), TransportErrorKind::Tls);
    assert_eq!(error.attempts(), 1, "a retry would not help");
    says_each_cause_once(&error);
    println!("{}", error.report());
}

/// Checks the chain as `anyhow` prints it: no text contains the text of its cause.
fn says_each_cause_once(error: &Error) {
    let mut error: &dyn std::error::Error = error;
    while let Some(cause) = error.source() {
        let (text, cause_text) = (error.to_string(), cause.to_string());
        assert!(
            !text.contains(&cause_text),
            "{text:?} repeats {cause_text:?}"
        );
        error = cause;
    }
}

#[tokio::test]
async fn errors_keep_their_causes_and_repeat_none() {
    let refused = Client::builder()
        .base_url("http://127.0.0.1:9")
        .admin_api_key("k")
        .retry(RetryPolicy::none());
    let refused = permissions(refused).list("c").await.expect_err("refused");
    assert_eq!(refused.to_string(), "cannot connect");
    let io = std::iter::successors(Some(&refused as &dyn std::error::Error), |error| {
        error.source()
    });
    let io = io
        .last()
        .and_then(|error| error.downcast_ref::<std::io::Error>());
    assert!(io.is_some(), "{refused:?}");
    let (broken, _) = scripted_with([ok(last_page(&[])).broken()], |builder| {
        builder.retry(RetryPolicy::none())
    });
    let broken = broken.list("c").await.expect_err("the body breaks off");
    let no_token = || async { Err::<AccessToken, _>(std::io::Error::other("sealed")) };
    let (token, _) = scripted_with([], |builder| builder.admin_api_key_provider(no_token));
    let token = token.list("c").await.expect_err("there is no token");
    for error in [&refused, &broken, &token] {
        says_each_cause_once(error);
        assert!(std::error::Error::source(error).is_some(), "{error:?}");
    }
}

#[tokio::test]
async fn the_pool_of_connections_is_set() -> Result<()> {
    let connections = async |prepare: fn(openai_permissions::ClientBuilder) -> _| {
        let server = server().await;
        let permissions = permissions(prepare(builder(&server)));
        for _ in 0..3 {
            permissions.list(CHECKPOINT).await.expect("it is up");
            tokio::time::sleep(Duration::from_millis(60)).await;
        }
        server.connections()
    };
    assert_eq!(connections(|builder| builder).await, 1);
    assert_eq!(
        connections(|builder| builder.pool_idle_timeout(Duration::from_millis(20))).await,
        3
    );
    assert_eq!(
        connections(|builder| builder.pool_max_idle_per_host(0)).await,
        3
    );
    Ok(())
}

#[tokio::test]
async fn a_body_that_stalls_is_given_up() {
    let server = server().await;
    let drip = |delay| Delivery::Slow {
        chunk: 10,
        delay: Duration::from_millis(delay),
    };
    let body = last_page(&["cp_1"]).to_string();
    server.next(Answer::bytes(200, body.clone()).delivered(drip(60_000)));
    server.next(Answer::bytes(200, body).delivered(drip(20)));
    let limited = builder(&server).min_throughput(40, Duration::from_millis(300));
    let permissions = permissions(limited.retry(RetryPolicy::none()));
    let error = permissions.list("c").await.expect_err("it stalls");
    let Error::Timeout(timeout) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(timeout.kind(), TimeoutKind::Stalled);
    assert_eq!(error.status().map(|status| status.as_u16()), Some(200));
    permissions
        .list("c")
        .await
        .expect("it is slow, but goes on");
}

/// The caller must learn that the object exists.
#[tokio::test]
async fn a_body_that_breaks_off_keeps_status_headers_and_request_id() {
    let server = server().await;
    let created = || {
        Answer::bytes(201, "{\"object\": \"list\"}")
            .header("location", "/things/1")
            .header("x-request-id", "req_made")
    };
    server.next(created().delivered(Delivery::Truncated(5)));
    server.next(created().delivered(Delivery::Slow {
        chunk: 5,
        delay: Duration::from_secs(60),
    }));
    let permissions = permissions(builder(&server).timeout(Duration::from_millis(300)));
    for _ in 0..2 {
        let error = permissions.create("c", ["p"]).await;
        let error = error.expect_err("the body is incomplete");
        assert!(
            matches!(error, Error::Connection(_) | Error::Timeout(_)),
            "{error:?}"
        );
        assert_eq!(error.status().map(|status| status.as_u16()), Some(201));
        assert_eq!(error.request_id(), Some("req_made"));
        let headers = error.headers().expect("they arrived");
        assert_eq!(headers["location"], "/things/1");
        assert!(error.to_string().contains("201 Created"), "{error}");
        assert_eq!(error.attempts(), 1, "it is not created twice");
    }
}

#[test]
fn a_runtime_without_timers_or_io_is_an_error() {
    let (running, server) = super::blocking::running();
    let list = || permissions(builder(&server)).list(CHECKPOINT);
    let lacking: [fn(&mut Builder); 3] = [
        |_| {},
        |builder| _ = builder.enable_io(),
        |builder| _ = builder.enable_time(),
    ];
    for prepare in lacking {
        let mut builder = Builder::new_current_thread();
        prepare(&mut builder);
        let runtime = builder.build().expect("a runtime");
        let error = runtime.block_on(list().into_future()).expect_err("lacking");
        assert!(matches!(error, Error::Config(_)), "{error:?}");
        assert!(error.to_string().contains("enable_all"), "{error}");
    }
    running.block_on(list().into_future()).expect("it has both");
}

#[tokio::test(start_paused = true)]
async fn clients_do_not_come_back_at_the_same_time() {
    let mut delays = Vec::new();
    for _ in 0..50 {
        let busy = MockReply::status(429).header("retry-after", "10");
        let (permissions, mock) = scripted([busy, good()]);
        permissions.retrieve("c").await.expect("the second is good");
        delays.push(mock.delays()[0]);
    }
    let (first, last) = (delays.iter().min(), delays.iter().max());
    let (first, last) = (first.expect("some"), last.expect("some"));
    assert!(*first >= Duration::from_secs(10), "{first:?}");
    assert!(*last <= Duration::from_millis(11_002), "{last:?}");
    assert!(*last - *first > Duration::from_millis(200), "{delays:?}");
}

#[tokio::test]
async fn a_compressed_reply_says_so() {
    let gzip = |status| {
        MockReply::json(status, &b"\x1f\x8b\x08\0\xff\xfe"[..]).header("content-encoding", "gzip")
    };
    for status in [200, 400] {
        let (permissions, _) = scripted([gzip(status)]);
        let error = permissions.list("c").await.expect_err("it is unreadable");
        assert!(error.to_string().contains("compressed (gzip)"), "{error}");
    }
}

#[tokio::test]
async fn a_redirect_says_where_to() {
    let moved = MockReply::status(301).header("location", "https://example.com/v1/");
    let (permissions, _) = scripted([moved]);
    let error = permissions.list("c").await.expect_err("it is a redirect");
    let text = "301 Moved Permanently to https://example.com/v1/, which is not followed";
    assert!(error.to_string().starts_with(text), "{error}");
}

#[test]
fn two_headers_of_one_name() {
    let (permissions, _) = scripted([]);
    let options = CallOptions::new()
        .header("x-tag", "a")
        .header("X-Tag", "b")
        .header("authorization", "Bearer a")
        .header("authorization", "Bearer b");
    let request = permissions.list("c").options(options).build();
    let request = request.expect("it is complete");
    let all = |name| request.headers().get_all(name).iter().collect::<Vec<_>>();
    assert_eq!(all("x-tag"), ["a", "b"]);
    assert_eq!(all("authorization"), ["Bearer b"], "there can be one only");
}

#[tokio::test]
async fn every_cookie_of_a_header_is_a_secret() {
    let echo = MockReply::status(400).body("no session crumb-hush, lang tea-hush");
    let (permissions, _) = scripted([echo]);
    let cookies = CallOptions::new().header("cookie", "sid=crumb-hush; lang=tea-hush");
    let error = permissions.list("c").options(cookies).await;
    let error = error.expect_err("it is refused");
    assert!(!shown(&error).contains("hush"), "{error}");
}

#[tokio::test]
async fn calls_are_futures() -> Result<()> {
    let server = server().await;
    let permissions = permissions(builder(&server));
    let create = permissions.create("c", ["p"]);
    let created = tokio::spawn(create.clone()).await.expect("no panic")?;
    assert_eq!(created.data.len(), 1);
    let pages = join_all((0..3).map(|_| permissions.list("c"))).await;
    assert!(
        pages
            .iter()
            .all(|page| page.as_ref().is_ok_and(|page| page.data.len() == 1))
    );
    let whole = tokio::spawn(permissions.list("c").with_response());
    assert_eq!(whole.await.expect("no panic")?.status(), 200);
    // A call that was polled can be cloned and sent again.
    let mut polled = create;
    (&mut polled).await?;
    polled.clone().await?;
    let bodies = server
        .requests()
        .into_iter()
        .filter(|it| it.method == "POST");
    let bodies: Vec<String> = bodies.map(|it| it.text()).collect();
    assert_eq!(bodies, [r#"{"project_ids":["p"]}"#; 3]);
    Ok(())
}
