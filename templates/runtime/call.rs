// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Calls: the description of a request and the type of its response.
//!
//! In: the values that emitted methods and setters pass. Out: a future, streams of pages, or the request itself.
//! Not here: sending, which is not generic and lives in `send`.

use std::fmt::{self, Formatter};
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use http::Request;
use serde::Serialize;
use serde::de::DeserializeOwned;

#[cfg(feature = "blocking")]
use super::blocking::Blocking;
use super::client::Client;
pub(crate) use super::draft::Operation;
use super::draft::{Draft, Reading};
use super::error::Result;
use super::finite;
use super::options::CallOptions;
use super::payload::Payload;
use super::request::complete;
use super::response::{Decode, Raw, Response, decode, nothing, optional};
use super::send::start;
use super::sending::Body;
use super::sent::Sent;

/// A call of an operation, which has not been sent. Await it to send it. It is a future, so it can be spawned or joined with others.
///
/// Calls with settings, pages or other representations have types of their own, with these methods and more.
#[must_use = "a call does nothing until it is awaited"]
pub struct Call<T> {
    pub(super) draft: Arc<Draft>,
    pub(super) decode: Decode<T>,
    pub(super) sent: Sent,
}

impl<T: DeserializeOwned> Call<T> {
    /// Creates a call that returns JSON.
    pub(crate) fn new(client: &Client, operation: &'static Operation) -> Self {
        Self::of(client, operation, decode)
    }
}

impl<T: DeserializeOwned> Call<Option<T>> {
    /// Creates a call that returns JSON or nothing.
    pub(crate) fn optional(client: &Client, operation: &'static Operation) -> Self {
        Self::of(client, operation, optional)
    }

    /// Sets the statuses with which the server sends nothing that matters.
    pub(crate) fn nothing_at(mut self, statuses: &'static [u16]) -> Self {
        self.draft_mut().bare = statuses;
        self
    }
}

impl Call<()> {
    /// Creates a call that returns nothing.
    pub(crate) fn nothing(client: &Client, operation: &'static Operation) -> Self {
        Self::of(client, operation, nothing)
    }
}

impl<T> Call<T> {
    /// Creates a call whose response is converted to a value by `decode`.
    pub(crate) fn of(client: &Client, operation: &'static Operation, decode: Decode<T>) -> Self {
        let draft = Draft {
            client: client.clone(),
            operation,
            path: Vec::new(),
            query: Vec::new(),
            headers: Vec::new(),
            cookies: Vec::new(),
            body: None,
            options: CallOptions::default(),
            reading: Reading::Whole,
            bare: &[],
            accept: None,
            #[cfg(has = "pages")]
            cursor: None,
            custom: None,
        };
        Self {
            draft: Arc::new(draft),
            decode,
            sent: Sent::default(),
        }
    }

    /// Sets how the response is read.
    pub(crate) fn reading(mut self, reading: Reading) -> Self {
        self.draft_mut().reading = reading;
        self
    }

    /// Sets the media types to ask for, and a property of the body to set to `true`.
    pub(crate) fn asking(mut self, accept: &'static str, property: Option<&'static str>) -> Self {
        let draft = self.draft_mut();
        draft.accept = Some(accept);
        if let Some(property) = property {
            draft.options.body.push((property.into(), "true".into()));
        }
        self
    }

    /// Returns the draft for changes. A call shares its draft with its clones until one of them
    /// changes.
    pub(crate) fn draft_mut(&mut self) -> &mut Draft {
        Arc::make_mut(&mut self.draft)
    }

    pub(crate) fn json(self, body: &impl Serialize) -> Self {
        self.json_as("application/json", body)
    }

    pub(crate) fn json_as(self, media_type: &'static str, body: &impl Serialize) -> Self {
        let text = finite::to_json(body);
        self.payload(Payload::new(media_type, text))
    }

    pub(crate) fn payload(mut self, payload: Payload) -> Self {
        self.draft_mut().body = Some(payload);
        self
    }

    /// Replaces the decoder of the response.
    pub(crate) fn decoded<U>(self, decode: Decode<U>) -> Call<U> {
        Call {
            draft: self.draft,
            decode,
            sent: Sent::default(),
        }
    }

    /// Decodes a response.
    pub(crate) fn decode(&self, raw: Raw) -> Result<Response<T>> {
        (self.decode)(raw)
    }

    pub(crate) fn is_sent(&mut self) -> bool {
        !self.sent.is_empty()
    }

    fn poll_response(&mut self, context: &mut Context<'_>) -> Poll<Result<Response<T>>> {
        let raw = ready!(self.sent.poll(&self.draft, context));
        Poll::Ready(raw.and_then(self.decode))
    }

    /// Returns the description of the request.
    #[cfg(feature = "cli")]
    pub(crate) fn into_draft(self) -> Arc<Draft> {
        self.draft
    }

    #[cfg(feature = "blocking")]
    fn wait(&self) -> Result<Raw> {
        super::blocking::wait(start(&self.draft))?
    }
}

impl<T> Call<T> {
    /// Sets the options of this call: timeouts, retries, extra headers. Options set earlier are replaced.
    pub fn options(mut self, options: CallOptions) -> Self {
        self.draft_mut().options = options;
        self
    }

    /// Returns a call for the value with its status, headers, request id and raw body.
    pub fn with_response(self) -> WithResponse<T> {
        WithResponse { call: self }
    }

    /// Sends the call and blocks until the response arrives. If the caller reads the body, it blocks until the body begins.
    ///
    /// # Errors
    ///
    /// Fails like the async call, and with [`Error::Config`](crate::Error::Config) in an async task.
    #[cfg(feature = "blocking")]
    pub fn send_blocking(self) -> Result<T> {
        self.wait().and_then(self.decode).map(Response::into_inner)
    }

    /// Builds the HTTP request, including the credential, without sending it.
    ///
    /// # Errors
    ///
    /// Fails if a credential is missing or an argument cannot be sent.
    pub fn build(&self) -> Result<Request<Body>> {
        complete(&self.draft)
    }
}

/// Dropping the future cancels the request.
impl<T> Future for Call<T> {
    type Output = Result<T>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<T>> {
        self.poll_response(context).map_ok(Response::into_inner)
    }
}

impl<T> Clone for Call<T> {
    fn clone(&self) -> Self {
        Self {
            draft: self.draft.clone(),
            decode: self.decode,
            sent: Sent::default(),
        }
    }
}

impl<T> fmt::Debug for Call<T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.draft.fmt(f)
    }
}

/// A call that returns the whole [`Response`]: the value with its status, headers, request id and raw body.
#[derive(Clone)]
#[must_use = "a call does nothing until it is awaited"]
pub struct WithResponse<T> {
    pub(super) call: Call<T>,
}

#[cfg(feature = "blocking")]
impl<T> WithResponse<T> {
    /// Sends the call and blocks until the response arrives.
    ///
    /// # Errors
    ///
    /// Fails like the async call, and with [`Error::Config`](crate::Error::Config) in an async task.
    pub fn send_blocking(self) -> Result<Response<T>> {
        self.call.wait().and_then(self.call.decode)
    }
}

impl<T> fmt::Debug for WithResponse<T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.call.fmt(f)
    }
}

/// Dropping the future cancels the request.
impl<T> Future for WithResponse<T> {
    type Output = Result<Response<T>>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.call.poll_response(context)
    }
}

/// Implements the methods that every call type has.
///
/// `call!(Name => Reply)` is for a tuple struct around a [`Call`]. `call!(Name => Reply, json
/// body)` is for a struct with the fields `call` and `body`; the body is serialized last. Instead
/// of `json`, it accepts another JSON media type as a literal, or `form` or `multipart` with the
/// encodings of properties.
macro_rules! call {
    ($name:ident => $reply:ty) => {
        $crate::runtime::call!(@impl $name => $reply {
            fn sendable(&mut self) -> &mut $crate::runtime::Call<$reply> {
                &mut self.0
            }

            /// Sets the options of this call: timeouts, retries, extra headers. Options set earlier
            /// are replaced.
            pub fn options(self, options: $crate::runtime::macros::CallOptions) -> Self {
                Self(self.0.options(options))
            }
        });
    };
    ($name:ident => $reply:ty, json body) => {
        $crate::runtime::call!($name => $reply, "application/json" body);
    };
    ($name:ident => $reply:ty, $media_type:literal body) => {
        $crate::runtime::call!($name => $reply, json_as($media_type) body);
    };
    ($name:ident => $reply:ty, $method:ident($($argument:expr),+) body) => {
        $crate::runtime::call!(@impl $name => $reply {
            /// Returns the call with its body.
            fn sendable(&mut self) -> &mut $crate::runtime::Call<$reply> {
                if !self.call.is_sent() {
                    self.call = self.call.clone().$method($($argument,)+ &self.body);
                }
                &mut self.call
            }

            /// Sets the options of this call: timeouts, retries, extra headers. Options set earlier
            /// are replaced.
            pub fn options(self, options: $crate::runtime::macros::CallOptions) -> Self {
                Self { call: self.call.options(options), body: self.body }
            }
        });
    };
    (@impl $name:ident => $reply:ty { $($own:tt)* }) => {
        impl $name {
            $($own)*

            /// Returns a call for the value with its status, headers, request id and raw body.
            pub fn with_response(mut self) -> $crate::runtime::macros::WithResponse<$reply> {
                self.sendable().clone().with_response()
            }

            /// Sends the call and blocks until the response arrives.
            ///
            /// # Errors
            ///
            /// Fails like the async call, and with [`Error::Config`](crate::Error::Config) in an async task.
            #[cfg(feature = "blocking")]
            pub fn send_blocking(mut self) -> $crate::runtime::macros::Result<$reply> {
                self.sendable().clone().send_blocking()
            }

            /// Builds the HTTP request, including the credential, without sending it.
            ///
            /// # Errors
            ///
            /// Fails if a credential is missing or an argument cannot be sent.
            pub fn build(&self) -> $crate::runtime::macros::Result<
                $crate::runtime::macros::Request<$crate::runtime::macros::Body>,
            > {
                self.clone().sendable().build()
            }
        }

        impl Future for $name {
            type Output = $crate::runtime::macros::Result<$reply>;

            fn poll(
                self: $crate::runtime::macros::Pin<&mut Self>,
                context: &mut $crate::runtime::macros::Context<'_>,
            ) -> $crate::runtime::macros::Poll<Self::Output> {
                $crate::runtime::macros::Pin::new(self.get_mut().sendable()).poll(context)
            }
        }
    };
}

pub(crate) use call;
