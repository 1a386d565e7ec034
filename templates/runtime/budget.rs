// @generated runtime. Do not edit: it is copied from the generator's templates.
//! The budget for retries, which all calls of a client share.
//!
//! In: retries and successes. Out: whether a retry may be sent. Not here: which failures are retried (see `retry`).
//!
//! Retries help against rare failures. If a service is down, they multiply its load. So each of them costs tokens, which only
//! successes return. The numbers are those of the standard mode of the AWS SDKs.

use std::sync::atomic::{AtomicU32, Ordering};

/// The tokens of a new client: enough for 100 retries.
const CAPACITY: u32 = 500;
/// The tokens that a retry costs.
const COST: u32 = 5;

/// A bucket of tokens.
pub(crate) struct RetryBudget(AtomicU32);

impl Default for RetryBudget {
    fn default() -> Self {
        Self(AtomicU32::new(CAPACITY))
    }
}

impl RetryBudget {
    /// Pays for a retry. Returns false if too few tokens are left.
    pub(crate) fn pay(&self) -> bool {
        self.update(|tokens| tokens.checked_sub(COST))
    }

    /// Returns what the retries of a successful call cost, or one token if it had none.
    pub(crate) fn refund(&self, retries: u32) {
        let tokens = retries.saturating_mul(COST).max(1);
        self.update(|left| Some(left.saturating_add(tokens).min(CAPACITY)));
    }

    fn update(&self, change: impl FnMut(u32) -> Option<u32>) -> bool {
        self.0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, change)
            .is_ok()
    }
}
