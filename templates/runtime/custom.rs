// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Requests that the document does not describe.
//!
//! In: a method and a path. Out: a call that is sent as those of the document are. Not here: sending.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::{Method, Request};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::call::{Call, WithResponse};
use super::client::Client;
use super::draft::{Custom, Operation};
use super::error::Result;
use super::options::CallOptions;
use super::payload::Payload;
use super::response::{Raw, Response, decode};
use super::sending::Body;

/// The settings that custom requests share with operations. The draft contains their method and
/// path.
static OPERATION: Operation = Operation {
    id: "request",
    method: Method::GET,
    server: None,
    path: "",
    query: &[],
    auth: &[],
    #[cfg(has = "pages")]
    paging: None,
    accept: "*/*",
    idempotent: false,
};

impl Client {
    /// Creates a call that the document does not describe.
    ///
    /// It uses the base URL, credentials, headers, retries and errors of this client. The path
    /// begins with `/` and may have a query. Characters that a URL does not allow are escaped.
    ///
    /// Credentials are sent if they are set.
    ///
    /// ```no_run
    /// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
    #[doc = concat!("use ", env!("CARGO_CRATE_NAME"), "::Client;")]
    ///
    /// let client = Client::from_env()?;
    /// let call = client.request(http::Method::POST, "/things");
    /// let thing: serde_json::Value = call
    ///     .query("dry_run", "true")
    ///     .json(&serde_json::json!({ "name": "a" }))
    ///     .decode()
    ///     .await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn request(&self, method: Method, path: impl Into<String>) -> CustomCall {
        let mut call = Call::of(self, &OPERATION, raw);
        call.draft_mut().custom = Some(Arc::new(Custom {
            method,
            path: path.into(),
            query: Vec::new(),
            headers: Vec::new(),
        }));
        CustomCall(call)
    }
}

/// A call that the document does not describe. [`Client::request`] creates it.
///
/// Awaiting it returns the body as bytes, or the value that [`decode`](Self::decode) asks for.
#[derive(Clone, Debug)]
#[must_use = "a call does nothing until it is awaited"]
pub struct CustomCall<T = Bytes>(Call<T>);

impl<T> CustomCall<T> {
    /// Adds a query parameter. Name and value are escaped.
    pub fn query(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.custom().query.push((name.into(), value.into()));
        self
    }

    /// Sets a header.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.custom().headers.push((name.into(), value.into()));
        self
    }

    /// Sets the body, as JSON.
    pub fn json(self, body: &impl Serialize) -> Self {
        Self(self.0.json(body))
    }

    /// Sets the body and its media type.
    pub fn body(self, media_type: impl Into<String>, body: impl Into<Bytes>) -> Self {
        let call = self.header("content-type", media_type);
        Self(
            call.0
                .payload(Payload::new("application/octet-stream", Ok(body))),
        )
    }

    /// Decodes the response as JSON.
    pub fn decode<U: DeserializeOwned>(self) -> CustomCall<U> {
        CustomCall(self.0.decoded(decode))
    }

    /// Sets the options of this call: timeouts, retries, another base URL. Options set earlier are
    /// replaced.
    pub fn options(self, options: CallOptions) -> Self {
        Self(self.0.options(options))
    }

    /// Returns a call for the value with its status, headers, request id and raw body.
    pub fn with_response(self) -> WithResponse<T> {
        self.0.with_response()
    }

    /// Sends the call and blocks until the response arrives.
    ///
    /// # Errors
    ///
    /// Fails like the async call, and with [`Error::Config`](crate::Error::Config) in an async task.
    #[cfg(feature = "blocking")]
    pub fn send_blocking(self) -> Result<T> {
        self.0.send_blocking()
    }

    /// Builds the HTTP request, including the credential, without sending it.
    ///
    /// # Errors
    ///
    /// Fails with [`InvalidArgument`](crate::Error::InvalidArgument) if the path or another argument cannot be sent.
    pub fn build(&self) -> Result<Request<Body>> {
        self.0.build()
    }

    fn custom(&mut self) -> &mut Custom {
        let custom = self.0.draft_mut().custom.as_mut();
        Arc::make_mut(custom.expect("`Client::request` sets it"))
    }
}

impl<T> Future for CustomCall<T> {
    type Output = Result<T>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<T>> {
        Pin::new(&mut self.0).poll(context)
    }
}

/// Returns the raw body as the value.
fn raw(raw: Raw) -> Result<Response<Bytes>> {
    let body = raw.body.clone();
    Ok(raw.with(body))
}
