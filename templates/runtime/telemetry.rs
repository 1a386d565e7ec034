// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Spans and events of calls, with OpenTelemetry's names for HTTP clients. Without the feature `tracing`, nothing.
//!
//! In: what happens to a call. Out: records for the subscriber of the program. Not here: query parameters, headers, bodies, which
//! may hold secrets.

use std::future::Future;
use std::time::Duration;

use super::draft::Draft;
use super::error::Error;
use super::meta::Meta;

/// The span of a call.
#[derive(Clone)]
pub(crate) struct CallSpan(#[cfg(feature = "tracing")] tracing::Span);

#[cfg(feature = "tracing")]
mod enabled {
    use tracing::field::Empty;
    use tracing::{Instrument, debug, debug_span};

    use super::super::report::Report;
    use super::*;
    use crate::service::SERVICE;

    impl CallSpan {
        pub(crate) fn new(draft: &Draft) -> Self {
            let (method, path) = (draft.method().as_str(), draft.path());
            Self(debug_span!(
                "HTTP",
                otel.name = format_args!("{method} {path}"),
                otel.kind = "client",
                service.peer.name = SERVICE.name,
                operation = draft.operation.id,
                http.request.method = method,
                url.template = path,
                http.response.status_code = Empty,
                http.request.resend_count = Empty,
                error.type = Empty,
                request_id = Empty,
            ))
        }

        pub(crate) fn around<F: Future>(
            &self,
            future: F,
        ) -> impl Future<Output = F::Output> + use<F> {
            future.instrument(self.0.clone())
        }

        pub(crate) fn attempt(&self, number: u32) {
            let resend_count = number - 1;
            debug!(http.request.resend_count = resend_count, "sending");
        }

        pub(crate) fn retry(&self, attempt: u32, delay: Duration, error: &Error) {
            debug!(
                http.request.resend_count = attempt,
                delay_ms = delay.as_millis() as u64,
                error.type = kind(error),
                error = %Report(error),
                "trying again"
            );
        }

        pub(crate) fn finish(&self, meta: &Meta) {
            self.record(meta);
            debug!(
                http.response.status_code = meta.status.as_u16(),
                request_id = meta.request_id(),
                "finished"
            );
        }

        pub(crate) fn fail(&self, error: &Error) {
            if let Some(meta) = error.meta() {
                self.record(meta);
            }
            self.0.record("error.type", kind(error));
            debug!(error.type = kind(error), error = %Report(error), "failed");
        }

        fn record(&self, meta: &Meta) {
            self.0
                .record("http.response.status_code", meta.status.as_u16())
                .record("http.request.resend_count", meta.attempts - 1)
                .record("request_id", meta.request_id());
        }
    }

    /// Records that an event stream connects again.
    pub(crate) fn reconnect(error: &Error) {
        debug!(error.type = kind(error), error = %Report(error), "connecting again");
    }

    /// Returns the value of `error.type`: a status, or a kind of failure.
    fn kind(error: &Error) -> &'static str {
        match error {
            Error::Api(error) => match error.status().as_u16() {
                400..500 => "4xx",
                500.. => "5xx",
                _ => "status",
            },
            Error::Connection(_) => "connection",
            Error::Timeout(_) => "timeout",
            Error::TooLarge(_) => "too_large",
            Error::Token(_) => "token",
            Error::MissingCredentials(_)
            | Error::InvalidArgument { .. }
            | Error::Config(_)
            | Error::Decode(_)
            | Error::RepeatedCursor(_)
            | Error::NextPage(_)
            | Error::File(_)
            | Error::Header(_) => "_OTHER",
        }
    }
}

#[cfg(feature = "tracing")]
pub(crate) use enabled::reconnect;

#[cfg(not(feature = "tracing"))]
pub(crate) fn reconnect(_: &Error) {}

#[cfg(not(feature = "tracing"))]
impl CallSpan {
    pub(crate) fn new(_: &Draft) -> Self {
        Self()
    }

    pub(crate) fn around<F: Future>(&self, future: F) -> F {
        future
    }

    pub(crate) fn attempt(&self, _: u32) {}

    pub(crate) fn retry(&self, _: u32, _: Duration, _: &Error) {}

    pub(crate) fn finish(&self, _: &Meta) {}

    pub(crate) fn fail(&self, _: &Error) {}
}
