// @generated runtime. Do not edit: it is copied from the generator's templates.
//! The runtime of the client: the code that every client shares.
//!
//! In: the settings in `crate::service` and the static [`Operation`]s of the resource modules. Out: the public types
//! of the crate and the macros that emitted code uses. Not here: anything that depends on one document.
//!
//! ```text
//! emitted method -> Call -> request (prepare) -> send (attempts, delays) -> Transport -> response (decode) -> value
//! ```

#![warn(missing_docs)]
// No document uses every part of the runtime.
#![allow(dead_code, unused_imports, unused_macros)]

pub mod pages;
pub mod transport;

#[cfg(feature = "cli")]
pub(crate) mod cli;
#[cfg(feature = "test-util")]
pub mod testing;

mod alternative;
mod api_error;
mod arguments;
mod auth;
#[cfg(feature = "blocking")]
mod blocking;
mod budget;
mod buffered;
mod builder;
mod by_status;
mod call;
mod choice;
mod chunks;
mod client;
mod connections;
mod constant;
mod constant_union;
mod cookies;
mod cursor;
mod custom;
mod decode;
mod decode_error;
mod digits;
mod download;
mod draft;
mod drivers;
mod effort;
mod encoding;
mod error;
mod error_body;
mod escape;
mod events;
mod exchange;
mod extra;
mod file_part;
mod finite;
mod fit;
mod form;
mod frames;
mod free;
#[cfg(feature = "oauth2-grants")]
mod grant;
mod headers;
mod json;
mod limits;
mod meta;
mod missing;
mod multipart;
mod next_url;
mod nullable_enum;
mod object;
mod open_response;
mod options;
mod page;
mod pager;
mod paging;
mod param;
mod payload;
mod quoted;
mod read;
mod received;
mod redirect;
mod report;
mod request;
#[cfg(feature = "reqwest")]
mod reqwest_transport;
mod response;
mod retry;
mod seen;
mod send;
mod sending;
mod sent;
mod server;
pub(crate) mod slot;
mod string_enum;
mod style;
mod target;
mod telemetry;
mod text;
mod text_body;
mod throughput;
mod time;
mod token;
mod trace;
mod typed_error;
mod union;
mod url;
#[cfg(feature = "webhook-signatures")]
mod webhook;
mod whole;

pub use api_error::{ApiError, ApiErrorKind};
pub use builder::ClientBuilder;
pub use call::{Call, WithResponse};
pub use client::Client;
pub use constant::{Constant, ConstantValue};
pub use custom::CustomCall;
pub use decode_error::DecodeError;
pub use download::Download;
pub use error::{
    ConnectionError, Error, HeaderError, NextPageError, NextPageErrorKind, RepeatedCursor, Result,
    TimeoutError, TimeoutKind, TokenError, TooLargeError,
};
pub use events::{Event, EventStream};
pub use extra::{Extra, Extras};
pub use file_part::FilePart;
#[cfg(feature = "oauth2-grants")]
pub use grant::Grant;
pub use http::{Method, StatusCode};
pub use missing::MissingCredentials;
pub use options::CallOptions;
pub use quoted::Quoted;
pub use redirect::Redirect;
pub use response::Response;
pub use retry::{ErrorResponse, RetryPolicy};
pub use token::{AccessToken, Providing, TokenProvider};
pub use typed_error::ErrorBody;
#[cfg(feature = "webhook-signatures")]
pub use webhook::{WebhookError, WebhookVerifier};

pub(crate) use arguments::{list, texts};
pub(crate) use auth::{Credential, Form, Place, Scheme};
pub(crate) use by_status::{ByStatus, by_status, errors, read_as};
pub(crate) use call::call;
pub(crate) use client::{HeaderSetting, Misfits, Service};
pub(crate) use constant::constants;
pub(crate) use constant_union::constant_union;
pub(crate) use digits::Digits;
pub(crate) use draft::{Operation, method};
pub(crate) use encoding::Encoding;
pub(crate) use error_body::ErrorShape;
#[cfg(feature = "oauth2-grants")]
pub(crate) use grant::Endpoints;
pub(crate) use nullable_enum::{nullable_integer_enum, nullable_string_enum};
pub(crate) use object::{heap_object, object};
pub(crate) use page::Page;
pub(crate) use pages::paged_call;
pub(crate) use paging::Paging;
pub(crate) use server::{ServerUrl, ServerVariable};
pub(crate) use string_enum::string_enum;
pub(crate) use style::Style;
pub(crate) use time::unix_time;
pub(crate) use union::{conversions, integer_enum, tagged_union, union};

/// The names that the runtime's macros refer to.
pub(crate) mod macros {
    pub(crate) use super::Result;
    #[cfg(feature = "blocking")]
    pub(crate) use super::blocking::Blocking;
    pub(crate) use super::call::WithResponse;
    pub(crate) use super::choice::{
        of_text, read_union, read_variant, tag, try_default, try_variant,
    };
    pub(crate) use super::decode::{Decoded, from_json};
    pub(crate) use super::draft::Reading;
    pub(crate) use super::extra::closed;
    pub(crate) use super::fit::{NOT_ALLOWED, miss};
    pub(crate) use super::object::{Writer, debug_object, read_members, read_on_heap};
    pub(crate) use super::options::CallOptions;
    pub(crate) use super::pages::{Items, Pages};
    pub(crate) use super::read::{Read, small, value};
    pub(crate) use super::response::{Raw, Response, string_of};
    pub(crate) use super::sending::Body;
    pub(crate) use super::string_enum::{read_string, string_enum};
    pub(crate) use http::Request;
    pub(crate) use serde::de::MapAccess;
    pub(crate) use serde::ser::SerializeMap;
    pub(crate) use serde::{Deserialize, Deserializer, Serialize, Serializer};
    pub(crate) use std::pin::Pin;
    pub(crate) use std::task::{Context, Poll};
}
