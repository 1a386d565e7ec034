// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Connections of the default transport: how long they take to open, and how long they are kept.
//!
//! In: the caller's settings. Out: plain data that the transport reads. Not here: the transport (see `reqwest_transport`).

use std::time::Duration;

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
