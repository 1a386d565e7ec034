// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Access tokens that are fetched when they are needed.
//!
//! In: a [`TokenProvider`]. Out: a token that all calls of a client share, fetched once for all of them. Not here: how a
//! token is obtained (see the provider), its location in a request (see `request`).

use std::error::Error as StdError;
use std::fmt::{self, Debug, Formatter};
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex as StdMutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::Instant;

/// The future that [`TokenProvider::token`] returns.
pub type Providing<'a> =
    Pin<Box<dyn Future<Output = Result<AccessToken, Box<dyn StdError + Send + Sync>>> + Send + 'a>>;

/// Gets access tokens: from an identity provider, a vault or a file.
///
/// The client asks for a token before the first call, when the last token is about to expire, and when the server answers
/// `401 Unauthorized`; it then sends the request once more. Calls that need a token at the same time share one answer of
/// the provider, even if that is an error. A function is a provider, too:
///
/// ```
/// # use std::time::Duration;
#[doc = concat!("use ", env!("CARGO_CRATE_NAME"), "::{AccessToken, TokenProvider};")]
///
/// async fn fetch() -> Result<AccessToken, std::io::Error> {
///     Ok(AccessToken::new("token").expires_in(Duration::from_secs(3600)))
/// }
/// fn provider() -> impl TokenProvider {
///     fetch
/// }
/// ```
pub trait TokenProvider: Send + Sync + 'static {
    /// Gets a token. An error ends the calls that wait for it with [`Error::Token`](crate::Error::Token).
    fn token(&self) -> Providing<'_>;
}

impl<F, T, E> TokenProvider for F
where
    F: Fn() -> T + Send + Sync + 'static,
    T: Future<Output = Result<AccessToken, E>> + Send + 'static,
    E: Into<Box<dyn StdError + Send + Sync>>,
{
    fn token(&self) -> Providing<'_> {
        let token = self();
        Box::pin(async move { token.await.map_err(Into::into) })
    }
}

/// An access token (RFC 6749, section 1.4). `Debug` does not show it.
#[derive(Clone)]
pub struct AccessToken {
    value: Arc<str>,
    expires_at: Option<Instant>,
}

impl AccessToken {
    /// Creates a token that does not expire.
    pub fn new(value: impl Into<String>) -> Self {
        Self {
            value: value.into().into(),
            expires_at: None,
        }
    }

    /// Sets how long the token can be used from now on. The client fetches a new one 30 seconds
    /// before it expires, or after nine tenths of the time if that is later.
    pub fn expires_in(mut self, time: Duration) -> Self {
        let margin = (time / 10).min(Duration::from_secs(30));
        self.expires_at = Instant::now().checked_add(time - margin);
        self
    }

    fn has_expired(&self) -> bool {
        self.expires_at.is_some_and(|at| at <= Instant::now())
    }
}

impl Debug for AccessToken {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccessToken").finish_non_exhaustive()
    }
}

/// The tokens of a provider, shared by the calls of a client.
pub(crate) struct Tokens {
    provider: Box<dyn TokenProvider>,
    /// The lock that is held while a token is fetched.
    fetching: Mutex<()>,
    last: StdMutex<Last>,
}

/// The last answer of the provider.
#[derive(Default)]
struct Last {
    token: Option<AccessToken>,
    failure: Option<Arc<dyn StdError + Send + Sync>>,
    /// The number of answers so far.
    answers: u64,
}

impl Tokens {
    pub(crate) fn new(provider: Box<dyn TokenProvider>) -> Self {
        Self {
            provider,
            fetching: Mutex::new(()),
            last: StdMutex::default(),
        }
    }

    /// Returns the last token, without asking the provider.
    pub(crate) fn last(&self) -> Option<Arc<str>> {
        let last = self.lock();
        let token = last.token.as_ref().filter(|token| !token.has_expired());
        token.map(|token| token.value.clone())
    }

    /// Returns a token that has not expired. If several callers need one, one of them asks the
    /// provider and all of them get its answer.
    pub(crate) async fn get(&self) -> Result<Arc<str>, Arc<dyn StdError + Send + Sync>> {
        if let Some(token) = self.last() {
            return Ok(token);
        }
        let before = self.lock().answers;
        let _turn = self.fetching.lock().await;
        if self.lock().answers != before {
            let failure = self.lock().failure.clone();
            if let Some(answer) = self.last().map(Ok).or(failure.map(Err)) {
                return answer;
            }
        }
        let answer = self.provider.token().await;
        let mut last = self.lock();
        last.answers += 1;
        match answer {
            Ok(token) => {
                last.failure = None;
                let value = token.value.clone();
                last.token = Some(token);
                Ok(value)
            }
            Err(error) => {
                let error: Arc<dyn StdError + Send + Sync> = error.into();
                last.failure = Some(error.clone());
                Err(error)
            }
        }
    }

    fn forget(&self, token: &str) {
        let mut last = self.lock();
        if last.token.as_ref().is_some_and(|it| *it.value == *token) {
            last.token = None;
        }
    }

    fn lock(&self) -> MutexGuard<'_, Last> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The source of the token for the `Authorization` header of a request.
#[derive(Clone)]
pub(crate) struct Awaited {
    pub(crate) tokens: Arc<Tokens>,
    used: OnceLock<Arc<str>>,
}

impl Awaited {
    pub(crate) fn new(tokens: Arc<Tokens>) -> Self {
        Self {
            tokens,
            used: OnceLock::new(),
        }
    }

    pub(crate) async fn get(&self) -> Result<Arc<str>, Arc<dyn StdError + Send + Sync>> {
        let token = self.tokens.get().await?;
        Ok(self.used.get_or_init(|| token).clone())
    }

    /// Forgets the token that was sent, because a server rejected it. A newer token is kept.
    pub(crate) fn refused(&self) {
        if let Some(token) = self.used.get() {
            self.tokens.forget(token);
        }
    }
}
