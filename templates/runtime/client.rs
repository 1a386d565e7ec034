// @generated runtime. Do not edit: it is copied from the generator's templates.
//! The client and its builder.
//!
//! In: the settings of the service from `crate::service`, the caller's settings, environment variables. Out: a checked,
//! immutable client. Not here: anything about a single call.

use std::fmt::{self, Formatter};
use std::sync::Arc;
use std::time::Duration;

use http::header::USER_AGENT;
use http::{HeaderMap, HeaderName, HeaderValue};

use super::auth::{Credential, Scheme, Secret};
use super::error::{Error, Result};
use super::options::RetryPolicy;
use super::request::header;
use super::server::{Choice, ServerUrl};
use super::transport::Transport;
use super::url::BaseUrl;
use crate::service::SERVICE;

/// The settings of the service that the document declares.
pub(crate) struct Service {
    pub(crate) name: &'static str,
    pub(crate) user_agent: &'static str,
    /// The first one is the default.
    pub(crate) servers: &'static [ServerUrl],
    pub(crate) base_url_env: Option<&'static str>,
    pub(crate) headers: &'static [HeaderSetting],
    /// The variable that holds `Name: value` lines.
    pub(crate) extra_headers_env: Option<&'static str>,
    pub(crate) credentials: &'static [Credential],
    /// The credentials of requests that the document does not describe: as for an operation.
    pub(crate) auth: &'static [&'static [&'static Scheme]],
    pub(crate) request_id_header: &'static str,
    pub(crate) idempotency_header: &'static str,
    pub(crate) errors: ErrorShape,
}

/// A header that is sent with every request if it is set.
pub(crate) struct HeaderSetting {
    pub(crate) name: &'static str,
    pub(crate) header: &'static str,
    pub(crate) env: Option<&'static str>,
}

/// The property names of an error body.
pub(crate) struct ErrorShape {
    /// The property that contains the others.
    pub(crate) envelope: Option<&'static str>,
    pub(crate) message: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) code: &'static str,
    pub(crate) param: &'static str,
}

/// A client of the service. Cloning is cheap: clones share their connections.
///
/// `Debug` does not show credentials.
#[derive(Clone)]
pub struct Client {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) base_url: BaseUrl,
    /// Servers of single operations, each with the URL that takes its place.
    servers: Vec<(String, BaseUrl)>,
    /// Sent with every request. Does not include the credential.
    pub(crate) headers: HeaderMap,
    pub(crate) credentials: Vec<Secret>,
    pub(crate) timeout: Duration,
    pub(crate) deadline: Option<Duration>,
    pub(crate) retry: RetryPolicy,
    pub(crate) max_response_bytes: u64,
    pub(crate) transport: Box<dyn Transport>,
}

impl Client {
    /// Creates a client with settings from the environment. See [`ClientBuilder::env`].
    ///
    /// # Errors
    ///
    /// Fails with [`Error::Config`] if a setting is invalid. A missing credential is not an error here: the calls that
    /// need it fail.
    pub fn from_env() -> Result<Self> {
        Self::builder().env().build()
    }

    /// Returns a builder for a client with settings of your own.
    pub fn builder() -> ClientBuilder {
        ClientBuilder {
            given: Settings::default(),
            env: Settings::default(),
            headers: Vec::new(),
            timeout: Duration::from_secs(600),
            connect_timeout: Duration::from_secs(5),
            deadline: None,
            retry: RetryPolicy::default(),
            max_response_bytes: 64 * 1024 * 1024,
            transport: None,
            servers: Vec::new(),
            choice: Choice::default(),
        }
    }
}

impl Inner {
    /// The base URL of an operation with a server of its own.
    pub(crate) fn own_server<'a>(&'a self, server: &'a str) -> &'a str {
        let mut instead = self.servers.iter().rev();
        let instead = instead.find(|(other, _)| other == server);
        instead.map_or(server, |(_, instead)| &instead.prefix)
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.inner.base_url.prefix)
            .finish_non_exhaustive()
    }
}

/// The settings that the builder and the environment have in common.
#[derive(Default)]
struct Settings {
    base_url: Option<String>,
    credentials: Vec<Secret>,
    /// Names of settings, with their values.
    headers: Vec<(&'static str, String)>,
    /// `Name: value` lines.
    extra_headers: Option<String>,
}

/// Builds a [`Client`].
///
/// Values are trimmed, and an empty value counts as unset. `Debug` does not show credentials.
#[must_use = "a builder does nothing until `build` is called"]
pub struct ClientBuilder {
    given: Settings,
    env: Settings,
    headers: Vec<(String, String)>,
    timeout: Duration,
    connect_timeout: Duration,
    deadline: Option<Duration>,
    retry: RetryPolicy,
    max_response_bytes: u64,
    transport: Option<Box<dyn Transport>>,
    servers: Vec<(String, String)>,
    choice: Choice,
}

impl ClientBuilder {
    /// Reads unset settings from the environment variables of the service. Settings made on the builder always win,
    /// whether they are made before or after this call.
    pub fn env(self) -> Self {
        self.env_from(|name| {
            std::env::var_os(name).map(|value| value.to_string_lossy().into_owned())
        })
    }

    /// Like [`env`](Self::env), but looks variables up with a function: in a file, a vault or a test.
    pub fn env_from(mut self, variable: impl Fn(&str) -> Option<String>) -> Self {
        self.env = Settings::from_env(&variable);
        self
    }

    /// Sets the base URL: `http` or `https`, a host, and optionally a path and a query. Paths of operations are appended
    /// to the path; the query is sent with every request. A trailing slash makes no difference. Without a path, it gets that of
    /// the document's server, if the document does not name a host.
    /// Default: the first server of the document.
    pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
        self.given.base_url = Some(base_url.into());
        self
    }

    /// Sends the requests of operations with a server of their own elsewhere: `server` is the URL that the document gives, and
    /// `base_url` takes its place.
    pub fn server_url(mut self, server: impl Into<String>, base_url: impl Into<String>) -> Self {
        self.servers.push((server.into(), base_url.into()));
        self
    }

    /// Sends a header with every request. It replaces the client's own header of that name; a header of the call's
    /// options replaces it in turn.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Limits the time of one attempt, from connecting to the last byte of the body. Default: 600 seconds.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Limits the time for connecting, including TLS. Default: 5 seconds. It does not apply to a custom
    /// [`transport`](Self::transport).
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// Limits the time of a call, including all attempts and the delays between them. Each page of a listing is a call
    /// of its own. Default: no limit.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = Some(deadline);
        self
    }

    /// Sets the retry policy. Default: [`RetryPolicy::default`].
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Limits the size of a response body, in bytes. Default: 64 MiB.
    pub fn max_response_bytes(mut self, bytes: u64) -> Self {
        self.max_response_bytes = bytes;
        self
    }

    /// Sets the transport that sends requests, for example one that needs no network.
    /// Default: reqwest with rustls, if the feature `rustls` is enabled.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Box::new(transport));
        self
    }

    pub(crate) fn at_server(mut self, index: usize) -> Self {
        self.choice.server = Some(index);
        self
    }

    pub(crate) fn server_variable(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.choice.variables.push((name, value.into()));
        self
    }

    pub(crate) fn credential(mut self, credential: &Credential, value: impl Into<String>) -> Self {
        self.given.credentials.push(Secret {
            name: credential.name,
            value: value.into(),
        });
        self
    }

    pub(crate) fn header_setting(
        mut self,
        setting: &HeaderSetting,
        value: impl Into<String>,
    ) -> Self {
        self.given.headers.push((setting.name, value.into()));
        self
    }

    /// Checks the settings and creates the client.
    ///
    /// # Errors
    ///
    /// Fails with [`Error::Config`] if a setting is invalid: for example, a base URL with a password or a fragment, or a
    /// credential or header with characters that HTTP does not allow. The message does not repeat the value.
    pub fn build(self) -> Result<Client> {
        let base_url = self.checked_base_url()?;
        let mut servers = Vec::with_capacity(self.servers.len());
        for (server, instead) in &self.servers {
            let instead = BaseUrl::parse(instead.trim());
            let instead =
                instead.map_err(|reason| config(format!("invalid base URL: {reason}")))?;
            servers.push((server.trim_end_matches('/').to_owned(), instead));
        }
        let credentials = self.checked_credentials()?;
        let headers = self.checked_headers()?;
        let transport = match self.transport {
            Some(transport) => transport,
            None => default_transport(self.connect_timeout)?,
        };
        Ok(Client {
            inner: Arc::new(Inner {
                base_url,
                servers,
                headers,
                credentials,
                timeout: self.timeout,
                deadline: self.deadline,
                retry: self.retry,
                max_response_bytes: self.max_response_bytes,
                transport,
            }),
        })
    }

    fn checked_base_url(&self) -> Result<BaseUrl> {
        let given = self.given.base_url.as_deref().and_then(value_of);
        let base_url = self.choice.base_url(given, self.env.base_url.as_deref());
        base_url.map_err(config)
    }

    fn checked_credentials(&self) -> Result<Vec<Secret>> {
        let mut secrets = Vec::new();
        for Credential { name, env } in SERVICE.credentials {
            let find = |settings: &Settings| {
                let last = settings
                    .credentials
                    .iter()
                    .rev()
                    .find(|secret| secret.name == *name);
                last.and_then(|secret| value_of(&secret.value))
                    .map(str::to_owned)
            };
            let Some(value) = find(&self.given).or_else(|| find(&self.env)) else {
                continue;
            };
            if !value.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
                let text = format!(
                    "`{name}`{} contains a character that HTTP does not allow in a header",
                    or(*env)
                );
                return Err(config(text));
            }
            secrets.push(Secret { name, value });
        }
        Ok(secrets)
    }

    /// The headers of every request. A later group replaces headers of an earlier one.
    fn checked_headers(&self) -> Result<HeaderMap> {
        let mut headers = HeaderMap::new();
        headers.insert(USER_AGENT, HeaderValue::from_static(SERVICE.user_agent));
        for setting in SERVICE.headers {
            let find = |settings: &Settings| {
                let last = settings
                    .headers
                    .iter()
                    .rev()
                    .find(|(name, _)| *name == setting.name);
                last.and_then(|(_, value)| value_of(value))
                    .map(str::to_owned)
            };
            if let Some(value) = find(&self.given).or_else(|| find(&self.env)) {
                insert(&mut headers, setting.header, &value)?;
            }
        }
        for line in self
            .env
            .extra_headers
            .as_deref()
            .unwrap_or_default()
            .lines()
        {
            if let Some((name, value)) = line.split_once(':') {
                insert(&mut headers, name, value)?;
            }
        }
        for (name, value) in &self.headers {
            insert(&mut headers, name, value)?;
        }
        Ok(headers)
    }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("timeout", &self.timeout)
            .field("retry", &self.retry)
            .finish_non_exhaustive()
    }
}

impl Settings {
    fn from_env(variable: &dyn Fn(&str) -> Option<String>) -> Self {
        let read = |name: Option<&'static str>| {
            let value = variable(name?)?;
            value_of(&value).map(str::to_owned)
        };
        let credential = |it: &Credential| {
            read(it.env).map(|value| Secret {
                name: it.name,
                value,
            })
        };
        let header = |it: &HeaderSetting| read(it.env).map(|value| (it.name, value));
        Self {
            base_url: read(SERVICE.base_url_env),
            credentials: SERVICE.credentials.iter().filter_map(credential).collect(),
            headers: SERVICE.headers.iter().filter_map(header).collect(),
            extra_headers: read(SERVICE.extra_headers_env),
        }
    }
}

/// The trimmed text, or nothing if it is blank.
fn value_of(text: &str) -> Option<&str> {
    Some(text.trim()).filter(|text| !text.is_empty())
}

fn or(variable: Option<&str>) -> String {
    variable
        .map(|name| format!(" (or the environment variable {name})"))
        .unwrap_or_default()
}

fn config(text: String) -> Error {
    Error::Config(text.into())
}

fn insert(headers: &mut HeaderMap, name: &str, value: &str) -> Result<()> {
    let name = name.trim();
    let (key, value) = header(name, value.trim()).ok_or_else(|| {
        config(format!(
            "invalid header {name:?}: HTTP does not allow its name or its value"
        ))
    })?;
    headers.insert(key, value);
    Ok(())
}

#[cfg(feature = "rustls")]
fn default_transport(connect_timeout: Duration) -> Result<Box<dyn Transport>> {
    Ok(Box::new(super::transport::ReqwestTransport::new(
        connect_timeout,
    )?))
}

#[cfg(not(feature = "rustls"))]
fn default_transport(_: Duration) -> Result<Box<dyn Transport>> {
    Err(config(
        "missing transport: call `transport` on the builder, or enable the feature `rustls`"
            .to_owned(),
    ))
}
