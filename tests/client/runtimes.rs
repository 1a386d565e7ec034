//! Tests of a client that several Tokio runtimes use. A connection is driven by the runtime in which it was opened.
//!
//! In: runtimes that end, or rest. Out: nothing. Not here: blocking calls (see `blocking`), runtimes without timers (see
//! `production`).

use std::time::Duration;

use openai_permissions::RetryPolicy;
use openai_permissions::fine_tuning::checkpoints::permissions::Permissions;
use tests::FakeServer;
use tokio::runtime::{Builder, Runtime};

use super::{blocking, builder, permissions};

/// The server, with its own runtime, and a client that repeats nothing.
fn served() -> (Runtime, FakeServer, Permissions) {
    let (running, server) = blocking::running();
    let limited = builder(&server).timeout(Duration::from_secs(5));
    let permissions = permissions(limited.retry(RetryPolicy::none()));
    (running, server, permissions)
}

fn single() -> Runtime {
    let runtime = Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime")
}

#[test]
fn another_runtime_goes_on_after_one_has_ended() {
    let (_running, server, permissions) = served();
    for round in 1..=3 {
        let runtime = Runtime::new().expect("a runtime");
        for _ in 0..2 {
            let create = permissions.create("c", ["p"]);
            let created = runtime.block_on(create.into_future());
            created.expect("a lost connection would fail, and not be tried again");
        }
        assert!(server.connections() >= round, "each runtime has its own");
    }
}

/// A runtime of one thread does nothing between two calls of `block_on`.
#[test]
fn another_runtime_goes_on_while_one_rests() {
    let (_running, server, permissions) = served();
    let (first, second) = (single(), single());
    for runtime in [&first, &second, &first, &second] {
        let list = runtime.block_on(permissions.list("c").into_future());
        list.expect("no connection rests");
    }
    assert!(server.connections() >= 2, "each runtime has its own");
}

#[test]
fn runtimes_that_end_while_others_call_break_nothing() {
    let (_running, _server, permissions) = served();
    let threads: Vec<_> = (0..4)
        .map(|_| {
            let permissions = permissions.clone();
            std::thread::spawn(move || {
                for _ in 0..5 {
                    let created = single().block_on(permissions.create("c", ["p"]).into_future());
                    created.expect("other runtimes do not matter");
                }
            })
        })
        .collect();
    for thread in threads {
        thread.join().expect("no call fails");
    }
}
