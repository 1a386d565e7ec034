//! Tests of time limits (for connecting, for an attempt, for the whole call) and of calls that are dropped.

use std::time::Duration;

use openai_permissions::testing::MockReply;
use openai_permissions::{CallOptions, Error, RetryPolicy, TimeoutKind};
use tests::Answer;
use tests::fake::Delivery;
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::Instant;

use super::{CHECKPOINT, builder, last_page, ok, permissions, scripted, scripted_with, server};

fn kind(error: &Error) -> TimeoutKind {
    let Error::Timeout(timeout) = error else {
        panic!("{error:?}")
    };
    assert!(error.is_timeout());
    timeout.kind()
}

fn seconds(start: Instant) -> f64 {
    start.elapsed().as_secs_f64()
}

#[tokio::test(start_paused = true)]
async fn an_attempt_takes_600_seconds_by_default_with_its_body() {
    for reply in [MockReply::never, || {
        MockReply::json(200, r#"{"object":"list","#).stalled()
    }] {
        let (permissions, mock) = scripted_with([reply()], |it| it.retry(RetryPolicy::none()));
        let start = Instant::now();
        let error = permissions.retrieve("c").await.expect_err("nothing comes");
        assert_eq!(
            (kind(&error), error.attempts(), mock.requests().len()),
            (TimeoutKind::Attempt, 1, 1)
        );
        assert!(
            (600.0..600.1).contains(&seconds(start)),
            "{}",
            seconds(start)
        );
    }
}

#[tokio::test(start_paused = true)]
async fn each_attempt_has_its_own_time() {
    let replies = [
        MockReply::never(),
        MockReply::never(),
        ok(last_page(&["cp_1"])).after(Duration::from_secs(9)),
    ];
    let (permissions, mock) = scripted_with(replies, |it| it.timeout(Duration::from_secs(10)));
    let start = Instant::now();
    permissions
        .retrieve("c")
        .await
        .expect("the third reply comes in time");
    assert_eq!(mock.requests().len(), 3);
    assert!(
        (30.0..31.0).contains(&seconds(start)),
        "10 + 0.5 + 10 + 1 + 9 at most, took {}",
        seconds(start)
    );
    let (permissions, _) = scripted_with([MockReply::never()], |it| {
        it.timeout(Duration::from_secs(10))
    });
    let options = CallOptions::new()
        .timeout(Duration::from_secs(2))
        .max_retries(0);
    let start = Instant::now();
    permissions
        .retrieve("c")
        .options(options)
        .await
        .expect_err("nothing comes");
    assert!(
        (2.0..2.1).contains(&seconds(start)),
        "the call's own timeout holds, not {}",
        seconds(start)
    );
}

#[tokio::test(start_paused = true)]
async fn a_deadline_holds_for_the_whole_call() {
    // The deadline passes during the second attempt.
    let (permissions, mock) = scripted_with([MockReply::status(500), MockReply::never()], |it| {
        it.deadline(Duration::from_secs(5))
    });
    let start = Instant::now();
    let error = permissions.retrieve("c").await.expect_err("nothing comes");
    assert_eq!(
        (kind(&error), error.attempts(), mock.requests().len()),
        (TimeoutKind::Deadline, 2, 2)
    );
    assert!((5.0..5.1).contains(&seconds(start)), "{}", seconds(start));
    // If the next delay would exceed it, the error is returned immediately.
    let (permissions, mock) = scripted([MockReply::status(503).header("retry-after", "30")]);
    let options = CallOptions::new().deadline(Duration::from_secs(20));
    let start = Instant::now();
    let error = permissions
        .retrieve("c")
        .options(options)
        .await
        .expect_err("the reply is an error");
    assert_eq!(
        (error.status().map(|it| it.as_u16()), mock.requests().len()),
        (Some(503), 1)
    );
    assert_eq!(start.elapsed(), Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn a_post_that_timed_out_is_not_sent_again() {
    let (permissions, mock) = scripted([MockReply::never(), MockReply::never()]);
    let error = permissions
        .create("c", ["p"])
        .await
        .expect_err("nothing comes");
    assert_eq!(
        (kind(&error), error.attempts(), mock.requests().len()),
        (TimeoutKind::Attempt, 1, 1)
    );
}

#[tokio::test]
async fn silence_and_slow_bodies_on_sockets() {
    let server = server().await;
    server.grant(CHECKPOINT, ["proj_a"]);
    let permissions = permissions(
        builder(&server)
            .timeout(Duration::from_millis(400))
            .retry(RetryPolicy::none()),
    );
    let drip = Delivery::Slow {
        chunk: 1,
        delay: Duration::from_millis(20),
    };
    for answer in [Answer::silence(), Answer::processed(drip)] {
        server.next(answer);
        let error = permissions
            .retrieve(CHECKPOINT)
            .await
            .expect_err("it takes too long");
        assert_eq!(kind(&error), TimeoutKind::Attempt);
    }
    server.next(Answer::processed(Delivery::Slow {
        chunk: 100,
        delay: Duration::from_millis(1),
    }));
    permissions
        .retrieve(CHECKPOINT)
        .await
        .expect("this one is slow, but not too slow");
}

/// The queue of a listener is full, so the system does not accept new connections.
#[tokio::test]
async fn connecting_has_a_time_of_its_own() {
    let socket = TcpSocket::new_v4().expect("there are sockets");
    socket
        .bind(([127, 0, 0, 1], 0).into())
        .expect("loopback has a free port");
    let listener = socket.listen(1).expect("it can listen");
    let address = listener.local_addr().expect("it is bound");
    let mut queued = Vec::new();
    let full = async {
        loop {
            queued.push(TcpStream::connect(address).await);
        }
    };
    if tokio::time::timeout(Duration::from_millis(300), full)
        .await
        .is_ok()
        || queued.len() > 1000
    {
        return; // a system whose queues do not fill up
    }
    let client = openai_permissions::Client::builder()
        .base_url(format!("http://{address}"))
        .admin_api_key("k");
    let client = client
        .connect_timeout(Duration::from_millis(100))
        .retry(RetryPolicy::none());
    let start = Instant::now();
    let error = permissions(client)
        .retrieve("c")
        .await
        .expect_err("nobody accepts");
    assert_eq!(kind(&error), TimeoutKind::Connect);
    assert!(error.is_connect(), "{error:?}");
    assert!(seconds(start) < 4.5, "{}", seconds(start));
}

#[tokio::test]
async fn a_refused_connection_is_no_timeout() {
    let address = {
        let listener =
            std::net::TcpListener::bind(("127.0.0.1", 0)).expect("loopback has a free port");
        listener.local_addr().expect("it is bound")
    };
    let client = openai_permissions::Client::builder()
        .base_url(format!("http://{address}"))
        .admin_api_key("k");
    let client = client.retry(
        RetryPolicy::new()
            .max_retries(1)
            .initial_delay(Duration::from_millis(1)),
    );
    let error = permissions(client)
        .create("c", ["p"])
        .await
        .expect_err("nobody listens");
    assert!(error.is_connect() && !error.is_timeout(), "{error:?}");
    assert_eq!(
        error.attempts(),
        2,
        "nothing was sent, so even a POST is tried again"
    );
}

#[tokio::test]
async fn dropping_the_future_cancels_the_request() {
    let server = server().await;
    server.always(Answer::silence());
    let permissions = permissions(builder(&server));
    let arrived = async {
        while server.requests().is_empty() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    };
    tokio::select! {
        outcome = permissions.retrieve("c").into_future() => panic!("the server is silent: {outcome:?}"),
        () = arrived => {}
    }
    let gone = async {
        while server.abandoned() < 1 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(5), gone)
        .await
        .expect("the connection is closed");
}
