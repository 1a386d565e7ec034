// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Runtimes that lack timers or I/O: Tokio panics when they are needed, and offers no way to ask before.
//!
//! In: the future of a call. Out: the same future, which fails instead. Not here: other panics, which go on.

use std::any::Any;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::pin::Pin;
use std::task::{Context, Poll};

use super::error::{Error, Result};

/// Runs a future, and turns Tokio's panic about a missing driver into an error.
pub(crate) struct Checked<F>(pub(crate) Pin<Box<F>>);

impl<T, F: Future<Output = Result<T>>> Future for Checked<F> {
    type Output = Result<T>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<T>> {
        let inner = AssertUnwindSafe(|| self.0.as_mut().poll(context));
        match catch_unwind(inner) {
            Ok(poll) => poll,
            // The future is not polled again after an error.
            Err(panic) if is_about_drivers(&*panic) => Poll::Ready(Err(Error::Config(
                "the Tokio runtime has no timers or no I/O: call `enable_all` on its builder"
                    .into(),
            ))),
            Err(panic) => resume_unwind(panic),
        }
    }
}

fn is_about_drivers(panic: &(dyn Any + Send)) -> bool {
    let text = match panic.downcast_ref::<String>() {
        Some(text) => text,
        None => panic.downcast_ref::<&str>().copied().unwrap_or_default(),
    };
    text.starts_with("A Tokio 1.x context was found, but")
}
