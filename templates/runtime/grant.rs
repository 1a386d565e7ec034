// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Access tokens of OAuth 2.0, for the grants that need no browser.
//!
//! In: a [`Grant`], the endpoints of the document, the client's transport. Out: a token provider. Not here: the protocol, which
//! the package `oauth2` implements; when a token is fetched (see `token`).

use std::fmt::{self, Debug, Formatter};
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

use http::{Request, Response};
use oauth2::basic::{BasicClient, BasicTokenResponse};
use oauth2::{
    AsyncHttpClient, AuthType, ClientId, ClientSecret, RefreshToken, Scope, TokenResponse, TokenUrl,
};

use super::builder::Surroundings;
use super::sending::{Body, Transport, TransportError, TransportErrorKind};
use super::token::{AccessToken, Providing, TokenProvider};
use super::url::{PlainHttp, is_plain_http};

/// The maximum size of a token response, in bytes.
const LIMIT: usize = 1 << 20;

/// The token endpoints of a security scheme.
pub(crate) struct Endpoints {
    /// The token URL of the flow `clientCredentials`.
    pub(crate) client_credentials: Option<&'static str>,
    /// The refresh URL of any flow, or else its token URL.
    pub(crate) refresh: Option<&'static str>,
    /// The scopes of the flow `clientCredentials`.
    pub(crate) scopes: &'static [&'static str],
}

/// A grant that the client exchanges for access tokens (RFC 6749, section 1.3).
///
/// The client identifies itself with HTTP Basic authentication (section 2.3.1). `Debug` shows no secrets.
#[derive(Clone)]
#[must_use = "a grant does nothing until a client has it"]
pub struct Grant {
    kind: Kind,
    client_id: String,
    client_secret: Option<String>,
    scopes: Option<Vec<String>>,
    token_url: Option<String>,
    auth: AuthType,
}

#[derive(Clone)]
enum Kind {
    ClientCredentials,
    RefreshToken(String),
}

impl Grant {
    /// Creates a grant for a client that acts on its own behalf (RFC 6749, section 4.4).
    ///
    /// It asks for all scopes that the document lists for this flow, unless
    /// [`scopes`](Self::scopes) are set.
    pub fn client_credentials(
        client_id: impl Into<String>,
        client_secret: impl Into<String>,
    ) -> Self {
        Self {
            client_secret: Some(client_secret.into()),
            ..Self::new(Kind::ClientCredentials, client_id)
        }
    }

    /// Creates a grant for a client that acts for a user who gave consent before (RFC 6749, section
    /// 6).
    ///
    /// If the server returns another refresh token, the client uses that one from then on. It keeps
    /// it in memory only.
    pub fn refresh_token(client_id: impl Into<String>, refresh_token: impl Into<String>) -> Self {
        Self::new(Kind::RefreshToken(refresh_token.into()), client_id)
    }

    fn new(kind: Kind, client_id: impl Into<String>) -> Self {
        Self {
            kind,
            client_id: client_id.into(),
            client_secret: None,
            scopes: None,
            token_url: None,
            auth: AuthType::BasicAuth,
        }
    }

    /// Sets the secret of a confidential client.
    pub fn client_secret(mut self, client_secret: impl Into<String>) -> Self {
        self.client_secret = Some(client_secret.into());
        self
    }

    /// Sets the scopes to ask for. If the list is empty, the server decides.
    pub fn scopes(mut self, scopes: impl IntoIterator<Item: Into<String>>) -> Self {
        self.scopes = Some(scopes.into_iter().map(Into::into).collect());
        self
    }

    /// Sets the URL of the token endpoint. A relative URL is resolved against the base URL.
    /// Default: the URL in the document.
    ///
    /// Plain HTTP to another machine needs
    /// [`allow_credentials_over_http`](crate::ClientBuilder::allow_credentials_over_http).
    pub fn token_url(mut self, token_url: impl Into<String>) -> Self {
        self.token_url = Some(token_url.into());
        self
    }

    /// Sends the client's id and secret in the body instead of the header, for servers that require
    /// it.
    pub fn secret_in_body(mut self) -> Self {
        self.auth = AuthType::RequestBody;
        self
    }

    /// Returns the provider of the grant's tokens.
    pub(crate) fn provider(
        self,
        endpoints: &Endpoints,
        client: &Surroundings,
    ) -> Box<dyn TokenProvider> {
        let (url, scopes) = match self.kind {
            Kind::ClientCredentials => (endpoints.client_credentials, endpoints.scopes),
            Kind::RefreshToken(_) => (endpoints.refresh, &[] as &[&str]),
        };
        let url = self.token_url.as_deref().or(url).unwrap_or_default();
        let absolute = match url.contains("://") || url.is_empty() {
            true => url.to_owned(),
            false => format!("{}/{}", client.base_url.prefix, url.trim_start_matches('/')),
        };
        let scopes = match self.scopes {
            Some(scopes) => scopes,
            None => scopes.iter().map(|scope| (*scope).to_owned()).collect(),
        };
        let refresh_token = match self.kind {
            Kind::ClientCredentials => None,
            Kind::RefreshToken(token) => Some(Mutex::new(token)),
        };
        Box::new(Provider {
            client_id: ClientId::new(self.client_id),
            client_secret: self.client_secret.map(ClientSecret::new),
            auth: self.auth,
            token_url: absolute,
            scopes: scopes.into_iter().map(Scope::new).collect(),
            refresh_token,
            plain_http: client.plain_http,
            http: Http(client.transport.clone()),
        })
    }
}

impl Debug for Grant {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("Grant")
            .field("client_id", &self.client_id)
            .field("scopes", &self.scopes)
            .field("token_url", &self.token_url)
            .finish_non_exhaustive()
    }
}

struct Provider {
    client_id: ClientId,
    client_secret: Option<ClientSecret>,
    auth: AuthType,
    token_url: String,
    plain_http: bool,
    scopes: Vec<Scope>,
    /// The refresh token that the server returned last.
    refresh_token: Option<Mutex<String>>,
    http: Http,
}

impl TokenProvider for Provider {
    fn token(&self) -> Providing<'_> {
        Box::pin(async move {
            if self.token_url.is_empty() {
                return Err("the document has no token URL for this grant: set `token_url`".into());
            }
            let url = TokenUrl::new(self.token_url.clone())?;
            if !self.plain_http && is_plain_http(url.url().as_str()) {
                return Err(PlainHttp.into());
            }
            let mut client = BasicClient::new(self.client_id.clone())
                .set_token_uri(url)
                .set_auth_type(self.auth.clone());
            if let Some(secret) = &self.client_secret {
                client = client.set_client_secret(secret.clone());
            }
            let scopes = self.scopes.iter().cloned();
            let Some(refresh_token) = &self.refresh_token else {
                let request = client.exchange_client_credentials().add_scopes(scopes);
                return Ok(token(&request.request_async(&self.http).await?));
            };
            let lock = || refresh_token.lock().unwrap_or_else(PoisonError::into_inner);
            let last = RefreshToken::new(lock().clone());
            let request = client.exchange_refresh_token(&last).add_scopes(scopes);
            let response = request.request_async(&self.http).await?;
            if let Some(next) = response.refresh_token() {
                *lock() = next.secret().clone();
            }
            Ok(token(&response))
        })
    }
}

fn token(response: &BasicTokenResponse) -> AccessToken {
    let token = AccessToken::new(response.access_token().secret().clone());
    match response.expires_in() {
        Some(time) => token.expires_in(time),
        None => token,
    }
}

/// Sends the requests of the package `oauth2` through the client's transport.
struct Http(Arc<dyn Transport>);

impl<'c> AsyncHttpClient<'c> for Http {
    type Error = TransportError;
    type Future =
        Pin<Box<dyn Future<Output = Result<Response<Vec<u8>>, TransportError>> + Send + 'c>>;

    fn call(&'c self, request: Request<Vec<u8>>) -> Self::Future {
        Box::pin(self.send(request))
    }
}

impl Http {
    async fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, TransportError> {
        let (parts, mut body) = (self.0.send(request.map(Body::from)).await?).into_parts();
        let mut text = Vec::new();
        while let Some(chunk) = body.chunk().await? {
            if text.len() + chunk.len() > LIMIT {
                let cause = "the token response is too large";
                return Err(TransportError::new(TransportErrorKind::Request, cause));
            }
            text.extend_from_slice(&chunk);
        }
        Ok(Response::from_parts(parts, text))
    }
}
