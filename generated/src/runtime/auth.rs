// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Credentials: which one a request needs, and how it is sent.
//!
//! In: the security schemes of an operation and the credentials of a client. Out: a header, a query parameter or a
//! cookie. Not here: anything that prints a credential.

use http::HeaderName;
use http::header::{AUTHORIZATION, COOKIE};

/// A credential that can be set on the client.
#[derive(Debug)]
pub(crate) struct Credential {
    /// The setter of [`ClientBuilder`](super::client::ClientBuilder).
    pub(crate) name: &'static str,
    /// The environment variable that holds it.
    pub(crate) env: Option<&'static str>,
}

/// A security scheme of the document.
#[derive(Debug)]
pub(crate) struct Scheme {
    pub(crate) place: Place,
    /// The first one that is set is sent.
    pub(crate) credentials: &'static [Credential],
}

/// The location of a credential in a request (OpenAPI 3.1, section 4.8.27).
#[derive(Debug)]
pub(crate) enum Place {
    /// `Authorization: Bearer ...` (RFC 6750, section 2.1).
    Bearer,
    /// `Authorization: Basic ...` (RFC 7617, section 2); the credential is `user:password`.
    Basic,
    Header(&'static str),
    Query(&'static str),
    Cookie(&'static str),
}

impl Place {
    /// The header that carries the credential.
    pub(crate) fn header(&self) -> Option<HeaderName> {
        match self {
            Self::Bearer | Self::Basic => Some(AUTHORIZATION),
            Self::Header(name) => HeaderName::from_bytes(name.as_bytes()).ok(),
            Self::Cookie(_) => Some(COOKIE),
            Self::Query(_) => None,
        }
    }
}

/// The value of a credential. It does not implement `Debug`, so that it cannot be printed by accident.
pub(crate) struct Secret {
    pub(crate) name: &'static str,
    pub(crate) value: String,
}

/// The first credential of a scheme that is set.
pub(crate) fn find<'a>(scheme: &Scheme, secrets: &'a [Secret]) -> Option<&'a str> {
    let named = |name: &str| secrets.iter().find(|secret| secret.name == name);
    scheme
        .credentials
        .iter()
        .find_map(|credential| named(credential.name))
        .map(|secret| secret.value.as_str())
}

/// Masks secrets in a text that will be shown. Longer secrets come first, because one may contain another.
pub(crate) fn scrub(mut text: String, secrets: &mut [String]) -> String {
    secrets.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
    for secret in secrets.iter().filter(|secret| !secret.is_empty()) {
        if text.contains(secret.as_str()) {
            text = text.replace(secret.as_str(), "***");
        }
    }
    text
}

/// Base64 with padding (RFC 4648, section 4).
pub(crate) fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let bits = (0..3).fold(0, |bits, at| {
            bits * 256 + chunk.get(at).map_or(0, |byte| usize::from(*byte))
        });
        for (at, divisor) in [262_144, 4096, 64, 1].into_iter().enumerate() {
            let letter = char::from(ALPHABET[bits / divisor % 64]);
            out.push(if at <= chunk.len() { letter } else { '=' });
        }
    }
    out
}
