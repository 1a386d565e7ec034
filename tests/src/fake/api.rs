//! The service: its endpoints behind the interface of the fake server.
//!
//! In: a recorded request. Out: the reply that the service would give. Not here: scripted answers, sockets, the behavior of single
//! endpoints (see `endpoints`).

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tower::ServiceExt;

use super::answer::{Delivery, Reply};
use super::endpoints::router;
use super::store::Grants;
use super::wire::Recorded;

/// The keys that the endpoints accept.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Keys {
    /// Any key.
    #[default]
    Any,
    /// Only this admin key. Any other key is refused with status 403.
    Admin(String),
}

/// The service.
#[derive(Debug)]
pub(super) struct Api {
    grants: Arc<Grants>,
    router: Router,
    served: AtomicU64,
}

impl Api {
    pub(super) fn new(keys: Keys) -> Self {
        let grants = Arc::new(Grants::default());
        Self {
            router: router(Arc::clone(&grants), Arc::new(keys)),
            grants,
            served: AtomicU64::new(0),
        }
    }

    pub(super) fn grant<'a>(
        &self,
        checkpoint: &str,
        projects: impl IntoIterator<Item = &'a str>,
    ) -> Vec<String> {
        let made = self.grants.add(
            checkpoint,
            projects.into_iter().map(str::to_owned).collect(),
        );
        made.into_iter().map(|grant| grant.id).collect()
    }

    pub(super) fn add_examples(&self) {
        self.grants.add_examples();
    }

    pub(super) fn projects(&self, checkpoint: &str) -> Vec<String> {
        let grants = self.grants.of(checkpoint);
        grants.into_iter().map(|grant| grant.project).collect()
    }

    pub(super) fn reset(&self) {
        self.grants.clear();
    }

    /// Processes a request.
    pub(super) async fn handle(&self, request: &Recorded, delivery: &Delivery) -> Reply {
        let repeat = *delivery == Delivery::RepeatCursor;
        let target = if repeat {
            without_cursor(&request.target)
        } else {
            request.target.clone()
        };
        let Some(sent) = to_http(request, &target) else {
            return Reply::json(
                400,
                error_body("Invalid request line", "invalid_request_error", None, None),
            );
        };
        let response = match self.router.clone().oneshot(sent).await {
            Ok(response) => response,
            Err(never) => match never {},
        };
        let mut reply = to_reply(response).await;
        if repeat {
            claim_more(&mut reply);
        }
        reply
    }

    /// Adds the request id, unless the script sets or removes it.
    pub(super) fn with_request_id(&self, mut reply: Reply) -> Reply {
        const NAME: &str = "x-request-id";
        if !reply.has(NAME) && !reply.without.iter().any(|name| name == NAME) {
            let number = self.served.fetch_add(1, Ordering::Relaxed) + 1;
            reply
                .headers
                .push((NAME.to_owned(), format!("req_fake_{number}")));
        }
        reply
    }
}

fn to_http(request: &Recorded, target: &str) -> Option<Request> {
    let mut builder = http::Request::builder()
        .method(request.method.as_str())
        .uri(target);
    for (name, value) in &request.headers {
        builder = builder.header(name, value);
    }
    builder.body(Body::from(request.body.clone())).ok()
}

async fn to_reply(response: Response) -> Reply {
    let (head, body) = response.into_parts();
    let headers = head.headers.iter().map(|(name, value)| {
        let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
        (name.as_str().to_owned(), value)
    });
    let body = body
        .collect()
        .await
        .map(|body| body.to_bytes().to_vec())
        .unwrap_or_default();
    Reply {
        status: head.status.as_u16(),
        headers: headers.collect(),
        without: Vec::new(),
        body,
    }
}

/// Removes the cursor, like a faulty gateway, so that the service always returns the first page.
fn without_cursor(target: &str) -> String {
    let Some((path, query)) = target.split_once('?') else {
        return target.to_owned();
    };
    let kept: Vec<_> = query
        .split('&')
        .filter(|pair| !pair.starts_with("after="))
        .collect();
    format!("{path}?{}", kept.join("&"))
}

fn claim_more(reply: &mut Reply) {
    let Ok(Value::Object(mut page)) = serde_json::from_slice(&reply.body) else {
        return;
    };
    page.insert("has_more".to_owned(), true.into());
    reply.headers.retain(|(name, _)| name != "content-length");
    reply.body = Value::Object(page).to_string().into_bytes();
}

/// An error body in the format of the service.
pub(super) fn error_body(
    message: &str,
    kind: &str,
    code: Option<&str>,
    param: Option<&str>,
) -> Value {
    json!({ "error": { "message": message, "type": kind, "param": param, "code": code } })
}
