// @generated runtime. Do not edit: it is copied from the generator's templates.
//! `--debug`: prints requests and responses without credentials.
//!
//! In: complete requests. Out: their text and the headers of their responses on standard error. Not here: sending, which
//! the library does.

use std::fmt::Write as _;
use std::io::{Write as _, stderr};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Instant;

use http::{HeaderMap, Request};

use super::super::auth::{Place, header, scrub, secrets};
use super::super::connections::Connections;
use super::super::draft::Operation;
use super::super::report::Report;
use super::super::reqwest_transport::ReqwestTransport;
use super::super::sending::{Body, Sending, Transport};

/// A transport that prints what it sends and receives.
pub(crate) struct Traced {
    inner: ReqwestTransport,
    /// Query parameters that hold credentials.
    hidden: Vec<&'static str>,
    attempts: AtomicU32,
}

impl Traced {
    pub(crate) fn new(operation: &Operation) -> Self {
        let schemes = operation.auth.iter().flat_map(|all| all.iter());
        let query = |place: &Place| match place {
            Place::Query(name) => Some(*name),
            Place::Bearer | Place::Basic | Place::Header(_) | Place::Cookie(_) => None,
        };
        Self {
            inner: ReqwestTransport::with_settings(Connections::default()),
            hidden: schemes.filter_map(|scheme| query(&scheme.place)).collect(),
            attempts: AtomicU32::new(0),
        }
    }

    /// Returns the target of a request without credentials.
    fn target(&self, request: &Request<Body>) -> String {
        let uri = request.uri().to_string();
        let Some((path, query)) = uri.split_once('?') else {
            return uri;
        };
        let shown = |pair: &str| match pair.split_once('=') {
            Some((name, _)) if self.hidden.contains(&name) => format!("{name}=***"),
            Some(_) | None => pair.to_owned(),
        };
        let query: Vec<String> = query.split('&').map(shown).collect();
        format!("{path}?{}", query.join("&"))
    }
}

impl Transport for Traced {
    fn send(&self, request: Request<Body>) -> Sending<'_> {
        let attempt = 1 + self.attempts.fetch_add(1, Ordering::Relaxed);
        // Its body or the headers of the response may repeat them.
        let mut secrets = secrets(request.headers());
        let mut text = format!("> {} {}\n", request.method(), self.target(&request));
        show_headers(&mut text, '>', request.headers());
        match request.body().as_bytes() {
            Some(bytes) if bytes.is_empty() => {}
            Some(bytes) => {
                let _ = writeln!(text, ">\n> {}", String::from_utf8_lossy(bytes));
            }
            None => text.push_str(">\n> (a stream)\n"),
        }
        tell(format!("* request {attempt}\n{text}"), &mut secrets);
        let start = Instant::now();
        let sending = self.inner.send(request);
        Box::pin(async move {
            let outcome = sending.await;
            let took = start.elapsed().as_millis();
            let mut text = format!("* after {took} ms\n");
            match &outcome {
                Ok(reply) => {
                    let _ = writeln!(text, "< {}", reply.status());
                    show_headers(&mut text, '<', reply.headers());
                }
                Err(error) => {
                    let _ = writeln!(text, "< {}", Report(error));
                }
            }
            tell(text, &mut secrets);
            outcome
        })
    }
}

fn show_headers(text: &mut String, mark: char, headers: &HeaderMap) {
    for (name, value) in headers {
        let shown = value.to_str().unwrap_or("(not text)");
        let is_secret = value.is_sensitive()
            || header(name.as_str(), shown).is_none_or(|(_, value)| value.is_sensitive());
        let shown = if is_secret { "***" } else { shown };
        let _ = writeln!(text, "{mark} {name}: {shown}");
    }
}

fn tell(text: String, secrets: &mut [String]) {
    // A closed standard error is ignored.
    let _ = stderr().write_all(scrub(text, secrets).as_bytes());
}
