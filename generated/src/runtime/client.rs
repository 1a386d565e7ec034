// @generated runtime. Do not edit: it is copied from the generator's templates.
//! The client.
//!
//! In: the settings of the service from `crate::service`, checked settings of the caller. Out: an immutable client. Not here: how
//! settings are made (see `builder`), anything about a single call.

use std::fmt::{self, Formatter};
use std::sync::Arc;
use std::time::Duration;

use http::HeaderMap;

use super::auth::{Credential, Scheme, Secret, Source};
use super::budget::RetryBudget;
use super::digits::Digits;
use super::error::{Error, Result};
use super::error_body::ErrorShape;
use super::retry::RetryPolicy;
use super::sending::Transport;
use super::server::ServerUrl;
use super::throughput::Throughput;
use super::token::Tokens;
use super::url::BaseUrl;

/// The settings of the service that the document declares.
pub(crate) struct Service {
    pub(crate) name: &'static str,
    pub(crate) user_agent: &'static str,
    /// The servers of the document. The first one is the default.
    pub(crate) servers: &'static [ServerUrl],
    pub(crate) base_url_env: Option<&'static str>,
    pub(crate) headers: &'static [HeaderSetting],
    /// The environment variable with `Name: value` lines.
    pub(crate) extra_headers_env: Option<&'static str>,
    pub(crate) credentials: &'static [Credential],
    /// The credentials of requests that the document does not describe, in the same form as for an
    /// operation.
    pub(crate) auth: &'static [&'static [&'static Scheme]],
    pub(crate) request_id_header: &'static str,
    pub(crate) idempotency_header: &'static str,
    pub(crate) errors: ErrorShape,
    pub(crate) misfits: Misfits,
    pub(crate) digits: Digits,
    /// The names of members whose values `Debug` does not show.
    pub(crate) secrets: &'static [&'static str],
}

/// A header that is sent with every request if it is set.
pub(crate) struct HeaderSetting {
    pub(crate) name: &'static str,
    pub(crate) header: &'static str,
    pub(crate) env: Option<&'static str>,
}

/// What becomes of a value that matches no variant of its union. A value with an unknown tag is
/// always kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Misfits {
    /// It is refused if its tag names a variant. It is kept if there is no tag: it may be a variant that
    /// the document does not have yet.
    RefuseTagged,
    /// It is refused.
    Refuse,
    /// It is kept.
    Keep,
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
    /// Whether the base URL is on no host of the document.
    pub(crate) is_moved: bool,
    /// Whether credentials may go to other machines over plain HTTP.
    pub(crate) plain_http: bool,
    /// The servers of single operations, each with its replacement.
    pub(crate) servers: Vec<(String, BaseUrl)>,
    /// The headers of every request, without the credential.
    pub(crate) headers: HeaderMap,
    pub(crate) credentials: Vec<Secret>,
    /// The providers of tokens by the name of the credential.
    pub(crate) tokens: Vec<(&'static str, Arc<Tokens>)>,
    pub(crate) timeout: Duration,
    pub(crate) deadline: Option<Duration>,
    pub(crate) retry: RetryPolicy,
    pub(crate) retries: RetryBudget,
    pub(crate) throughput: Option<Throughput>,
    pub(crate) max_response_bytes: u64,
    pub(crate) transport: Arc<dyn Transport>,
}

impl Inner {
    /// Returns the provider of a scheme's tokens, or the first credential that is set.
    pub(crate) fn credential(&self, scheme: &Scheme) -> Option<Source<'_>> {
        let mut names = scheme.credentials.iter().map(|credential| credential.name);
        let of_provider = |name| self.tokens.iter().find(|(other, _)| *other == name);
        let of_value = |name| self.credentials.iter().find(|it| it.name == name);
        match names.clone().find_map(of_provider) {
            Some((_, tokens)) => Some(Source::Fetched(tokens)),
            None => names
                .find_map(of_value)
                .map(|secret| Source::Given(&secret.value)),
        }
    }

    /// Appends the base URL of an operation that has its own server. If that is relative, it is at the
    /// origin of the client's base URL (RFC 3986, section 5.2.2).
    pub(crate) fn push_own_server(&self, target: &mut String, server: &str) {
        let server = server.trim_end_matches('/');
        let mut instead = self.servers.iter().rev();
        match instead.find(|(other, _)| other == server) {
            Some((_, instead)) => target.push_str(&instead.prefix),
            None => {
                if server.is_empty() || server.starts_with('/') {
                    target.push_str(self.base_url.origin());
                }
                target.push_str(server);
            }
        }
    }

    /// Fails if an operation would take a credential to its own server, although the caller moved the client to another host and
    /// did not say that this credential is for that server, too.
    pub(crate) fn check_own_server(&self, server: &str) -> Result<()> {
        let mut url = String::new();
        self.push_own_server(&mut url, server);
        let server = server.trim_end_matches('/');
        let is_named = self.servers.iter().any(|(other, _)| other == server);
        let is_same = || BaseUrl::parse(&url).is_ok_and(|it| it.origin() == self.base_url.origin());
        match !self.is_moved || is_named || is_same() {
            true => Ok(()),
            false => {
                let text = format!(
                    "the operation has its own server, {server}, which gets no credential while another base URL is set: name the \
                     server's URL with `server_url` on the builder, or with `base_url` in the options of the call"
                );
                Err(Error::Config(text.into()))
            }
        }
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.inner.base_url.prefix)
            .finish_non_exhaustive()
    }
}
