//! Measures the cost of the client compared with its transport, and of decoding compared with derived types.
//!
//! In: nothing; `cargo bench -p tests`. Out: plain lines, and a failure if a ratio is above [`LIMIT`]. Both sides of a
//! comparison take turns within one run, against one server, so that disturbances affect both.

use std::convert::Infallible;
use std::hint::black_box;
use std::net::{Ipv4Addr, SocketAddr};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use openai_permissions::Client;
use openai_permissions::transport::ReqwestTransport;
use openai_permissions::types::PermissionPage;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

const CHECKPOINT: &str = "ft:gpt-4o-mini-2024-07-18:org:weather:B7R9VjQd";
const KEY: &str = "sk-bench";
/// The intended ratio. `LIMIT` is higher, because a busy machine may measure more. A regression measures much more.
const GOAL: f64 = 1.05;
const LIMIT: f64 = 1.25;
const CALLS: usize = 10_000;
const DECODINGS: usize = 20_000;

/// The types of the client with serde's derive macros. `object` is a string, because the client keeps undeclared values, too.
#[expect(
    dead_code,
    reason = "what is decoded is the point, not what becomes of it"
)]
mod derived {
    use serde::Deserialize;

    #[derive(Deserialize)]
    pub struct Page<Object> {
        pub data: Vec<Permission<Object>>,
        pub object: String,
        pub first_id: Option<String>,
        pub last_id: Option<String>,
        pub has_more: Option<bool>,
    }

    #[derive(Deserialize)]
    pub struct Permission<Object> {
        pub id: String,
        pub created_at: i64,
        pub project_id: String,
        pub object: Object,
    }

    /// Does less than the client: a value that the document does not list is an error.
    #[derive(Deserialize)]
    pub enum Closed {
        #[serde(rename = "checkpoint.permission")]
        Permission,
    }
}

fn main() -> ExitCode {
    // `cargo test --benches` runs this, too, only to check that it works.
    let share = if std::env::args().any(|flag| flag == "--bench") {
        1
    } else {
        100
    };
    let (calls, decodings) = (CALLS / share, DECODINGS / share);
    let held = [
        compare_calls(calls).print(),
        compare_decoding::<derived::Page<String>>("decoding 100 permissions", decodings).print(),
        compare_decoding::<derived::Page<derived::Closed>>(
            "the same against a closed enum",
            decodings,
        )
        .print(),
    ];
    if held.contains(&false) {
        eprintln!("error: a ratio above {LIMIT} is no noise: the client became slower");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

/// The medians of two ways to do the same.
struct Comparison {
    what: &'static str,
    ours: Duration,
    theirs: Duration,
}

impl Comparison {
    fn new(what: &'static str, mut ours: Vec<Duration>, mut theirs: Vec<Duration>) -> Self {
        Self {
            what,
            ours: median(&mut ours),
            theirs: median(&mut theirs),
        }
    }

    /// Prints the line and returns true if the limit holds.
    fn print(&self) -> bool {
        let ratio = self.ours.as_secs_f64() / self.theirs.as_secs_f64();
        let verdict = if ratio <= GOAL { "within" } else { "ABOVE" };
        let (what, ours, theirs) = (self.what, micros(self.ours), micros(self.theirs));
        println!("{what}: {ours:.2} us, bare: {theirs:.2} us, ratio {ratio:.3} ({verdict} {GOAL})");
        ratio <= LIMIT
    }
}

fn micros(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn page(len: usize) -> Bytes {
    let data: Vec<Value> = (0..len).map(permission).collect();
    let page = json!({
        "object": "list", "data": data, "first_id": "cp_0", "last_id": "cp_9", "has_more": false,
    });
    Bytes::from(page.to_string())
}

fn permission(number: usize) -> Value {
    json!({
        "object": "checkpoint.permission",
        "id": format!("cp_zc4Q7MP6XxulcVzj4MZdw{number:04}"),
        "created_at": 1_721_764_867 + number,
        "project_id": format!("proj_abGMw1llN8IrBb6SvvY5A{number:04}"),
    })
}

/// Answers every request with the same reply, in a separate thread.
fn serve(body: Bytes) -> SocketAddr {
    let listener =
        std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("loopback has a free port");
    let address = listener
        .local_addr()
        .expect("a bound socket has an address");
    listener
        .set_nonblocking(true)
        .expect("a socket can be set so");
    std::thread::spawn(move || {
        runtime().block_on(async move {
            let listener =
                tokio::net::TcpListener::from_std(listener).expect("the runtime takes the socket");
            loop {
                let (stream, _) = listener.accept().await.expect("the client connects");
                let _ = stream.set_nodelay(true);
                let body = body.clone();
                let service = service_fn(move |_: hyper::Request<Incoming>| {
                    let reply = hyper::Response::builder()
                        .header("content-type", "application/json")
                        .header("x-request-id", "req_bench")
                        .body(Full::new(body.clone()));
                    async move { Ok::<_, Infallible>(reply.expect("the headers are valid")) }
                });
                tokio::spawn(
                    hyper::server::conn::http1::Builder::new()
                        .serve_connection(TokioIo::new(stream), service),
                );
            }
        });
    });
    address
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime starts")
}

fn compare_calls(calls: usize) -> Comparison {
    let base = format!("http://{}/v1", serve(page(10)));
    let client = Client::builder()
        .base_url(&base)
        .admin_api_key(KEY)
        .build()
        .expect("the client is complete");
    let permissions = client.fine_tuning().checkpoints().permissions();
    let bare = ReqwestTransport::builder().build().expect("TLS is there");
    runtime().block_on(async {
        let (mut ours, mut theirs) = (Vec::with_capacity(calls), Vec::with_capacity(calls));
        for turn in 0..calls + calls / 10 {
            let client = async || {
                permissions
                    .list(CHECKPOINT)
                    .limit(10)
                    .await
                    .expect("the server answers")
                    .data
                    .len()
            };
            let bare = async || {
                list_bare(&bare, &base)
                    .await
                    .expect("the server answers")
                    .data
                    .len()
            };
            // Both sides come first equally often. The first tenth warms up connections and caches.
            let (a, b) = if turn % 2 == 0 {
                let a = timed(client).await;
                (a, timed(bare).await)
            } else {
                let b = timed(bare).await;
                (timed(client).await, b)
            };
            if turn >= calls / 10 {
                ours.push(a);
                theirs.push(b);
            }
        }
        Comparison::new("list call through the client", ours, theirs)
    })
}

async fn timed(call: impl AsyncFnOnce() -> usize) -> Duration {
    let start = Instant::now();
    let permissions = call().await;
    let time = start.elapsed();
    assert_eq!(permissions, 10);
    time
}

async fn list_bare(
    client: &reqwest::Client,
    base: &str,
) -> Result<derived::Page<String>, Box<dyn std::error::Error>> {
    let url = format!("{base}/fine_tuning/checkpoints/{CHECKPOINT}/permissions?limit=10");
    let reply = client
        .get(url)
        .bearer_auth(KEY)
        .header("accept", "application/json")
        .send()
        .await?;
    Ok(serde_json::from_slice(
        &reply.error_for_status()?.bytes().await?,
    )?)
}

fn compare_decoding<Theirs: DeserializeOwned>(what: &'static str, times: usize) -> Comparison {
    let body = page(100);
    let (mut ours, mut theirs) = (Vec::with_capacity(times), Vec::with_capacity(times));
    for _ in 0..times {
        ours.push(time_decoding::<PermissionPage>(&body));
        theirs.push(time_decoding::<Theirs>(&body));
    }
    Comparison::new(what, ours, theirs)
}

fn time_decoding<T: DeserializeOwned>(body: &Bytes) -> Duration {
    let start = Instant::now();
    let page: T = serde_json::from_slice(black_box(body)).expect("the page is valid");
    black_box(&page); // on both sides, dropped after the clock has stopped
    start.elapsed()
}
