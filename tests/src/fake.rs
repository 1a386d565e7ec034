//! The fake server: its own accept loop, so that replies can be cut, dripped, withheld or answered with a reset.
//!
//! In: connections. Out: what `api` or the next scripted [`Answer`] says, byte by byte, and a record of every request.
//! Not here: what the endpoints mean (`api`), the form of HTTP/1.1 (`wire`), the control interface (`control`).

mod answer;
mod api;
mod control;
mod wire;

use std::collections::VecDeque;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

pub use answer::{Answer, Delivery, Reply};
pub use api::Keys;
pub use wire::Recorded;

/// A running fake of the checkpoint permissions API. It stops when it is dropped.
///
/// Every request that is not for the control interface is recorded, then answered by the next scripted [`Answer`], else by
/// the standing one (see [`always`](Self::always)), else by the API itself.
#[derive(Debug)]
pub struct FakeServer {
    address: SocketAddr,
    shared: Arc<Shared>,
    accepting: JoinHandle<()>,
}

impl FakeServer {
    /// Starts a server on a free port of the loopback interface, which takes any key.
    ///
    /// # Errors
    ///
    /// If no port can be bound.
    pub async fn start() -> io::Result<Self> {
        Self::start_on(0, Keys::Any).await
    }

    /// Starts a server on `port` (0: any free one) of the loopback interface, which takes the keys that `keys` allows.
    ///
    /// # Errors
    ///
    /// If the port cannot be bound.
    pub async fn start_on(port: u16, keys: Keys) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared::new(keys));
        let accepting = tokio::spawn(accept(listener, Arc::clone(&shared)));
        Ok(Self {
            address,
            shared,
            accepting,
        })
    }

    /// Scheme, host and port, without a path and a trailing slash.
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The base URL for a client, such as `http://127.0.0.1:4010/v1`.
    pub fn base_url(&self) -> String {
        format!("{}/v1", self.origin())
    }

    /// Queues an answer: each answers one request, in the order in which they were queued.
    pub fn next(&self, answer: Answer) -> &Self {
        self.shared.script().queue.push_back(answer);
        self
    }

    /// Answers every request for which nothing is queued with `answer`, until [`reset`](Self::reset).
    pub fn always(&self, answer: Answer) -> &Self {
        self.shared.script().standing = Some(answer);
        self
    }

    /// The requests so far, as they came in.
    pub fn requests(&self) -> Vec<Recorded> {
        self.shared.script().requests.clone()
    }

    /// The number of replies that were not delivered because the client closed the connection first.
    pub fn abandoned(&self) -> usize {
        self.shared.script().abandoned
    }

    /// The number of connections that were opened.
    pub fn connections(&self) -> usize {
        self.shared.script().connections
    }

    /// Grants a checkpoint to projects, as `create` does, and returns the new ids.
    pub fn grant<'a>(
        &self,
        checkpoint: &str,
        projects: impl IntoIterator<Item = &'a str>,
    ) -> Vec<String> {
        self.shared.api.grant(checkpoint, projects)
    }

    /// Adds the permissions that the examples of the API's reference show, so that these can be pasted.
    pub fn add_examples(&self) {
        self.shared.api.add_examples();
    }

    /// The projects that a checkpoint is shared with, the oldest grant first.
    pub fn projects(&self, checkpoint: &str) -> Vec<String> {
        self.shared.api.projects(checkpoint)
    }

    /// Forgets the grants, the scripted answers and the recorded requests.
    pub fn reset(&self) {
        self.shared.reset();
    }
}

impl Drop for FakeServer {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

/// The state that the connections and the control interface share.
#[derive(Debug)]
struct Shared {
    api: api::Api,
    script: Mutex<Script>,
}

/// The answers to come and the requests that came.
#[derive(Debug, Default)]
struct Script {
    queue: VecDeque<Answer>,
    standing: Option<Answer>,
    requests: Vec<Recorded>,
    abandoned: usize,
    connections: usize,
}

impl Shared {
    fn new(keys: Keys) -> Self {
        Self {
            api: api::Api::new(keys),
            script: Mutex::default(),
        }
    }

    fn script(&self) -> MutexGuard<'_, Script> {
        self.script.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn reset(&self) {
        *self.script() = Script::default();
        self.api.reset();
    }

    /// Records a request and takes the answer to it.
    fn answer_to(&self, request: &Recorded) -> Answer {
        let mut script = self.script();
        script.requests.push(request.clone());
        script
            .queue
            .pop_front()
            .or_else(|| script.standing.clone())
            .unwrap_or_default()
    }
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    let mut connections = JoinSet::new(); // dropped with the task, which ends the connections too
    loop {
        // An error here is about one connection that is gone already, or about too many open files: both pass.
        let Ok((stream, _)) = listener.accept().await else {
            continue;
        };
        shared.script().connections += 1;
        connections.spawn(serve(stream, Arc::clone(&shared)));
        while connections.try_join_next().is_some() {}
    }
}

/// Decides if a connection takes another request.
#[derive(Clone, Copy, PartialEq)]
enum After {
    KeepOpen,
    Close,
}

async fn serve(stream: TcpStream, shared: Arc<Shared>) {
    let mut connection = wire::Connection::new(stream);
    loop {
        let answered = match connection.read_request().await {
            Ok(Some(request)) => exchange(&mut connection, &shared, request).await,
            Ok(None) | Err(wire::ReadError::Io) => return,
            Err(wire::ReadError::Refused(status, why)) => {
                refuse(&mut connection, status, why).await
            }
        };
        match answered {
            Ok(After::KeepOpen) => {}
            Ok(After::Close) => return,
            Err(_) => return shared.script().abandoned += 1,
        }
    }
}

async fn refuse(connection: &mut wire::Connection, status: u16, why: &str) -> io::Result<After> {
    let reply = Reply::json(
        status,
        api::error_body(why, "invalid_request_error", None, None),
    );
    let (head, body) = wire::render(&reply, "GET");
    connection.stream.write_all(&[head, body].concat()).await?;
    Ok(After::Close)
}

/// Answers one request. An error says that the client went away before it had its reply.
async fn exchange(
    connection: &mut wire::Connection,
    shared: &Arc<Shared>,
    request: Recorded,
) -> io::Result<After> {
    if request.target.starts_with("/_control/") {
        let reply = control::handle(shared, &request).await;
        return deliver(connection, &request, &reply, Delivery::Whole).await;
    }
    let Answer { reply, delivery } = shared.answer_to(&request);
    let reply = match reply {
        Some(scripted) => scripted,
        None => shared.api.handle(&request, &delivery).await,
    };
    deliver(
        connection,
        &request,
        &shared.api.with_request_id(reply),
        delivery,
    )
    .await
}

async fn deliver(
    connection: &mut wire::Connection,
    request: &Recorded,
    reply: &Reply,
    delivery: Delivery,
) -> io::Result<After> {
    let (head, body) = wire::render(reply, &request.method);
    let stream = &mut connection.stream;
    match delivery {
        Delivery::Whole | Delivery::RepeatCursor => {
            stream.write_all(&[head, body].concat()).await?
        }
        Delivery::Late(delay) => {
            wait_unless_gone(stream, delay).await?;
            stream.write_all(&[head, body].concat()).await?;
        }
        Delivery::Slow { chunk, delay } => {
            stream.write_all(&head).await?;
            for piece in body.chunks(chunk.max(1)) {
                wait_unless_gone(stream, delay).await?;
                stream.write_all(piece).await?;
            }
        }
        Delivery::Truncated(at) => {
            stream
                .write_all(&[&head, body.get(..at).unwrap_or(&body)].concat())
                .await?;
            stream.shutdown().await?;
            return Ok(After::Close);
        }
        Delivery::Closed => return Ok(After::Close),
        Delivery::Reset => {
            stream.set_zero_linger()?;
            return Ok(After::Close);
        }
        Delivery::Silence => wait_unless_gone(stream, Duration::MAX).await?,
    }
    let open = request.keeps_open() && reply.has_end();
    Ok(if open { After::KeepOpen } else { After::Close })
}

/// Waits, but no longer than the client does. It has nothing to say before it has its reply, so whatever can be read here
/// is the end of its connection.
async fn wait_unless_gone(stream: &mut TcpStream, delay: Duration) -> io::Result<()> {
    match tokio::time::timeout(delay, stream.read_u8()).await {
        Err(_elapsed) => Ok(()),
        Ok(_) => Err(io::ErrorKind::ConnectionAborted.into()),
    }
}
