//! The endpoints of the service.
//!
//! In: HTTP requests, the permissions in the store. Out: replies and errors in the format of the service. Not here: faults, sockets.

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, Query, Request, State};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get};
use http::{HeaderMap, Method, StatusCode, Uri};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::api::{Keys, error_body};
use super::store::{Grant, Grants};

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

pub(super) fn router(grants: Arc<Grants>, keys: Arc<Keys>) -> Router {
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
    let mut found = grants.of(&checkpoint);
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
    let Some(gone) = grants.remove(&checkpoint, &permission) else {
        let why = format!("No permission found with id '{permission}'.");
        return Err(Refusal::new(StatusCode::NOT_FOUND, why)
            .code("not_found")
            .param("permission_id"));
    };
    Ok(axum::Json(
        json!({ "id": gone.id, "object": "checkpoint.permission", "deleted": true }),
    ))
}
