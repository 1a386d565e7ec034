//! Tests of blocking calls.

use std::future::poll_fn;
use std::thread;
use std::time::{Duration, Instant};

use futures_util::Stream;
use openai_permissions::testing::MockReply;
use openai_permissions::{CallOptions, Error, RetryPolicy};
use serde_json::json;
use tests::{Answer, FakeServer};
use tokio::runtime::{Builder, Runtime};

use super::{
    CHECKPOINT, builder, last_page, ok, page, permissions, scripted, scripted_with, server,
};

/// A server with three permissions, and the threads that it runs on.
pub fn running() -> (Runtime, FakeServer) {
    let runtime = Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .expect("threads can be started");
    let server = runtime.block_on(server());
    server.grant(CHECKPOINT, ["proj_a", "proj_b", "proj_c"]);
    (runtime, server)
}

fn is_refused(error: &Error) -> bool {
    matches!(error, Error::Config(text) if text.contains("async task") && text.contains("await"))
}

#[test]
fn calls_pages_and_items_come_without_a_runtime() {
    let (_runtime, server) = running();
    let permissions = permissions(builder(&server));
    let made = permissions
        .create(CHECKPOINT, ["proj_d"])
        .send_blocking()
        .expect("granted");
    assert_eq!(made.data[0].project_id, "proj_d");
    let list = permissions.list(CHECKPOINT).limit(2);
    let items: Vec<_> = list
        .clone()
        .items_blocking()
        .map(|item| item.expect("listed").project_id)
        .collect();
    assert_eq!(items, ["proj_d", "proj_c", "proj_b", "proj_a"]);
    let pages: Vec<_> = list
        .clone()
        .pages_blocking()
        .map(|page| page.expect("listed").data.len())
        .collect();
    assert_eq!(pages, [2, 2]);
    let whole = list
        .clone()
        .with_response()
        .pages_blocking()
        .map(|page| page.expect("listed").request_id().is_some());
    assert_eq!(whole.collect::<Vec<_>>(), [true, true]);
    let reply = permissions
        .delete(CHECKPOINT, made.data[0].id.as_str())
        .with_response()
        .send_blocking()
        .expect("deleted");
    assert_eq!(reply.status(), 200);
    assert!(reply.into_inner().deleted);
}

#[test]
fn iterators_stop_and_go_on_as_streams_do() {
    let (permissions, mock) = scripted([
        ok(page(&["cp_1", "cp_2"], "cp_2")),
        ok(last_page(&["cp_3"])),
    ]);
    let mut items = permissions.list(CHECKPOINT).items().max_items(2).blocking();
    assert_eq!(items.by_ref().count(), 2);
    assert_eq!(mock.requests().len(), 1);
    assert_eq!(items.get_ref().cursor(), Some("cp_2"));
    assert!(items.next().is_none());
    let rest = permissions.list(CHECKPOINT).items().resume_from("cp_2");
    assert_eq!(rest.blocking().count(), 1);
}

#[test]
fn an_error_ends_an_iterator() {
    let (permissions, _mock) = scripted([MockReply::json(404, "{}")]);
    let mut pages = permissions.list(CHECKPOINT).pages_blocking();
    assert!(matches!(pages.next(), Some(Err(Error::Api(_)))));
    assert!(pages.next().is_none());
}

#[test]
fn retries_and_timeouts_are_those_of_async_calls() {
    let (permissions, mock) = scripted_with(
        [
            MockReply::json(503, "{}"),
            MockReply::json(503, "{}"),
            ok(last_page(&[])),
        ],
        |builder| {
            let delay = Duration::from_millis(10);
            builder.retry(RetryPolicy::new().initial_delay(delay).max_delay(delay))
        },
    );
    let reply = permissions.list(CHECKPOINT).with_response();
    assert_eq!(reply.send_blocking().expect("in the end").attempts(), 3);
    assert_eq!(mock.requests().len(), 3);

    let (_runtime, server) = running();
    server.next(Answer::silence());
    let options = CallOptions::new()
        .timeout(Duration::from_millis(50))
        .max_retries(0);
    let call = super::permissions(builder(&server))
        .list(CHECKPOINT)
        .options(options);
    let start = Instant::now();
    let error = call.send_blocking().expect_err("nobody answers");
    assert!(error.is_timeout(), "{error}");
    assert!(start.elapsed() < Duration::from_secs(5));
}

/// Connections outlive the calls that open them. There can be a few, because a call does not wait for a connection that is not
/// back in the pool yet.
#[test]
fn connections_are_kept_from_call_to_call() {
    const CALLS: usize = 20;
    let (_runtime, server) = running();
    let permissions = permissions(builder(&server));
    for _ in 0..CALLS {
        permissions
            .list(CHECKPOINT)
            .send_blocking()
            .expect("listed");
    }
    let connections = server.connections();
    assert!(connections < CALLS / 2, "{connections} connections");
}

#[test]
fn threads_share_a_client() {
    let (_runtime, server) = running();
    let permissions = permissions(builder(&server));
    thread::scope(|scope| {
        let list = || permissions.list(CHECKPOINT).items_blocking().count();
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(list)).collect();
        for thread in threads {
            assert_eq!(thread.join().expect("no panic"), 3);
        }
    });
}

#[test]
fn one_client_serves_both_kinds_of_code() {
    let (runtime, server) = running();
    let permissions = permissions(builder(&server));
    for _ in 0..2 {
        let list = permissions.list(CHECKPOINT);
        let waited = list.clone().send_blocking().expect("listed");
        let awaited = runtime.block_on(list.into_future()).expect("listed");
        assert_eq!(waited, awaited);
    }
    let mut items = permissions.list(CHECKPOINT).limit(2).items_blocking();
    assert_eq!(items.by_ref().take(1).count(), 1);
    let rest = runtime.block_on(items.into_inner().try_collect());
    assert_eq!(rest.expect("listed").len(), 2);
}

/// Waiting in a task would block the runtime that drives the connection.
#[test]
fn inside_a_runtime_it_is_an_error_and_nothing_is_sent() {
    let refused = |runtime: Runtime| {
        let (permissions, mock) = scripted([ok(last_page(&[]))]);
        let list = permissions.list(CHECKPOINT);
        runtime.block_on(async {
            let error = list.clone().send_blocking().expect_err("refused");
            assert!(is_refused(&error), "{error}");
            assert_eq!(error.attempts(), 0);
            let whole = list.clone().with_response().send_blocking();
            assert!(is_refused(&whole.expect_err("refused")));
            let mut items = list.clone().items_blocking();
            assert!(
                items
                    .next()
                    .is_some_and(|item| is_refused(&item.expect_err("refused")))
            );
            assert!(items.next().is_none());
            assert!(mock.requests().is_empty());
            // Items are not lost when the iterator fails.
            let mut stream = items.into_inner();
            let page = poll_fn(|context| std::pin::pin!(&mut stream).poll_next(context)).await;
            assert!(page.is_none());
            assert_eq!(mock.requests().len(), 1);
        });
    };
    refused(
        Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime"),
    );
    refused(
        Builder::new_multi_thread()
            .enable_all()
            .build()
            .expect("a runtime"),
    );
}

#[test]
fn a_thread_for_blocking_work_waits_with_the_runtime_that_it_has() {
    let (runtime, server) = running();
    let list = permissions(builder(&server)).list(CHECKPOINT);
    let page = runtime.block_on(async {
        let work = move || tokio::runtime::Handle::current().block_on(list.into_future());
        tokio::task::spawn_blocking(work).await.expect("no panic")
    });
    assert_eq!(page.expect("listed").data.len(), 3);
}

/// Traits that are not async are implemented so, and called from tasks.
#[test]
fn blocking_calls_work_on_threads_for_blocking_work() {
    let (runtime, server) = running();
    let list = permissions(builder(&server)).list(CHECKPOINT);
    let (again, third) = (list.clone(), list.clone());
    runtime.block_on(async {
        let work = tokio::task::spawn_blocking(move || list.send_blocking());
        let page = work.await.expect("no panic").expect("listed");
        assert_eq!(page.data.len(), 3);
        let refused = again.send_blocking().expect_err("it is an async task");
        assert!(is_refused(&refused), "{refused}");
        let page = tokio::task::block_in_place(|| third.send_blocking());
        assert_eq!(page.expect("listed").data.len(), 3);
    });
}

#[test]
fn what_is_wrong_before_sending_is_said() {
    let (permissions, mock) = scripted([ok(json!({}))]);
    let error = permissions.list("").send_blocking().expect_err("no path");
    assert!(matches!(error, Error::InvalidArgument { .. }), "{error}");
    assert!(mock.requests().is_empty());
}
