// @generated runtime. Do not edit: it is copied from the generator's templates.
//! The way to the server: a small trait, and the one on reqwest that is used unless you bring your own.
//!
//! Comes in: a complete request. Goes out: status and headers, and a body that is still to be read. Must not be here:
//! retries, time limits of attempts, redirects, decoding: the client does that, the same for every transport.

use std::error::Error as StdError;
use std::fmt::{self, Display, Formatter};
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http::{Request, Response};
use http_body::Frame;

#[cfg(feature = "rustls")]
pub use super::reqwest_transport::ReqwestTransport;

/// The future that [`Transport::send`] returns.
pub type Sending<'a> = Pin<Box<dyn Future<Output = Result<Response<Body>, TransportError>> + Send + 'a>>;

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
    pub fn new(kind: TransportErrorKind, cause: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self { kind, source: cause.into() }
    }

    /// What failed.
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
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
    Stream(Pin<Box<dyn http_body::Body<Data = Bytes, Error = TransportError> + Send>>),
}

impl Body {
    /// A body that comes in pieces. An error that is no [`TransportError`] counts as
    /// [`Io`](TransportErrorKind::Io). The client reads at most as much as it accepts.
    pub fn new<B>(body: B) -> Self
    where
        B: http_body::Body<Data = Bytes, Error: Into<Box<dyn StdError + Send + Sync>>> + Send + 'static,
    {
        Self(Content::Stream(Box::pin(Unified(Box::pin(body)))))
    }

    /// The least number of bytes that the body has, as far as that is known beforehand.
    pub(crate) fn announced(&self) -> u64 {
        match &self.0 {
            Content::Full(bytes) => bytes.len() as u64,
            Content::Stream(body) => body.size_hint().lower(),
        }
    }

    pub(crate) fn poll_chunk(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, TransportError>>> {
        match &mut self.0 {
            Content::Full(bytes) if bytes.is_empty() => Poll::Ready(None),
            Content::Full(bytes) => Poll::Ready(Some(Ok(std::mem::take(bytes)))),
            Content::Stream(body) => loop {
                match ready!(body.as_mut().poll_frame(context)) {
                    None => return Poll::Ready(None),
                    Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                    // Trailers say nothing to us.
                    Some(Ok(frame)) => match frame.into_data() {
                        Ok(data) => return Poll::Ready(Some(Ok(data))),
                        Err(_) => continue,
                    },
                }
            },
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

/// A body whose errors are ours.
struct Unified<B>(Pin<Box<B>>);

impl<B> http_body::Body for Unified<B>
where
    B: http_body::Body<Data = Bytes, Error: Into<Box<dyn StdError + Send + Sync>>>,
{
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let ours = |error: B::Error| match error.into().downcast::<TransportError>() {
            Ok(error) => *error,
            Err(error) => TransportError::new(TransportErrorKind::Io, error),
        };
        self.0.as_mut().poll_frame(context).map_err(ours)
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_end_stream()
    }

    fn size_hint(&self) -> http_body::SizeHint {
        self.0.size_hint()
    }
}
