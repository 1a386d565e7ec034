// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Limits of time and size, and how connections are kept.
//!
//! In: the caller's settings. Out: setters of the builder. Not here: the limits at work (see `exchange`, `send`, `reqwest_transport`).

use std::time::Duration;

use super::builder::ClientBuilder;
use super::throughput::Throughput;

impl ClientBuilder {
    /// Limits the time of one attempt, from connecting to the last byte of the body. Default: 600 seconds.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Limits the time for connecting, including TLS. Default: 5 seconds. The limit does not apply
    /// to a custom [`transport`](Self::transport).
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connections.connect_timeout = timeout;
        self
    }

    /// Sets how long an idle connection is kept. Default: 4 seconds, because common servers close it after 5. A server that
    /// keeps connections longer allows more. Does not apply to a custom [`transport`](Self::transport).
    pub fn pool_idle_timeout(mut self, timeout: Duration) -> Self {
        self.connections.pool_idle_timeout = timeout;
        self
    }

    /// Limits the number of idle connections that are kept for each host. Default: no limit. Does not apply to a custom
    /// [`transport`](Self::transport).
    pub fn pool_max_idle_per_host(mut self, connections: usize) -> Self {
        self.connections.pool_max_idle_per_host = connections;
        self
    }

    /// Ends an attempt whose response body arrives too slowly: in each period of `grace` after the headers, at least `bytes`
    /// must arrive. Choose at least 20 seconds, since networks pause. The attempt fails with
    /// [`TimeoutKind::Stalled`](crate::TimeoutKind::Stalled), and is retried as after other timeouts.
    ///
    /// Default: no limit, because some services send the headers long before the body. The limit does not apply to bodies that
    /// the caller reads while they arrive, whose parts have the time limit [`TimeoutKind::Idle`](crate::TimeoutKind::Idle).
    pub fn min_throughput(mut self, bytes: u64, grace: Duration) -> Self {
        self.throughput = Some(Throughput { bytes, grace });
        self
    }

    /// Limits the time of a call, including all attempts and the delays between them. Each page of
    /// a listing counts as a separate call. Default: no limit.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = Some(deadline);
        self
    }

    /// Limits the size of a response body, in bytes. Default: 64 MiB.
    pub fn max_response_bytes(mut self, bytes: u64) -> Self {
        self.max_response_bytes = bytes;
        self
    }
}
