//! Tests of transports: no redirects, bounded bodies, spans without secrets, and custom transports.

use std::cell::RefCell;
use std::fmt::{Debug, Write as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use openai_permissions::testing::MockTransport;
use openai_permissions::transport::{Body, Sending, Transport, TransportError, TransportErrorKind};
use openai_permissions::{ApiErrorKind, Client, Error, Result, RetryPolicy};
use tests::Answer;
use tests::fake::Delivery;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use super::{CHECKPOINT, KEY, builder, last_page, ok, permissions, scripted, server};

#[tokio::test]
async fn redirects_are_not_followed() {
    let (server, elsewhere) = (server().await, server().await);
    let permissions = permissions(builder(&server));
    let targets = [
        elsewhere.base_url() + "/fine_tuning/checkpoints/c/permissions",
        "/v1/fine_tuning/checkpoints/x/permissions".to_owned(),
    ];
    for status in [301, 302, 303, 307, 308] {
        for target in &targets {
            server.next(Answer::redirect(status, target));
            let error = permissions
                .create("c", ["p"])
                .await
                .expect_err("it is not followed");
            let Error::Api(api) = &error else {
                panic!("{error:?}")
            };
            assert_eq!(
                (api.status().as_u16(), api.kind()),
                (status, ApiErrorKind::Other)
            );
            assert_eq!(api.headers()["location"], target.as_str());
        }
    }
    assert_eq!(server.requests().len(), 10);
    assert!(
        server
            .requests()
            .iter()
            .all(|request| request.method == "POST")
    );
    assert_eq!(elsewhere.requests(), [], "the key goes to no other server");
}

#[tokio::test]
async fn bodies_are_bounded_whether_announced_or_not() -> Result<()> {
    let server = server().await;
    server.grant(CHECKPOINT, ["proj_a"]);
    let body = permissions(builder(&server))
        .retrieve(CHECKPOINT)
        .with_response()
        .await?
        .body()
        .to_vec();
    let size = body.len() as u64;
    let strict = permissions(builder(&server).max_response_bytes(size - 1));
    let exact = permissions(builder(&server).max_response_bytes(size));
    exact.retrieve(CHECKPOINT).await?;
    for answer in [
        Answer::default(),
        Answer::bytes(200, body).without_header("content-length"),
    ] {
        server.next(answer);
        let error = strict
            .retrieve(CHECKPOINT)
            .await
            .expect_err("it is too large");
        let Error::TooLarge(large) = &error else {
            panic!("{error:?}")
        };
        assert_eq!((large.limit(), error.attempts()), (size - 1, 1));
    }
    Ok(())
}

/// A body whose declared length is too large is not read.
#[tokio::test]
async fn an_announced_body_that_is_too_large_is_refused_at_once() {
    let server = server().await;
    let drip = Delivery::Slow {
        chunk: 1,
        delay: Duration::from_secs(60),
    };
    server.next(Answer::bytes(200, vec![b' '; 2000]).delivered(drip));
    let permissions = permissions(
        builder(&server)
            .max_response_bytes(1000)
            .timeout(Duration::from_secs(5)),
    );
    let error = permissions
        .retrieve("c")
        .await
        .expect_err("it is too large");
    assert!(matches!(error, Error::TooLarge(_)), "{error:?}");
}

/// If a body never ends, the client closes the connection at the limit.
#[tokio::test]
async fn a_body_without_end_is_cut_off() {
    let server = server().await;
    let drip = Delivery::Slow {
        chunk: 4096,
        delay: Duration::from_millis(1),
    };
    for status in [200, 400] {
        let endless = Answer::bytes(status, vec![b' '; 10 << 20]).without_header("content-length");
        server.next(endless.delivered(drip.clone()));
    }
    let permissions = permissions(
        builder(&server)
            .max_response_bytes(50_000)
            .retry(RetryPolicy::none()),
    );
    let error = permissions
        .retrieve("c")
        .await
        .expect_err("it is too large");
    assert!(matches!(error, Error::TooLarge(_)), "{error:?}");
    let error = permissions
        .retrieve("c")
        .await
        .expect_err("it is too large, but first of all an error");
    let Error::Api(api) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(api.body().len(), 50_000);
    let gone = async {
        while server.abandoned() < 2 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(5), gone)
        .await
        .expect("both connections are closed");
}

#[tokio::test]
async fn connections_are_kept_and_clients_are_shared() -> Result<()> {
    let server = server().await;
    let client = builder(&server).build()?;
    let list = |client: &Client| {
        client
            .fine_tuning()
            .checkpoints()
            .permissions()
            .list("c")
            .into_future()
    };
    // Calls own their data, so they can move to tasks.
    let tasks: Vec<_> = (0..8).map(|_| tokio::spawn(list(&client))).collect();
    for task in tasks {
        task.await.expect("no task panics")?;
    }
    assert_eq!(server.requests().len(), 8);
    Ok(())
}

/// A custom transport.
struct Shelf(&'static str);

impl Transport for Shelf {
    fn send(&self, request: http::Request<Body>) -> Sending<'_> {
        Box::pin(async move {
            if request.method() == "DELETE" {
                return Err(TransportError::new(
                    TransportErrorKind::Request,
                    "read only",
                ));
            }
            Ok(http::Response::new(Body::from(self.0)))
        })
    }
}

#[tokio::test]
async fn a_transport_of_ones_own() -> Result<()> {
    let shelf = Shelf(r#"{"object":"list","data":[],"has_more":false}"#);
    let permissions = permissions(Client::builder().admin_api_key("k").transport(shelf));
    assert_eq!(permissions.list("c").items().try_collect().await?, []);
    let error = permissions
        .delete("c", "cp_1")
        .await
        .expect_err("it is read only");
    assert!(super::shown(&error).contains("read only"), "{error:?}");
    Ok(())
}

#[tokio::test]
async fn the_mock_transport_records_and_runs_out() {
    let (permissions, mock) = scripted([ok(last_page(&["cp_1"]))]);
    assert_eq!((mock.remaining(), mock.requests().len()), (1, 0));
    permissions.list("c").await.expect("the reply is good");
    let error = permissions.list("c").await.expect_err("the script is over");
    assert!(
        super::shown(&error).contains("no scripted reply is left"),
        "{error}"
    );
    assert_eq!((mock.remaining(), mock.requests().len()), (0, 2));
    assert_eq!(
        mock.requests()[0].headers()["authorization"],
        format!("Bearer {KEY}")
    );
    assert!(!format!("{:?}", mock.requests()).contains(KEY));
}

thread_local! {
    static SAID: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Records the events of each thread. It must be the subscriber of all threads, because a thread without a subscriber may disable
/// events for the whole process.
struct Scribe;

fn write(what: &str, fields: impl FnOnce(&mut dyn Visit)) {
    SAID.with_borrow_mut(|text| {
        text.push_str(what);
        fields(&mut Writer(text));
        text.push('\n');
    });
}

struct Writer<'a>(&'a mut String);

impl Visit for Writer<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let _ = write!(self.0, " {field}={value:?}");
    }
}

impl Subscriber for Scribe {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        write(span.metadata().name(), |visit| span.record(visit));
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        write("", |visit| values.record(visit));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        write("event", |visit| event.record(visit));
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

#[tokio::test]
async fn spans_tell_what_happened_without_bodies_or_keys() -> Result<()> {
    tracing::subscriber::set_global_default(Scribe).expect("no other test sets one");
    let server = server().await;
    server.next(Answer::error(503).header("retry-after-ms", "1"));
    let permissions = permissions(builder(&server).header("x-secret", "header-hush"));
    permissions.create(CHECKPOINT, ["proj-hush"]).await?;
    let text = SAID.take();
    for part in [
        "otel.name=POST /fine_tuning/checkpoints/{fine_tuned_model_checkpoint}/permissions",
        "createFineTuningCheckpointPermission",
        "POST",
        "http.response.status_code=200",
        "req_fake_2",
        "http.request.resend_count=1",
        "event message=sending",
        "event message=trying again",
        "error.type=\"5xx\"",
        "event message=finished",
    ] {
        assert!(text.contains(part), "{part} is not in\n{text}");
    }
    assert!(!text.contains("hush"), "{text}");
    Ok(())
}

#[test]
fn calls_and_streams_can_be_sent_to_threads() {
    fn check<T: Send + 'static>(_: T) {}
    let permissions = permissions(
        Client::builder()
            .admin_api_key("k")
            .transport(MockTransport::new()),
    );
    check(permissions.clone());
    check(permissions.list("c"));
    check(permissions.list("c").into_future());
    check(permissions.list("c").items());
    check(permissions.list("c").pages());
    check(permissions.create("c", ["p"]).with_response().into_future());
    check(async move { permissions.list("c").items().next().await.is_none() });
}

/// Common servers close idle connections after 5 seconds. A request on one of these would be lost.
#[tokio::test]
async fn idle_connections_are_given_up_before_servers_close_them() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let connections = Arc::new(AtomicUsize::new(0));
    let opened = connections.clone();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            opened.fetch_add(1, Ordering::Relaxed);
            tokio::spawn(async move {
                let mut request = [0; 4096];
                while stream.read(&mut request).await.is_ok_and(|read| read > 0) {
                    let reply = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}";
                    if stream.write_all(reply).await.is_err() {
                        return;
                    }
                }
            });
        }
    });
    let client = Client::builder()
        .api_key(KEY)
        .base_url(format!("http://{address}"));
    let client = client.build().expect("the settings are valid");
    let get = async || {
        let call = client.request(http::Method::GET, "/");
        call.await.expect("the server answers")
    };
    get().await;
    get().await;
    assert_eq!(connections.load(Ordering::Relaxed), 1, "it is kept");
    tokio::time::sleep(Duration::from_millis(4500)).await;
    get().await;
    assert_eq!(
        connections.load(Ordering::Relaxed),
        2,
        "it is not kept for long"
    );
}
