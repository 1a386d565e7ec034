// @generated runtime. Do not edit: it is copied from the generator's templates.
//! The way to the server: a small trait, and the one on reqwest that is used unless you bring your own.
//!
//! Comes in: a complete request. Goes out: status and headers, and a body that is still to be read. Must not be here:
//! retries, time limits of attempts, redirects, decoding: the client does that, the same for every transport.

use std::error::Error as StdError;
use std::fmt::{self, Display, Formatter};
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http::{Request, Response};

#[cfg(feature = "rustls")]
pub use super::reqwest_transport::ReqwestTransport;

/// The future that [`Transport::send`] returns.
pub type Sending<'a> =
    Pin<Box<dyn Future<Output = Result<Response<Body>, TransportError>> + Send + 'a>>;

/// Sends one request and gives its reply.
///
/// The request is complete: its URL is escaped, and its headers hold the credential, marked as sensitive. Send it once,
/// do not follow redirects, and do not decompress. Dropping the future cancels the request.
///
/// A transport that needs no network:
///
/// ```
/// # use bytes::Bytes;
/// # use http::{Request, Response};
#[doc = concat!("use ", env!("CARGO_CRATE_NAME"), "::transport::{Body, Sending, Transport};")]
///
/// struct Canned;
///
/// impl Transport for Canned {
///     fn send(&self, request: Request<Bytes>) -> Sending<'_> {
///         Box::pin(async move {
///             println!("{} {}", request.method(), request.uri().path());
///             Ok(Response::new(Body::from(r#"{"object":"list","data":[]}"#)))
///         })
///     }
/// }
/// ```
pub trait Transport: Send + Sync + 'static {
    /// Sends a request once. The future is ready when the headers of the reply are there.
    fn send(&self, request: Request<Bytes>) -> Sending<'_>;
}

/// What a transport failed at, which decides whether the request may be sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection came about, so nothing was sent. Always safe to send again.
    Connect,
    /// No connection came about in time, so nothing was sent. Always safe to send again.
    ConnectTimeout,
    /// No reply came in time. The server may have done its work.
    Timeout,
    /// The connection failed, or the body broke off. The server may have done its work.
    Io,
    /// The request cannot be sent. Sending it again would not help.
    Request,
}

/// An error of a transport.
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    source: Box<dyn StdError + Send + Sync>,
}

impl TransportError {
    /// An error with its cause: another error, or a text. Keep URLs and headers out of it: they can hold credentials.
    pub fn new(
        kind: TransportErrorKind,
        cause: impl Into<Box<dyn StdError + Send + Sync>>,
    ) -> Self {
        Self {
            kind,
            source: cause.into(),
        }
    }

    /// What failed.
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    /// An error while a body was read: ours, or one of its own.
    fn of_body(error: Box<dyn StdError + Send + Sync>) -> Self {
        match error.downcast::<Self>() {
            Ok(ours) => *ours,
            Err(error) => Self::new(TransportErrorKind::Io, error),
        }
    }

    /// The text of the last error in the chain: mostly that of the operating system.
    pub(crate) fn innermost(&self) -> String {
        let mut cause: &(dyn StdError + 'static) = &*self.source;
        while let Some(next) = cause.source() {
            cause = next;
        }
        cause.to_string()
    }
}

impl Display for TransportError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            TransportErrorKind::Connect => "cannot connect",
            TransportErrorKind::ConnectTimeout => "connecting took too long",
            TransportErrorKind::Timeout => "the reply took too long",
            TransportErrorKind::Io => "the connection failed",
            TransportErrorKind::Request => "the request cannot be sent",
        })
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.source)
    }
}

/// The body of a reply: all of it at once, or as it comes.
pub struct Body(Content);

enum Content {
    Full(Bytes),
    Stream(Box<dyn Chunks>),
    // The usual case has a variant of its own, which takes no allocation.
    #[cfg(feature = "rustls")]
    Reqwest(reqwest::Response),
}

/// What is needed of an `http_body::Body`, whatever its type of error.
trait Chunks: Send {
    fn poll_chunk(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, TransportError>>>;
    fn announced(&self) -> u64;
}

impl<B> Chunks for B
where
    B: http_body::Body<Data = Bytes, Error: Into<Box<dyn StdError + Send + Sync>>> + Send + Unpin,
{
    fn poll_chunk(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, TransportError>>> {
        loop {
            match ready!(Pin::new(&mut *self).poll_frame(context)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => {
                    return Poll::Ready(Some(Err(TransportError::of_body(error.into()))));
                }
                Some(Ok(frame)) => {
                    // Trailers say nothing to us.
                    if let Ok(data) = frame.into_data() {
                        return Poll::Ready(Some(Ok(data)));
                    }
                }
            }
        }
    }

    fn announced(&self) -> u64 {
        self.size_hint().lower()
    }
}

impl Body {
    /// A body that comes in pieces. An error that is no [`TransportError`] counts as
    /// [`Io`](TransportErrorKind::Io). The client reads at most as much as it accepts.
    pub fn new<B>(body: B) -> Self
    where
        B: http_body::Body<Data = Bytes, Error: Into<Box<dyn StdError + Send + Sync>>>
            + Send
            + Unpin
            + 'static,
    {
        Self(Content::Stream(Box::new(body)))
    }

    #[cfg(feature = "rustls")]
    pub(crate) fn reqwest(response: reqwest::Response) -> Self {
        Self(Content::Reqwest(response))
    }

    /// The least number of bytes that the body has, as far as that is known beforehand.
    pub(crate) fn announced(&self) -> u64 {
        match &self.0 {
            Content::Full(bytes) => bytes.len() as u64,
            Content::Stream(body) => body.announced(),
            #[cfg(feature = "rustls")]
            Content::Reqwest(response) => response.content_length().unwrap_or(0),
        }
    }

    /// The next piece; `None` at the end.
    pub(crate) async fn chunk(&mut self) -> Result<Option<Bytes>, TransportError> {
        match &mut self.0 {
            Content::Full(bytes) => {
                Ok(Some(std::mem::take(bytes)).filter(|bytes| !bytes.is_empty()))
            }
            Content::Stream(body) => poll_fn(|context| body.poll_chunk(context))
                .await
                .transpose(),
            #[cfg(feature = "rustls")]
            Content::Reqwest(response) => response
                .chunk()
                .await
                .map_err(super::reqwest_transport::transport_error),
        }
    }
}

impl<T: Into<Bytes>> From<T> for Body {
    fn from(bytes: T) -> Self {
        Self(Content::Full(bytes.into()))
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("Body")
    }
}
