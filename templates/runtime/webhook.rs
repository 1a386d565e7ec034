// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Webhooks: requests from the service, whose signature is checked before their payload is read.
//!
//! In: headers and body of a request, as a web framework has them. Out: the payload. Not here: the signature itself, which the
//! package `standardwebhooks` computes; servers.

use std::fmt::{self, Debug, Display, Formatter};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http::{HeaderMap, HeaderValue};
use serde::de::DeserializeOwned;
use standardwebhooks::{
    HEADER_WEBHOOK_ID, HEADER_WEBHOOK_SIGNATURE, HEADER_WEBHOOK_TIMESTAMP, Webhook,
};

use super::decode::{Unreadable, from_json};

/// The longest time between a request and its timestamp, as Standard Webhooks recommends.
const TOLERANCE: Duration = Duration::from_secs(5 * 60);

/// Checks the signatures of webhooks ([Standard Webhooks], symmetric keys) and decodes them.
///
/// The headers are those of the standard, `webhook-id`, `webhook-timestamp` and
/// `webhook-signature`, or the same with `svix-`. A request whose timestamp is more than five
/// minutes away is rejected, which prevents replays. `Debug` does not show the secret.
///
/// ```no_run
#[doc = concat!("use ", env!("CARGO_CRATE_NAME"), "::WebhookVerifier;")]
/// # fn receive(headers: &http::HeaderMap, body: &[u8]) -> Result<(), Box<dyn std::error::Error>> {
/// let verifier = WebhookVerifier::new(&std::env::var("WEBHOOK_SECRET")?)?;
/// let event: serde_json::Value = verifier.decode(headers, body)?;
/// # Ok(())
/// # }
/// ```
///
/// [Standard Webhooks]: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
pub struct WebhookVerifier {
    webhook: Webhook,
}

impl WebhookVerifier {
    /// Creates a verifier from the secret that the service shows for the endpoint: Base64, with or
    /// without the prefix `whsec_`.
    ///
    /// # Errors
    ///
    /// Fails with [`WebhookError::Secret`] if the secret is empty or not Base64.
    pub fn new(secret: &str) -> Result<Self, WebhookError> {
        let secret = secret.trim();
        if secret.is_empty() || secret == "whsec_" {
            return Err(WebhookError::Secret);
        }
        let webhook = Webhook::new(secret).map_err(|_| WebhookError::Secret)?;
        Ok(Self { webhook })
    }

    /// Checks the signature of a request.
    ///
    /// The body must consist of the bytes that arrived. JSON that was parsed and serialized again
    /// has another signature.
    ///
    /// # Errors
    ///
    /// Fails with any [`WebhookError`] except [`Secret`](WebhookError::Secret) and
    /// [`Payload`](WebhookError::Payload).
    pub fn verify(&self, headers: &HeaderMap, body: &[u8]) -> Result<(), WebhookError> {
        let mut known = HeaderMap::with_capacity(3);
        for name in [
            HEADER_WEBHOOK_ID,
            HEADER_WEBHOOK_TIMESTAMP,
            HEADER_WEBHOOK_SIGNATURE,
        ] {
            known.insert(name, header(headers, name)?.clone());
        }
        let timestamp = known[HEADER_WEBHOOK_TIMESTAMP].to_str().unwrap_or_default();
        if !is_recent(timestamp, SystemTime::now()) {
            return Err(WebhookError::Timestamp);
        }
        let checked = self.webhook.verify(body, &known);
        checked.map_err(|_| WebhookError::Signature)
    }

    /// Checks the signature of a request, and decodes its payload.
    ///
    /// # Errors
    ///
    /// Fails like [`verify`](Self::verify), and with [`WebhookError::Payload`] if the body is not
    /// JSON of this type.
    pub fn decode<T: DeserializeOwned>(
        &self,
        headers: &HeaderMap,
        body: &[u8],
    ) -> Result<T, WebhookError> {
        self.verify(headers, body)?;
        from_json(body)
            .map_err(|Unreadable { path, message }| WebhookError::Payload { path, message })
    }
}

impl Debug for WebhookVerifier {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebhookVerifier").finish_non_exhaustive()
    }
}

/// Returns the header with this name, or its older name with `svix` instead of `webhook`.
fn header<'a>(headers: &'a HeaderMap, name: &'static str) -> Result<&'a HeaderValue, WebhookError> {
    let older = || headers.get(name.replacen("webhook", "svix", 1));
    let found = headers.get(name).or_else(older);
    found.ok_or(WebhookError::MissingHeader(name))
}

/// Returns whether a Unix timestamp is close enough to `now`.
fn is_recent(timestamp: &str, now: SystemTime) -> bool {
    let Some(sent) = (timestamp.parse().ok())
        .and_then(|seconds| UNIX_EPOCH.checked_add(Duration::from_secs(seconds)))
    else {
        return false;
    };
    let apart = now.duration_since(sent);
    apart.unwrap_or_else(|earlier| earlier.duration()) <= TOLERANCE
}

/// The reason why a webhook is rejected.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WebhookError {
    /// The secret is empty or not Base64.
    Secret,
    /// The request lacks this header.
    MissingHeader(&'static str),
    /// The timestamp is invalid or more than five minutes away.
    Timestamp,
    /// No signature of the request is valid: the secret or the body differs.
    Signature,
    /// The signature is valid, but the body is not JSON of the expected type.
    Payload {
        /// The JSONPath of the value that does not fit: `$.data.id`.
        path: String,
        /// The problem at this path.
        message: String,
    },
}

impl Display for WebhookError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Secret => f.write_str("the webhook secret is not Base64"),
            Self::MissingHeader(name) => write!(f, "the webhook has no header `{name}`"),
            Self::Timestamp => {
                f.write_str("the timestamp of the webhook is more than five minutes away")
            }
            Self::Signature => f.write_str("the signature of the webhook is wrong"),
            Self::Payload { path, message } => {
                write!(f, "the webhook cannot be decoded at {path}: {message}")
            }
        }
    }
}

impl std::error::Error for WebhookError {}
