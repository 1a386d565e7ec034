// @generated runtime. Do not edit: it is copied from the generator's templates.
//! What a transport does: it sends a request and returns the response.
//!
//! In: a complete request, whose body may be a stream. Out: status and headers, and a body to read. Not here: retries, time
//! limits, redirects and decoding, which the client handles the same for every transport.

use std::error::Error as StdError;
use std::fmt::{self, Display, Formatter};
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http::{Request, Response};
use http_body::{Frame, SizeHint};

/// The future that [`Transport::send`] returns.
pub type Sending<'a> =
    Pin<Box<dyn Future<Output = Result<Response<Body>, TransportError>> + Send + 'a>>;

/// Sends one request and returns its response.
///
/// The request is complete: its URL is escaped, and its headers contain the credential, marked as sensitive. Its body is
/// complete ([`Body::as_bytes`]) or an [`http_body::Body`] to read. Send it once, do not follow redirects, and do not
/// decompress the response. Dropping the future cancels the request. To log or change every attempt, wrap another
/// transport.
///
/// A transport that needs no network:
///
/// ```
/// # use http::{Request, Response};
#[doc = concat!("use ", env!("CARGO_CRATE_NAME"), "::transport::{Body, Sending, Transport};")]
///
/// struct Canned;
///
/// impl Transport for Canned {
///     fn send(&self, request: Request<Body>) -> Sending<'_> {
///         Box::pin(async move {
///             println!("{} {}", request.method(), request.uri().path());
///             Ok(Response::new(Body::from(r#"{"object":"list","data":[]}"#)))
///         })
///     }
/// }
/// ```
pub trait Transport: Send + Sync + 'static {
    /// Sends a request once. The future completes when the response headers arrive.
    fn send(&self, request: Request<Body>) -> Sending<'_>;
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(&self, request: Request<Body>) -> Sending<'_> {
        (**self).send(request)
    }
}

impl<T: Transport + ?Sized> Transport for Box<T> {
    fn send(&self, request: Request<Body>) -> Sending<'_> {
        (**self).send(request)
    }
}

/// The kind of a transport error. It decides whether the request may be sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// Connecting failed, so nothing was sent. It is always safe to retry.
    Connect,
    /// Connecting timed out, so nothing was sent. It is always safe to retry.
    ConnectTimeout,
    /// The response timed out. The server may have processed the request.
    Timeout,
    /// The connection failed, or the body ended early. The server may have processed the request.
    Io,
    /// The request cannot be sent. A retry would not help.
    Request,
    /// TLS cannot be set up, so nothing was sent. A retry would not help.
    Tls,
}

/// An error of a transport.
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    source: Box<dyn StdError + Send + Sync>,
}

impl TransportError {
    /// Creates an error from its cause: another error, or a text. The cause must not contain URLs
    /// or headers, which may contain credentials.
    pub fn new(
        kind: TransportErrorKind,
        cause: impl Into<Box<dyn StdError + Send + Sync>>,
    ) -> Self {
        Self {
            kind,
            source: cause.into(),
        }
    }

    /// Returns the kind of error.
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    /// Wraps an error of reading a body, unless it is a [`TransportError`] already.
    fn of_body(error: Box<dyn StdError + Send + Sync>) -> Self {
        match error.downcast::<Self>() {
            Ok(ours) => *ours,
            Err(error) => Self::new(TransportErrorKind::Io, error),
        }
    }
}

impl Display for TransportError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            TransportErrorKind::Connect => "cannot connect",
            TransportErrorKind::ConnectTimeout => "connecting timed out",
            TransportErrorKind::Timeout => "the response timed out",
            TransportErrorKind::Io => "the connection failed",
            TransportErrorKind::Request => "the request cannot be sent",
            TransportErrorKind::Tls => {
                "TLS cannot be set up: install CA certificates, or name them in SSL_CERT_FILE or SSL_CERT_DIR"
            }
        })
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.source)
    }
}

/// The body of a request or of a response: complete, or streamed.
pub struct Body(Content);

enum Content {
    Full(Bytes),
    // HTTP libraries require a body that is `Sync`, but few streams are. The lock is never
    // contended.
    Stream(Mutex<Box<dyn Chunks>>),
    // The usual case has its own variant, which does not allocate.
    #[cfg(feature = "reqwest")]
    Reqwest(reqwest::Response),
}

/// An `http_body::Body` with any error type.
trait Chunks: Send {
    fn poll_chunk(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, TransportError>>>;
    fn size(&self) -> SizeHint;
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
                    // Trailers are ignored.
                    if let Ok(data) = frame.into_data() {
                        return Poll::Ready(Some(Ok(data)));
                    }
                }
            }
        }
    }

    fn size(&self) -> SizeHint {
        self.size_hint()
    }
}

impl Body {
    /// Creates a streamed body. An error that isn't a [`TransportError`] counts as
    /// [`Io`](TransportErrorKind::Io). The client stops reading a response at its size limit.
    pub fn new<B>(body: B) -> Self
    where
        B: http_body::Body<Data = Bytes, Error: Into<Box<dyn StdError + Send + Sync>>>
            + Send
            + Unpin
            + 'static,
    {
        Self(Content::Stream(Mutex::new(Box::new(body))))
    }

    #[cfg(feature = "reqwest")]
    pub(crate) fn reqwest(response: reqwest::Response) -> Self {
        Self(Content::Reqwest(response))
    }

    /// Returns the whole body, or `None` if it is streamed.
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match &self.0 {
            Content::Full(bytes) => Some(bytes),
            Content::Stream(_) => None,
            #[cfg(feature = "reqwest")]
            Content::Reqwest(_) => None,
        }
    }

    /// Returns the minimum size of the body that is known.
    pub(crate) fn announced(&self) -> u64 {
        http_body::Body::size_hint(self).lower()
    }

    /// Returns the next chunk, or `None` at the end.
    pub(crate) async fn chunk(&mut self) -> Result<Option<Bytes>, TransportError> {
        match &mut self.0 {
            #[cfg(feature = "reqwest")]
            Content::Reqwest(response) => response.chunk().await.map_err(TransportError::from),
            Content::Full(_) | Content::Stream(_) => poll_fn(|context| self.poll_chunk(context))
                .await
                .transpose(),
        }
    }

    /// Polls for the next chunk.
    pub(crate) fn poll_chunk(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, TransportError>>> {
        match &mut self.0 {
            Content::Full(bytes) => {
                let bytes = Some(std::mem::take(bytes)).filter(|bytes| !bytes.is_empty());
                Poll::Ready(bytes.map(Ok))
            }
            Content::Stream(body) => {
                let body = body.get_mut().unwrap_or_else(PoisonError::into_inner);
                body.poll_chunk(context)
            }
            #[cfg(feature = "reqwest")]
            Content::Reqwest(_) => {
                if let Content::Reqwest(response) =
                    std::mem::replace(&mut self.0, Content::Full(Bytes::new()))
                {
                    *self = Self::new(reqwest::Body::from(response));
                }
                self.poll_chunk(context)
            }
        }
    }
}

/// A body can be sent by any HTTP library, and be read chunk by chunk.
impl http_body::Body for Body {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        // Not of the pinned pointer, which is a body, too.
        let body: &mut Self = self.get_mut();
        body.poll_chunk(context)
            .map(|chunk| chunk.map(|chunk| chunk.map(Frame::data)))
    }

    fn is_end_stream(&self) -> bool {
        self.as_bytes().is_some_and(Bytes::is_empty)
    }

    fn size_hint(&self) -> SizeHint {
        match &self.0 {
            Content::Full(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Content::Stream(body) => body.lock().unwrap_or_else(PoisonError::into_inner).size(),
            #[cfg(feature = "reqwest")]
            Content::Reqwest(response) => response
                .content_length()
                .map_or_else(SizeHint::new, SizeHint::with_exact),
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

/// Converts an error without its URL, which may contain a credential.
#[cfg(feature = "reqwest")]
impl From<reqwest::Error> for TransportError {
    fn from(error: reqwest::Error) -> Self {
        let kind = match (error.is_connect(), error.is_timeout()) {
            (true, true) => TransportErrorKind::ConnectTimeout,
            (true, false) => TransportErrorKind::Connect,
            (false, true) => TransportErrorKind::Timeout,
            (false, false) if error.is_builder() => TransportErrorKind::Request,
            (false, false) => TransportErrorKind::Io,
        };
        let kind = body_error(&error).unwrap_or(kind);
        Self::new(kind, error.without_url())
    }
}

/// Returns the kind of the error that ended the request body, if there is one.
#[cfg(feature = "reqwest")]
fn body_error(error: &reqwest::Error) -> Option<TransportErrorKind> {
    let mut source = error.source();
    while let Some(error) = source {
        if let Some(error) = error.downcast_ref::<TransportError>() {
            return Some(error.kind());
        }
        source = error.source();
    }
    None
}
