// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Credentials: which one a request needs, and how it is sent.
//!
//! In: the security schemes of an operation and the credentials of a client. Out: a header, a query parameter or a
//! cookie. Not here: anything that prints a credential.

use std::sync::Arc;

use http::header::{AUTHORIZATION, COOKIE};
use http::{HeaderMap, HeaderName, HeaderValue};

use super::token::Tokens;

/// A credential that can be set on the client.
#[derive(Debug)]
pub(crate) struct Credential {
    /// The name of the setter of [`ClientBuilder`](super::builder::ClientBuilder).
    pub(crate) name: &'static str,
    /// The environment variable that contains the credential.
    pub(crate) env: Option<&'static str>,
    pub(crate) form: Form,
}

/// The syntax of a credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// Printable ASCII.
    Key,
    /// `user:password`, sent as UTF-8. The user has no colon, and neither part has a control
    /// character (RFC 7617, section 2).
    Login,
}

impl Form {
    /// Returns the reason why a value is invalid, if it is.
    pub(crate) fn fault(self, value: &str) -> Option<&'static str> {
        match self {
            Self::Key if !value.bytes().all(|byte| matches!(byte, b' '..=b'~')) => {
                Some("contains a character that HTTP does not allow in a header")
            }
            Self::Login if !value.contains(':') => Some("is not `user:password`"),
            Self::Login if value.chars().any(char::is_control) => {
                Some("contains a control character, which RFC 7617 does not allow")
            }
            Self::Key | Self::Login => None,
        }
    }
}

/// A security scheme of the document.
#[derive(Debug)]
pub(crate) struct Scheme {
    pub(crate) place: Place,
    /// The credentials that satisfy the scheme. The first one that is set is sent.
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
    /// Returns the header that carries the credential.
    pub(crate) fn header(&self) -> Option<HeaderName> {
        match self {
            Self::Bearer | Self::Basic => Some(AUTHORIZATION),
            Self::Header(name) => HeaderName::from_bytes(name.as_bytes()).ok(),
            Self::Cookie(_) => Some(COOKIE),
            Self::Query(_) => None,
        }
    }
}

/// The value of a credential. It doesn't implement `Debug`, so it cannot be printed by accident.
pub(crate) struct Secret {
    pub(crate) name: &'static str,
    pub(crate) value: String,
    pub(crate) form: Form,
}

/// The source of the credential of a scheme.
pub(crate) enum Source<'a> {
    Given(&'a str),
    Fetched(&'a Arc<Tokens>),
}

/// Parses a header. A header that may contain a credential is marked as sensitive to keep it out of
/// debug output.
pub(crate) fn header(name: &str, value: &str) -> Option<(HeaderName, HeaderValue)> {
    let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
    let mut value = HeaderValue::from_str(value).ok()?;
    let words = [
        "auth",
        "cookie",
        "secret",
        "token",
        "api-key",
        "apikey",
        "access-key",
    ];
    value.set_sensitive(words.iter().any(|word| name.as_str().contains(word)));
    Some((name, value))
}

/// Returns the secrets in the sensitive headers of a request.
pub(crate) fn secrets(headers: &HeaderMap) -> Vec<String> {
    let mut secrets = Vec::new();
    for (name, value) in headers.iter().filter(|(_, value)| value.is_sensitive()) {
        let text = String::from_utf8_lossy(value.as_bytes());
        let value_of = |cookie: &str| cookie.split_once('=').map(|(_, value)| value.to_owned());
        match *name == COOKIE {
            true => secrets.extend(text.split("; ").filter_map(value_of)),
            // After a scheme, as in `Bearer x`, the credential is the last word.
            false => secrets.extend(text.rsplit(' ').next().map(str::to_owned)),
        }
    }
    secrets
}

/// The shortest text that is masked within words, in bytes. Services issue no shorter keys.
const SHORTEST_KEY: usize = 8;

/// Masks secrets in a text that will be shown. Longer secrets come first, because one may contain another.
///
/// A short secret is masked only as a whole word, and a short one of letters not at all: servers that
/// check no key often get `any` or `test`, which would mask parts of any message.
pub(crate) fn scrub(mut text: String, secrets: &mut [String]) -> String {
    secrets.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
    for secret in secrets.iter() {
        let is_word = secret.bytes().all(|byte| byte.is_ascii_alphabetic());
        let is_short = secret.len() < SHORTEST_KEY;
        if is_short && is_word || !text.contains(secret.as_str()) {
            continue;
        }
        text = match is_short {
            true => mask_words(&text, secret),
            false => text.replace(secret.as_str(), "***"),
        };
    }
    text
}

/// Masks a text where it is not a part of a longer word.
fn mask_words(text: &str, word: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut from = 0;
    for (at, _) in text.match_indices(word) {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        masked.push_str(&text[from..at]);
        masked.push_str(
            match [before, after]
                .iter()
                .flatten()
                .any(|it| it.is_alphanumeric())
            {
                true => word,
                false => "***",
            },
        );
        from = at + word.len();
    }
    masked + &text[from..]
}

/// Encodes bytes as Base64 with padding (RFC 4648, section 4).
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
