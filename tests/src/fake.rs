//! The fake server. It has its own accept loop, so that replies can be truncated, slow or withheld, and connections can be reset.
//!
//! In: connections. Out: the bytes of the next scripted [`Answer`] or of `api`, and a record of every request. Not here: the
//! behavior of the endpoints (`api`), the syntax of HTTP/1.1 (`wire`), the control interface (`control`).

mod answer;
mod api;
mod control;
mod endpoints;
mod store;
mod wire;

use std::collections::VecDeque;
use std::fmt::{self, Formatter};
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

/// A running fake server of the checkpoint permissions API. It stops when it is dropped.
///
/// Every request is recorded, unless it is for the control interface. Then the next scripted [`Answer`] answers it, else the
/// answer of [`always`](Self::always), else the API itself.
#[derive(Debug)]
pub struct FakeServer {
    address: SocketAddr,
    shared: Arc<Shared>,
    accepting: JoinHandle<()>,
}

impl FakeServer {
    /// Starts a server that accepts any key, on a free port of the loopback interface.
    ///
    /// # Errors
    ///
    /// Fails if no port can be bound.
    pub async fn start() -> io::Result<Self> {
        Self::start_on(0, Keys::Any).await
    }

    /// Starts a server that accepts `keys`, on `port` of the loopback interface. Port 0 means any free port.
    ///
    /// # Errors
    ///
    /// Fails if the port cannot be bound.
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

    /// Scheme, host and port, without a slash at the end.
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The base URL for a client, such as `http://127.0.0.1:4010/v1`.
    pub fn base_url(&self) -> String {
        format!("{}/v1", self.origin())
    }

    /// Queues an answer. Each queued answer is for one request, in order.
    pub fn next(&self, answer: Answer) -> &Self {
        self.shared.script().queue.push_back(answer);
        self
    }

    /// Sets the answer to requests for which nothing is queued, until [`reset`](Self::reset).
    pub fn always(&self, answer: Answer) -> &Self {
        self.answering(move |_| answer.clone())
    }

    /// Sets the function that answers requests for which nothing is queued, until [`reset`](Self::reset).
    pub fn answering(&self, answer: impl Fn(&Recorded) -> Answer + Send + Sync + 'static) -> &Self {
        self.shared.script().standing = Some(Standing(Box::new(answer)));
        self
    }

    /// The requests so far, in the order in which they arrived.
    pub fn requests(&self) -> Vec<Recorded> {
        self.shared.script().requests.clone()
    }

    /// The requests that arrived after [`Delivery::HalfClosed`]. They are in [`requests`](Self::requests), too.
    pub fn unanswered(&self) -> Vec<Recorded> {
        self.shared.script().unanswered.clone()
    }

    /// The number of replies that were not delivered because the client closed the connection first.
    pub fn abandoned(&self) -> usize {
        self.shared.script().abandoned
    }

    /// The number of connections that were opened.
    pub fn connections(&self) -> usize {
        self.shared.script().connections
    }

    /// Shares a checkpoint with projects, as `create` does, and returns the new ids.
    pub fn grant<'a>(
        &self,
        checkpoint: &str,
        projects: impl IntoIterator<Item = &'a str>,
    ) -> Vec<String> {
        self.shared.api.grant(checkpoint, projects)
    }

    /// Adds the permissions of the examples in the reference of the API, so that these examples work.
    pub fn add_examples(&self) {
        self.shared.api.add_examples();
    }

    /// The projects that a checkpoint is shared with, the oldest first.
    pub fn projects(&self, checkpoint: &str) -> Vec<String> {
        self.shared.api.projects(checkpoint)
    }

    /// Removes the permissions, the scripted answers and the recorded requests.
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

/// The scripted answers and the recorded requests.
#[derive(Debug, Default)]
struct Script {
    queue: VecDeque<Answer>,
    standing: Option<Standing>,
    requests: Vec<Recorded>,
    unanswered: Vec<Recorded>,
    abandoned: usize,
    connections: usize,
}

/// The function that answers requests for which nothing is queued.
struct Standing(Box<dyn Fn(&Recorded) -> Answer + Send + Sync>);

impl fmt::Debug for Standing {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("Standing").finish_non_exhaustive()
    }
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

    /// Records a request and returns its answer.
    fn answer_to(&self, request: &Recorded) -> Answer {
        let mut script = self.script();
        script.requests.push(request.clone());
        match (script.queue.pop_front(), &script.standing) {
            (Some(queued), _) => queued,
            (None, Some(standing)) => standing.0(request),
            (None, None) => Answer::default(),
        }
    }
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    let mut connections = JoinSet::new(); // dropped with the task, which ends the connections too
    loop {
        // An error is about a connection that is already closed, or about too many open files. Both are temporary.
        let Ok((stream, _)) = listener.accept().await else {
            continue;
        };
        shared.script().connections += 1;
        connections.spawn(serve(stream, Arc::clone(&shared)));
        while connections.try_join_next().is_some() {}
    }
}

/// Whether a connection accepts another request.
#[derive(Clone, Copy, PartialEq)]
enum After {
    KeepOpen,
    /// It reads requests, but cannot answer them.
    ReadOnly,
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
            Ok(After::ReadOnly) => break,
            Ok(After::Close) => return,
            Err(_) => return shared.script().abandoned += 1,
        }
    }
    while let Ok(Some(request)) = connection.read_request().await {
        let mut script = shared.script();
        script.requests.push(request.clone());
        script.unanswered.push(request);
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

/// Answers one request. An error means that the client closed the connection before it received the reply.
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
        Delivery::Cut(at) => {
            let piece = body.get(..at).unwrap_or(&body);
            stream.write_all(&[&head, piece].concat()).await?;
            stream.set_zero_linger()?;
            return Ok(After::Close);
        }
        Delivery::HalfHead => {
            stream.write_all(&head[..head.len() / 2]).await?;
            return Ok(After::Close);
        }
        Delivery::HalfClosed => {
            stream.write_all(&[head, body].concat()).await?;
            stream.shutdown().await?;
            return Ok(After::ReadOnly);
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

/// Waits, but no longer than the client does. The client sends nothing before it has its reply, so anything that can be read is
/// the end of the connection.
async fn wait_unless_gone(stream: &mut TcpStream, delay: Duration) -> io::Result<()> {
    match tokio::time::timeout(delay, stream.read_u8()).await {
        Err(_elapsed) => Ok(()),
        Ok(_) => Err(io::ErrorKind::ConnectionAborted.into()),
    }
}
