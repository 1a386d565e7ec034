// @generated runtime. Do not edit: it is copied from the generator's templates.
//! The description of a request.
//!
//! In: an operation, the values of its parameters and the options of the call. Out: [`Draft`]. Not here: the request itself (see
//! `request`).

use std::fmt::{self, Formatter};
use std::sync::Arc;

use http::{Method, StatusCode};

use super::auth::Scheme;
use super::client::Client;
use super::error::{Error, Result};
use super::options::CallOptions;
use super::paging::Paging;
use super::param::ParamValue;
use super::payload::Payload;
use super::retry;
use super::style::Style;

/// An operation of the document.
#[derive(Debug)]
pub(crate) struct Operation {
    /// The `operationId`.
    pub(crate) id: &'static str,
    pub(crate) method: Method,
    /// The base URL of the operation's own server, if it has one.
    pub(crate) server: Option<&'static str>,
    /// The path template.
    pub(crate) path: &'static str,
    /// The query parameters in the order in which they are sent.
    pub(crate) query: &'static [&'static str],
    /// The alternatives, each a list of schemes that are all required. Empty if no credential is
    /// needed.
    pub(crate) auth: &'static [&'static [&'static Scheme]],
    /// How the pages follow each other. `None` if the operation isn't a listing.
    pub(crate) paging: Option<&'static Paging>,
    /// The media types that are documented for the response, as an `Accept` header.
    pub(crate) accept: &'static str,
    /// Whether repeating the request has no further effect.
    pub(crate) idempotent: bool,
}

/// Returns an HTTP method for which `http` has no constant.
pub(crate) fn method(token: &'static str) -> Method {
    Method::from_bytes(token.as_bytes()).expect("the generator takes tokens of RFC 9110 only")
}

/// How a call reads its response.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Reading {
    /// The client reads the whole body.
    Whole,
    /// The caller reads the body while it arrives.
    Open,
    /// The response is a redirect, and the document describes that as a success.
    Redirect,
    /// As this function says for a status; `None` if it is no success.
    ByStatus(fn(u16) -> Option<Self>),
}

impl Reading {
    /// Returns how a response with this status is read; `None` if it is an error.
    pub(crate) fn at(self, status: StatusCode) -> Option<Self> {
        match self {
            Self::ByStatus(of) => of(status.as_u16()),
            Self::Redirect if status.is_redirection() => Some(self),
            Self::Whole | Self::Open | Self::Redirect => status.is_success().then_some(self),
        }
    }
}

/// The value of a parameter.
#[derive(Clone, Debug)]
pub(crate) struct Given {
    pub(crate) name: &'static str,
    pub(crate) style: Style,
    /// The value, or the reason why it cannot be sent.
    pub(crate) value: std::result::Result<ParamValue, String>,
}

impl Given {
    pub(crate) fn value(&self) -> Result<&ParamValue> {
        let value = self.value.as_ref();
        value.map_err(|reason| Error::invalid_argument(self.name, reason))
    }

    pub(crate) fn text(&self) -> Option<&str> {
        self.value.as_ref().ok()?.text()
    }
}

/// The description of a request that a call will send.
#[derive(Clone)]
pub(crate) struct Draft {
    pub(crate) client: Client,
    pub(crate) operation: &'static Operation,
    pub(crate) path: Vec<Given>,
    pub(crate) query: Vec<Given>,
    pub(crate) headers: Vec<Given>,
    pub(crate) cookies: Vec<Given>,
    pub(crate) body: Option<Payload>,
    pub(crate) options: CallOptions,
    pub(crate) reading: Reading,
    /// The statuses that the document describes without content, beside others with content.
    pub(crate) bare: &'static [u16],
    /// The media types to accept, instead of those that the operation documents.
    pub(crate) accept: Option<&'static str>,
    /// The cursor of the page. It replaces the caller's cursor.
    pub(crate) cursor: Option<String>,
    /// Replaces the operation's method and path.
    pub(crate) custom: Option<Arc<Custom>>,
}

impl fmt::Debug for Draft {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("operation", &self.operation.id)
            .field("path", &self.path)
            .field("query", &self.query)
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}

impl Draft {
    /// Returns whether the request can be built more than once.
    pub(crate) fn is_repeatable(&self) -> bool {
        self.body.as_ref().is_none_or(Payload::is_repeatable)
    }

    pub(crate) fn method(&self) -> &Method {
        let custom = self.custom.as_ref();
        custom.map_or(&self.operation.method, |custom| &custom.method)
    }

    pub(crate) fn is_idempotent(&self) -> bool {
        match &self.custom {
            Some(custom) => retry::is_idempotent(&custom.method),
            None => self.operation.idempotent,
        }
    }
}

/// A request that the document does not describe.
#[derive(Clone)]
pub(crate) struct Custom {
    pub(crate) method: Method,
    /// The path and the query, not a template.
    pub(crate) path: String,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) headers: Vec<(String, String)>,
}
