// @generated runtime. Do not edit: it is copied from the generator's templates.
//! What can go wrong with a call: one enum, and what is known in each case.
//!
//! Comes in: what the other modules found. Goes out: [`Error`]. Must not be here: credentials, request URLs and
//! bodies in any text.

use std::fmt::{self, Display, Formatter};
use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;

use super::api_error::ApiError;
use super::auth::Credential;
use super::response::Meta;
use super::transport::{TransportError, TransportErrorKind};

/// The result of a call.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a call failed, or why a client could not be built.
///
/// No text of an error, nor its `{:?}`, shows a credential: one that the server echoes is replaced by `***`.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The operation needs a credential, and none is set. Nothing was sent.
    MissingCredentials(MissingCredentials),
    /// An argument cannot be sent. Nothing was sent.
    #[non_exhaustive]
    InvalidArgument {
        /// The parameter, as the document spells it, or the header.
        parameter: Box<str>,
        /// What is wrong with it. It does not repeat the value.
        reason: Box<str>,
    },
    /// The client cannot be built from its settings, or cannot run where it is.
    Config(Box<str>),
    /// No complete reply came: the connection failed, or the body broke off.
    Connection(Box<ConnectionError>),
    /// No complete reply came in time.
    Timeout(Box<TimeoutError>),
    /// The body of the reply is larger than the client accepts.
    TooLarge(Box<TooLargeError>),
    /// The server answered with a status other than success. Redirects are not followed, so they are here too.
    Api(Box<ApiError>),
    /// The server answered with success, but the body is not what the document says.
    Decode(Box<DecodeError>),
    /// The server gave a page's cursor a second time; going on would never end.
    RepeatedCursor(RepeatedCursor),
}

impl Error {
    pub(crate) fn invalid_argument(parameter: &str, reason: &str) -> Self {
        Self::InvalidArgument {
            parameter: parameter.into(),
            reason: reason.into(),
        }
    }

    /// How often the request was sent, or its sending was begun. 0 where it failed before that.
    ///
    /// Above 1, an earlier attempt may have done its work: a `404 Not Found` for a `DELETE` can mean that its first
    /// attempt succeeded, and only the reply was lost.
    pub fn attempts(&self) -> u32 {
        match self {
            Self::Connection(error) => error.attempts,
            Self::Timeout(error) => error.attempts,
            Self::TooLarge(error) => error.meta.attempts,
            Self::Api(error) => error.attempts(),
            Self::Decode(error) => error.meta.attempts,
            Self::MissingCredentials(_)
            | Self::InvalidArgument { .. }
            | Self::Config(_)
            | Self::RepeatedCursor(_) => 0,
        }
    }

    /// Status and headers of the reply, where one came.
    fn meta(&self) -> Option<&Meta> {
        match self {
            Self::TooLarge(error) => Some(&error.meta),
            Self::Api(error) => Some(&error.meta),
            Self::Decode(error) => Some(&error.meta),
            Self::MissingCredentials(_)
            | Self::InvalidArgument { .. }
            | Self::Config(_)
            | Self::Connection(_)
            | Self::Timeout(_)
            | Self::RepeatedCursor(_) => None,
        }
    }

    /// The status of the reply, where one came.
    pub fn status(&self) -> Option<StatusCode> {
        self.meta().map(|meta| meta.status)
    }

    /// What the server calls the request, where a reply came and said so. Support will ask for it.
    pub fn request_id(&self) -> Option<&str> {
        self.meta()?.request_id()
    }

    /// How long the server asks to wait before the next request, where it said so.
    /// See [`ApiError::retry_after`].
    pub fn retry_after(&self) -> Option<Duration> {
        self.meta()?.retry_after()
    }

    /// Whether time ran out: for connecting, for an attempt or for the whole call.
    pub fn is_timeout(&self) -> bool {
        matches!(self, Self::Timeout(_))
    }

    /// Whether no connection came about, in time or at all. The last attempt sent nothing.
    pub fn is_connect(&self) -> bool {
        match self {
            Self::Connection(error) => error.source.kind() == TransportErrorKind::Connect,
            Self::Timeout(error) => error.kind == TimeoutKind::Connect,
            Self::MissingCredentials(_)
            | Self::InvalidArgument { .. }
            | Self::Config(_)
            | Self::TooLarge(_)
            | Self::Api(_)
            | Self::Decode(_)
            | Self::RepeatedCursor(_) => false,
        }
    }
}

impl Display for Error {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::MissingCredentials(error) => error.fmt(f),
            Self::InvalidArgument { parameter, reason } => {
                write!(f, "invalid argument `{parameter}`: {reason}")
            }
            Self::Config(text) => f.write_str(text),
            Self::Connection(error) => error.fmt(f),
            Self::Timeout(error) => error.fmt(f),
            Self::TooLarge(error) => error.fmt(f),
            Self::Api(error) => error.fmt(f),
            Self::Decode(error) => error.fmt(f),
            Self::RepeatedCursor(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Connection(error) => Some(&error.source),
            Self::Timeout(error) => error.source.as_ref().map(|source| source as _),
            Self::MissingCredentials(_)
            | Self::InvalidArgument { .. }
            | Self::Config(_)
            | Self::TooLarge(_)
            | Self::Api(_)
            | Self::Decode(_)
            | Self::RepeatedCursor(_) => None,
        }
    }
}

/// The operation needs one of these credentials, and none is set.
#[derive(Debug)]
pub struct MissingCredentials {
    pub(crate) credentials: Box<[&'static Credential]>,
}

impl MissingCredentials {
    /// The environment variables that [`Client::from_env`](crate::Client::from_env) reads a suitable credential
    /// from, the preferred one first.
    pub fn variables(&self) -> impl Iterator<Item = &'static str> {
        self.credentials
            .iter()
            .filter_map(|credential| credential.env)
    }

    /// The methods of [`ClientBuilder`](crate::ClientBuilder) that set a suitable credential, in the same order.
    pub fn setters(&self) -> impl Iterator<Item = &'static str> {
        self.credentials.iter().map(|credential| credential.name)
    }
}

impl Display for MissingCredentials {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("missing credentials: ")?;
        let variables: Vec<&str> = self.variables().collect();
        if !variables.is_empty() {
            write!(
                f,
                "set the environment variable {}, or ",
                variables.join(" or ")
            )?;
        }
        let setters: Vec<String> = self.setters().map(|name| format!("`{name}`")).collect();
        write!(f, "call {} on the client's builder", setters.join(" or "))
    }
}

/// No complete reply came: the connection failed, or the body broke off.
///
/// Its text ends with the innermost cause; `source()` of the [`Error`] has all of them.
#[derive(Debug)]
pub struct ConnectionError {
    pub(crate) cause: String,
    pub(crate) source: TransportError,
    pub(crate) attempts: u32,
}

impl ConnectionError {
    /// What failed.
    pub fn kind(&self) -> TransportErrorKind {
        self.source.kind()
    }
}

impl Display for ConnectionError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: {}{}",
            self.source,
            self.cause,
            Attempts(self.attempts)
        )
    }
}

/// Which time ran out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TimeoutKind {
    /// The time for connecting: [`ClientBuilder::connect_timeout`](crate::ClientBuilder::connect_timeout).
    Connect,
    /// The time for one attempt, its body included: [`ClientBuilder::timeout`](crate::ClientBuilder::timeout).
    Attempt,
    /// The time for the whole call: [`ClientBuilder::deadline`](crate::ClientBuilder::deadline).
    Deadline,
}

/// No complete reply came in time.
#[derive(Debug)]
pub struct TimeoutError {
    pub(crate) kind: TimeoutKind,
    pub(crate) source: Option<TransportError>,
    pub(crate) attempts: u32,
}

impl TimeoutError {
    /// Which time ran out.
    pub fn kind(&self) -> TimeoutKind {
        self.kind
    }
}

impl Display for TimeoutError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let what = match self.kind {
            TimeoutKind::Connect => "connecting took too long",
            TimeoutKind::Attempt => "the reply took longer than the timeout of an attempt",
            TimeoutKind::Deadline => "the call took longer than its deadline",
        };
        write!(f, "{what}{}", Attempts(self.attempts))
    }
}

/// The body of the reply is larger than the client accepts.
#[derive(Debug)]
pub struct TooLargeError {
    pub(crate) meta: Meta,
    pub(crate) limit: u64,
}

impl TooLargeError {
    /// What the client accepts, in bytes:
    /// [`ClientBuilder::max_response_bytes`](crate::ClientBuilder::max_response_bytes).
    pub fn limit(&self) -> u64 {
        self.limit
    }
}

impl Display for TooLargeError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the body of the reply is larger than {} bytes, the client's limit{}",
            self.limit, self.meta
        )
    }
}

/// A reply with a success status whose body is not what the document says.
///
/// Empty bodies, `204 No Content` and bodies that are not JSON are here too, where a typed reply was expected.
pub struct DecodeError {
    pub(crate) meta: Meta,
    pub(crate) path: String,
    pub(crate) message: String,
    pub(crate) length: usize,
    pub(crate) body: Bytes,
}

impl DecodeError {
    /// The status of the reply.
    pub fn status(&self) -> StatusCode {
        self.meta.status
    }

    /// What the server calls the request, where it said so.
    pub fn request_id(&self) -> Option<&str> {
        self.meta.request_id()
    }

    /// The headers of the reply.
    pub fn headers(&self) -> &http::HeaderMap {
        &self.meta.headers
    }

    /// The media type of the body, as the server sent it.
    pub fn content_type(&self) -> Option<&str> {
        self.meta.content_type()
    }

    /// Where in the body it failed, as a JSONPath (RFC 9535): `$.data[3].created_at`. `$` is the whole body.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What was wrong there.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The body as it came, at most its first 64 KiB.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// How often the request was sent.
    pub fn attempts(&self) -> u32 {
        self.meta.attempts
    }
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "DecodeError({self})")
    }
}

impl Display for DecodeError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let media_type = self.content_type().unwrap_or("no content type");
        write!(
            f,
            "cannot decode the reply at {}: {} ({media_type}, {} bytes){}",
            self.path, self.message, self.length, self.meta
        )
    }
}

/// The server gave a page's cursor a second time. All items that came before are valid.
#[derive(Debug)]
pub struct RepeatedCursor {
    pub(crate) cursor: Box<str>,
}

impl RepeatedCursor {
    /// The cursor.
    pub fn cursor(&self) -> &str {
        &self.cursor
    }
}

impl Display for RepeatedCursor {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the server repeats the cursor {:?}: the pages would never end",
            self.cursor
        )
    }
}

/// ` (after 3 attempts)`, or nothing after the first.
pub(crate) struct Attempts(pub(crate) u32);

impl Display for Attempts {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.0 {
            0 | 1 => Ok(()),
            n => write!(f, " (after {n} attempts)"),
        }
    }
}
