// @generated runtime. Do not edit: it is copied from the generator's templates.
//! The builder of clients.
//!
//! In: the caller's settings, environment variables, the settings of the service. Out: a checked client. Not here: anything about
//! a single call.

use std::fmt::{self, Formatter};
use std::sync::Arc;
use std::time::Duration;

use http::header::USER_AGENT;
use http::{HeaderMap, HeaderValue};

use super::auth::{Credential, Form, Secret, header};
use super::budget::RetryBudget;
use super::client::{Client, HeaderSetting, Inner};
use super::connections::Connections;
use super::error::{Error, Result};
#[cfg(feature = "reqwest")]
use super::reqwest_transport::ReqwestTransport;
use super::retry::RetryPolicy;
use super::sending::Transport;
use super::server::Choice;
use super::throughput::Throughput;
use super::token::{TokenProvider, Tokens};
use super::url::BaseUrl;
use crate::service::SERVICE;

/// The settings that both the builder and the environment can provide.
#[derive(Default)]
struct Settings {
    base_url: Option<String>,
    credentials: Vec<Secret>,
    /// The names and values of header settings.
    headers: Vec<(&'static str, String)>,
    /// `Name: value` lines.
    extra_headers: Option<String>,
}

impl Client {
    /// Creates a client with settings from the environment. See [`ClientBuilder::env`].
    ///
    /// # Errors
    ///
    /// Fails with [`Error::Config`](crate::Error::Config) if a setting is invalid. A missing
    /// credential isn't an error here; calls that need it fail.
    pub fn from_env() -> Result<Self> {
        Self::builder().env().build()
    }

    /// Returns a builder for a client with your own settings.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::unset()
    }
}

/// Builds a [`Client`].
///
/// Values are trimmed, and an empty value counts as unset. `Debug` does not show credentials.
#[must_use = "a builder does nothing until `build` is called"]
pub struct ClientBuilder {
    given: Settings,
    env: Settings,
    headers: Vec<(String, String)>,
    pub(super) timeout: Duration,
    pub(super) connections: Connections,
    pub(super) deadline: Option<Duration>,
    retry: RetryPolicy,
    pub(super) throughput: Option<Throughput>,
    pub(super) max_response_bytes: u64,
    transport: Option<Arc<dyn Transport>>,
    servers: Vec<(String, String)>,
    choice: Choice,
    providers: Vec<(&'static str, MakeProvider)>,
    plain_http: bool,
    /// The error of the first invalid setting.
    fault: Option<String>,
}

/// What a provider that sends its own requests shares with its client.
pub(crate) struct Surroundings {
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) base_url: BaseUrl,
    /// Whether credentials may go to other machines without TLS.
    pub(crate) plain_http: bool,
}

/// Creates a provider, which may send its own requests.
type MakeProvider = Box<dyn FnOnce(&Surroundings) -> Box<dyn TokenProvider> + Send>;

impl ClientBuilder {
    /// Creates a builder with the default settings.
    pub(crate) fn unset() -> Self {
        Self {
            given: Settings::default(),
            env: Settings::default(),
            headers: Vec::new(),
            timeout: Duration::from_secs(600),
            connections: Connections::default(),
            deadline: None,
            retry: RetryPolicy::default(),
            throughput: None,
            max_response_bytes: 64 * 1024 * 1024,
            transport: None,
            servers: Vec::new(),
            choice: Choice::default(),
            plain_http: false,
            providers: Vec::new(),
            fault: None,
        }
    }

    /// Reads unset settings from the environment variables of the service. Settings of the builder
    /// take precedence, regardless of the order of the calls.
    pub fn env(self) -> Self {
        self.env_from(|name| {
            std::env::var_os(name).map(|value| value.to_string_lossy().into_owned())
        })
    }

    /// Like [`env`](Self::env), but looks up variables with a function, for example in a file, a
    /// vault or a test.
    pub fn env_from(mut self, variable: impl Fn(&str) -> Option<String>) -> Self {
        self.env = Settings::from_env(&variable);
        self
    }

    /// Sets the base URL. Default: the first server of the document.
    ///
    /// It consists of `http` or `https`, a host, and optionally a path and a query. Paths of
    /// operations are appended to its path, and its query is sent with every request. A trailing
    /// slash makes no difference. If it has no path and the document's server names no host, the
    /// path of that server is used.
    ///
    /// Operations with their own server do not go to the base URL: [`server_url`](Self::server_url)
    /// replaces that server, too. Without it, they take no credential to a host other than that of
    /// the base URL, but fail.
    pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
        self.given.base_url = Some(base_url.into());
        self
    }

    /// Replaces the server of operations that have their own server, to which they send their
    /// credentials, too. `server` is the URL in the document, and `base_url` replaces it; it may be
    /// the same.
    pub fn server_url(mut self, server: impl Into<String>, base_url: impl Into<String>) -> Self {
        self.servers.push((server.into(), base_url.into()));
        self
    }

    /// Allows credentials on plain HTTP to other machines, where anyone on the way can read them. Default: only if the document has
    /// such a server itself. Requests to this machine (`localhost`, `127.0.0.1`) and requests without a credential need no
    /// permission.
    pub fn allow_credentials_over_http(mut self, allow: bool) -> Self {
        self.plain_http = allow;
        self
    }

    /// Sends a header with every request. It replaces the client's own header with that name. A
    /// header in the options of a call replaces it in turn.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Sets the retry policy. Default: [`RetryPolicy::default`].
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Sets the transport that sends requests, for example one that needs no network. Default:
    /// reqwest, if the feature `rustls` is enabled.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
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
            form: credential.form,
        });
        self
    }

    /// Sets a user name and a password (RFC 7617).
    pub(crate) fn login_setting(
        mut self,
        credential: &Credential,
        user: impl Into<String>,
        password: impl Into<String>,
    ) -> Self {
        let (user, password) = (user.into(), password.into());
        if user.contains(':') {
            let name = credential.name;
            let text = format!("`{name}`: RFC 7617 does not allow a colon in the user name");
            self.fault.get_or_insert(text);
        }
        self.credential(credential, format!("{user}:{password}"))
    }

    /// Sets the provider of the tokens of a credential.
    pub(crate) fn token_setting(
        self,
        credential: &Credential,
        make: impl FnOnce(&Surroundings) -> Box<dyn TokenProvider> + Send + 'static,
    ) -> Self {
        let mut this = self;
        this.providers.push((credential.name, Box::new(make)));
        this
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
        if let Some(fault) = self.fault {
            return Err(config(fault));
        }
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
            None => default_transport(self.connections)?,
        };
        let surroundings = Surroundings {
            transport,
            base_url,
            plain_http: self.plain_http || Choice::is_plain_http(),
        };
        let providers = self.providers.into_iter().rev();
        let tokens = providers.map(|(name, make)| {
            let tokens = Tokens::new(make(&surroundings));
            (name, Arc::new(tokens))
        });
        let tokens = tokens.collect();
        let Surroundings {
            transport,
            base_url,
            plain_http,
        } = surroundings;
        Ok(Client {
            inner: Arc::new(Inner {
                is_moved: self.choice.is_replaced_by(&base_url),
                plain_http,
                base_url,
                servers,
                headers,
                credentials,
                tokens,
                timeout: self.timeout,
                deadline: self.deadline,
                retry: self.retry,
                retries: RetryBudget::default(),
                throughput: self.throughput,
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
        for Credential { name, env, form } in SERVICE.credentials {
            let find = |settings: &Settings| {
                let last = settings
                    .credentials
                    .iter()
                    .rev()
                    .find(|secret| secret.name == *name);
                let value = last.and_then(|secret| match form {
                    Form::Key => value_of(&secret.value),
                    // A password may begin and end with spaces.
                    Form::Login => Some(secret.value.as_str()).filter(|text| !text.is_empty()),
                });
                value.map(str::to_owned)
            };
            let Some(value) = find(&self.given).or_else(|| find(&self.env)) else {
                continue;
            };
            if let Some(fault) = form.fault(&value) {
                return Err(config(format!("`{name}`{} {fault}", or(*env))));
            }
            secrets.push(Secret {
                name,
                value,
                form: *form,
            });
        }
        Ok(secrets)
    }

    /// Returns the headers of every request. Later groups replace headers of earlier ones.
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
        let lines = self
            .env
            .extra_headers
            .as_deref()
            .unwrap_or_default()
            .lines();
        for (index, line) in lines
            .enumerate()
            .filter(|(_, line)| !line.trim().is_empty())
        {
            // The line itself may be a secret.
            let (name, value) = line.split_once(':').ok_or_else(|| {
                let variable = SERVICE.extra_headers_env.unwrap_or_default();
                config(format!(
                    "invalid line {} of {variable}: expected `Name: value`",
                    index + 1
                ))
            })?;
            insert(&mut headers, name, value)?;
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
                form: it.form,
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

/// Returns the trimmed text, or `None` if it is blank.
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

#[cfg(feature = "reqwest")]
fn default_transport(connections: Connections) -> Result<Arc<dyn Transport>> {
    Ok(Arc::new(ReqwestTransport::with_settings(connections)))
}

#[cfg(not(feature = "reqwest"))]
fn default_transport(_: Connections) -> Result<Arc<dyn Transport>> {
    Err(config(
        "missing transport: call `transport` on the builder, or enable the feature `rustls`"
            .to_owned(),
    ))
}
