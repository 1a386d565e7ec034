// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Calls from code that is not async.
//!
//! Comes in: the futures and streams of calls. Goes out: what they give, once it is there. Must not be here: anything
//! about requests; waiting is all.
//!
//! One thread, started by the first call, looks after all connections, so that they stay usable between calls.

use std::future::{Future, poll_fn};
use std::iter::FusedIterator;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::{io, thread};

use futures_core::Stream;
use tokio::runtime::{Builder, Handle};

use super::error::{Error, Result};
use crate::service::SERVICE;

/// The runtime of the thread that looks after connections.
static DRIVER: Mutex<Option<Handle>> = Mutex::new(None);

/// Waits for a future. Inside a runtime this would keep its other tasks from running, perhaps forever.
pub(crate) fn wait<F: Future>(future: F) -> Result<F::Output> {
    if Handle::try_current().is_ok() {
        return Err(Error::Config(
            "a blocking call inside a Tokio runtime would hold up its other tasks: await the call, \
             or give it to `Handle::block_on` in `spawn_blocking`"
                .into(),
        ));
    }
    let driver = driver().map_err(|error| {
        Error::Config(format!("cannot start the thread of blocking calls: {error}").into())
    })?;
    Ok(driver.block_on(future))
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

/// A stream as an iterator, which waits for each item.
///
/// What streams can be told, such as where to stop, is told before: `call.items().max_items(50).blocking()`.
/// Inside a Tokio runtime, the first item is [`Error::Config`], and the last.
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

    /// The stream, which knows where to go on: [`Items::cursor`](super::pages::Items::cursor).
    pub fn get_ref(&self) -> &S {
        &self.stream
    }

    /// The stream, for code that is async. It goes on where the iterator was.
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
