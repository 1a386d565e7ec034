//! Exchanges with an application, recorded once and replayed since.
//!
//! In: calls, and a recording. Out: the recorded replies, if the requests equal the recorded ones. With `APPLICATION=URL`, the
//! requests go to an application that runs there, and `RECORDING=PATH` is written when the tape ends.

use std::env;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use fixture::transport::{Body, ReqwestTransport, Sending, Transport, TransportError};
use http::{HeaderMap, Request, Response};
use http_body::Body as _;
use serde_json::{Map, Value, json};

/// Headers that do not depend on the call.
const INCIDENTAL: [&str; 6] = [
    "user-agent",
    "host",
    "content-length",
    "date",
    "server",
    "transfer-encoding",
];

#[derive(Clone)]
pub struct Tape {
    application: Option<(String, Arc<ReqwestTransport>)>,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    /// The recorded exchanges as `{request, response}`, in order.
    recorded: Vec<Value>,
    /// The exchanges so far.
    played: Vec<Value>,
}

impl Tape {
    pub fn new(recording: &str) -> Self {
        let application = env::var("APPLICATION").ok().map(|url| {
            let transport = ReqwestTransport::new(Duration::from_secs(5));
            (url, Arc::new(transport))
        });
        let recorded = serde_json::from_str(recording).unwrap();
        let state = State {
            recorded,
            played: Vec::new(),
        };
        Self {
            application,
            state: Arc::new(Mutex::new(state)),
        }
    }

    pub fn base_url(&self) -> &str {
        self.application
            .as_ref()
            .map_or("http://application.test", |(url, _)| url)
    }

    /// Ends the tape and returns the methods and paths of all requests. Fails if some of the recording is left.
    pub fn end(self) -> Vec<(String, String)> {
        let state = self.state.lock().unwrap();
        match (&self.application, env::var("RECORDING")) {
            (Some(_), Ok(path)) => std::fs::write(path, pretty(&state.played)).unwrap(),
            (Some(_), Err(_)) => {}
            (None, _) => assert_eq!(
                state.played.len(),
                state.recorded.len(),
                "exchanges are left"
            ),
        }
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let requests = state.played.iter().map(|exchange| &exchange["request"]);
        requests
            .map(|it| (text(&it["method"]), text(&it["path"])))
            .collect()
    }
}

/// The recording as JSON, with an exchange on each line.
fn pretty(exchanges: &[Value]) -> String {
    let lines: Vec<String> = exchanges.iter().map(Value::to_string).collect();
    format!("[\n{}\n]\n", lines.join(",\n"))
}

impl Transport for Tape {
    fn send(&self, request: Request<Body>) -> Sending<'_> {
        Box::pin(async move {
            let (parts, body) = request.into_parts();
            let body = read(body).await?;
            let mut told = json!({
                "method": parts.method.as_str(),
                "path": parts.uri.path_and_query().unwrap().as_str(),
                "headers": headers(&parts.headers),
                "body": text(&body),
            });
            hide_boundary(&mut told);
            let response = match &self.application {
                Some((_, transport)) => {
                    let request = Request::from_parts(parts, Body::from(body));
                    let (parts, body) = transport.send(request).await?.into_parts();
                    json!({
                        "status": parts.status.as_u16(),
                        "headers": headers(&parts.headers),
                        "body": text(&read(body).await?),
                    })
                }
                None => {
                    let state = self.state.lock().unwrap();
                    let next = state.recorded.get(state.played.len());
                    let next = next.unwrap_or_else(|| panic!("no exchange is left for {told:#}"));
                    assert_eq!(told, next["request"], "exchange {}", state.played.len() + 1);
                    next["response"].clone()
                }
            };
            let answer = replay(&response);
            self.state
                .lock()
                .unwrap()
                .played
                .push(json!({"request": told, "response": response}));
            Ok(answer)
        })
    }
}

async fn read(mut body: Body) -> Result<Vec<u8>, TransportError> {
    let mut bytes = Vec::new();
    loop {
        let frame = std::future::poll_fn(|cx| std::pin::Pin::new(&mut body).poll_frame(cx));
        match frame.await {
            Some(frame) => bytes.extend_from_slice(&frame?.into_data().unwrap_or_default()),
            None => return Ok(bytes),
        }
    }
}

/// Bytes as characters of Latin-1, which has one for every byte.
fn text(bytes: &[u8]) -> String {
    bytes.iter().copied().map(char::from).collect()
}

fn headers(map: &HeaderMap) -> Map<String, Value> {
    let told = map
        .iter()
        .filter(|(name, _)| !INCIDENTAL.contains(&name.as_str()));
    told.map(|(name, value)| (name.to_string(), text(value.as_bytes()).into()))
        .collect()
}

/// Replaces the boundary of a multipart body, which is random.
fn hide_boundary(request: &mut Value) {
    let media_type = request["headers"]["content-type"]
        .as_str()
        .unwrap_or_default();
    let Some((_, boundary)) = media_type.split_once("boundary=") else {
        return;
    };
    let boundary = boundary.to_owned();
    request["headers"]["content-type"] = media_type.replace(&boundary, "BOUNDARY").into();
    request["body"] = request["body"]
        .as_str()
        .unwrap()
        .replace(&boundary, "BOUNDARY")
        .into();
}

fn replay(response: &Value) -> Response<Body> {
    let body: Vec<u8> = response["body"]
        .as_str()
        .unwrap()
        .chars()
        .map(|c| c as u8)
        .collect();
    let mut builder = Response::builder().status(response["status"].as_u64().unwrap() as u16);
    for (name, value) in response["headers"].as_object().unwrap() {
        builder = builder.header(name, value.as_str().unwrap());
    }
    builder.body(Body::from(body)).unwrap()
}
