//! The endpoints of the service, with their state in memory.
//!
//! In: a recorded request. Out: the reply that the service would give. Not here: scripted answers, sockets.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Path, Query, Request, State};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get};
use http::{HeaderMap, Method, StatusCode, Uri};
use http_body_util::BodyExt;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use tower::ServiceExt;

use super::answer::{Delivery, Reply, permission};
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

/// The checkpoint of the documented `create` and `delete`.
const EXAMPLE: &str = "ft:gpt-4o-mini-2024-07-18:org:weather:B7R9VjQd";

/// The permissions of the documented examples, the newest first: id, project, time.
const EXAMPLES: [(&str, &str, i64); 2] = [
    (
        "cp_zc4Q7MP6XxulcVzj4MZdwsAB",
        "proj_abGMw1llN8IrBb6SvvY5A1iH",
        1_721_764_867,
    ),
    (
        "cp_enQCFmOTGj3syEpYVhBRLTSy",
        "proj_iqGMw1llN8IrBb6SvvY5A1oF",
        1_721_764_800,
    ),
];

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

    /// Adds the permissions of the documented examples, with their ids.
    pub(super) fn add_examples(&self) {
        let mut store = self.grants.lock();
        for (checkpoint, count) in [("ft-AF1WoRqd3aJAHsqc9NY7iL8F", 2), (EXAMPLE, 1)] {
            let grants = EXAMPLES.iter().take(count).rev();
            let grants = grants.map(|(id, project, created_at)| Grant {
                id: (*id).to_owned(),
                project: (*project).to_owned(),
                created_at: *created_at,
            });
            let all = store.by_checkpoint.entry(checkpoint.to_owned());
            all.or_default().extend(grants);
        }
    }

    pub(super) fn projects(&self, checkpoint: &str) -> Vec<String> {
        let lock = self.grants.lock();
        lock.by_checkpoint
            .get(checkpoint)
            .into_iter()
            .flatten()
            .map(|grant| grant.project.clone())
            .collect()
    }

    pub(super) fn reset(&self) {
        *self.grants.lock() = Store::default();
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

/// An error that a handler returns instead of a reply.
struct Refusal {
    status: StatusCode,
    message: String,
    code: Option<&'static str>,
    param: Option<&'static str>,
}

impl Refusal {
    fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self {
            status,
            message: message.into(),
            code: None,
            param: None,
        }
    }

    fn code(self, code: &'static str) -> Self {
        Self {
            code: Some(code),
            ..self
        }
    }

    fn param(self, param: &'static str) -> Self {
        Self {
            param: Some(param),
            ..self
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let body = error_body(
            &self.message,
            "invalid_request_error",
            self.code,
            self.param,
        );
        (self.status, axum::Json(body)).into_response()
    }
}

type Answered = Result<axum::Json<Value>, Refusal>;

fn router(grants: Arc<Grants>, keys: Arc<Keys>) -> Router {
    let permissions = "/v1/fine_tuning/checkpoints/{checkpoint}/permissions";
    let one = "/v1/fine_tuning/checkpoints/{checkpoint}/permissions/{permission}";
    Router::new()
        .route(permissions, get(list).post(create))
        .route(one, delete(remove))
        .method_not_allowed_fallback(unknown)
        .fallback(unknown)
        .layer(middleware::from_fn(whole_path))
        .layer(middleware::from_fn_with_state(keys, authorize))
        .with_state(grants)
}

async fn unknown(method: Method, uri: Uri) -> Refusal {
    Refusal::new(
        StatusCode::NOT_FOUND,
        format!("Invalid URL ({method} {})", uri.path()),
    )
    .code("unknown_url")
}

/// Rejects paths with an empty segment, as the service does. The router would accept it as a parameter.
async fn whole_path(method: Method, uri: Uri, request: Request, next: Next) -> Response {
    if uri.path().contains("//") {
        return unknown(method, uri).await.into_response();
    }
    next.run(request).await
}

async fn authorize(State(keys): State<Arc<Keys>>, request: Request, next: Next) -> Response {
    let given = request
        .headers()
        .get(http::header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok());
    let key = given
        .and_then(|value| value.strip_prefix("Bearer "))
        .filter(|key| !key.trim().is_empty());
    let refusal = match (key, &*keys) {
        (None, _) => Refusal::new(
            StatusCode::UNAUTHORIZED,
            "You didn't provide an API key. Send it as `Authorization: Bearer YOUR_KEY`.",
        ),
        (Some(key), Keys::Admin(admin)) if key != admin => Refusal::new(
            StatusCode::FORBIDDEN,
            "This endpoint needs an admin API key.",
        )
        .code("insufficient_permissions"),
        (Some(_), Keys::Any | Keys::Admin(_)) => return next.run(request).await,
    };
    refusal.into_response()
}

/// The permissions of all checkpoints.
#[derive(Debug, Default)]
struct Grants(Mutex<Store>);

#[derive(Debug, Default)]
struct Store {
    made: i64,
    by_checkpoint: HashMap<String, Vec<Grant>>,
}

#[derive(Clone, Debug)]
struct Grant {
    id: String,
    project: String,
    created_at: i64,
}

impl Grant {
    fn to_json(&self) -> Value {
        permission(&self.id, &self.project, self.created_at)
    }
}

impl Grants {
    fn lock(&self) -> MutexGuard<'_, Store> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds permissions even if they exist, as the service does: a `create` that is sent twice leaves two permissions.
    fn add(&self, checkpoint: &str, projects: Vec<String>) -> Vec<Grant> {
        let mut store = self.lock();
        let mut made = Vec::new();
        for project in projects {
            store.made += 1;
            let number = store.made;
            made.push(Grant {
                id: format!("cp_{number:04}"),
                project,
                created_at: 1_700_000_000 + number,
            });
        }
        store
            .by_checkpoint
            .entry(checkpoint.to_owned())
            .or_default()
            .extend(made.iter().cloned());
        made
    }
}

fn page(grants: &[Grant], has_more: bool) -> axum::Json<Value> {
    axum::Json(json!({
        "object": "list",
        "data": grants.iter().map(Grant::to_json).collect::<Vec<_>>(),
        "first_id": grants.first().map(|grant| &grant.id),
        "last_id": grants.last().map(|grant| &grant.id),
        "has_more": has_more,
    }))
}

/// The query of `list` as text, so that invalid values give errors in the format of the service.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ListQuery {
    after: String,
    limit: Option<String>,
    order: Option<String>,
    project_id: Option<String>,
}

impl ListQuery {
    fn limit(&self) -> Result<usize, Refusal> {
        let limit = self
            .limit
            .as_deref()
            .map_or(Some(10), |text| text.parse().ok());
        limit
            .filter(|limit| (1..=100).contains(limit))
            .ok_or_else(|| {
                Refusal::new(StatusCode::BAD_REQUEST, "'limit' is a number from 1 to 100")
                    .code("invalid_value")
                    .param("limit")
            })
    }

    fn newest_first(&self) -> Result<bool, Refusal> {
        match self.order.as_deref() {
            None | Some("descending") => Ok(true),
            Some("ascending") => Ok(false),
            Some(_) => {
                let why = "'order' is one of 'ascending' and 'descending'";
                Err(Refusal::new(StatusCode::BAD_REQUEST, why)
                    .code("invalid_value")
                    .param("order"))
            }
        }
    }
}

async fn list(
    State(grants): State<Arc<Grants>>,
    Path(checkpoint): Path<String>,
    query: Result<Query<ListQuery>, axum::extract::rejection::QueryRejection>,
) -> Answered {
    let Query(query) =
        query.map_err(|why| Refusal::new(StatusCode::BAD_REQUEST, why.body_text()))?;
    let (limit, newest_first) = (query.limit()?, query.newest_first()?);
    let mut found = grants
        .lock()
        .by_checkpoint
        .get(&checkpoint)
        .cloned()
        .unwrap_or_default();
    if newest_first {
        found.reverse();
    }
    let start = match found.iter().position(|grant| grant.id == query.after) {
        Some(at) => at + 1,
        None if query.after.is_empty() => 0,
        None => {
            let why = format!("No permission '{}' to go on after", query.after);
            return Err(Refusal::new(StatusCode::BAD_REQUEST, why)
                .code("invalid_cursor")
                .param("after"));
        }
    };
    let mut rest = found.split_off(start);
    rest.retain(|grant| {
        query
            .project_id
            .as_ref()
            .is_none_or(|wanted| *wanted == grant.project)
    });
    let has_more = rest.len() > limit;
    rest.truncate(limit);
    Ok(page(&rest, has_more))
}

async fn create(
    State(grants): State<Arc<Grants>>,
    Path(checkpoint): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Answered {
    let made = grants.add(&checkpoint, project_ids(&headers, &body)?);
    Ok(page(&made, false))
}

fn project_ids(headers: &HeaderMap, body: &[u8]) -> Result<Vec<String>, Refusal> {
    let content_type = headers
        .get(http::header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    if !content_type.starts_with("application/json") {
        let why = format!("Unsupported content type '{content_type}'");
        return Err(Refusal::new(StatusCode::BAD_REQUEST, why).code("unsupported_content_type"));
    }
    let Ok(body) = serde_json::from_slice::<Map<String, Value>>(body) else {
        return Err(Refusal::new(
            StatusCode::BAD_REQUEST,
            "We could not parse the JSON body of your request.",
        ));
    };
    if let Some(name) = body.keys().find(|name| *name != "project_ids") {
        let why = format!("Unknown parameter: '{name}'.");
        return Err(Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, why).code("unknown_parameter"));
    }
    let list = body.get("project_ids").and_then(Value::as_array);
    let ids = list.and_then(|list| {
        list.iter()
            .map(|id| id.as_str().map(str::to_owned))
            .collect()
    });
    ids.ok_or_else(|| {
        let why = "'project_ids' is an array of strings";
        Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, why)
            .code("invalid_type")
            .param("project_ids")
    })
}

async fn remove(
    State(grants): State<Arc<Grants>>,
    Path((checkpoint, permission)): Path<(String, String)>,
) -> Answered {
    let mut store = grants.lock();
    let list = store.by_checkpoint.entry(checkpoint).or_default();
    let Some(at) = list.iter().position(|grant| grant.id == permission) else {
        let why = format!("No permission found with id '{permission}'.");
        return Err(Refusal::new(StatusCode::NOT_FOUND, why)
            .code("not_found")
            .param("permission_id"));
    };
    let gone = list.remove(at);
    Ok(axum::Json(
        json!({ "id": gone.id, "object": "checkpoint.permission", "deleted": true }),
    ))
}
