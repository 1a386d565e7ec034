// @generated runtime. Do not edit: it is copied from the generator's templates.
//! The minimum throughput of response bodies: a body that stalls would hold its call until the attempt times out.
//!
//! In: the caller's limit, a body. Out: its chunks, or the news that it has stalled. Not here: other time limits.

use std::time::Duration;

use bytes::Bytes;
use tokio::time::{Instant, timeout_at};

use super::sending::{Body, TransportError};

/// The limit.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Throughput {
    pub(crate) bytes: u64,
    pub(crate) grace: Duration,
}

/// Reads a body, and watches how fast it arrives.
pub(crate) struct Reader {
    limit: Option<Throughput>,
    /// The end of the current period.
    end: Instant,
    /// The bytes that arrived in it.
    bytes: u64,
}

/// The body has stalled.
pub(crate) struct Stalled;

impl Reader {
    pub(crate) fn new(limit: Option<Throughput>) -> Self {
        let now = Instant::now();
        let end = limit.and_then(|limit| now.checked_add(limit.grace));
        Self {
            limit: limit.filter(|_| end.is_some()),
            end: end.unwrap_or(now),
            bytes: 0,
        }
    }

    /// Returns the next chunk, or `None` at the end.
    pub(crate) async fn chunk(
        &mut self,
        body: &mut Body,
    ) -> Result<Result<Option<Bytes>, TransportError>, Stalled> {
        let Some(limit) = self.limit else {
            return Ok(body.chunk().await);
        };
        loop {
            match timeout_at(self.end, body.chunk()).await {
                Ok(chunk) => {
                    if let Ok(Some(chunk)) = &chunk {
                        self.bytes += chunk.len() as u64;
                    }
                    return Ok(chunk);
                }
                Err(_) if self.bytes < limit.bytes => return Err(Stalled),
                Err(_) => {
                    self.bytes = 0;
                    self.end += limit.grace;
                }
            }
        }
    }
}
