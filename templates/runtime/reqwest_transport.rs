// @generated runtime. Do not edit: it is copied from the generator's templates.
//! The default transport: reqwest with rustls.
//!
//! In: a complete request. Out: reqwest's response. Not here: anything that changes a request.

use std::time::Duration;

use http::Request;
use reqwest::redirect::Policy;

use super::transport::{Body, Sending, Transport, TransportError, TransportErrorKind};

/// Sends requests with reqwest.
///
/// It uses rustls for HTTPS, keeps connections open, reads proxies from the environment
/// (`HTTPS_PROXY`, `NO_PROXY`), and does not follow redirects.
#[derive(Clone, Debug)]
pub struct ReqwestTransport {
    client: reqwest::Client,
}

impl ReqwestTransport {
    /// Creates a transport with a time limit for connecting, including TLS.
    ///
    /// # Errors
    ///
    /// Fails if TLS cannot be set up on this system.
    pub fn new(connect_timeout: Duration) -> Result<Self, TransportError> {
        let builder = reqwest::Client::builder()
            .redirect(Policy::none())
            .connect_timeout(connect_timeout);
        let client = builder.build()?;
        Ok(Self { client })
    }
}

/// Uses a client with your own settings, such as proxies or certificates. Disable redirects:
/// reqwest follows them by default and turns some `POST`s into `GET`s.
impl From<reqwest::Client> for ReqwestTransport {
    fn from(client: reqwest::Client) -> Self {
        Self { client }
    }
}

impl Transport for ReqwestTransport {
    fn send(&self, request: Request<Body>) -> Sending<'_> {
        let request = match reqwest::Url::parse(&request.uri().to_string()) {
            Ok(url) => convert(url, request),
            Err(error) => {
                return Box::pin(std::future::ready(Err(TransportError::new(
                    TransportErrorKind::Request,
                    error,
                ))));
            }
        };
        let sent = self.client.execute(request);
        Box::pin(async {
            match sent.await {
                Ok(response) => Ok(reply(response)),
                Err(error) => Err(error.into()),
            }
        })
    }
}

/// Converts a request. An empty body is omitted, because reqwest would send its length with any method.
fn convert(url: reqwest::Url, request: Request<Body>) -> reqwest::Request {
    let (parts, body) = request.into_parts();
    let mut request = reqwest::Request::new(parts.method, url);
    *request.headers_mut() = parts.headers;
    *request.body_mut() = match body.as_bytes() {
        Some(bytes) if bytes.is_empty() => None,
        Some(bytes) => Some(bytes.clone().into()),
        None => Some(reqwest::Body::wrap(body)),
    };
    request
}

fn reply(mut response: reqwest::Response) -> http::Response<Body> {
    let status = response.status();
    let headers = std::mem::take(response.headers_mut());
    let mut reply = http::Response::new(Body::reqwest(response));
    *reply.status_mut() = status;
    *reply.headers_mut() = headers;
    reply
}
