//! Transports that wrap others: they log bodies, record and replay, count, or add the layers of `tower` and `reqwest-middleware`.
//!
//! These are also examples of how to write one.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use http::{HeaderValue, Request, Response};
use http_body_util::BodyExt;
use openai_permissions::testing::{MockReply, MockTransport};
use openai_permissions::transport::{
    Body, ReqwestTransport, Sending, Transport, TransportError, TransportErrorKind,
};
use openai_permissions::{Client, Result};
use reqwest_middleware::{ClientBuilder, ClientWithMiddleware, Next};
use tower::util::BoxCloneSyncService;
use tower::{ServiceBuilder, ServiceExt};

use super::{CHECKPOINT, KEY, builder, last_page, ok, permissions, server};

fn client(transport: impl Transport) -> Client {
    let builder = Client::builder().admin_api_key(KEY).transport(transport);
    builder.build().expect("complete")
}

async fn ids(client: &Client) -> Result<Vec<String>> {
    let permissions = client.fine_tuning().checkpoints().permissions();
    let page = permissions.list(CHECKPOINT).await?;
    Ok(page.data.into_iter().map(|it| it.id).collect())
}

/// Logs requests and responses with their bodies.
struct Logging<T> {
    inner: T,
    lines: Arc<Mutex<Vec<String>>>,
}

impl<T: Transport> Transport for Logging<T> {
    fn send(&self, request: Request<Body>) -> Sending<'_> {
        Box::pin(async move {
            let body = request.body().as_bytes().cloned().unwrap_or_default();
            let body = String::from_utf8_lossy(&body).into_owned();
            self.log(format!(
                "{} {} {body}",
                request.method(),
                request.uri().path()
            ));
            let (parts, body) = self.inner.send(request).await?.into_parts();
            // The whole body is read here, which ends streams. Log the chunks of a stream instead.
            let bytes = body.collect().await?.to_bytes();
            let body = String::from_utf8_lossy(&bytes);
            self.log(format!("{} {body}", parts.status.as_u16()));
            Ok(Response::from_parts(parts, Body::from(bytes)))
        })
    }
}

impl<T> Logging<T> {
    fn log(&self, line: String) {
        self.lines.lock().expect("no panic").push(line);
    }
}

#[tokio::test]
async fn bodies_are_logged() -> Result<()> {
    let inner = MockTransport::new();
    inner.reply(ok(last_page(&["a"])));
    let lines = Arc::new(Mutex::new(Vec::new()));
    let logging = Logging {
        inner,
        lines: lines.clone(),
    };
    let client = client(logging);
    let permissions = client.fine_tuning().checkpoints().permissions();
    let created = permissions.create(CHECKPOINT, ["p"]).await?;
    assert_eq!(created.data.len(), 1);
    let lines = lines.lock().expect("no panic");
    assert!(
        lines[0].starts_with("POST /v1/fine_tuning/")
            && lines[0].ends_with(r#"{"project_ids":["p"]}"#),
        "{lines:?}"
    );
    assert!(lines[1].starts_with("200 {"), "{lines:?}");
    assert!(!lines.concat().contains(KEY), "headers have the credential");
    Ok(())
}

/// The status and the body of a response.
type Recorded = (u16, Vec<u8>);

/// Records responses, or replays them without a network.
#[derive(Clone)]
struct Tape {
    inner: Option<Arc<dyn Transport>>,
    responses: Arc<Mutex<HashMap<String, Recorded>>>,
}

impl Transport for Tape {
    fn send(&self, request: Request<Body>) -> Sending<'_> {
        let key = format!("{} {}", request.method(), request.uri());
        Box::pin(async move {
            if let Some(inner) = &self.inner {
                let (parts, body) = inner.send(request).await?.into_parts();
                let body = body.collect().await?.to_bytes().to_vec();
                let recorded = (parts.status.as_u16(), body);
                self.responses
                    .lock()
                    .expect("no panic")
                    .insert(key.clone(), recorded);
            }
            let (status, body) = match self.responses.lock().expect("no panic").get(&key) {
                Some(recorded) => recorded.clone(),
                None => {
                    return Err(TransportError::new(
                        TransportErrorKind::Request,
                        format!("no record of {key}"),
                    ));
                }
            };
            let response = Response::builder().status(status).body(Body::from(body));
            response.map_err(|error| TransportError::new(TransportErrorKind::Io, error))
        })
    }
}

#[tokio::test]
async fn records_are_replayed() -> Result<()> {
    let server = server().await;
    let record = Tape {
        inner: Some(Arc::new(ReqwestTransport::new(Duration::from_secs(5)))),
        responses: Arc::default(),
    };
    server.add_examples();
    let base = server.base_url();
    let to = |tape: &Tape| {
        Client::builder()
            .admin_api_key(KEY)
            .base_url(&base)
            .transport(tape.clone())
            .build()
    };
    let recorded = ids(&to(&record)?).await?;
    let requests = server.requests().len();
    let replay = Tape {
        inner: None,
        ..record
    };
    let replaying = to(&replay)?;
    assert_eq!(ids(&replaying).await?, recorded);
    assert_eq!(server.requests().len(), requests);
    let unknown = replaying
        .fine_tuning()
        .checkpoints()
        .permissions()
        .list("other")
        .await;
    assert!(
        unknown
            .expect_err("not recorded")
            .report()
            .to_string()
            .contains("no record of GET")
    );
    Ok(())
}

/// Counts requests, and measures how long they take.
#[derive(Clone, Default)]
struct Metrics<T> {
    inner: T,
    sent: Arc<AtomicUsize>,
    failed: Arc<AtomicUsize>,
    slowest: Arc<Mutex<Duration>>,
}

impl<T: Transport> Transport for Metrics<T> {
    fn send(&self, request: Request<Body>) -> Sending<'_> {
        Box::pin(async move {
            self.sent.fetch_add(1, Ordering::Relaxed);
            let start = Instant::now();
            let response = self.inner.send(request).await;
            let mut slowest = self.slowest.lock().expect("no panic");
            *slowest = slowest.max(start.elapsed());
            if !response
                .as_ref()
                .is_ok_and(|response| response.status().is_success())
            {
                self.failed.fetch_add(1, Ordering::Relaxed);
            }
            response
        })
    }
}

#[tokio::test(start_paused = true)]
async fn attempts_are_counted() -> Result<()> {
    let inner = MockTransport::new();
    inner.reply(MockReply::status(503));
    inner.reply(ok(last_page(&["a"])));
    let metrics = Metrics {
        inner,
        sent: Arc::default(),
        failed: Arc::default(),
        slowest: Arc::default(),
    };
    ids(&client(metrics.clone())).await?;
    let count = |counter: &AtomicUsize| counter.load(Ordering::Relaxed);
    assert_eq!((count(&metrics.sent), count(&metrics.failed)), (2, 1));
    Ok(())
}

/// Sends with a service of `tower`.
struct Tower(BoxCloneSyncService<Request<Body>, Response<Body>, TransportError>);

impl Transport for Tower {
    fn send(&self, request: Request<Body>) -> Sending<'_> {
        Box::pin(self.0.clone().oneshot(request))
    }
}

#[tokio::test]
async fn a_service_of_tower_sends() -> Result<()> {
    let server = server().await;
    let inner = Arc::new(ReqwestTransport::new(Duration::from_secs(5)));
    let send = tower::service_fn(move |request| {
        let inner = inner.clone();
        async move { inner.send(request).await }
    });
    let traced = |mut request: Request<Body>| {
        request
            .headers_mut()
            .insert("x-trace", HeaderValue::from_static("1"));
        request
    };
    let service = ServiceBuilder::new().map_request(traced).service(send);
    let tower = Tower(BoxCloneSyncService::new(service));
    permissions(builder(&server).transport(tower))
        .list(CHECKPOINT)
        .await?;
    let sent = server.requests().remove(0);
    assert_eq!(sent.header("x-trace"), Some("1"));
    Ok(())
}

/// Sends with `reqwest-middleware`.
struct Middleware(ClientWithMiddleware);

impl Transport for Middleware {
    fn send(&self, request: Request<Body>) -> Sending<'_> {
        Box::pin(async move {
            let request = reqwest::Request::try_from(request.map(reqwest::Body::wrap))?;
            match self.0.execute(request).await {
                Ok(response) => Ok(Response::from(response).map(Body::new)),
                Err(reqwest_middleware::Error::Reqwest(error)) => Err(error.into()),
                Err(reqwest_middleware::Error::Middleware(error)) => Err(TransportError::new(
                    TransportErrorKind::Request,
                    error.to_string(),
                )),
            }
        })
    }
}

struct Trace;

#[async_trait::async_trait]
impl reqwest_middleware::Middleware for Trace {
    async fn handle(
        &self,
        mut request: reqwest::Request,
        extensions: &mut http::Extensions,
        next: Next<'_>,
    ) -> reqwest_middleware::Result<reqwest::Response> {
        request
            .headers_mut()
            .insert("x-trace", HeaderValue::from_static("2"));
        next.run(request, extensions).await
    }
}

#[tokio::test]
async fn reqwest_middleware_sends() -> Result<()> {
    let server = server().await;
    let http = ReqwestTransport::builder().build().expect("TLS is there");
    let middleware = Middleware(ClientBuilder::new(http).with(Trace).build());
    permissions(builder(&server).transport(middleware))
        .list(CHECKPOINT)
        .await?;
    let sent = server.requests().remove(0);
    assert_eq!(sent.header("x-trace"), Some("2"));
    Ok(())
}
