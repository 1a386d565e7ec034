// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Errors: one enum, with the details of each case.
//!
//! In: failures of the other modules. Out: [`Error`]. Not here: credentials, request URLs or bodies in any message.

use std::fmt::{self, Display, Formatter};
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, StatusCode};

use super::api_error::ApiError;
use super::decode_error::DecodeError;
use super::meta::{Attempts, Head, Meta};
use super::missing::MissingCredentials;
use super::sending::{TransportError, TransportErrorKind};

/// The result of a call.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// The reason why a call failed or a client could not be built.
///
/// `Display` does not repeat the cause, which `source()` returns. [`report`](Self::report) shows both.
///
/// Neither `Display` nor `Debug` shows a credential: one that the server echoes is replaced with `***`.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The operation needs a credential and none is set. Nothing was sent.
    MissingCredentials(MissingCredentials),
    /// An argument cannot be sent. Nothing was sent.
    #[non_exhaustive]
    InvalidArgument {
        /// The name of the parameter, as in the document, or of the header.
        parameter: Box<str>,
        /// The problem. It does not repeat the value.
        reason: Box<str>,
    },
    /// The settings of the client are invalid, or the call cannot run where it is made, as outside a Tokio runtime.
    Config(Box<str>),
    /// No complete response arrived: the connection failed, or the body ended early. If the body did, the error has the
    /// status, the headers and the request id.
    Connection(Box<ConnectionError>),
    /// No complete response arrived in time.
    Timeout(Box<TimeoutError>),
    /// The body of the response is larger than the client accepts.
    TooLarge(Box<TooLargeError>),
    /// The server answered with a status other than success, or with its error object. Redirects are not followed, so they
    /// are included, unless the document describes one as the success.
    Api(Box<ApiError>),
    /// The body of the response does not match its documented type.
    Decode(Box<DecodeError>),
    /// The server repeated the cursor of an earlier page, so the listing would never end.
    RepeatedCursor(RepeatedCursor),
    /// A page says that there are more pages, but does not lead to the next one.
    NextPage(NextPageError),
    /// A file cannot be written or read.
    File(std::io::Error),
    /// A header of the response is missing, or does not match its documented type.
    Header(HeaderError),
    /// A [`TokenProvider`](crate::TokenProvider) has no token. Nothing was sent, unless the server rejected an earlier
    /// token with `401 Unauthorized`.
    Token(TokenError),
}

impl Error {
    pub(crate) fn invalid_argument(parameter: &str, reason: &str) -> Self {
        Self::InvalidArgument {
            parameter: parameter.into(),
            reason: reason.into(),
        }
    }

    /// Returns the number of attempts to send the request. It is 0 if the call failed before the first, and for errors
    /// that are not about an attempt: [`RepeatedCursor`](Self::RepeatedCursor), [`NextPage`](Self::NextPage),
    /// [`File`](Self::File), [`Header`](Self::Header) and [`Token`](Self::Token).
    ///
    /// If it is above 1, an earlier attempt may have succeeded: a `404 Not Found` for a `DELETE` can mean that the first
    /// attempt deleted the object and only its response was lost.
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
            | Self::RepeatedCursor(_)
            | Self::NextPage(_)
            | Self::File(_)
            | Self::Header(_)
            | Self::Token(_) => 0,
        }
    }

    /// Returns the status and the headers of the response, if one arrived.
    pub(crate) fn meta(&self) -> Option<&Meta> {
        match self {
            Self::Connection(error) => error.meta.as_deref(),
            Self::Timeout(error) => error.meta.as_deref(),
            Self::TooLarge(error) => Some(&error.meta),
            Self::Api(error) => Some(&error.meta),
            Self::Decode(error) => Some(&error.meta),
            Self::MissingCredentials(_)
            | Self::InvalidArgument { .. }
            | Self::Config(_)
            | Self::RepeatedCursor(_)
            | Self::NextPage(_)
            | Self::File(_)
            | Self::Header(_)
            | Self::Token(_) => None,
        }
    }

    /// Returns the error that the server answered with, if this is one. `error.api()?.decode()`
    /// reads its body.
    pub fn api(&self) -> Option<&ApiError> {
        match self {
            Self::Api(error) => Some(error),
            Self::MissingCredentials(_)
            | Self::InvalidArgument { .. }
            | Self::Config(_)
            | Self::Connection(_)
            | Self::Timeout(_)
            | Self::TooLarge(_)
            | Self::Decode(_)
            | Self::RepeatedCursor(_)
            | Self::NextPage(_)
            | Self::File(_)
            | Self::Header(_)
            | Self::Token(_) => None,
        }
    }

    /// Returns the status of the response, if one arrived.
    pub fn status(&self) -> Option<StatusCode> {
        self.meta().map(|meta| meta.status)
    }

    /// Returns the headers of the response, if one arrived.
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.meta().map(|meta| &meta.headers)
    }

    /// Returns the id that the server gave the request, if a response arrived and had one. Support
    /// teams ask for it.
    pub fn request_id(&self) -> Option<&str> {
        self.meta()?.request_id()
    }

    /// Returns the time that the server asks to wait before the next request, if it does. See
    /// [`ApiError::retry_after`].
    pub fn retry_after(&self) -> Option<Duration> {
        self.meta()?.retry_after()
    }

    /// Returns whether a time limit passed: for connecting, for an attempt or for the whole call.
    pub fn is_timeout(&self) -> bool {
        matches!(self, Self::Timeout(_))
    }

    /// Returns whether the last attempt failed to connect, which means that it sent nothing.
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
            | Self::RepeatedCursor(_)
            | Self::NextPage(_)
            | Self::File(_)
            | Self::Header(_)
            | Self::Token(_) => false,
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
            Self::NextPage(error) => error.fmt(f),
            Self::File(error) => error.fmt(f),
            Self::Header(error) => error.fmt(f),
            Self::Token(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            // Their own texts are those of the transport's error.
            Self::Connection(error) => error.source.source(),
            Self::Timeout(error) => error.source.as_ref().and_then(|error| error.source()),
            Self::File(error) => error.source(),
            Self::Token(error) => Some(&*error.source),
            Self::MissingCredentials(_)
            | Self::InvalidArgument { .. }
            | Self::Config(_)
            | Self::TooLarge(_)
            | Self::Api(_)
            | Self::Decode(_)
            | Self::RepeatedCursor(_)
            | Self::NextPage(_)
            | Self::Header(_) => None,
        }
    }
}

/// No complete response arrived: the connection failed, or the body ended early.
///
/// `source()` of the [`Error`] returns the cause, and [`Error::report`] a text with all causes.
#[derive(Debug)]
pub struct ConnectionError {
    pub(crate) source: TransportError,
    /// The head of the response, if only its body is lost.
    pub(crate) meta: Option<Box<Meta>>,
    pub(crate) attempts: u32,
}

impl ConnectionError {
    /// Returns the kind of failure.
    pub fn kind(&self) -> TransportErrorKind {
        self.source.kind()
    }
}

impl Display for ConnectionError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let head = Head(self.meta.as_deref());
        write!(f, "{}{head}{}", self.source, Attempts(self.attempts))
    }
}

/// The time limit that passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TimeoutKind {
    /// The limit for connecting: [`ClientBuilder::connect_timeout`](crate::ClientBuilder::connect_timeout).
    Connect,
    /// The limit for one attempt, including the body: [`ClientBuilder::timeout`](crate::ClientBuilder::timeout).
    Attempt,
    /// The limit for the whole call: [`ClientBuilder::deadline`](crate::ClientBuilder::deadline).
    Deadline,
    /// The limit for the next part of a response that is read while it arrives. It equals the limit
    /// for an attempt.
    Idle,
    /// The limit for the time in which a part of the body must arrive:
    /// [`ClientBuilder::min_throughput`](crate::ClientBuilder::min_throughput).
    Stalled,
}

/// No complete response arrived in time.
#[derive(Debug)]
pub struct TimeoutError {
    pub(crate) kind: TimeoutKind,
    pub(crate) source: Option<TransportError>,
    /// The head of the response, if only its body is late.
    pub(crate) meta: Option<Box<Meta>>,
    pub(crate) attempts: u32,
}

impl TimeoutError {
    /// Returns the time limit that passed.
    pub fn kind(&self) -> TimeoutKind {
        self.kind
    }
}

impl Display for TimeoutError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let what = match self.kind {
            TimeoutKind::Connect => "connecting timed out",
            TimeoutKind::Attempt => "the attempt timed out",
            TimeoutKind::Deadline => "the call exceeded its deadline",
            TimeoutKind::Stalled => "the response body arrived too slowly",
            TimeoutKind::Idle => "the rest of the response did not arrive in time",
        };
        let head = Head(self.meta.as_deref());
        write!(f, "{what}{head}{}", Attempts(self.attempts))
    }
}

/// The body of the response is larger than the client accepts.
#[derive(Debug)]
pub struct TooLargeError {
    pub(crate) meta: Meta,
    pub(crate) limit: u64,
}

impl TooLargeError {
    /// Returns the limit in bytes:
    /// [`ClientBuilder::max_response_bytes`](crate::ClientBuilder::max_response_bytes).
    pub fn limit(&self) -> u64 {
        self.limit
    }
}

impl Display for TooLargeError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the response body is larger than the client's limit of {} bytes{}",
            self.limit, self.meta
        )
    }
}

/// The server repeated the cursor of an earlier page. The items before the error are valid.
#[derive(Debug)]
pub struct RepeatedCursor {
    pub(crate) cursor: Box<str>,
    pub(crate) what: Repeated,
}

/// What a server repeats.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Repeated {
    /// The cursor of the next page.
    Cursor,
    /// The content of the page before. The cursor is the number that it was requested with.
    Page,
}

impl RepeatedCursor {
    /// Returns the repeated cursor, or the number with which the page before came again.
    pub fn cursor(&self) -> &str {
        &self.cursor
    }
}

impl Display for RepeatedCursor {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let cursor = &self.cursor;
        match self.what {
            Repeated::Cursor => write!(
                f,
                "the server repeated the cursor {cursor:?}: the listing would never end"
            ),
            Repeated::Page => write!(
                f,
                "the server answered number {cursor} with the same page as the number before, as if it ignored the number: \
                 the listing would never end"
            ),
        }
    }
}

/// A header of the response is missing, or does not match its documented type.
#[derive(Clone, Debug)]
pub struct HeaderError {
    pub(crate) name: Option<Box<str>>,
    pub(crate) reason: Box<str>,
}

impl HeaderError {
    /// Returns the name of the header in lower case, or `None` if it isn't known.
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }
}

impl Display for HeaderError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match &self.name {
            Some(name) => write!(f, "cannot read the header `{name}`: {}", self.reason),
            None => write!(f, "cannot read the headers: {}", self.reason),
        }
    }
}

/// No access token is available: the provider failed, or its token cannot be sent. Calls that wait
/// for the same token share the failure.
#[derive(Clone, Debug)]
pub struct TokenError {
    pub(crate) source: Arc<dyn std::error::Error + Send + Sync>,
}

impl Display for TokenError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("cannot get an access token")
    }
}

/// A page says that there are more pages, but does not lead to the next one.
#[derive(Clone, Debug)]
pub struct NextPageError {
    pub(crate) kind: NextPageErrorKind,
}

/// The reason why the next page cannot be requested.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NextPageErrorKind {
    /// The server says that there are more pages, but does not say where.
    Missing,
    /// The URL of the next page has another origin: another scheme, host or port. Nothing was sent
    /// there.
    OtherOrigin,
    /// The URL of the next page is not a valid HTTP URL.
    InvalidUrl,
    /// The server sent 1000 empty pages in a row, each with a next one.
    EmptyPages,
}

impl NextPageError {
    /// Returns the reason.
    pub fn kind(&self) -> NextPageErrorKind {
        self.kind
    }
}

impl Display for NextPageError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            NextPageErrorKind::Missing => {
                "the server says that there are more pages, but not where the next one is"
            }
            NextPageErrorKind::EmptyPages => {
                "the server sent 1000 empty pages in a row: the listing might never end"
            }
            NextPageErrorKind::OtherOrigin => {
                "the next page is at another origin, where no request is sent"
            }
            NextPageErrorKind::InvalidUrl => "the location of the next page is not a URL of HTTP",
        })
    }
}
