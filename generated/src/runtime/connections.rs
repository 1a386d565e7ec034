// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Connections of the default transport: how long they take to open, and how long they are kept.
//!
//! In: the caller's settings. Out: plain data that the transport reads. Not here: the transport (see `reqwest_transport`).

use std::time::Duration;

use super::builder::ClientBuilder;

/// The settings of connections.
#[derive(Clone, Debug)]
pub(crate) struct Connections {
    pub(crate) connect_timeout: Duration,
    pub(crate) pool_idle_timeout: Duration,
    pub(crate) pool_max_idle_per_host: usize,
}

impl Default for Connections {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(5),
            // Common servers close idle connections after 5 seconds, and a request on a connection that is being closed is lost.
            pool_idle_timeout: Duration::from_secs(4),
            pool_max_idle_per_host: usize::MAX,
        }
    }
}

impl ClientBuilder {
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
}
