// @generated runtime. Do not edit: it is copied from the generator's templates.
//! The default transport: reqwest with rustls.
//!
//! In: a complete request. Out: reqwest's response. Not here: anything that changes a request.

use std::future::ready;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use http::Request;
use reqwest::redirect::Policy;
use reqwest::{ClientBuilder, retry};
use tokio::runtime::{Handle, Id};
use tokio::sync::oneshot;

use super::connections::Connections;
use super::sending::{Body, Sending, Transport, TransportError, TransportErrorKind};

/// Sends requests with reqwest.
///
/// It uses rustls for HTTPS, with *ring*, or with AWS-LC if the feature `aws-lc-rs` is enabled. For the TLS library of the system,
/// disable default features, enable `reqwest`, and depend on reqwest with its feature `native-tls`.
///
/// It keeps idle connections open for 4 seconds, reads proxies from the environment (`HTTPS_PROXY`, `NO_PROXY`), and does not follow
/// redirects. With the feature `http2`, it pings the server every 20 seconds, and closes a connection that is silent for 10 seconds,
/// so that a retry gets a new one. It sends nothing twice by itself.
///
/// Each Tokio runtime has its own connections and sets up TLS for itself, so it does not matter if another one ends or rests. A
/// [`reqwest::Client`] of your own shares its connections between runtimes: if one of them ends or rests, calls that others make on
/// its connections fail.
///
/// TLS is set up for the first request. If that fails, for example because the system has no CA certificates, requests with `https`
/// fail, but those with `http` do not.
#[derive(Clone, Debug)]
pub struct ReqwestTransport {
    clients: Arc<Clients>,
}

#[derive(Debug)]
struct Clients {
    settings: Connections,
    /// The caller's client, which is used for everything.
    given: Option<reqwest::Client>,
    pools: Mutex<Vec<Arc<Pool>>>,
}

/// The clients of a runtime, which drives their connections.
#[derive(Debug)]
struct Pool {
    runtime: Id,
    /// The other end is in a task of the runtime, which ends with either of them.
    alive: oneshot::Sender<()>,
    secure: OnceLock<reqwest::Client>,
    /// Used for `http` only, if TLS cannot be set up.
    plain: OnceLock<reqwest::Client>,
}

impl ReqwestTransport {
    /// Creates a transport with a time limit for connecting, including TLS.
    pub fn new(connect_timeout: Duration) -> Self {
        Self::with_settings(Connections {
            connect_timeout,
            ..Connections::default()
        })
    }

    pub(crate) fn with_settings(settings: Connections) -> Self {
        Self::with(settings, None)
    }

    fn with(settings: Connections, given: Option<reqwest::Client>) -> Self {
        let clients = Clients {
            settings,
            given,
            pools: Mutex::default(),
        };
        Self {
            clients: Arc::new(clients),
        }
    }
}

/// Uses a client with your own settings. [`builder`](ReqwestTransport::builder) has those of this transport, without which reqwest
/// follows redirects, turns some `POST`s into `GET`s, and repeats requests that do not count as attempts.
impl From<reqwest::Client> for ReqwestTransport {
    fn from(client: reqwest::Client) -> Self {
        Self::with(Connections::default(), Some(client))
    }
}

impl ReqwestTransport {
    /// Returns a builder of reqwest's clients with the settings of this transport, to which you can add proxies or certificates:
    ///
    /// ```no_run
    #[doc = concat!("# use ", env!("CARGO_CRATE_NAME"), "::Client;")]
    #[doc = concat!("use ", env!("CARGO_CRATE_NAME"), "::transport::ReqwestTransport;")]
    #[doc = concat!("use ", env!("CARGO_CRATE_NAME"), "::transport::reqwest::Proxy;")]
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let proxy = Proxy::https("http://localhost:3128")?;
    /// let http = ReqwestTransport::builder().proxy(proxy).build()?;
    /// let client = Client::builder().transport(ReqwestTransport::from(http)).build()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn builder() -> ClientBuilder {
        Connections::default().builder()
    }
}

impl Clients {
    /// Returns the client for URLs with this scheme.
    fn of(&self, scheme: &str) -> Result<reqwest::Client, TransportError> {
        if let Some(given) = &self.given {
            return Ok(given.clone());
        }
        let pool = self.pool()?;
        let secure = || made(&pool.secure, self.settings.builder());
        match (pool.plain.get(), scheme) {
            (Some(plain), "http") => Ok(plain.clone()),
            (_, "http") => {
                let plain = || without_certificates(self.settings.builder());
                secure().or_else(|_| made(&pool.plain, plain()))
            }
            (..) => secure(),
        }
    }

    /// Returns the clients of the current runtime.
    fn pool(&self) -> Result<Arc<Pool>, TransportError> {
        let runtime = Handle::try_current()
            .map_err(|error| TransportError::new(TransportErrorKind::Request, error))?;
        let mut pools = self.pools.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(pool) = pools.iter().find(|pool| pool.runtime == runtime.id()) {
            return Ok(pool.clone());
        }
        pools.retain(|pool| !pool.alive.is_closed());
        let (alive, dropped) = oneshot::channel();
        runtime.spawn(dropped);
        let pool = Arc::new(Pool {
            runtime: runtime.id(),
            alive,
            secure: OnceLock::new(),
            plain: OnceLock::new(),
        });
        pools.push(pool.clone());
        Ok(pool)
    }
}

impl Connections {
    fn builder(&self) -> ClientBuilder {
        #[cfg(all(feature = "rustls", not(feature = "aws-lc-rs")))]
        choose_ring();
        let builder = reqwest::Client::builder()
            .redirect(Policy::none())
            .connect_timeout(self.connect_timeout)
            .pool_idle_timeout(self.pool_idle_timeout)
            .pool_max_idle_per_host(self.pool_max_idle_per_host)
            .retry(retry::never());
        #[cfg(feature = "http2")]
        let builder = builder
            .http2_keep_alive_interval(Duration::from_secs(20))
            .http2_keep_alive_timeout(Duration::from_secs(10))
            .http2_keep_alive_while_idle(true);
        match refuses_proxies() {
            true => builder.no_proxy(),
            false => builder,
        }
    }
}

/// Sets up no certificates, which are missing on some machines. Without TLS, there are none.
fn without_certificates(builder: ClientBuilder) -> ClientBuilder {
    #[cfg(feature = "rustls")]
    let builder = builder.tls_certs_only([]);
    builder
}

/// Makes *ring* the cryptography of rustls in this process, unless the program has chosen another provider.
#[cfg(all(feature = "rustls", not(feature = "aws-lc-rs")))]
fn choose_ring() {
    use rustls::crypto::{CryptoProvider, ring};
    if CryptoProvider::get_default().is_none() {
        // It fails if another thread has chosen one meanwhile.
        let _ = ring::default_provider().install_default();
    }
}

/// Returns whether the environment says that no host has a proxy. reqwest takes `*` for names only, and not for addresses.
fn refuses_proxies() -> bool {
    let hosts = std::env::var("NO_PROXY").or_else(|_| std::env::var("no_proxy"));
    hosts.is_ok_and(|hosts| hosts.split(',').any(|host| host.trim() == "*"))
}

/// Returns the client of a cell, or else makes it.
fn made(
    cell: &OnceLock<reqwest::Client>,
    builder: ClientBuilder,
) -> Result<reqwest::Client, TransportError> {
    if let Some(client) = cell.get() {
        return Ok(client.clone());
    }
    match builder.build() {
        Ok(client) => Ok(cell.get_or_init(|| client).clone()),
        Err(error) => Err(TransportError::new(TransportErrorKind::Tls, error)),
    }
}

impl Transport for ReqwestTransport {
    fn send(&self, request: Request<Body>) -> Sending<'_> {
        let failed = |error| -> Sending<'_> { Box::pin(ready(Err(error))) };
        let url = match reqwest::Url::parse(&request.uri().to_string()) {
            Ok(url) => url,
            Err(error) => {
                return failed(TransportError::new(TransportErrorKind::Request, error));
            }
        };
        let client = match self.clients.of(url.scheme()) {
            Ok(client) => client,
            Err(error) => return failed(error),
        };
        let sent = client.execute(convert(url, request));
        Box::pin(async {
            match sent.await {
                Ok(response) => Ok(reply(response)),
                Err(error) => Err(error.into()),
            }
        })
    }
}

/// Converts a request. An empty body is omitted, because reqwest would send its length with any method.
fn convert(url: reqwest::Url, request: Request<Body>) -> reqwest::Request {
    let (parts, body) = request.into_parts();
    let mut request = reqwest::Request::new(parts.method, url);
    *request.headers_mut() = parts.headers;
    *request.body_mut() = match body.as_bytes() {
        Some(bytes) if bytes.is_empty() => None,
        Some(bytes) => Some(bytes.clone().into()),
        None => Some(reqwest::Body::wrap(body)),
    };
    request
}

fn reply(mut response: reqwest::Response) -> http::Response<Body> {
    let status = response.status();
    let headers = std::mem::take(response.headers_mut());
    let mut reply = http::Response::new(Body::reqwest(response));
    *reply.status_mut() = status;
    *reply.headers_mut() = headers;
    reply
}
