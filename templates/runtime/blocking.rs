// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Blocking calls.
//!
//! In: the futures and streams of calls. Out: their results. Not here: anything about requests; this module only
//! waits.
//!
//! The first call starts a thread that drives all connections, which keeps them usable between
//! calls.

use std::future::{Future, poll_fn};
use std::iter::FusedIterator;
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::Thread;
use std::{io, thread};

use futures_core::Stream;
use tokio::runtime::{Builder, Handle};
use tokio::task::coop;

use super::error::{Error, Result};
use crate::service::SERVICE;

/// The runtime of the thread that drives connections.
static DRIVER: Mutex<Option<Handle>> = Mutex::new(None);

/// Waits for a future.
///
/// # Errors
///
/// Fails in an async task, because it would block the other tasks of the runtime.
pub(crate) fn wait<F: Future>(future: F) -> Result<F::Output> {
    if Handle::try_current().is_ok() && !may_block() {
        return Err(Error::Config(
            "a blocking call in an async task would block the runtime's other tasks: await the call, or make it inside \
            `spawn_blocking`"
                .into(),
        ));
    }
    let driver = driver().map_err(|error| {
        Error::Config(format!("cannot start the thread for blocking calls: {error}").into())
    })?;
    let _context = driver.enter();
    Ok(block_on(future))
}

/// Runs a future on this thread. Tokio's own function panics where it takes the thread for one that runs tasks.
fn block_on<F: Future>(future: F) -> F::Output {
    let waker = Arc::new(Parked(thread::current())).into();
    let mut context = Context::from_waker(&waker);
    let mut future = pin!(future);
    loop {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(output) => return output,
            Poll::Pending => thread::park(),
        }
    }
}

/// A thread that waits for a future.
struct Parked(Thread);

impl Wake for Parked {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// Returns whether this is a thread for blocking work, inside `spawn_blocking` or `block_in_place`.
///
/// Tokio tells only this difference: it limits how often an async task can go on before it must yield.
fn may_block() -> bool {
    const MORE_THAN_THE_LIMIT: u32 = 1024;
    let mut context = Context::from_waker(Waker::noop());
    (0..MORE_THAN_THE_LIMIT).all(|_| match coop::poll_proceed(&mut context) {
        Poll::Ready(progress) => {
            progress.made_progress();
            true
        }
        Poll::Pending => false,
    })
}

fn driver() -> io::Result<Handle> {
    let mut driver = DRIVER.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(handle) = &*driver {
        return Ok(handle.clone());
    }
    let handle = start()?;
    *driver = Some(handle.clone());
    Ok(handle)
}

fn start() -> io::Result<Handle> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let handle = runtime.handle().clone();
    thread::Builder::new()
        .name(format!("{}-blocking", SERVICE.name))
        .spawn(move || runtime.block_on(std::future::pending::<()>()))?;
    Ok(handle)
}

/// An iterator over a stream, which blocks until the next item arrives.
///
/// Set the options of the stream first: `call.items().max_items(50).blocking()`. In an async task, the iterator
/// yields one [`Error::Config`] and ends.
#[derive(Debug)]
#[must_use = "iterators do nothing unless they are used"]
pub struct Blocking<S> {
    stream: S,
    refused: bool,
}

impl<S> Blocking<S> {
    pub(crate) fn new(stream: S) -> Self {
        Self {
            stream,
            refused: false,
        }
    }

    /// Returns the stream, for example to ask for its cursor.
    pub fn get_ref(&self) -> &S {
        &self.stream
    }

    /// Returns the stream for use in async code. It continues where the iterator stopped.
    pub fn into_inner(self) -> S {
        self.stream
    }
}

impl<T, S: Stream<Item = Result<T>> + Unpin> Iterator for Blocking<S> {
    type Item = Result<T>;

    fn next(&mut self) -> Option<Result<T>> {
        if self.refused {
            return None;
        }
        let next = poll_fn(|context| Pin::new(&mut self.stream).poll_next(context));
        wait(next).unwrap_or_else(|error| {
            self.refused = true;
            Some(Err(error))
        })
    }
}

impl<T, S: Stream<Item = Result<T>> + Unpin> FusedIterator for Blocking<S> {}
