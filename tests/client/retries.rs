//! Tests of retries: which requests are retried, and how often. The clock is paused, so waiting takes no time.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use openai_permissions::testing::{MockReply, MockTransport};
use openai_permissions::transport::{
    Body, Sending, Transport, TransportError, TransportErrorKind as Kind,
};
use openai_permissions::{CallOptions, Client, Error, Result, RetryPolicy};
use tests::Answer;

use super::{CHECKPOINT, builder, last_page, ok, permissions, scripted, scripted_with, server};

pub type Headers<'a> = &'a [(&'a str, &'a str)];

pub fn good() -> MockReply {
    ok(last_page(&["cp_1"]))
}

#[tokio::test(start_paused = true)]
async fn statuses() {
    for (status, attempts) in [
        (408, 3),
        (409, 3),
        (429, 3),
        (500, 3),
        (501, 3),
        (503, 3),
        (529, 3),
        (599, 3),
        (304, 1),
        (400, 1),
        (401, 1),
        (403, 1),
        (404, 1),
        (418, 1),
        (422, 1),
    ] {
        let (permissions, mock) = scripted((0..9).map(|_| MockReply::status(status)));
        let error = permissions
            .retrieve(CHECKPOINT)
            .await
            .expect_err("all replies are errors");
        assert_eq!(
            (mock.requests().len(), error.attempts()),
            (attempts as usize, attempts),
            "for {status}"
        );
        let outcomes = [
            permissions.create("c", ["p"]).await.map(drop),
            permissions.delete("c", "cp").await.map(drop),
        ];
        for outcome in outcomes {
            assert_eq!(
                outcome.expect_err("all replies are errors").attempts(),
                attempts,
                "for {status}"
            );
        }
    }
}

#[tokio::test(start_paused = true)]
async fn the_server_decides_whether_to_retry() {
    for (status, said, attempts) in [
        (400, "true", 2),
        (503, "false", 1),
        (400, "TRUE", 1),
        (503, "FALSE", 2),
    ] {
        let (permissions, mock) = scripted([
            MockReply::status(status).header("x-should-retry", said),
            good(),
        ]);
        let _ = permissions.retrieve(CHECKPOINT).await;
        assert_eq!(mock.requests().len(), attempts, "for {status} and {said}");
    }
}

/// For each failure: the number of attempts of `retrieve`, `delete` and `create`, and of `create` with an idempotency key and with
/// the policy that allows retries.
#[tokio::test(start_paused = true)]
async fn lost_replies_are_requested_again_only_where_that_does_no_harm() {
    let failures = [
        (
            "no connection",
            MockReply::error(Kind::Connect),
            [3, 3, 3, 3, 3],
        ),
        (
            "no connection in time",
            MockReply::error(Kind::ConnectTimeout),
            [3, 3, 3, 3, 3],
        ),
        (
            "lost connection",
            MockReply::error(Kind::Io),
            [3, 3, 1, 3, 3],
        ),
        ("silence", MockReply::never(), [3, 3, 1, 3, 3]),
        (
            "broken body",
            MockReply::json(200, r#"{"object":"#).broken(),
            [3, 3, 1, 3, 3],
        ),
        (
            "bad request",
            MockReply::error(Kind::Request),
            [1, 1, 1, 1, 1],
        ),
    ];
    for (name, failure, expected) in failures {
        let script = || scripted((0..5).map(|_| failure.clone()));
        let mut attempts = Vec::new();
        let mut count = |outcome: Result<()>, mock: MockTransport| {
            let error = outcome.expect_err(name);
            attempts.push(mock.requests().len());
            assert_eq!(
                error.attempts() as usize,
                mock.requests().len(),
                "{name}: {error:?}"
            );
        };
        let (permissions, mock) = script();
        count(permissions.retrieve("c").await.map(drop), mock);
        let (permissions, mock) = script();
        count(permissions.delete("c", "cp").await.map(drop), mock);
        let (permissions, mock) = script();
        count(permissions.create("c", ["p"]).await.map(drop), mock);
        for options in [
            CallOptions::new().idempotency_key("key-1"),
            CallOptions::new().retry(RetryPolicy::new().retry_non_idempotent(true)),
        ] {
            let (permissions, mock) = script();
            count(
                permissions
                    .create("c", ["p"])
                    .options(options)
                    .await
                    .map(drop),
                mock,
            );
        }
        assert_eq!(attempts, expected, "{name}");
    }
}

#[tokio::test(start_paused = true)]
async fn every_attempt_is_the_same_request_with_a_count() {
    let (permissions, mock) =
        scripted([MockReply::status(500), MockReply::error(Kind::Io), good()]);
    let call = permissions
        .create("c", ["p"])
        .options(CallOptions::new().idempotency_key("key-1"));
    let reply = call.with_response().await.expect("the third reply is good");
    assert_eq!(reply.attempts(), 3);
    let counts: Vec<_> = mock
        .requests()
        .iter()
        .map(|it| it.headers().get("x-retry-count").cloned())
        .collect();
    assert_eq!(
        counts,
        [
            None,
            Some("1".parse().expect("a value")),
            Some("2".parse().expect("a value"))
        ]
    );
    for request in mock.requests() {
        assert_eq!(request.headers()["idempotency-key"], "key-1");
        assert_eq!(request.body(), r#"{"project_ids":["p"]}"#.as_bytes());
    }
}

#[tokio::test(start_paused = true)]
async fn the_number_of_retries_can_be_set_for_client_and_call() {
    for (client, call, attempts) in [(0, None, 1), (4, None, 5), (4, Some(1), 2), (0, Some(2), 3)] {
        let policy = RetryPolicy::new().max_retries(client);
        let (permissions, mock) = scripted_with((0..9).map(|_| MockReply::status(500)), |it| {
            it.retry(policy.clone())
        });
        let options = call.map_or(CallOptions::new(), |retries| {
            CallOptions::new().max_retries(retries)
        });
        permissions
            .retrieve("c")
            .options(options)
            .await
            .expect_err("all replies are errors");
        assert_eq!(
            mock.requests().len(),
            attempts,
            "client {client}, call {call:?}"
        );
    }
}

/// Real connections break in each possible way, and the next attempt succeeds.
#[tokio::test]
async fn broken_connections_are_replaced() -> Result<()> {
    let server = server().await;
    server.grant(CHECKPOINT, ["proj_a"]);
    let quick = RetryPolicy::new().initial_delay(Duration::from_millis(1));
    let permissions = permissions(builder(&server).retry(quick.clone()));
    for fault in [r#""drop""#, r#""reset""#, r#""lose""#, r#"{"truncate":30}"#] {
        let answer: Answer =
            serde_json::from_str(&format!(r#"{{"fault":{fault}}}"#)).expect("an answer");
        server.next(answer.clone()).next(answer);
        let reply = permissions.retrieve(CHECKPOINT).with_response().await?;
        assert_eq!((reply.attempts(), reply.data.len()), (3, 1), "{fault}");
    }
    Ok(())
}

/// The server processes the request, but a real connection loses the reply: a new connection, and one that was kept open.
#[tokio::test]
async fn a_lost_reply_grants_once_and_shows_its_attempts() -> Result<()> {
    let server = server().await;
    let quick = RetryPolicy::new().initial_delay(Duration::from_millis(1));
    let permissions = permissions(builder(&server).retry(quick.clone()));
    for checkpoint in ["new connection", "kept connection"] {
        server.next(Answer::lost_reply());
        let error = permissions
            .create(checkpoint, ["proj_a"])
            .await
            .expect_err("the reply is lost");
        assert!(
            matches!(error, Error::Connection(_)) && error.attempts() == 1,
            "{error:?}"
        );
        assert_eq!(server.projects(checkpoint), ["proj_a"]);
        permissions.list(checkpoint).await?;
    }
    let again = CallOptions::new().retry(quick.retry_non_idempotent(true));
    server.next(Answer::lost_reply());
    permissions
        .create("twice", ["proj_a"])
        .options(again)
        .await?;
    assert_eq!(
        server.projects("twice"),
        ["proj_a", "proj_a"],
        "as the policy says"
    );

    let [id] = &server.grant("gone", ["proj_a"])[..] else {
        panic!("one permission is granted")
    };
    server.next(Answer::lost_reply());
    let error = permissions
        .delete("gone", id)
        .await
        .expect_err("it is gone already");
    assert_eq!(
        (
            error.status().map(|status| status.as_u16()),
            error.attempts()
        ),
        (Some(404), 2)
    );
    assert_eq!(server.projects("gone"), [""; 0]);
    Ok(())
}

/// The number of attempts that a policy makes after a status, for a listing and for a `POST`.
async fn attempts(policy: RetryPolicy, status: u16, headers: Headers<'_>) -> (u32, u32) {
    let refused = || {
        let reply = MockReply::status(status);
        headers
            .iter()
            .fold(reply, |reply, (name, value)| reply.header(name, value))
    };
    let (permissions, _) = scripted_with((0..9).map(|_| refused()), |it| it.retry(policy));
    let get = permissions.retrieve(CHECKPOINT).await;
    let post = permissions.create("c", ["p"]).await;
    let count = |error: Option<Error>| error.expect("all replies are errors").attempts();
    (count(get.err()), count(post.err()))
}

#[tokio::test(start_paused = true)]
async fn a_list_of_statuses() {
    let policy = || RetryPolicy::new().statuses([429, 503]);
    assert_eq!(attempts(policy(), 429, &[]).await, (3, 3));
    assert_eq!(attempts(policy(), 502, &[]).await, (1, 1));
    // `x-should-retry` takes precedence.
    let wanted = [("x-should-retry", "true")];
    assert_eq!(attempts(policy(), 418, &wanted).await, (3, 3));
}

#[tokio::test(start_paused = true)]
async fn a_predicate() {
    let policy = || {
        RetryPolicy::new().retry_if(|response| match response.status().as_u16() {
            502 | 504 => response.is_idempotent(),
            403 => response.retry_after().is_some() && response.attempt() < 2,
            _ => response.is_retried_by_default(),
        })
    };
    assert_eq!(attempts(policy(), 504, &[]).await, (3, 1));
    assert_eq!(attempts(policy(), 503, &[]).await, (3, 3));
    assert_eq!(attempts(policy(), 404, &[]).await, (1, 1));
    assert_eq!(attempts(policy(), 403, &[]).await, (1, 1));
    let limit = [("retry-after", "1")];
    assert_eq!(attempts(policy(), 403, &limit).await, (2, 2));
}

/// A service that is down for the first requests.
#[derive(Clone)]
struct Down {
    requests: Arc<AtomicUsize>,
    until: usize,
}

impl Transport for Down {
    fn send(&self, _: http::Request<Body>) -> Sending<'_> {
        let is_down = self.requests.fetch_add(1, Ordering::Relaxed) < self.until;
        Box::pin(async move {
            match is_down {
                true => Err(TransportError::new(Kind::Connect, "refused")),
                false => Ok(http::Response::new(Body::from("{}"))),
            }
        })
    }
}

#[tokio::test(start_paused = true)]
async fn a_service_that_is_down_gets_few_retries() {
    let requests = Arc::new(AtomicUsize::new(0));
    let client = |until, retry| {
        requests.store(0, Ordering::Relaxed);
        let down = Down {
            requests: requests.clone(),
            until,
        };
        let builder = Client::builder()
            .api_key("k")
            .base_url("http://127.0.0.1:9");
        let client = builder.transport(down).retry(retry).build();
        client.expect("the settings are valid")
    };
    let get = async |client: &Client| client.request(http::Method::GET, "/").await;

    let one = client(1100, RetryPolicy::new());
    for _ in 0..1000 {
        get(&one).await.expect_err("the service is down");
    }
    assert_eq!(requests.load(Ordering::Relaxed), 1100, "100 retries");
    // Successes refill the budget.
    for _ in 0..5 {
        get(&one).await.expect("the service is back");
    }
    requests.store(0, Ordering::Relaxed);
    get(&one).await.expect_err("it is down again");
    assert_eq!(requests.load(Ordering::Relaxed), 2, "there is one retry");

    // Retries that succeed cost nothing.
    let one = client(1, RetryPolicy::new());
    for _ in 0..200 {
        requests.store(0, Ordering::Relaxed);
        get(&one).await.expect("the retry succeeds");
    }

    let unlimited = client(usize::MAX, RetryPolicy::new().budget(false));
    for _ in 0..200 {
        get(&unlimited).await.expect_err("the service is down");
    }
    assert_eq!(requests.load(Ordering::Relaxed), 600);
}

#[tokio::test(start_paused = true)]
async fn retries_that_the_server_asks_for_do_not_refill_the_budget() {
    let failed = || MockReply::status(500);
    let busy = || MockReply::status(503).header("retry-after", "1");
    let spent = (0..150).map(|_| failed());
    let (permissions, _) = scripted(spent.chain([busy(), busy(), good(), failed(), good()]));
    for _ in 0..50 {
        let error = permissions.retrieve("c").await.expect_err("it fails");
        assert_eq!(error.attempts(), 3);
    }
    let free = permissions.retrieve("c").with_response().await;
    assert_eq!(free.expect("the third reply is good").attempts(), 3);
    let error = permissions.retrieve("c").await;
    let error = error.expect_err("the budget is spent");
    assert_eq!(error.attempts(), 1);
}
