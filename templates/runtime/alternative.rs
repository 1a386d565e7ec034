// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Calls that ask for another representation of their response.
//!
//! In: a call. Out: [`Alternative`], the same call with another `Accept` header and another type. Not here: decoding.

use std::fmt::{self, Formatter};

use http::Request;

use super::call::{Call, CallFuture, Operation, WithResponse};
use super::client::Client;
use super::error::Result;
use super::transport::Body;

/// A call that asks for another representation of its response. Await it like the call itself.
#[must_use = "a call does nothing until it is awaited"]
pub struct Alternative<T> {
    call: Call<T>,
}

impl<T> Alternative<T> {
    /// Returns the value together with status, headers and request id.
    pub fn with_response(self) -> WithResponse<T> {
        self.call.with_response()
    }

    /// Sends the call and blocks until the response arrives. If the caller reads the body, it
    /// blocks until the body begins.
    ///
    /// # Errors
    ///
    /// Fails like the async call, and with [`Error::Config`](crate::Error::Config) inside a Tokio runtime.
    #[cfg(feature = "blocking")]
    pub fn send_blocking(self) -> Result<T> {
        self.call.send_blocking()
    }

    /// Builds the HTTP request, including the credential, without sending it.
    ///
    /// # Errors
    ///
    /// Fails if a credential is missing or an argument cannot be sent.
    pub fn build(&self) -> Result<Request<Body>> {
        self.call.build()
    }
}

impl<T> IntoFuture for Alternative<T> {
    type Output = Result<T>;
    type IntoFuture = CallFuture<T>;

    fn into_future(self) -> CallFuture<T> {
        self.call.into_future()
    }
}

impl<T> Clone for Alternative<T> {
    fn clone(&self) -> Self {
        Self {
            call: self.call.clone(),
        }
    }
}

impl<T> fmt::Debug for Alternative<T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.call.fmt(f)
    }
}

impl<T> Call<T> {
    /// Converts the call to one for another representation. If `property` is set, that property of
    /// the body becomes `true`.
    pub(crate) fn instead<U>(
        self,
        of: fn(&Client, &'static Operation) -> Call<U>,
        accept: &'static str,
        property: Option<&'static str>,
    ) -> Alternative<U> {
        let call = self.like(of).asking(accept, property);
        Alternative { call }
    }
}
