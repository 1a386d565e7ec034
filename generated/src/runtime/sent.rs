// @generated runtime. Do not edit: it is copied from the generator's templates.
//! The request of a call, once the call is polled.
//!
//! In: the draft of the call. Out: the raw response. Not here: sending (see `send`).

use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use super::draft::Draft;
use super::error::Result;
use super::response::Raw;
use super::send::{RawFuture, start};

/// The future of a request that has been sent. A clone of a call has not sent its request.
#[derive(Default)]
pub(crate) struct Sent {
    // Calls are `Sync`, but the futures of transports need not be. The lock is never contended.
    future: Mutex<Option<RawFuture>>,
}

impl Sent {
    pub(crate) fn is_empty(&mut self) -> bool {
        self.future().is_none()
    }

    /// Sends the request at the first poll, and polls for the response.
    pub(crate) fn poll(
        &mut self,
        draft: &Arc<Draft>,
        context: &mut Context<'_>,
    ) -> Poll<Result<Raw>> {
        let future = self.future().get_or_insert_with(|| start(draft));
        future.as_mut().poll(context)
    }

    fn future(&mut self) -> &mut Option<RawFuture> {
        self.future
            .get_mut()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clone for Sent {
    fn clone(&self) -> Self {
        Self::default()
    }
}
